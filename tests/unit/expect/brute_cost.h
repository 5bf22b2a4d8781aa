/* unit/expect/brute_cost.h: is there a way through a block's pattern that costs no more than so much? Tries
 * all. */
#ifndef UNIT_EXPECT_BRUTE_COST_H
#define UNIT_EXPECT_BRUTE_COST_H

#include "brute.h"
#include "expect/line.h"
#include "expect/search.h"

/*
 * Bytes that came and wait for a line cost less than a line that is missing and a call too many. When may
 * they wait? A search asks whether a line ahead could still take them; that is between these two.
 */
enum brute_waiting {
    BRUTE_FREELY, /* whatever they are */
    BRUTE_WANTED, /* where the next line of this way on their stream begins with them */
};

/* A place from which there was no way. */
struct brute_dead {
    struct brute_bytes bytes;
    unsigned budget;
};

struct brute_cost {
    const struct brute_rules *rules;
    const struct brute_way *way;
    const struct event *const *events;
    size_t nevents;
    uint64_t sock;
    enum brute_waiting waiting;
    struct arena *arena;
    const struct names *names;
    VEC(struct brute_dead) dead[BRUTE_LINES + 1][BRUTE_EVENTS];
};

static bool cost_from(struct brute_cost *c, size_t line, size_t at, struct brute_bytes bytes,
                      unsigned budget);

static bool cost_may_wait(const struct brute_cost *c, size_t line, const struct brute_bytes *bytes, int dir)
{
    size_t len = bytes->len[dir];

    if (c->waiting == BRUTE_FREELY || !len)
        return true;
    for (; line < c->way->len; line++) {
        const struct step *step = c->way->lines[line];
        const struct pat_piece *piece;

        if (step->kind != STEP_CALL || (!canon_is_send(step->canon) && !canon_is_recv(step->canon)) ||
            canon_is_send(step->canon) != dir)
            continue;
        piece = step->is_data ? step->args[1]->str.pieces : NULL;
        return piece && (!step->exact || strcmp(step->exact, bytes->call[dir]) == 0) && piece->len > len &&
               memcmp(piece->bytes, bytes->bytes[dir], len) == 0;
    }
    return false;
}

/* Lines take the event's bytes from the front: those behind `old` are new. */
static bool cost_bytes(struct brute_cost *c, size_t line, size_t at, struct brute_bytes bytes, size_t old,
                       unsigned budget)
{
    int dir = canon_is_send(c->events[at]->canon);
    const struct step *step = line < c->way->len ? c->way->lines[line] : NULL;
    const struct pat_piece *piece;

    if ((bytes.len[dir] == 0 || old < bytes.len[dir]) && cost_may_wait(c, line, &bytes, dir) &&
        cost_from(c, line, at + 1, bytes, budget))
        return true;
    if (!bytes.len[dir] || !step)
        return false;
    if (step->kind == STEP_ANY) {
        struct brute_bytes rest = bytes;

        rest.len[dir] = 0;
        return (old == 0 && cost_from(c, line, at + 1, rest, budget)) ||
               cost_bytes(c, line + 1, at, bytes, old, budget);
    }
    if (!step->is_data || canon_is_send(step->canon) != dir ||
        (step->exact && !brute_is_named(step, c->events[at])))
        return false;
    piece = step->args[1]->str.pieces;
    if (piece->len <= old || piece->len > bytes.len[dir] ||
        memcmp(bytes.bytes[dir], piece->bytes, piece->len) != 0)
        return false;
    bytes.len[dir] -= piece->len;
    memmove(bytes.bytes[dir], bytes.bytes[dir] + piece->len, bytes.len[dir]);
    return cost_bytes(c, line + 1, at, bytes, 0, budget);
}

static bool cost_as_bytes(struct brute_cost *c, size_t line, size_t at, struct brute_bytes bytes,
                          unsigned budget)
{
    const struct event *event = c->events[at];
    int dir = canon_is_send(event->canon);
    size_t old = bytes.len[dir];

    if (event->sock != c->sock || !brute_is_data(event))
        return false;
    return brute_append_bytes(c->rules, &bytes, event) && cost_bytes(c, line, at, bytes, old, budget);
}

static bool cost_as_call(struct brute_cost *c, size_t line, size_t at, struct brute_bytes bytes,
                         unsigned budget)
{
    const struct event *event = c->events[at];
    const struct step *step = c->way->lines[line];
    int dir = canon_is_send(event->canon);

    if ((dir || canon_is_recv(event->canon)) && bytes.len[dir])
        return false;
    if (step->kind == STEP_ANY)
        return cost_from(c, line, at + 1, bytes, budget);
    return brute_is_call(step, event) && cost_from(c, line + 1, at + 1, bytes, budget);
}

