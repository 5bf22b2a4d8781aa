/* expect/text.h: patterns, and where an event differs from its line, in words. */
#ifndef EXPECT_TEXT_H
#define EXPECT_TEXT_H

#include "base/buf.h"
#include "expect/line.h"
#include "expect/tape.h"

/* Append a pattern as one writes it, parameters filled in. */
void text_pat(struct buf *out, const struct expect *expect, const struct pat *pat);

/* What people call an argument of a canonical call, by its position: "backlog"; "argument" where it has no
 * name. */
const char *text_arg_name(enum canon canon, size_t i);

/* The first difference of a line. */
struct difference {
    const char *what;            /* "port", "result", "data", …: static */
    const char *expected, *seen; /* in the arena */
};

/*
 * Why the event, which is the call of the line or the same canonical call, doesn't fit; `names` as they were
 * before it. Where each part fits it says so of the data, which came at the wrong time then.
 */
struct difference text_difference(const struct expect *expect, const struct names *names,
                                  const struct step *step, const struct event *event, struct arena *arena);

/* `sends` or `receives`, and the calls that it counts. */
struct difference text_total(const struct expect *expect, const struct step *step,
                             const struct event *const *events, size_t nevents, struct arena *arena);

/* A data line, and the bytes that came for it: not what it asks for, or not all of it. */
struct difference text_data(const struct expect *expect, const struct step *step, const struct tape *tape,
                            struct arena *arena);

#endif
