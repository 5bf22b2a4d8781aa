/* engine/engine.c: the stop loop: every stop of every task is served here, or handed to who serves it. */
#include "engine/state.h"

#include "base/alloc.h"
#include "base/clock.h"

#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* The one mutable global below cmd/: signal handlers have no other way to reach a loop that sleeps in
 * waitpid(2). */
static volatile sig_atomic_t woken;

/* Often enough for time limits, cheap enough to leave on: it interrupts a waitpid that would sleep through a
 * deadline. */
enum { TICK_MS = 10 };

enum {
    TURNS_PER_FETCH = 32,
    TASKS_PER_TURN = 64,
    DETACH_MS = 1000,
};

static void set_tick(bool on)
{
    struct itimerval timer = {0};

    if (on)
        timer.it_value.tv_usec = timer.it_interval.tv_usec = TICK_MS * 1000;
    setitimer(ITIMER_REAL, &timer, NULL);
}

void engine_wake(void)
{
    woken = 1;
}

static void on_tick(int sig)
{
    (void)sig;
}

/* A shell may have started others in our place before it became this program (`tool & exec sockdrill …`). */
static void find_strangers(struct engine *engine)
{
    FILE *file = fopen("/proc/thread-self/children", "re");
    pid_t pid;

    while (file && fscanf(file, "%d", &pid) == 1)
        vec_push(&engine->strangers, pid);
    if (file)
        fclose(file);
}

struct engine *engine_new(const struct engine_opts *opts, struct sink *sink, struct err *err)
{
    struct engine *engine = ALLOC_NEW(struct engine);
    struct sigaction act = {.sa_handler = on_tick};

    if (!filter_init(&engine->filter, opts->stacks || opts->sources, err)) {
        free(engine);
        return NULL;
    }
    engine->opts = *opts;
    engine->decode.snaplen = opts->snaplen;
    engine->decode.ifname = ifname_get;
    engine->decode.ifname_arg = &engine->ifname;
    engine->memory.fail_read = opts->fail_read;
    engine->stacks = opts->stacks || opts->sources ? stacks_new(opts->stacks) : NULL;
    engine->sink = sink;
    engine->resolve = resolve_new();
    engine->model = model_new();
    model_without_order(engine->model);
    engine->began_ns = clock_mono_ns();
    find_strangers(engine);
    spawn_note_given(engine);
    sigaction(SIGALRM, &act, NULL); /* without SA_RESTART: it is there to interrupt */
    set_tick(true);
    return engine;
}

static void serve_signal(struct engine *engine, struct task *task, int sig)
{
    struct arena *arena = &engine->scratch;
    struct site *site = NULL;
    siginfo_t info = {0};
    struct event *event;

    ptrace(PTRACE_GETSIGINFO, task->tid, 0, &info);
    if (engine->stacks)
        site = stack_take(engine->stacks, task, false);
    calls_interrupted(engine, task, sig);
    event = emit_new(engine, task, EVENT_SIGNAL);
    event_add(event, "signo", value_sym(arena, &nametab_signal, (uint64_t)sig));
    event_add(event, "code", value_int(arena, info.si_code));
    if (info.si_code <= 0 || sig == SIGCHLD) {
        event_add(event, "pid", value_int(arena, info.si_pid));
        event_add(event, "uid", value_int(arena, info.si_uid));
    }
    if (sig == SIGCHLD)
        event_add(event, "status", value_int(arena, info.si_status));
    task_resume(task, sig);
    if (engine->stacks)
        stack_tell(engine->stacks, site, arena, event);
    emit_fact(engine, event);
}

/* A child of this process that is none of our tasks. */
static bool serve_stranger(struct engine *engine, pid_t tid, int status)
{
    for (size_t i = 0; i < engine->strangers.len; i++) {
        if (engine->strangers.items[i] != tid)
            continue;
        if (!WIFSTOPPED(status))
            vec_remove(&engine->strangers, i);
        return true;
    }
    return false;
}

