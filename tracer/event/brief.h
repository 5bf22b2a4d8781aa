/* event/brief.h: values and events in few words, for people: `accept(3, 127.0.0.1:40312) = 4`. */
#ifndef EVENT_BRIEF_H
#define EVENT_BRIEF_H

#include "event/event.h"

enum { BRIEF_STRLEN = 32 };

/*
 * Append a value: addresses short, strings quoted and cut to `strlen_max` bytes (`"GET / "...`), symbols and
 * flags by name, an fd as its number, a value-result argument as what came out. Printable ASCII only.
 */
void value_brief(struct buf *out, const struct value *value, size_t strlen_max);

/*
 * Append an event. A call by its canonical name and arguments, without those at the end that say nothing
 * (NULL, no flags, what could not be read), and its result: `listen(3, 16) = 0`, `accept(3) = -1 EINVAL`,
 * `recv(4) = ?` where it never returned, `send(4, "a") = -1 EINTR (injected: error EINTR)`. Other kinds: `+
 * child 412`, `exits 0`, `killed by SIGPIPE`, `! SIGCHLD`, `exit closes 4`, `ended: its time was up`.
 */
void event_brief(struct buf *out, const struct event *event, size_t strlen_max);

/* The call without its result: `accept(3)`. */
void event_brief_call(struct buf *out, const struct event *event, size_t strlen_max);

/* Only the result: `4`, `-1 EINVAL`, `?`. */
void event_brief_result(struct buf *out, const struct event *event);

#endif
