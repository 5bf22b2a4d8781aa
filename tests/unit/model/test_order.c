/* unit/model/test_order.c: which events must come before which, and which are concurrent. */
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

static bool before(const struct event *a, const struct event *b)
{
    return model_before(s.model, a->seq, b->seq);
}

#define ck_assert_ordered(a, b)                                                                              \
    do {                                                                                                     \
        ck_assert(before(a, b));                                                                             \
        ck_assert(!before(b, a));                                                                            \
    } while (0)

#define ck_assert_concurrent(a, b)                                                                           \
    do {                                                                                                     \
        ck_assert(!before(a, b));                                                                            \
        ck_assert(!before(b, a));                                                                            \
    } while (0)

START_TEST(program_order)
{
    struct event *a = do_socket(&s, 10, SOCK_STREAM, 3), *b = do_socket(&s, 10, SOCK_STREAM, 4);
    struct event *c = do_socket(&s, 100, SOCK_STREAM, 3);

    ck_assert_ordered(a, b);
    ck_assert_concurrent(a, c);
    ck_assert_concurrent(b, c);
    ck_assert(!before(a, a));
    ck_assert(!model_before(s.model, 1, 99));
}
END_TEST

START_TEST(connection_set_up)
{
    struct event *created, *listened, *connecting, *accepted, *sibling;

    created = do_socket(&s, 10, SOCK_STREAM, 3);
    do_bind(&s, 10, 3, at_port(&s, 7000));
    listened = do_listen(&s, 10, 3);
    sibling = do_socket(&s, 100, SOCK_STREAM, 3);
    connecting = do_connect(&s, 100, 3, at_port(&s, 7000), 0);
    accepted = do_accept(&s, 10, 3, at_port(&s, 40000), 4);
    ck_assert_ordered(listened, connecting);
    ck_assert_ordered(created, connecting);
    ck_assert_concurrent(listened, sibling);
    ck_assert_ordered(connecting, accepted);
    ck_assert_ordered(sibling, accepted);
}
END_TEST

/* The accept has the lower number, and still the connect began before it ended. */
START_TEST(accept_seen_before_its_connect)
{
    struct event *connecting, *accepting, *next;

    make_listener(&s, 10, 3, 7000);
    do_socket(&s, 100, SOCK_STREAM, 3);
    connecting = call_enter(&s, addr_call(&s, 100, "connect", 3, at_port(&s, 7000)));
    accepting = do_accept(&s, 10, 3, at_port(&s, 40000), 4);
    call_leave(&s, connecting, 0);
    next = do_send(&s, 10, 4, "hello");
    ck_assert_uint_lt(accepting->seq, connecting->seq);
    ck_assert_ordered(connecting, accepting);
    ck_assert_ordered(connecting, next);
}
END_TEST

START_TEST(refused_connect_is_concurrent_with_listen)
{
    struct event *refused, *listened;

    do_socket(&s, 100, SOCK_STREAM, 3);
    refused = do_connect(&s, 100, 3, at_port(&s, 7000), -ECONNREFUSED);
    do_socket(&s, 10, SOCK_STREAM, 3);
    do_bind(&s, 10, 3, at_port(&s, 7000));
    listened = do_listen(&s, 10, 3);
    ck_assert_concurrent(refused, listened);
}
END_TEST

START_TEST(connect_that_waits_in_the_queue)
{
    struct event *listened, *connected;

    do_socket(&s, 10, SOCK_STREAM, 3);
    do_bind(&s, 10, 3, at_port(&s, 7000));
    listened = do_listen(&s, 10, 3);
    do_socket(&s, 100, SOCK_STREAM, 3);
    connected = do_connect(&s, 100, 3, at_port(&s, 7000), 0);
    ck_assert_ordered(listened, connected);
}
END_TEST

/* Two processes with a socketpair: 10 holds fd 3, 100 holds fd 4. */
static void pair_up(void)
{
    do_socketpair(&s, 10, SOCK_STREAM, 3);
    do_fork(&s, 10, 100, SIGCHLD);
    do_close(&s, 10, 4);
    do_close(&s, 100, 3);
}

START_TEST(fork_comes_before_the_child)
{
    struct event *earlier = do_socket(&s, 10, SOCK_STREAM, 3), *forked = do_fork(&s, 10, 100, SIGCHLD);
    struct event *parent = do_close(&s, 10, 3), *child = do_close(&s, 100, 3);

    ck_assert_ordered(earlier, child);
    ck_assert_ordered(forked, child);
    ck_assert_concurrent(parent, child);
    ck_assert_ordered(forked, parent);
}
END_TEST

