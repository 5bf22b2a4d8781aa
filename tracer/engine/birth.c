/* engine/birth.c: new tasks: the fork that made one, and its first stop, whichever of the two is seen first.
 */
#include "engine/state.h"

#include "base/clock.h"
#include "engine/image.h"

#include <linux/sched.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

/* Far longer than it takes to get from making a task to telling of it, on a busy machine too; and how often
 * they are looked for, which is a walk over all tasks. */
enum { ORPHANED_MS = 500, LOOK_MS = 50 };

void birth_hold(struct engine *engine, struct task *task, int status)
{
    if (!task->held_ns) {
        task->held_ns = emit_now(engine);
        engine->held++;
    }
    task->held_status = status;
}

/* The new task belongs to a process: what it waited with is served. */
static void release(struct engine *engine, struct task *child)
{
    if (!child->held_ns)
        return;
    child->held_ns = 0;
    engine->held--;
    if (WIFSTOPPED(child->held_status))
        task_resume(child, 0);
    else
        death_done(engine, child, child->held_status);
}

/* The entry of the call was not seen: its task was attached in the middle, or is an x32 program. */
static uint64_t flags_by_look(const struct task *parent, pid_t tid)
{
    char path[64];

    snprintf(path, sizeof(path), "/proc/%d/task/%d", parent->proc->pid, tid);
    return access(path, F_OK) == 0 ? CLONE_THREAD | CLONE_SIGHAND | CLONE_VM | CLONE_FILES : 0;
}

static uint64_t flags_of_fork(const struct task *parent, const struct stop *stop)
{
    if (stop->forked == PTRACE_EVENT_FORK)
        return parent->watch ? parent->clone_flags & ~(uint64_t)CLONE_THREAD : 0;
    if (stop->forked == PTRACE_EVENT_VFORK)
        return parent->watch ? parent->clone_flags : CLONE_VM | CLONE_VFORK;
    return parent->watch ? parent->clone_flags : flags_by_look(parent, (pid_t)stop->value);
}

static void join(struct task *child, const struct task *parent, uint64_t flags)
{
    if (flags & CLONE_THREAD) {
        task_join(child, parent->proc);
        return;
    }
    task_join(child, proc_new(child->tid, parent->proc->role));
    child->proc->every_call = parent->proc->every_call;
    child->proc->attached = parent->proc->attached;
    child->proc->leaving = parent->proc->leaving;
    child->proc->sigacts = parent->proc->sigacts;
    child->proc->image = image_ref(parent->proc->image);
}

void birth_told(struct engine *engine, struct task *parent, const struct stop *stop)
{
    uint64_t flags = flags_of_fork(parent, stop);
    pid_t tid = (pid_t)stop->value;
    struct task *child = tasks_get(&engine->tasks, tid);
    struct event *event;

    /* 0: killed in this stop. A child with a process was taken for an orphan. */
    if (tid <= 0 || (child && child->proc)) {
        task_resume(parent, 0);
        return;
    }
    if (!child)
        child = tasks_add(&engine->tasks, tid);
    join(child, parent, flags);
    event = emit_new(engine, parent, EVENT_FORK);
    event_add(event, "child", value_int(&engine->scratch, tid));
    event_add(event, "flags", value_flags(&engine->scratch, &nametab_clone, flags));
    task_resume(parent, 0);
    emit_fact(engine, event);
    release(engine, child); /* only now does the model know what it inherited */
}

/* One that has been held since before that, or NULL. */
static struct task *find_orphan(const struct engine *engine, uint64_t before_ns)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        struct task *task = slot->value;

        if (task->held_ns && task->held_ns < before_ns)
            return task;
    }
    return NULL;
}

void birth_adopt_orphans(struct engine *engine)
{
    const uint64_t orphaned_ns = (uint64_t)ORPHANED_MS * CLOCK_NS_PER_MS;
    uint64_t now_ns = engine->held ? emit_now(engine) : 0;
    struct task *task;

    if (now_ns < orphaned_ns || now_ns < engine->look_ns)
        return;
    engine->look_ns = now_ns + (uint64_t)LOOK_MS * CLOCK_NS_PER_MS;
    while ((task = find_orphan(engine, now_ns - orphaned_ns))) {
        task_join(task, proc_new(task->tid, ""));
        task->proc->every_call = true; /* whether it has the filter is not known either */
        emit_lost(engine, task,
                  "the parent of this process was killed before it could tell of it: what it inherited is "
                  "not known");
        release(engine, task);
    }
}

void birth_forget(struct engine *engine)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while (engine->held && (slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        struct task *task = slot->value;

        if (!task->held_ns)
            continue;
        engine->held--;
        tasks_remove(&engine->tasks, task);
        pos = 0;
    }
}
