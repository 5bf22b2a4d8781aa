/* unit/report/test_text.c: verdicts in words. */
#include "report/layout.h"
#include "report/text.h"
#include "verdicts.h"

static char *write_text(const struct page *page, struct report_opts opts)
{
    const struct verdict *verdict = &page->verdict;
    struct buf out = {0};

    text_add(&out, &verdict, 0, &opts);
    return out.data;
}

START_TEST(holds)
{
    struct page page;
    char *seen;

    page_init(&page);
    fixture_tcp_echo(&page.f);
    fixture_fold(&page.f);
    page.roles[0].ncalls = 9;
    page.roles[1].ncalls = 7;
    page.notes[0] = "ran in a network namespace of its own";
    page.verdict.nnotes = 1;
    seen = write_text(&page, (struct report_opts){0});
    ck_assert_str_eq(seen, "✓ tcp-echo holds (server 9 calls, client 7 calls, 12 ms)\n");
    free(seen);
    seen = write_text(&page, (struct report_opts){.verbose = true, .color = true});
    ck_assert_str_eq(seen, "\33[32m✓\33[0m tcp-echo holds (server 9 calls, client 7 calls, 12 ms)\n"
                           "  note: ran in a network namespace of its own.\n");
    free(seen);
    page_release(&page);
}
END_TEST

START_TEST(first_cause_on_top)
{
    struct page page;
    char *seen;

    page_init(&page);
    no_listen(&page);
    seen = write_text(&page, (struct report_opts){.width = 80});
    ck_assert_str_eq(seen,
                     "✗ tcp-echo does not hold: server: listen is missing\n"
                     "\n"
                     "  expected/tcp-echo.expect:7\n"
                     "     7 |     listen($listener, > 0)                          = 0\n"
                     "  why  Only listen opens the port.\n"
                     "  do   Call listen after bind.\n"
                     "\n"
                     "  server\n"
                     "        expected                          happened\n"
                     "    5   socket(AF_INET, SOC… = $listener  #1    socket(AF_INET, SOCK_STREAM) = 3\n"
                     "    6   bind($listener, *:7000) = 0       #2    bind(3, 0.0.0.0:7000) = 0\n"
                     "    7 - listen($listener, > 0) = 0\n"
                     "    8 ~ accept($listener) = $conn         #3    accept(3) = -1 EINVAL\n"
                     "        result: expected success, was -1 EINVAL\n"
                     "    9 -   recv($conn, \"ping\\n\")\n"
                     "\n"
                     "  and then  client: connect failed with ECONNREFUSED (#4).\n"
                     "  server printed on stderr:\n"
                     "    server: first\n"
                     "    server: accept: Invalid argument\n"
                     "    \\33[31mbye\n"
                     "  SD021 (proved): accept without listen, #3; see listen(2)\n"
                     "  note: ran in a network namespace of its own.\n"
                     "  more: sockdrill explain listen · sockdrill explain SD021\n");
    free(seen);
    page_release(&page);
}
END_TEST

/* One mistake is told once: by the rule that knows it, where the first cause stands. */
START_TEST(a_finding_explains_the_first_cause)
{
    static const struct report_opts wide = {.width = 80}, all = {.width = 80, .verbose = true};
    struct page page;
    char *seen;

    page_init(&page);
    no_listen(&page);
    page.causes[0].finding = &page.findings.list.items[0];
    seen = write_text(&page, wide);
    ck_assert_ptr_nonnull(strstr(seen, "  SD021 (proved): accept without listen, #3; see listen(2)\n"
                                       "        accept(3) = -1 EINVAL.\n"
                                       "  why  Only listen opens the port.\n"
                                       "  do   Call listen after bind.\n"));
    ck_assert_ptr_null(strstr(strstr(seen, "SD021 (") + 1, "SD021 ("));
    free(seen);
    page.causes[0].finding = NULL;
    seen = write_text(&page, all);
    ck_assert_ptr_nonnull(strstr(seen, "  SD021 (proved): accept without listen, #3; see listen(2)\n"
                                       "        accept(3) = -1 EINVAL.\n"
                                       "        No queue.\n"
                                       "        Call listen.\n"));
    free(seen);
    page.causes[1].is_finding = true;
    seen = write_text(&page, wide);
    ck_assert_ptr_null(strstr(seen, "and then"));
    free(seen);
    page_release(&page);
}
END_TEST

