/* explain/meaning.h: what an error means for the call that failed with it. */
#ifndef EXPLAIN_MEANING_H
#define EXPLAIN_MEANING_H

#include "event/event.h"

/* Sentences without a full stop: why the kernel answers so, and what to change. */
struct meaning {
    enum canon canon; /* CANON_NONE: of every call that has no row of its own */
    int err;          /* 0 ends the table */
    const char *why, *cure;
};

/* Made from explain/errors.txt. Rows of one call and error stand together, the most common reason first. */
extern const struct meaning meanings[];

/* The first row for this error of this call, else the one that holds for every call, or NULL. */
const struct meaning *meaning_find(enum canon canon, int err);

/* Another reason for the same error of the same call, or NULL. */
const struct meaning *meaning_next(const struct meaning *meaning);

#endif
