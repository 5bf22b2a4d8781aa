/* unit/report/test_outcome.c: what is told of a run, through JSON and back. */
#include "report/clean.h"
#include "report/outcome.h"
#include "report/tally.h"
#include "verdicts.h"

static const struct report_opts plain = {0};

static char *as_json(const struct outcome *outcome)
{
    struct buf out = {0};

    outcome_write(&out, outcome);
    return out.data;
}

/* Members that have a value all the time, and then each of the others. */
static const struct outcome_cause causes[] = {
    {.kind = "behaviour", .what = "it"},
    {
        .fails = true,
        .kind = "changed-call",
        .role = "server",
        .code = "SD021",
        .title = "accept without listen",
        .confidence = "proved",
        .what = "server: \\ \"quoted\" ❤",
        .hint = "hint",
        .nudge = "nudge",
        .why = "why",
        .cure = "cure",
        .expected = "accept()",
        .actual = "accept(3) = -1",
        .source = {"server.c", 34},
        .expectation = {"lab.expect", 2147483647},
    },
    {.kind = "finding", .what = "", .source = {"a", 0}},
};
static const struct outcome_score scores[] = {{.role = "client", .at = {"lab.expect", 7}, .points = 3},
                                              {.points = 2, .is_earned = true}};
static const struct outcome_role roles[] = {
    {.name = "server",
     .ncalls = UINT64_MAX,
     .end = OUTCOME_KILLED,
     .status = 11,
     .out = {"a\tb\n", 7},
     .err = {"", 0}},
    {.name = "client", .end = OUTCOME_ALIVE, .out = {"", 0}, .err = {"\n", UINT64_C(9007199254740993)}},
};
static const char *const notes[] = {"one", "", "two\nlines"};

static const struct outcome whole = {
    .name = "lab",
    .title = "A lab",
    .expectation = "path/lab.expect",
    .result = OUTCOME_FAILS,
    .headline = "server: it",
    .causes = causes,
    .ncauses = ARRAY_LEN(causes),
    .scores = scores,
    .nscores = ARRAY_LEN(scores),
    .roles = roles,
    .nroles = ARRAY_LEN(roles),
    .notes = notes,
    .nnotes = ARRAY_LEN(notes),
    .text = "✗ lab\n\tmore\n",
    .took_ns = UINT64_MAX,
};

static void same_text(const char *a, const char *b)
{
    ck_assert_int_eq(!a, !b);
    if (a)
        ck_assert_str_eq(a, b);
}

static void same_place(struct outcome_place a, struct outcome_place b)
{
    same_text(a.file, b.file);
    ck_assert_int_eq(a.line, b.line);
}

static void same_cause(const struct outcome_cause *a, const struct outcome_cause *b)
{
    ck_assert_int_eq(a->fails, b->fails);
    same_text(a->kind, b->kind);
    same_text(a->role, b->role);
    same_text(a->code, b->code);
    same_text(a->title, b->title);
    same_text(a->confidence, b->confidence);
    same_text(a->what, b->what);
    same_text(a->hint, b->hint);
    same_text(a->nudge, b->nudge);
    same_text(a->why, b->why);
    same_text(a->cure, b->cure);
    same_text(a->expected, b->expected);
    same_text(a->actual, b->actual);
    same_place(a->source, b->source);
    same_place(a->expectation, b->expectation);
}

static void same_role(const struct outcome_role *a, const struct outcome_role *b)
{
    same_text(a->name, b->name);
    ck_assert_uint_eq(a->ncalls, b->ncalls);
    ck_assert_int_eq(a->end, b->end);
    ck_assert_int_eq(a->status, b->status);
    same_text(a->out.text, b->out.text);
    same_text(a->err.text, b->err.text);
    ck_assert_uint_eq(a->out.left_out, b->out.left_out);
    ck_assert_uint_eq(a->err.left_out, b->err.left_out);
}

