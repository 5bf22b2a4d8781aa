/* unit/model/test_resolve.c: which socket is behind each descriptor, whatever programs do with their tables.
 */
#include "script.h"

#include <linux/close_range.h>
#include <sys/ioctl.h>

static struct script s;

static void setup(void)
{
    script_init(&s);
}

static void teardown(void)
{
    script_release(&s);
}

/* Kinds of descriptor at once: "S" socket, "W" was one, "E" epoll, "." other. */
static const char *kinds(int tid, int from, int to)
{
    char *text = arena_alloc(&s.arena, (size_t)(to - from) + 2);

    for (int fd = from; fd <= to; fd++)
        text[fd - from] = ".WSE"[resolve_fd_kind(s.resolve, tid, fd)];
    return text;
}

START_TEST(identities_in_order_of_birth)
{
    struct event *pair, *accepted;

    ck_assert_uint_eq(do_socket(&s, 10, SOCK_STREAM, 3)->made[0], 1);
    pair = do_socketpair(&s, 10, SOCK_STREAM, 4);
    ck_assert_uint_eq(pair->made[0], 2);
    ck_assert_uint_eq(pair->made[1], 3);
    do_listen(&s, 10, 3);
    accepted = do_accept(&s, 10, 3, NULL, 6);
    ck_assert_uint_eq(accepted->sock, 1);
    ck_assert_uint_eq(accepted->made[0], 4);
    ck_assert_uint_eq(accepted->args[0].value->fd.sock, 1);
    ck_assert_uint_eq(accepted->ret->fd.sock, 4);
    ck_assert_uint_eq(pair->args[3].value->array.items[1]->fd.sock, 3);
    ck_assert_str_eq(kinds(10, 2, 7), ".SSSS.");
}
END_TEST

START_TEST(failed_calls_make_nothing)
{
    struct event *event = call_begin(&s, 10, "socket");

    arg_int(&s, event, "domain", AF_INET);
    arg_int(&s, event, "type", SOCK_STREAM);
    call_whole(&s, event, -EMFILE);
    ck_assert_uint_eq(event->made[0], 0);
    make_listener(&s, 10, 3, 7000);
    event = accept_begin(&s, 10, 3, NULL);
    call_leave(&s, event, -EAGAIN);
    ck_assert_uint_eq(event->sock, 1);
    ck_assert_uint_eq(event->made[0], 0);
    ck_assert_uint_eq(do_socket(&s, 10, SOCK_STREAM, 4)->made[0], 2);
}
END_TEST

START_TEST(data_calls_know_streams)
{
    do_socket(&s, 10, SOCK_STREAM | SOCK_NONBLOCK, 3);
    do_socket(&s, 10, SOCK_DGRAM, 4);
    ck_assert(send_begin(&s, 10, 3, "x")->is_stream);
    ck_assert(!send_begin(&s, 11, 4, "x")->is_stream);
    ck_assert(!do_listen(&s, 10, 3)->is_stream);
}
END_TEST

START_TEST(duplicates_are_references)
{
    struct event *event, *closed;

    do_socket(&s, 10, SOCK_STREAM, 3);
    event = fd_call(&s, 10, "dup", 3);
    ck_assert_uint_eq(call_whole(&s, event, 4)->sock, 1);
    event = fd_call(&s, 10, "fcntl", 3);
    event_add(event, "cmd", value_sym(&s.arena, &nametab_fcntl, F_DUPFD_CLOEXEC));
    arg_int(&s, event, "arg", 10);
    call_whole(&s, event, 10);
    ck_assert_uint_eq(sock_at(&s, 10, 4), 1);
    ck_assert_uint_eq(sock_at(&s, 10, 10), 1);
    ck_assert(!do_close(&s, 10, 3)->last_ref);
    ck_assert(!do_close(&s, 10, 10)->last_ref);
    closed = do_close(&s, 10, 4);
    ck_assert_uint_eq(closed->sock, 1);
    ck_assert_uint_eq(closed->args[0].value->fd.sock, 1);
    ck_assert(closed->last_ref);
}
END_TEST

