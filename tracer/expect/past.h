/* expect/past.h: a role's events as a whole, for alignments: as patterns see them, and by socket. */
#ifndef EXPECT_PAST_H
#define EXPECT_PAST_H

#include "base/intmap.h"
#include "event/trace.h"
#include "expect/program.h"

/* A socket and the sockets made on it: accepted from it, …; what a block on it may be asked for. */
struct kin {
    uint64_t sock;
    const struct kin *maker; /* the socket that the event which made this one was on, or NULL */
    VEC(size_t) events;      /* on this very socket, while it lived */
    VEC(struct kin *) made;
};

struct past_event {
    const struct event *event, *origin; /* as seen; of the trace, or a message of one of its calls */
    unsigned seen;                      /* enum seen */
    const struct kin *kin;              /* of its socket; NULL: none, or one that had ended */
};

struct past {
    VEC(struct past_event) events;
    struct intmap kins; /* by socket */
    struct arena *arena;
};

/* The calls of `role` in the trace, and the sockets closed without one. Events that are made up live in
 * `arena`. */
void past_init(struct past *past, const struct trace *trace, const char *role, const struct program *program,
               struct arena *arena);
void past_release(struct past *past);

/* Ascending indexes of all events on the socket and on those made on it, in `arena`. */
const size_t *past_of(const struct past *past, uint64_t sock, struct arena *arena, size_t *len);

/* Does the event belong to the life of the socket? */
bool past_is_of(const struct past_event *event, uint64_t sock);

#endif
