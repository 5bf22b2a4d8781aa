/* format/log_task.c: making and ending tasks, and lines that are held until their task is known. */
#include "format/log_task.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct log_task *log_task_find(const struct log_tasks *tasks, int tid)
{
    return intmap_get(&tasks->by_tid, (uint64_t)tid);
}

struct log_task *log_task_add(struct log_tasks *tasks, int tid)
{
    struct log_task *task = ALLOC_NEW(struct log_task);

    task->tid = tid;
    task->exit_status = -1;
    intmap_set(&tasks->by_tid, (uint64_t)tid, task);
    vec_push(&tasks->order, tid);
    return task;
}

void log_program_unref(struct log_program *program)
{
    if (--program->users)
        return;
    buf_release(&program->printed);
    free(program->role);
    free(program);
}

static void proc_leave(struct log_proc *proc)
{
    if (!proc || --proc->tasks)
        return;
    log_program_unref(proc->program);
    free(proc);
}

static void put_all(struct log_tasks *tasks, struct log_pending *pending)
{
    while (pending) {
        struct log_pending *next = pending->next;

        log_pending_put(tasks, pending);
        pending = next;
    }
}

static void task_free(struct log_tasks *tasks, struct log_task *task)
{
    struct log_held *held;

    put_all(tasks, task->current);
    put_all(tasks, task->interrupted);
    while ((held = log_task_unhold(task)))
        log_held_free(held);
    proc_leave(task->proc);
    free(task);
}

void log_task_remove(struct log_tasks *tasks, struct log_task *task)
{
    intmap_del(&tasks->by_tid, (uint64_t)task->tid);
    for (size_t i = tasks->order.len; i-- > 0;)
        if (tasks->order.items[i] == task->tid) {
            vec_remove(&tasks->order, i);
            break;
        }
    task_free(tasks, task);
}

void log_tasks_release(struct log_tasks *tasks)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&tasks->by_tid, &pos)))
        task_free(tasks, slot->value);
    intmap_release(&tasks->by_tid);
    vec_release(&tasks->order);
    while (tasks->spare) {
        struct log_pending *pending = tasks->spare;

        tasks->spare = pending->next;
        arena_release(&pending->arena);
        buf_release(&pending->args);
        free(pending);
    }
}

void log_task_join(struct log_task *task, struct log_proc *proc)
{
    task->proc = proc;
    proc->tasks++;
}

struct log_proc *log_proc_new(int pid, struct log_proc *parent)
{
    struct log_proc *proc = ALLOC_NEW(struct log_proc);

    proc->pid = pid;
    if (parent) {
        proc->parent = parent->pid;
        proc->program = parent->program;
        memcpy(proc->handling, parent->handling, sizeof(proc->handling));
    } else {
        proc->program = ALLOC_NEW(struct log_program);
        proc->program->role = alloc_strdup("");
    }
    proc->program->users++;
    return proc;
}

void log_proc_run(struct log_proc *proc, const char *name)
{
    log_program_unref(proc->program);
    proc->program = ALLOC_NEW(struct log_program);
    proc->program->role = alloc_strdup(name);
    proc->program->users = 1;
}

struct log_pending *log_pending_get(struct log_tasks *tasks)
{
    struct log_pending *pending = tasks->spare;

    if (!pending)
        return ALLOC_NEW(struct log_pending);
    tasks->spare = pending->next;
    pending->next = NULL;
    return pending;
}

void log_pending_put(struct log_tasks *tasks, struct log_pending *pending)
{
    struct arena arena = pending->arena;
    struct buf args = pending->args;

    arena_reset(&arena);
    buf_reset(&args);
    *pending = (struct log_pending){.arena = arena, .args = args, .next = tasks->spare};
    tasks->spare = pending;
}

void log_task_hold(struct log_task *task, const struct log_step *step)
{
    struct log_held *held = ALLOC_NEW(struct log_held);

    held->entry = *step->entry;
    held->entry.text = (struct buf){0};
    buf_add(&held->entry.text, buf_str(&step->entry->text), step->entry->text.len);
    log_line_split(buf_str(&held->entry.text), held->entry.text.len, &held->entry.line);
    held->step = *step;
    held->step.entry = &held->entry;
    if (task->last_held)
        task->last_held->next = held;
    else
        task->first_held = held;
    task->last_held = held;
}

struct log_held *log_task_unhold(struct log_task *task)
{
    struct log_held *held = task->first_held;

    if (held)
        task->first_held = held->next;
    if (!task->first_held)
        task->last_held = NULL;
    return held;
}

void log_held_free(struct log_held *held)
{
    buf_release(&held->entry.text);
    free(held);
}
