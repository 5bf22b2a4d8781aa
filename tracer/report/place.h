/* report/place.h: where in the source something happened, in the form that editors jump to, with the lines
 * around it. */
#ifndef REPORT_PLACE_H
#define REPORT_PLACE_H

#include "report/report.h"

/* A path without `.` and `..`, from opts->below on where it is below it. */
void place_add_path(struct buf *out, const char *path, const struct report_opts *opts);

/* `server.c:34`, without debug information `serve+0x1d (server)`. Nothing, and false, where the event has no
 * place. NULL is no event. */
bool place_add(struct buf *out, const struct event *event, const struct report_opts *opts);

/* Who called the function of the place: `serve, called from main (server.c:71)`; false where there is no
 * source. */
bool place_add_callers(struct buf *out, const struct event *event, const struct report_opts *opts);

/* The lines around the place, as compilers show them; nothing where they could not be read. */
void place_write_lines(struct buf *out, const struct event *event, const struct verdict *verdict,
                       const struct report_opts *opts);

#endif
