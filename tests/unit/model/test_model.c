/* unit/model/test_model.c: lives of sockets, who is whose peer, and the byte ledger. */
#include "script.h"

static struct script s;

static void setup(void)
{
    script_init(&s);
}

static void teardown(void)
{
    script_release(&s);
}

static const struct sock_life *life(uint64_t id)
{
    const struct sock_life *found = model_sock(s.model, id);

    ck_assert_ptr_nonnull(found);
    return found;
}

static const char *short_addr(const struct value *addr)
{
    struct buf out = {0};
    const char *text;

    value_addr_short(addr, &out);
    text = arena_strdup(&s.arena, buf_str(&out));
    buf_release(&out);
    return text;
}

#define ck_assert_peers(a, b)                                                                                \
    do {                                                                                                     \
        ck_assert_uint_eq(life(a)->peer, b);                                                                 \
        ck_assert_uint_eq(life(b)->peer, a);                                                                 \
    } while (0)

START_TEST(life_of_a_listener)
{
    uint64_t id = make_listener(&s, 10, 3, 7000);
    struct event *event;

    ck_assert_str_eq(life(id)->role, "server");
    ck_assert_int_eq(life(id)->domain, AF_INET);
    ck_assert_int_eq(life(id)->type, SOCK_STREAM);
    ck_assert(life(id)->bound);
    ck_assert(life(id)->listening);
    ck_assert(!life(id)->connected);
    ck_assert_uint_eq(life(id)->born_seq, 1);
    ck_assert_str_eq(short_addr(life(id)->local), "127.0.0.1:7000");
    ck_assert_ptr_null(life(id)->remote);
    event = do_close(&s, 10, 3);
    ck_assert_uint_eq(life(id)->ended_seq, event->seq);
    ck_assert_uint_eq(model_last_sock(s.model), 1);
    ck_assert_ptr_null(model_sock(s.model, 2));
    ck_assert_ptr_null(model_sock(s.model, 0));
}
END_TEST

START_TEST(life_of_an_accepted_socket)
{
    uint64_t listener = make_listener(&s, 10, 3, 7000);
    uint64_t id = do_accept(&s, 10, 3, at_port(&s, 40000), 4)->made[0];

    ck_assert_uint_eq(life(id)->parent, listener);
    ck_assert_int_eq(life(id)->type, SOCK_STREAM);
    ck_assert_str_eq(short_addr(life(id)->local), "127.0.0.1:7000");
    ck_assert_str_eq(short_addr(life(id)->remote), "127.0.0.1:40000");
    do_shutdown(&s, 10, 4, SHUT_WR);
    ck_assert(life(id)->shut[MODEL_SEND]);
    ck_assert(!life(id)->shut[MODEL_RECV]);
    do_shutdown(&s, 10, 4, SHUT_RDWR);
    ck_assert(life(id)->shut[MODEL_RECV]);
}
END_TEST

START_TEST(double_close_does_not_touch_a_life)
{
    uint64_t id = make_listener(&s, 10, 3, 7000);
    struct event *event = do_close(&s, 10, 3);

    call_whole(&s, fd_call(&s, 10, "close", 3), -EBADF);
    ck_assert_uint_eq(life(id)->ended_seq, event->seq);
}
END_TEST

START_TEST(exit_ends_lives)
{
    uint64_t id = make_listener(&s, 10, 3, 7000);
    struct event *event = do_exit(&s, 10);

    ck_assert_uint_eq(life(id)->ended_seq, event->seq + 1);
}
END_TEST

START_TEST(socketpairs_are_peers)
{
    struct event *event = do_socketpair(&s, 10, SOCK_STREAM | SOCK_CLOEXEC, 3);

    ck_assert_peers(event->made[0], event->made[1]);
    ck_assert_int_eq(life(1)->type, SOCK_STREAM);
    ck_assert(life(2)->connected);
}
END_TEST

