/* unit/event/test_value.c: making, copying, comparing and asking values of every kind. */
#include "../suite.h"
#include "base/alloc.h"
#include "event/value.h"

#include <string.h>
#include <sys/socket.h>

enum { KINDS = VALUE_CHANGED + 1 };

/* One value of each kind; `variant` makes another one of the same kind. */
static const struct value *sample(struct arena *arena, enum value_kind kind, unsigned variant)
{
    const uint8_t ip[16] = {127, 0, 0, (uint8_t)variant};
    struct field fields[2] = {{"l_onoff", value_int(arena, variant)}, {"l_linger", value_int(arena, 5)}};
    const struct value *items[2] = {value_int(arena, 3), value_int(arena, variant)};

    switch (kind) {
    case VALUE_NULL: return value_null(arena);
    case VALUE_INT: return value_uint(arena, 7 + variant, INT_HEX);
    case VALUE_SYM: return value_sym(arena, &nametab_af, AF_INET + variant);
    case VALUE_FLAGS: return value_flags(arena, &nametab_msg, variant);
    case VALUE_BYTES: return value_bytes(arena, variant ? "a\0b" : "a\0c", 3, 100);
    case VALUE_STRUCT: return value_struct(arena, "linger", fields, 2);
    case VALUE_ARRAY: return value_array(arena, items, 2, 9);
    case VALUE_FD: return value_fd(arena, (int)variant);
    case VALUE_ADDR: return value_addr(arena, 0x7ffe0000 + variant);
    case VALUE_IP: return value_ip(arena, ip, variant > 1 ? 16 : 4);
    case VALUE_CHANGED: return value_changed(arena, CHANGED_ARROW, "in", items[0], items[1]);
    }
    return NULL;
}

START_TEST(copies_and_compares)
{
    struct arena first = {0}, second = {0};
    const struct value *value = sample(&first, (enum value_kind)_i, 1);
    const struct value *copy = value_copy(&second, value), *again;

    ck_assert(value_equal(value, copy));
    ck_assert_ptr_ne(value, copy);
    for (int other = 0; other < KINDS; other++)
        ck_assert_int_eq(value_equal(value, sample(&first, (enum value_kind)other, 0)),
                         other == _i && other == VALUE_NULL);
    ck_assert(!value_equal(value, NULL));
    ck_assert(!value_equal(NULL, value));

    /* A copy lives on its own. */
    arena_release(&first);
    again = sample(&first, (enum value_kind)_i, 1);
    ck_assert(value_equal(copy, again));
    arena_release(&first);
    arena_release(&second);
}
END_TEST

START_TEST(absent_values)
{
    struct arena arena = {0};
    const struct value *one_sided = value_changed(&arena, CHANGED_AUX, NULL, value_int(&arena, 1), NULL);

    ck_assert(value_equal(NULL, NULL));
    ck_assert_ptr_null(value_copy(&arena, NULL));
    ck_assert_ptr_null(value_field(NULL, "x"));
    ck_assert_ptr_null(value_field(one_sided, "x"));
    ck_assert_ptr_null(value_final(NULL));
    ck_assert(!value_number(NULL, &(int64_t){0}));
    ck_assert(value_equal(one_sided, value_copy(&arena, one_sided)));
    ck_assert(!value_equal(
        one_sided, value_changed(&arena, CHANGED_AUX, NULL, value_int(&arena, 1), value_null(&arena))));
    arena_release(&arena);
}
END_TEST

START_TEST(numbers_inside)
{
    struct arena arena = {0};
    const struct value *minus = value_int(&arena, -5), *two[2] = {minus, minus};
    const struct value *arrow =
        value_changed(&arena, CHANGED_ARROW, NULL, value_int(&arena, 128), value_int(&arena, 16));
    const struct value *before = value_changed(&arena, CHANGED_ARROW, NULL, value_int(&arena, 128), NULL);
    const struct {
        const struct value *value;
        bool has;
        int64_t n;
    } cases[] = {
        {minus, true, -5},
        {value_uint(&arena, UINT64_MAX, INT_UDEC), true, -1},
        {value_sym(&arena, &nametab_af, 2), true, 2},
        {value_flags(&arena, &nametab_msg, 64), true, 64},
        {value_fd(&arena, 3), true, 3},
        {value_array(&arena, &minus, 1, 1), true, -5},
        {value_array(&arena, two, 2, 2), false, 0},
        {value_array(&arena, NULL, 0, 0), false, 0},
        {arrow, true, 16},
        {before, true, 128},
        {value_null(&arena), false, 0},
        {value_addr(&arena, 5), false, 0},
        {value_bytes(&arena, "5", 1, 1), false, 0},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t n = 0;

        ck_assert_msg(value_number(cases[i].value, &n) == cases[i].has, "case %zu", i);
        ck_assert_msg(n == cases[i].n, "case %zu: %lld", i, (long long)n);
    }
    ck_assert_ptr_eq(value_final(arrow), arrow->changed.after);
    ck_assert_ptr_eq(value_final(before), before->changed.before);
    ck_assert_ptr_eq(value_final(minus), minus);
    arena_release(&arena);
}
END_TEST

