/* format/log_tell.c: events of a log get their sockets, their canonical form and their number, and go out. */
#include "event/canon.h"
#include "format/log_reader.h"

#include <string.h>

uint64_t log_time(const struct log_reader *reader, uint64_t ns)
{
    return ns > reader->inputs.began_ns ? ns - reader->inputs.began_ns : 0;
}

struct event *log_event(struct log_reader *reader, const struct log_task *task, enum event_kind kind)
{
    struct event *event = ARENA_NEW(&reader->scratch, struct event);

    event->kind = kind;
    event->name = "";
    event->role = task ? task->proc->program->role : "";
    event->pid = task ? task->proc->pid : 0;
    event->tid = task ? task->tid : 0;
    event->start_ns = event->end_ns = reader->last_ns;
    return event;
}

static void hand_over(struct log_reader *reader, struct event *event)
{
    event->seq = ++reader->seq;
    if (!event->role)
        event->role = "";
    model_fold(reader->model, event);
    sink_event(reader->sink, event);
}

/* An event on its way out; those that follow from it go behind it. */
struct departure {
    struct log_reader *reader;
    struct event *event; /* NULL: gone */
    struct arena *arena;
    int unseen; /* a descriptor that was open by all that the log says, and was given away; -1: none */
};

static void depart(struct departure *departure)
{
    struct event *event = departure->event;

    if (!event)
        return;
    departure->event = NULL;
    if (event->kind == EVENT_CALL)
        canon_fill(event, departure->arena);
    hand_over(departure->reader, event);
}

static void emit_follower(void *arg, struct event *event)
{
    struct departure *departure = arg;
    const struct value *why = event_arg(event, "why"), *fd = event_arg(event, "fd");

    depart(departure);
    if (fd && fd->kind == VALUE_FD && why->bytes.len == strlen("unseen") &&
        memcmp(why->bytes.ptr, "unseen", why->bytes.len) == 0)
        departure->unseen = fd->fd.n;
    hand_over(departure->reader, event);
}

static void tell(struct log_reader *reader, struct event *event, struct arena *arena, bool is_told)
{
    struct departure departure = {reader, is_told ? event : NULL, arena, -1};
    struct log_task *task = log_task_find(&reader->tasks, event->tid);

    resolve_exit(reader->resolve, event, arena, emit_follower, &departure);
    depart(&departure);
    if (departure.unseen >= 0 && task && task->proc)
        log_tell_lack(reader, task, LACK_CLOSE, arena_printf(arena, "%d", departure.unseen));
}

void log_tell_fact(struct log_reader *reader, struct event *event)
{
    tell(reader, event, &reader->scratch, true);
    arena_reset(&reader->scratch);
}

void log_tell_call(struct log_reader *reader, struct log_pending *pending)
{
    tell(reader, &pending->event, &pending->arena, true);
}

void log_tell_nothing(struct log_reader *reader, struct log_pending *pending)
{
    tell(reader, &pending->event, &pending->arena, false);
}

void log_tell_role(struct log_reader *reader, const struct log_task *task, const char *what, const void *text,
                   size_t len, uint64_t full)
{
    struct event *event = log_event(reader, task, EVENT_ROLE);

    event_add(event, "what", value_bytes(&reader->scratch, what, strlen(what), strlen(what)));
    event_add(event, "text", value_bytes(&reader->scratch, text, len, full));
    log_tell_fact(reader, event);
}

/* Each is a sentence, with what it is about in the middle. */
static const struct {
    const char *before, *behind;
} lacks[LACK_COUNT] = {
    [LACK_BYTES] = {"strace cut what ", " moved"},
    [LACK_MEMBERS] = {"strace shortened what ", " showed"},
    [LACK_BEGINNING] = {"how the process ", " began, and with which descriptors, is not in the log"},
    [LACK_CHILDREN] = {"the process ", " was made, but not followed"},
    [LACK_CLOSE] = {"descriptor ", " was closed, and the log does not say how"},
    [LACK_HANDLERS] = {"a signal interrupted ", ", and the log does not say whether it was restarted"},
    [LACK_CALLS] = {"the log has no ", ": whether it was traced is not known"},
};

void log_tell_lack(struct log_reader *reader, const struct log_task *task, enum log_lack lack,
                   const char *about)
{
    struct arena *arena = &reader->scratch;
    struct event *event;
    const char *why;

    if (reader->lacks[lack])
        return;
    reader->lacks[lack] = true;
    event = log_event(reader, task, EVENT_LOST);
    why = arena_printf(arena,
                       "%s line %lu: %s%s%s; take the log with all calls, from the start of the "
                       "programs: `" LOG_COMMAND "`",
                       reader->name, reader->number, lacks[lack].before, about, lacks[lack].behind);
    event_add(event, "why", value_bytes(arena, why, strlen(why), strlen(why)));
    log_tell_fact(reader, event);
}