/* One line on the first cause; nothing where hints are withheld, or there is nothing to ask for. */
START_TEST(what_to_ask_for)
{
    struct page page;
    char *seen;

    page_init(&page);
    no_listen(&page);
    page.causes[0].event = page.rows[3].events[0];
    seen = write_text(&page, (struct report_opts){.width = 80});
    ck_assert_ptr_nonnull(
        strstr(seen, "\n  more: sockdrill explain accept EINVAL · sockdrill explain SD021\n"));
    free(seen);
    page.findings.list.items[0].confidence = FINDING_STYLE;
    seen = write_text(&page, (struct report_opts){.width = 80});
    ck_assert_ptr_nonnull(strstr(seen, "\n  more: sockdrill explain accept EINVAL\n"));
    free(seen);
    seen = write_text(&page, (struct report_opts){.width = 80, .withheld = 3});
    ck_assert_ptr_null(strstr(seen, "more:"));
    free(seen);
    page.causes[0].event = NULL;
    page.causes[0].row = NULL;
    seen = write_text(&page, (struct report_opts){.width = 80});
    ck_assert_ptr_null(strstr(seen, "more:"));
    free(seen);
    page_release(&page);
}
END_TEST

START_TEST(one_screen_and_no_raw_bytes)
{
    struct page page;
    char *seen;
    size_t lines = 0;

    page_init(&page);
    no_listen(&page);
    seen = write_text(&page, (struct report_opts){.width = 80});
    ck_assert_ptr_null(strchr(seen, '\33'));
    for (char *line = strtok(seen, "\n"); line; line = strtok(NULL, "\n"), lines++)
        ck_assert_uint_le(layout_width(line), 80);
    ck_assert_uint_le(lines, 40);
    free(seen);
    page_release(&page);
}
END_TEST

START_TEST(untested)
{
    struct page page;
    char *seen;

    page_init(&page);
    page.verdict.result = VERDICT_UNTESTED;
    page.notes[0] = "server: cannot run './server': Permission denied";
    page.notes[1] = "ran in the machine's own network";
    page.verdict.nnotes = 2;
    seen = write_text(&page, (struct report_opts){0});
    ck_assert_str_eq(seen,
                     "? tcp-echo could not be tested: server: cannot run './server': Permission denied\n"
                     "  note: ran in the machine's own network.\n");
    free(seen);
    page_release(&page);
}
END_TEST

START_TEST(summary)
{
    struct page good, bad;
    const struct verdict *verdicts[3];
    const struct outcome *outcomes[3];
    const struct report_opts opts = {0};
    struct arena arena = {0};
    struct buf out = {0};

    page_init(&good);
    page_init(&bad);
    bad.verdict.result = VERDICT_UNTESTED;
    verdicts[0] = verdicts[1] = &good.verdict;
    verdicts[2] = &bad.verdict;
    for (size_t i = 0; i < 3; i++)
        outcomes[i] = outcome_make(verdicts[i], &opts, &arena);
    report_by_name("text")->write(&out, outcomes, 3, &(struct report_set){0});
    ck_assert_str_eq(buf_str(&out), "✓ tcp-echo holds (server 0 calls, client 0 calls, 12 ms)\n"
                                    "✓ tcp-echo holds (server 0 calls, client 0 calls, 12 ms)\n"
                                    "? tcp-echo could not be tested\n"
                                    "\n"
                                    "3 scenarios: 2 hold, 1 could not be tested\n"
                                    "  ? tcp-echo could not be tested\n");
    buf_release(&out);
    arena_release(&arena);
    page_release(&good);
    page_release(&bad);
}
END_TEST

/* A loop that fails ten thousand times fills no screen. */
START_TEST(loops_are_folded)
{
    enum { N = 10000 };
    struct page page;
    struct align_row *rows = alloc_zeroed(N * sizeof(*rows));
    char *seen;

    page_init(&page);
    no_listen(&page);
    for (size_t i = 0; i < N; i++)
        rows[i] = (struct align_row){.op = ALIGN_EXTRA, .events = page.rows[3].events, .nevents = 1};
    page.alignment.rows = rows;
    page.alignment.nrows = N;
    seen = write_text(&page, (struct report_opts){.width = 80});
    ck_assert_ptr_nonnull(strstr(seen, "#3    accept(3) = -1 EINVAL\n        … 9999 times the same\n"));
    free(seen);
    free(rows);
    page_release(&page);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "holds", holds);
    suite_add(suite, "fails", first_cause_on_top);
    suite_add(suite, "findings", a_finding_explains_the_first_cause);
    suite_add(suite, "more", what_to_ask_for);
    suite_add(suite, "screen", one_screen_and_no_raw_bytes);
    suite_add(suite, "untested", untested);
    suite_add(suite, "summary", summary);
    suite_add(suite, "loops", loops_are_folded);
}

SUITE_MAIN("text", add)
