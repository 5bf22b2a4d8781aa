/* format/jout.h: JSON as it goes out: no tree, no library: it is made while a traced program may wait. */
#ifndef FORMAT_JOUT_H
#define FORMAT_JOUT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* Append a comma where something stands before it in the object or array that is open. */
void jout_next(struct buf *out);

/* The same and `"key": `. */
void jout_key(struct buf *out, const char *key);

/*
 * A number: a string of its digits where jq and JavaScript, which make every number a double, would read
 * another one (RFC 7493: integers beyond 2^53 - 1).
 */
void jout_u64(struct buf *out, uint64_t n);
void jout_i64(struct buf *out, int64_t n);
bool jout_is_exact(int64_t n);

/* Hexadecimal digits. */
void jout_hex(struct buf *out, uint64_t n);

/* Valid UTF-8 as a string. Whatever could disturb a terminal is escaped. */
void jout_text(struct buf *out, const uint8_t *text, size_t len);

/* A name of ours or of the user; bytes that are no UTF-8 become U+FFFD. */
void jout_string(struct buf *out, const char *s);

/* true where all of the bytes are UTF-8. */
bool jout_is_text(const uint8_t *bytes, size_t len);

#endif
