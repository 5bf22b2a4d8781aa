/* event/inject.h: what was put into a call that the program and the kernel know nothing of. */
#ifndef EVENT_INJECT_H
#define EVENT_INJECT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum inject_kind {
    INJECT_NONE,
    INJECT_SHORT, /* the kernel was asked for `n` bytes, fewer than the program asked for */
    INJECT_ERROR, /* the call was not made: it failed with errno `n` */
    INJECT_DELAY, /* the call was held for `n` nanoseconds before it began */
    INJECT_DROP,  /* a datagram was not sent, and told as sent */
    INJECT_RESET, /* the connection was reset before the call began */
    INJECT_COUNT,
};

struct inject {
    enum inject_kind kind;
    int64_t n; /* above 0 where the kind has a number, else 0 */
};

/* "short", "error", …: the words of the language and of trace files. NULL for INJECT_NONE. */
const char *inject_name(enum inject_kind kind);

/* INJECT_NONE where there is no such word. */
enum inject_kind inject_find(const char *name);

/* Does the kind have a number? */
bool inject_has_number(enum inject_kind kind);

/* As the language writes it: `short 1`, `error EINTR`, `delay 100ms`, `drop`. */
void inject_text(struct buf *out, struct inject inject);

#endif
