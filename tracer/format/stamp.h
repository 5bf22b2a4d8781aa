/* format/stamp.h: the times that line formats write before and behind an event: -t, -tt, -r, -T. */
#ifndef FORMAT_STAMP_H
#define FORMAT_STAMP_H

#include "event/event.h"
#include "format/format.h"

/* A zeroed struct with `began_ns` set (CLOCK_REALTIME at the trace's beginning) is ready. */
struct stamp {
    uint64_t began_ns;
    uint64_t last_ns; /* of the event before */
    bool is_later;    /* there was one */
};

/* Appends the times that the options ask for, with a space behind them, as strace does. */
void stamp_add(struct stamp *stamp, struct buf *out, const struct event *event,
               const struct format_opts *opts);

/* Appends ` <0.000123>`, where the options ask for it and the call returned. */
void stamp_add_duration(struct buf *out, const struct event *event, const struct format_opts *opts);

#endif
