/* unit/grade/test_grade.c: names of files, shards, what is a program, and records as they come from anywhere.
 */
#include "../suite.h"
#include "base/alloc.h"
#include "grade/build.h"
#include "grade/roster.h"
#include "grade/shard.h"
#include "grade/submission.h"

#include <string.h>

/* ---- names ---- */

static const struct {
    const char *name, *stem;
} stems[] = {
    {"ada", "ada"},         {"Ada Lovelace", "Ada%20Lovelace"},
    {"a.b", "a.b"},         {".hidden", "%2Ehidden"},
    {"..", "%2E."},         {"a/b", "a%2Fb"},
    {"100%", "100%25"},     {"\xc3\xa9t\xc3\xa9", "\xc3\xa9t\xc3\xa9"},
    {"\xff", "%FF"},        {"new\nline", "new%0Aline"},
    {"\xc2\x9b", "%C2%9B"}, {"", ""},
};

START_TEST(names_of_files)
{
    struct arena arena = {0};

    ck_assert_str_eq(submission_stem(stems[_i].name, &arena), stems[_i].stem);
    arena_release(&arena);
}
END_TEST

/* As long as a file name may be, with room for a suffix; and another one for each name. */
START_TEST(long_names)
{
    struct arena arena = {0};
    char a[256], b[256];
    const char *one, *other;

    memset(a, 'x', 255);
    a[255] = '\0';
    memcpy(b, a, sizeof(b));
    b[254] = 'y';
    one = submission_stem(a, &arena);
    other = submission_stem(b, &arena);
    ck_assert_uint_le(strlen(one), 200);
    ck_assert_str_ne(one, other);
    ck_assert_str_eq(one, submission_stem(a, &arena));
    arena_release(&arena);
}
END_TEST

/* ---- shards ---- */

START_TEST(shards_are_parts)
{
    static const char *const wrong[] = {"0/3", "4/3",  "1",    "1/",      "/1",   "1/0",
                                        "a/b", "1/2x", "-1/2", "1/10001", " 1/2", ""};
    struct shard shard;

    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        ck_assert_msg(!shard_parse(wrong[i], &shard), "%s", wrong[i]);
    for (uint64_t n = 1; n <= 7; n++) {
        size_t most = 0, least = SIZE_MAX, all = 0;

        for (uint64_t k = 1; k <= n; k++) {
            size_t has = 0;

            for (size_t i = 0; i < 23; i++)
                has += shard_has(&(struct shard){k, n}, i);
            most = has > most ? has : most;
            least = has < least ? has : least;
            all += has;
        }
        ck_assert_uint_eq(all, 23);
        ck_assert_uint_le(most - least, 1);
    }
}
END_TEST

/* ---- programs ---- */

static const struct {
    const char *text;
    bool has_main;
} programs[] = {
    {"int main(void) { return 0; }", true},
    {"int\nmain (int argc, char **argv)\n{", true},
    {"void main() {}", true},
    {"int helper(void) { return 0; }", false},
    {"/* int main(void) { } */", false},
    {"// int main(void) {\n", false},
    {"const char *s = \"int main(void) {\";", false},
    {"int domain(void) { return 0; }", false},
    {"int main(void);", false},
    {"", false},
};

START_TEST(mains)
{
    ck_assert_int_eq(build_has_main(programs[_i].text, strlen(programs[_i].text)), programs[_i].has_main);
}
END_TEST

/* ---- records ---- */

#define HASH "0123456789abcdef0123456789abcdef"
#define OUTCOME                                                                                              \
    "{\"name\": \"x\", \"title\": \"\", \"expectation\": \"x.expect\", \"result\": \"%s\", \"headline\": "   \
    "\"%s\", "                                                                                               \
    "\"causes\": [], \"scores\": [], \"roles\": [], \"notes\": [], \"text\": \"\"}"

