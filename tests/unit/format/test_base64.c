/* unit/format/test_base64.c: the vectors of RFC 4648, all bytes, and what is no base64. */
#include "../suite.h"

#include "base/alloc.h"
#include "format/base64.h"

#include <string.h>

static const char *const vectors[][2] = {
    {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"},
};

static const char *const wrong[] = {
    "Z", "Zg", "Zg=", "====", "Z===", "Zg==Zg==", "Z=g=", "Zm9 ", "Zm9\n", "Zm-_"};

START_TEST(vector)
{
    struct buf out = {0};

    base64_encode(&out, (const uint8_t *)vectors[_i][0], strlen(vectors[_i][0]));
    ck_assert_str_eq(buf_str(&out), vectors[_i][1]);
    buf_reset(&out);
    ck_assert(base64_decode(&out, vectors[_i][1], strlen(vectors[_i][1])));
    ck_assert_str_eq(buf_str(&out), vectors[_i][0]);
    buf_release(&out);
}
END_TEST

START_TEST(refuses)
{
    struct buf out = {0};

    ck_assert(!base64_decode(&out, wrong[_i], strlen(wrong[_i])));
    buf_release(&out);
}
END_TEST

START_TEST(all_bytes_come_back)
{
    struct buf text = {0}, back = {0};
    uint8_t bytes[256];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)i;
    for (size_t len = 0; len <= sizeof(bytes); len++) {
        buf_reset(&text);
        buf_reset(&back);
        base64_encode(&text, bytes, len);
        ck_assert(base64_decode(&back, buf_str(&text), text.len));
        ck_assert_uint_eq(back.len, len);
        ck_assert(len == 0 || memcmp(back.data, bytes, len) == 0);
    }
    buf_release(&text);
    buf_release(&back);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "vectors", vector, ARRAY_LEN(vectors));
    suite_add_loop(suite, "refuses", refuses, ARRAY_LEN(wrong));
    suite_add(suite, "all bytes", all_bytes_come_back);
}
SUITE_MAIN("base64", add)
