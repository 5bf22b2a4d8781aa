/* engine/spawn.c: programs come under trace: started by us, or already running. */
#include "engine/state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/seccomp.h>

const long spawn_ptrace_options = PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE |
                                  PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC |
                                  PTRACE_O_TRACEEXIT | PTRACE_O_TRACESECCOMP;

/* What the child reports before it becomes the program. */
enum stage { STAGE_FDS, STAGE_FILTER, STAGE_EXEC };

struct report {
    enum stage stage;
    int errnum;
};

static _Noreturn void child_fail(int fd, enum stage stage)
{
    struct report report = {stage, errno};

    while (write(fd, &report, sizeof(report)) < 0 && errno == EINTR)
        ;
    _exit(127);
}

static void child_load_filter(const struct sock_fprog *program, int report_fd)
{
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program) == 0)
        return;
    /* seccomp(2): EACCES without CAP_SYS_ADMIN unless the program gives up gaining privileges. */
    if (errno != EACCES || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        child_fail(report_fd, STAGE_FILTER);
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program) < 0)
        child_fail(report_fd, STAGE_FILTER);
}

/* ---- descriptors that it is to have ---- */

/* Each that an exec would leave open, but the standard streams. */
static void each_left_open(struct engine *engine, void (*each)(struct engine *engine, int fd))
{
    DIR *dir = opendir("/proc/self/fd");
    struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        int fd = atoi(entry->d_name);

        if (fd > STDERR_FILENO && !(fcntl(fd, F_GETFD) & FD_CLOEXEC))
            each(engine, fd);
    }
    if (dir)
        closedir(dir);
}

static void note_given(struct engine *engine, int fd)
{
    vec_push(&engine->given, fd);
}

void spawn_note_given(struct engine *engine)
{
    each_left_open(engine, note_given);
}

/* Libraries of ours open some, such as the sockets of libcurl behind libdw: these are no program's. */
static void withhold(struct engine *engine, int fd)
{
    vec_each (int, given, &engine->given)
        if (*given == fd)
            return;
    fcntl(fd, F_SETFD, FD_CLOEXEC);
}

static _Noreturn void child_main(struct engine *engine, const struct spawn *spawn, int go_fd, int report_fd)
{
    const struct sock_fprog *program = engine->opts.no_filter ? NULL : &engine->filter.program;
    const int fds[] = {spawn->in_fd, spawn->out_fd, spawn->err_fd};
    char go;

    /* Nothing happens before the tracer has seized us; where it died instead, the pipe ends. */
    if (read(go_fd, &go, 1) != 1)
        _exit(127);
    if (spawn->own_group)
        setpgid(0, 0);
    each_left_open(engine, withhold);
    for (int i = 0; i < 3; i++)
        if (fds[i] >= 0 && dup2(fds[i], i) < 0)
            child_fail(report_fd, STAGE_FDS);
    if (spawn->file_limit)
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){spawn->file_limit, spawn->file_limit});
    if (program)
        child_load_filter(program, report_fd);
    execve(spawn->path, spawn->argv, spawn->envp);
    child_fail(report_fd, STAGE_EXEC);
}

/* ---- what a process has inherited ---- */

enum { MOST_INHERITED = 1024 };

static const struct value *inherited_socket(struct arena *arena, struct proc *proc, int fd, uint64_t inode)
{
    struct field fields[4] = {{"fd", value_fd(arena, fd)}, {"inode", value_uint(arena, inode, INT_UDEC)}};
    int domain, type;
    size_t n = 2;

    if (kernel_kind(proc, fd, &domain, &type)) {
        fields[n++] = (struct field){"domain", value_sym(arena, &nametab_af, (uint64_t)domain)};
        fields[n++] = (struct field){"type", value_flags(arena, &nametab_sock, (uint64_t)type)};
    }
    return value_struct(arena, "inherited", fields, n);
}

static const struct value *inherited_sockets(struct arena *arena, struct proc *proc)
{
    const struct value *items[MOST_INHERITED];
    char path[64];
    struct dirent *entry;
    size_t n = 0;
    DIR *dir;

    snprintf(path, sizeof(path), "/proc/%d/fd", proc->pid);
    dir = opendir(path);
    while (dir && n < MOST_INHERITED && (entry = readdir(dir))) {
        char target[64];
        ssize_t len = readlinkat(dirfd(dir), entry->d_name, target, sizeof(target) - 1);
        unsigned long long inode;

        if (len < 0)
            continue;
        target[len] = '\0';
        if (sscanf(target, "socket:[%llu]", &inode) == 1)
            items[n++] = inherited_socket(arena, proc, atoi(entry->d_name), inode);
    }
    if (dir)
        closedir(dir);
    return value_array(arena, items, n, n);
}

