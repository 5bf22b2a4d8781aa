/* unit/base/test_quote.c: C escapes both ways, UTF-8, terminals. */
#include "../suite.h"
#include "base/alloc.h"
#include "base/quote.h"

#include <string.h>

static const struct {
    const char *bytes;
    size_t len;
    const char *quoted;
} quotes[] = {
    {"ping\n", 5, "ping\\n"},
    {"a\"b\\c", 5, "a\\\"b\\\\c"},
    {"\0001", 2, "\\0001"}, /* a digit follows: three digits, or the escape would swallow it */
    {"\0a", 2, "\\0a"},
    {"\0338", 2, "\\0338"},
    {"\033[2J", 4, "\\33[2J"},
    {"\377", 1, "\\377"},
    {"\303\251", 2, "\\303\\251"},
    {"", 0, ""},
};

START_TEST(quotes_as_strace_does)
{
    struct buf out = {0};

    quote_c(&out, (const uint8_t *)quotes[_i].bytes, quotes[_i].len);
    ck_assert_str_eq(buf_str(&out), quotes[_i].quoted);
    buf_release(&out);
}
END_TEST

/* Every byte followed by every interesting byte comes back. */
START_TEST(unquotes_what_it_quoted)
{
    for (unsigned next = 0; next < 256; next += 16) {
        uint8_t bytes[2] = {(uint8_t)_i, (uint8_t)next}, back[8];
        struct buf out = {0};
        const char *s, *end;
        size_t n = 0;

        quote_c(&out, bytes, 2);
        s = buf_str(&out);
        end = s + out.len;
        while (s < end) {
            if (*s != '\\') {
                back[n++] = (uint8_t)*s++;
                continue;
            }
            s++;
            ck_assert(quote_unescape(&s, end, &back[n++]));
        }
        ck_assert_uint_eq(n, 2);
        ck_assert_mem_eq(back, bytes, 2);
        buf_release(&out);
    }
}
END_TEST

static const char *const bad_escapes[] = {"", "x", "x1", "xg0", "q", "400", "777", "("};

START_TEST(refuses_bad_escapes)
{
    const char *s = bad_escapes[_i];
    uint8_t byte;

    ck_assert(!quote_unescape(&s, s + strlen(s), &byte));
}
END_TEST

static const struct {
    const char *bytes;
    size_t len, valid;
} utf8[] = {
    {"a", 1, 1},
    {"\303\251", 2, 2},
    {"\342\202\254", 3, 3},
    {"\360\237\230\200", 4, 4},
    {"\303", 1, 0},             /* cut */
    {"\200", 1, 0},             /* starts in the middle */
    {"\300\200", 2, 0},         /* overlong NUL */
    {"\340\200\200", 3, 0},     /* overlong */
    {"\355\240\200", 3, 0},     /* surrogate */
    {"\364\220\200\200", 4, 0}, /* beyond U+10FFFF */
    {"\377", 1, 0},
    {"", 0, 0},
};

START_TEST(knows_utf8)
{
    ck_assert_uint_eq(quote_utf8_len((const uint8_t *)utf8[_i].bytes, utf8[_i].len), utf8[_i].valid);
}
END_TEST

START_TEST(keeps_a_terminal_safe)
{
    struct buf out = {0};
    const char text[] = "caf\303\251\033]0;x\007\302\233m\377";

    quote_terminal(&out, text, sizeof(text) - 1);
    ck_assert_str_eq(buf_str(&out), "caf\303\251\\33]0;x\\7\\302\\233m\\377");
    buf_release(&out);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "quotes", quotes_as_strace_does, ARRAY_LEN(quotes));
    suite_add_loop(suite, "round trip", unquotes_what_it_quoted, 256);
    suite_add_loop(suite, "bad escapes", refuses_bad_escapes, ARRAY_LEN(bad_escapes));
    suite_add_loop(suite, "utf-8", knows_utf8, ARRAY_LEN(utf8));
    suite_add(suite, "terminal", keeps_a_terminal_safe);
}

SUITE_MAIN("quote", add)