START_TEST(kernel_addresses_pair)
{
    struct event *connecting, *accepting;

    make_listener(&s, 10, 3, 7000);
    for (int i = 0; i < 2; i++)
        do_socket(&s, 100, SOCK_STREAM, 3 + i);
    /* The second to connect is the first to be accepted: places in the queue would say otherwise. */
    for (int i = 0; i < 2; i++) {
        connecting = addr_call(&s, 100, "connect", 3 + i, at_port(&s, 7000));
        kernel_says(connecting, at_port(&s, 40000 + i), at_port(&s, 7000));
        call_whole(&s, connecting, 0);
    }
    for (int i = 0; i < 2; i++) {
        accepting = accept_begin(&s, 10, 3, NULL);
        kernel_says(accepting, at_port(&s, 7000), at_port(&s, 40001 - i));
        accepting->ret = value_fd(&s.arena, 4 + i);
        call_leave(&s, accepting, 4 + i);
    }
    ck_assert_peers(3, 4);
    ck_assert_peers(2, 5);
    ck_assert_str_eq(short_addr(life(2)->local), "127.0.0.1:40000");
    ck_assert_str_eq(short_addr(life(5)->remote), "127.0.0.1:40000");
    ck_assert_int_eq(life(5)->last.tcp_state, 1);
}
END_TEST

/* The accept is complete before the connect is seen to return; addresses only from the arguments. */
START_TEST(either_may_be_seen_first)
{
    bool accept_first = _i;
    struct event *connecting, *accepting;

    make_listener(&s, 10, 3, 7000);
    do_socket(&s, 100, SOCK_STREAM, 3);
    accepting = accept_begin(&s, 10, 3, at_port(&s, 40000));
    accepting->ret = value_fd(&s.arena, 4);
    connecting = call_enter(&s, addr_call(&s, 100, "connect", 3, at_port(&s, 7000)));
    if (accept_first)
        call_leave(&s, accepting, 4);
    call_leave(&s, connecting, 0);
    if (!accept_first)
        call_leave(&s, accepting, 4);
    ck_assert_peers(2, 3);
}
END_TEST

START_TEST(wildcard_listener)
{
    do_socket(&s, 10, SOCK_STREAM, 3);
    do_bind(&s, 10, 3, inet_addr_value(&s, "0.0.0.0", 7000));
    do_listen(&s, 10, 3);
    make_client(&s, 100, 3, 7000);
    do_accept(&s, 10, 3, NULL, 4);
    ck_assert_peers(2, 3);
}
END_TEST

START_TEST(other_listeners_do_not_pair)
{
    make_listener(&s, 10, 3, 7000);
    make_listener(&s, 10, 4, 7001);
    make_client(&s, 100, 3, 7001);
    do_accept(&s, 10, 3, NULL, 5);
    ck_assert_uint_eq(life(3)->peer, 0);
    ck_assert_uint_eq(life(4)->peer, 0);
    do_accept(&s, 10, 4, NULL, 6);
    ck_assert_peers(3, 5);
}
END_TEST

START_TEST(queue_is_first_in_first_out)
{
    make_listener(&s, 10, 3, 7000);
    for (int i = 0; i < 3; i++)
        make_client(&s, 100, 3 + i, 7000);
    do_close(&s, 100, 3); /* gone, and accepted all the same */
    for (int i = 0; i < 3; i++)
        do_accept(&s, 10, 3, NULL, 4 + i);
    for (uint64_t i = 0; i < 3; i++)
        ck_assert_peers(2 + i, 5 + i);
}
END_TEST

/* getsockname tells that the guess was wrong. */
START_TEST(knowledge_beats_a_guess)
{
    struct event *asked;

    make_listener(&s, 10, 3, 7000);
    make_client(&s, 100, 3, 7000);
    make_client(&s, 100, 4, 7000);
    do_accept(&s, 10, 3, at_port(&s, 40001), 4);
    ck_assert_peers(2, 4);
    asked = addr_call(&s, 100, "getsockname", 4, at_port(&s, 40001));
    call_whole(&s, asked, 0);
    ck_assert_peers(3, 4);
    ck_assert_uint_eq(life(2)->peer, 0);
    do_accept(&s, 10, 3, at_port(&s, 40000), 5);
    ck_assert_peers(2, 5);
}
END_TEST

