/* explain/meaning.h: what an error means for the call that failed with it. */
#ifndef EXPLAIN_MEANING_H
#define EXPLAIN_MEANING_H

#include "event/event.h"

/* What shows in the arguments of a call that failed, where it may have failed for several reasons. */
enum meaning_when {
    WHEN_EVER,
    WHEN_UNIX,            /* the address, or the socket's own, is a Unix-domain one */
    WHEN_WRONG_LENGTH,    /* no address of this family is as long as the program says */
    WHEN_NEGATIVE_LENGTH, /* of the room for an address */
    WHEN_OTHER_FLAGS,     /* than those that accept4 knows */
    WHEN_PORT_ZERO,
    WHEN_OOB,    /* MSG_OOB was given */
    WHEN_STREAM, /* the socket is a stream one; of data calls */
    WHEN_SELECT,
    WHEN_EPOLL, /* by which system call it waited */
    WHEN_COUNT,
};

/* Sentences without a full stop: why the kernel answers so, and what to change. */
struct meaning {
    enum canon canon; /* CANON_NONE: of every call that has no row of its own */
    int err;          /* 0 ends the table */
    enum meaning_when when;
    const char *why, *cure;
};

/* Made from explain/errors.txt. Rows of one call and error stand together, the most common reason first; one
 * of them is WHEN_EVER. */
extern const struct meaning meanings[];

/* The first row for this error of this call, else the one that holds for every call, or NULL. */
const struct meaning *meaning_find(enum canon canon, int err);

/* Another reason for the same error of the same call, or NULL. */
const struct meaning *meaning_next(const struct meaning *meaning);

/* Why this call failed: the row whose condition shows in its arguments, else the one that has none. NULL
 * where the call did not fail, or nothing is known of its error. */
const struct meaning *meaning_of(const struct event *event);

#endif