START_TEST(child_seen_before_its_fork)
{
    struct event *earlier = do_socket(&s, 10, SOCK_STREAM, 3), *child = do_socket(&s, 100, SOCK_STREAM, 9),
                 *later;

    do_fork(&s, 10, 100, SIGCHLD);
    later = do_socket(&s, 10, SOCK_STREAM, 4);
    ck_assert_ordered(earlier, child);
    ck_assert_concurrent(later, child);
}
END_TEST

START_TEST(recv_comes_after_the_sends_of_its_bytes)
{
    struct event *sends[3], *recvs[3];

    pair_up();
    sends[0] = do_send(&s, 10, 3, "abc");
    sends[1] = do_send(&s, 10, 3, "def");
    sends[2] = do_send(&s, 10, 3, "ghi");
    recvs[0] = do_recv(&s, 100, 4, "ab");
    recvs[1] = do_recv(&s, 100, 4, "cd");
    recvs[2] = do_recv(&s, 100, 4, "efghi");
    ck_assert_ordered(sends[0], recvs[0]);
    ck_assert_concurrent(sends[1], recvs[0]);
    ck_assert_ordered(sends[1], recvs[1]);
    ck_assert_concurrent(sends[2], recvs[1]);
    ck_assert_ordered(sends[2], recvs[2]);
    ck_assert_ordered(sends[0], recvs[2]);
}
END_TEST

START_TEST(recv_seen_before_its_send)
{
    struct event *sending, *received, *after;

    pair_up();
    sending = send_begin(&s, 10, 3, "abc");
    received = do_recv(&s, 100, 4, "abc");
    ck_assert(!before(sending, received)); /* not folded yet */
    call_leave(&s, sending, 3);
    after = do_send(&s, 10, 3, "more");
    ck_assert_uint_lt(received->seq, sending->seq);
    ck_assert_ordered(sending, received);
    ck_assert_concurrent(after, received);
}
END_TEST

START_TEST(order_passes_through_a_conversation)
{
    struct event *ping, *got, *pong, *answer;

    pair_up();
    ping = do_send(&s, 10, 3, "ping");
    got = do_recv(&s, 100, 4, "ping");
    pong = do_send(&s, 100, 4, "pong");
    answer = do_recv(&s, 10, 3, "pong");
    ck_assert_ordered(ping, pong);
    ck_assert_ordered(got, answer);
    ck_assert_ordered(pong, answer);
}
END_TEST

START_TEST(peeked_bytes_were_sent)
{
    struct event *first, *second, *peek, *taken;

    pair_up();
    do_fork(&s, 100, 101, thread_flags);
    first = do_send(&s, 10, 3, "ab");
    second = do_send(&s, 10, 3, "cd");
    peek = do_recvfrom(&s, 100, 4, "abcd", NULL, MSG_PEEK);
    taken = do_recv(&s, 101, 4, "ab");
    ck_assert_concurrent(second, taken);
    ck_assert_ordered(second, peek);
    ck_assert_ordered(first, taken);
}
END_TEST

START_TEST(end_comes_after_shutdown)
{
    struct event *shut, *eof, *later;

    pair_up();
    shut = do_shutdown(&s, 10, 3, SHUT_WR);
    eof = do_recv(&s, 100, 4, "");
    later = do_close(&s, 10, 3);
    ck_assert_ordered(shut, eof);
    ck_assert_concurrent(later, eof);
}
END_TEST

START_TEST(end_comes_after_every_close)
{
    struct event *child, *parent, *eof;

    pair_up();
    do_fork(&s, 10, 20, SIGCHLD);
    child = do_close(&s, 20, 3);
    parent = do_close(&s, 10, 3);
    eof = do_recv(&s, 100, 4, "");
    ck_assert_ordered(child, eof);
    ck_assert_ordered(parent, eof);
    ck_assert_concurrent(child, parent);
}
END_TEST

/* The second close closed nothing. */
START_TEST(end_does_not_wait_for_a_double_close)
{
    struct event *again, *eof;

    pair_up();
    do_close(&s, 10, 3);
    again = call_whole(&s, fd_call(&s, 10, "close", 3), -EBADF);
    eof = do_recv(&s, 100, 4, "");
    ck_assert_concurrent(again, eof);
}
END_TEST

START_TEST(end_comes_after_exit)
{
    struct event *last, *eof;

    pair_up();
    last = do_send(&s, 10, 3, "x");
    do_exit(&s, 10);
    do_recv(&s, 100, 4, "x");
    eof = do_recv(&s, 100, 4, "");
    ck_assert_ordered(last, eof);
    ck_assert(model_before(s.model, last->seq + 2, eof->seq)); /* EVENT_CLOSED */
}
END_TEST