START_TEST(dup2_closes_what_it_overwrites)
{
    do_socket(&s, 10, SOCK_STREAM, 3);
    do_socket(&s, 10, SOCK_STREAM, 4);
    ck_assert_uint_eq(do_dup2(&s, 10, 3, 4)->sock, 1);
    ck_assert_uint_eq(s.closed.len, 1);
    ck_assert_int_eq(s.closed.items[0]->kind, EVENT_CLOSED);
    ck_assert_uint_eq(s.closed.items[0]->sock, 2);
    ck_assert(s.closed.items[0]->last_ref);
    ck_assert_str_eq(why_of(&s, s.closed.items[0]), "dup2");
    ck_assert_int_eq(event_arg(s.closed.items[0], "fd")->fd.n, 4);
    ck_assert_uint_eq(sock_at(&s, 10, 4), 1);
    do_dup2(&s, 10, 4, 4);
    ck_assert_uint_eq(s.closed.len, 0);
    ck_assert(!do_close(&s, 10, 3)->last_ref);
    /* A file over a socket. */
    ck_assert_uint_eq(do_dup2(&s, 10, 7, 4)->sock, 0);
    ck_assert_uint_eq(s.closed.len, 1);
    ck_assert(s.closed.items[0]->last_ref);
    ck_assert_str_eq(kinds(10, 3, 4), "W.");
}
END_TEST

START_TEST(low_sockets_are_told)
{
    do_socket(&s, 10, SOCK_STREAM, 3);
    ck_assert(!resolve_has_low_socket(s.resolve, 10));
    do_dup2(&s, 10, 3, 0);
    ck_assert(resolve_has_low_socket(s.resolve, 10));
    do_close(&s, 10, 0);
    ck_assert(!resolve_has_low_socket(s.resolve, 10));
    ck_assert(!resolve_has_low_socket(s.resolve, 99));
}
END_TEST

START_TEST(fork_copies_the_table)
{
    make_listener(&s, 10, 3, 7000);
    do_accept(&s, 10, 3, NULL, 4);
    do_fork(&s, 10, 20, SIGCHLD);
    ck_assert_uint_eq(sock_at(&s, 20, 4), 2);
    ck_assert(!do_close(&s, 20, 3)->last_ref);
    ck_assert_uint_eq(sock_at(&s, 10, 3), 1);
    ck_assert(!do_close(&s, 10, 4)->last_ref);
    ck_assert(do_close(&s, 20, 4)->last_ref);
    do_accept(&s, 10, 3, NULL, 4);
    ck_assert_str_eq(kinds(20, 3, 4), "WW");
    do_exit(&s, 20);
    ck_assert_uint_eq(s.closed.len, 0);
    ck_assert(do_close(&s, 10, 3)->last_ref);
}
END_TEST

START_TEST(threads_share_the_table)
{
    do_socket(&s, 10, SOCK_STREAM, 3);
    do_fork(&s, 10, 11, thread_flags);
    do_socket(&s, 11, SOCK_STREAM, 4);
    ck_assert_uint_eq(sock_at(&s, 10, 4), 2);
    do_close(&s, 10, 3);
    ck_assert_int_eq(resolve_fd_kind(s.resolve, 11, 3), FD_WAS_SOCKET);
    do_exit(&s, 10);
    ck_assert_uint_eq(s.closed.len, 0);
    ck_assert_uint_eq(sock_at(&s, 11, 4), 2);
    do_exit(&s, 11);
    ck_assert_uint_eq(s.closed.len, 1);
    ck_assert_uint_eq(s.closed.items[0]->sock, 2);
}
END_TEST

START_TEST(processes_may_share_the_table)
{
    do_socket(&s, 10, SOCK_STREAM, 3);
    do_fork(&s, 10, 20, CLONE_VM | CLONE_FILES);
    do_close(&s, 20, 3);
    ck_assert_int_eq(resolve_fd_kind(s.resolve, 10, 3), FD_WAS_SOCKET);
}
END_TEST

