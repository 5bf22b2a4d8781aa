/* unit/base/test_diag.c: places, carets, "did you mean". */
#include "../suite.h"
#include "base/alloc.h"
#include "base/diag.h"

#include <string.h>

static struct source source_of(const char *text)
{
    return (struct source){"lab.expect", text, strlen(text)};
}

static void check(const char *text, struct span span, const char *hint, const char *expected)
{
    struct source source = source_of(text);
    struct diags diags = {.source = &source};
    struct buf out = {0};

    diags_add(&diags, span, "unknown call '%s'", "lisen");
    if (hint)
        diags_hint(&diags, "%s", hint);
    diags_write(&diags, &out);
    ck_assert_str_eq(buf_str(&out), expected);
    buf_release(&out);
    diags_release(&diags);
}

START_TEST(points_at_the_word)
{
    check("a\n  lisen(3)\n", (struct span){4, 9}, "did you mean 'listen'?",
          "lab.expect:2:3: error: unknown call 'lisen'\n"
          " 2 |   lisen(3)\n"
          "   |   ^~~~~\n"
          "   = help: did you mean 'listen'?\n");
}
END_TEST

START_TEST(counts_characters_not_bytes)
{
    check("\"\303\251\" lisen", (struct span){5, 10}, NULL,
          "lab.expect:1:5: error: unknown call 'lisen'\n"
          " 1 | \"\303\251\" lisen\n"
          "   |     ^~~~~\n");
}
END_TEST

START_TEST(shows_tabs_and_control_bytes_in_place)
{
    check("\t\033lisen", (struct span){2, 7}, NULL,
          "lab.expect:1:3: error: unknown call 'lisen'\n"
          " 1 |  \\33lisen\n"
          "   |     ^~~~~\n");
}
END_TEST

START_TEST(points_behind_the_end)
{
    check("abc", (struct span){3, 3}, NULL,
          "lab.expect:1:4: error: unknown call 'lisen'\n"
          " 1 | abc\n"
          "   |    ^\n");
}
END_TEST

START_TEST(stays_on_the_first_line_of_a_long_span)
{
    check("ab\ncd", (struct span){1, 5}, NULL,
          "lab.expect:1:2: error: unknown call 'lisen'\n"
          " 1 | ab\n"
          "   |  ^\n");
}
END_TEST

START_TEST(sorts_by_place)
{
    struct source source = source_of("one\ntwo\n");
    struct diags diags = {.source = &source};
    struct buf out = {0};

    diags_add(&diags, (struct span){4, 7}, "second");
    diags_add(&diags, (struct span){0, 3}, "first");
    diags_write(&diags, &out);
    ck_assert(strstr(buf_str(&out), "first") < strstr(buf_str(&out), "second"));
    buf_release(&out);
    diags_release(&diags);
}
END_TEST

static const struct {
    const char *word, *nearest;
} words[] = {
    {"lisen", "listen"},  {"acept", "accept"},  {"bnd", "bind"}, {"conect", "connect"},
    {"listen", "listen"}, {"frobnicate", NULL}, {"x", NULL},
};

START_TEST(suggests_the_nearest)
{
    static const char *const calls[] = {"socket", "bind", "listen", "accept", "connect"};
    const char *found = diag_nearest(words[_i].word, calls, ARRAY_LEN(calls));

    if (words[_i].nearest)
        ck_assert_pstr_eq(found, words[_i].nearest);
    else
        ck_assert_ptr_null(found);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "caret", points_at_the_word);
    suite_add(suite, "characters", counts_characters_not_bytes);
    suite_add(suite, "control bytes", shows_tabs_and_control_bytes_in_place);
    suite_add(suite, "end", points_behind_the_end);
    suite_add(suite, "long span", stays_on_the_first_line_of_a_long_span);
    suite_add(suite, "order", sorts_by_place);
    suite_add_loop(suite, "nearest", suggests_the_nearest, ARRAY_LEN(words));
}

SUITE_MAIN("diag", add)
