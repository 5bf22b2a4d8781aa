/* unit/expect/brute.h: a matcher that is too simple to be wrong: writes every pattern out into lines, and
 * tries them all. */
#ifndef UNIT_EXPECT_BRUTE_H
#define UNIT_EXPECT_BRUTE_H

#include "base/vec.h"
#include "event/event.h"
#include "expect/ast.h"

#include <string.h>

/*
 * For patterns without names but those of sockets: calls are told apart by name, direction, bytes and result;
 * each block has one socket. Repetitions are written out up to BRUTE_PASSES times.
 */
enum { BRUTE_PASSES = 4, BRUTE_LINES = 24, BRUTE_WAYS = 4000, BRUTE_EVENTS = 32 };

/* One way to write a block out; STEP_ANY stands for any number of events. */
struct brute_way {
    const struct step *lines[BRUTE_LINES];
    const void *loop[BRUTE_LINES]; /* the `repeat` that a life came from: no two at a time */
    size_t len;
};

struct brute_ways {
    struct brute_way *items;
    size_t len, cap;
};

static void brute_add(struct brute_ways *ways, const struct brute_way *head, const struct brute_way *tail)
{
    struct brute_way way = *head;

    if (head->len + tail->len > BRUTE_LINES || ways->len == BRUTE_WAYS)
        return;
    for (size_t i = 0; i < tail->len; i++) {
        way.loop[way.len] = tail->loop[i];
        way.lines[way.len++] = tail->lines[i];
    }
    vec_push(ways, way);
}

static struct brute_ways brute_steps(const struct steps *steps, const void *loop);

/* Every way of `a` before every way of `b`; both are released. */
static struct brute_ways brute_join(struct brute_ways a, struct brute_ways b)
{
    struct brute_ways out = {0};

    for (size_t i = 0; i < a.len; i++)
        for (size_t j = 0; j < b.len; j++)
            brute_add(&out, &a.items[i], &b.items[j]);
    free(a.items);
    free(b.items);
    return out;
}

static void brute_append(struct brute_ways *out, struct brute_ways more)
{
    static const struct brute_way none;

    for (size_t i = 0; i < more.len; i++)
        brute_add(out, &none, &more.items[i]);
    free(more.items);
}

static struct brute_ways brute_step(const struct step *step, const void *loop)
{
    static const struct brute_way none;
    struct brute_ways out = {0};
    struct brute_way line = {.lines = {step}, .loop = {loop}, .len = 1};
    bool alone = step->kind == STEP_REPEAT && step->body.len == 1 && step->body.items[0]->has_life;

    switch (step->kind) {
    case STEP_CALL:
    case STEP_ANY: brute_add(&out, &none, &line); break;
    case STEP_OPTIONAL:
        brute_add(&out, &none, &none);
        brute_append(&out, brute_steps(&step->body, NULL));
        break;
    case STEP_EITHER:
        for (size_t i = 0; i < step->nalternatives; i++)
            brute_append(&out, brute_steps(&step->alternatives[i], NULL));
        break;
    case STEP_REPEAT:
    case STEP_EACH:
        for (int n = step->min; n <= BRUTE_PASSES && n <= step->max; n++) {
            struct brute_ways passes = {0};

            brute_add(&passes, &none, &none);
            for (int i = 0; i < n; i++)
                passes = brute_join(passes, brute_steps(&step->body, alone ? step : NULL));
            brute_append(&out, passes);
        }
        break;
    case STEP_NEVER: brute_add(&out, &none, &none); break;
    }
    return out;
}

static struct brute_ways brute_steps(const struct steps *steps, const void *loop)
{
    static const struct brute_way none;
    struct brute_ways out = {0};

    brute_add(&out, &none, &none);
    for (size_t i = 0; i < steps->len; i++)
        out = brute_join(out, brute_step(steps->items[i], loop));
    return out;
}

/* One way against the events of one block. */
struct brute {
    const struct brute_way *way;
    const struct event *const *events; /* of the block and of the sockets made in it */
    size_t nevents;
    uint64_t sock; /* that its lines name */
    struct {
        const struct step *step;
        const void *loop;
        uint64_t sock;
        size_t from; /* its events stand behind this one */
    } lives[BRUTE_EVENTS];
    size_t nlives;
};

static bool brute_block(const struct steps *steps, uint64_t sock, const struct event *const *events,
                        size_t nevents);

/* The events of a life before index `to`. */
static bool brute_life(const struct brute *b, size_t life, size_t to)
{
    const struct event *own[BRUTE_EVENTS];
    size_t n = 0;

    for (size_t i = b->lives[life].from; i < to; i++)
        if (b->events[i]->sock == b->lives[life].sock)
            own[n++] = b->events[i];
    return brute_block(&b->lives[life].step->life, b->lives[life].sock, own, n);
}

static bool brute_is_aux(const struct event *event)
{
    return event->canon == CANON_SETSOCKOPT;
}

/* Bytes that came and that no line has taken; index 0 recv, 1 send. */
struct brute_bytes {
    char bytes[2][64];
    size_t len[2];
};

static bool brute_from(struct brute *b, size_t line, size_t at, struct brute_bytes bytes);

