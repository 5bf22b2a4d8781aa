/* unit/decode/test_calls.c: the table of calls holds together, and with that of canonical forms. */
#include "../suite.h"
#include "decode/call.h"
#include "event/canon.h"

#include <string.h>

START_TEST(rows_are_sound)
{
    const struct call *call;
    size_t count = 0;

    for (; (call = call_at(count)); count++) {
        size_t present = 0;

        ck_assert_ptr_eq(call_by_name(call->name), call);
        ck_assert_msg(canon_of_syscall(call->name) == call->canon, "%s", call->name);
        while (present < 6 && call->args[present].name)
            present++;
        ck_assert_msg(present == call->nargs, "%s: %zu arguments", call->name, present);
        for (size_t i = 0; i < call->nargs; i++) {
            ck_assert_ptr_nonnull(call->args[i].kind);
            ck_assert_msg(call->args[i].other < call->nargs, "%s: %s", call->name, call->args[i].name);
            ck_assert_uint_le(call->args[i].kind->depth, 3);
        }
        for (unsigned i = 0; i < call->nargs; i++)
            ck_assert_msg(!(call_fds(call) >> i & 1) || strstr(call->args[i].name, "fd"), "%s: %s",
                          call->name, call->args[i].name);
        if (call->flags & (CALL_IF_SOCK | CALL_PIDFD))
            ck_assert_msg(call_fds(call) & 1, "%s", call->name);
        ck_assert_msg((call->flags & (CALL_NETWORK | CALL_DESC)) || !strcmp(call->name, "close_range"), "%s",
                      call->name);
        if (call->flags & CALL_PIDFD)
            ck_assert_str_eq(call->args[0].name, "pidfd");
    }
    ck_assert_uint_ge(count, 38);
    ck_assert_ptr_null(call_by_name("open"));
}
END_TEST

START_TEST(descriptors)
{
    static const struct {
        const char *call;
        unsigned fds;
    } calls[] = {
        {"read", 1}, {"socket", 0}, {"dup2", 3},        {"sendfile", 3},  {"splice", 5},   {"tee", 3},
        {"poll", 0}, {"close", 1},  {"close_range", 0}, {"epoll_ctl", 5}, {"vmsplice", 1}, {"pidfd_getfd", 1},
    };

    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
        ck_assert_msg(call_fds(call_by_name(calls[i].call)) == calls[i].fds, "%s", calls[i].call);
}
END_TEST

/* Each call that can be traced has a canonical form, and each form belongs to a call that can be traced. */
START_TEST(forms_have_rows)
{
    const char *name;

    for (size_t i = 0; (name = canon_syscall_at(i)); i++)
        ck_assert_msg(call_by_name(name) != NULL, "%s", name);
}
END_TEST

START_TEST(depths)
{
    ck_assert_uint_eq(call_depth(call_by_name("listen"), false), 0);
    ck_assert_uint_eq(call_depth(call_by_name("listen"), true), 0);
    ck_assert_uint_eq(call_depth(call_by_name("connect"), false), 1);
    ck_assert_uint_eq(call_depth(call_by_name("connect"), true), 0);
    ck_assert_uint_eq(call_depth(call_by_name("accept"), false), 1);
    ck_assert_uint_eq(call_depth(call_by_name("accept"), true), 2);
    ck_assert_uint_eq(call_depth(call_by_name("sendmsg"), false), 3);
    ck_assert_uint_eq(call_depth(call_by_name("recvmsg"), true), 3);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "rows", rows_are_sound);
    suite_add(suite, "descriptors", descriptors);
    suite_add(suite, "forms", forms_have_rows);
    suite_add(suite, "depths", depths);
}

SUITE_MAIN("calls", add)
