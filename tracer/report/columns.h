/* report/columns.h: what was expected beside what happened, line by line. */
#ifndef REPORT_COLUMNS_H
#define REPORT_COLUMNS_H

#include "report/report.h"

/*
 * Write the alignment as two columns: line number, mark and line of the expectation | number and text of the
 * event. Marks: `-` missing, `+` extra, `~` changed, `↕` moved. Lines that hold are left out where they are
 * far from a difference, events that nobody asked for always, and the rest is cut after one screen; all is
 * there where opts->verbose is set. A hint of the expectation stands under its line where that does not hold,
 * unless the row is `told` (or NULL), with its hint, already.
 */
void columns_write(struct buf *out, const struct expect *expect, const struct alignment *alignment,
                   const struct align_row *told, const struct report_opts *opts);

#endif
