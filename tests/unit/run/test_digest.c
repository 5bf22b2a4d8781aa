/* unit/run/test_digest.c: a trace judged in a stream and a trace judged as a whole come to the same, word for
 * word. */
#include "../suite.h"
#include "pairs.h"

#include "report/text.h"
#include "run/excerpt.h"
#include "run/run.h"

#include <string.h>
#include <unistd.h>

enum way { STREAM, EXCERPT, WHOLE };

static enum run_result judge_way(struct run *run, const char *expect, const char *trace, enum way way,
                                 struct buf *diagnostics, struct err *err)
{
    struct run_opts opts = {
        .failing_confidence = FINDING_PROVED, .keep_trace = way == WHOLE, .long_trace = 1};

    if (way == STREAM)
        opts.long_trace = SIZE_MAX;
    return run_check(expect, &trace, 1, &opts, run, diagnostics, err);
}

/* What `sockdrill check` would print, or why it can't. The caller frees it. */
static char *told(const char *expect, const char *trace, enum way way)
{
    struct report_opts report = {.verbose = true};
    struct run run;
    struct err err = {0};
    struct buf diagnostics = {0}, out = {0};
    enum run_result result = judge_way(&run, expect, trace, way, &diagnostics, &err);
    const struct verdict *verdict = &run.verdict;
    char *text;

    buf_addf(&out, "%d ", (int)result);
    if (result == RUN_JUDGED)
        text_add(&out, &verdict, 0, &report);
    else
        buf_addf(&out, "%s%s", result == RUN_WRONG_USE ? err.msg : "", buf_str(&diagnostics));
    text = strdup(buf_str(&out));
    buf_release(&out);
    buf_release(&diagnostics);
    run_release(&run);
    return text;
}

struct tally {
    unsigned judged, held;
};

/* So long that an excerpt leaves out calls that may be passed over: a busy server makes thousands. */
static bool is_long(const char *trace)
{
    FILE *file = fopen(trace, "r");
    size_t lines = 0;
    int c;

    ck_assert_ptr_nonnull(file);
    while ((c = getc(file)) != EOF)
        lines += c == '\n';
    fclose(file);
    return lines > EXCERPT_BEHIND;
}

/* What is told is as long as the program has printed; libcheck takes no message of that length. */
static void check_same(const char *expect, const char *trace, enum way way, const char *other,
                       const char *whole)
{
    enum { BEFORE = 200, SHOWN = 1000 };
    size_t at = 0;

    while (other[at] && other[at] == whole[at])
        at++;
    at = at > BEFORE ? at - BEFORE : 0;
    ck_assert_msg(strcmp(other, whole) == 0, "%s, %s:\n%s: …%.*s…\nas a whole: …%.*s…", expect, trace,
                  way == STREAM ? "in a stream" : "from an excerpt", SHOWN, other + at, SHOWN, whole + at);
}

static void check_agree(const char *expect, const char *trace, void *arg)
{
    struct tally *tally = arg;
    char *whole = told(expect, trace, WHOLE);

    for (int way = STREAM; way < WHOLE; way++) {
        if (way == EXCERPT && is_long(trace))
            continue;
        char *other = told(expect, trace, (enum way)way);

        check_same(expect, trace, (enum way)way, other, whole);
        free(other);
    }
    tally->judged += whole[0] == '0';
    tally->held += strstr(whole, " holds ") != NULL;
    free(whole);
}

START_TEST(golden_traces_are_judged_alike)
{
    struct tally tally = {0};

    pairs_each("expected/*.expect", "tests/golden/*/in.jsonl", pairs_seed(), check_agree, &tally);
    ck_assert_uint_gt(tally.judged, tally.held);
    ck_assert_uint_gt(tally.held, 0);
}
END_TEST

/* Those that other tests have left; tests/run starts this one when they have ended. */
START_TEST(traces_of_all_tests_are_judged_alike)
{
    const char *folder = getenv("TRACES");
    struct tally tally = {0};
    char traces[4096];

    if (!folder)
        return;
    snprintf(traces, sizeof(traces), "%s/*", folder);
    pairs_each("expected/*.expect", traces, pairs_seed(), check_agree, &tally);
    pairs_each("scenarios/broken/*.expect", traces, pairs_seed(), check_agree, &tally);
}
END_TEST

static const struct {
    const char *fault;
    unsigned connection;
    const char *what;
} faults[] = {
    {"data", 0, "server: send: data is \"piXg\\n\", expected \"ping\\n\""},
    {"data", 199, "server: send: data is \"piXg\\n\", expected \"ping\\n\""},
    {"unanswered", 1, "server: send is missing"},
    {"unanswered", 100, "server: send is missing"},
    {"unclosed", 0, "server: close is missing"},
    {"unclosed", 100, "server: close is missing"},
    {"extra", 100, "server: send was not expected"},
    {"extra", 199, "server: send was not expected"},
    {"own", 0, "server: listen was not expected"},
    {"own", 100, "server: listen was not expected"},
    {"own", 199, "server: listen was not expected"},
};

/* From an excerpt, the same cause at the same event as from the whole. */
START_TEST(a_long_trace_has_the_same_first_cause)
{
    const char *build = getenv("BUILD");
    char command[4096], trace[] = "/tmp/sockdrill-digest-XXXXXX";
    struct err err = {0};
    struct buf diagnostics = {0};
    struct run runs[2];
    static const enum way ways[] = {EXCERPT, WHOLE};
    int fd = mkstemp(trace);

    ck_assert_int_ge(fd, 0);
    snprintf(command, sizeof(command), "%s/bench/million 20000 %d %s %u >%s", build ? build : "build", _i + 1,
             faults[_i].fault, faults[_i].connection, trace);
    ck_assert_int_eq(system(command), 0);
    for (int i = 0; i < 2; i++) {
        const struct cause *cause;

        ck_assert_int_eq(judge_way(&runs[i], "expected/tcp-echo.expect", trace, ways[i], &diagnostics, &err),
                         RUN_JUDGED);
        ck_assert_int_eq(runs[i].verdict.result, VERDICT_FAILS);
        cause = &runs[i].verdict.causes[0];
        ck_assert_str_eq(cause->what, faults[_i].what);
        ck_assert_int_eq(!cause->event, !runs[0].verdict.causes[0].event);
        if (cause->event)
            ck_assert_uint_eq(cause->event->seq, runs[0].verdict.causes[0].event->seq);
    }
    ck_assert_uint_lt(runs[0].trace.events.len, runs[1].trace.events.len / 2);
    run_release(&runs[0]);
    run_release(&runs[1]);
    buf_release(&diagnostics);
    close(fd);
    unlink(trace);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "long", a_long_trace_has_the_same_first_cause, sizeof(faults) / sizeof(*faults));
    suite_add(suite, "golden", golden_traces_are_judged_alike);
    suite_add_slow(suite, "left", traces_of_all_tests_are_judged_alike, PAIRS_TIMEOUT);
}
SUITE_MAIN("digest", add)
