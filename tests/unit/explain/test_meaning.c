/* unit/explain/test_meaning.c: the table of errors is whole, and in the form that its readers rely on. */
#include "../suite.h"
#include "base/vec.h"
#include "explain/meaning.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

START_TEST(sentences_are_sentences)
{
    for (const struct meaning *it = meanings; it->err; it++) {
        const char *both[] = {it->why, it->cure};

        ck_assert_ptr_nonnull(nametab_name(&nametab_errno, (uint64_t)it->err));
        for (size_t i = 0; i < ARRAY_LEN(both); i++) {
            ck_assert_msg(strlen(both[i]) > 10 && strlen(both[i]) <= 100, "%s", both[i]);
            ck_assert_msg(both[i][strlen(both[i]) - 1] != '.' && both[i][0] != ' ', "%s", both[i]);
        }
    }
}
END_TEST

/* meaning_next looks no further than the next row. */
START_TEST(rows_of_an_error_stand_together)
{
    for (const struct meaning *it = meanings; it->err; it++)
        for (const struct meaning *other = it + 1; other->err; other++)
            if (other->canon == it->canon && other->err == it->err)
                ck_assert_msg(meaning_next(other - 1) == other, "%s %s", canon_name(it->canon), other->why);
}
END_TEST

START_TEST(every_call_has_its_general_errors)
{
    enum canon canon = (enum canon)(_i + CANON_SOCKET);

    ck_assert_ptr_nonnull(meaning_find(canon, EBADF));
    ck_assert_ptr_nonnull(meaning_find(canon, EFAULT));
    ck_assert_ptr_nonnull(meaning_find(canon, ENOMEM));
    ck_assert_ptr_null(meaning_find(canon, EXDEV));
}
END_TEST

/* What the manual pages of the calls list, and what Linux returns beside it. */
static const struct {
    enum canon canon;
    int errs[24];
} listed[] = {
    {CANON_SOCKET, {EACCES, EAFNOSUPPORT, EINVAL, EMFILE, ENFILE, ENOBUFS, ENOMEM, EPROTONOSUPPORT, EPERM}},
    {CANON_SOCKET, {ESOCKTNOSUPPORT}},
    {CANON_SOCKETPAIR, {EAFNOSUPPORT, EFAULT, EMFILE, ENFILE, EOPNOTSUPP, EPROTONOSUPPORT, EINVAL}},
    {CANON_BIND, {EACCES, EADDRINUSE, EBADF, EINVAL, ENOTSOCK, EADDRNOTAVAIL, EFAULT, ELOOP, ENAMETOOLONG}},
    {CANON_BIND, {ENOENT, ENOMEM, ENOTDIR, EROFS, EAFNOSUPPORT, ENODEV, EPERM}},
    {CANON_LISTEN, {EADDRINUSE, EBADF, ENOTSOCK, EOPNOTSUPP, EINVAL}},
    {CANON_ACCEPT, {EAGAIN, EBADF, ECONNABORTED, EFAULT, EINTR, EINVAL, EMFILE, ENFILE, ENOBUFS, ENOMEM}},
    {CANON_ACCEPT, {ENOTSOCK, EOPNOTSUPP, EPERM, EPROTO}},
    {CANON_CONNECT, {EACCES, EPERM, EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EAGAIN, EALREADY, EBADF}},
    {CANON_CONNECT, {ECONNREFUSED, EFAULT, EINPROGRESS, EINTR, EISCONN, ENETUNREACH, ENOTSOCK, EPROTOTYPE}},
    {CANON_CONNECT, {ETIMEDOUT, EINVAL, ENOENT, EHOSTUNREACH, ECONNABORTED}},
    {CANON_SEND, {EACCES, EAGAIN, EBADF, ECONNRESET, EDESTADDRREQ, EFAULT, EINTR, EINVAL, EISCONN}},
    {CANON_SEND, {EMSGSIZE, ENOBUFS, ENOMEM, ENOTCONN, ENOTSOCK, EOPNOTSUPP, EPIPE, ETOOMANYREFS}},
    {CANON_SENDTO, {EACCES, EAGAIN, EDESTADDRREQ, EINVAL, EMSGSIZE, EAFNOSUPPORT, ECONNREFUSED, ENETUNREACH}},
    {CANON_RECV,
     {EAGAIN, EBADF, ECONNREFUSED, EFAULT, EINTR, EINVAL, ENOMEM, ENOTCONN, ENOTSOCK, ECONNRESET}},
    {CANON_RECVFROM, {EAGAIN, EBADF, ECONNREFUSED, EFAULT, EINTR, EINVAL, ENOMEM, ENOTSOCK}},
    {CANON_SHUTDOWN, {EBADF, EINVAL, ENOTCONN, ENOTSOCK}},
    {CANON_CLOSE, {EBADF, EINTR}},
    {CANON_GETSOCKNAME, {EBADF, EFAULT, EINVAL, ENOBUFS, ENOTSOCK}},
    {CANON_GETPEERNAME, {EBADF, EFAULT, EINVAL, ENOBUFS, ENOTCONN, ENOTSOCK}},
    {CANON_SETSOCKOPT, {EBADF, EFAULT, EINVAL, ENOPROTOOPT, ENOTSOCK, EDOM, EPERM, EOPNOTSUPP}},
    {CANON_GETSOCKOPT, {EBADF, EFAULT, EINVAL, ENOPROTOOPT, ENOTSOCK, EOPNOTSUPP}},
    {CANON_WAIT, {EBADF, EINTR, EINVAL, ENOMEM, EFAULT}},
    {CANON_EPOLL_CREATE, {EINVAL, EMFILE, ENFILE, ENOMEM}},
    {CANON_EPOLL_CTL, {EBADF, EEXIST, EINVAL, ELOOP, ENOENT, ENOMEM, ENOSPC, EPERM}},
    {CANON_FCNTL, {EBADF, EINVAL, EMFILE}},
    {CANON_DUP, {EBADF, EBUSY, EINTR, EINVAL, EMFILE}},
    {CANON_IOCTL, {EBADF, EFAULT, EINVAL, ENOTTY}},
};

