/* engine/death.c: tasks that end: by an exec of another thread, by themselves, by a signal. */
#include "engine/state.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct value *path_of(struct arena *arena, pid_t pid)
{
    char link[64], path[4096];
    ssize_t len;

    snprintf(link, sizeof(link), "/proc/%d/exe", pid);
    len = readlink(link, path, sizeof(path));
    return value_bytes(arena, path, len < 0 ? 0 : (size_t)len, len < 0 ? 0 : (uint64_t)len);
}

/* The threads that an exec ended: the caller took the leader's tid, and all others are gone (ptrace(2),
 * "execve"). What any of them was in, a call that a signal interrupted included, it never comes back to. */
static void drop_other_threads(struct engine *engine, struct task *survivor, pid_t former)
{
    const struct task *caller = tasks_get(&engine->tasks, former);
    const struct intmap_slot *slot;
    size_t pos = 0;

    calls_abandon(engine, survivor);
    survivor->told_dying = false;
    survivor->watch = NULL;
    survivor->clone3_at = 0;
    survivor->handlers = 0;
    survivor->in_call = caller && caller->in_call;
    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        struct task *task = slot->value;

        if (task == survivor || task->proc != survivor->proc)
            continue;
        calls_abandon(engine, task);
        tasks_remove(&engine->tasks, task);
        pos = 0;
    }
    survivor->proc->tasks = 1;
}

void death_by_exec(struct engine *engine, struct task *task, const struct stop *stop)
{
    struct event *event;

    drop_other_threads(engine, task, (pid_t)stop->value);
    sigacts_exec(&task->proc->sigacts);
    stack_forget(task->proc);
    event = emit_new(engine, task, EVENT_EXEC);
    event_add(event, "path", path_of(&engine->scratch, task->tid));
    event_add(event, "former", value_int(&engine->scratch, stop->value));
    task_resume(task, 0);
    emit_fact(engine, event);
}

static void ask_last_words(void *arg, int fd, uint64_t sock)
{
    struct engine *engine = ((void **)arg)[0];
    struct task *task = ((void **)arg)[1];
    struct last_words words = {.sock = sock};

    kernel_query(task->proc, fd, KERNEL_QUEUES | kernel_ask_of(model_sock(engine->model, sock)),
                 &words.answer);
    vec_push(&engine->last_words, words);
}

static void tell_dying(struct engine *engine, struct task *task, int status)
{
    struct arena *arena = &engine->scratch;
    bool last = --task->proc->tasks == 0;
    struct event *event;

    task->told_dying = true;
    calls_abandon(engine, task);
    event = emit_new(engine, task, EVENT_EXIT);
    if (WIFSIGNALED(status)) {
        event_add(event, "signal", value_sym(arena, &nametab_signal, (uint64_t)WTERMSIG(status)));
        event_add(event, "core", value_int(arena, WCOREDUMP(status) ? 1 : 0));
    } else {
        event_add(event, "status", value_int(arena, WEXITSTATUS(status)));
    }
    event_add(event, "last", value_int(arena, last));
    emit_fact(engine, event);
}

/* Its sockets are still there; they are gone once it runs on. */
void death_near(struct engine *engine, struct task *task, const struct stop *stop)
{
    void *arg[2] = {engine, task};

    if (!engine->opts.no_kernel && task->proc->tasks == 1)
        resolve_each_socket(engine->resolve, task->tid, ask_last_words, arg);
    task_resume(task, 0);
    if (!task->told_dying)
        tell_dying(engine, task, (int)stop->value);
}

void death_done(struct engine *engine, struct task *task, int status)
{
    if (!task->told_dying) /* a SIGKILL can pass the stop before the end */
        tell_dying(engine, task, status);
    vec_each (struct program, program, &engine->programs)
        if (program->pid == task->tid)
            program->ending = (struct ending){true, WIFSIGNALED(status),
                                              WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status)};
    tasks_remove(&engine->tasks, task);
}