static const struct value *command_line(struct arena *arena, pid_t pid)
{
    const struct value *items[256];
    char path[64], *words = NULL;
    size_t n = 0, size = 0;
    ssize_t len;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
    file = fopen(path, "re");
    while (file && n < 256 && (len = getdelim(&words, &size, '\0', file)) > 0) {
        if (words[len - 1] == '\0')
            len--;
        items[n++] = value_bytes(arena, words, (size_t)len, (uint64_t)len);
    }
    free(words);
    if (file)
        fclose(file);
    return value_array(arena, items, n, n);
}

void spawn_tell_start(struct engine *engine, struct task *task)
{
    struct event *event = emit_new(engine, task, EVENT_START);
    struct arena *arena = &engine->scratch;

    event_add(event, "argv", command_line(arena, task->proc->pid));
    event_add(event, "attached", value_int(arena, task->proc->attached));
    event_add(event, "sockets", inherited_sockets(arena, task->proc));
    emit_fact(engine, event);
    if (!task->proc->every_call && resolve_has_low_socket(engine->resolve, task->tid))
        task->proc->every_call = true;
}

/* ---- starting ---- */

static bool explain_report(const struct spawn *spawn, const struct report *report, struct err *err)
{
    struct stat st;

    switch (report->stage) {
    case STAGE_FDS:
        return err_sys(err, report->errnum, "cannot set up the standard streams of '%s'", spawn->argv[0]);
    case STAGE_FILTER:
        err_sys(err, report->errnum, "cannot load the seccomp filter for '%s'", spawn->argv[0]);
        return err_hint(
            err, "--no-filter does without (slower); `sockdrill doctor` tells what this machine allows");
    default: break;
    }
    err_sys(err, report->errnum, "cannot run '%s'", spawn->path);
    if (report->errnum == ENOEXEC)
        err_hint(err, "it is neither a program for this machine nor a script that begins with #!");
    else if (report->errnum == EACCES && stat(spawn->path, &st) == 0 && S_ISDIR(st.st_mode))
        err_hint(err, "it is a directory; name the program in it");
    else if (report->errnum == EACCES)
        err_hint(err, "make it executable: chmod +x %s", spawn->path);
    else if (report->errnum == ENOENT && stat(spawn->path, &st) == 0)
        err_hint(err, "the file is there, but the interpreter that it names is not");
    else if (report->errnum == ENOENT)
        err_hint(err, "check the spelling, and that it has been compiled");
    return false;
}

/* Serve the child until it has become the program. false: it ended before; what it reported stands in
 * *report. */
static bool await_exec(struct task *task, int report_fd, struct report *report)
{
    struct stop stop;
    int status;

    do {
        while (waitpid(task->tid, &status, __WALL) < 0)
            if (errno != EINTR)
                return false;
        stop = stop_read(task->tid, status);
        if (stop.kind == STOP_EXEC)
            break;
        if (stop.kind != STOP_EXITED && stop.kind != STOP_KILLED)
            task_resume(task, stop.kind == STOP_SIGNAL ? (int)stop.value : 0);
    } while (stop.kind != STOP_EXITED && stop.kind != STOP_KILLED);

    if (stop.kind == STOP_EXEC)
        return true;
    if (read(report_fd, report, sizeof(*report)) != (ssize_t)sizeof(*report))
        *report = (struct report){STAGE_EXEC, ECHILD};
    return false;
}

static bool seize_child(pid_t pid, const struct spawn *spawn, struct err *err)
{
    if (ptrace(PTRACE_SEIZE, pid, 0, spawn_ptrace_options) == 0)
        return true;
    err_sys(err, errno, "cannot trace '%s' (pid %d)", spawn->argv[0], pid);
    return err_hint(err, "ptrace is refused here (a container without SYS_PTRACE, Yama, another tracer?): "
                         "`sockdrill doctor` tells why and what to do");
}

