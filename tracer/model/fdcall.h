/* model/fdcall.h: what each system call does to a table of descriptors; one row per call. */
#ifndef MODEL_FDCALL_H
#define MODEL_FDCALL_H

#include "model/fdtab.h"
#include "model/refs.h"
#include "model/resolve.h"

/* A call, or another event, at work on the table of its task. */
struct fdcall {
    struct refs *refs;
    struct fdtab **tab; /* of the task; replaced where it must be unshared */
    struct event *event;
    struct arena *arena;
    VEC(struct event *) closed; /* EVENT_CLOSED, in the order in which they follow from the event */
};

/* Sets event->sock and is_stream. */
void fdcall_look(struct fdcall *call);

/* fdcall_look, and does what must be done at the call's entry: a close, descriptors that
 * leave. */
void fdcall_enter(struct fdcall *call);

/* Sets made, sock of a call on a number that is a socket no more, and does what a call did that succeeded. */
void fdcall_exit(struct fdcall *call);

/* A number of the table gets this entry, and the socket in it a reference. What the number had is closed:
 * `why` as EVENT_CLOSED has it. */
void fdcall_install(struct fdcall *call, struct fdent ent, const char *why);

/* Drop the reference of each socket of the table that `which` holds for (NULL: all), and add it to
 * call->closed. */
void fdcall_close_all(struct fdcall *call, bool (*which)(const struct fdent *ent, const void *arg),
                      const void *arg, const char *why);

/* The task gets a table of its own, equal to the one that it shared. */
void fdcall_unshare(struct fdcall *call);

/* Add to call->closed what went down inside messages since the last time. */
void fdcall_orphans(struct fdcall *call);

#endif
