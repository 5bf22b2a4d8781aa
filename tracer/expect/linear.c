/* expect/linear.c: depth first over the orders of concurrent events, the one that was seen first. */
#include "expect/linear.h"

#include "base/alloc.h"
#include "base/intmap.h"
#include "expect/match.h"
#include "expect/view.h"

#include <stdlib.h>
#include <string.h>

/* EFFORT: looks at events in all; AHEAD: how far behind the first event that waits one may come before it. */
enum { EFFORT = 200000, AHEAD = 64 };

struct linear {
    const struct expect *expect;
    const struct role *role;
    const struct model *model;
    VEC(const struct event *) events; /* in the order seen */
    bool *chosen;
    size_t first;        /* all events before it are chosen */
    VEC(size_t) order;   /* what was chosen: indexes into events */
    struct match *match; /* that has taken `order`; NULL: to be made anew */
    struct intmap dead;  /* keys of states from which no way leads to the end */
    size_t effort;
};

static bool collect(struct linear *linear, const struct trace *trace)
{
    bool several = false;

    vec_each (struct event *const, it, &trace->events) {
        const struct event *event = *it;

        if (strcmp(event->role, linear->role->name) != 0 ||
            (event->kind != EVENT_CALL && event->kind != EVENT_CLOSED))
            continue;
        vec_push(&linear->events, event);
        several = several || event->tid != linear->events.items[0]->tid;
    }
    return several;
}

static bool made(const struct event *maker, uint64_t sock)
{
    return sock && (maker->made[0] == sock || maker->made[1] == sock);
}

/* Must `a`, which was seen first, stay before `b`? */
static bool is_fixed(const struct linear *linear, const struct event *a, const struct event *b)
{
    bool same = a->sock && a->sock == b->sock;

    return a->tid == b->tid || made(a, b->sock) || (same && (view_is_end(a) || view_is_end(b))) ||
           (model_before(linear->model, a->seq, b->seq) && !model_before(linear->model, b->seq, a->seq));
}

static bool is_ready(struct linear *linear, size_t i)
{
    if (linear->chosen[i])
        return false;
    for (size_t k = linear->first; k < i; k++, linear->effort++)
        if (!linear->chosen[k] && is_fixed(linear, linear->events.items[k], linear->events.items[i]))
            return false;
    return true;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ b * 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;

    return x ^ x >> 29;
}

/*
 * What the matcher knows depends on which events it has had, on the order of each socket's, on what lay
 * before each that made a socket, and hardly on how those of different sockets lay between each other.
 */
static uint64_t key_of(struct linear *linear)
{
    struct intmap lines = {0};
    uint64_t openers = 0, set = 0, sum = 0;

    linear->effort += linear->order.len;
    vec_each (const size_t, i, &linear->order) {
        const struct event *event = linear->events.items[*i];
        uint64_t line = (uint64_t)(uintptr_t)intmap_get(&lines, event->sock);
        uint64_t now = mix(line + event->sock, event->seq) | 1;

        set += mix(1, event->seq);
        sum += now - line;
        intmap_set(&lines, event->sock, (void *)(uintptr_t)now);
        if (event->made[0])
            openers = mix(openers + set, event->seq);
    }
    intmap_release(&lines);
    return mix(set, sum) + openers;
}

static void forget_match(struct linear *linear)
{
    if (linear->match)
        match_free(linear->match);
    linear->match = NULL;
}

/* Give the event to a matcher that has had those of `order`. false: it fits no more. */
static bool feed(struct linear *linear, size_t i)
{
    if (!linear->match) {
        linear->match = match_new(linear->expect, linear->role);
        linear->effort += linear->order.len;
        vec_each (const size_t, it, &linear->order)
            match_event(linear->match, linear->events.items[*it]);
    }
    linear->effort++;
    if (match_event(linear->match, linear->events.items[i]))
        return true;
    forget_match(linear);
    return false;
}

static void choose(struct linear *linear, size_t i)
{
    vec_push(&linear->order, i);
    linear->chosen[i] = true;
    while (linear->first < linear->events.len && linear->chosen[linear->first])
        linear->first++;
}

/* Take back the last choice: no way leads on from it. Returns its event. */
static size_t unchoose(struct linear *linear)
{
    size_t last = linear->order.items[linear->order.len - 1];

    intmap_set(&linear->dead, key_of(linear), linear);
    linear->order.len--;
    linear->chosen[last] = false;
    if (linear->first > last)
        linear->first = last;
    forget_match(linear);
    return last;
}

/* Choose the first event from index `from` on that can come next, and fits. */
static bool go_on(struct linear *linear, size_t from)
{
    for (size_t i = from; i < linear->events.len && i <= linear->first + AHEAD; i++) {
        if (!is_ready(linear, i) || !feed(linear, i))
            continue;
        choose(linear, i);
        if (!linear->dead.len || !intmap_get(&linear->dead, key_of(linear)))
            return true;
        unchoose(linear);
    }
    return false;
}

static bool search(struct linear *linear)
{
    size_t from = 0;

    while (linear->effort < EFFORT) {
        if (linear->order.len == linear->events.len) {
            bool holds = linear->match && match_end(linear->match);

            forget_match(linear);
            if (holds)
                return true;
        } else if (go_on(linear, from)) {
            from = linear->first;
            continue;
        }
        if (!linear->order.len)
            return false;
        from = unchoose(linear) + 1;
    }
    return false;
}

bool linear_holds(const struct expect *expect, const struct role *role, const struct trace *trace,
                  const struct model *model)
{
    struct linear linear = {.expect = expect, .role = role, .model = model};
    bool holds = false;

    if (collect(&linear, trace)) {
        linear.chosen = alloc_zeroed(linear.events.len);
        holds = search(&linear);
    }
    forget_match(&linear);
    free(linear.chosen);
    vec_release(&linear.events);
    vec_release(&linear.order);
    intmap_release(&linear.dead);
    return holds;
}