static uint64_t known_connect(int fd, int local)
{
    struct event *event = addr_call(&s, 100, "connect", fd, at_port(&s, 7000));

    kernel_says(event, at_port(&s, local), at_port(&s, 7000));
    return call_whole(&s, event, 0)->sock;
}

/* The same four addresses again: the newest pair up, whichever is seen first. */
START_TEST(reused_addresses)
{
    bool accept_first = _i;

    make_listener(&s, 10, 3, 7000);
    for (int i = 0; i < 3; i++) {
        uint64_t client = do_socket(&s, 100, SOCK_STREAM, 3)->made[0], served;

        if (!accept_first)
            known_connect(3, 40000);
        served = do_accept(&s, 10, 3, at_port(&s, 40000), 4)->made[0];
        if (accept_first) {
            struct event *event = addr_call(&s, 100, "connect", 3, at_port(&s, 7000));

            event->start_ns = s.now - 4; /* it had begun before */
            kernel_says(event, at_port(&s, 40000), at_port(&s, 7000));
            call_whole(&s, event, 0);
        }
        ck_assert_peers(client, served);
        do_close(&s, 100, 3);
        do_close(&s, 10, 4);
    }
}
END_TEST

/* Its client is not traced; one that is connects from elsewhere, and waits. */
START_TEST(an_accept_from_another_address_is_of_another)
{
    make_listener(&s, 10, 3, 7000);
    do_socket(&s, 100, SOCK_STREAM, 3);
    known_connect(3, 40000);
    do_accept(&s, 10, 3, at_port(&s, 40001), 4);
    ck_assert_uint_eq(life(2)->peer, 0);
    ck_assert_uint_eq(life(3)->peer, 0);
    do_accept(&s, 10, 3, at_port(&s, 40000), 5);
    ck_assert_peers(2, 4);
}
END_TEST

START_TEST(an_accept_before_the_connect_began_is_of_another)
{
    make_listener(&s, 10, 3, 7000);
    do_accept(&s, 10, 3, NULL, 4); /* of a client that is not traced */
    make_client(&s, 100, 3, 7000);
    ck_assert_uint_eq(life(2)->peer, 0);
    ck_assert_uint_eq(life(3)->peer, 0);
}
END_TEST

START_TEST(ipv4_inside_ipv6)
{
    const uint8_t mapped[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1};
    const struct value *addr =
        value_struct(&s.arena, "sockaddr_in6",
                     (struct field[]){{"sin6_port", value_uint(&s.arena, 40000, INT_HTONS)},
                                      {"sin6_addr", value_ip(&s.arena, mapped, 16)}},
                     2);
    const uint8_t any[16] = {0};
    const struct value *wildcard =
        value_struct(&s.arena, "sockaddr_in6",
                     (struct field[]){{"sin6_port", value_uint(&s.arena, 7000, INT_HTONS)},
                                      {"sin6_addr", value_ip(&s.arena, any, 16)}},
                     2);

    do_socket(&s, 10, SOCK_STREAM, 3);
    do_bind(&s, 10, 3, wildcard);
    do_listen(&s, 10, 3);
    do_socket(&s, 100, SOCK_STREAM, 3);
    known_connect(3, 40001);
    do_socket(&s, 100, SOCK_STREAM, 4);
    known_connect(4, 40000);
    do_accept(&s, 10, 3, addr, 4);
    ck_assert_peers(3, 4);
}
END_TEST

