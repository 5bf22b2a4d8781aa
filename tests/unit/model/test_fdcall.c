/* unit/model/test_fdcall.c: calls with a socket at one of two ends, references to sockets of other processes,
 * and numbers that stop being sockets. */
#include "script.h"

#include <linux/close_range.h>
#include <linux/sockios.h>

static struct script s;

static void setup(void)
{
    script_init(&s);
}

static void teardown(void)
{
    script_release(&s);
}

static struct event *two_ended(int tid, const char *name, const char *in_name, int in, const char *out_name,
                               int out, int64_t result)
{
    struct event *event = call_begin(&s, tid, name);

    arg_fd(&s, event, in_name, in);
    arg_fd(&s, event, out_name, out);
    arg_int(&s, event, "len", 100);
    return call_whole(&s, event, result);
}

static struct event *do_splice(int tid, int in, int out, int64_t result)
{
    return two_ended(tid, "splice", "fd_in", in, "fd_out", out, result);
}

static struct event *do_sendfile(int tid, int out, int in, int64_t result)
{
    return two_ended(tid, "sendfile", "out_fd", out, "in_fd", in, result);
}

START_TEST(splice_is_on_the_end_that_is_a_socket)
{
    struct event *in, *out, *end;

    make_client(&s, 10, 3, 7000);
    in = do_splice(10, 3, 8, 5);
    ck_assert_uint_eq(in->sock, 1);
    ck_assert(in->is_stream);
    ck_assert_int_eq(in->canon, CANON_RECV);
    ck_assert_int_eq(in->cargs[0]->fd.n, 3);
    ck_assert_uint_eq(in->args[0].value->fd.sock, 1);
    ck_assert_uint_eq(in->args[1].value->fd.sock, 0);
    out = do_splice(10, 7, 3, 4);
    ck_assert_uint_eq(out->sock, 1);
    ck_assert_int_eq(out->canon, CANON_SEND);
    ck_assert_int_eq(out->cargs[0]->fd.n, 3);
    ck_assert_uint_eq(out->args[1].value->fd.sock, 1);
    end = do_splice(10, 3, 8, 0);
    ck_assert_uint_eq(end->range.from, 5);
    ck_assert_uint_eq(model_sock(s.model, 1)->bytes[MODEL_RECV], 5);
    ck_assert_uint_eq(model_sock(s.model, 1)->bytes[MODEL_SEND], 4);
    ck_assert_uint_eq(do_splice(10, 7, 8, 4)->sock, 0);
}
END_TEST

START_TEST(sendfile_may_read_from_a_socket)
{
    struct event *event;

    make_client(&s, 10, 3, 7000);
    event = do_sendfile(10, 3, 7, 5);
    ck_assert_int_eq(event->canon, CANON_SEND);
    ck_assert_uint_eq(event->sock, 1);
    event = do_sendfile(10, 8, 3, 6);
    ck_assert_int_eq(event->canon, CANON_RECV);
    ck_assert_uint_eq(event->sock, 1);
    ck_assert_uint_eq(model_sock(s.model, 1)->bytes[MODEL_RECV], 6);
}
END_TEST

/* Whatever became of the number meanwhile. */
START_TEST(a_call_keeps_the_socket_of_its_entry)
{
    struct event *event = call_begin(&s, 11, "splice");

    make_client(&s, 10, 3, 7000);
    do_fork(&s, 10, 11, CLONE_THREAD | CLONE_FILES);
    arg_fd(&s, event, "fd_in", 7);
    arg_fd(&s, event, "fd_out", 3);
    call_enter(&s, event);
    do_close(&s, 10, 3);
    do_socket(&s, 10, SOCK_STREAM, 3);
    call_leave(&s, event, 5);
    ck_assert_uint_eq(event->sock, 1);
    ck_assert_uint_eq(event->args[1].value->fd.sock, 1);
    ck_assert_int_eq(event->canon, CANON_SEND);
}
END_TEST

START_TEST(splice_on_a_closed_socket_names_it)
{
    struct event *event;

    do_socket(&s, 10, SOCK_STREAM, 3);
    do_close(&s, 10, 3);
    event = do_splice(10, 7, 3, -EBADF);
    ck_assert_uint_eq(event->sock, 1);
    ck_assert_int_eq(event->canon, CANON_SEND);
    ck_assert_int_eq(resolve_fd_kind(s.resolve, 10, 3), FD_WAS_SOCKET);
}
END_TEST

/* Success on a number, or ENOTSOCK, shows that it is something else now; EBADF and other errors do not. */
START_TEST(numbers_stop_being_sockets)
{
    static const struct {
        const char *call;
        int64_t result;
        enum fd_kind kind;
    } cases[] = {
        {"read", 5, FD_OTHER},           {"write", 5, FD_OTHER},          {"fcntl", 0, FD_OTHER},
        {"close", 0, FD_OTHER},          {"read", -EBADF, FD_WAS_SOCKET}, {"read", -EFAULT, FD_WAS_SOCKET},
        {"listen", -ENOTSOCK, FD_OTHER}, {"listen", 0, FD_SOCKET},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int fd = 3 + (int)i;

        do_socket(&s, 10, SOCK_STREAM, fd);
        do_close(&s, 10, fd);
        call_whole(&s, fd_call(&s, 10, cases[i].call, fd), cases[i].result);
        ck_assert_msg(resolve_fd_kind(s.resolve, 10, fd) == cases[i].kind, "%s = %lld", cases[i].call,
                      (long long)cases[i].result);
    }
}
END_TEST

