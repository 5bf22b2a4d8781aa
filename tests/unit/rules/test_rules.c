/* unit/rules/test_rules.c: each rule on a trace that draws it and on its nearest neighbours that must not. */
#include "../report/fixture.h"
#include "../suite.h"
#include "rules/rules.h"

#include <sys/epoll.h>

/* Fold, run the rules, and write the findings above style as `SD021#3 what` lines. */
static char *findings_of(struct fixture *f)
{
    struct arena arena = {0};
    struct findings findings = {0};
    struct buf out = {0};

    fixture_fold(f);
    rules_run(&(struct rules_input){.trace = &f->trace, .model = f->model}, &arena, &findings);
    buf_adds(&out, "");
    vec_each (struct finding, it, &findings.list) {
        if (it->confidence != FINDING_STYLE)
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
    expect_findings(
        &f, "SD039#3 connect(3, 127.0.0.1:7000) = -1 EINPROGRESS had only begun, and nobody waited for it or "
            "asked what came of it before send(3, \"hi\") = -1 ENOTCONN\n");
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
               : "SD026#7 send(4, \"late\") = -1 EPIPE, and the signal that comes with it, SIGPIPE, ended "
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
    if (_i == 0)
        call_socket(&f, server, 2, SOCK_STREAM, 3);
    if (_i == 2)
        call_socket(&f, client, 2, SOCK_STREAM, 3);
    expect_findings(&f, _i ? "" : "SD032#3 descriptor 3 was closed, and closed again: close(3) = -1 EBADF\n");
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
    call_socket(&f, server, 2, SOCK_STREAM, 7);
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

START_TEST(sd022_not_where_bind_comes_too_late)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_listen(&f, server, 1, 3, 0);
    call_socket(&f, client, 2, SOCK_STREAM, 3);
    call_addr(&f, client, 2, "connect", 3, "127.0.0.1", 7000, -ECONNREFUSED);
    call_addr(&f, server, 1, "bind", 3, "0.0.0.0", 7000, -EINVAL);
    expect_findings(&f, "SD020#5 listen(3, 16) = 0 came first, then bind(3, 0.0.0.0:7000) = -1 EINVAL\n");
}
END_TEST

/* Sockets 1 listener, 2 client's, 3 connection; the client has sent two messages of four bytes. */
static void two_messages(struct fixture *f, int64_t received)
{
    fixture_init(f);
    fixture_tcp_echo(f);
    f->trace.events.len = 6;
    call_data(f, client, 2, "sendto", 3, "one\n", 4);
    call_data(f, client, 2, "sendto", 3, "two\n", 4);
    if (received)
        call_data(f, server, 3, "recvfrom", 4, "one\ntwo\n", received);
}

/* A message in part, or none of it; not where nothing was left, or the other end never knew. The end that saw
 * the reset may be over before the close that made it is told. */
START_TEST(sd001_sd037_closed_unread)
{
    static const struct {
        int64_t received;
        int err;
        const char *code;
        bool late;
    } rows[] = {{2, ECONNRESET, "SD001", false}, {6, ECONNRESET, "SD001", false},
                {4, ECONNRESET, "SD037", false}, {0, ECONNRESET, "SD037", false},
                {8, ECONNRESET, "", false},      {4, 0, "", false},
                {2, ECONNRESET, "SD001", true},  {4, ECONNRESET, "SD037", true},
                {8, ECONNRESET, "", true},       {4, 0, "", true}};
    int64_t unread = 8 - rows[_i].received;
    struct fixture f;
    struct event *event;
    char *seen;

    two_messages(&f, rows[_i].received);
    if (rows[_i].late) {
        call_data(&f, client, 2, "recvfrom", 3, "", -rows[_i].err);
        call_close(&f, client, 2, 3, 0);
    }
    event = call_close(&f, server, 3, 4, 0);
    event->kernel = (struct kernel_state){.known = true, .unread = unread};
    if (!rows[_i].late)
        call_data(&f, client, 2, "recvfrom", 3, "", -rows[_i].err);
    seen = findings_of(&f);
    ck_assert_int_eq(strncmp(seen, rows[_i].code, 5), 0);
    ck_assert(!rows[_i].code[0] || strstr(seen, "close(4) = 0 left"));
    free(seen);
}
END_TEST

static void add_edge(struct fixture *f, uint64_t events)
{
    struct arena *arena = &f->trace.arena;
    struct field field = {"events", value_flags(arena, &nametab_epoll_event, events)};

    fixture_call(f, server, 0, "epoll_ctl", 0, "epfd", val_fd(f, 5, 0), "op", val_int(f, 1), "fd",
                 val_fd(f, 4, 3), "event", value_struct(arena, "epoll_event", &field, 1), NULL);
}

START_TEST(sd041_edge_not_drained)
{
    struct fixture f;
    struct event *event;

    two_messages(&f, 0);
    add_edge(&f, _i == 1 ? EPOLLIN : EPOLLIN | (uint32_t)EPOLLET);
    event = call_data(&f, server, 3, "recvfrom", 4, "one\n", 4);
    event->kernel = (struct kernel_state){.known = true, .unread = 4};
    if (_i == 2)
        call_data(&f, server, 3, "recvfrom", 4, "two\n", 4);
    if (_i != 3)
        fixture_call(&f, server, 0, "epoll_wait", 0, "epfd", val_fd(&f, 5, 0), "events", val_int(&f, 0), NULL)
            ->unfinished = true;
    expect_findings(
        &f, _i ? ""
               : "SD041#10 recv(4, \"one\\n\") = 4 left 4 bytes unread, and the program went to wait for an "
                 "event that had been told already\n");
}
END_TEST

/* One call may have returned because the runner had ended the other end. */
START_TEST(sd036_both_wait)
{
    struct fixture f;
    struct event *event, *waits;
    char *seen;

    fixture_init(&f);
    fixture_tcp_echo(&f);
    f.trace.events.len = 10;
    if (_i == 3)
        call_shutdown(&f, client, 2, 3);
    if (_i == 4)
        call_data(&f, client, 2, "sendto", 3, "late", 4);
    event = fixture_event(&f, client, EVENT_ROLE);
    event_add(event, "what", val_text(&f, _i == 2 ? "stopped" : "timeout"));
    waits = call_data(&f, server, 3, "recvfrom", 4, "", 0);
    waits->unfinished = true;
    fixture_waited(waits, f.trace.events.items[9]);
    waits = call_data(&f, client, 2, "recvfrom", 3, "", 0);
    waits->unfinished = _i != 1;
    fixture_waited(waits, f.trace.events.items[9]);
    seen = findings_of(&f);
    ck_assert_int_eq(strncmp(seen, "SD036#13 recv(3) = ", 19) == 0, _i < 2);
    ck_assert_int_eq(strstr(seen, " of the client and recv(4) = ? of the server wait for each other") != NULL,
                     _i < 2);
    free(seen);
}
END_TEST

/* The port that it was given is used nowhere. */
START_TEST(sd048_port_fixed)
{
    struct fixture f;

    fixture_init(&f);
    add_param(&f, "PORT", "7000");
    add_argv(&f, server, _i == 1 ? "7001" : "7000");
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_addr(&f, server, 1, "bind", 3, "0.0.0.0", 7001, 0);
    if (_i == 2)
        call_addr(&f, server, 1, "bind", 3, "0.0.0.0", 7000, 0);
    expect_findings(
        &f, _i ? "" : "SD048#3 bind(3, 0.0.0.0:7001) = 0 names port 7001; the program was given 7000\n");
}
END_TEST

/* A datagram that the run did not let out is known to be lost. */
START_TEST(sd044_dropped)
{
    struct fixture f;
    char *seen;

    fixture_init(&f);
    call_socket(&f, client, 1, SOCK_DGRAM, 3);
    call_datagram(&f, client, 1, "sendto", 3, "ping", "127.0.0.1", 7000, 4)->injected.kind = INJECT_DROP;
    call_datagram(&f, client, 1, "recvfrom", 3, "", "127.0.0.1", 7000, 0)->unfinished = true;
    seen = findings_of(&f);
    ck_assert_str_eq(strstr(seen, "waited"),
                     "waited for the answer to sendto(3, \"ping\", 0, 127.0.0.1:7000) = 4 "
                     "(injected: drop), which got lost\n");
    free(seen);
}
END_TEST

/* What may come of a mistake is not told beside it. */
START_TEST(effects_are_not_told)
{
    struct fixture f;
    struct event *event;
    char *seen;

    two_messages(&f, 0);
    f.trace.events.len = 6;
    call_data(&f, client, 2, "sendto", 3, "\5", 9);
    event = f.trace.events.items[6];
    event->args[1].value = value_bytes(&f.trace.arena, "\5\0\0\0hello", 9, 9);
    event = call_close(&f, server, 3, 4, 0);
    event->kernel = (struct kernel_state){.known = true, .unread = 9};
    call_data(&f, client, 2, "recvfrom", 3, "", -ECONNRESET);
    seen = findings_of(&f);
    ck_assert_int_eq(strncmp(seen, "SD008", 5), 0);
    ck_assert_ptr_null(strstr(seen, "SD037"));
    free(seen);
}
END_TEST

START_TEST(texts_are_whole)
{
    const struct rule_text *text;
    const char *before = "";

    for (size_t n = 0; (text = rules_text_at(n)); n++, before = text->code) {
        ck_assert_int_lt(strcmp(before, text->code), 0);
        ck_assert_ptr_eq(rules_text(text->code), text);
        ck_assert(text->title[0] && text->why[0] && text->cure[0] && text->section[0]);
        ck_assert_int_eq(text->nudge[strlen(text->nudge) - 1], '?');
        ck_assert_int_eq(text->man[strlen(text->man) - 1], ')');
    }
    ck_assert_ptr_null(rules_text("SD000"));
    ck_assert_ptr_null(rules_text("SD051"));
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
    suite_add_loop(suite, "SD032", sd032_closed_twice, 3);
    suite_add_loop(suite, "SD032 not", sd032_not_for_a_sweep, 3);
    suite_add(suite, "SD045", sd045_listen_on_datagrams);
    suite_add(suite, "SD022 late bind", sd022_not_where_bind_comes_too_late);
    suite_add_loop(suite, "SD001, SD037", sd001_sd037_closed_unread, 10);
    suite_add_loop(suite, "SD036", sd036_both_wait, 5);
    suite_add_loop(suite, "SD041", sd041_edge_not_drained, 4);
    suite_add(suite, "SD044", sd044_dropped);
    suite_add_loop(suite, "SD048", sd048_port_fixed, 3);
    suite_add(suite, "effects", effects_are_not_told);
    suite_add(suite, "texts", texts_are_whole);
}

SUITE_MAIN("rules", add)
