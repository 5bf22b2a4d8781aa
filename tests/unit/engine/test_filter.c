/* unit/engine/test_filter.c: which system call numbers mean something, to which kind of program. */
#include "../suite.h"
#include "engine/filter.h"
#include "engine/watch.h"

#include <linux/audit.h>
#include <string.h>
#include <sys/syscall.h>

#if defined __x86_64__
enum { NATIVE = AUDIT_ARCH_X86_64, OTHER = AUDIT_ARCH_I386 };
#else
enum { NATIVE = AUDIT_ARCH_AARCH64, OTHER = AUDIT_ARCH_ARM };
#endif

static struct filter made(void)
{
    struct filter filter;
    struct err err;

    ck_assert_msg(filter_init(&filter, false, &err), "%s", err.msg);
    return filter;
}

START_TEST(both_architectures)
{
    struct filter filter = made();
    enum abi abi;

    ck_assert(filter_abi(&filter, NATIVE, SYS_socket, &abi));
    ck_assert_int_eq(abi, ABI_NATIVE);
    ck_assert(filter_abi(&filter, OTHER, 1, &abi));
    ck_assert_int_eq(abi, ABI_32);
    ck_assert(!filter_abi(&filter, AUDIT_ARCH_S390X, 1, &abi));
    ck_assert(!filter_abi(&filter, NATIVE, 0x40000000 | SYS_socket, &abi)); /* x32 */
    ck_assert_uint_gt(filter.program.len, 0);
    filter_release(&filter);
}
END_TEST

START_TEST(numbers_have_rows)
{
    struct filter filter = made();

    ck_assert_str_eq(filter_row(&filter, ABI_NATIVE, SYS_socket)->call->name, "socket");
    ck_assert_str_eq(filter_row(&filter, ABI_NATIVE, SYS_clone3)->watch->name, "clone3");
    ck_assert_ptr_null(filter_row(&filter, ABI_NATIVE, SYS_getpid));
    ck_assert_ptr_null(filter_row(&filter, ABI_NATIVE, UINT64_MAX));
    ck_assert_ptr_null(filter_row(&filter, ABI_32, (uint64_t)1 << 32));
    filter_release(&filter);
}
END_TEST

#if defined __x86_64__
/* linux/arch/x86/entry/syscalls/syscall_32.tbl: calls that have a number of their own beside socketcall's,
 * and those that only such programs have. */
static const struct {
    uint64_t nr;
    const char *call;
} numbers[] = {
    {102, "socketcall"}, {359, "socket"},       {364, "accept4"},         {361, "bind"},
    {82, "select"},      {142, "_newselect"},   {221, "fcntl64"},         {55, "fcntl"},
    {239, "sendfile64"}, {414, "ppoll_time64"}, {413, "pselect6_time64"}, {417, "recvmmsg_time64"},
    {3, "read"},         {6, "close"},
};

START_TEST(i386_numbers)
{
    struct filter filter = made();
    const struct filter_row *row = filter_row(&filter, ABI_32, numbers[_i].nr);

    ck_assert_ptr_nonnull(row);
    ck_assert_str_eq(row->call->name, numbers[_i].call);
    filter_release(&filter);
}
END_TEST
#endif

static void add(Suite *suite)
{
    suite_add(suite, "architectures", both_architectures);
    suite_add(suite, "numbers", numbers_have_rows);
#if defined __x86_64__
    suite_add_loop(suite, "i386", i386_numbers, sizeof(numbers) / sizeof(numbers[0]));
#endif
}

SUITE_MAIN("filter", add)