static void serve(struct engine *engine, pid_t tid, int status)
{
    struct task *task = tasks_get(&engine->tasks, tid);
    struct stop stop = stop_read(tid, status);

    if (!task && serve_stranger(engine, tid, status))
        return;
    if (!task)
        task = tasks_add(&engine->tasks, tid);
    if (!task->proc) {
        birth_hold(engine, task, status);
        return;
    }
    engine->ifname.tid = tid;
    switch (stop.kind) {
    case STOP_EXITED:
    case STOP_KILLED: death_done(engine, task, status); break;
    case STOP_SYSCALL: calls_stopped(engine, task); break;
    case STOP_FORK: birth_told(engine, task, &stop); break;
    case STOP_EXEC: death_by_exec(engine, task, &stop); break;
    case STOP_DYING: death_near(engine, task, &stop); break;
    case STOP_GROUP: task_stay_stopped(task); break;
    case STOP_TRAP: task_resume(task, 0); break;
    case STOP_SIGNAL: serve_signal(engine, task, (int)stop.value); break;
    }
}

/*
 * waitpid(2) prefers the newest task: where that one is always ready, the others would wait for ever. So now
 * and then, and for as long as there are more than one, all that are ready are fetched before any is served.
 * That costs a look at every task, so where there are many it is done less often.
 */
static void fetch_all(struct engine *engine)
{
    struct wait wait;

    if (engine->tasks.by_tid.len <= 1 || engine->until_all--)
        return;
    while ((wait.tid = waitpid(-1, &wait.status, __WALL | WNOHANG)) > 0)
        vec_push(&engine->waits, wait);
    engine->until_all =
        engine->waits.len > 1 ? (unsigned)engine->tasks.by_tid.len / TASKS_PER_TURN : TURNS_PER_FETCH;
}

/* Where this process has children beside its tasks, waitpid(2) can't tell that no task is left. */
static bool only_strangers(const struct engine *engine)
{
    return engine->strangers.len && !engine->tasks.by_tid.len;
}

enum engine_turn engine_turn(struct engine *engine, uint64_t deadline_ns)
{
    for (;;) {
        struct wait wait;

        if (woken) {
            woken = 0;
            return ENGINE_SIGNAL;
        }
        if (only_strangers(engine))
            return ENGINE_DONE;
        wait.tid = waitpid(-1, &wait.status, __WALL);
        if (wait.tid < 0 && errno == ECHILD)
            return ENGINE_DONE;
        if (wait.tid > 0) {
            vec_push(&engine->waits, wait);
            fetch_all(engine);
        }
        vec_each (struct wait, each, &engine->waits)
            serve(engine, each->tid, each->status);
        engine->waits.len = 0;
        birth_adopt_orphans(engine);
        if (wait.tid > 0)
            return ENGINE_WORKED;
        if (deadline_ns && clock_mono_ns() >= deadline_ns)
            return ENGINE_IDLE;
    }
}

/* ---- from outside ---- */

void engine_release(struct engine *engine, pid_t tid)
{
    struct task *task = tasks_get(&engine->tasks, tid);

    if (task && task->held)
        calls_released(engine, task);
}

static bool has_role(const struct proc *proc, const char *role)
{
    return proc && (!role || !strcmp(proc->role, role));
}

void engine_signal(struct engine *engine, const char *role, int sig)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        const struct task *task = slot->value;

        /* One signal a process: by the task that is its leader, or where that has ended, any. */
        if (has_role(task->proc, role) && !task->proc->attached &&
            (task->tid == task->proc->pid || !tasks_get(&engine->tasks, task->proc->pid)))
            kill(task->proc->pid, sig);
        else if (!task->proc && !role && WIFSTOPPED(task->held_status))
            kill(task->tid, sig);
    }
}

size_t engine_alive(const struct engine *engine, const char *role)
{
    const struct intmap_slot *slot;
    size_t pos = 0, n = 0;

    while ((slot = intmap_next(&engine->tasks.by_tid, &pos)))
        n += has_role(((const struct task *)slot->value)->proc, role);
    return n;
}

