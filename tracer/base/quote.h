/* base/quote.h: bytes as C strings, and back. */
#ifndef BASE_QUOTE_H
#define BASE_QUOTE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Append `bytes` as strace(1) writes a string, without the quotes around it: \n \t \r \f \v \\ \" as such,
 * other bytes outside 0x20..0x7e as the shortest octal escape that the next byte does not lengthen. Nothing
 * in the result can move a cursor.
 */
void quote_c(struct buf *out, const uint8_t *bytes, size_t len);

/* The same with those other bytes as \xff (strace --strings-in-hex=non-ascii-chars). */
void quote_c_hex(struct buf *out, const uint8_t *bytes, size_t len);

/* Every byte as \xff (strace -xx). */
void quote_hex(struct buf *out, const uint8_t *bytes, size_t len);

/* Are all bytes printable ASCII or white space? What strace -x does not write in hexadecimal. */
bool quote_is_ascii(const uint8_t *bytes, size_t len);

/*
 * The inverse, for one escape: `*s` points behind a backslash and is moved behind the escape, `end` is the
 * end of the text. Knows a b e f n r t v 0 \ " ' ?, \x with exactly two digits, octal with up to three.
 * false: no such escape.
 */
bool quote_unescape(const char **s, const char *end, uint8_t *byte);

/* Append text for a terminal: control bytes and broken UTF-8 escaped as quote_c does, the rest as it is. */
void quote_terminal(struct buf *out, const char *text, size_t len);

/* The length of the valid UTF-8 sequence at `s` (1 to 4), or 0. Surrogates and overlong forms are not valid.
 */
size_t quote_utf8_len(const uint8_t *s, size_t len);

#endif