START_TEST(what_manual_pages_list_is_there)
{
    for (size_t i = 0; i < ARRAY_LEN(listed[_i].errs) && listed[_i].errs[i]; i++)
        ck_assert_msg(meaning_find(listed[_i].canon, listed[_i].errs[i]) != NULL, "%s %s",
                      canon_name(listed[_i].canon), strerror(listed[_i].errs[i]));
}
END_TEST

START_TEST(the_calls_own_row_comes_before_that_of_any)
{
    ck_assert_int_eq(meaning_find(CANON_CLOSE, EBADF)->canon, CANON_CLOSE);
    ck_assert_int_eq(meaning_find(CANON_LISTEN, EBADF)->canon, CANON_NONE);
    ck_assert_ptr_nonnull(meaning_next(meaning_find(CANON_BIND, EINVAL)));
    ck_assert_ptr_null(meaning_next(meaning_find(CANON_CLOSE, EBADF)));
}
END_TEST

START_TEST(one_reason_holds_where_nothing_shows)
{
    for (const struct meaning *it = meanings; it->err; it++) {
        size_t plain = 0;

        for (const struct meaning *at = meaning_find(it->canon, it->err); at; at = meaning_next(at))
            plain += at->when == WHEN_EVER;
        ck_assert_msg(plain == 1, "%s %s: %zu", canon_name(it->canon), strerror(it->err), plain);
    }
}
END_TEST

