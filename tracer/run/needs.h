/* run/needs.h: is what a scenario requires there? */
#ifndef RUN_NEEDS_H
#define RUN_NEEDS_H

#include "expect/ast.h"

/* Where a run is to take place. */
struct needs_place {
    const char *
        refusal; /* why it has no network namespace of its own; NULL: it has one, and this process is in it */
    const char *release; /* of the kernel: "6.1.0-18-amd64" */
};

/* Why the requirement is not met, in `arena`; NULL where it is. The network looked at is this process's. */
const char *needs_missing(const struct need *need, const struct needs_place *place, struct arena *arena);

#endif