START_TEST(comes_back)
{
    struct arena arena = {0};
    struct err err;
    char *json = as_json(&whole), *again;
    const struct outcome *read = outcome_read(json, strlen(json), &arena, &err);

    ck_assert_msg(read, "%s", err.msg);
    same_text(read->name, whole.name);
    same_text(read->title, whole.title);
    same_text(read->expectation, whole.expectation);
    same_text(read->headline, whole.headline);
    same_text(read->text, whole.text);
    ck_assert_int_eq(read->result, whole.result);
    ck_assert_uint_eq(read->took_ns, whole.took_ns);
    ck_assert_uint_eq(read->ncauses, whole.ncauses);
    ck_assert_uint_eq(read->nscores, whole.nscores);
    ck_assert_uint_eq(read->nroles, whole.nroles);
    ck_assert_uint_eq(read->nnotes, whole.nnotes);
    for (size_t i = 0; i < whole.ncauses; i++)
        same_cause(&read->causes[i], &causes[i]);
    for (size_t i = 0; i < whole.nscores; i++) {
        same_text(read->scores[i].role, scores[i].role);
        same_place(read->scores[i].at, scores[i].at);
        ck_assert_int_eq(read->scores[i].points, scores[i].points);
        ck_assert_int_eq(read->scores[i].is_earned, scores[i].is_earned);
    }
    for (size_t i = 0; i < whole.nroles; i++)
        same_role(&read->roles[i], &roles[i]);
    for (size_t i = 0; i < whole.nnotes; i++)
        same_text(read->notes[i], notes[i]);
    again = as_json(read);
    ck_assert_str_eq(json, again);
    free(again);
    free(json);
    arena_release(&arena);
}
END_TEST

/* All that a JSON text loses at its end makes it none. */
START_TEST(cut_short)
{
    char *json = as_json(&whole);

    for (size_t len = strlen(json); len-- > 0;) {
        struct arena arena = {0};
        struct err err = {0};

        ck_assert_ptr_null(outcome_read(json, len, &arena, &err));
        ck_assert_str_ne(err.msg, "");
        arena_release(&arena);
    }
    free(json);
}
END_TEST

/* What is changed in the text of `whole`, and what is said of it. */
static const struct {
    const char *from, *to, *says;
} wrongs[] = {
    {"\"name\": \"lab\"", "\"nam\": \"lab\"", "'name' is missing"},
    {"\"name\": \"lab\"", "\"name\": null", "'name' is no text"},
    {"\"name\": \"lab\"", "\"name\": \"l\\u0000b\"", "'name' holds control characters"},
    {"\"name\": \"lab\"", "\"name\": \"l\\nb\"", "'name' holds control characters"},
    {"\"name\": \"lab\"", "\"name\": \"l\\u009bb\"", "'name' holds control characters"},
    {"\"two\\nlines\"", "\"two\\u001b[2J\"", "'notes' holds control characters"},
    {"\"two\\nlines\"", "2", "'notes' is no text"},
    {"\"result\": \"fails\"", "\"result\": \"passes\"", "'result' is none of the words"},
    {"\"result\": \"fails\"", "\"result\": 1", "'result' is none of the words"},
    {"\"points\": 3", "\"points\": -3", "'points' is no number"},
    {"\"points\": 3", "\"points\": 2147483648", "'points' is no number"},
    {"\"points\": 3", "\"points\": 3.0", "'points' is no number"},
    {"\"earned\": false", "\"earned\": 0", "'earned' is neither"},
    {"\"earned\": false", "\"given\": false", "'earned' is missing"},
    {"\"took_ns\": \"18446744073709551615\"", "\"took_ns\": \"18446744073709551616\"",
     "'took_ns' is no number"},
    {"\"took_ns\": \"18446744073709551615\"", "\"took_ns\": \"+1\"", "'took_ns' is no number"},
    {"\"took_ns\": \"18446744073709551615\"", "\"took_ns\": \"1\\u0000\"", "'took_ns' is no number"},
    {"\"took_ns\": \"18446744073709551615\"", "\"took_ns\": -1", "'took_ns' is no number"},
    {"\"scores\": [", "\"scores\": [7, ", "'scores' is no object"},
    {"\"scores\": [", "\"score\": [", "'scores' is missing"},
    {"\"source\": {", "\"source\": 1, \"_\": {", "'source' is no object"},
    {"\"stdout\": {", "\"std\": {", "'stdout' is missing"},
    {"{\"name\": \"lab\"", "[{\"name\": \"lab\"", "this is no JSON"},
};

static char *replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    struct buf out = {0};

    ck_assert_msg(at, "%s is not in %s", from, text);
    buf_add(&out, text, (size_t)(at - text));
    buf_adds(&out, to);
    buf_adds(&out, at + strlen(from));
    return out.data;
}

