/* engine/inject.h: faults: put into a call while its task is in the stop before it, and undone in the stop
 * after it. */
#ifndef ENGINE_INJECT_H
#define ENGINE_INJECT_H

#include "engine/task.h"

/*
 * Do to the call what pending->inject says, as far as it can be done: pending->event.injected says what was.
 * The event has its arguments and its socket. A call that a signal interrupted comes here once more when it
 * is made again.
 *
 *     short  of calls on stream sockets that move more bytes than that: their length, or as many of their
 *            iovecs and as much of the last of these, is lowered until the call returns
 *     error, drop  the call is not made; drop only of calls that send one datagram
 *     reset  of connected TCP sockets: their connection is aborted, as connect(2) to AF_UNSPEC does: the peer
 *            gets a RST, and this end finds ECONNRESET, then the end of the stream
 *     delay  is done by whoever holds the task
 */
void inject_enter(struct task *task, struct pending *pending);

/* In the stop after the call, before anything is read: registers and memory are the program's own again.
 * *result is what the program sees. */
void inject_leave(struct task *task, struct pending *pending, int64_t *result);

#endif
