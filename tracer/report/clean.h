/* report/clean.h: any bytes as text that harms neither a terminal nor a reader. */
#ifndef REPORT_CLEAN_H
#define REPORT_CLEAN_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum { CLEAN_LINE_MOST = 2000, CLEAN_TEXT_MOST = 16384 };

/* One line: control characters, newlines too, and bytes that are no UTF-8 as escapes. What is longer than
 * CLEAN_LINE_MOST is cut, with a note. */
void clean_line(struct buf *out, const char *bytes, size_t len);

/* The same for each line of a text; newlines and tabs stay as they are. */
void clean_lines(struct buf *out, const char *bytes, size_t len);

/* clean_lines of the first CLEAN_TEXT_MOST bytes. Returns how many are left out. */
uint64_t clean_text(struct buf *out, const char *bytes, size_t len);

/* Is it what clean_line (`lines`: clean_lines) makes, but for its length? */
bool clean_is(const char *bytes, size_t len, bool lines);

#endif