START_TEST(wrong)
{
    struct arena arena = {0};
    struct err err = {0};
    char *json = as_json(&whole), *other = replaced(json, wrongs[_i].from, wrongs[_i].to);

    ck_assert_ptr_null(outcome_read(other, strlen(other), &arena, &err));
    ck_assert_msg(strstr(err.msg, wrongs[_i].says), "%s", err.msg);
    ck_assert_ptr_null(outcome_read("[]", 2, &arena, &err));
    ck_assert_msg(strstr(err.msg, "no object"), "%s", err.msg);
    free(other);
    free(json);
    arena_release(&arena);
}
END_TEST

START_TEST(unknown_members)
{
    struct arena arena = {0};
    struct err err;
    char *json = as_json(&whole),
         *other = replaced(json, "{\"name\": \"lab\"", "{\"new\": [{}], \"name\": \"lab\""), *again;
    const struct outcome *read = outcome_read(other, strlen(other), &arena, &err);

    ck_assert_msg(read, "%s", err.msg);
    again = as_json(read);
    ck_assert_str_eq(json, again);
    free(again);
    free(other);
    free(json);
    arena_release(&arena);
}
END_TEST

START_TEST(of_a_failure)
{
    struct page page;
    struct arena arena = {0};
    const struct outcome *outcome;

    page_init(&page);
    no_listen(&page);
    page.roles[0].killed = true;
    page.roles[0].status = SIGPIPE;
    outcome = outcome_make(&page.verdict, &plain, &arena);
    ck_assert_int_eq(outcome->result, OUTCOME_FAILS);
    ck_assert_str_eq(outcome->name, "tcp-echo");
    ck_assert_str_eq(outcome->title, "TCP echo");
    ck_assert_str_eq(outcome->expectation, "expected/tcp-echo.expect");
    ck_assert_str_eq(outcome->headline, "server: listen is missing");
    ck_assert_uint_eq(outcome->ncauses, 3);
    same_cause(&outcome->causes[0], &(struct outcome_cause){.fails = true,
                                                            .kind = "missing-call",
                                                            .role = "server",
                                                            .what = "server: listen is missing",
                                                            .why = "Only listen opens the port",
                                                            .cure = "Call listen after bind",
                                                            .expected = "listen($listener, > 0) = 0",
                                                            .expectation = {"expected/tcp-echo.expect", 7}});
    ck_assert_str_eq(outcome->causes[1].role, "client");
    ck_assert_str_eq(outcome->causes[1].actual, "connect(3, 127.0.0.1:7000) = -1 ECONNREFUSED");
    ck_assert_int_eq(outcome->causes[2].fails, false);
    ck_assert_str_eq(outcome->causes[2].code, "SD021");
    ck_assert_str_eq(outcome->causes[2].confidence, "proved");
    ck_assert_int_eq(outcome->roles[0].end, OUTCOME_KILLED);
    ck_assert_int_eq(outcome->roles[1].end, OUTCOME_EXITED);
    ck_assert_str_eq(outcome->roles[0].err.text,
                     "server: first\nserver: accept: Invalid argument\n\\33[31mbye");
    ck_assert(strstr(outcome->text, "✗ tcp-echo does not hold: server: listen is missing\n") ==
              outcome->text);
    arena_release(&arena);
    page_release(&page);
}
END_TEST

/* How many of the hints are given: none, the nudge, the cause, the cure. */
START_TEST(withheld)
{
    struct page page;
    struct arena arena = {0};
    const struct report_opts opts = {.withheld = (unsigned)(3 - _i)};
    const struct outcome_cause *cause;
    char *json;

    page_init(&page);
    no_listen(&page);
    page.causes[0].nudge = "Who listens";
    page.causes[0].hint = "See page 7";
    cause = outcome_make(&page.verdict, &opts, &arena)->causes;
    ck_assert_int_eq(cause->nudge != NULL, _i == 1);
    ck_assert_int_eq(cause->hint != NULL, _i >= 1);
    ck_assert_int_eq(cause->why != NULL, _i >= 2);
    ck_assert_int_eq(cause->cure != NULL, _i >= 3);
    json = as_json(outcome_make(&page.verdict, &opts, &arena));
    ck_assert_int_eq(strstr(json, "Only listen opens") != NULL, _i >= 2);
    ck_assert_int_eq(strstr(json, "Call listen") != NULL, _i >= 3);
    free(json);
    arena_release(&arena);
    page_release(&page);
}
END_TEST