START_TEST(unix_sockets_pair_by_path)
{
    do_socket(&s, 10, SOCK_STREAM, 3);
    do_bind(&s, 10, 3, at_path(&s, "/tmp/a"));
    do_listen(&s, 10, 3);
    do_socket(&s, 10, SOCK_STREAM, 4);
    do_bind(&s, 10, 4, at_path(&s, "/tmp/b"));
    do_listen(&s, 10, 4);
    do_socket(&s, 100, SOCK_STREAM, 3);
    do_connect(&s, 100, 3, at_path(&s, "/tmp/b"), 0);
    do_accept(&s, 10, 3, NULL, 5);
    do_accept(&s, 10, 4, NULL, 6);
    ck_assert_peers(3, 5);
    ck_assert_uint_eq(life(4)->peer, 0);
}
END_TEST

START_TEST(refused_connects_do_not_pair)
{
    make_listener(&s, 10, 3, 7000);
    do_socket(&s, 100, SOCK_STREAM, 3);
    do_connect(&s, 100, 3, at_port(&s, 7000), -ECONNREFUSED);
    ck_assert(!life(2)->connected);
    do_accept(&s, 10, 3, NULL, 4);
    ck_assert_uint_eq(life(3)->peer, 0);
}
END_TEST

static struct event *so_error(int fd, int error)
{
    struct event *event = call_begin(&s, 100, "getsockopt");
    const struct value *value = value_int(&s.arena, error);

    arg_fd(&s, event, "sockfd", fd);
    event_add(event, "level", value_sym(&s.arena, &nametab_sol, SOL_SOCKET));
    event_add(event, "optname", value_sym(&s.arena, &nametab_so, SO_ERROR));
    event_add(event, "optval", value_array(&s.arena, &value, 1, 1));
    return call_whole(&s, event, 0);
}

START_TEST(non_blocking_connect)
{
    make_listener(&s, 10, 3, 7000);
    do_socket(&s, 100, SOCK_STREAM, 3);
    do_connect(&s, 100, 3, at_port(&s, 7000), -EINPROGRESS);
    ck_assert(!life(2)->connected);
    if (_i == 0)
        so_error(3, 0);
    else if (_i == 1)
        do_connect(&s, 100, 3, at_port(&s, 7000), -EISCONN);
    else
        do_send(&s, 100, 3, "x");
    ck_assert(life(2)->connected);
    do_accept(&s, 10, 3, NULL, 4);
    ck_assert_peers(2, 3);
}
END_TEST

START_TEST(non_blocking_connect_that_fails)
{
    make_listener(&s, 10, 3, 7000);
    do_socket(&s, 100, SOCK_STREAM, 3);
    do_connect(&s, 100, 3, at_port(&s, 7000), -EINPROGRESS);
    so_error(3, ECONNREFUSED);
    ck_assert(!life(2)->connected);
    do_accept(&s, 10, 3, NULL, 4);
    ck_assert_uint_eq(life(3)->peer, 0);
}
END_TEST

START_TEST(kernel_state_of_an_accept_is_of_both)
{
    struct event *event;

    make_listener(&s, 10, 3, 7000);
    event = accept_begin(&s, 10, 3, NULL);
    kernel_says(event, at_port(&s, 7000), at_port(&s, 40000));
    event->kernel.queue = 2;
    event->kernel.queue_max = 5;
    event->ret = value_fd(&s.arena, 4);
    call_leave(&s, event, 4);
    ck_assert_uint_eq(life(1)->last.queue, 2);
    ck_assert_int_eq(life(1)->last.tcp_state, 10);
    ck_assert_ptr_null(life(1)->remote);
    ck_assert_uint_eq(life(2)->last.queue_max, 0);
    ck_assert_int_eq(life(2)->last.tcp_state, 1);
    ck_assert_str_eq(short_addr(life(2)->last.peer), "127.0.0.1:40000");
}
END_TEST

