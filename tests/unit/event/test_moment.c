/* unit/event/test_moment.c: what is the time of the run, and what is another time, or none. */
#include "../suite.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "event/moment.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A run that began at 2026-11-27 11:36:14 UTC, 1795779374 seconds since 1970, and took no time. */
static const int64_t BEGAN = 1795779374;

static const struct {
    const char *text;
    size_t len;
} rows[] = {
    {"Fri, 27 Nov 2026 11:36:14 GMT\r\n", 25},
    {"Fri Nov 27 11:36:15 2026\n", 24},
    {"2026-11-27T11:36:13Z", 19},
    {"2026-11-27T11:36:13.123456+00:00", 26},
    {"2026-11-27 11:36:14,250 INFO", 23},
    {"27/Nov/2026:11:36:14 +0000]", 20},
    {"Nov 27 11:36:14 host", 15},
    {"11:36:14", 8},
    {"11:36:14.5 ", 10},
    {"1795779374", 10},
    {"1795779375.25 ", 13},
    /* The local time: five hours behind. */
    {"2026-11-27 06:36:14", 19},
    {"06:36:14", 8},
    /* Others. */
    {"Thu, 26 Nov 2026 11:36:14 GMT", 0},
    {"2026-11-27T11:36:30", 0},
    {"2025-11-27T11:36:14", 0},
    {"11:36:40", 0},
    {"11:36:141", 0},
    {"1795779390", 0},
    {"17957793740", 0},
    {"179577937", 0},
    {"ping", 0},
    {"27", 0},
    {" 11:36:14", 0},
    {"", 0},
};

START_TEST(moments_of_the_run)
{
    struct trace trace = {.head = {.began_ns = (uint64_t)BEGAN * CLOCK_NS_PER_S}};
    struct moments moments;

    setenv("TZ", "EST5", 1);
    tzset();
    moments = moments_of(&trace);
    ck_assert_msg(moment_len(&moments, (const uint8_t *)rows[_i].text, strlen(rows[_i].text)) == rows[_i].len,
                  "%s", rows[_i].text);
}
END_TEST

/* Nothing behind the end is looked at. */
START_TEST(cut)
{
    static const char text[] = "2026-11-27T11:36:14";
    struct moments moments = {BEGAN - 1, BEGAN + 1};

    for (size_t len = 0; len < strlen(text); len++) {
        uint8_t *copy = malloc(len + 1);

        memcpy(copy, text, len);
        copy[len] = '9';
        ck_assert_uint_eq(moment_len(&moments, copy, len), 0);
        free(copy);
    }
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "moments", moments_of_the_run, ARRAY_LEN(rows));
    suite_add(suite, "cut", cut);
}

SUITE_MAIN("moment", add)
