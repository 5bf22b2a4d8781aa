/* report/layout.h: text in columns of a terminal: widths, cutting, wrapping, colour. */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum style { STYLE_PLAIN, STYLE_DIM, STYLE_BOLD, STYLE_GOOD, STYLE_BAD };

/* Switch to a style and back; nothing where `color` is false. */
void layout_style(struct buf *out, bool color, enum style style);

/* The text in a style of its own. */
void layout_styled(struct buf *out, bool color, enum style style, const char *text);

/* How many columns valid UTF-8 takes: one for each character. */
size_t layout_width(const char *text);

/* Append what fits into `columns`: `…` stands for what was cut off. Returns the columns taken. */
size_t layout_cut(struct buf *out, const char *text, size_t columns);

/* The text of a call or of a line that expects one: where it is too long its result stays whole. Returns the
 * same. */
size_t layout_cut_call(struct buf *out, const char *text, size_t columns);

/* layout_cut, with spaces behind it up to `columns`. */
void layout_fit(struct buf *out, const char *text, size_t columns);

/*
 * A paragraph: `label` at column `indent`, the text wrapped at spaces so that it ends before `width`, its
 * lines one below the other, a full stop behind it where it has no mark of its own. Nothing where the text is
 * empty.
 */
void layout_para(struct buf *out, size_t indent, const char *label, const char *text, size_t width);

#endif
