/* format/log_read.c: logs of `strace -f` as traces: whose a line is, and what is done with it. */
#include "format/log_reader.h"
#include "format/writers.h"

#include <string.h>

bool log_fail(struct log_reader *reader, const char *why)
{
    return err_set(reader->err, "%s:%lu: %s", reader->name, reader->number, why);
}

/* The line in hand, for messages. */
static void at_step(struct log_reader *reader, const struct log_step *step)
{
    reader->name = step->input->of->name;
    reader->role = step->input->of->role;
    reader->number = step->entry->number;
}

static bool take_call(struct log_reader *reader, struct log_task *task, const struct log_step *step)
{
    const struct log_entry *entry = step->entry;

    reader->last_ns = log_time(reader, step->begins ? entry->start_ns : entry->end_ns);
    if (step->begins && !log_pending_begin(reader, task, entry, step->ends))
        return false;
    if (!step->ends)
        return true;
    reader->last_ns = log_time(reader, entry->end_ns);
    return log_pending_end(reader, task, entry);
}

/* A line of a task that is known. */
static bool take_line(struct log_reader *reader, struct log_task *task, const struct log_step *step)
{
    const struct log_entry *entry = step->entry;
    const struct log_line *line = &entry->line;

    at_step(reader, step);
    reader->last_ns = log_time(reader, entry->start_ns);
    task->has_lines = true;
    switch (line->kind) {
    case LOG_NOTHING: return true;
    case LOG_CALL: return take_call(reader, task, step);
    case LOG_UNFINISHED: return log_pending_begin(reader, task, entry, false);
    case LOG_RESUMED: return log_pending_resume(reader, task, entry);
    case LOG_DETACHED:
        task->is_detached = true;
        if (!log_pending_begin(reader, task, entry, false))
            return false;
        log_pending_abandon(reader, task, true);
        return true;
    case LOG_SIGNAL:
        if (!log_pending_signalled(reader, task, log_signal_number(line->name)))
            return false;
        log_life_signal(reader, task, line);
        return true;
    case LOG_SUPERSEDED: log_life_supersede(reader, task, (int)line->n); return true;
    case LOG_EXITED:
    case LOG_KILLED: log_life_exit(reader, task, line); return true;
    }
    return true;
}

/* Tasks of which a fork has told since their first lines came: these are in front of what comes now. */
static bool drain(struct log_reader *reader)
{
    while (reader->ready.len) {
        int tid = reader->ready.items[--reader->ready.len];
        struct log_task *task;
        struct log_held *held;

        while ((task = log_task_find(&reader->tasks, tid)) && (held = log_task_unhold(task))) {
            bool ok = take_line(reader, task, &held->step);

            log_held_free(held);
            if (!ok)
                return false;
        }
    }
    return true;
}

/* Its first line is an execve: how strace itself starts a program. */
static bool runs_program(const struct log_line *line)
{
    return (line->kind == LOG_CALL || line->kind == LOG_UNFINISHED) && log_text_is(line->name, "execve");
}

/* Is there another log of the same role? */
static bool has_siblings(const struct log_reader *reader, const struct log_input *input)
{
    size_t same = 0;

    for (size_t i = 0; i < reader->inputs.len; i++)
        same += strcmp(reader->inputs.list[i].of->role, input->of->role) == 0;
    return same > 1;
}

/*
 * A task that nobody has told of may be a child whose fork has not returned: then its lines are kept until it
 * has. In several logs that may be in another one of them.
 */
static bool may_be_child(const struct log_reader *reader, const struct log_step *step)
{
    if (reader->forking)
        return true;
    return has_siblings(reader, step->input) && !(step->input->is_first && runs_program(&step->entry->line));
}

static bool take_step(struct log_reader *reader, const struct log_step *step)
{
    const struct log_entry *entry = step->entry;
    struct log_task *task = log_task_find(&reader->tasks, entry->tid);

    at_step(reader, step);
    if (!task) {
        task = log_task_add(&reader->tasks, entry->tid);
        if (!may_be_child(reader, step))
            log_life_appear(reader, task, runs_program(&entry->line));
    }
    if (!task->proc) {
        log_task_hold(task, step);
        return true;
    }
    return take_line(reader, task, step) && drain(reader);
}

/* Nobody has told of them to the end. */
static bool take_orphans(struct log_reader *reader)
{
    for (size_t i = 0; i < reader->tasks.order.len;) {
        struct log_task *task = log_task_find(&reader->tasks, reader->tasks.order.items[i]);

        if (task->proc || !task->first_held) {
            i++;
            continue;
        }
        at_step(reader, &task->first_held->step);
        reader->last_ns = log_time(reader, task->first_held->entry.start_ns);
        log_life_appear(reader, task, false);
        vec_push(&reader->ready, task->tid);
        if (!drain(reader))
            return false;
        i = 0;
    }
    return true;
}

static void tell_head(struct log_reader *reader)
{
    const struct log_input *first = &reader->inputs.list[0];
    struct trace_head head = {
        .schema = TRACE_SCHEMA, .version = "", .kernel = "", .arch = "", .isolation = ""};

    if (first->clock == CLOCK_UNIX)
        head.began_ns = reader->inputs.began_ns;
    sink_begin(reader->sink, &head);
}

/* What is only known when all has been read. */
static void tell_missing_calls(struct log_reader *reader)
{
    const char *missing = !reader->seen_close ? "close" : !reader->seen_data ? "read and no write" : NULL;

    if (!reader->seen_start && reader->seen_socket && missing)
        log_tell_lack(reader, NULL, LACK_CALLS, missing);
}

static bool take_all(struct log_reader *reader)
{
    struct log_step step;
    bool failed;

    while (log_inputs_next(&reader->inputs, &step, &failed))
        if (!take_step(reader, &step))
            return false;
    if (failed || !take_orphans(reader))
        return false;
    tell_missing_calls(reader);
    log_life_end(reader);
    return true;
}

static void release(struct log_reader *reader)
{
    log_inputs_release(&reader->inputs);
    log_tasks_release(&reader->tasks);
    resolve_free(reader->resolve);
    model_free(reader->model);
    arena_release(&reader->scratch);
    vec_release(&reader->ready);
}

bool log_read_all(const struct format_input *inputs, size_t len, struct sink *sink, bool *cut,
                  struct err *err)
{
    struct log_reader reader = {.sink = sink, .err = err, .name = inputs[0].name, .role = ""};
    bool ok = log_inputs_open(&reader.inputs, inputs, len, err);

    if (ok) {
        reader.resolve = resolve_new();
        reader.model = model_new();
        model_keep_open(reader.model);
        tell_head(&reader);
        ok = take_all(&reader);
    }
    *cut = reader.is_open;
    for (size_t i = 0; i < len && reader.inputs.list; i++)
        *cut = *cut || reader.inputs.list[i].was_cut;
    if (ok)
        sink_end(sink);
    release(&reader);
    return ok;
}

bool log_read(FILE *in, const char *name, struct sink *sink, bool *cut, struct err *err)
{
    const struct format_input input = {in, name, ""};

    return log_read_all(&input, 1, sink, cut, err);
}
