/* cmd/select.c: events are passed on or held back; what the options' values mean is in cmd/select_parse.c. */
#include "cmd/select.h"

#include "event/addr.h"

#include <string.h>

static bool has_name(const struct select *select, const char *name)
{
    for (size_t i = 0; i < select->calls.len; i++)
        if (!strcmp(select->calls.items[i], name))
            return true;
    return false;
}

static unsigned status_of(const struct event *event)
{
    if (event->unfinished)
        return event->detached ? SELECT_DETACHED : SELECT_UNFINISHED;
    return event->err ? SELECT_FAILED : SELECT_SUCCESSFUL;
}

static bool is_signal_selected(const struct select *select, const struct event *event)
{
    int64_t signo = 0;

    value_number(event_arg(event, "signo"), &signo);
    return signo < 1 || signo > 64 || select->signals >> (signo - 1) & 1;
}

/* ---- places ---- */

static bool is_here(const struct select *select, const struct value *addr)
{
    struct endpoint endpoint = endpoint_of(addr);

    vec_each (struct endpoint, place, &select->places)
        if (endpoint_meets(place, &endpoint))
            return true;
    return false;
}

/* A socket that was accepted is at its listener's place, whatever it is called. */
static bool is_life_here(const struct select *select, const struct sock_life *life)
{
    const struct sock_life *parent = life ? socks_after(select->socks, life->parent) : NULL;

    return life && (is_here(select, life->local) || is_here(select, life->remote) ||
                    (parent && is_here(select, parent->local)));
}

static bool is_sock_here(const struct select *select, uint64_t sock)
{
    return is_life_here(select, socks_before(select->socks, sock)) ||
           is_life_here(select, socks_after(select->socks, sock));
}

/* A descriptor of a socket there, in any depth: sets of poll, control messages. */
static bool names_here(const struct select *select, const struct value *value)
{
    if (!value)
        return false;
    switch (value->kind) {
    case VALUE_FD: return is_sock_here(select, value->fd.sock);
    case VALUE_CHANGED:
        return names_here(select, value->changed.before) || names_here(select, value->changed.after);
    case VALUE_STRUCT:
        for (size_t i = 0; i < value->st.len; i++)
            if (names_here(select, value->st.fields[i].value))
                return true;
        return false;
    case VALUE_ARRAY:
        for (size_t i = 0; i < value->array.len; i++)
            if (names_here(select, value->array.items[i]))
                return true;
        return false;
    default: return false;
    }
}

static bool is_place_selected(const struct select *select, const struct event *event)
{
    if (!select->places.len)
        return true;
    if (is_sock_here(select, event->sock) || is_sock_here(select, event->made[0]) ||
        is_here(select, event_addr(event)))
        return true;
    for (size_t i = 0; i < event->nargs; i++)
        if (names_here(select, event->args[i].value))
            return true;
    return false;
}

/* ---- the sink ---- */

static bool is_call_selected(const struct select *select, const struct event *event)
{
    return (!select->has_calls || has_name(select, event->name) != select->is_inverted) &&
           is_place_selected(select, event);
}

/* A close(2) that nobody called. */
static bool is_closing_selected(const struct select *select, const struct event *event)
{
    return (!select->has_statuses || select->statuses & SELECT_SUCCESSFUL) &&
           (!select->has_calls || has_name(select, "close") != select->is_inverted) &&
           is_place_selected(select, event);
}

static bool is_selected(const struct select *select, const struct event *event)
{
    switch (event->kind) {
    case EVENT_CALL:
        return (!select->has_statuses || select->statuses & status_of(event)) &&
               is_call_selected(select, event);
    case EVENT_SIGNAL: return !select->has_signals || is_signal_selected(select, event);
    case EVENT_CLOSED: return is_closing_selected(select, event);
    default: return true;
    }
}

static void pass_begin(struct sink *sink, const struct trace_head *head)
{
    sink_begin(((struct select *)sink)->next, head);
}

static void pass_enter(struct sink *sink, const struct event *event)
{
    if (is_call_selected((struct select *)sink, event))
        sink_enter(((struct select *)sink)->next, event);
}

static void pass_event(struct sink *sink, const struct event *event)
{
    if (is_selected((struct select *)sink, event))
        sink_event(((struct select *)sink)->next, event);
}

static void pass_end(struct sink *sink)
{
    sink_end(((struct select *)sink)->next);
}

bool select_is_needed(const struct select *select)
{
    return select->has_calls || select->has_statuses || select->has_signals || select->places.len;
}

void select_init(struct select *select, struct sink *next, const struct socks *socks)
{
    static const struct sink_ops ops = {pass_begin, pass_enter, pass_event, pass_end};

    select->sink.ops = &ops;
    select->next = next;
    select->socks = socks;
}

void select_release(struct select *select)
{
    vec_release(&select->calls);
    vec_release(&select->places);
}