/* What the kernel was given, and a part of what it means that it failed. */
static const struct {
    enum canon canon;
    const char *name;
    int err;
    int family, own_family; /* of the address, and of the socket; 0: none */
    const char *arg;        /* beside them; or NULL */
    int64_t n;
    const char *why;
} told[] = {
    {CANON_ACCEPT, "accept", EINVAL, 0, AF_INET, NULL, 0, "does not listen"},
    {CANON_ACCEPT, "accept", EINVAL, 0, AF_INET, "addrlen", -5, "negative"},
    {CANON_ACCEPT, "accept", EINVAL, 0, AF_INET, "addrlen", UINT32_MAX, "negative"},
    {CANON_ACCEPT, "accept4", EINVAL, 0, AF_INET, "flags", 1, "flag"},
    {CANON_ACCEPT, "accept4", EINVAL, 0, AF_INET, "flags", SOCK_CLOEXEC, "does not listen"},
    {CANON_BIND, "bind", EINVAL, AF_INET, AF_INET, "addrlen", 16, "already has an address"},
    {CANON_BIND, "bind", EINVAL, AF_INET, AF_INET, "addrlen", 8, "length"},
    {CANON_BIND, "bind", EINVAL, AF_INET6, AF_INET6, "addrlen", 16, "length"},
    {CANON_BIND, "bind", EINVAL, AF_INET6, AF_INET6, "addrlen", 28, "already has an address"},
    {CANON_BIND, "bind", EINVAL, AF_INET, AF_INET6, "addrlen", 16, "length"},
    {CANON_BIND, "bind", EINVAL, AF_UNIX, AF_UNIX, "addrlen", 9, "already has an address"},
    {CANON_BIND, "bind", EINVAL, AF_UNIX, AF_UNIX, "addrlen", 200, "length"},
    {CANON_BIND, "bind", EADDRINUSE, AF_INET, AF_INET, "addrlen", 16, "Another socket"},
    {CANON_BIND, "bind", EADDRINUSE, AF_UNIX, AF_UNIX, "addrlen", 9, "file at that path"},
    {CANON_LISTEN, "listen", EINVAL, 0, AF_INET, NULL, 0, "connected already"},
    {CANON_LISTEN, "listen", EINVAL, 0, AF_UNIX, NULL, 0, "no address"},
    {CANON_CONNECT, "connect", EACCES, AF_INET, AF_INET, "addrlen", 16, "broadcast"},
    {CANON_CONNECT, "connect", EACCES, AF_UNIX, 0, "addrlen", 16, "may not write"},
    {CANON_CONNECT, "connect", ECONNREFUSED, AF_UNIX, 0, "addrlen", 16, "the file is there"},
    {CANON_SENDTO, "sendto", EINVAL, AF_INET, AF_INET, "sin_port", 0, "port is 0"},
    {CANON_SENDTO, "sendto", EINVAL, AF_INET, AF_INET, "sin_port", 7000, "local address"},
    {CANON_RECV, "recvfrom", EINVAL, 0, AF_INET, "flags", MSG_OOB, "urgent"},
    {CANON_RECV, "recvfrom", EINVAL, 0, AF_UNIX, "flags", 0, "no connection"},
    {CANON_WAIT, "poll", EINVAL, 0, 0, NULL, 0, "number of descriptors"},
    {CANON_WAIT, "pselect6", EINVAL, 0, 0, NULL, 0, "nfds"},
    {CANON_WAIT, "epoll_pwait", EINVAL, 0, 0, NULL, 0, "no epoll instance"},
};

static const struct value *address_of(struct arena *arena, int family, const char *arg, int64_t n)
{
    bool has_port = arg && strcmp(arg, "sin_port") == 0;
    struct field fields[] = {
        {"sa_family", value_sym(arena, &nametab_af, (uint64_t)family)},
        {"sin_port", value_int(arena, n)},
    };

    return value_struct(arena, "sockaddr", fields, has_port ? 2 : 1);
}

START_TEST(arguments_tell_which_reason_it_is)
{
    struct arena arena = {0};
    struct event event = {.kind = EVENT_CALL,
                          .canon = told[_i].canon,
                          .name = told[_i].name,
                          .err = told[_i].err,
                          .result = -1};
    const char *arg = told[_i].arg;

    if (told[_i].own_family)
        event.kernel.local = address_of(&arena, told[_i].own_family, NULL, 0);
    if (told[_i].family)
        event_add(&event, "addr", address_of(&arena, told[_i].family, arg, told[_i].n));
    if (arg && strcmp(arg, "sin_port") != 0)
        event_add(&event, arg, value_int(&arena, told[_i].n));
    ck_assert_msg(strstr(meaning_of(&event)->why, told[_i].why) != NULL, "%s", meaning_of(&event)->why);
    arena_release(&arena);
}
END_TEST

START_TEST(a_stream_is_refused_by_its_connect)
{
    struct event event = {.kind = EVENT_CALL, .canon = CANON_RECV, .name = "recvfrom", .err = ECONNREFUSED};

    ck_assert_ptr_nonnull(strstr(meaning_of(&event)->why, "datagram"));
    event.is_stream = true;
    ck_assert_ptr_nonnull(strstr(meaning_of(&event)->why, "only begun"));
}
END_TEST

START_TEST(of_other_calls_nothing_is_said)
{
    struct event event = {.kind = EVENT_CALL, .canon = CANON_BIND, .name = "bind"};

    ck_assert_ptr_null(meaning_of(&event));
    event.err = EXDEV;
    ck_assert_ptr_null(meaning_of(&event));
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "sentences", sentences_are_sentences);
    suite_add(suite, "together", rows_of_an_error_stand_together);
    suite_add_loop(suite, "general", every_call_has_its_general_errors, CANON_OTHER - CANON_SOCKET);
    suite_add_loop(suite, "listed", what_manual_pages_list_is_there, (int)ARRAY_LEN(listed));
    suite_add(suite, "one", one_reason_holds_where_nothing_shows);
    suite_add_loop(suite, "arguments", arguments_tell_which_reason_it_is, (int)ARRAY_LEN(told));
    suite_add(suite, "stream", a_stream_is_refused_by_its_connect);
    suite_add(suite, "others", of_other_calls_nothing_is_said);
    suite_add(suite, "own", the_calls_own_row_comes_before_that_of_any);
}

SUITE_MAIN("meaning", add)
