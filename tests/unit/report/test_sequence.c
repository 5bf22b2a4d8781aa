/* unit/report/test_sequence.c: the picture of both ends, line by line. */
#include "../suite.h"
#include "fixture.h"
#include "report/layout.h"
#include "report/report.h"

static const struct report_opts wide = {.width = 80};

static char *draw(struct fixture *f, const struct report_opts *opts)
{
    struct buf out = {0};

    fixture_fold(f);
    view_by_name("sequence")->write(&out, &f->trace, f->model, opts);
    fixture_release(f);
    return out.data;
}

static const char foot[] = "\n── data   ╌╌ connection   ┊ waits inside a call\n";

static void expect_picture(struct fixture *f, const char *picture)
{
    char *seen = draw(f, &wide);
    struct buf expected = {0};

    buf_adds(&expected, picture);
    buf_adds(&expected, foot);
    ck_assert_str_eq(seen, buf_str(&expected));
    buf_release(&expected);
    free(seen);
}

START_TEST(tcp_echo)
{
    struct fixture f;

    fixture_init(&f);
    fixture_tcp_echo(&f);
    expect_picture(&f, "            server                                            client\n"
                       "            │                                                      │\n"
                       "            │ socket(AF_INET, SOCK_STREAM) = 3                     │\n"
                       "            │ bind(3, 0.0.0.0:7000) = 0                            │\n"
                       " queue 0/16 │ listen(3, 16) = 0                                    │\n"
                       "            ┊ accept waits        socket(AF_INET, SOCK_STREAM) = 3 │\n"
                       "            ┊◀╌╌╌╌ connection ╌╌╌╌╌ connect(3, 127.0.0.1:7000) = 0 │ ESTABLISHED\n"
                       " queue 0/16 │ accept(3, 127.0.0.1:40312) = 4                       │\n"
                       "            ┊ recv waits                  ╭─ send(3, \"ping\\n\") = 5 │ ESTABLISHED\n"
                       "ESTABLISHED │ recv(4, \"ping\\n\") = 5 ◀─────╯                        │\n"
                       "ESTABLISHED │ send(4, \"ping\\n\") = 5 ─╮                  recv waits ┊\n"
                       "            │                        ╰─────▶ recv(3, \"ping\\n\") = 5 │ ESTABLISHED\n"
                       "            ┊ recv waits               ╭─ shutdown(3, SHUT_WR) = 0 │ FIN_WAIT2\n"
                       " CLOSE_WAIT │ recv(4) = 0 ◀─── FIN ────╯                           │\n"
                       "            │ close(4) = 0 ─╮                           recv waits ┊\n"
                       "            │               ╰────────── FIN ─────────▶ recv(3) = 0 │\n"
                       "            │                                         close(3) = 0 │\n"
                       "            │ accept(3) did not return                             │\n");
}
END_TEST

/* The receiver was seen to finish first: the picture has what was sent above what was received. */
START_TEST(taken_before_seen_to_be_sent)
{
    struct fixture f;
    struct event *recv, *send;

    fixture_init(&f);
    fixture_tcp_echo(&f);
    recv = f.trace.events.items[7];
    send = f.trace.events.items[6];
    f.trace.events.items[6] = recv;
    f.trace.events.items[7] = send;
    recv->seq = 7;
    send->seq = 8;
    char *seen = draw(&f, &wide);

    ck_assert_ptr_nonnull(strstr(seen, "╭─ send(3, \"ping\\n\") = 5 │ ESTABLISHED\n"
                                       "ESTABLISHED │ recv(4, \"ping\\n\") = 5 ◀─────╯"));
    free(seen);
}
END_TEST

START_TEST(connection_refused)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, client, 1, SOCK_STREAM, 3);
    call_addr(&f, client, 1, "connect", 3, "127.0.0.1", 7000, -ECONNREFUSED);
    call_socket(&f, server, 2, SOCK_STREAM, 3);
    expect_picture(&f, "client                                                                    server\n"
                       "│                                                                              │\n"
                       "│ socket(AF_INET, SOCK_STREAM) = 3                                             │\n"
                       "│ connect(3, 127.0.0.1:7000) = -1 ECONNREFUSED                                 │\n"
                       "│                                             socket(AF_INET, SOCK_STREAM) = 3 │\n");
}
END_TEST

/* Who talks to a program that is not traced talks to a lane without calls. */
START_TEST(one_end_alone)
{
    struct fixture f;
    struct who alone = {"", 321};

    fixture_init(&f);
    call_socket(&f, alone, 1, SOCK_STREAM, 3);
    call_addr(&f, alone, 1, "connect", 3, "192.0.2.1", 80, 0);
    call_data(&f, alone, 1, "sendto", 3, "GET / HTTP/1.0\r\n\r\n", 18);
    call_data(&f, alone, 1, "recvfrom", 3, "ok", 2);
    expect_picture(&f,
                   "pid 321                                                               not traced\n"
                   "│                                                                              │\n"
                   "│ socket(AF_INET, SOCK_STREAM) = 3                                             │\n"
                   "│ connect(3, 192.0.2.1:80) = 0 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ connection ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌▶│\n"
                   "│ send(3, \"GET / HTTP/1.0\\r\\n\"...) = 18 ────────────── 18 bytes ──────────────▶│\n"
                   "│ recv(3, \"ok\") = 2 ◀──────────────────────── 2 bytes ─────────────────────────│\n");
}
END_TEST

