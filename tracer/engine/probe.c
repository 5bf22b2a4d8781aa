/* engine/probe.c: each probe tries one thing that tracing rests on, in a child where it could do harm. */
#include "engine/probe.h"

#include "engine/filter.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child that waits to be killed, and a pipe that ends with us. */
static pid_t sleeper(void)
{
    pid_t pid = fork();

    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            pause();
    }
    return pid;
}

static void end_sleeper(pid_t pid)
{
    if (pid <= 0)
        return;
    kill(pid, SIGKILL);
    waitpid(pid, NULL, __WALL);
}

static bool probe_kernel(struct probe_result *result)
{
    struct utsname machine = {0};

    uname(&machine);
    snprintf(result->detail, sizeof(result->detail), "Linux %.64s, %.64s", machine.release, machine.machine);
    return true;
}

static bool probe_yama(struct probe_result *result)
{
    FILE *file = fopen("/proc/sys/kernel/yama/ptrace_scope", "re");
    int scope = 0;

    if (file && fscanf(file, "%d", &scope) != 1)
        scope = 0;
    if (file)
        fclose(file);
    snprintf(result->detail, sizeof(result->detail),
             file ? "ptrace_scope is %d" : "not there: no restriction", scope);
    snprintf(result->remedy, sizeof(result->remedy),
             scope >= 3 ? "nobody may trace until the next boot with another kernel.yama.ptrace_scope"
                        : "as root: sysctl kernel.yama.ptrace_scope=1 (2 lets only root trace)");
    return scope < 2 || (scope == 2 && geteuid() == 0);
}

static bool probe_seize(struct probe_result *result)
{
    pid_t pid = sleeper();
    bool ok = pid > 0 && ptrace(PTRACE_SEIZE, pid, 0, 0) == 0;

    snprintf(result->detail, sizeof(result->detail), "%s", ok ? "a child can be traced" : strerror(errno));
    snprintf(result->remedy, sizeof(result->remedy),
             "in a container: --cap-add=SYS_PTRACE, or a seccomp profile that allows ptrace; "
             "under another tracer (gdb, strace): not at the same time");
    end_sleeper(pid);
    return ok;
}

/* PTRACE_GET_SYSCALL_INFO answers "none" in a stop that is of no call; older kernels know no such request. */
static bool probe_info(struct probe_result *result)
{
    char info[128];
    pid_t pid = sleeper();
    int status;
    bool ok = pid > 0 && ptrace(PTRACE_SEIZE, pid, 0, 0) == 0 && ptrace(PTRACE_INTERRUPT, pid, 0, 0) == 0 &&
              waitpid(pid, &status, __WALL) == pid &&
              ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), info) > 0;

    snprintf(result->detail, sizeof(result->detail), "%s", ok ? "PTRACE_GET_SYSCALL_INFO" : strerror(errno));
    snprintf(result->remedy, sizeof(result->remedy), "Linux 5.3 or newer is needed");
    end_sleeper(pid);
    return ok;
}

static bool probe_filter(struct probe_result *result)
{
    struct filter filter;
    struct err err;
    int status = 0;
    pid_t pid;

    if (!filter_init(&filter, false, &err)) {
        snprintf(result->detail, sizeof(result->detail), "%.200s", err.msg);
        return false;
    }
    pid = fork();
    if (pid == 0) {
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        _exit(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter.program) == 0 ? 0 : 1);
    }
    if (pid > 0)
        waitpid(pid, &status, 0);
    filter_release(&filter);
    snprintf(result->detail, sizeof(result->detail), "%s",
             pid > 0 && status == 0 ? "only the calls of interest stop" : "refused: every call has to stop");
    snprintf(result->remedy, sizeof(result->remedy),
             "use --no-filter (slower), or a kernel with CONFIG_SECCOMP_FILTER");
    return pid > 0 && status == 0;
}

static bool probe_memory(struct probe_result *result)
{
    char there = 'x', here = 0;
    struct iovec local = {&here, 1}, remote = {&there, 1};
    pid_t pid = sleeper();
    bool ok = pid > 0 && process_vm_readv(pid, &local, 1, &remote, 1, 0) == 1;

    snprintf(result->detail, sizeof(result->detail), "%s",
             ok ? "process_vm_readv" : "process_vm_readv is refused: read word by word");
    snprintf(result->remedy, sizeof(result->remedy),
             "slower; a container's seccomp profile may allow process_vm_readv");
    end_sleeper(pid);
    return ok;
}

static bool probe_pidfd(struct probe_result *result)
{
    pid_t pid = sleeper();
    int pidfd = pid > 0 ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;
    int fd = pidfd >= 0 ? (int)syscall(SYS_pidfd_getfd, pidfd, 1, 0) : -1;
    bool ok = fd >= 0;

    snprintf(result->detail, sizeof(result->detail), "%s", ok ? "pidfd_getfd" : strerror(errno));
    snprintf(result->remedy, sizeof(result->remedy),
             "Linux 5.6 or newer is needed; without it TCP states and queue lengths are not shown");
    if (fd >= 0)
        close(fd);
    if (pidfd >= 0)
        close(pidfd);
    end_sleeper(pid);
    return ok;
}

static const struct {
    const char *name;
    bool needed;
    bool (*run)(struct probe_result *result);
} probes[] = {
    {"kernel", true, probe_kernel},          {"Yama", true, probe_yama},
    {"ptrace", true, probe_seize},           {"system call info", true, probe_info},
    {"seccomp filter", false, probe_filter}, {"memory", false, probe_memory},
    {"kernel state", false, probe_pidfd},
};

bool probe_run(size_t i, struct probe_result *result)
{
    if (i >= sizeof(probes) / sizeof(probes[0]))
        return false;
    *result = (struct probe_result){.name = probes[i].name, .needed = probes[i].needed};
    result->ok = probes[i].run(result);
    return true;
}
