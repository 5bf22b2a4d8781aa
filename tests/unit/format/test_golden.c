/* unit/format/test_golden.c: the cases of tests/golden/: what each format makes of one trace. */
#include "lines.h"

#include <glob.h>

/* The folder of the tests; the programs of this folder are run from the top. */
static char *path_of(const char *rest)
{
    const char *tests = getenv("SOCKDRILL_TESTS");
    char *path = NULL;

    ck_assert_int_gt(asprintf(&path, "%s/golden/%s", tests ? tests : "tests", rest), 0);
    return path;
}

static char *read_all(const char *path)
{
    FILE *in = fopen(path, "re");
    struct buf text = {0};
    char block[4096];
    size_t len;

    ck_assert_msg(in != NULL, "cannot open %s", path);
    while ((len = fread(block, 1, sizeof(block), in)) > 0)
        buf_add(&text, block, len);
    fclose(in);
    buf_addc(&text, '\0');
    return text.data;
}

static void check_format(const char *in_path, const struct trace *trace, const char *format, const char *file)
{
    size_t folder_len = strlen(in_path) - strlen("in.jsonl");
    char *path = NULL, *expected, *out;

    ck_assert_int_gt(asprintf(&path, "%.*s%s", (int)folder_len, in_path, file), 0);
    expected = read_all(path);
    out = lines_write(trace, format, &FORMAT_OPTS_DEFAULT);
    ck_assert_str_eq(out, expected);
    free(out);
    free(expected);
    free(path);
}

START_TEST(formats_are_as_expected)
{
    static const char *const formats[][2] = {{"jsonl", "in.jsonl"}, {"strace", "strace"}, {"text", "text"}};
    char *pattern = path_of("*/in.jsonl");
    glob_t found;

    ck_assert_int_eq(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct err err = {.msg = ""};
        struct trace trace;

        trace_init(&trace);
        ck_assert_msg(format_load((const char *const *)&found.gl_pathv[i], 1, &trace, &err), "%s", err.msg);
        ck_assert(!trace.cut);
        check_format(found.gl_pathv[i], &trace, formats[_i][0], formats[_i][1]);
        trace_release(&trace);
    }
    globfree(&found);
    free(pattern);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "formats", formats_are_as_expected, 3);
}
SUITE_MAIN("golden", add)
