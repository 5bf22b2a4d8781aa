/* format/base64.h: bytes that are no text, as RFC 4648 section 4 has them. */
#ifndef FORMAT_BASE64_H
#define FORMAT_BASE64_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

void base64_encode(struct buf *out, const uint8_t *bytes, size_t len);

/* Appends the bytes. false where the text is not base64 with its padding; what was appended then means
 * nothing. */
bool base64_decode(struct buf *out, const char *text, size_t len);

#endif
