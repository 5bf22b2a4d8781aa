/* cmd/display.h: what of a trace is shown, and how: the options that trace and show have in common. */
#ifndef CMD_DISPLAY_H
#define CMD_DISPLAY_H

#include "cmd/cmd.h"
#include "cmd/select.h"
#include "cmd/socks.h"
#include "cmd/summary.h"
#include "format/format.h"

enum display_summary { DISPLAY_LINES, DISPLAY_BOTH, DISPLAY_SUMMARY };

struct display {
    struct format_opts opts;
    struct select select;
    struct socks socks;
    struct summary summary;
    enum display_summary what; /* -c, -C */
    enum summary_sort sort;
    enum color_when color;
    bool wall_clock;  /* -w: always so; there for strace's habit */
    struct buf wrong; /* with the value of an option */
};

#define DISPLAY_DEFAULT ((struct display){.opts = FORMAT_OPTS_DEFAULT})

/* For struct options: their argument is the struct display. */
extern const struct option_group display_groups[];

/*
 * The sink that events are given to: what follows the sockets, what selects, what counts, and the writer of
 * the format, each where an option asks for it. Written are the lines to `out`, the summary to `told`; both
 * are borrowed. sink_end ends all of them.
 */
struct sink *display_open(struct display *display, const struct format *format, FILE *out, FILE *told);

void display_release(struct display *display);

#endif