START_TEST(a_number_is_the_same_whatever_its_c_type)
{
    struct arena arena = {0};

    ck_assert(value_equal(value_uint(&arena, 5, INT_UDEC), value_int(&arena, 5)));
    ck_assert(value_equal(value_uint(&arena, INT64_MAX, INT_UDEC), value_int(&arena, INT64_MAX)));
    ck_assert(!value_equal(value_uint(&arena, UINT64_MAX, INT_UDEC), value_int(&arena, -1)));
    ck_assert(!value_equal(value_uint(&arena, 5, INT_HEX), value_int(&arena, 5)));
    arena_release(&arena);
}
END_TEST

static const struct value *inet(struct arena *arena, const char *type, size_t len)
{
    const uint8_t loopback[2][16] = {{127, 0, 0, 1}, {[15] = 1}};
    struct field fields[3] = {
        {"sa_family", value_sym(arena, &nametab_af, len == 4 ? AF_INET : AF_INET6)},
        {len == 4 ? "sin_port" : "sin6_port", value_uint(arena, 7000, INT_HTONS)},
        {len == 4 ? "sin_addr" : "sin6_addr", value_ip(arena, loopback[len == 16], len)},
    };

    return value_struct(arena, type, fields, 3);
}

static const struct value *other(struct arena *arena, const char *type, unsigned family, const char *field,
                                 const struct value *value)
{
    struct field fields[2] = {{"sa_family", value_sym(arena, &nametab_af, family)}, {field, value}};

    return value_struct(arena, type, fields, value ? 2 : 1);
}

#define BYTES(literal) value_bytes(&arena, literal, sizeof(literal) - 1, sizeof(literal) - 1)

START_TEST(addresses_short)
{
    struct arena arena = {0};
    const struct {
        const struct value *value;
        const char *text; /* NULL: no address */
    } cases[] = {
        {inet(&arena, "sockaddr_in", 4), "127.0.0.1:7000"},
        {inet(&arena, "sockaddr_in6", 16), "[::1]:7000"},
        {inet(&arena, "sockaddr_in", 16), NULL},
        {other(&arena, "sockaddr_un", AF_UNIX, "sun_path", BYTES("/tmp/s")), "unix:\"/tmp/s\""},
        {other(&arena, "sockaddr_un", AF_UNIX, "sun_path", BYTES("\0abs\0d")), "unix:\"@abs\\0d\""},
        {other(&arena, "sockaddr_un", AF_UNIX, "sun_path", BYTES("a\"\n")), "unix:\"a\\\"\\n\""},
        {other(&arena, "sockaddr_un", AF_UNIX, NULL, NULL), "unix:\"\""},
        {other(&arena, "sockaddr_nl", AF_NETLINK, "nl_pid", value_int(&arena, 412)), "netlink:412"},
        {other(&arena, "sockaddr", AF_UNSPEC, NULL, NULL), "AF_UNSPEC"},
        {other(&arena, "sockaddr", 99, "sa_data", BYTES("\1x")), "AF_99 \"\\1x\""},
        {other(&arena, "msghdr", AF_INET, NULL, NULL), NULL},
        {value_struct(&arena, "sockaddr", NULL, 0), NULL},
        {value_struct(&arena, "sockaddr_in", NULL, 0), NULL},
        {value_null(&arena), NULL},
        {NULL, NULL},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = {0};

        ck_assert_msg(value_addr_short(cases[i].value, &out) == (cases[i].text != NULL), "case %zu", i);
        ck_assert_str_eq(buf_str(&out), cases[i].text ? cases[i].text : "");
        buf_release(&out);
    }
    arena_release(&arena);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "copy", copies_and_compares, KINDS);
    suite_add(suite, "absent", absent_values);
    suite_add(suite, "number", numbers_inside);
    suite_add(suite, "same number", a_number_is_the_same_whatever_its_c_type);
    suite_add(suite, "short", addresses_short);
}

SUITE_MAIN("value", add)