/* The event is taken for the line, which it doesn't fit. */
static bool cost_as_changed(struct brute_cost *c, size_t line, size_t at, struct brute_bytes bytes,
                            unsigned budget)
{
    const struct event *event = c->events[at];
    const struct step *step = c->way->lines[line];
    struct names names = *c->names;
    unsigned cost = COST_CHANGED, all, n = 0;

    if (step->kind != STEP_CALL || (!brute_is_named(step, event) && step->canon != event->canon))
        return false;
    all = line_differences(&names, step, event);
    for (unsigned set = all; set; set &= set - 1)
        n++;
    cost += n > 1 ? (n - 1) * COST_DIFFERENCE : 0;
    if (event->err == EINPROGRESS && (all >> LINE_RESULT & 1))
        cost += COST_IN_PROGRESS;
    if (cost > budget)
        return false;
    if (brute_is_data(event))
        bytes.len[canon_is_send(event->canon)] = 0;
    return cost_from(c, line + 1, at + 1, bytes, budget - cost);
}

static bool cost_without_event(struct brute_cost *c, size_t line, size_t at, struct brute_bytes bytes,
                               unsigned budget)
{
    const struct step *step = c->way->lines[line];
    int dir = canon_is_send(step->canon);
    bool cut = step->kind == STEP_CALL && step->is_data && bytes.len[dir];
    unsigned cost = step->kind == STEP_ANY ? 0 : cut ? COST_CHANGED : COST_MISSING;

    if (cost > budget)
        return false;
    if (cut)
        bytes.len[dir] = 0;
    return cost_from(c, line + 1, at, bytes, budget - cost);
}

static bool cost_with_event(struct brute_cost *c, size_t line, size_t at, struct brute_bytes bytes,
                            unsigned budget)
{
    const struct event *event = c->events[at];
    bool forbidden = brute_forbids(c->rules->steps, event);
    bool aux = brute_is_aux(c->rules, c->events, at);
    unsigned extra = event->made[0] ? COST_EXTRA_SOCK : COST_EXTRA;

    if (brute_is_ignored(c->rules, event))
        return cost_from(c, line, at + 1, bytes, budget);
    if (!forbidden) {
        if (aux && cost_from(c, line, at + 1, bytes, budget))
            return true;
        if (cost_as_bytes(c, line, at, bytes, budget) ||
            (line < c->way->len && cost_as_call(c, line, at, bytes, budget)))
            return true;
    }
    if (line < c->way->len && cost_as_changed(c, line, at, bytes, budget))
        return true;
    return (!aux || forbidden) && extra <= budget && cost_from(c, line, at + 1, bytes, budget - extra);
}

static bool cost_from(struct brute_cost *c, size_t line, size_t at, struct brute_bytes bytes, unsigned budget)
{
    unsigned left = ((bytes.len[0] > 0) + (bytes.len[1] > 0)) * COST_EXTRA;

    for (size_t i = 0; i < c->dead[line][at].len; i++) {
        const struct brute_dead *dead = &c->dead[line][at].items[i];

        if (dead->budget >= budget && dead->bytes.len[0] == bytes.len[0] &&
            dead->bytes.len[1] == bytes.len[1] &&
            memcmp(dead->bytes.bytes[0], bytes.bytes[0], bytes.len[0]) == 0 &&
            memcmp(dead->bytes.bytes[1], bytes.bytes[1], bytes.len[1]) == 0 &&
            dead->bytes.call[0] == bytes.call[0] && dead->bytes.call[1] == bytes.call[1])
            return false;
    }
    if (at == c->nevents && line == c->way->len && left <= budget)
        return true;
    if (at < c->nevents && cost_with_event(c, line, at, bytes, budget))
        return true;
    if (line < c->way->len && cost_without_event(c, line, at, bytes, budget))
        return true;
    vec_push(&c->dead[line][at], ((struct brute_dead){bytes, budget}));
    return false;
}

/* The block has no lives, and its events are all on its socket. */
static bool brute_costs(const struct brute_rules *rules, const struct names *names, uint64_t sock,
                        const struct event *const *events, size_t nevents, enum brute_waiting waiting,
                        unsigned budget)
{
    struct brute_ways ways = brute_steps(rules->steps, NULL);
    static const struct brute_bytes none;
    struct arena arena = {0};
    struct names look = *names;
    bool found = false;

    look.fixed = true;
    look.arena = &arena;
    brute_was_cut |= ways.cut;
    for (size_t i = 0; i < ways.len && !found; i++) {
        struct brute_cost c = {.rules = rules,
                               .way = &ways.items[i],
                               .events = events,
                               .nevents = nevents,
                               .sock = sock,
                               .waiting = waiting,
                               .arena = &arena,
                               .names = &look};

        found = cost_from(&c, 0, 0, none, budget);
        for (size_t line = 0; line <= BRUTE_LINES; line++)
            for (size_t at = 0; at < BRUTE_EVENTS; at++)
                vec_release(&c.dead[line][at]);
    }
    arena_release(&arena);
    free(ways.items);
    return found;
}

#endif
