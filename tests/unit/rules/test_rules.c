/* unit/rules/test_rules.c: each rule on a trace that draws it and on its nearest neighbours that must not. */
#include "../report/fixture.h"
#include "../suite.h"
#include "rules/rules.h"

/* Fold, run the rules, and write the findings as `SD021#3 what` lines. */
static char *findings_of(struct fixture *f)
{
    struct arena arena = {0};
    struct findings findings = {0};
    struct buf out = {0};

    fixture_fold(f);
    rules_run(&(struct rules_input){&f->trace, f->model}, &arena, &findings);
    buf_adds(&out, "");
    vec_each (struct finding, it, &findings.list) {
        buf_addf(&out, "%s#%d %s\n", it->code, (int)it->event->seq, it->what);
        ck_assert(it->title[0] && it->why[0] && it->cure[0] && it->man[0]);
    }
    vec_release(&findings.list);
    arena_release(&arena);
    fixture_release(f);
    return out.data;
}

static void expect_findings(struct fixture *f, const char *expected)
{
    char *seen = findings_of(f);

    ck_assert_str_eq(seen, expected);
    free(seen);
}

static void add_param(struct fixture *f, const char *name, const char *value)
{
    struct field *params = ARENA_NEW(&f->trace.arena, struct field);

    *params = (struct field){name, val_text(f, value)};
    f->trace.head.params = params;
    f->trace.head.nparams = 1;
}

static void add_argv(struct fixture *f, struct who who, const char *arg)
{
    const struct value *argv[] = {val_text(f, "./prog"), val_text(f, arg)};

    event_add(fixture_event(f, who, EVENT_START), "argv", value_array(&f->trace.arena, argv, 2, 2));
}

START_TEST(correct_programs_draw_nothing)
{
    struct fixture f;

    fixture_init(&f);
    add_param(&f, "PORT", "7000");
    fixture_tcp_echo(&f);
    expect_findings(&f, "");
}
END_TEST

START_TEST(sd005_socket_unchecked)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 0, SOCK_STREAM, -EPROTONOSUPPORT);
    call_addr(&f, server, 0, "bind", -1, "0.0.0.0", 7000, -EBADF);
    call_listen(&f, server, 0, -1, -EBADF);
    expect_findings(
        &f, "SD005#2 socket(AF_INET, SOCK_STREAM) = -1 EPROTONOSUPPORT, and its result was then used as a "
            "socket: bind(-1, 0.0.0.0:7000) = -1 EBADF\n");
}
END_TEST

START_TEST(sd005_not_without_a_failed_call)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_listen(&f, server, 0, -1, -EBADF);
    call_listen(&f, client, 0, 7, -EBADF);
    expect_findings(&f, "");
}
END_TEST

START_TEST(sd005_connect_unchecked)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, client, 1, SOCK_STREAM, 3);
    call_addr(&f, client, 1, "connect", 3, "127.0.0.1", 7000, -ECONNREFUSED);
    call_data(&f, client, 1, "sendto", 3, "hi", -EPIPE);
    expect_findings(
        &f,
        "SD005#3 connect(3, 127.0.0.1:7000) = -1 ECONNREFUSED, and the socket was then used as if it were "
        "connected: send(3, \"hi\") = -1 EPIPE\n");
}
END_TEST

START_TEST(sd005_not_for_a_connect_in_progress)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, client, 1, SOCK_STREAM, 3);
    call_addr(&f, client, 1, "connect", 3, "127.0.0.1", 7000, -EINPROGRESS);
    call_data(&f, client, 1, "sendto", 3, "hi", -ENOTCONN);
    expect_findings(&f, "");
}
END_TEST

START_TEST(sd006_precedence)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_addr(&f, server, 0, "bind", 0, "0.0.0.0", 7000, -ENOTSOCK);
    expect_findings(&f,
                    "SD006#2 socket(AF_INET, SOCK_STREAM) = 3, but the next call was made on descriptor 0: "
                    "bind(0, 0.0.0.0:7000) = -1 ENOTSOCK\n");
}
END_TEST

START_TEST(sd006_not_on_other_descriptors)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_addr(&f, server, 0, "bind", 5, "0.0.0.0", 7000, -ENOTSOCK);
    expect_findings(&f, "");
}
END_TEST

/* 7000 is 0x1b58; its bytes swapped, 0x581b, are 22555. */
START_TEST(sd007_port_swapped)
{
    struct fixture f;

    fixture_init(&f);
    add_param(&f, "PORT", "7000");
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_addr(&f, server, 1, "bind", 3, "0.0.0.0", 22555, 0);
    expect_findings(
        &f,
        "SD007#2 bind(3, 0.0.0.0:22555) = 0 names port 22555, which is 7000 with its two bytes swapped\n");
}
END_TEST

