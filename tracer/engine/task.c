/* engine/task.c: the task table; processes are counted by their tasks. */
#include "engine/task.h"

#include "base/alloc.h"
#include "engine/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <unistd.h>

struct task *tasks_get(const struct tasks *tasks, pid_t tid)
{
    return intmap_get(&tasks->by_tid, (uint64_t)tid);
}

struct task *tasks_add(struct tasks *tasks, pid_t tid)
{
    struct task *task = ALLOC_NEW(struct task);

    task->tid = tid;
    intmap_set(&tasks->by_tid, (uint64_t)tid, task);
    return task;
}

struct proc *proc_new(pid_t pid, const char *role)
{
    struct proc *proc = ALLOC_NEW(struct proc);

    proc->pid = pid;
    proc->role = alloc_strdup(role);
    proc->pidfd = -1;
    return proc;
}

void task_join(struct task *task, struct proc *proc)
{
    task->proc = proc;
    proc->tasks++;
    proc->members++;
}

void proc_leave(struct proc *proc)
{
    if (--proc->members)
        return;
    if (proc->pidfd >= 0)
        close(proc->pidfd);
    image_unref(proc->image);
    free(proc->role);
    free(proc);
}

/* A detached task is none of ours any more: `left` keeps it from being resumed again. */
static bool leave(struct task *task, int sig)
{
    if (!task->proc || !task->proc->leaving)
        return false;
    if (!task->left)
        ptrace(PTRACE_DETACH, task->tid, 0, (void *)(intptr_t)sig);
    task->left = true;
    return true;
}

void task_resume(struct task *task, int sig)
{
    bool to_exit = task->current || task->watch;
    bool every_call = task->proc && task->proc->every_call;

    /* ESRCH: killed meanwhile; its end is reported by waitpid. */
    if (!leave(task, sig))
        ptrace(every_call || to_exit ? PTRACE_SYSCALL : PTRACE_CONT, task->tid, 0, (void *)(intptr_t)sig);
}

void task_stay_stopped(struct task *task)
{
    if (!leave(task, 0))
        ptrace(PTRACE_LISTEN, task->tid, 0, 0);
}

void tasks_watch_every_call(struct tasks *tasks, struct proc *proc, const struct task *stopped)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    proc->every_call = true;
    while ((slot = intmap_next(&tasks->by_tid, &pos))) {
        const struct task *task = slot->value;

        /* One that is in a call that we follow stops by itself. The others are not disturbed without need: an
         * epoll_wait or sigtimedwait returns EINTR for it. */
        if (task->proc == proc && task != stopped && !task->current && !task->watch)
            ptrace(PTRACE_INTERRUPT, task->tid, 0, 0);
    }
}

char task_state(const struct task *task)
{
    char path[64], line[512], *behind;
    char state = '?';
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/stat", task->tid);
    file = fopen(path, "re");
    if (!file)
        return state;
    /* "pid (name) S …": the name may hold anything, the state stands behind its last parenthesis. */
    if (fgets(line, sizeof(line), file) && (behind = strrchr(line, ')')) && behind[1] == ' ')
        state = behind[2];
    fclose(file);
    return state;
}

struct pending *pending_get(struct tasks *tasks)
{
    struct pending *pending = tasks->free_pendings;
    struct arena arena;

    if (!pending)
        return ALLOC_NEW(struct pending);
    tasks->free_pendings = pending->next;
    arena = pending->arena;
    *pending = (struct pending){.arena = arena};
    return pending;
}

void pending_put(struct tasks *tasks, struct pending *pending)
{
    arena_reset(&pending->arena);
    pending->next = tasks->free_pendings;
    tasks->free_pendings = pending;
}

static void free_pendings(struct pending *pending)
{
    while (pending) {
        struct pending *next = pending->next;

        arena_release(&pending->arena);
        free(pending);
        pending = next;
    }
}

void tasks_remove(struct tasks *tasks, struct task *task)
{
    intmap_del(&tasks->by_tid, (uint64_t)task->tid);
    free_pendings(task->current);
    free_pendings(task->suspended);
    if (task->proc)
        proc_leave(task->proc);
    free(task);
}

void tasks_release(struct tasks *tasks)
{
    for (;;) {
        size_t pos = 0;
        const struct intmap_slot *slot = intmap_next(&tasks->by_tid, &pos);

        if (!slot)
            break;
        tasks_remove(tasks, slot->value);
    }
    intmap_release(&tasks->by_tid);
    free_pendings(tasks->free_pendings);
    tasks->free_pendings = NULL;
}