/* Nothing was asked for, so nothing was found; and one's own SHUT_RD says nothing of the peer. */
START_TEST(zeros_that_are_no_end)
{
    struct event *closed, *empty, *eof;

    pair_up();
    empty = fd_call(&s, 100, "read", 4);
    arg_bytes(&s, empty, "buf", "");
    arg_int(&s, empty, "count", 0);
    call_enter(&s, empty);
    closed = do_close(&s, 10, 3);
    call_leave(&s, empty, 0);
    ck_assert_concurrent(closed, empty);
    do_shutdown(&s, 100, 4, SHUT_RD);
    eof = do_recv(&s, 100, 4, "");
    ck_assert_concurrent(closed, eof);
}
END_TEST

/* Two threads write at the same time: which bytes are whose is not known. */
START_TEST(bytes_of_racing_senders)
{
    struct event *one, *two, *received, *third, *all;

    pair_up();
    do_fork(&s, 10, 11, thread_flags);
    one = send_begin(&s, 10, 3, "aaa");
    two = send_begin(&s, 11, 3, "bbb");
    call_leave(&s, one, 3);
    call_leave(&s, two, 3);
    received = do_recv(&s, 100, 4, "bbb");
    ck_assert_concurrent(one, received);
    ck_assert_concurrent(two, received);
    third = do_send(&s, 10, 3, "ccc");
    all = do_recv(&s, 100, 4, "aaac");
    ck_assert_ordered(third, all);
    ck_assert_ordered(one, all); /* by program order */
    ck_assert_concurrent(two, all);
}
END_TEST

/* A later recv by another task holds bytes that stand behind, so all that stood before was sent. */
START_TEST(bytes_taken_by_several_tasks)
{
    struct event *first, *second;

    pair_up();
    do_fork(&s, 100, 101, thread_flags);
    do_fork(&s, 10, 11, thread_flags);
    first = do_send(&s, 10, 3, "ab");
    do_send(&s, 11, 3, "cd");
    do_recv(&s, 100, 4, "ab");
    second = do_recv(&s, 101, 4, "cd");
    ck_assert_ordered(first, second);
}
END_TEST

START_TEST(exec_ends_the_other_threads)
{
    struct event *thread, *exec;

    do_socket(&s, 10, SOCK_STREAM, 3);
    do_fork(&s, 10, 11, thread_flags);
    do_fork(&s, 10, 12, thread_flags);
    thread = do_socket(&s, 12, SOCK_STREAM, 4);
    exec = do_exec(&s, 11);
    ck_assert_ordered(thread, exec);
    ck_assert_ordered(thread, do_socket(&s, 10, SOCK_STREAM, 5));
}
END_TEST

/* A handler's calls begin after the call that the signal interrupted, and end before it. */
START_TEST(interrupted_calls)
{
    struct event *outer, *inner, *received;

    pair_up();
    outer = send_begin(&s, 10, 3, "abc");
    inner = do_socket(&s, 10, SOCK_STREAM, 7);
    call_leave(&s, outer, 3);
    received = do_recv(&s, 100, 4, "abc");
    ck_assert_concurrent(inner, received);
}
END_TEST

START_TEST(datagrams)
{
    struct event *sends[3], *recvs[2], *unrelated;

    do_socket(&s, 10, SOCK_DGRAM, 3);
    do_bind(&s, 10, 3, inet_addr_value(&s, "0.0.0.0", 7000));
    do_socket(&s, 100, SOCK_DGRAM, 3);
    do_bind(&s, 100, 3, at_port(&s, 40000));
    do_socket(&s, 110, SOCK_DGRAM, 3);
    do_bind(&s, 110, 3, at_port(&s, 40001));
    sends[0] = do_sendto(&s, 100, 3, "lost", at_port(&s, 7000));
    sends[1] = do_sendto(&s, 100, 3, "kept", at_port(&s, 7000));
    sends[2] = do_sendto(&s, 110, 3, "kept", at_port(&s, 7000));
    unrelated = do_sendto(&s, 110, 3, "kept", at_port(&s, 7001));
    recvs[0] = do_recvfrom(&s, 10, 3, "kept", at_port(&s, 40001), 0);
    recvs[1] = do_recvfrom(&s, 10, 3, "ke", at_port(&s, 40000), 0); /* a small buffer */
    ck_assert_ordered(sends[2], recvs[0]);
    ck_assert_concurrent(sends[1], recvs[0]);
    ck_assert_ordered(sends[1], recvs[1]);
    ck_assert_ordered(sends[0], recvs[1]);
    ck_assert_concurrent(unrelated, recvs[1]);
}
END_TEST

