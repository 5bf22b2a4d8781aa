/* base/diag.h: places in a text, and messages that point at them as a compiler's do. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

#include <stddef.h>

/* A text that messages may point into. Borrowed: it must outlive them. */
struct source {
    const char *name; /* as the user wrote it; appears before the line number */
    const char *text;
    size_t len;
};

/* Bytes [from, to) of a source's text. */
struct span {
    size_t from, to;
};

/* Line and column of an offset, both from 1; columns count UTF-8 characters, a tab is one. */
struct place {
    unsigned line, column;
};

struct diag {
    struct span span;
    char *msg;  /* one sentence without a full stop: `unknown call 'lisen'` */
    char *hint; /* what to do, or NULL: `did you mean 'listen'?` */
};

/* Messages about one source, in the order in which they were found. A zeroed struct with `source` set is
 * empty. */
struct diags {
    const struct source *source;
    struct arena arena;
    VEC(struct diag) list;
};

struct place source_place(const struct source *source, size_t offset);

/* The line (without its newline, be it LF or CRLF) that holds `offset`, as a span. */
struct span source_line(const struct source *source, size_t offset);

void diags_add(struct diags *diags, struct span span, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* A hint for the message added last. */
void diags_hint(struct diags *diags, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * Write all messages, sorted by place:
 *
 *     echo.expect:9:5: error: unknown call 'lisen'
 *      9 |     lisen($listener, > 0) = 0
 *        |     ^~~~~
 *        = help: did you mean 'listen'?
 */
void diags_write(const struct diags *diags, struct buf *out);

void diags_release(struct diags *diags);

/* The candidate nearest to `word` in edit distance, or NULL where none is near enough to be worth a "did you
 * mean". */
const char *diag_nearest(const char *word, const char *const *candidates, size_t len);

#endif