START_TEST(connected_datagram_sockets)
{
    bool bind_late = _i;

    do_socket(&s, 10, SOCK_DGRAM, 3);
    do_socket(&s, 100, SOCK_DGRAM, 3);
    if (!bind_late)
        do_bind(&s, 10, 3, inet_addr_value(&s, "0.0.0.0", 7000));
    do_connect(&s, 100, 3, at_port(&s, 7000), 0);
    if (bind_late)
        do_bind(&s, 10, 3, inet_addr_value(&s, "0.0.0.0", 7000));
    ck_assert_uint_eq(life(2)->peer, 1);
    ck_assert_uint_eq(life(1)->peer, 0); /* it hears everyone */
    do_connect(&s, 100, 3, at_port(&s, 7001), 0);
    ck_assert_uint_eq(life(2)->peer, 0);
    ck_assert_str_eq(short_addr(life(2)->remote), "127.0.0.1:7001");
}
END_TEST

START_TEST(dissolved_association)
{
    const struct value *unspec =
        value_struct(&s.arena, "sockaddr",
                     (struct field[]){{"sa_family", value_sym(&s.arena, &nametab_af, AF_UNSPEC)}}, 1);

    do_socket(&s, 100, SOCK_DGRAM, 3);
    do_connect(&s, 100, 3, at_port(&s, 7000), 0);
    ck_assert(life(1)->connected);
    do_connect(&s, 100, 3, unspec, 0);
    ck_assert(!life(1)->connected);
    ck_assert_ptr_null(life(1)->remote);
}
END_TEST

#define ck_assert_range(call, a, b)                                                                          \
    do {                                                                                                     \
        const struct event *event_ = (call);                                                                 \
        ck_assert_uint_eq(event_->range.from, a);                                                            \
        ck_assert_uint_eq(event_->range.to, b);                                                              \
    } while (0)

START_TEST(ledger_counts_both_directions)
{
    struct event *partial;

    do_socketpair(&s, 10, SOCK_STREAM, 3);
    ck_assert_range(do_send(&s, 10, 3, "ping\n"), 0, 5);
    partial = send_begin(&s, 10, 3, "a longer text");
    call_leave(&s, partial, 4); /* took four bytes of it */
    ck_assert_range(partial, 5, 9);
    ck_assert_range(do_send(&s, 10, 3, "rest"), 9, 13);
    ck_assert_range(do_recv(&s, 10, 4, "ping\na l"), 0, 8);
    ck_assert_range(do_send(&s, 10, 4, "up"), 0, 2);
    ck_assert_range(do_recv(&s, 10, 4, "o"), 8, 9);
    ck_assert_uint_eq(life(1)->bytes[MODEL_SEND], 13);
    ck_assert_uint_eq(life(1)->bytes[MODEL_RECV], 0);
    ck_assert_uint_eq(life(2)->bytes[MODEL_RECV], 9);
    ck_assert_uint_eq(life(2)->bytes[MODEL_SEND], 2);
}
END_TEST

START_TEST(ledger_of_ends_failures_and_peeks)
{
    struct event *failed;

    do_socketpair(&s, 10, SOCK_STREAM, 3);
    do_send(&s, 10, 3, "abcdef");
    ck_assert_range(do_recvfrom(&s, 10, 4, "abc", NULL, MSG_PEEK), 0, 3);
    ck_assert_uint_eq(life(2)->bytes[MODEL_RECV], 0);
    ck_assert_range(do_recvfrom(&s, 10, 4, "ab", NULL, 0), 0, 2);
    failed = recv_begin(&s, 10, 4);
    arg_int(&s, failed, "buf", 0);
    call_leave(&s, failed, -EAGAIN);
    ck_assert_range(failed, 2, 2);
    ck_assert_range(do_recvfrom(&s, 10, 4, "!", NULL, MSG_OOB), 2, 2);
    ck_assert_range(do_recv(&s, 10, 4, "cdef"), 2, 6);
    ck_assert_range(do_recv(&s, 10, 4, ""), 6, 6);
    ck_assert_uint_eq(life(2)->bytes[MODEL_RECV], 6);
}
END_TEST