/* Of a submission with these results and this name. */
static const struct mark *record(struct arena *arena, const char *name, const char *result,
                                 const char *headline)
{
    struct buf text = {0};
    struct err err = {0};
    const struct mark *mark;

    buf_addf(&text,
             "{\"record\": \"sockdrill-grade-1\", \"name\": \"%s\", \"place\": {\"index\": 0, \"of\": 1, "
             "\"class\": \"" HASH "\", \"shard\": 1, \"shards\": 1}, \"assignment\": {\"scenarios\": "
             "[{\"name\": \"x\", \"worth\": 250}]}, "
             "\"hash\": \"" HASH "\", \"content\": \"" HASH
             "\", \"build\": {\"result\": \"built\", \"command\": \"make\", "
             "\"why\": \"\", \"output\": \"\"}, \"notes\": [], \"outcomes\": [" OUTCOME "]}",
             name, result, headline);
    mark = mark_read(buf_str(&text), text.len, arena, &err);
    ck_assert_msg(mark != NULL, "%s", err.msg);
    buf_release(&text);
    return mark;
}

START_TEST(points_are_those_of_what_holds)
{
    static const struct {
        const char *result;
        int64_t earned;
    } rows[] = {{"holds", 250}, {"fails", 0}, {"untested", 0}, {"fault", 0}};
    struct arena arena = {0};
    const struct mark *mark = record(&arena, "ada", rows[_i].result, "why");

    ck_assert_int_eq(mark->earned, rows[_i].earned);
    ck_assert_int_eq(mark->worth, 250);
    arena_release(&arena);
}
END_TEST

/* What a record lacks, or has in another way, is told; nothing of it is taken. */
START_TEST(wrong_records)
{
    static const char *const wrong[] = {
        "",
        "{}",
        "[]",
        "null",
        "{\"record\": 1}",
        "{\"record\": \"sockdrill-grade-2\"}",
        "{\"record\": \"sockdrill-grade-1\"}",
        "{\"record\": \"sockdrill-grade-1\", \"name\": \"a\", \"place\": {\"index\": 1, \"of\": 1}}",
        "{\"record\": \"sockdrill-grade-1\", \"name\": 5, \"outcomes\": {}}",
        "{\"record\": \"sockdrill-grade-1\", \"assignment\": [], \"outcomes\": [{}]}",
    };
    struct arena arena = {0};

    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct err err = {0};

        ck_assert_msg(!mark_read(wrong[i], strlen(wrong[i]), &arena, &err), "%s", wrong[i]);
        ck_assert_msg(err.msg[0], "%s", wrong[i]);
    }
    arena_release(&arena);
}
END_TEST

/* A spreadsheet runs nothing of it, and finds all fields of it. */
START_TEST(table_for_spreadsheets)
{
    struct arena arena = {0};
    const struct mark *const marks[] = {record(&arena, "=1+1", "fails", "a \\\"b\\\", c"),
                                        record(&arena, "ada", "holds", ""),
                                        record(&arena, "eve", "untested", "no ptrace")};
    struct roster roster;
    struct buf csv = {0};

    roster_make(&roster, marks, ARRAY_LEN(marks), true);
    roster_write_csv(&csv, &roster);
    ck_assert_str_eq(buf_str(&csv), "student,points,of,result,build,hangs,x,\"first cause\",findings\r\n"
                                    "\"'=1+1\",0,2.5,fails,built,no,0,\"x: a \"\"b\"\", c\",\r\n"
                                    "ada,2.5,2.5,holds,built,no,2.5,,\r\n"
                                    "eve,0,2.5,untested,built,no,untested,\"x: no ptrace\",\r\n");
    ck_assert_int_eq(roster_result(&roster), OUTCOME_FAILS);
    roster_release(&roster);
    buf_release(&csv);
    arena_release(&arena);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "names", names_of_files, ARRAY_LEN(stems));
    suite_add(suite, "long names", long_names);
    suite_add(suite, "shards", shards_are_parts);
    suite_add_loop(suite, "mains", mains, ARRAY_LEN(programs));
    suite_add_loop(suite, "points", points_are_those_of_what_holds, 4);
    suite_add(suite, "wrong records", wrong_records);
    suite_add(suite, "table", table_for_spreadsheets);
}

SUITE_MAIN("grade", add)