START_TEST(exit_closes_what_is_left)
{
    do_socketpair(&s, 10, SOCK_STREAM, 5);
    do_dup2(&s, 10, 5, 9);
    do_fork(&s, 10, 20, SIGCHLD);
    do_close(&s, 20, 6);
    do_exit(&s, 10);
    ck_assert_uint_eq(s.closed.len, 3);
    ck_assert_int_eq(event_arg(s.closed.items[0], "fd")->fd.n, 5);
    ck_assert(!s.closed.items[0]->last_ref);
    ck_assert(s.closed.items[1]->last_ref);
    ck_assert_uint_eq(s.closed.items[1]->sock, 2);
    ck_assert_str_eq(why_of(&s, s.closed.items[2]), "exit");
    ck_assert_str_eq(s.closed.items[2]->role, "server");
    do_exit(&s, 20);
    ck_assert_uint_eq(s.closed.len, 2);
    ck_assert(!s.closed.items[0]->last_ref);
    ck_assert(s.closed.items[1]->last_ref);
}
END_TEST

START_TEST(exec_closes_cloexec)
{
    struct event *event;

    do_socket(&s, 10, SOCK_STREAM | SOCK_CLOEXEC, 3);
    do_socket(&s, 10, SOCK_STREAM, 4);
    do_socket(&s, 10, SOCK_STREAM, 5);
    do_socket(&s, 10, SOCK_STREAM | SOCK_CLOEXEC, 6);
    do_close(&s, 10, 7);
    event = fd_call(&s, 10, "fcntl", 5);
    event_add(event, "cmd", value_sym(&s.arena, &nametab_fcntl, F_SETFD));
    event_add(event, "arg", value_flags(&s.arena, &nametab_fd_flags, FD_CLOEXEC));
    call_whole(&s, event, 0);
    event = fd_call(&s, 10, "ioctl", 6);
    arg_int(&s, event, "request", FIONCLEX);
    call_whole(&s, event, 0);
    do_close(&s, 10, 4);
    do_exec(&s, 10);
    ck_assert_uint_eq(s.closed.len, 2);
    ck_assert_uint_eq(s.closed.items[0]->sock, 1);
    ck_assert_uint_eq(s.closed.items[1]->sock, 3);
    ck_assert(s.closed.items[1]->last_ref);
    ck_assert_str_eq(why_of(&s, s.closed.items[0]), "exec");
    ck_assert_str_eq(kinds(10, 3, 7), "...S.");
}
END_TEST

START_TEST(cloexec_of_copies)
{
    struct event *event;

    do_socket(&s, 10, SOCK_STREAM | SOCK_CLOEXEC, 3);
    do_dup2(&s, 10, 3, 4);
    event = fd_call(&s, 10, "dup3", 3);
    arg_fd(&s, event, "newfd", 5);
    event_add(event, "flags", value_flags(&s.arena, &nametab_open, O_CLOEXEC));
    call_whole(&s, event, 5);
    do_listen(&s, 10, 3);
    event = addr_call(&s, 10, "accept4", 3, NULL);
    event_add(event, "flags", value_flags(&s.arena, &nametab_sock_flags, SOCK_CLOEXEC));
    call_whole(&s, event, 6);
    do_accept(&s, 10, 3, NULL, 7);
    do_exec(&s, 10);
    ck_assert_str_eq(kinds(10, 3, 7), ".S..S");
}
END_TEST

START_TEST(exec_leaves_a_shared_table)
{
    do_socket(&s, 10, SOCK_STREAM | SOCK_CLOEXEC, 3);
    do_socket(&s, 10, SOCK_STREAM, 4);
    do_fork(&s, 10, 20, CLONE_VM | CLONE_VFORK | CLONE_FILES);
    do_exec(&s, 20);
    ck_assert_uint_eq(s.closed.len, 1);
    ck_assert(!s.closed.items[0]->last_ref);
    ck_assert_str_eq(kinds(10, 3, 4), "SS");
    ck_assert_str_eq(kinds(20, 3, 4), ".S");
    do_close(&s, 20, 4);
    ck_assert_str_eq(kinds(10, 3, 4), "SS");
}
END_TEST

START_TEST(exec_from_a_thread)
{
    do_socket(&s, 10, SOCK_STREAM, 3);
    do_fork(&s, 10, 11, thread_flags);
    do_fork(&s, 10, 12, thread_flags);
    do_exec(&s, 11);
    ck_assert_uint_eq(s.closed.len, 0);
    ck_assert_uint_eq(sock_at(&s, 10, 3), 1);
    ck_assert_uint_eq(sock_at(&s, 11, 3), 0);
    ck_assert_uint_eq(sock_at(&s, 12, 3), 0);
    do_exit(&s, 12); /* told late */
    ck_assert_uint_eq(s.closed.len, 0);
    do_exit(&s, 10);
    ck_assert_uint_eq(s.closed.len, 1);
    ck_assert(s.closed.items[0]->last_ref);
}
END_TEST

