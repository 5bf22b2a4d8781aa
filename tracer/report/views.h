/* report/views.h: the views and reports of this folder, for its registry. */
#ifndef REPORT_VIEWS_H
#define REPORT_VIEWS_H

#include "report/report.h"

/* report/report_NAME.c */
extern const struct report report_text, report_json, report_junit, report_tap, report_tap13, report_github,
    report_gradescope, report_check50, report_sarif;
extern const struct view view_sequence; /* report/sequence.c */
extern const struct view view_sockets;  /* report/sockets.c */

enum { REPORT_WIDTH = 80, REPORT_WIDTH_MIN = 60 };

/* The columns to fill: REPORT_WIDTH where the options give none, and never fewer than REPORT_WIDTH_MIN. */
size_t report_width(const struct report_opts *opts);

#endif