START_TEST(a_namespace_is_no_socket)
{
    struct event *event;

    do_socket(&s, 10, SOCK_STREAM, 3);
    do_socket(&s, 10, SOCK_STREAM, 4);
    do_close(&s, 10, 4);
    event = fd_call(&s, 10, "ioctl", 3);
    event_add(event, "request", value_sym(&s.arena, &nametab_ioctl, SIOCGSKNS));
    call_whole(&s, event, 4);
    ck_assert_int_eq(resolve_fd_kind(s.resolve, 10, 4), FD_OTHER);
}
END_TEST

static struct event *getfd_begin(int tid, int target, uint64_t sock)
{
    struct event *event = call_begin(&s, tid, "pidfd_getfd");

    arg_fd(&s, event, "pidfd", 9);
    arg_int(&s, event, "targetfd", target);
    event->sock = sock;
    return call_enter(&s, event);
}

static struct event *getfd_end(struct event *event, int64_t result)
{
    if (result >= 0)
        event->ret = value_fd(&s.arena, (int)result);
    return call_leave(&s, event, result);
}

START_TEST(pidfd_getfd_refers_to_the_same_socket)
{
    struct event *event;

    do_socket(&s, 20, SOCK_STREAM, 5);
    event = getfd_end(getfd_begin(10, 5, 1), 3);
    ck_assert_uint_eq(event->sock, 1);
    ck_assert_uint_eq(event->ret->fd.sock, 1);
    ck_assert_uint_eq(event->args[0].value->fd.sock, 0);
    ck_assert_uint_eq(sock_at(&s, 10, 3), 1);
    ck_assert(!do_close(&s, 20, 5)->last_ref);
    do_exec(&s, 10); /* the kernel makes it close at exec */
    ck_assert_uint_eq(s.closed.len, 1);
    ck_assert(s.closed.items[0]->last_ref);
}
END_TEST

/* Its owner closes it while it is on its way. */
START_TEST(pidfd_getfd_holds_on)
{
    struct event *event;

    do_socket(&s, 20, SOCK_STREAM, 5);
    event = getfd_begin(10, 5, 1);
    ck_assert(!do_close(&s, 20, 5)->last_ref);
    getfd_end(event, 3);
    ck_assert_uint_eq(s.closed.len, 0);
    event = getfd_begin(20, 3, 1);
    ck_assert(!do_close(&s, 10, 3)->last_ref);
    getfd_end(event, -EBADF);
    ck_assert_uint_eq(s.closed.len, 1);
    ck_assert_uint_eq(s.closed.items[0]->sock, 1);
    ck_assert(s.closed.items[0]->last_ref);
    ck_assert_str_eq(why_of(&s, s.closed.items[0]), "in flight");
}
END_TEST

/* Of a process that is not traced: the kernel shows whether it is a socket, and which. */
START_TEST(pidfd_getfd_from_outside)
{
    struct event *event = getfd_begin(10, 5, 0), *again;

    kernel_says(event, at_port(&s, 7000), NULL);
    event->kernel.inodes[0] = 412;
    getfd_end(event, 3);
    ck_assert_uint_eq(event->sock, 1);
    ck_assert_uint_eq(event->made[0], 0);
    ck_assert_uint_eq(event->ret->fd.sock, 1);
    again = getfd_begin(10, 5, 0);
    kernel_says(again, at_port(&s, 7000), NULL);
    again->kernel.inodes[0] = 412;
    ck_assert_uint_eq(getfd_end(again, 4)->sock, 1);

    do_close(&s, 10, 4);
    ck_assert_uint_eq(getfd_end(getfd_begin(10, 6, 0), 4)->sock, 0);
    ck_assert_int_eq(resolve_fd_kind(s.resolve, 10, 4), FD_OTHER);
}
END_TEST

/* Another thread gets a number out of the range before the return of close_range is seen. */
START_TEST(close_range_leaves_what_came_later)
{
    struct event *event;

    do_socket(&s, 10, SOCK_STREAM, 3);
    do_socket(&s, 10, SOCK_STREAM, 4);
    do_fork(&s, 10, 11, CLONE_THREAD | CLONE_FILES);
    event = call_begin(&s, 10, "close_range");
    arg_int(&s, event, "first", 3);
    arg_int(&s, event, "last", 9);
    arg_int(&s, event, "flags", 0);
    call_enter(&s, event);
    do_socket(&s, 11, SOCK_STREAM, 4);
    call_leave(&s, event, 0);
    ck_assert_uint_eq(s.closed.len, 1);
    ck_assert_uint_eq(s.closed.items[0]->sock, 1);
    ck_assert_uint_eq(sock_at(&s, 11, 3), 0);
    ck_assert_uint_eq(sock_at(&s, 11, 4), 3);
}
END_TEST

static void add(Suite *suite)
{
    const TTest *const tests[] = {
        splice_is_on_the_end_that_is_a_socket,
        sendfile_may_read_from_a_socket,
        a_call_keeps_the_socket_of_its_entry,
        splice_on_a_closed_socket_names_it,
        numbers_stop_being_sockets,
        a_namespace_is_no_socket,
        pidfd_getfd_refers_to_the_same_socket,
        pidfd_getfd_holds_on,
        pidfd_getfd_from_outside,
        close_range_leaves_what_came_later,
    };

    script_suite(suite, tests, ARRAY_LEN(tests), setup, teardown);
}

SUITE_MAIN("fdcall", add)