START_TEST(close_range_closes_and_marks)
{
    struct event *event;

    for (int fd = 3; fd <= 7; fd++)
        do_socket(&s, 10, SOCK_STREAM, fd);
    event = call_begin(&s, 10, "close_range");
    arg_int(&s, event, "first", 4);
    arg_int(&s, event, "last", 5);
    arg_int(&s, event, "flags", 0);
    call_whole(&s, event, 0);
    ck_assert_uint_eq(s.closed.len, 2);
    ck_assert_str_eq(why_of(&s, s.closed.items[1]), "close_range");
    ck_assert_uint_eq(s.closed.items[1]->sock, 3);
    event = call_begin(&s, 10, "close_range");
    arg_int(&s, event, "first", 6);
    event_add(event, "last", value_uint(&s.arena, UINT32_MAX, INT_UDEC));
    event_add(event, "flags", value_flags(&s.arena, &nametab_close_range, CLOSE_RANGE_CLOEXEC));
    call_whole(&s, event, 0);
    ck_assert_str_eq(kinds(10, 3, 7), "SWWSS");
    do_fork(&s, 10, 11, thread_flags);
    event = call_begin(&s, 11, "close_range");
    arg_int(&s, event, "first", 3);
    arg_int(&s, event, "last", 3);
    event_add(event, "flags", value_flags(&s.arena, &nametab_close_range, CLOSE_RANGE_UNSHARE));
    call_whole(&s, event, 0);
    ck_assert_str_eq(kinds(10, 3, 7), "SWWSS");
    ck_assert_str_eq(kinds(11, 3, 7), "WWWSS");
    do_exec(&s, 10);
    ck_assert_str_eq(kinds(10, 3, 7), "S....");
}
END_TEST

/* The kernel gives the number away before the close's return is seen. */
START_TEST(number_reused_while_close_returns)
{
    struct event *closing, *closed_file;

    do_fork(&s, 10, 11, thread_flags);
    make_listener(&s, 10, 3, 7000);
    do_accept(&s, 10, 3, NULL, 4);
    closing = call_enter(&s, fd_call(&s, 11, "close", 4));
    do_accept(&s, 10, 3, NULL, 4);
    call_leave(&s, closing, 0);
    ck_assert_uint_eq(closing->sock, 2);
    ck_assert_uint_eq(closing->args[0].value->fd.sock, 2);
    ck_assert(closing->last_ref);
    ck_assert_uint_eq(s.closed.len, 0);
    ck_assert_uint_eq(sock_at(&s, 10, 4), 3);
    /* A number that was a socket's, closed as a file, and a socket's again. */
    do_close(&s, 10, 4);
    closed_file = call_enter(&s, fd_call(&s, 11, "close", 4));
    do_accept(&s, 10, 3, NULL, 4);
    call_leave(&s, closed_file, 0);
    ck_assert_uint_eq(closed_file->sock, 0);
    ck_assert_uint_eq(sock_at(&s, 10, 4), 4);
}
END_TEST

/* A blocked call stays with the socket that it began on. */
START_TEST(socket_of_a_call_is_that_of_its_entry)
{
    struct event *blocked;

    do_fork(&s, 10, 11, thread_flags);
    do_socketpair(&s, 10, SOCK_STREAM, 3);
    blocked = recv_begin(&s, 11, 3);
    do_close(&s, 10, 3);
    do_socket(&s, 10, SOCK_STREAM, 3);
    recv_end(&s, blocked, "late");
    ck_assert_uint_eq(blocked->sock, 1);
    ck_assert_uint_eq(blocked->args[0].value->fd.sock, 1);
    ck_assert(blocked->is_stream);
}
END_TEST

