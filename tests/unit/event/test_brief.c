/* unit/event/test_brief.c: values and events in few words. */
#include "../report/fixture.h"
#include "../suite.h"
#include "event/addr.h"
#include "event/brief.h"

static void expect_value(const struct value *value, const char *text)
{
    struct buf out = {0};

    value_brief(&out, value, 8);
    ck_assert_str_eq(buf_str(&out), text);
    buf_release(&out);
}

START_TEST(values)
{
    struct fixture f;
    struct arena *a;
    const struct value *items[2];
    struct field fields[1];

    fixture_init(&f);
    a = &f.trace.arena;
    items[0] = value_int(a, -1);
    items[1] = value_null(a);
    fields[0] = (struct field){"l_\33", value_uint(a, 1, INT_HEX)};
    expect_value(NULL, "NULL");
    expect_value(items[0], "-1");
    expect_value(value_uint(a, UINT64_MAX, INT_UDEC), "18446744073709551615");
    expect_value(value_uint(a, 8, INT_OCT), "010");
    expect_value(value_sym(a, &nametab_af, AF_INET), "AF_INET");
    expect_value(value_sym(a, &nametab_af, 99), "99");
    expect_value(value_flags(a, &nametab_msg, MSG_PEEK | MSG_DONTWAIT), "MSG_PEEK|MSG_DONTWAIT");
    expect_value(value_flags(a, &nametab_msg, 0), "0");
    expect_value(val_text(&f, "12345678"), "\"12345678\"");
    expect_value(val_text(&f, "123456789"), "\"12345678\"...");
    expect_value(value_bytes(a, "a\33\377", 3, 9), "\"a\\33\\377\"...");
    expect_value(value_array(a, items, 2, 3), "[-1, NULL, ...]");
    expect_value(value_array(a, items, 0, 0), "[]");
    expect_value(value_struct(a, "linger", fields, 1), "{l_\\33=0x1}");
    expect_value(val_inet(&f, "10.0.0.1", 80), "10.0.0.1:80");
    expect_value(val_fd(&f, 3, 7), "3");
    expect_value(value_addr(a, 0x7ffe), "0x7ffe");
    expect_value(value_ip(a, "\x7f\0\0\1", 4), "127.0.0.1");
    expect_value(value_changed(a, CHANGED_ARROW, NULL, value_int(a, 128), value_int(a, 16)), "16");
    fixture_release(&f);
}
END_TEST

/* A trace file may hold any depth of arrays. */
START_TEST(deep_values_end)
{
    struct fixture f;
    const struct value *value;
    struct buf out = {0};

    fixture_init(&f);
    value = val_int(&f, 1);
    for (int i = 0; i < 1000; i++)
        value = value_array(&f.trace.arena, &value, 1, 1);
    value_brief(&out, value, 8);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "[...]"));
    ck_assert_uint_lt(out.len, 64);
    buf_release(&out);
    fixture_release(&f);
}
END_TEST

static void expect_event(const struct event *event, const char *text)
{
    struct buf out = {0};

    event_brief(&out, event, 8);
    ck_assert_str_eq(buf_str(&out), text);
    buf_release(&out);
}

START_TEST(calls)
{
    struct fixture f;
    struct event *event[8];

    fixture_init(&f);
    event[0] = call_socket(&f, server, 1, SOCK_STREAM, 3);
    event[1] = call_listen(&f, server, 1, 3, 0);
    event[2] = call_accept(&f, server, 1, 3, 0, 0, -EINVAL);
    event[3] = call_data(&f, server, 1, "recvfrom", 3, "", 0);
    event[4] = call_data(&f, server, 1, "sendto", 3, "ping\n", 5);
    event[5] = fixture_call(&f, server, 1, "shutdown", (int64_t)0, "sockfd", val_fd(&f, 3, 1), "how",
                            value_sym(&f.trace.arena, &nametab_shut, SHUT_RD), NULL);
    event[6] = call_data(&f, server, 1, "recvfrom", 3, "", 0);
    event[6]->unfinished = true;
    event[7] = call_close(&f, server, 0, 3, -999);
    fixture_fold(&f);
    expect_event(event[0], "socket(AF_INET, SOCK_STREAM) = 3");
    expect_event(event[1], "listen(3, 16) = 0");
    expect_event(event[2], "accept(3) = -1 EINVAL");
    expect_event(event[3], "recv(3) = 0");
    expect_event(event[4], "send(3, \"ping\\n\") = 5");
    expect_event(event[5], "shutdown(3, SHUT_RD) = 0");
    expect_event(event[6], "recv(3) = ?");
    expect_event(event[7], "close(3) = -1 errno 999");
    fixture_release(&f);
}
END_TEST

START_TEST(other_kinds)
{
    struct fixture f;
    struct event *event;

    fixture_init(&f);
    event = fixture_event(&f, server, EVENT_EXIT);
    event_add(event, "status", val_int(&f, 1));
    expect_event(event, "exits 1");
    event = fixture_event(&f, server, EVENT_EXIT);
    event_add(event, "signal", value_sym(&f.trace.arena, &nametab_signal, SIGPIPE));
    expect_event(event, "killed by SIGPIPE");
    event = fixture_event(&f, server, EVENT_LOST);
    event_add(event, "why", val_text(&f, "a\33b"));
    expect_event(event, "lost: a\\33b");
    event = fixture_event(&f, server, EVENT_FORK);
    event_add(event, "child", val_int(&f, 7));
    expect_event(event, "+ child 7");
    fixture_release(&f);
}
END_TEST

START_TEST(reach)
{
    struct fixture f;
    const struct value *any, *here, *there, *other;
    int64_t port;

    fixture_init(&f);
    any = val_inet(&f, "0.0.0.0", 7000);
    here = val_inet(&f, "127.0.0.1", 7000);
    there = val_inet(&f, "10.0.0.1", 7000);
    other = val_inet(&f, "127.0.0.1", 7001);
    ck_assert(addr_reaches(here, any) && addr_reaches(here, here));
    ck_assert(!addr_reaches(here, there) && !addr_reaches(here, other) && !addr_reaches(other, any));
    ck_assert(!addr_reaches(NULL, any) && !addr_reaches(here, NULL));
    ck_assert(addr_port(other, &port) && port == 7001);
    ck_assert(!addr_port(val_int(&f, 7), &port));
    fixture_release(&f);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "values", values);
    suite_add(suite, "depth", deep_values_end);
    suite_add(suite, "calls", calls);
    suite_add(suite, "kinds", other_kinds);
    suite_add(suite, "reach", reach);
}

SUITE_MAIN("brief", add)