pid_t engine_spawn(struct engine *engine, const struct spawn *spawn, struct err *err)
{
    int go[2] = {-1, -1}, reports[2] = {-1, -1};
    struct report report = {STAGE_EXEC, ECHILD};
    struct task *task;
    bool ok = false;
    pid_t pid = -1;

    if (pipe2(go, O_CLOEXEC) < 0 || pipe2(reports, O_CLOEXEC) < 0) {
        err_sys(err, errno, "cannot start '%s'", spawn->argv[0]);
        goto close_pipes;
    }
    pid = fork();
    if (pid < 0) {
        err_sys(err, errno, "cannot start '%s'", spawn->argv[0]);
        goto close_pipes;
    }
    if (pid == 0) {
        close(go[1]);
        child_main(engine, spawn, go[0], reports[1]);
    }
    close(reports[1]);
    reports[1] = -1;
    if (!seize_child(pid, spawn, err)) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        goto close_pipes;
    }
    task = tasks_add(&engine->tasks, pid);
    task_join(task, proc_new(pid, spawn->role));
    if (write(go[1], "g", 1) != 1 || !await_exec(task, reports[0], &report)) {
        tasks_remove(&engine->tasks, task);
        explain_report(spawn, &report, err);
        goto close_pipes;
    }
    vec_push(&engine->programs, (struct program){.pid = pid});
    task->proc->every_call = engine->opts.no_filter;
    spawn_tell_start(engine, task);
    task_resume(task, 0);
    ok = true;

close_pipes:
    for (int i = 0; i < 2; i++) {
        if (go[i] >= 0)
            close(go[i]);
        if (reports[i] >= 0)
            close(reports[i]);
    }
    return ok ? pid : -1;
}

/* ---- attaching ---- */

static bool seize_thread(struct engine *engine, pid_t tid, struct proc *proc, struct err *err)
{
    /* Without EXITKILL: a program that was not ours to start is not ours to end. */
    if (ptrace(PTRACE_SEIZE, tid, 0, spawn_ptrace_options & ~PTRACE_O_EXITKILL) < 0) {
        err_sys(err, errno, "cannot attach to %d", tid);
        if (errno == EPERM)
            err_hint(err, "it is another user's, already traced, or Yama forbids it "
                          "(/proc/sys/kernel/yama/ptrace_scope): `sockdrill doctor` tells more");
        return false;
    }
    task_join(tasks_add(&engine->tasks, tid), proc);
    ptrace(PTRACE_INTERRUPT, tid, 0, 0);
    return true;
}

/* One pass over the threads; *more is set where a new one was found. */
static bool seize_threads(struct engine *engine, struct proc *proc, bool *more, struct err *err)
{
    char path[64];
    struct dirent *entry;
    bool ok = true;
    DIR *dir;

    *more = false;
    snprintf(path, sizeof(path), "/proc/%d/task", proc->pid);
    dir = opendir(path);
    if (!dir)
        return err_sys(err, errno, "cannot attach to %d", proc->pid);
    while (ok && (entry = readdir(dir))) {
        pid_t tid = atoi(entry->d_name);
        bool first = tid == proc->pid;

        if (tid <= 0 || tasks_get(&engine->tasks, tid))
            continue;
        ok = seize_thread(engine, tid, proc, err);
        /* A thread may end between the listing and the seizing; the process itself may not. */
        if (!ok && !first)
            ok = true;
        else
            *more = true;
    }
    closedir(dir);
    return ok;
}

/* The process, then each other thread, so that the model knows that they share its descriptors. */
static void tell_threads(struct engine *engine, struct proc *proc)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    spawn_tell_start(engine, tasks_get(&engine->tasks, proc->pid));
    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        struct task *task = slot->value;

        if (task->proc == proc && task->tid != proc->pid)
            spawn_tell_start(engine, task);
    }
}

bool engine_attach(struct engine *engine, pid_t pid, struct err *err)
{
    struct proc *proc = proc_new(pid, "");
    bool more = true, ok = true;

    proc->attached = true;
    proc->every_call = true;
    sigacts_load(&proc->sigacts, pid);
    proc->members++; /* ours, until the last thread is in */
    while (ok && more)
        ok = seize_threads(engine, proc, &more, err);
    if (ok) {
        vec_push(&engine->programs, (struct program){.pid = pid});
        tell_threads(engine, proc);
    }
    proc_leave(proc);
    return ok;
}