/* A signal handler's calls stand between a call's entry and its end. */
START_TEST(calls_nest)
{
    struct event *outer;
    int fd = 5;

    do_socketpair(&s, 10, SOCK_STREAM, 3);
    do_socket(&s, 10, SOCK_STREAM, 5);
    outer = send_fds(&s, 10, 3, &fd, 1);
    do_send(&s, 10, 3, "from the handler");
    do_close(&s, 10, 5);
    call_leave(&s, outer, 1);
    recv_fds(&s, 10, 4, (int[]){7}, 1, 0);
    ck_assert_uint_eq(sock_at(&s, 10, 7), 3);
    recv_fds(&s, 10, 4, (int[]){8}, 1, 0);
    ck_assert_uint_eq(sock_at(&s, 10, 8), 4); /* only one was sent */
}
END_TEST

START_TEST(double_close_is_told)
{
    struct event *again;

    do_socket(&s, 10, SOCK_STREAM, 3);
    do_close(&s, 10, 3);
    ck_assert_int_eq(resolve_fd_kind(s.resolve, 10, 3), FD_WAS_SOCKET);
    again = call_whole(&s, fd_call(&s, 10, "close", 3), -EBADF);
    ck_assert_uint_eq(again->sock, 1);
    ck_assert(!again->last_ref);
    again = call_whole(&s, fd_call(&s, 10, "close", 12), -EBADF);
    ck_assert_uint_eq(again->sock, 0);
    /* The number became a file's, which was closed, and closed again. */
    ck_assert_uint_eq(do_close(&s, 10, 3)->sock, 0);
    again = call_whole(&s, fd_call(&s, 10, "close", 3), -EBADF);
    ck_assert_uint_eq(again->sock, 0);
    ck_assert_int_eq(resolve_fd_kind(s.resolve, 10, 3), FD_OTHER);
}
END_TEST

START_TEST(missed_close_is_made_up_for)
{
    do_socket(&s, 10, SOCK_STREAM, 3);
    do_socket(&s, 10, SOCK_STREAM, 3);
    ck_assert_uint_eq(s.closed.len, 1);
    ck_assert_uint_eq(s.closed.items[0]->sock, 1);
    ck_assert(s.closed.items[0]->last_ref);
    ck_assert_str_eq(why_of(&s, s.closed.items[0]), "unseen");
    ck_assert_uint_eq(sock_at(&s, 10, 3), 2);
}
END_TEST

START_TEST(sent_descriptors_keep_their_identity)
{
    int fds[2] = {5, 6};
    struct event *sent;

    do_socketpair(&s, 10, SOCK_STREAM, 3);
    do_socket(&s, 10, SOCK_STREAM, 5);
    do_socket(&s, 10, SOCK_STREAM, 6);
    do_fork(&s, 10, 20, SIGCHLD);
    do_close(&s, 20, 5);
    do_close(&s, 20, 6);
    sent = send_fds(&s, 10, 3, fds, 2);
    ck_assert(!do_close(&s, 10, 5)->last_ref); /* on its way */
    /* Seen before the sender's return. */
    recv_fds(&s, 20, 4, (int[]){8, 9}, 2, MSG_CMSG_CLOEXEC);
    call_leave(&s, sent, 1);
    ck_assert_uint_eq(sock_at(&s, 20, 8), 3);
    ck_assert_uint_eq(sock_at(&s, 20, 9), 4);
    ck_assert(!do_close(&s, 10, 6)->last_ref);
    do_exec(&s, 20);
    ck_assert_uint_eq(s.closed.len, 2);
    ck_assert(s.closed.items[0]->last_ref);
    ck_assert(s.closed.items[1]->last_ref);
}
END_TEST

/* What a number meant when it was sent is told, even where it means something else at the end of the call. */
START_TEST(sent_descriptors_are_those_of_the_entry)
{
    const struct value *data;
    struct event *sent;

    do_socketpair(&s, 10, SOCK_STREAM, 3);
    do_socket(&s, 10, SOCK_STREAM, 5);
    sent = send_fds(&s, 10, 3, (int[]){5}, 1);
    do_fork(&s, 10, 11, thread_flags);
    do_close(&s, 11, 5);
    do_socket(&s, 11, SOCK_STREAM, 5);
    call_leave(&s, sent, 1);
    data = value_field(value_field(event_arg(sent, "msg"), "msg_control")->array.items[0], "cmsg_data");
    ck_assert_uint_eq(data->array.items[0]->fd.sock, 3);
    data = value_field(
        value_field(event_arg(recv_fds(&s, 10, 4, (int[]){8}, 1, 0), "msg"), "msg_control")->array.items[0],
        "cmsg_data");
    ck_assert_uint_eq(data->array.items[0]->fd.sock, 3);
}
END_TEST

