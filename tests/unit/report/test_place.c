/* unit/report/test_place.c: places in the source, as editors jump to them. */
#include "../suite.h"
#include "report/place.h"

#define FRAME(path)                                                                                          \
    {                                                                                                        \
        {                                                                                                    \
            .file = path, .line = 34, .function = "serve", .object = "/lab/server"                           \
        }                                                                                                    \
    }

static const struct {
    struct frame frames[2];
    const char *below, *place;
} places[] = {
    {FRAME("/lab/server.c"), "/lab", "server.c:34"},
    {FRAME("/lab/src/server.c"), "/lab", "src/server.c:34"},
    {FRAME("/lab/server.c"), "/la", "/lab/server.c:34"},
    {FRAME("/lab/server.c"), NULL, "/lab/server.c:34"},
    {FRAME("/lab/build/../src/./server.c"), "/lab", "src/server.c:34"},
    {FRAME("/lab/build/../server.c"), "/lab/build", "/lab/server.c:34"},
    {FRAME("../server.c"), "/lab", "../server.c:34"},
    {FRAME("../../a/../server.c"), "/lab", "../../server.c:34"},
    {FRAME("a/../server.c"), "/lab", "server.c:34"},
    {FRAME("/lab/\33[31m.c"), "/lab", "\\33[31m.c:34"},
    {{{.function = "serve", .offset = 29, .object = "/lab/server"}}, "/lab", "serve+0x1d (server)"},
    {{{.address = 4096, .object = "server"}}, "/lab", "0x1000 (server)"},
    {{{.address = 4096}}, "/lab", "0x1000"},
};

START_TEST(place)
{
    struct event event = {.kind = EVENT_CALL, .src = places[_i].frames, .nsrc = 1};
    struct report_opts opts = {.below = places[_i].below};
    struct buf out = {0};

    ck_assert(place_add(&out, &event, &opts));
    ck_assert_str_eq(buf_str(&out), places[_i].place);
    buf_release(&out);
}
END_TEST

START_TEST(no_place)
{
    struct event event = {.kind = EVENT_CALL};
    struct report_opts opts = {0};
    struct verdict verdict = {0};
    struct buf out = {0};

    ck_assert(!place_add(&out, &event, &opts));
    ck_assert(!place_add(&out, NULL, &opts));
    ck_assert(!place_add_callers(&out, &event, &opts));
    ck_assert(!place_add_callers(&out, NULL, &opts));
    place_write_lines(&out, &event, &verdict, &opts);
    place_write_lines(&out, NULL, &verdict, &opts);
    ck_assert_str_eq(buf_str(&out), "");
    buf_release(&out);
}
END_TEST

START_TEST(callers)
{
    static const struct frame frames[] = {
        {.object = "/lib/libc.so.6", .function = "send", .file = "send.c", .line = 1},
        {.object = "/lab/a", .function = "say", .file = "/lab/a.c", .line = 3, .inlined = true},
        {.object = "/lab/a", .function = "serve", .file = "/lab/a.c", .line = 9},
        {.object = "/lib/libc.so.6", .function = "start", .file = "start.c", .line = 1},
        {.object = "/lab/a", .function = "each", .file = "/lab/b.c", .line = 20},
        {.object = "/lab/a", .function = "main", .file = "/lab/a.c", .line = 30},
    };
    struct event event = {.kind = EVENT_CALL, .stack = frames, .nstack = 6};
    struct event alone = {.kind = EVENT_CALL, .src = &frames[5], .nsrc = 1};
    struct event unknown = {.kind = EVENT_CALL, .src = &(struct frame){.function = "serve"}, .nsrc = 1};
    struct report_opts opts = {.below = "/lab"};
    struct buf out = {0};

    ck_assert(place_add_callers(&out, &event, &opts));
    ck_assert_str_eq(buf_str(&out), "say, called from serve (a.c:9), from each (b.c:20)");
    buf_reset(&out);
    ck_assert(place_add_callers(&out, &alone, &opts));
    ck_assert_str_eq(buf_str(&out), "main");
    ck_assert(!place_add_callers(&out, &unknown, &opts));
    buf_release(&out);
}
END_TEST

START_TEST(lines)
{
    static const char *const text[] = {"int f(void)", "{", "\tsend(3,\33 x);   ", ""};
    static const struct frame at = {.file = "/lab/a.c", .line = 12}, other = {.file = "/lab/a.c", .line = 13};
    static const struct snippet snippet = {
        .file = "/lab/a.c", .line = 12, .from = 10, .lines = text, .nlines = 4};
    struct event event = {.kind = EVENT_CALL, .src = &at, .nsrc = 1};
    struct verdict verdict = {.snippets = &snippet, .nsnippets = 1};
    struct report_opts opts = {0};
    struct buf out = {0};

    place_write_lines(&out, &event, &verdict, &opts);
    ck_assert_str_eq(buf_str(&out), "      10 | int f(void)\n"
                                    "      11 | {\n"
                                    "  >   12 |     send(3,\\33 x);\n"
                                    "      13 |\n");
    buf_reset(&out);
    event.src = &other;
    place_write_lines(&out, &event, &verdict, &opts);
    ck_assert_str_eq(buf_str(&out), "");
    buf_release(&out);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "place", place, ARRAY_LEN(places));
    suite_add(suite, "no place", no_place);
    suite_add(suite, "callers", callers);
    suite_add(suite, "lines", lines);
}

SUITE_MAIN("place", add)
