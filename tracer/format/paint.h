/* format/paint.h: colours of a terminal, few of them, and how wide a text is there. */
#ifndef FORMAT_PAINT_H
#define FORMAT_PAINT_H

#include "base/buf.h"

#include <stdbool.h>

enum paint {
    PAINT_NONE,
    PAINT_DIM,
    PAINT_RED,
    PAINT_YELLOW,
    PAINT_GREEN,
    PAINT_BLUE,
    PAINT_CYAN,
    PAINT_MAGENTA
};

/* Appends the switch to a colour; paint_end switches back. Both append nothing where `color` is false. */
void paint_begin(struct buf *out, bool color, enum paint paint);
void paint_end(struct buf *out, bool color);

/* Columns that a text takes: its UTF-8 characters, without the switches above. */
size_t paint_width(const char *text, size_t len);

/* Appends spaces until the text behind `from` takes `columns`; at least one where it is longer already. */
void paint_pad(struct buf *out, size_t from, size_t columns);

#endif
