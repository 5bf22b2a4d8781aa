/* run/cast.h: which role of an expectation each process of a trace plays. */
#ifndef RUN_CAST_H
#define RUN_CAST_H

#include "base/intmap.h"
#include "base/vec.h"
#include "run/run.h"

/*
 * A trace of sockdrill's says the role with each event; a command of the user's (--server NAME) says what it
 * is called here. A log that only knows programs is cast by processes: a role is played by the first process
 * that runs its command, else a program of that name, and by what that process forks and runs since. Of an
 * expectation with one role, a program without a name plays that.
 */
struct cast {
    const struct expect *expect;
    const struct run_opts *opts;
    bool by_program;
    struct intmap by_pid; /* struct role */
    VEC(const struct role *) taken;
    struct arena arena;
};

void cast_release(struct cast *cast);

/* From the beginning again. */
void cast_rewind(struct cast *cast);

/* The role of the expectation that the event belongs to; its own where that is none. */
const char *cast_event(struct cast *cast, const struct event *event);

#endif