/* Two messages in one call, each with its address. */
static struct event *messages(int tid, const char *name, const char *const texts[2], const int ports[2])
{
    struct event *event = call_begin(&s, tid, name);
    const struct value *items[2];

    for (int i = 0; i < 2; i++) {
        struct field iov[] = {
            {"iov_base", value_bytes(&s.arena, texts[i], strlen(texts[i]), strlen(texts[i]))}};
        struct field hdr[] = {{"msg_name", at_port(&s, ports[i])},
                              {"msg_iov", value_struct(&s.arena, "iovec", iov, 1)}};
        struct field fields[] = {{"msg_hdr", value_struct(&s.arena, "msghdr", hdr, 2)},
                                 {"msg_len", value_int(&s.arena, (int64_t)strlen(texts[i]))}};

        items[i] = value_struct(&s.arena, "mmsghdr", fields, 2);
    }
    arg_fd(&s, event, "sockfd", 3);
    event_add(event, "msgvec", value_array(&s.arena, items, 2, 2));
    event_add(event, "flags", value_flags(&s.arena, &nametab_msg, 0));
    return call_whole(&s, event, 2);
}

START_TEST(several_datagrams_in_one_call)
{
    struct event *sent, *first, *second, *both;
    uint64_t sock;

    do_socket(&s, 10, SOCK_DGRAM, 3);
    do_bind(&s, 10, 3, at_port(&s, 7000));
    do_socket(&s, 20, SOCK_DGRAM, 3);
    do_bind(&s, 20, 3, at_port(&s, 7001));
    do_socket(&s, 100, SOCK_DGRAM, 3);
    sock = do_bind(&s, 100, 3, at_port(&s, 40000))->sock;
    sent = messages(100, "sendmmsg", (const char *[]){"one", "second"}, (int[]){7000, 7001});
    first = do_recvfrom(&s, 10, 3, "one", at_port(&s, 40000), 0);
    second = do_recvfrom(&s, 20, 3, "second", at_port(&s, 40000), 0);
    ck_assert_ordered(sent, first);
    ck_assert_ordered(sent, second);
    ck_assert_uint_eq(sent->range.from, 0);
    ck_assert_uint_eq(sent->range.to, 9);
    ck_assert_uint_eq(model_sock(s.model, sock)->bytes[MODEL_SEND], 9);

    first = do_sendto(&s, 10, 3, "x", at_port(&s, 40000));
    second = do_sendto(&s, 20, 3, "yz", at_port(&s, 40000));
    both = messages(100, "recvmmsg", (const char *[]){"yz", "x"}, (int[]){7001, 7000});
    ck_assert_ordered(first, both);
    ck_assert_ordered(second, both);
    ck_assert_uint_eq(model_sock(s.model, sock)->bytes[MODEL_RECV], 3);
}
END_TEST

START_TEST(datagram_seen_before_its_sending)
{
    struct event *sending, *received, *peeked;

    do_socketpair(&s, 10, SOCK_DGRAM, 3);
    do_fork(&s, 10, 100, SIGCHLD);
    sending = send_begin(&s, 10, 3, "abc");
    peeked = do_recvfrom(&s, 100, 4, "abc", NULL, MSG_PEEK);
    received = do_recv(&s, 100, 4, "abc");
    call_leave(&s, sending, 3);
    ck_assert_ordered(sending, peeked);
    ck_assert_ordered(sending, received);
}
END_TEST

/* Either of two may have sent it. */
START_TEST(datagram_of_doubtful_origin)
{
    struct event *one, *two, *received;

    do_socket(&s, 10, SOCK_DGRAM, 3);
    do_bind(&s, 10, 3, at_port(&s, 7000));
    do_socket(&s, 100, SOCK_DGRAM, 3);
    do_socket(&s, 110, SOCK_DGRAM, 3);
    one = do_sendto(&s, 100, 3, "same", at_port(&s, 7000));
    two = do_sendto(&s, 110, 3, "same", at_port(&s, 7000));
    received = do_recvfrom(&s, 10, 3, "same", NULL, 0);
    ck_assert_concurrent(one, received);
    ck_assert_concurrent(two, received);
}
END_TEST

