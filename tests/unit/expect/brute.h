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
 * each block has one socket. Repetitions are written out up to brute_passes times, `in any order` in every
 * order.
 */
enum { BRUTE_LINES = 24, BRUTE_WAYS = 2000, BRUTE_EVENTS = 32 };

/* Few are enough but for a repetition of short lines; that many are the bytes of the longest trace. */
enum { BRUTE_FEW = 4, BRUTE_MANY = 18 };

static int brute_passes = BRUTE_FEW;

/* One way to write a block out; STEP_ANY stands for any number of events. */
struct brute_way {
    const struct step *lines[BRUTE_LINES];
    const void *loop[BRUTE_LINES]; /* the `repeat` that a life came from: no two at a time */
    size_t len;
};

struct brute_ways {
    struct brute_way *items;
    size_t len, cap;
    bool cut; /* there are more, or longer ones */
};

static void brute_add(struct brute_ways *ways, const struct brute_way *head, const struct brute_way *tail)
{
    struct brute_way way = *head;

    if (head->len + tail->len > BRUTE_LINES || ways->len == BRUTE_WAYS) {
        ways->cut = true;
        return;
    }
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
        for (size_t j = 0; j < b.len && !out.cut; j++)
            brute_add(&out, &a.items[i], &b.items[j]);
    out.cut |= a.cut || b.cut;
    free(a.items);
    free(b.items);
    return out;
}

static void brute_append(struct brute_ways *out, struct brute_ways more)
{
    static const struct brute_way none;

    for (size_t i = 0; i < more.len; i++)
        brute_add(out, &none, &more.items[i]);
    out->cut |= more.cut;
    free(more.items);
}

static void brute_put(struct brute_way *way, const struct brute_way *from, size_t i)
{
    way->loop[way->len] = from->loop[i];
    way->lines[way->len++] = from->lines[i];
}

/*
 * The lines of `a` from i on and of `b` from j on behind `head`, in every order. A `...` stays between the
 * lines of the other side, as long as it is not over.
 */
static void brute_weave(struct brute_ways *out, struct brute_way head, const struct brute_way *a, size_t i,
                        const struct brute_way *b, size_t j)
{
    static const struct brute_way none;
    bool any_a = i < a->len && a->lines[i]->kind == STEP_ANY;
    bool any_b = j < b->len && b->lines[j]->kind == STEP_ANY;
    struct brute_way next = head;

    if (i == a->len && j == b->len) {
        brute_add(out, &none, &head);
        return;
    }
    if (head.len + 2 > BRUTE_LINES || out->len == BRUTE_WAYS) {
        out->cut = true;
        return;
    }
    if (i < a->len) {
        brute_put(&next, a, i);
        brute_weave(out, next, a, i + 1, b, j);
        if (any_a && j < b->len && !any_b) {
            brute_put(&next, b, j);
            brute_weave(out, next, a, i, b, j + 1);
        }
    }
    next = head;
    if (j < b->len) {
        brute_put(&next, b, j);
        brute_weave(out, next, a, i, b, j + 1);
        if (any_b && i < a->len && !any_a) {
            brute_put(&next, a, i);
            brute_weave(out, next, a, i + 1, b, j);
        }
    }
}

static struct brute_ways brute_unordered(const struct steps *steps)
{
    static const struct brute_way none;
    struct brute_ways out = {0};

