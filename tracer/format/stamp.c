/* format/stamp.c: times of day, since the event before, and of calls. */
#include "format/stamp.h"

#include "base/clock.h"

#include <inttypes.h>
#include <time.h>

static void add_seconds(struct buf *out, int width, uint64_t ns)
{
    buf_addf(out, "%*" PRIu64 ".%06" PRIu64, width, ns / CLOCK_NS_PER_S,
             ns % CLOCK_NS_PER_S / CLOCK_NS_PER_US);
}

static void add_time_of_day(struct buf *out, uint64_t at_ns, bool with_us)
{
    time_t seconds = (time_t)(at_ns / CLOCK_NS_PER_S);
    struct tm tm = {0};

    localtime_r(&seconds, &tm);
    buf_addf(out, "%02d:%02d:%02d", tm.tm_hour, tm.tm_min, tm.tm_sec);
    if (with_us)
        buf_addf(out, ".%06" PRIu64, at_ns % CLOCK_NS_PER_S / CLOCK_NS_PER_US);
    buf_addc(out, ' ');
}

void stamp_add(struct stamp *stamp, struct buf *out, const struct event *event,
               const struct format_opts *opts)
{
    bool with_day = opts->abs_time || opts->abs_time_us;

    if (with_day)
        add_time_of_day(out, stamp->began_ns + event->start_ns, opts->abs_time_us);
    if (opts->rel_time) {
        /* Calls stand in the order of their ends: one may have begun before the line above it did. */
        bool is_later = stamp->is_later && event->start_ns > stamp->last_ns;

        buf_adds(out, with_day ? "(+" : "");
        add_seconds(out, 6, is_later ? event->start_ns - stamp->last_ns : 0);
        buf_adds(out, with_day ? ") " : " ");
    }
    stamp->last_ns = event->start_ns;
    stamp->is_later = true;
}

void stamp_add_duration(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    if (!opts->duration || event->unfinished || event->end_ns < event->start_ns)
        return;
    buf_adds(out, " <");
    add_seconds(out, 0, event->end_ns - event->start_ns);
    buf_addc(out, '>');
}
