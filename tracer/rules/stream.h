/* rules/stream.h: rules that are looked at while a trace goes by, and what they found. */
#ifndef RULES_STREAM_H
#define RULES_STREAM_H

#include "rules/rule.h"

/* A mistake found. Events are named by their sequence numbers, since they are gone by then. */
struct hit {
    const struct rule *rule;
    uint64_t at, other;
    int64_t n, m;
    const char
        *role; /* that made it, and with what: a listener for its connections, a socket, or a process */
    uint64_t owner;
    bool is_past; /* it names events that were over when it was found */
};

/* Zeroed: nothing was seen. It takes memory for what is open at a time. */
struct stream {
    struct facts facts;
    VEC(struct hit) hits;
    VEC(const struct rule *) by_canon[CANON_COUNT]; /* rows that look at the call */
    bool has_index;
};

void stream_head(struct stream *stream, const struct trace_head *head);
void stream_event(struct stream *stream, const struct event *event);
void stream_end(struct stream *stream);
void stream_release(struct stream *stream);

/* Is the event one that a hit points at or names? */
bool stream_wants(const struct stream *stream, uint64_t seq);

#endif