START_TEST(sd007_port_of_the_command_line)
{
    struct fixture f;

    fixture_init(&f);
    add_argv(&f, client, "127.0.0.1:7000");
    call_socket(&f, client, 1, SOCK_STREAM, 3);
    call_addr(&f, client, 1, "connect", 3, "127.0.0.1", 22555, -ECONNREFUSED);
    expect_findings(
        &f, "SD007#3 connect(3, 127.0.0.1:22555) = -1 ECONNREFUSED names port 22555, which is 7000 with its "
            "two bytes swapped\n");
}
END_TEST

START_TEST(sd007_not_where_the_port_was_asked_for)
{
    static const struct {
        const char *told;
        uint16_t port;
    } rows[] = {{"7000", 7000}, {"22555", 22555}, {"17000", 22555}, {"5", 1280}, {"7000 22555", 22555}};
    struct fixture f;

    fixture_init(&f);
    add_argv(&f, server, rows[_i].told);
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_addr(&f, server, 1, "bind", 3, "0.0.0.0", rows[_i].port, 0);
    expect_findings(&f, "");
}
END_TEST

START_TEST(sd019_data_on_listener)
{
    struct fixture f;

    fixture_init(&f);
    fixture_tcp_echo(&f);
    f.trace.events.len = 6;
    call_data(&f, server, 1, "recvfrom", 3, "", -ENOTCONN);
    expect_findings(
        &f, "SD019#7 recv(3) = -1 ENOTCONN was made on the listening socket, not on the one that accept "
            "returned\n");
}
END_TEST

START_TEST(sd020_bind_after_listen)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_listen(&f, server, 1, 3, 0);
    call_addr(&f, server, 1, "bind", 3, "0.0.0.0", 7000, -EINVAL);
    expect_findings(&f, "SD020#3 listen(3, 16) = 0 came first, then bind(3, 0.0.0.0:7000) = -1 EINVAL\n");
}
END_TEST

START_TEST(sd020_not_for_a_second_bind)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_addr(&f, server, 1, "bind", 3, "0.0.0.0", 7000, 0);
    call_listen(&f, server, 1, 3, 0);
    call_addr(&f, server, 1, "bind", 3, "0.0.0.0", 7000, -EINVAL);
    expect_findings(&f, "");
}
END_TEST

START_TEST(sd021_accept_without_listen)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_addr(&f, server, 1, "bind", 3, "0.0.0.0", 7000, 0);
    for (int i = 0; i < 3; i++)
        call_accept(&f, server, 1, 3, 0, 0, -EINVAL);
    expect_findings(&f, "SD021#3 accept(3) = -1 EINVAL: nobody had called listen on this socket\n");
}
END_TEST

/* The trace may have begun after the listen, or have lost it; and EINVAL has other reasons on a listener. */
START_TEST(sd021_not_when_unsure)
{
    struct fixture f;

    fixture_init(&f);
    if (_i != 0)
        call_socket(&f, server, 1, SOCK_STREAM, 3);
    if (_i == 1)
        event_add(fixture_event(&f, server, EVENT_LOST), "why", val_text(&f, "the buffer was full"));
    if (_i == 2)
        call_listen(&f, server, 1, 3, 0);
    call_accept(&f, server, 1, 3, 0, 0, -EINVAL);
    expect_findings(&f, "");
}
END_TEST

START_TEST(sd022_listen_without_bind)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_listen(&f, server, 1, 3, 0);
    call_socket(&f, client, 2, SOCK_STREAM, 3);
    if (_i == 0) {
        call_addr(&f, client, 2, "connect", 3, "127.0.0.1", 7000, -ECONNREFUSED);
        expect_findings(&f, "SD022#2 listen(3, 16) = 0 on a socket without an address, and the client's "
                            "connect(3, 127.0.0.1:7000) = -1 ECONNREFUSED\n");
    } else {
        call_addr(&f, client, 2, "connect", 3, "127.0.0.1", 40000, 0);
        expect_findings(&f, "");
    }
}
END_TEST

static void refused_first(struct fixture *f, struct who who)
{
    fixture_init(f);
    call_socket(f, who, 1, SOCK_STREAM, 3);
    call_addr(f, who, 1, "connect", 3, "127.0.0.1", 7000, -ECONNREFUSED);
    call_socket(f, server, 2, SOCK_STREAM, 3);
    call_addr(f, server, 2, "bind", 3, "0.0.0.0", 7000, 0);
    call_listen(f, server, 2, 3, 0);
}

