/* expect/view.h: the events of a role as patterns see them: a non-blocking connect as one call, an exit as a
 * close. */
#ifndef EXPECT_VIEW_H
#define EXPECT_VIEW_H

#include "expect/program.h"

struct view;

/* How blocks look at an event; a set. */
enum seen {
    SEEN_AUX = 1 << 0,  /* it may be passed over, but for strict blocks */
    SEEN_IDLE = 1 << 1, /* strict blocks may pass over it as well: no line can stand for it */
    SEEN_TOLD = 1 << 2, /* no call of its own: strict blocks do not look at it */
    SEEN_RAW =
        1 << 3, /* only strict blocks look at it; none is shown where the program has no strict block */
};

/* What the program's lines name is shown as it happened. It is borrowed until view_free. */
struct view *view_new(const struct program *program);
void view_free(struct view *view);

/*
 * `seen`: enum seen. `origin` is the event that was given; `event` is another one where it stands for
 * a connect that is told later, with the arguments of its beginning and the result of its end, or for the
 * close of a socket that was closed without close(2). Both are borrowed until the return.
 */
typedef void (*view_emit)(void *arg, const struct event *event, unsigned seen, const struct event *origin);

/*
 * Take the next event of the role: calls, and sockets closed without close(2) are shown; others are noted.
 * - A connect that is in progress is auxiliary; `SO_ERROR` read, getpeername, or a further connect, tells how
 * it ended, and is then shown raw.
 * - The last reference to a socket that goes because a process ended of its own accord, or closed or replaced
 * its descriptor in another way, is an auxiliary close; it has no system call's name.
 * - Auxiliary is also the end of a stream found a second time, and what a role does when the runner has
 * stopped it.
 * - Of a call on several messages each message is shown as a call, and is its own `origin`.
 * - Socket pairs that no line names are raw, with everything that is done on them.
 */
void view_take(struct view *view, const struct event *event, view_emit emit, void *arg);

/* The event ends the life of its socket. */
bool view_is_end(const struct event *event);

/* Does a block look at an event that is seen like this? And may it pass over it? */
static inline bool seen_by(unsigned seen, bool strict)
{
    return !(seen & (strict ? SEEN_TOLD : SEEN_RAW));
}
static inline bool seen_is_aux(unsigned seen, bool strict)
{
    return seen & (strict ? SEEN_IDLE : SEEN_AUX | SEEN_IDLE);
}

#endif
