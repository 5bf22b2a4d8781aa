/* unit/cmd/test_options.c: option tables: what is set, and what is said of mistakes. */
#include "../suite.h"
#include "base/alloc.h"
#include "cmd/options.h"

#include <stdint.h>
#include <string.h>

struct shared {
    bool loud;
    const char *style; /* as it was given: NULL by the letter */
};

struct parsed {
    bool quiet;
    struct shared shared;
    const char *output;
    unsigned long size;
};

static const char *set_output(void *arg, const char *value)
{
    ((struct parsed *)arg)->output = value;
    return NULL;
}

static const char *set_size(void *arg, const char *value)
{
    return options_number(value, 100, &((struct parsed *)arg)->size) ? NULL : "is no number from 0 to 100";
}

static const struct option_row rows[] = {
    {'q', "quiet", NULL, "say less", OPTION_FLAG(struct parsed, quiet)},
    {'o', "output", "FILE", "write to FILE", OPTION_SET(set_output)},
    {0, "size", "N", "how much", OPTION_SET(set_size)},
    {0},
};

static const char *set_style(void *arg, const char *value)
{
    ((struct shared *)arg)->style = value ? value : "letter";
    return value && !strcmp(value, "bad") ? "is no style" : NULL;
}

static const struct option_row shared_rows[] = {
    {'l', "loud", NULL, "say more", OPTION_FLAG(struct shared, loud)},
    {'y', "style", "[=STYLE]", "how it looks,\nor what", OPTION_SET(set_style)},
    {0},
};

static const struct option_group groups[] = {{"Shared", shared_rows}, {0}};

struct outcome {
    bool ok;
    int first;
    struct parsed parsed;
    struct buf message;
};

static struct outcome parse(enum options_order order, const char *const *words)
{
    const struct options options = {rows, order, groups, offsetof(struct parsed, shared)};
    struct outcome outcome = {0};
    char *argv[10] = {(char[]){"cmd"}};
    int argc = 1;

    while (words[argc - 1]) {
        argv[argc] = (char *)(uintptr_t)words[argc - 1]; /* getopt moves words, it does not write to them */
        argc++;
    }
    outcome.ok = options_parse(&options, &outcome.parsed, argc, argv, &outcome.first, &outcome.message);
    return outcome;
}

START_TEST(sets_what_is_given)
{
    struct outcome got =
        parse(OPTIONS_ANYWHERE, (const char *[]){"a", "-q", "--size=7", "-o", "f", "b", NULL});

    ck_assert(got.ok);
    ck_assert(got.parsed.quiet);
    ck_assert_str_eq(got.parsed.output, "f");
    ck_assert_uint_eq(got.parsed.size, 7);
    ck_assert_int_eq(got.first, 5); /* both operands stand behind it */
}
END_TEST

START_TEST(leaves_the_command_alone)
{
    struct outcome got = parse(OPTIONS_BEFORE_FIRST, (const char *[]){"-q", "ls", "-o", "--size", NULL});

    ck_assert(got.ok);
    ck_assert_ptr_null(got.parsed.output);
    ck_assert_int_eq(got.first, 2);
}
END_TEST

START_TEST(ends_at_two_dashes)
{
    struct outcome got = parse(OPTIONS_ANYWHERE, (const char *[]){"-q", "--", "-o", NULL});

    ck_assert(got.ok);
    ck_assert_int_eq(got.first, 3);
}
END_TEST

static const struct {
    const char *word, *style;
} styles[] = {{"-y", "letter"}, {"--style", ""}, {"--style=x", "x"}, {"-ly", "letter"}};

START_TEST(shared_rows_and_values_that_need_not_be)
{
    struct outcome got = parse(OPTIONS_BEFORE_FIRST, (const char *[]){"--loud", styles[_i].word, "x", NULL});

    ck_assert(got.ok);
    ck_assert(got.parsed.shared.loud && !got.parsed.quiet);
    ck_assert_str_eq(got.parsed.shared.style, styles[_i].style);
    ck_assert_int_eq(got.first, 3);
}
END_TEST

static const struct {
    const char *words[4];
    const char *message;
} wrong[] = {
    {{"--style=bad"}, "--style[=STYLE]: 'bad' is no style"},
    {{"--lout"}, "unknown option --lout; did you mean --loud?"},
    {{"--quite"}, "unknown option --quite; did you mean --quiet?"},
    {{"--frobnicate=3"}, "unknown option --frobnicate"},
    {{"a", "--siez", "3"}, "unknown option --siez; did you mean --size?"},
    {{"-x"}, "unknown option -x"},
    {{"-qx"}, "unknown option -x"},
    {{"--output"}, "--output needs a value: FILE"},
    {{"-o"}, "--output needs a value: FILE"},
    {{"--quiet=yes"}, "--quiet takes no value"},
    {{"--size", "many"}, "--size N: 'many' is no number from 0 to 100"},
    {{"--size", "101"}, "--size N: '101' is no number from 0 to 100"},
    {{"--size", "-1"}, "--size N: '-1' is no number from 0 to 100"},
};

START_TEST(says_what_is_wrong)
{
    struct outcome got = parse(OPTIONS_ANYWHERE, wrong[_i].words);

    ck_assert(!got.ok);
    ck_assert_str_eq(buf_str(&got.message), wrong[_i].message);
    buf_release(&got.message);
}
END_TEST

START_TEST(helps)
{
    const struct options options = {rows, OPTIONS_ANYWHERE, groups, 0};
    struct buf out = {0};

    options_help(&options, &out);
    ck_assert_str_eq(buf_str(&out), "  -q, --quiet               say less\n"
                                    "  -o, --output FILE         write to FILE\n"
                                    "      --size N              how much\n");
    buf_reset(&out);
    options_help_shared(&options, &out);
    ck_assert_str_eq(buf_str(&out), "\nShared:\n"
                                    "  -l, --loud                say more\n"
                                    "  -y, --style[=STYLE]       how it looks,\n"
                                    "                            or what\n");
    buf_release(&out);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "set", sets_what_is_given);
    suite_add_loop(suite, "shared", shared_rows_and_values_that_need_not_be, ARRAY_LEN(styles));
    suite_add(suite, "command", leaves_the_command_alone);
    suite_add(suite, "dashes", ends_at_two_dashes);
    suite_add_loop(suite, "wrong", says_what_is_wrong, ARRAY_LEN(wrong));
    suite_add(suite, "help", helps);
}

SUITE_MAIN("options", add)