START_TEST(no_order_where_none_is_kept)
{
    struct event *a, *b;

    model_without_order(s.model);
    a = do_socket(&s, 10, SOCK_STREAM, 3);
    b = do_close(&s, 10, 3);
    ck_assert(!before(a, b));
    ck_assert_uint_eq(model_sock(s.model, 1)->ended_seq, b->seq);
}
END_TEST

/* Where no times are known nothing is ruled out by them, and nothing is claimed from them. */
START_TEST(without_times)
{
    struct event *sent, *received, *listened, *connected, *accepted;

    s.timeless = true;
    pair_up();
    sent = do_send(&s, 10, 3, "x");
    received = do_recv(&s, 100, 4, "x");
    ck_assert_ordered(sent, received);
    do_socket(&s, 10, SOCK_STREAM, 5);
    do_bind(&s, 10, 5, at_port(&s, 7000));
    listened = do_listen(&s, 10, 5);
    do_socket(&s, 110, SOCK_STREAM, 5);
    connected = do_connect(&s, 110, 5, at_port(&s, 7000), 0);
    accepted = do_accept(&s, 10, 5, NULL, 6);
    ck_assert_ordered(listened, connected);
    ck_assert_ordered(connected, accepted);
}
END_TEST

/* Every pair of a run with many tasks against a plain search over all points. */
START_TEST(agrees_with_plain_reachability)
{
    enum { N = 60 };
    static bool reach[2 * N + 2][2 * N + 2];
    struct event *events[N];
    int fds[4] = {0};
    size_t n = 0;
    unsigned seed = (unsigned)_i + 1;

    /* Four processes, each with one end of a socketpair to its neighbour. */
    do_socketpair(&s, 10, SOCK_STREAM, 3);
    do_socketpair(&s, 10, SOCK_STREAM, 5);
    do_fork(&s, 10, 20, SIGCHLD);
    do_fork(&s, 10, 30, SIGCHLD);
    do_fork(&s, 10, 40, SIGCHLD);
    memset(reach, 0, sizeof(reach));
    while (n < N) {
        int who = (int)(rand_r(&seed) % 4), fd = 3 + who, peer = who ^ 1;
        bool send = rand_r(&seed) % 2;

        if (!send && !fds[peer])
            continue;
        fds[send ? who : peer] += send ? 1 : -1;
        events[n] = send ? do_send(&s, 10 + 10 * who, fd, "x") : do_recv(&s, 10 + 10 * who, fd, "x");
        n++;
    }
    for (size_t i = 0; i < N; i++) {
        reach[2 * i][2 * i + 1] = true;
        for (size_t j = i + 1; j < N; j++) {
            bool sends = canon_is_send(events[i]->canon), recvs = canon_is_recv(events[j]->canon);

            if (events[i]->tid == events[j]->tid)
                reach[2 * i + 1][2 * j] = true;
            else if (sends && recvs && model_sock(s.model, events[i]->sock)->peer == events[j]->sock &&
                     events[i]->range.from < events[j]->range.to)
                reach[2 * i][2 * j + 1] = true;
        }
    }
    for (size_t k = 0; k < 2 * N; k++)
        for (size_t i = 0; i < 2 * N; i++)
            for (size_t j = 0; j < 2 * N; j++)
                reach[i][j] = reach[i][j] || (reach[i][k] && reach[k][j]);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++)
            if (i != j)
                ck_assert_msg(before(events[i], events[j]) == reach[2 * i][2 * j + 1], "%zu before %zu", i,
                              j);
}
END_TEST

static void add(Suite *suite)
{
    const TTest *const tests[] = {
        program_order,
        connection_set_up,
        accept_seen_before_its_connect,
        refused_connect_is_concurrent_with_listen,
        connect_that_waits_in_the_queue,
        fork_comes_before_the_child,
        child_seen_before_its_fork,
        recv_comes_after_the_sends_of_its_bytes,
        recv_seen_before_its_send,
        order_passes_through_a_conversation,
        peeked_bytes_were_sent,
        end_comes_after_shutdown,
        end_comes_after_every_close,
        end_does_not_wait_for_a_double_close,
        end_comes_after_exit,
        zeros_that_are_no_end,
        bytes_of_racing_senders,
        bytes_taken_by_several_tasks,
        exec_ends_the_other_threads,
        interrupted_calls,
        datagrams,
        several_datagrams_in_one_call,
        datagram_seen_before_its_sending,
        datagram_of_doubtful_origin,
        no_order_where_none_is_kept,
        without_times,
    };
    TCase *tcase = tcase_create("random");

    script_suite(suite, tests, ARRAY_LEN(tests), setup, teardown);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, agrees_with_plain_reachability, 0, 20);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("order", add)