START_TEST(ledger_of_datagrams)
{
    struct event *event;

    do_socket(&s, 10, SOCK_DGRAM, 3);
    event = do_sendto(&s, 10, 3, "one", at_port(&s, 7000));
    ck_assert_int_eq(event->canon, CANON_SENDTO);
    ck_assert_range(event, 0, 3);
    ck_assert_range(do_sendto(&s, 10, 3, "three", at_port(&s, 7000)), 3, 8);
    ck_assert_range(do_recvfrom(&s, 10, 3, "x", at_port(&s, 7000), MSG_PEEK), 0, 1);
    ck_assert_range(do_recvfrom(&s, 10, 3, "x", at_port(&s, 7000), 0), 0, 1);
}
END_TEST

/* One stream, whoever holds the socket. */
START_TEST(ledger_is_of_the_socket_not_of_the_fd)
{
    do_socketpair(&s, 10, SOCK_STREAM, 3);
    do_dup2(&s, 10, 3, 9);
    do_fork(&s, 10, 20, SIGCHLD);
    do_send(&s, 10, 3, "abc");
    ck_assert_range(do_send(&s, 20, 9, "de"), 3, 5);
}
END_TEST

/* A trace file may say anything. */
START_TEST(absurd_identities)
{
    struct event event = {.kind = EVENT_CALL, .seq = 1, .role = "", .name = "close", .canon = CANON_CLOSE};

    event.sock = UINT64_MAX;
    event.made[0] = UINT64_MAX - 1;
    model_fold(s.model, &event);
    event.seq = 2;
    event.canon = CANON_ACCEPT;
    event.sock = 1;
    model_fold(s.model, &event);
    event.seq = 3;
    event.canon = CANON_SOCKET;
    model_fold(s.model, &event);
    ck_assert_uint_eq(model_last_sock(s.model), 1);
}
END_TEST

START_TEST(unknown_sockets_live_too)
{
    struct event *event = addr_call(&s, 10, "getpeername", 3, at_port(&s, 7000));

    call_leave(&s, event, 0);
    ck_assert_uint_eq(life(1)->born_seq, 0);
    ck_assert_int_eq(life(1)->type, -1);
    ck_assert_str_eq(short_addr(life(1)->remote), "127.0.0.1:7000");
    do_listen(&s, 10, 3);
    ck_assert_int_eq(life(1)->type, SOCK_STREAM);
}
END_TEST

static void add(Suite *suite)
{
    const TTest *const tests[] = {
        life_of_a_listener,
        life_of_an_accepted_socket,
        double_close_does_not_touch_a_life,
        exit_ends_lives,
        socketpairs_are_peers,
        kernel_addresses_pair,
        wildcard_listener,
        other_listeners_do_not_pair,
        queue_is_first_in_first_out,
        knowledge_beats_a_guess,
        an_accept_from_another_address_is_of_another,
        an_accept_before_the_connect_began_is_of_another,
        ipv4_inside_ipv6,
        unix_sockets_pair_by_path,
        refused_connects_do_not_pair,
        non_blocking_connect_that_fails,
        kernel_state_of_an_accept_is_of_both,
        dissolved_association,
        ledger_counts_both_directions,
        ledger_of_ends_failures_and_peeks,
        ledger_of_datagrams,
        ledger_is_of_the_socket_not_of_the_fd,
        absurd_identities,
        unknown_sockets_live_too,
    };
    TCase *tcase = tcase_create("loops");

    script_suite(suite, tests, ARRAY_LEN(tests), setup, teardown);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, either_may_be_seen_first, 0, 2);
    tcase_add_loop_test(tcase, reused_addresses, 0, 2);
    tcase_add_loop_test(tcase, non_blocking_connect, 0, 3);
    tcase_add_loop_test(tcase, connected_datagram_sockets, 0, 2);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("model", add)