/* A pidfd comes with a message, but from nobody. */
START_TEST(a_pidfd_is_no_socket)
{
    struct event *got;

    do_socketpair(&s, 10, SOCK_STREAM, 3);
    do_socket(&s, 10, SOCK_STREAM, 5);
    call_leave(&s, send_fds(&s, 10, 3, (int[]){5}, 1), 1);
    got = call_enter(&s, msg_begin(&s, 10, "recvmsg", 4));
    msg_carries_as(&s, got, 4 /* SCM_PIDFD */, (int[]){8}, 1, 0);
    call_leave(&s, got, 1);
    ck_assert_int_eq(resolve_fd_kind(s.resolve, 10, 8), FD_OTHER);
    recv_fds(&s, 10, 4, (int[]){9}, 1, 0);
    ck_assert_uint_eq(sock_at(&s, 10, 9), 3);
}
END_TEST

START_TEST(messages_are_received_in_order)
{
    int first = 5, second = 6;
    struct event *failed;

    do_socketpair(&s, 10, SOCK_STREAM, 3);
    do_socket(&s, 10, SOCK_STREAM, 5);
    do_socket(&s, 10, SOCK_STREAM, 6);
    failed = send_fds(&s, 10, 3, &second, 1);
    call_leave(&s, failed, -EAGAIN);
    call_leave(&s, send_fds(&s, 10, 3, &first, 1), 1);
    call_leave(&s, send_fds(&s, 10, 3, &second, 1), 1);
    call_leave(&s, send_fds(&s, 10, 4, &second, 1), 1); /* the other way */
    recv_fds(&s, 10, 4, (int[]){7}, 1, MSG_PEEK);
    ck_assert_uint_eq(sock_at(&s, 10, 7), 3);
    recv_fds(&s, 10, 4, (int[]){8}, 1, 0);
    ck_assert_uint_eq(sock_at(&s, 10, 8), 3);
    recv_fds(&s, 10, 4, (int[]){9}, 1, 0);
    ck_assert_uint_eq(sock_at(&s, 10, 9), 4);
    recv_fds(&s, 10, 3, (int[]){11}, 1, 0);
    ck_assert_uint_eq(sock_at(&s, 10, 11), 4);
    /* A file that was sent is no socket when it arrives. */
    call_leave(&s, send_fds(&s, 10, 3, (int[]){40}, 1), 1);
    recv_fds(&s, 10, 4, (int[]){41}, 1, 0);
    ck_assert_int_eq(resolve_fd_kind(s.resolve, 10, 41), FD_OTHER);
}
END_TEST

START_TEST(descriptors_that_nobody_receives)
{
    int fds[2] = {5, 6};

    do_socketpair(&s, 10, SOCK_STREAM, 3);
    do_socket(&s, 10, SOCK_STREAM, 5);
    do_socket(&s, 10, SOCK_STREAM, 6);
    call_leave(&s, send_fds(&s, 10, 3, fds, 2), 1);
    ck_assert(!do_close(&s, 10, 5)->last_ref);
    ck_assert(do_close(&s, 10, 4)->last_ref);
    ck_assert_uint_eq(s.closed.len, 1);
    ck_assert_uint_eq(s.closed.items[0]->sock, 3);
    ck_assert(s.closed.items[0]->last_ref);
    ck_assert_str_eq(why_of(&s, s.closed.items[0]), "in flight");
    ck_assert_ptr_null(event_arg(s.closed.items[0], "fd"));
    ck_assert(do_close(&s, 10, 6)->last_ref);
}
END_TEST

/* Fewer are received than were sent: the kernel drops the rest. */
START_TEST(truncated_control_drops_the_rest)
{
    int fds[2] = {5, 6};

    do_socketpair(&s, 10, SOCK_STREAM, 3);
    do_socket(&s, 10, SOCK_STREAM, 5);
    do_socket(&s, 10, SOCK_STREAM, 6);
    call_leave(&s, send_fds(&s, 10, 3, fds, 2), 1);
    do_close(&s, 10, 6);
    recv_fds(&s, 10, 4, (int[]){8}, 1, 0);
    ck_assert_uint_eq(sock_at(&s, 10, 8), 3);
    ck_assert_uint_eq(s.closed.len, 1);
    ck_assert_uint_eq(s.closed.items[0]->sock, 4);
}
END_TEST

