/* compare/hunk.h: bytes that differ, for people: as text where they are text, else as a hexdump. */
#ifndef COMPARE_HUNK_H
#define COMPARE_HUNK_H

#include "base/buf.h"
#include "compare/compare.h"

/* Append what a stream begins with, and how long it is: `"ping\n" (5 bytes)`. */
void hunk_add_beginning(struct buf *out, const struct stream *stream);

/* Each place with what stood there, and a few bytes around it. Only so many; the rest is counted. */
void hunks_write(struct buf *out, bool color, const struct stream *old, const struct stream *now,
                 const struct change *change);

#endif
