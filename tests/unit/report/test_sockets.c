/* unit/report/test_sockets.c: the sockets of a trace, block by block. */
#include "../suite.h"
#include "fixture.h"
#include "report/report.h"

static char *list(struct fixture *f)
{
    struct buf out = {0};

    fixture_fold(f);
    view_by_name("sockets")->write(&out, &f->trace, f->model, &(struct report_opts){.width = 80});
    fixture_release(f);
    return out.data;
}

START_TEST(tcp_echo)
{
    struct fixture f;
    char *seen;

    fixture_init(&f);
    fixture_tcp_echo(&f);
    seen = list(&f);
    ck_assert_str_eq(seen, "socket 1  server  IPv4 TCP listener, fd 3\n"
                           "  0.0.0.0:7000\n"
                           "  still open at the end of the trace\n"
                           "      0.000 ms  #1    socket(AF_INET, SOCK_STREAM) = 3\n"
                           "      0.010 ms  #2    bind(3, 0.0.0.0:7000) = 0\n"
                           "      0.020 ms  #3    listen(3, 16) = 0\n"
                           "      0.030 ms  #6    accept(3, 127.0.0.1:40312) = 4\n"
                           "      0.150 ms  #16   accept(3) = ?\n"
                           "\n"
                           "socket 2  client  IPv4 TCP, fd 3\n"
                           "  127.0.0.1:40312 → 127.0.0.1:7000\n"
                           "  peer of socket 3 of server\n"
                           "  sent 5, received 5 bytes; closed by close(3) at #15\n"
                           "      0.030 ms  #4    socket(AF_INET, SOCK_STREAM) = 3\n"
                           "      0.040 ms  #5    connect(3, 127.0.0.1:7000) = 0\n"
                           "      0.060 ms  #7    send(3, \"ping\\n\") = 5\n"
                           "      0.080 ms  #10   recv(3, \"ping\\n\") = 5\n"
                           "      0.100 ms  #11   shutdown(3, SHUT_WR) = 0\n"
                           "      0.120 ms  #14   recv(3) = 0\n"
                           "      0.140 ms  #15   close(3) = 0\n"
                           "\n"
                           "socket 3  server  IPv4 TCP, fd 4\n"
                           "  127.0.0.1:7000 → 127.0.0.1:40312\n"
                           "  accepted from socket 1, peer of socket 2 of client\n"
                           "  sent 5, received 5 bytes; closed by close(4) at #13\n"
                           "      0.030 ms  #6    accept(3, 127.0.0.1:40312) = 4\n"
                           "      0.060 ms  #8    recv(4, \"ping\\n\") = 5\n"
                           "      0.080 ms  #9    send(4, \"ping\\n\") = 5\n"
                           "      0.100 ms  #12   recv(4) = 0\n"
                           "      0.120 ms  #13   close(4) = 0\n");
    free(seen);
}
END_TEST

START_TEST(closed_by_exit_in_two_processes)
{
    struct fixture f;
    struct event *event;
    char *seen;

    fixture_init(&f);
    call_socket(&f, server, 1, SOCK_DGRAM, 3);
    event = fixture_call(&f, (struct who){"server", 101}, 1, "close", 0, "fd", val_fd(&f, 3, 1), NULL);
    event = fixture_event(&f, server, EVENT_CLOSED);
    event->sock = 1;
    event->last_ref = true;
    event_add(event, "fd", val_fd(&f, 3, 1));
    event_add(event, "why", val_text(&f, "exit"));
    seen = list(&f);
    ck_assert_str_eq(seen, "socket 1  server  IPv4 UDP, fd 3 of 100, 3 of 101\n"
                           "  no address\n"
                           "  sent 0, received 0 bytes; closed by exit at #3\n"
                           "      0.000 ms  #1    socket(AF_INET, SOCK_DGRAM) = 3\n"
                           "      0.010 ms  #2    close(3) = 0\n"
                           "      0.020 ms  #3    exit closes 3\n");
    free(seen);
}
END_TEST

START_TEST(none)
{
    struct fixture f;
    char *seen;

    fixture_init(&f);
    seen = list(&f);
    ck_assert_str_eq(seen, "No sockets were seen.\n");
    free(seen);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "tcp echo", tcp_echo);
    suite_add(suite, "exit", closed_by_exit_in_two_processes);
    suite_add(suite, "none", none);
}

SUITE_MAIN("sockets", add)