static void start_with(int pid, int fd, int inode)
{
    struct event *event = event_begin(&s, pid, EVENT_START, "");
    const struct value *item =
        value_struct(&s.arena, "inherited",
                     (struct field[]){{"fd", value_fd(&s.arena, fd)},
                                      {"inode", value_int(&s.arena, inode)},
                                      {"domain", value_sym(&s.arena, &nametab_af, AF_UNIX)},
                                      {"type", value_sym(&s.arena, &nametab_sock, SOCK_STREAM)}},
                     4);

    event_add(event, "sockets", value_array(&s.arena, &item, 1, 1));
    event_finish(&s, event);
}

START_TEST(inherited_sockets_are_known_by_inode)
{
    start_with(10, 3, 4711);
    start_with(20, 5, 4711);
    start_with(30, 3, 4712);
    ck_assert_uint_eq(sock_at(&s, 10, 3), 1);
    ck_assert_uint_eq(sock_at(&s, 20, 5), 1);
    ck_assert_uint_eq(sock_at(&s, 30, 3), 2);
    ck_assert(do_send(&s, 10, 3, "x")->is_stream);
    ck_assert_int_eq(model_sock(s.model, 1)->type, SOCK_STREAM);
    ck_assert_uint_eq(model_sock(s.model, 1)->born_seq, 0);
    ck_assert(!do_close(&s, 10, 3)->last_ref);
    ck_assert(do_close(&s, 20, 5)->last_ref);
    start_with(40, 3, 4711); /* the number of a dead inode, given again */
    ck_assert_uint_eq(sock_at(&s, 40, 3), 3);
}
END_TEST

START_TEST(unknown_tasks_and_sockets)
{
    struct event *event;

    /* No fork was seen, no socket call either: only its completion. */
    event = addr_call(&s, 10, "getsockname", 3, at_port(&s, 7000));
    call_leave(&s, event, 0);
    ck_assert_uint_eq(event->sock, 1);
    ck_assert_uint_eq(event->made[0], 0);
    ck_assert_uint_eq(sock_at(&s, 11, 3), 0);
    event = send_begin(&s, 11, 3, "a thread that was there before");
    ck_assert_uint_eq(event->sock, 1);
    event = addr_call(&s, 20, "connect", 3, at_port(&s, 7000));
    call_leave(&s, event, -EBADF);
    ck_assert_uint_eq(event->sock, 0);
    ck_assert_uint_eq(do_send(&s, 20, 5, "no proof of a socket")->sock, 0);
}
END_TEST

START_TEST(only_completions)
{
    struct event *event;

    do_socket(&s, 10, SOCK_STREAM, 3);
    event = fd_call(&s, 10, "close", 3);
    call_leave(&s, event, 0);
    ck_assert_uint_eq(event->sock, 1);
    ck_assert(event->last_ref);
}
END_TEST

START_TEST(unfinished_calls)
{
    struct event *event;

    make_listener(&s, 10, 3, 7000);
    event = accept_begin(&s, 10, 3, NULL);
    event->unfinished = true;
    event_finish(&s, event);
    ck_assert_uint_eq(event->sock, 1);
    ck_assert_uint_eq(event->made[0], 0);
    event = accept_begin(&s, 10, 3, NULL);
    do_exit(&s, 10);
    ck_assert_uint_eq(s.closed.len, 1);
    event->unfinished = true;
    event_finish(&s, event); /* told late: the dead task stays dead */
    ck_assert_uint_eq(event->sock, 1);
    ck_assert_int_eq(resolve_fd_kind(s.resolve, 10, 3), FD_OTHER);
}
END_TEST