START_TEST(sd023_client_first)
{
    struct fixture f;

    refused_first(&f, client);
    expect_findings(
        &f,
        "SD023#2 connect(3, 127.0.0.1:7000) = -1 ECONNREFUSED came before the server's listen(3, 16) = 0\n");
}
END_TEST

/* A client that tries again and gets through is right; so is a program that tries itself. */
START_TEST(sd023_not_when_it_got_through)
{
    struct fixture f;

    refused_first(&f, _i == 1 ? server : client);
    if (_i != 1) {
        call_socket(&f, client, 3, SOCK_STREAM, 4);
        call_addr(&f, client, 3, "connect", 4, "127.0.0.1", 7000, _i == 0 ? 0 : -EINPROGRESS);
    }
    expect_findings(&f, "");
}
END_TEST

START_TEST(sd026_sigpipe)
{
    struct fixture f;
    struct event *event;

    fixture_init(&f);
    fixture_tcp_echo(&f);
    f.trace.events.len = 6;
    call_data(&f, server, 3, "sendto", 4, "late", -EPIPE);
    event = fixture_event(&f, server, EVENT_EXIT);
    event_add(event, "signal",
              value_sym(&f.trace.arena, &nametab_signal, (uint64_t)(_i ? SIGTERM : SIGPIPE)));
    expect_findings(
        &f, _i ? ""
               : "SD026#8 send(4, \"late\") = -1 EPIPE, and the signal that comes with it, SIGPIPE, ended "
                 "the program\n");
}
END_TEST

START_TEST(sd032_closed_twice)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_close(&f, server, 1, 3, 0);
    call_close(&f, server, 1, 3, -EBADF);
    expect_findings(&f, "SD032#3 descriptor 3 was closed, and closed again: close(3) = -1 EBADF\n");
}
END_TEST

/* Daemons close every number there may be; -1 and another process's number were never closed here. */
START_TEST(sd032_not_for_a_sweep)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_STREAM, 4);
    call_close(&f, server, 1, 4, 0);
    if (_i == 0)
        for (int fd = 3; fd < 6; fd++)
            call_close(&f, server, 0, fd, -EBADF);
    else
        call_close(&f, _i == 1 ? server : client, 0, _i == 1 ? -1 : 4, -EBADF);
    expect_findings(&f, "");
}
END_TEST

START_TEST(sd045_listen_on_datagrams)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_DGRAM, 3);
    call_listen(&f, server, 1, 3, -EOPNOTSUPP);
    call_accept(&f, server, 1, 3, 0, 0, -EOPNOTSUPP);
    expect_findings(&f, "SD045#2 listen(3, 16) = -1 EOPNOTSUPP was made on a datagram socket\n");
}
END_TEST

START_TEST(codes_are_listed_once)
{
    const char *title, *code, *before = "";
    size_t n = 0;

    for (; (code = rules_code_at(n, &title)); n++, before = code) {
        ck_assert_int_lt(strcmp(before, code), 0);
        ck_assert(title[0]);
    }
    ck_assert_uint_eq(n, 11);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "correct", correct_programs_draw_nothing);
    suite_add(suite, "SD005", sd005_socket_unchecked);
    suite_add(suite, "SD005 not", sd005_not_without_a_failed_call);
    suite_add(suite, "SD005 connect", sd005_connect_unchecked);
    suite_add(suite, "SD005 in progress", sd005_not_for_a_connect_in_progress);
    suite_add(suite, "SD006", sd006_precedence);
    suite_add(suite, "SD006 not", sd006_not_on_other_descriptors);
    suite_add(suite, "SD007", sd007_port_swapped);
    suite_add(suite, "SD007 argv", sd007_port_of_the_command_line);
    suite_add_loop(suite, "SD007 not", sd007_not_where_the_port_was_asked_for, 5);
    suite_add(suite, "SD019", sd019_data_on_listener);
    suite_add(suite, "SD020", sd020_bind_after_listen);
    suite_add(suite, "SD020 not", sd020_not_for_a_second_bind);
    suite_add(suite, "SD021", sd021_accept_without_listen);
    suite_add_loop(suite, "SD021 not", sd021_not_when_unsure, 3);
    suite_add_loop(suite, "SD022", sd022_listen_without_bind, 2);
    suite_add(suite, "SD023", sd023_client_first);
    suite_add_loop(suite, "SD023 not", sd023_not_when_it_got_through, 3);
    suite_add_loop(suite, "SD026", sd026_sigpipe, 2);
    suite_add(suite, "SD032", sd032_closed_twice);
    suite_add_loop(suite, "SD032 not", sd032_not_for_a_sweep, 3);
    suite_add(suite, "SD045", sd045_listen_on_datagrams);
    suite_add(suite, "codes", codes_are_listed_once);
}

SUITE_MAIN("rules", add)
