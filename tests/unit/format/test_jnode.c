/* unit/format/test_jnode.c: what the quick scanner accepts is what jansson says, of any text; and it accepts
 * what we write. */
#include "../suite.h"

#include "format/jnode.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static bool same(const struct jnode *a, const struct jnode *b);

static bool same_items(const struct jnode *a, const struct jnode *b)
{
    const struct jnode *other = b->items.first;
    size_t n = 0;

    jnode_each (item, a) {
        if (!other || item->key_len != other->key_len || !item->key != !other->key ||
            (item->key && strcmp(item->key, other->key) != 0) || !same(item, other))
            return false;
        other = other->next;
        n++;
    }
    return !other && n == a->items.len && n == b->items.len;
}

static bool same(const struct jnode *a, const struct jnode *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case JNODE_INT: return a->n == b->n;
    case JNODE_STRING:
        return a->text.len == b->text.len && memcmp(a->text.bytes, b->text.bytes, a->text.len + 1) == 0;
    case JNODE_ARRAY:
    case JNODE_OBJECT: return same_items(a, b);
    default: return true;
    }
}

/* Of texts that the scanner took; -1: it says otherwise than jansson. */
static int compare(const char *text, size_t len)
{
    struct arena arena = {0};
    char error[JNODE_ERROR_SIZE];
    const struct jnode *quick = jnode_scan(text, len, &arena), *slow = jnode_load(text, len, &arena, error);
    int taken = quick ? slow && same(quick, slow) ? 1 : -1 : 0;

    arena_release(&arena);
    return taken;
}

static const struct {
    const char *text;
    size_t len; /* 0: up to its NUL */
    bool is_quick;
} rows[] = {
    {"{\"seq\": 2, \"event\": \"call\", \"args\": {\"domain\": {\"name\": \"AF_INET\", \"n\": 2}}}\n", 0,
     true},
    {"{\"a\": [], \"b\": {}, \"c\": [1, -2, null, true, false, \"x\"]}", 0, true},
    {" \t[1\n,\r2 ] \n", 0, true},
    {"\"a\\n\\t\\\\\\\"\\/\\b\\f\\r\\u0000\\u007f\"", 0, true},
    {"\"\\u001B[2J\"", 0, true},
    {"-0", 0, true},
    {"999999999999999999", 0, true},
    {"-999999999999999999", 0, true},
    {"", 0, false},
    {" ", 0, false},
    {"-", 0, false},
    {"01", 0, false},
    {"-01", 0, false},
    {"00", 0, false},
    {"9999999999999999999", 0, false},
    {"9223372036854775807", 0, false},
    {"1.5", 0, false},
    {"1e5", 0, false},
    {"1E5", 0, false},
    {"1.", 0, false},
    {"1x", 0, false},
    {"+1", 0, false},
    {"tru", 0, false},
    {"truest", 0, false},
    {"[1,]", 0, false},
    {"[1 2]", 0, false},
    {"[,1]", 0, false},
    {"[1", 0, false},
    {"{\"a\" 1}", 0, false},
    {"{a: 1}", 0, false},
    {"{\"a\": 1,}", 0, false},
    {"{\"a\": 1, \"a\": 2}", 0, false},
    {"{\"ab\": 1, \"ac\": 2}", 0, true},
    {"{\"\": 1}", 0, true},
    {"{\"\\u0000\": 1}", 0, false},
    {"\"\xc3\xa4\"", 0, false},
    {"\"\xff\"", 0, false},
    {"\"\\u00e4\"", 0, false},
    {"\"\\ud800\"", 0, false},
    {"\"\\u00\"", 0, false},
    {"\"\\x41\"", 0, false},
    {"\"\\\"", 0, false},
    {"\"a\nb\"", 0, false},
    {"\"a\177b\"", 0, false},
    {"\"abc", 0, false},
    {"1\0", 2, false},
    {"\"a\0b\"", 5, false},
    {"[1]\0]", 5, false},
    {"1 1", 0, false},
};

START_TEST(each_row_is_taken_or_left_to_jansson)
{
    const char *text = rows[_i].text;
    int taken = compare(text, rows[_i].len ? rows[_i].len : strlen(text));

    ck_assert_msg(taken >= 0, "%s: not what jansson says", text);
    ck_assert_msg(taken == rows[_i].is_quick, "%s: %s", text, taken ? "taken" : "left to jansson");
}
END_TEST

START_TEST(nothing_is_nested_too_deeply_for_the_stack)
{
    enum { DEPTH = 100000 };
    char *text = malloc(DEPTH);

    memset(text, '[', DEPTH);
    ck_assert_int_eq(compare(text, DEPTH), 0);
    free(text);
}
END_TEST

static uint64_t draw(uint64_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random;
}

/* A few bytes of a text become others, go, or come twice: most are no JSON then, many still are. */
static size_t spoil(char *text, size_t len, size_t size, uint64_t *random)
{
    static const char likely[] = "\"\\{}[]:,0123456789-.eEu \ntfn\1\x7f\xc3\xa4";

    for (uint64_t n = draw(random) % 3 + 1; n > 0 && len; n--) {
        size_t at = draw(random) % len;

        switch (draw(random) % 4) {
        case 0: text[at] = (char)draw(random); break;
        case 1: text[at] = likely[draw(random) % sizeof(likely)]; break;
        case 2: memmove(text + at, text + at + 1, --len - at); break;
        default:
            if (len == size)
                break;
            memmove(text + at + 1, text + at, len++ - at);
        }
    }
    return len;
}

START_TEST(spoilt_texts_are_what_jansson_says)
{
    enum { ROUNDS = 100000 };
    uint64_t random = UINT64_C(0x9e3779b97f4a7c15);
    unsigned taken = 0;

    for (int round = 0; round < ROUNDS; round++) {
        const char *text = rows[round % (int)(sizeof(rows) / sizeof(*rows))].text;
        char spoilt[256];
        size_t len = strlen(text);
        int result;

        memcpy(spoilt, text, len);
        len = spoil(spoilt, len, sizeof(spoilt), &random);
        result = compare(spoilt, len);
        ck_assert_msg(result >= 0, "round %d: %.*s", round, (int)len, spoilt);
        taken += (unsigned)result;
    }
    ck_assert_uint_gt(taken, ROUNDS / 20);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "rows", each_row_is_taken_or_left_to_jansson, sizeof(rows) / sizeof(*rows));
    suite_add(suite, "depth", nothing_is_nested_too_deeply_for_the_stack);
    suite_add(suite, "spoilt", spoilt_texts_are_what_jansson_says);
}
SUITE_MAIN("jnode", add)