START_TEST(epoll_descriptors)
{
    struct event *event = call_begin(&s, 10, "epoll_create1");

    event_add(event, "flags", value_flags(&s.arena, &nametab_epoll_flags, 0));
    call_whole(&s, event, 3);
    call_whole(&s, fd_call(&s, 10, "dup", 3), 4);
    do_socket(&s, 10, SOCK_STREAM, 5);
    ck_assert_str_eq(kinds(10, 3, 5), "EES");
    event = call_begin(&s, 10, "epoll_ctl");
    arg_fd(&s, event, "epfd", 3);
    arg_int(&s, event, "op", 1);
    arg_fd(&s, event, "fd", 5);
    call_whole(&s, event, 0);
    ck_assert_uint_eq(event->sock, 0);
    ck_assert_uint_eq(event->args[2].value->fd.sock, 1);
    do_close(&s, 10, 3);
    ck_assert_str_eq(kinds(10, 3, 5), ".ES");
}
END_TEST

START_TEST(descriptors_deep_in_values)
{
    struct event *event = call_begin(&s, 10, "poll");
    const struct value *pollfd, *before;

    do_socket(&s, 10, SOCK_STREAM, 3);
    pollfd = value_struct(&s.arena, "pollfd", (struct field[]){{"fd", value_fd(&s.arena, 3)}}, 1);
    before = value_array(&s.arena, &pollfd, 1, 1);
    event_add(event, "fds", value_changed(&s.arena, CHANGED_AUX, NULL, before, before));
    arg_int(&s, event, "nfds", 1);
    call_whole(&s, event, 1);
    ck_assert_uint_eq(value_field(value_final(event->args[0].value)->array.items[0], "fd")->fd.sock, 1);
    ck_assert_uint_eq(value_field(pollfd, "fd")->fd.sock, 0); /* values do not change, they are replaced */
}
END_TEST

static void note_fd(void *arg, int fd, uint64_t sock)
{
    buf_addf(arg, "%d=%d ", fd, (int)sock);
}

START_TEST(each_socket_ascends)
{
    struct buf out = {0};

    do_socket(&s, 10, SOCK_STREAM, 9);
    do_socket(&s, 10, SOCK_STREAM, 3);
    do_dup2(&s, 10, 9, 5);
    do_close(&s, 10, 3);
    resolve_each_socket(s.resolve, 10, note_fd, &out);
    resolve_each_socket(s.resolve, 77, note_fd, &out);
    ck_assert_str_eq(buf_str(&out), "5=1 9=1 ");
    buf_release(&out);
}
END_TEST

START_TEST(task_numbers_are_reused)
{
    do_socket(&s, 10, SOCK_STREAM, 3);
    do_fork(&s, 10, 20, SIGCHLD);
    do_exit(&s, 20);
    do_close(&s, 10, 3);
    do_socket(&s, 10, SOCK_STREAM, 4);
    do_fork(&s, 10, 20, SIGCHLD);
    ck_assert_str_eq(kinds(20, 3, 4), "WS");
    ck_assert_uint_eq(sock_at(&s, 20, 4), 2);
}
END_TEST

static void add(Suite *suite)
{
    const TTest *const tests[] = {
        identities_in_order_of_birth,
        failed_calls_make_nothing,
        data_calls_know_streams,
        duplicates_are_references,
        dup2_closes_what_it_overwrites,
        low_sockets_are_told,
        fork_copies_the_table,
        threads_share_the_table,
        processes_may_share_the_table,
        exit_closes_what_is_left,
        exec_closes_cloexec,
        cloexec_of_copies,
        exec_leaves_a_shared_table,
        exec_from_a_thread,
        close_range_closes_and_marks,
        number_reused_while_close_returns,
        socket_of_a_call_is_that_of_its_entry,
        calls_nest,
        double_close_is_told,
        missed_close_is_made_up_for,
        sent_descriptors_keep_their_identity,
        sent_descriptors_are_those_of_the_entry,
        a_pidfd_is_no_socket,
        messages_are_received_in_order,
        descriptors_that_nobody_receives,
        truncated_control_drops_the_rest,
        inherited_sockets_are_known_by_inode,
        unknown_tasks_and_sockets,
        only_completions,
        unfinished_calls,
        epoll_descriptors,
        descriptors_deep_in_values,
        each_socket_ascends,
        task_numbers_are_reused,
    };

    script_suite(suite, tests, ARRAY_LEN(tests), setup, teardown);
}

SUITE_MAIN("resolve", add)
