/* unit/format/test_jout.c: JSON strings, numbers and commas. */
#include "../suite.h"

#include "base/alloc.h"
#include "format/jout.h"

#include <string.h>

static const struct {
    const char *text;
    size_t len;
    const char *json;
} strings[] = {
    {"", 0, "\"\""},
    {"plain", 5, "\"plain\""},
    {"\"\\/", 3, "\"\\\"\\\\/\""},
    {"\b\f\n\r\t\v\0a", 8, "\"\\b\\f\\n\\r\\t\\u000b\\u0000a\""},
    {"\x1b[2J\x7f", 5, "\"\\u001b[2J\\u007f\""},
    {"\xc2\x85\xc2\x9f\xc2\xa0", 6, "\"\\u0085\\u009f\xc2\xa0\""},
    {"\xe2\x82\xac\xf0\x9f\x98\x80", 7, "\"\xe2\x82\xac\xf0\x9f\x98\x80\""},
    {"\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa", 12, "\"\xe2\x80\xa7\\u2028\\u2029\xe2\x80\xaa\""},
    {"a\xff\xc3", 3, "\"a\\ufffd\\ufffd\""},
    {"\xed\xa0\x80", 3, "\"\\ufffd\\ufffd\\ufffd\""},
};

START_TEST(string)
{
    struct buf out = {0};

    jout_text(&out, (const uint8_t *)strings[_i].text, strings[_i].len);
    ck_assert_str_eq(buf_str(&out), strings[_i].json);
    buf_release(&out);
}
END_TEST

START_TEST(numbers)
{
    struct buf out = {0};

    buf_adds(&out, "[");
    jout_next(&out);
    jout_u64(&out, UINT64_MAX);
    jout_next(&out);
    jout_i64(&out, INT64_MIN);
    jout_next(&out);
    jout_u64(&out, ((uint64_t)1 << 53) - 1);
    jout_next(&out);
    jout_u64(&out, (uint64_t)1 << 53);
    jout_next(&out);
    jout_i64(&out, 1 - ((int64_t)1 << 53));
    jout_next(&out);
    jout_i64(&out, -((int64_t)1 << 53));
    jout_next(&out);
    jout_i64(&out, 0);
    ck_assert_str_eq(buf_str(&out), "[\"18446744073709551615\", \"-9223372036854775808\", 9007199254740991, "
                                    "\"9007199254740992\", -9007199254740991, \"-9007199254740992\", 0");
    buf_release(&out);
}
END_TEST

START_TEST(exact)
{
    ck_assert(jout_is_exact(0));
    ck_assert(jout_is_exact(((int64_t)1 << 53) - 1));
    ck_assert(!jout_is_exact((int64_t)1 << 53));
    ck_assert(jout_is_exact(1 - ((int64_t)1 << 53)));
    ck_assert(!jout_is_exact(INT64_MIN));
}
END_TEST

START_TEST(hex)
{
    struct buf out = {0};

    jout_hex(&out, 0);
    buf_addc(&out, ' ');
    jout_hex(&out, UINT64_MAX);
    buf_addc(&out, ' ');
    jout_hex(&out, 0x1a0);
    ck_assert_str_eq(buf_str(&out), "0 ffffffffffffffff 1a0");
    buf_release(&out);
}
END_TEST

START_TEST(keys)
{
    struct buf out = {0};

    buf_adds(&out, "{");
    jout_key(&out, "a");
    jout_string(&out, "{");
    jout_key(&out, "b\n");
    jout_u64(&out, 0);
    ck_assert_str_eq(buf_str(&out), "{\"a\": \"{\", \"b\\n\": 0");
    buf_release(&out);
}
END_TEST

START_TEST(text_is_utf8)
{
    ck_assert(jout_is_text((const uint8_t *)"\0\xe2\x82\xac", 4));
    ck_assert(!jout_is_text((const uint8_t *)"\xe2\x82\xac", 2));
    ck_assert(!jout_is_text((const uint8_t *)"\xc0\x80", 2));
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "strings", string, ARRAY_LEN(strings));
    suite_add(suite, "numbers", numbers);
    suite_add(suite, "exact", exact);
    suite_add(suite, "hex", hex);
    suite_add(suite, "keys", keys);
    suite_add(suite, "utf-8", text_is_utf8);
}
SUITE_MAIN("jout", add)
