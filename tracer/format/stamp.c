/* format/stamp.c: times of day, since the event before, and of calls. */
#include "format/stamp.h"

#include "base/clock.h"

#include <inttypes.h>
#include <time.h>

enum { NS_DIGITS = 9 };

/* The point and the digits behind it, cut and not rounded. */
static void add_fraction(struct buf *out, uint64_t ns, unsigned digits)
{
    uint64_t fraction = ns % CLOCK_NS_PER_S;

    for (unsigned i = digits; i < NS_DIGITS; i++)
        fraction /= 10;
    if (digits)
        buf_addf(out, ".%0*" PRIu64, (int)digits, fraction);
}

static void add_seconds(struct buf *out, int width, uint64_t ns, unsigned digits)
{
    buf_addf(out, "%*" PRIu64, width, ns / CLOCK_NS_PER_S);
    add_fraction(out, ns, digits);
}

static void add_time_of_day(struct buf *out, uint64_t at_ns, unsigned digits)
{
    time_t seconds = (time_t)(at_ns / CLOCK_NS_PER_S);
    struct tm tm = {0};

    localtime_r(&seconds, &tm);
    buf_addf(out, "%02d:%02d:%02d", tm.tm_hour, tm.tm_min, tm.tm_sec);
    add_fraction(out, at_ns, digits);
}

void stamp_add(struct stamp *stamp, struct buf *out, const struct event *event,
               const struct format_opts *opts)
{
    bool with_day = opts->abs_time.style != TIME_NONE;
    uint64_t at_ns = stamp->began_ns + event->start_ns;

    if (opts->abs_time.style == TIME_UNIX)
        add_seconds(out, 0, at_ns, opts->abs_time.digits);
    else if (with_day)
        add_time_of_day(out, at_ns, opts->abs_time.digits);
    if (with_day)
        buf_addc(out, ' ');
    if (opts->rel_time.style != TIME_NONE) {
        /* Calls stand in the order of their ends: one may have begun before the line above it did. */
        bool is_later = stamp->is_later && event->start_ns > stamp->last_ns;

        buf_adds(out, with_day ? "(+" : "");
        add_seconds(out, 6, is_later ? event->start_ns - stamp->last_ns : 0, opts->rel_time.digits);
        buf_adds(out, with_day ? ") " : " ");
    }
    stamp->last_ns = event->start_ns;
    stamp->is_later = true;
}

void stamp_add_duration(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    if (opts->duration.style == TIME_NONE || event->unfinished || event->end_ns < event->start_ns)
        return;
    buf_adds(out, " <");
    add_seconds(out, 0, event->end_ns - event->start_ns, opts->duration.digits);
    buf_addc(out, '>');
}
