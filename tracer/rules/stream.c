/* rules/stream.c: looks at each event with what was known before it. */
#include "rules/stream.h"

#include <string.h>

enum { HITS_OF_CODE = 16 };

static void make_index(struct stream *stream)
{
    if (stream->has_index)
        return;
    stream->has_index = true;
    for (size_t i = 0; i < nrules; i++)
        for (int canon = 0; canon < CANON_COUNT; canon++)
            if (rules[i].spots && rules[i].moment == MOMENT_EVENT && rules[i].kind == EVENT_CALL &&
                rules[i].calls >> canon & 1)
                vec_push(&stream->by_canon[canon], &rules[i]);
}

/* A loop that makes a mistake again and again makes one mistake, with however many connections. */
static bool is_known(const struct stream *stream, const struct hit *hit)
{
    size_t n = 0;

    vec_each (const struct hit, it, &stream->hits) {
        if (strcmp(it->rule->code, hit->rule->code) != 0)
            continue;
        if (it->at == hit->at || (it->owner == hit->owner && it->role == hit->role))
            return true;
        n++;
    }
    return n >= HITS_OF_CODE;
}

static void look(struct stream *stream, const struct rule *rule, struct spot spot)
{
    struct hit hit = {.rule = rule};

    if (spot.event)
        spot.at = spot.event->seq;
    if (!rule->spots(&spot))
        return;
    hit.at = spot.at;
    hit.other = spot.other;
    hit.is_past = spot.other || !spot.event || spot.at != spot.event->seq;
    hit.n = spot.n;
    hit.m = spot.m;
    if (spot.sock) {
        hit.owner = spot.sock->parent ? spot.sock->parent : spot.sock->id;
        hit.role = spot.sock->role;
    } else {
        hit.owner = spot.event ? (uint64_t)spot.event->pid : hit.at;
    }
    if (!is_known(stream, &hit))
        vec_push(&stream->hits, hit);
}

static struct spot spot_at(const struct facts *facts, const struct event *event)
{
    return (struct spot){
        .facts = facts,
        .event = event,
        .sock = facts_sock(facts, event->sock),
        .task = facts_task(facts, event->tid),
        .proc = facts_proc(facts, event->pid),
    };
}

static void look_at_event(struct stream *stream, const struct event *event)
{
    if (event->kind == EVENT_CALL) {
        vec_each (const struct rule *, it, &stream->by_canon[event->canon])
            if (rule_applies(*it, event))
                look(stream, *it, spot_at(&stream->facts, event));
        return;
    }
    for (size_t i = 0; i < nrules; i++)
        if (rules[i].spots && rules[i].moment == MOMENT_EVENT && rule_applies(&rules[i], event))
            look(stream, &rules[i], spot_at(&stream->facts, event));
}

static void look_at_moment(struct stream *stream, enum rule_moment moment, struct spot spot)
{
    for (size_t i = 0; i < nrules; i++)
        if (rules[i].moment == moment)
            look(stream, &rules[i], spot);
}

static void look_at_end(struct stream *stream, const struct sock_facts *sock, const struct event *event)
{
    struct spot spot = event ? spot_at(&stream->facts, event) : (struct spot){.facts = &stream->facts};

    spot.sock = sock;
    spot.is_killed = !event || (event->kind == EVENT_CLOSED && stream->facts.last_exit.is_killed);
    look_at_moment(stream, MOMENT_SOCK_END, spot);
    if (sock->reset)
        look_at_moment(stream, MOMENT_RESET, spot);
}

void stream_head(struct stream *stream, const struct trace_head *head)
{
    facts_head(&stream->facts, head);
}

void stream_event(struct stream *stream, const struct event *event)
{
    const struct sock_facts *ending = facts_ends(event) ? facts_sock(&stream->facts, event->sock) : NULL;

    make_index(stream);
    look_at_event(stream, event);
    if (ending)
        look_at_end(stream, ending, event);
    facts_event(&stream->facts, event);
    facts_forget(&stream->facts, event);
}

void stream_end(struct stream *stream)
{
    const struct intmap_slot *slot;

    for (size_t pos = 0; (slot = intmap_next(&stream->facts.socks, &pos));)
        look_at_end(stream, slot->value, NULL);
    for (size_t i = 0; i < FACTS_RING && stream->facts.resets[i]; i++)
        look_at_moment(stream, MOMENT_RESET,
                       (struct spot){.facts = &stream->facts, .sock = stream->facts.resets[i]});
    for (size_t i = 0; i < nrules; i++)
        for (size_t nth = 0; rules[i].moment == MOMENT_TRACE_END && nth < HITS_OF_CODE; nth++)
            look(stream, &rules[i], (struct spot){.facts = &stream->facts, .nth = nth});
}

bool stream_wants(const struct stream *stream, uint64_t seq)
{
    vec_each (const struct hit, it, &stream->hits)
        if (it->at == seq || it->other == seq)
            return true;
    return false;
}

void stream_release(struct stream *stream)
{
    facts_release(&stream->facts);
    vec_release(&stream->hits);
    for (size_t i = 0; i < CANON_COUNT; i++)
        vec_release(&stream->by_canon[i]);
}