/* Every byte there is, in what programs print and in what is said of it. */
START_TEST(hostile)
{
    struct page page;
    struct arena arena = {0};
    struct err err;
    char bytes[512], *json, *again;
    const struct outcome *outcome, *read;

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)i;
    page_init(&page);
    no_listen(&page);
    page.roles[0].stdout_text = page.roles[0].stderr_text = bytes;
    page.roles[0].stdout_len = page.roles[0].stderr_len = sizeof(bytes);
    page.causes[0].what = bytes + 1;
    page.causes[0].hint = "\33[2J\r\n]]>\x9b\xff";
    page.notes[0] = "a\nb\33c\xc2\x9b\xed\xa0\x80";
    page.verdict.nnotes = 1;
    outcome = outcome_make(&page.verdict, &plain, &arena);
    ck_assert(clean_is(outcome->headline, strlen(outcome->headline), false));
    ck_assert(clean_is(outcome->text, strlen(outcome->text), true));
    ck_assert(clean_is(outcome->roles[0].out.text, strlen(outcome->roles[0].out.text), true));
    ck_assert_str_eq(outcome->causes[0].hint, "\\33[2J\\r\\n]]>\\233\\377");
    ck_assert_str_eq(outcome->notes[0], "a\nb\\33c\\302\\233\\355\\240\\200");
    json = as_json(outcome);
    ck_assert(clean_is(json, strlen(json), false));
    read = outcome_read(json, strlen(json), &arena, &err);
    ck_assert_msg(read, "%s", err.msg);
    again = as_json(read);
    ck_assert_str_eq(json, again);
    free(again);
    free(json);
    arena_release(&arena);
    page_release(&page);
}
END_TEST

START_TEST(long_output)
{
    struct page page;
    struct arena arena = {0};
    static char bytes[3 * CLEAN_TEXT_MOST];
    const struct outcome_role *role;

    memset(bytes, 'x', sizeof(bytes));
    memcpy(bytes + CLEAN_TEXT_MOST - 1, "\xe2\x9d\xa4", 3);
    page_init(&page);
    page.roles[0].stdout_text = bytes;
    page.roles[0].stdout_len = sizeof(bytes);
    role = outcome_make(&page.verdict, &plain, &arena)->roles;
    ck_assert_uint_eq(role->out.left_out, sizeof(bytes) - CLEAN_TEXT_MOST + 1);
    ck_assert_uint_lt(strlen(role->out.text), CLEAN_LINE_MOST + 32);
    ck_assert(strstr(role->out.text, "x… (14383 more)"));
    ck_assert_uint_eq(role->err.left_out, 0);
    arena_release(&arena);
    page_release(&page);
}
END_TEST

START_TEST(no_verdict)
{
    struct arena arena = {0};
    const struct outcome *bad =
        outcome_failed("a/lab.expect", OUTCOME_WRONG_FILE, "a/lab.expect:1:1: \33\n  x\n", &arena);
    const struct outcome *not_run =
        outcome_failed("tcp-echo", OUTCOME_UNTESTED, "not run: interrupted", &arena);

    ck_assert_str_eq(bad->name, "lab");
    ck_assert_str_eq(bad->expectation, "a/lab.expect");
    ck_assert_str_eq(bad->headline, "a/lab.expect:1:1: \\33");
    ck_assert_str_eq(bad->text, "? lab is wrong: a/lab.expect:1:1: \\33\n  x\n");
    ck_assert_str_eq(not_run->name, "tcp-echo");
    ck_assert_str_eq(not_run->expectation, "");
    ck_assert_str_eq(not_run->text, "? tcp-echo could not be tested: not run: interrupted\n");
    arena_release(&arena);
}
END_TEST

