/* base/buf.h: growable bytes. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

/* A zeroed struct is an empty buffer. `data` is NULL or has a NUL at data[len], so text can be read as a C
 * string. */
struct buf {
    char *data;
    size_t len, cap;
};

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_addc(struct buf *buf, char c);
void buf_adds(struct buf *buf, const char *s);
void buf_addf(struct buf *buf, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Append spaces until `column` bytes stand behind offset `from`; at least one where `from`'s text is already
 * longer. */
void buf_pad(struct buf *buf, size_t from, size_t column);

/* Keep the first `len` bytes, at most all. */
void buf_cut(struct buf *buf, size_t len);

/* Drop the first `n` bytes. */
void buf_shift(struct buf *buf, size_t n);

/* The text, "" where nothing was added; valid until the next change. */
const char *buf_str(const struct buf *buf);

void buf_reset(struct buf *buf);
void buf_release(struct buf *buf);

#endif