/* Two sends taken by one recv: both arrows end there. */
START_TEST(two_sends_one_recv)
{
    struct fixture f;

    fixture_init(&f);
    fixture_tcp_echo(&f);
    f.trace.events.len = 6;
    call_data(&f, client, 2, "sendto", 3, "pi", 2);
    call_data(&f, client, 2, "sendto", 3, "ng\n", 3);
    call_data(&f, server, 3, "recvfrom", 4, "ping\n", 5);
    char *seen = draw(&f, &wide);

    ck_assert_ptr_nonnull(
        strstr(seen, "           │                                 ╭── send(3, \"pi\") = 2 │\n"
                     "           │                                ╭┼ send(3, \"ng\\n\") = 3 │\n"
                     "           │ recv(4, \"ping\\n\") = 5 ◀────────┴╯                     │\n"));
    free(seen);
}
END_TEST

START_TEST(datagrams)
{
    struct fixture f;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_DGRAM, 3);
    call_addr(&f, server, 1, "bind", 3, "0.0.0.0", 7000, 0);
    call_socket(&f, client, 2, SOCK_DGRAM, 3);
    call_datagram(&f, client, 2, "sendto", 3, "ping", "127.0.0.1", 7000, 4);
    call_datagram(&f, server, 1, "recvfrom", 3, "ping", "127.0.0.1", 50000, 4);
    expect_picture(&f,
                   "server                                                                    client\n"
                   "│                                                                              │\n"
                   "│ socket(AF_INET, SOCK_DGRAM) = 3                                              │\n"
                   "│ bind(3, 0.0.0.0:7000) = 0                                                    │\n"
                   "│                                              socket(AF_INET, SOCK_DGRAM) = 3 │\n"
                   "│◀──────────── 4 bytes ────────────── sendto(3, \"ping\", 0, 127.0.0.1:7000) = 4 │\n"
                   "│ recvfrom(3, \"ping\", 0, 127.0.0.1:50000) = 4                                  │\n");
}
END_TEST

/* Every line stays inside the terminal, however long the texts are, and no byte of a program reaches it raw.
 */
START_TEST(lines_fit)
{
    static const int widths[] = {0, 20, 60, 80, 100, 200};
    struct fixture f;
    char *seen;

    fixture_init(&f);
    fixture_tcp_echo(&f);
    call_data(&f, client, 2, "sendto", 3, "\33[2J\7\x9b a text that goes on and on and on and on and on", 49);
    fixture_call(&f, server, 1, "setsockopt", -EINVAL, "sockfd", val_fd(&f, 3, 1), "level",
                 val_text(&f, "\33]0;a\7 very very long value indeed, longer than any line could be"),
                 "optname",
                 val_text(&f, "\33]0;a\7 very very long value indeed, longer than any line could be"), NULL);
    seen = draw(&f, &(struct report_opts){.width = widths[_i]});
    for (char *line = strtok(seen, "\n"); line; line = strtok(NULL, "\n")) {
        ck_assert_uint_le(layout_width(line), widths[_i] < 60 ? (widths[_i] ? 60 : 80) : (size_t)widths[_i]);
        ck_assert_ptr_null(strchr(line, '\33'));
        ck_assert_ptr_null(strchr(line, '\7'));
    }
    free(seen);
}
END_TEST

/* What the runner does to a role it has ended is no news, and its notes have no pid; a hole in the trace is
 * told. */
START_TEST(ended_and_lost)
{
    struct fixture f;
    struct event *event;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_STREAM, 3);
    call_socket(&f, client, 2, SOCK_STREAM, 3);
    event = fixture_event(&f, (struct who){"server", 0}, EVENT_ROLE);
    event_add(event, "what", val_text(&f, "stopped"));
    event = fixture_event(&f, server, EVENT_SIGNAL);
    event_add(event, "signo", value_sym(&f.trace.arena, &nametab_signal, SIGTERM));
    event = fixture_event(&f, (struct who){"", 0}, EVENT_LOST);
    event_add(event, "why", val_text(&f, "a process left"));
    char *seen = draw(&f, &wide);

    ck_assert_str_eq(seen,
                     "server                                                                    client\n"
                     "│                                                                              │\n"
                     "│ socket(AF_INET, SOCK_STREAM) = 3                                             │\n"
                     "│                                             socket(AF_INET, SOCK_STREAM) = 3 │\n"
                     "│ ended: all others are done                                                   │\n"
                     "\n── data   ╌╌ connection   ┊ waits inside a call\n"
                     "lost: a process left.\n");
    free(seen);
}
END_TEST

START_TEST(more_roles_than_lanes)
{
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    struct fixture f;
    char *seen;

    fixture_init(&f);
    for (int i = 0; i < 5; i++)
        call_socket(&f, (struct who){names[i], i + 1}, (uint64_t)i + 1, SOCK_STREAM, 3);
    seen = draw(&f, &wide);
    ck_assert_ptr_nonnull(strstr(seen, "Not shown: 1 events of others; 4 lanes fit into 80 columns.\n"));
    free(seen);
}
END_TEST

START_TEST(nothing_to_draw)
{
    struct fixture f;
    char *seen;

    fixture_init(&f);
    seen = draw(&f, &wide);
    ck_assert_str_eq(seen, "No network calls were traced.\n");
    free(seen);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "tcp echo", tcp_echo);
    suite_add(suite, "order", taken_before_seen_to_be_sent);
    suite_add(suite, "refused", connection_refused);
    suite_add(suite, "alone", one_end_alone);
    suite_add(suite, "merged", two_sends_one_recv);
    suite_add(suite, "datagrams", datagrams);
    suite_add_loop(suite, "width", lines_fit, 6);
    suite_add(suite, "ended", ended_and_lost);
    suite_add(suite, "lanes", more_roles_than_lanes);
    suite_add(suite, "empty", nothing_to_draw);
}

SUITE_MAIN("sequence", add)