static bool brute_is_call(const struct step *step, const struct event *event)
{
    if (step->kind != STEP_CALL || step->canon != event->canon || step->is_data || event->err)
        return false;
    return !step->result || step->result->kind != PAT_INT || step->result->n == event->result;
}

/* The event's bytes are appended; lines take from the front, each with its last byte among the new ones (from
 * `old` on). */
static bool brute_data(struct brute *b, size_t line, size_t at, struct brute_bytes bytes, size_t old)
{
    const struct event *event = b->events[at];
    int dir = canon_is_send(event->canon);
    const struct step *step = line < b->way->len ? b->way->lines[line] : NULL;

    if (bytes.len[dir] == 0 || old < bytes.len[dir]) {
        if (brute_from(b, line, at + 1, bytes))
            return true;
    }
    if (bytes.len[dir] && step && step->kind == STEP_ANY) {
        struct brute_bytes rest = bytes;

        rest.len[dir] = 0;
        /* `...` takes what is left of an event, not what an earlier one brought. */
        if (old == 0 && brute_from(b, line, at + 1, rest))
            return true;
        return brute_data(b, line + 1, at, bytes, old);
    }
    if (bytes.len[dir] && step && step->is_data && canon_is_send(step->canon) == dir) {
        const struct pat *pat = step->args[1];
        size_t len = pat->str.pieces[0].len;

        if (len > old && len <= bytes.len[dir] &&
            memcmp(bytes.bytes[dir], pat->str.pieces[0].bytes, len) == 0) {
            struct brute_bytes rest = bytes;

            rest.len[dir] -= len;
            memmove(rest.bytes[dir], bytes.bytes[dir] + len, rest.len[dir]);
            return brute_data(b, line + 1, at, rest, 0);
        }
    }
    return false;
}

/* The event as the one that the way's line `line` asks for. */
static bool brute_line(struct brute *b, size_t line, size_t at, struct brute_bytes bytes)
{
    const struct event *event = b->events[at];
    const struct step *step = b->way->lines[line];
    bool is_data = canon_is_send(event->canon) || canon_is_recv(event->canon);
    bool within = is_data && event->sock == b->sock && bytes.len[canon_is_send(event->canon)];

    if (step->kind == STEP_ANY)
        return !within && brute_from(b, line, at + 1, bytes);
    if (within || event->sock != b->sock * (step->canon != CANON_SOCKET) || !brute_is_call(step, event))
        return false;
    if (!step->has_life)
        return brute_from(b, line + 1, at + 1, bytes);
    for (size_t i = 0; i < b->nlives; i++)
        if (b->way->loop[line] && b->lives[i].loop == b->way->loop[line] && !brute_life(b, i, at))
            return false;
    b->lives[b->nlives].step = step;
    b->lives[b->nlives].loop = b->way->loop[line];
    b->lives[b->nlives].sock = event->made[0];
    b->lives[b->nlives++].from = at + 1;
    if (brute_from(b, line + 1, at + 1, bytes))
        return true;
    b->nlives--;
    return false;
}

static bool brute_end(const struct brute *b, size_t line, const struct brute_bytes *bytes)
{
    while (line < b->way->len && b->way->lines[line]->kind == STEP_ANY)
        line++;
    if (line < b->way->len || bytes->len[0] || bytes->len[1])
        return false;
    for (size_t i = 0; i < b->nlives; i++)
        if (!brute_life(b, i, b->nevents))
            return false;
    return true;
}

static bool brute_from(struct brute *b, size_t line, size_t at, struct brute_bytes bytes)
{
    const struct event *event;

    if (at == b->nevents)
        return brute_end(b, line, &bytes);
    event = b->events[at];
    for (size_t i = 0; i < b->nlives; i++)
        if (b->lives[i].sock == event->sock)
            return brute_from(b, line, at + 1, bytes);
    if (brute_is_aux(event) && brute_from(b, line, at + 1, bytes))
        return true;
    for (; line <= b->way->len; line++) {
        if (event->sock == b->sock && event->result > 0 &&
            (canon_is_send(event->canon) || canon_is_recv(event->canon))) {
            int dir = canon_is_send(event->canon);
            struct brute_bytes more = bytes;
            size_t old = bytes.len[dir];

            memcpy(more.bytes[dir] + old, event->cargs[1]->bytes.ptr, event->cargs[1]->bytes.len);
            more.len[dir] += event->cargs[1]->bytes.len;
            if (brute_data(b, line, at, more, old))
                return true;
        }
        if (line < b->way->len && brute_line(b, line, at, bytes))
            return true;
        if (line == b->way->len || b->way->lines[line]->kind != STEP_ANY)
            break;
    }
    return false;
}

static bool brute_block(const struct steps *steps, uint64_t sock, const struct event *const *events,
                        size_t nevents)
{
    struct brute_ways ways = brute_steps(steps, NULL);
    static const struct brute_bytes none;
    bool holds = false;

    for (size_t i = 0; i < ways.len && !holds; i++) {
        struct brute b = {.way = &ways.items[i], .events = events, .nevents = nevents, .sock = sock};

        holds = brute_from(&b, 0, 0, none);
    }
    free(ways.items);
    return holds;
}

#endif
