/* event/message.h: a call on several messages, message by message. */
#ifndef EVENT_MESSAGE_H
#define EVENT_MESSAGE_H

#include "event/event.h"

/*
 * sendmmsg and recvmmsg are one call of the program and one event of the trace; to patterns, to the model's
 * datagrams and to people each message is a send or a receive of its own (design: "Canonical calls").
 */

/* Does the event have messages to be looked at one by one? */
bool message_is_in(const struct event *event);

/*
 * How many: those that were moved; of a call that failed or never returned the first, because a call fails
 * only where it could move none.
 */
size_t message_count(const struct event *event);

/*
 * The nth message (from 0) as an event of its own, in canonical form: its bytes, its address, its length as
 * the result, its part of the range; the kernel's state, which came after all, is with the last. Values are
 * borrowed from the event or live in `arena`.
 */
struct event message_at(const struct event *event, size_t nth, struct arena *arena);

#endif