bool engine_owns_any(const struct engine *engine)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        const struct task *task = slot->value;

        if (task->proc && !task->proc->attached)
            return true;
    }
    return false;
}

bool engine_sleeps(const struct engine *engine, const char *role)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        const struct task *task = slot->value;

        if (has_role(task->proc, role) && task_state(task) != 'S')
            return false;
    }
    return true;
}

bool engine_task_sleeps(const struct engine *engine, pid_t tid)
{
    const struct task *task = tasks_get(&engine->tasks, tid);

    return task && task_state(task) == 'S';
}

struct ending engine_ending(const struct engine *engine, pid_t pid)
{
    vec_each (struct program, program, &engine->programs)
        if (program->pid == pid)
            return program->ending;
    return (struct ending){0};
}

void engine_tell(struct engine *engine, struct event *event)
{
    event->start_ns = event->end_ns = emit_now(engine);
    event->seq = ++engine->seq;
    sink_event(engine->sink, event);
}

bool engine_needs_no_new_privs(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct caps[2] = {0};

    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
        return false;
    return syscall(SYS_capget, &header, caps) < 0 || !(caps[0].effective & (1u << CAP_SYS_ADMIN));
}

/* How many attached tasks are still to be detached. With `give_up` they are left to the end of this process,
 * at which the kernel lets go of them. */
static size_t sweep_attached(struct engine *engine, bool give_up)
{
    const struct intmap_slot *slot;
    size_t pos = 0, n = 0;

    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        struct task *task = slot->value;

        if (!task->proc || !task->proc->attached)
            continue;
        if (!task->left && !give_up) {
            n++;
            continue;
        }
        if (!task->left)
            vec_push(&engine->strangers, task->tid);
        calls_let_go(engine, task);
        tasks_remove(&engine->tasks, task);
        pos = n = 0;
    }
    return n;
}

/*
 * A task can only be detached in a stop. All are asked for one, and served until they are there: one that
 * forks meanwhile tells of it, and its child goes too; one that waits for its vfork child gets there after
 * it.
 */
static void detach_all(struct engine *engine)
{
    uint64_t deadline_ns = clock_mono_ns() + (uint64_t)DETACH_MS * CLOCK_NS_PER_MS;
    const struct intmap_slot *slot;
    bool any = false;
    size_t pos = 0;

    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        struct task *task = slot->value;

        if (!task->proc || !task->proc->attached)
            continue;
        task->proc->leaving = any = true;
        ptrace(PTRACE_INTERRUPT, task->tid, 0, 0);
    }
    if (!any)
        return;
    while (sweep_attached(engine, false) && clock_mono_ns() < deadline_ns)
        engine_turn(engine, deadline_ns);
    sweep_attached(engine, true);
    birth_forget(engine);
}

void engine_finish(struct engine *engine)
{
    enum engine_turn turn;

    detach_all(engine);
    do {
        /* Again and again: a fork may have got ahead of it. Not at every turn: there may be thousands. */
        uint64_t again_ns = clock_mono_ns() + (uint64_t)TICK_MS * CLOCK_NS_PER_MS;

        engine_signal(engine, NULL, SIGKILL);
        do
            turn = engine_turn(engine, again_ns);
        while (turn != ENGINE_DONE && clock_mono_ns() < again_ns);
    } while (turn != ENGINE_DONE);
}

void engine_free(struct engine *engine)
{
    if (!engine)
        return;
    engine_finish(engine);
    set_tick(false);
    tasks_release(&engine->tasks);
    memory_release(&engine->memory);
    stacks_free(engine->stacks);
    filter_release(&engine->filter);
    resolve_free(engine->resolve);
    model_free(engine->model);
    arena_release(&engine->scratch);
    vec_release(&engine->programs);
    vec_release(&engine->given);
    vec_release(&engine->last_words);
    vec_release(&engine->waits);
    vec_release(&engine->strangers);
    free(engine);
}
