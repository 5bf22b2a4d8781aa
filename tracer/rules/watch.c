/* rules/watch.c: what a rule could find in a trace that is not there any more, by what each event tells
 * alone. */
#include "rules/stream.h"

#include <errno.h>

enum { PORTS = 1 << 16, BITS = 64 };

static bool bit(const uint64_t *bits, int64_t n)
{
    return bits[n / BITS] >> n % BITS & 1;
}

static void set_bit(uint64_t *bits, int64_t n)
{
    bits[n / BITS] |= UINT64_C(1) << n % BITS;
}

static void tell(struct rules_watch *watch, const struct value *text)
{
    int64_t n;
    size_t at = 0;

    while (proof_next_number(text, &at, &n))
        if (n < PORTS)
            set_bit(watch->told, n);
}

static struct stream *stream_of(struct rules_watch *watch)
{
    if (!watch->stream)
        watch->stream = ALLOC_NEW(struct stream);
    return watch->stream;
}

void rules_watch_head(struct rules_watch *watch, const struct trace_head *head)
{
    stream_head(stream_of(watch), head);
    for (size_t i = 0; i < head->nparams; i++)
        tell(watch, head->params[i].value);
}

static void watch_start(struct rules_watch *watch, const struct event *event)
{
    const struct value *argv = event_arg(event, "argv");

    for (size_t i = 0; argv && argv->kind == VALUE_ARRAY && i < argv->array.len; i++)
        tell(watch, argv->array.items[i]);
}

void rules_watch_event(struct rules_watch *watch, const struct event *event)
{
    bool port, may = proof_may_hold(event, &port);
    int64_t swapped;

    stream_event(stream_of(watch), event);
    if (event->kind == EVENT_START)
        watch_start(watch, event);
    if (port && proof_swaps_port(event, &swapped))
        set_bit(watch->swapped, swapped);
    if (event->canon == CANON_LISTEN && event->sock)
        intmap_set(&watch->listeners, event->sock, watch);
    if (!may)
        return;
    watch->suspects = true;
    watch->refused = watch->refused || event->err == ECONNREFUSED;
    intmap_set(&watch->pids, (uint64_t)event->pid, watch);
    if (event->sock)
        intmap_set(&watch->socks, event->sock, watch);
}

void rules_watch_end(struct rules_watch *watch)
{
    stream_end(stream_of(watch));
}

void rules_watch_release(struct rules_watch *watch)
{
    if (watch->stream)
        stream_release(watch->stream);
    free(watch->stream);
    intmap_release(&watch->socks);
    intmap_release(&watch->pids);
    intmap_release(&watch->listeners);
}

bool rules_watch_suspects(const struct rules_watch *watch)
{
    for (size_t i = 0; i < ARRAY_LEN(watch->swapped); i++)
        if (watch->swapped[i] & watch->told[i])
            return true;
    if (watch->stream)
        vec_each (struct hit, it, &watch->stream->hits)
            if (it->is_past)
                return true;
    return watch->suspects;
}

bool rules_watch_points(const struct rules_watch *watch, uint64_t seq)
{
    return watch->stream && stream_wants(watch->stream, seq);
}

static bool is_of(const struct intmap *socks, const struct event *event)
{
    return intmap_get(socks, event->sock) || intmap_get(socks, event->made[0]) ||
           intmap_get(socks, event->made[1]);
}

/* What the rules ask of the process at fault: what it made and closed, and what failed before. */
static bool is_history(const struct event *event)
{
    return event->canon == CANON_SOCKET || event->canon == CANON_ACCEPT || event->canon == CANON_CLOSE ||
           (event->err && event->err != EAGAIN);
}

/* Who listens where and until when, and who tried again. */
static bool is_about_refusal(const struct rules_watch *watch, const struct event *event)
{
    switch (event->canon) {
    case CANON_CONNECT: return true;
    case CANON_SOCKET:
    case CANON_BIND:
    case CANON_LISTEN:
    case CANON_ACCEPT:
    case CANON_CLOSE:
    case CANON_GETSOCKNAME: return is_of(&watch->listeners, event);
    default: return false;
    }
}

bool rules_watch_wants(const struct rules_watch *watch, const struct event *event)
{
    bool port, may = proof_may_hold(event, &port);
    int64_t swapped;

    if (may || (port && proof_swaps_port(event, &swapped) && bit(watch->told, swapped)))
        return true;
    if (rules_watch_points(watch, event->seq))
        return true;
    if (event->kind == EVENT_CLOSED && watch->refused && is_of(&watch->listeners, event))
        return true;
    if (event->kind != EVENT_CALL || !watch->suspects)
        return false;
    return is_of(&watch->socks, event) || (watch->refused && is_about_refusal(watch, event)) ||
           (intmap_get(&watch->pids, (uint64_t)event->pid) && is_history(event));
}
