/* unit/event/test_event.c: names of events, their arguments and data, copies. */
#include "../suite.h"
#include "base/alloc.h"
#include "event/canon.h"

#include <string.h>

START_TEST(names_of_calls)
{
    for (int i = CANON_NONE + 1; i < CANON_COUNT; i++)
        ck_assert_int_eq(canon_find(canon_name((enum canon)i)), i);
    ck_assert_int_eq(canon_find("lisen"), CANON_NONE);
    ck_assert_int_eq(canon_find(""), CANON_NONE);
    ck_assert_str_eq(canon_name(CANON_RECVFROM), "recvfrom");
}
END_TEST

START_TEST(names_of_kinds)
{
    for (int i = EVENT_CALL; i <= EVENT_ROLE; i++) {
        enum event_kind kind;

        ck_assert(event_kind_find(event_kind_name((enum event_kind)i), &kind));
        ck_assert_int_eq(kind, i);
    }
    ck_assert(!event_kind_find("", &(enum event_kind){0}));
}
END_TEST

START_TEST(arguments)
{
    struct arena arena = {0};
    struct event event = {.kind = EVENT_LOST, .role = "", .name = ""};

    event_add(&event, "why", value_bytes(&arena, "gone", 4, 4));
    event_add(&event, "n", value_int(&arena, 5));
    ck_assert_ptr_eq(event_arg(&event, "n"), event.args[1].value);
    ck_assert_ptr_null(event_arg(&event, "why?"));
    ck_assert_str_eq(event_text(&event, "why", &arena), "gone");
    ck_assert_str_eq(event_text(&event, "n", &arena), "");
    ck_assert_str_eq(event_text(&event, "none", &arena), "");
    arena_release(&arena);
}
END_TEST

START_TEST(copies_stand_alone)
{
    struct arena first = {0}, second = {0};
    struct event event = {
        .kind = EVENT_CALL, .seq = 9, .role = arena_strdup(&first, "server"), .err = 11, .result = -1};
    const struct event *copy;
    struct frame stack;

    event.name = arena_strdup(&first, "accept4");
    event_add(&event, arena_strdup(&first, "sockfd"), value_fd(&first, 3));
    event.cargs[0] = event.args[0].value;
    event.ncargs = 1;
    event.ret = value_fd(&first, 4);
    event.kernel.local = value_addr(&first, 1);
    stack = (struct frame){.function = arena_strdup(&first, "main"),
                           .object = arena_strdup(&first, "/a"),
                           .file = arena_strdup(&first, "a.c"),
                           .line = 7};
    event.stack = &stack;
    event.nstack = 1;
    copy = event_copy(&second, &event);
    arena_release(&first);
    stack = (struct frame){0};

    ck_assert_str_eq(copy->role, "server");
    ck_assert_str_eq(copy->name, "accept4");
    ck_assert_str_eq(copy->args[0].name, "sockfd");
    ck_assert_int_eq(copy->cargs[0]->fd.n, 3);
    ck_assert_int_eq(copy->ret->fd.n, 4);
    ck_assert_int_eq(copy->kernel.local->kind, VALUE_ADDR);
    ck_assert_ptr_null(copy->kernel.peer);
    ck_assert_uint_eq(copy->nstack, 1);
    ck_assert_str_eq(copy->stack[0].function, "main");
    ck_assert_str_eq(copy->stack[0].object, "/a");
    ck_assert_str_eq(copy->stack[0].file, "a.c");
    ck_assert_int_eq(copy->stack[0].line, 7);
    ck_assert_uint_eq(copy->seq, 9);
    ck_assert_int_eq(copy->err, 11);
    arena_release(&second);
}
END_TEST

START_TEST(data_that_moved)
{
    static const struct {
        enum canon canon;
        int64_t result;
        int err;
        bool unfinished, has;
        size_t len;
        uint64_t full;
    } cases[] = {
        {CANON_SEND, 5, 0, false, true, 5, 5},     {CANON_SENDTO, 3, 0, false, true, 3, 3},
        {CANON_RECV, 0, 0, false, true, 0, 0},     {CANON_RECVFROM, 900, 0, false, true, 5, 900},
        {CANON_SEND, -1, 32, false, false, 0, 0},  {CANON_RECV, 0, 0, true, false, 0, 0},
        {CANON_CONNECT, 0, 0, false, false, 0, 0},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct event event = {.kind = EVENT_CALL,
                              .name = "",
                              .canon = cases[i].canon,
                              .result = cases[i].result,
                              .err = cases[i].err,
                              .unfinished = cases[i].unfinished,
                              .cargs = {value_fd(&arena, 3), value_bytes(&arena, "ping\n", 5, 900)},
                              .ncargs = 2};
        const uint8_t *bytes = NULL;
        uint64_t full = 0;
        size_t len = 0;

        ck_assert_msg(event_data(&event, &bytes, &len, &full) == cases[i].has, "case %zu", i);
        ck_assert_uint_eq(len, cases[i].len);
        ck_assert_uint_eq(full, cases[i].full);
        if (cases[i].has)
            ck_assert_mem_eq(bytes, "ping\n", len);
    }
    arena_release(&arena);
}
END_TEST

