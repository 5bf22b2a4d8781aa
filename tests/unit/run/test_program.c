/* unit/run/test_program.c: commands into words, as a shell would. */
#include "../suite.h"
#include "base/alloc.h"
#include "run/program.h"

#include <string.h>

static const struct {
    const char *command;
    const char *words[5];
} rows[] = {
    {"./server 7000", {"./server", "7000"}},
    {"  a\tb  ", {"a", "b"}},
    {"a 'b c' \"d e\"", {"a", "b c", "d e"}},
    {"a'b'\"c\"d", {"abcd"}},
    {"a '' b", {"a", "", "b"}},
    {"a\\ b", {"a b"}},
    {"'a\\b'", {"a\\b"}},
    {"\"a\\\"b\\n\"", {"a\"b\\n"}},
    {"a $HOME *.c; b", {"a", "$HOME", "*.c;", "b"}},
};

START_TEST(splits_like_a_shell)
{
    struct arena arena = {0};
    struct err err;
    char **argv;

    ck_assert(program_split(rows[_i].command, &arena, &argv, &err));
    for (size_t i = 0; i < 5; i++) {
        ck_assert_pstr_eq(argv[i], rows[_i].words[i]);
        if (!argv[i])
            break;
    }
    arena_release(&arena);
}
END_TEST

static const struct {
    const char *command, *says;
} wrong[] = {{"", "empty"}, {"  \t", "empty"}, {"a 'b", "quote"}, {"a \"b\\\"", "quote"}};

START_TEST(refuses_what_has_no_words)
{
    struct arena arena = {0};
    struct err err;
    char **argv;

    ck_assert(!program_split(wrong[_i].command, &arena, &argv, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, wrong[_i].says));
    arena_release(&arena);
}
END_TEST

START_TEST(finds_programs)
{
    struct arena arena = {0};
    struct program_line line;
    struct err err;

    ck_assert(program_find((char *[]){(char[]){"sh"}, NULL}, NULL, &arena, &line, &err));
    ck_assert_ptr_nonnull(strstr(line.path, "/sh"));
    ck_assert(program_find((char *[]){(char[]){"sh"}, NULL}, "/bin", &arena, &line, &err));
    ck_assert_str_eq(line.path, "/bin/sh");
    ck_assert(
        !program_find((char *[]){(char[]){"no-such-program-anywhere"}, NULL}, NULL, &arena, &line, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "no-such-program-anywhere"));
    ck_assert_uint_gt(strlen(err.hint), 0);
    arena_release(&arena);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "split", splits_like_a_shell, ARRAY_LEN(rows));
    suite_add_loop(suite, "wrong", refuses_what_has_no_words, ARRAY_LEN(wrong));
    suite_add(suite, "find", finds_programs);
}

SUITE_MAIN("program", add)
