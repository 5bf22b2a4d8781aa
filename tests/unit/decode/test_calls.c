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
        if (call->flags & CALL_FD)
            ck_assert_msg(strstr(call->args[0].name, "fd") != NULL, "%s", call->name);
        if (call->flags & CALL_FD2)
            ck_assert_str_eq(call->args[1].name, "newfd");
    }
    ck_assert_uint_ge(count, 38);
    ck_assert_ptr_null(call_by_name("open"));
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
    suite_add(suite, "forms", forms_have_rows);
    suite_add(suite, "depths", depths);
}

SUITE_MAIN("calls", add)
