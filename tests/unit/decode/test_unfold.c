/* unit/decode/test_unfold.c: calls that carry another: socketcall(2) and the old select(2) of i386. */
#include "../suite.h"
#include "decode/unfold.h"
#include "memory.h"

#include <string.h>

enum { AT = 0x10000, ELSEWHERE = 0x66000 };

static const uint32_t words[6] = {7, 0x20000, 5, 0xffffffff, 0x30000, 16};
static const struct block blocks[BLOCKS_MAX] = {{AT, words, sizeof(words)}};

static const struct row {
    const char *call;
    uint64_t args[2];
    const char *carried;
    size_t nargs;
} rows[] = {
    {"socketcall", {1, AT}, "socket", 3},      {"socketcall", {2, AT}, "bind", 3},
    {"socketcall", {3, AT}, "connect", 3},     {"socketcall", {4, AT}, "listen", 2},
    {"socketcall", {5, AT}, "accept", 3},      {"socketcall", {6, AT}, "getsockname", 3},
    {"socketcall", {7, AT}, "getpeername", 3}, {"socketcall", {8, AT}, "socketpair", 4},
    {"socketcall", {9, AT}, "send", 4},        {"socketcall", {10, AT}, "recv", 4},
    {"socketcall", {11, AT}, "sendto", 6},     {"socketcall", {12, AT}, "recvfrom", 6},
    {"socketcall", {13, AT}, "shutdown", 2},   {"socketcall", {14, AT}, "setsockopt", 5},
    {"socketcall", {15, AT}, "getsockopt", 5}, {"socketcall", {16, AT}, "sendmsg", 3},
    {"socketcall", {17, AT}, "recvmsg", 3},    {"socketcall", {18, AT}, "accept4", 4},
    {"socketcall", {19, AT}, "recvmmsg", 5},   {"socketcall", {20, AT}, "sendmmsg", 4},
    {"select", {AT, 0}, "select", 5},
};

static struct memory memory_of(void)
{
    return (struct memory){.peek.read = memory_read, .blocks = blocks};
}

START_TEST(carried)
{
    struct rawcall raw = {.abi = ABI_32, .args = {rows[_i].args[0], rows[_i].args[1], 1, 1, 1, 1}};
    struct memory memory = memory_of();
    uint64_t at = 0;
    const struct call *call = unfold_call(call_by_name(rows[_i].call), &raw, &at, &memory.peek);

    ck_assert_str_eq(call->name, rows[_i].carried);
    ck_assert_uint_eq(call->nargs, rows[_i].nargs);
    ck_assert_uint_eq(at, AT);
    for (size_t i = 0; i < 6; i++)
        ck_assert_uint_eq(raw.args[i], i < rows[_i].nargs ? words[i] : 0);
}
END_TEST

/* What carries nothing, or can't be read, stays what it is. */
START_TEST(stays)
{
    static const struct {
        const char *call;
        enum abi abi;
        uint64_t args[2];
    } calls[] = {
        {"socketcall", ABI_32, {0, AT}},
        {"socketcall", ABI_32, {21, AT}},
        {"socketcall", ABI_32, {UINT32_MAX, AT}},
        {"socketcall", ABI_32, {1, 0}},
        {"socketcall", ABI_32, {1, ELSEWHERE}},
        {"socketcall", ABI_32, {11, AT + 4}},
        {"select", ABI_32, {ELSEWHERE, 0}},
        {"select", ABI_NATIVE, {AT, 0}},
        {"bind", ABI_32, {1, AT}},
    };

    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        struct rawcall raw = {.abi = calls[i].abi, .args = {calls[i].args[0], calls[i].args[1]}},
                       before = raw;
        struct memory memory = memory_of();
        const struct call *call = call_by_name(calls[i].call);

        uint64_t at = 0;

        ck_assert_ptr_eq(unfold_call(call, &raw, &at, &memory.peek), call);
        ck_assert_uint_eq(at, 0);
        ck_assert_mem_eq(&raw, &before, sizeof(raw));
    }
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "carried", carried, sizeof(rows) / sizeof(rows[0]));
    suite_add(suite, "stays", stays);
}

SUITE_MAIN("unfold", add)
