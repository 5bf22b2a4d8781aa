/* event/moment.c: strptime(3) by a table of forms. */
#include "event/moment.h"

#include "base/alloc.h"
#include "base/clock.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

static const struct {
    const char *form;
    bool has_day;
} forms[] = {
    {"%a, %d %b %Y %H:%M:%S", true}, {"%a %b %d %H:%M:%S %Y", true},
    {"%Y-%m-%dT%H:%M:%S", true},     {"%Y-%m-%d %H:%M:%S", true},
    {"%Y/%m/%d %H:%M:%S", true},     {"%d/%b/%Y:%H:%M:%S", true},
    {"%d/%b/%Y %H:%M:%S", true},     {"%d %b %Y %H:%M:%S", true},
    {"%b %d %H:%M:%S", false},       {"%H:%M:%S", false},
};

struct moments moments_of(const struct trace *trace)
{
    int64_t began_s = (int64_t)(trace->head.began_ns / CLOCK_NS_PER_S);
    uint64_t took_ns = trace->events.len ? trace->events.items[trace->events.len - 1]->end_ns : 0;

    return (struct moments){began_s - 1, began_s + (int64_t)(took_ns / CLOCK_NS_PER_S) + 2};
}

static bool is_then(const struct moments *moments, int64_t s)
{
    return s >= moments->from && s <= moments->to;
}

/* The day that is not said is the run's. */
static void add_day(const struct moments *moments, struct tm *tm, bool is_local)
{
    time_t then = moments->from + 1;
    struct tm day;

    if (is_local)
        localtime_r(&then, &day);
    else
        gmtime_r(&then, &day);
    tm->tm_year = day.tm_year;
    tm->tm_mon = day.tm_mon;
    tm->tm_mday = day.tm_mday;
}

static bool fits(const struct moments *moments, const struct tm *read, bool has_day)
{
    struct tm utc = *read, local = *read;

    if (!has_day) {
        add_day(moments, &utc, false);
        add_day(moments, &local, true);
    }
    local.tm_isdst = -1;
    return is_then(moments, timegm(&utc)) || is_then(moments, mktime(&local));
}

static size_t digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* ".25", ",250" */
static size_t fraction(const char *text)
{
    return *text == '.' || *text == ',' ? (digits(text + 1) ? 1 + digits(text + 1) : 0) : 0;
}

static size_t seconds_len(const struct moments *moments, const char *text)
{
    enum { DIGITS = 10 };
    int64_t s = 0;

    if (digits(text) != DIGITS)
        return 0;
    for (size_t i = 0; i < DIGITS; i++)
        s = s * 10 + (text[i] - '0');
    return is_then(moments, s) ? DIGITS + fraction(text + DIGITS) : 0;
}

size_t moment_len(const struct moments *moments, const uint8_t *bytes, size_t len)
{
    char text[MOMENT_LONGEST + 1];

    if (!len || !isalnum(bytes[0]))
        return 0;
    len = len < MOMENT_LONGEST ? len : MOMENT_LONGEST;
    memcpy(text, bytes, len);
    text[len] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        struct tm tm = {0};
        const char *end = strptime(text, forms[i].form, &tm);

        if (end && !isdigit((unsigned char)*end) && fits(moments, &tm, forms[i].has_day))
            return (size_t)(end - text) + fraction(end);
    }
    return seconds_len(moments, text);
}