START_TEST(ends)
{
    static const struct {
        struct outcome_role role;
        const char *text;
    } rows[] = {
        {{.end = OUTCOME_EXITED, .status = 3}, "exited with 3"},
        {{.end = OUTCOME_KILLED, .status = SIGSEGV}, "was killed by SIGSEGV"},
        {{.end = OUTCOME_KILLED, .status = 99}, "was killed by signal 99"},
        {{.end = OUTCOME_HUNG}, "hung"},
        {{.end = OUTCOME_NOT_STARTED}, "was not started"},
    };
    struct buf out = {0};

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&out);
        outcome_add_end(&out, &rows[i].role);
        ck_assert_str_eq(buf_str(&out), rows[i].text);
    }
    buf_release(&out);
}
END_TEST

START_TEST(worst)
{
    struct outcome holds = {.result = OUTCOME_HOLDS, .took_ns = 1}, untested = {.result = OUTCOME_UNTESTED},
                   wrong_file = {.result = OUTCOME_WRONG_FILE};
    const struct outcome *const outcomes[] = {&holds, &untested, &whole, &holds, &wrong_file};
    static const enum outcome_result results[] = {OUTCOME_HOLDS, OUTCOME_HOLDS, OUTCOME_UNTESTED,
                                                  OUTCOME_FAILS, OUTCOME_FAILS, OUTCOME_WRONG_FILE};
    struct tally tally;

    for (size_t len = 0; len <= ARRAY_LEN(outcomes); len++)
        ck_assert_int_eq(tally_make(outcomes, len, &(struct report_set){0}).result, results[len]);
    tally = tally_make(outcomes, ARRAY_LEN(outcomes), &(struct report_set){0});
    ck_assert_uint_eq(tally.counts[OUTCOME_HOLDS], 2);
    ck_assert_uint_eq(tally.counts[OUTCOME_FAILS], 1);
    ck_assert_int_eq(tally.sum.earned, 200);
    ck_assert_int_eq(tally.sum.possible, 500);
}
END_TEST

START_TEST(json_report)
{
    const struct outcome *const outcomes[] = {&whole};
    struct report_set set = {.title = "sockdrill", .version = "1"};
    struct buf out = {0};

    report_by_name("json")->write(&out, outcomes, 1, &set);
    ck_assert_msg(strstr(buf_str(&out), "{\"report\": 1, \"title\": \"sockdrill\", \"version\": \"1\", "
                                        "\"result\": \"fails\", \"counts\": {\"holds\": 0, "
                                        "\"fails\": 1, ") == out.data,
                  "%s", out.data);
    ck_assert(strstr(out.data, "\"took_ns\""));
    buf_reset(&out);
    set.no_times = true;
    report_by_name("json")->write(&out, outcomes, 1, &set);
    ck_assert(!strstr(out.data, "\"took_ns\"") && !strstr(out.data, "\"at\": \""));
    buf_release(&out);
}
END_TEST

/* What a message of SARIF is put together from, each part with the full stop that it may lack. */
START_TEST(sarif_sentences)
{
    static const struct outcome_cause cause = {.fails = true,
                                               .kind = "finding",
                                               .what = "it",
                                               .hint = "",
                                               .nudge = "Why?",
                                               .why = "So",
                                               .cure = "Do."};
    const struct outcome outcome = {.name = "lab", .causes = &cause, .ncauses = 1};
    const struct outcome *const outcomes[] = {&outcome};
    struct buf out = {0};

    report_by_name("sarif")->write(&out, outcomes, 1, &(struct report_set){.title = "t", .version = "1"});
    ck_assert_msg(strstr(buf_str(&out), "\"lab: it. Why? So. Do.\""), "%s", out.data);
    buf_release(&out);
}
END_TEST

static void add_tests(Suite *suite)
{
    suite_add(suite, "comes back", comes_back);
    suite_add(suite, "cut short", cut_short);
    suite_add_loop(suite, "wrong", wrong, ARRAY_LEN(wrongs));
    suite_add(suite, "unknown members", unknown_members);
    suite_add(suite, "of a failure", of_a_failure);
    suite_add_loop(suite, "withheld", withheld, 4);
    suite_add(suite, "hostile", hostile);
    suite_add(suite, "long output", long_output);
    suite_add(suite, "no verdict", no_verdict);
    suite_add(suite, "ends", ends);
    suite_add(suite, "worst", worst);
    suite_add(suite, "json report", json_report);
    suite_add(suite, "sarif sentences", sarif_sentences);
}

SUITE_MAIN("outcome", add_tests)
