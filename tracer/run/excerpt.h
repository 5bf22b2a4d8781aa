/* run/excerpt.h: which events of a long trace it takes to tell why a role fails. */
#ifndef RUN_EXCERPT_H
#define RUN_EXCERPT_H

#include "base/intmap.h"
#include "event/event.h"

enum {
    EXCERPT_FIRST = 8,   /* lives of sockets from the beginning of the trace, */
    EXCERPT_LAST = 32,   /* and of those that were over when the role failed the last: a taste of what held */
    EXCERPT_BEFORE = 64, /* events before the one at which it failed, and before the end; */
    EXCERPT_BEHIND = 512, /* and behind it: what is on no socket, and what begins there */
};

/*
 * The trace is read twice, in the same order. An excerpt leaves out lives of sockets as a whole, and what may
 * be passed over: all that is on sockets that were open when the role failed stays. Takes memory for these,
 * not for the length of the trace. A zeroed struct is an excerpt of nothing read.
 */
struct excerpt {
    struct intmap open, makers, kept; /* sockets: open now; on which others were made; in the excerpt */
    uint64_t last[EXCERPT_LAST];      /* that are over, a ring */
    size_t nended;
    size_t nevents, failed_at; /* failed_at: how many events it took until the role failed; 0: not yet */
    size_t at;                 /* of the second reading */
};

void excerpt_release(struct excerpt *excerpt);

/* First reading: the next event of the role. `failed`: with it or before. */
void excerpt_event(struct excerpt *excerpt, const struct event *event, bool failed);
/* What the role has open now is what others may wait for: it stays. */
void excerpt_keep_open(struct excerpt *excerpt);

/* The trace is over. A role that did not fail before fails at the end, or holds. */
void excerpt_end(struct excerpt *excerpt);

/* Second reading: is the next event of the role in the excerpt? */
bool excerpt_wants(struct excerpt *excerpt, const struct event *event);

#endif
