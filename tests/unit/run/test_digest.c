/* unit/run/test_digest.c: a trace judged in a stream and a trace judged as a whole come to the same, word for
 * word. */
#include "../suite.h"

#include "report/report.h"
#include "run/run.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

/* What `sockdrill check` would print, or why it can't. The caller frees it. */
static char *told(const char *expect, const char *trace, bool keep_trace)
{
    struct run_opts opts = {.failing_confidence = FINDING_PROVED, .keep_trace = keep_trace};
    struct report_opts report = {.verbose = true};
    struct run run;
    struct err err = {0};
    struct buf diagnostics = {0}, out = {0};
    enum run_result result = run_check(expect, trace, &opts, &run, &diagnostics, &err);
    const struct verdict *verdict = &run.verdict;
    char *text;

    buf_addf(&out, "%d ", (int)result);
    if (result == RUN_JUDGED)
        report_by_name("text")->write(&out, &verdict, 1, &report);
    else
        buf_addf(&out, "%s%s", result == RUN_WRONG_USE ? err.msg : "", buf_str(&diagnostics));
    text = strdup(buf_str(&out));
    buf_release(&out);
    buf_release(&diagnostics);
    run_release(&run);
    return text;
}

static unsigned judged, held;

static void check_agree(const char *expect, const char *trace)
{
    char *stream = told(expect, trace, false), *whole = told(expect, trace, true);

    ck_assert_msg(strcmp(stream, whole) == 0, "%s, %s:\nin a stream: %sas a whole: %s", expect, trace, stream,
                  whole);
    judged += stream[0] == '0';
    held += strstr(stream, " holds ") != NULL;
    free(stream);
    free(whole);
}

/* Every expectation with every trace that fits the pattern of names. */
static void check_all(const char *expects, const char *traces)
{
    glob_t left = {0}, right = {0};

    ck_assert_int_eq(glob(expects, 0, NULL, &left), 0);
    if (glob(traces, 0, NULL, &right) == 0)
        for (size_t i = 0; i < left.gl_pathc; i++)
            for (size_t j = 0; j < right.gl_pathc; j++)
                check_agree(left.gl_pathv[i], right.gl_pathv[j]);
    globfree(&left);
    globfree(&right);
}

START_TEST(golden_traces_are_judged_alike)
{
    judged = held = 0;
    check_all("expected/*.expect", "tests/golden/*/in.jsonl");
    ck_assert_uint_gt(judged, held);
    ck_assert_uint_gt(held, 0);
}
END_TEST

/* Those that other tests have left; tests/run starts this one when they have ended. */
START_TEST(traces_of_all_tests_are_judged_alike)
{
    const char *folder = getenv("TRACES");
    char traces[4096];

    if (!folder)
        return;
    snprintf(traces, sizeof(traces), "%s/*", folder);
    check_all("expected/*.expect", traces);
    check_all("scenarios/broken/*.expect", traces);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "golden", golden_traces_are_judged_alike);
    suite_add(suite, "left", traces_of_all_tests_are_judged_alike);
}
SUITE_MAIN("digest", add)