    brute_add(&out, &none, &none);
    for (size_t k = 0; k < steps->len; k++) {
        struct brute_ways line = brute_steps(&(struct steps){&steps->items[k], 1, NULL}, NULL), woven = {0};

        for (size_t i = 0; i < out.len; i++)
            for (size_t j = 0; j < line.len && !woven.cut; j++)
                brute_weave(&woven, none, &out.items[i], 0, &line.items[j], 0);
        woven.cut |= out.cut || line.cut;
        free(out.items);
        free(line.items);
        out = woven;
    }
    return out;
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
        for (int n = step->min; n <= brute_passes && n <= step->max; n++) {
            struct brute_ways passes = {0};

            brute_add(&passes, &none, &none);
            for (int i = 0; i < n; i++)
                passes = brute_join(passes, brute_steps(&step->body, alone ? step : NULL));
            brute_append(&out, passes);
        }
        break;
    case STEP_UNORDERED: brute_append(&out, brute_unordered(&step->body)); break;
    case STEP_BLOCK: brute_append(&out, brute_steps(&step->body, NULL)); break;
    case STEP_NEVER:
    case STEP_TOTAL: brute_add(&out, &none, &none); break;
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

/* What holds in a block. */
struct brute_rules {
    const struct steps *steps; /* for `never` */
    const struct scope *scope;
    const struct brute_rules *outer;
};

/* One way against the events of one block. */
struct brute {
    const struct brute_rules *rules;
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

/* Set where a pattern was not written out whole: what was found then may be wrong. */
static bool brute_was_cut;

static bool brute_block(const struct brute_rules *rules, uint64_t sock, const struct event *const *events,
                        size_t nevents);

/* The socket of a life, or one that was made, at however many removes, on it. */
static bool brute_is_kin(const struct brute *b, size_t life, uint64_t sock)
{
    if (sock == b->lives[life].sock)
        return true;
    for (size_t i = b->lives[life].from; i < b->nevents; i++)
        if (sock && b->events[i]->made[0] == sock)
            return brute_is_kin(b, life, b->events[i]->sock);
    return false;
}

/* The events of a life before index `to`. */
static bool brute_life(const struct brute *b, size_t life, size_t to)
{
    const struct event *own[BRUTE_EVENTS];
    const struct step *step = b->lives[life].step;
    struct brute_rules rules = {&step->life, &step->scope, b->rules};
    size_t n = 0;

    for (size_t i = b->lives[life].from; i < to; i++)
        if (brute_is_kin(b, life, b->events[i]->sock))
            own[n++] = b->events[i];
    return brute_block(&rules, b->lives[life].sock, own, n);
}

static bool brute_is_strict(const struct brute_rules *rules)
{
    return rules && (rules->scope->strict || brute_is_strict(rules->outer));
}

/* The end of a stream that is found a second time (a fourth, …) is auxiliary. */
static bool brute_is_aux(const struct brute_rules *rules, const struct event *const *events, size_t at)
{
    bool second = false;

    for (size_t i = 0; i < at && events[at]->canon == CANON_RECV && events[at]->result == 0; i++)
        if (events[i]->canon == CANON_RECV && events[i]->result == 0 && events[i]->sock == events[at]->sock)
            second = !second;
    return (second || events[at]->canon == CANON_SETSOCKOPT) && !brute_is_strict(rules);
}

static bool brute_is_ignored(const struct brute_rules *rules, const struct event *event)
{
    for (; rules; rules = rules->outer)
        for (size_t i = 0; i < rules->scope->nignores; i++) {
            const struct ignore *ignore = &rules->scope->ignores[i];

            if (ignore->exact ? !strcmp(ignore->exact, event->name) : ignore->canon == event->canon)
                return true;
        }
    return false;
}

static bool brute_is_data(const struct event *event)
{
    return event->result > 0 && (canon_is_send(event->canon) || canon_is_recv(event->canon));
}

/* The total of the block that counts the event. */
static const struct step *brute_total(const struct brute_rules *rules, uint64_t sock,
                                      const struct event *event)
{
    bool is_data = canon_is_send(event->canon) || canon_is_recv(event->canon);

    return is_data && event->sock == sock ? rules->scope->totals[canon_is_send(event->canon)] : NULL;
}

/* All bytes of the direction, against a text with at most one `...` in it, or a number. */
static bool brute_total_fits(const struct brute_rules *rules, uint64_t sock, bool is_send,
                             const struct event *const *events, size_t nevents)
{
    const struct step *step = rules->scope->totals[is_send];
    char bytes[512], want[2][64] = {{0}};
    size_t len = 0, n[2] = {0}, side = 0;

    if (!step)
        return true;
    for (size_t i = 0; i < nevents; i++)
        if (brute_total(rules, sock, events[i]) == step && events[i]->result > 0 &&
            !brute_is_ignored(rules, events[i])) {
            memcpy(bytes + len, events[i]->cargs[1]->bytes.ptr, events[i]->cargs[1]->bytes.len);
            len += events[i]->cargs[1]->bytes.len;
        }
    if (step->total.count)
        return step->total.count->kind == PAT_INT ? (int64_t)len == step->total.count->n
                                                  : (int64_t)len > step->total.count->cmp.n;
    for (int64_t copy = 0; copy < step->total.times; copy++)
        for (size_t i = 0; i < step->total.text->str.len; i++) {
            const struct pat_piece *piece = &step->total.text->str.pieces[i];

            if (piece->any) {
                side = 1;
                continue;
            }
            memcpy(want[side] + n[side], piece->bytes, piece->len);
            n[side] += piece->len;
        }
    return len >= n[0] + n[1] && (side || len == n[0]) && memcmp(bytes, want[0], n[0]) == 0 &&
           memcmp(bytes + len - n[1], want[1], n[1]) == 0;
}

/* Bytes that came and that no line has taken; index 0 recv, 1 send. */
struct brute_bytes {
    char bytes[2][64];
    size_t len[2];
    const char *call[2]; /* by which they came */
};

/* Append the event's bytes. false: in a strict block they do not go with those that came by another call. */
static bool brute_append_bytes(const struct brute_rules *rules, struct brute_bytes *bytes,
                               const struct event *event)
{
    int dir = canon_is_send(event->canon);

    if (brute_is_strict(rules) && bytes->len[dir] && strcmp(bytes->call[dir], event->name) != 0)
        return false;
    memcpy(bytes->bytes[dir] + bytes->len[dir], event->cargs[1]->bytes.ptr, event->cargs[1]->bytes.len);
    bytes->len[dir] += event->cargs[1]->bytes.len;
    bytes->call[dir] = event->name;
    return true;
}

static bool brute_from(struct brute *b, size_t line, size_t at, struct brute_bytes bytes);

static bool brute_is_named(const struct step *step, const struct event *event)
{
    return step->exact ? strcmp(step->exact, event->name) == 0 : step->canon == event->canon;
}

static bool brute_is_call(const struct step *step, const struct event *event)
{
    if (step->kind != STEP_CALL || !brute_is_named(step, event) || step->is_data || event->err)
        return false;
    if (step->nargs > 1 && step->args[1]->kind == PAT_STR &&
        (step->args[1]->str.pieces[0].len != event->cargs[1]->bytes.len ||
         memcmp(step->args[1]->str.pieces[0].bytes, event->cargs[1]->bytes.ptr, event->cargs[1]->bytes.len) !=
             0))
        return false;
    return !step->result || step->result->kind != PAT_INT || step->result->n == event->result;
}

/* By a `never` on any socket. */
static bool brute_forbids(const struct steps *steps, const struct event *event)
{
    for (size_t i = 0; i < steps->len; i++) {
        const struct step *step = steps->items[i];

        if (step->kind == STEP_NEVER && brute_is_call(step->body.items[0], event))
            return true;
        if (step->kind != STEP_NEVER && brute_forbids(&step->body, event))
            return true;
        for (size_t k = 0; k < step->nalternatives; k++)
            if (brute_forbids(&step->alternatives[k], event))
                return true;
    }
    return false;
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
    if (bytes.len[dir] && step && step->is_data && canon_is_send(step->canon) == dir &&
        (!step->exact || brute_is_named(step, event))) {
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
    for (int dir = 0; dir < 2; dir++)
        if (!brute_total_fits(b->rules, b->sock, dir, b->events, b->nevents))
            return false;
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
        if (brute_is_kin(b, i, event->sock))
            return brute_from(b, line, at + 1, bytes);
    if (brute_is_ignored(b->rules, event))
        return brute_from(b, line, at + 1, bytes);
    if (brute_forbids(b->rules->steps, event))
        return false;
    if (brute_is_aux(b->rules, b->events, at) && brute_from(b, line, at + 1, bytes))
        return true;
    if (brute_total(b->rules, b->sock, event) && !bytes.len[canon_is_send(event->canon)] &&
        brute_from(b, line, at + 1, bytes))
        return true;
    for (; line <= b->way->len; line++) {
        if (event->sock == b->sock && brute_is_data(event)) {
            int dir = canon_is_send(event->canon);
            struct brute_bytes more = bytes;
            size_t old = bytes.len[dir];

            if (brute_append_bytes(b->rules, &more, event) && brute_data(b, line, at, more, old))
                return true;
        }
        if (line < b->way->len && brute_line(b, line, at, bytes))
            return true;
        if (line == b->way->len || b->way->lines[line]->kind != STEP_ANY)
            break;
    }
    return false;
}

static bool brute_block(const struct brute_rules *rules, uint64_t sock, const struct event *const *events,
                        size_t nevents)
{
    struct brute_ways ways = brute_steps(rules->steps, NULL);
    static const struct brute_bytes none;
    bool holds = false;

    brute_was_cut |= ways.cut;
    for (size_t i = 0; i < ways.len && !holds; i++) {
        struct brute b = {
            .rules = rules, .way = &ways.items[i], .events = events, .nevents = nevents, .sock = sock};

        holds = brute_from(&b, 0, 0, none);
    }
    free(ways.items);
    return holds;
}

#endif