/* What can't be read has a length all the same. */
START_TEST(data_unread)
{
    struct arena arena = {0};
    struct event event = {.kind = EVENT_CALL, .name = "read", .canon = CANON_RECV, .result = 7, .ncargs = 2};
    const uint8_t *bytes;
    uint64_t full;
    size_t len;

    event.cargs[1] = value_addr(&arena, 0x1000);
    ck_assert(event_data(&event, &bytes, &len, &full));
    ck_assert_uint_eq(len, 0);
    ck_assert_uint_eq(full, 7);
    ck_assert_ptr_nonnull(bytes);
    arena_release(&arena);
}
END_TEST

#define LIBC(path)                                                                                           \
    {                                                                                                        \
        .object = path, .file = "socket.c", .line = 1                                                        \
    }

static const struct {
    struct frame stack[3];
    size_t len;
    int source; /* -1: none */
} stacks[] = {
    {{LIBC("/usr/lib/x86_64-linux-gnu/libc.so.6"), {.object = "/a", .file = "a.c"}}, 2, 1},
    {{LIBC("/lib/libc-2.31.so"), LIBC("/lib/libpthread-2.31.so"), {.object = "a", .file = "a.c"}}, 3, 2},
    {{LIBC("/lib/ld-musl-x86_64.so.1"), {.object = "/lib/libcurl.so.4"}, {.object = "/a", .file = "a.c"}},
     3,
     2},
    {{{.object = "[vdso]"}, {.object = "/lib/libcurl.so.4"}, {.object = "/a"}}, 3, 1},
    {{{.object = "/static", .function = "socket"}, {.object = "/static", .file = "a.c"}}, 2, 1},
    {{{.address = 4096}}, 1, 0},
    {{LIBC("/lib/x86_64-linux-gnu/libasan.so.8"), {.object = "/a", .file = "a.c"}}, 2, 1},
    {{LIBC("/lib/x86_64-linux-gnu/libnss_dns.so.2"), LIBC("/lib/libresolv.so.2"), {.object = "/a"}}, 3, 2},
    {{LIBC("/lib/libc.so.6"), LIBC("/lib64/ld-linux-x86-64.so.2")}, 2, -1},
    {{{0}}, 0, -1},
};

START_TEST(source_is_outside_of_the_c_library)
{
    struct event event = {.stack = stacks[_i].stack, .nstack = stacks[_i].len};
    const struct frame *expected = stacks[_i].source < 0 ? NULL : &stacks[_i].stack[stacks[_i].source];

    ck_assert_ptr_eq(event_source(&event), expected);
}
END_TEST

START_TEST(source_alone)
{
    struct frame frames[] = {{.object = "/a", .file = "a.c", .line = 1},
                             {.object = "/a", .file = "a.c", .line = 2}};
    struct event event = {.kind = EVENT_SIGNAL, .role = "", .name = "", .src = frames, .nsrc = 2};
    struct arena arena = {0};
    struct event *copy = event_copy(&arena, &event);

    ck_assert_ptr_eq(event_source(&event), &frames[0]);
    ck_assert_uint_eq(copy->nsrc, 2);
    ck_assert_ptr_ne(copy->src, frames);
    ck_assert_ptr_ne(copy->src[1].file, frames[1].file);
    ck_assert_str_eq(copy->src[1].file, "a.c");
    arena_release(&arena);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "calls", names_of_calls);
    suite_add(suite, "kinds", names_of_kinds);
    suite_add(suite, "arguments", arguments);
    suite_add(suite, "copy", copies_stand_alone);
    suite_add(suite, "data", data_that_moved);
    suite_add(suite, "unread", data_unread);
    suite_add(suite, "source alone", source_alone);
    suite_add_loop(suite, "source", source_is_outside_of_the_c_library, ARRAY_LEN(stacks));
}

SUITE_MAIN("event", add)
