/* unit/lib/test_sockdrill.c: what the public header promises, kept. Run from the top of the tree. */
#include "../suite.h"
#include "lib/sockdrill.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct sockdrill_pair to_nowhere[] = {{"server", "./there-is-no-such-program"}, {NULL, NULL}};
static const struct sockdrill_pair to_nobody[] = {{"nobody", "true"}, {NULL, NULL}};

static const struct {
    const char *expectation;
    struct sockdrill_options options;
    enum sockdrill_result result;
    const char *says;
} rows[] = {
    {"tcp-echo", {.no_source = true}, SOCKDRILL_HOLDS, ""},
    {"expected/tcp-echo.expect", {.no_namespace = true}, SOCKDRILL_HOLDS, ""},
    {"there-is-no-such-scenario", {0}, SOCKDRILL_WRONG, "there is no scenario"},
    {"there/is/no.expect", {0}, SOCKDRILL_WRONG, "there/is/no.expect"},
    {"tests/expect/reference", {0}, SOCKDRILL_WRONG, "error"},
    {"tcp-echo", {.roles = to_nobody}, SOCKDRILL_WRONG, "no role 'nobody'"},
    {"tcp-echo", {.trace_path = "/there/is/no/such"}, SOCKDRILL_WRONG, "/there/is/no/such"},
    {"tcp-echo", {.roles = to_nowhere}, SOCKDRILL_UNTESTED, "there-is-no-such-program"},
};

START_TEST(tells_what_it_came_to)
{
    struct sockdrill_verdict *verdict = sockdrill_run(rows[_i].expectation, &rows[_i].options);
    const char *message = sockdrill_message(verdict);
    bool is_told = rows[_i].result == SOCKDRILL_HOLDS || rows[_i].result == SOCKDRILL_UNTESTED;
    struct sockdrill_event event;
    struct sockdrill_cause cause;
    char *report = sockdrill_report(verdict, "text");

    ck_assert_msg(sockdrill_result(verdict) == rows[_i].result, "%s", message);
    ck_assert_msg(*rows[_i].says ? strstr(message, rows[_i].says) != NULL : !*message, "%s", message);
    ck_assert_int_eq(is_told, report != NULL);
    ck_assert_int_eq(is_told, sockdrill_event(verdict, 0, &event));
    ck_assert(!sockdrill_cause(verdict, 1000, &cause));
    free(report);
    sockdrill_free(verdict);
}
END_TEST

static struct sockdrill_verdict *run_broken(const struct sockdrill_options *more)
{
    struct sockdrill_options options = *more;
    const struct sockdrill_pair roles[] = {{"server", "build/scenarios/broken/no-listen ${PORT}"},
                                           {NULL, NULL}};

    options.roles = roles;
    return sockdrill_run("tcp-echo", &options);
}

START_TEST(causes_and_findings_have_their_places)
{
    struct sockdrill_verdict *verdict = run_broken(&(struct sockdrill_options){0});
    struct sockdrill_cause cause;
    struct sockdrill_finding finding;
    struct sockdrill_event event;
    char *report = sockdrill_report(verdict, "text");

    ck_assert_int_eq(sockdrill_result(verdict), SOCKDRILL_FAILS);
    ck_assert_str_eq(sockdrill_message(verdict), "server: listen is missing");
    ck_assert(sockdrill_cause(verdict, 0, &cause));
    ck_assert_str_eq(cause.what, sockdrill_message(verdict));
    ck_assert_str_eq(cause.role, "server");
    ck_assert_int_eq(cause.expected_line, 10);
    ck_assert_str_eq(strstr(cause.at.file, "scenarios/"), "scenarios/broken/no-listen.c");
    ck_assert_int_gt(cause.at.line, 0);
    ck_assert_ptr_nonnull(strstr(cause.cure, "Call listen"));
    ck_assert(sockdrill_finding(verdict, 0, &finding));
    ck_assert_str_eq(finding.code, "SD021");
    ck_assert_int_eq(finding.sureness, SOCKDRILL_PROVED);
    ck_assert_str_eq(finding.man, "listen(2)");
    for (size_t i = 0; sockdrill_event(verdict, i, &event) && event.number != finding.event; i++)
        ;
    ck_assert_str_eq(event.call, "accept");
    ck_assert_int_eq(event.error, EINVAL);
    ck_assert_int_eq(event.at.line, finding.at.line);
    ck_assert_ptr_nonnull(strstr(report, "listen is missing"));
    ck_assert_ptr_null(sockdrill_report(verdict, "no such kind"));
    free(report);
    sockdrill_free(verdict);
}
END_TEST

START_TEST(no_finding_fails_it_where_none_is_to)
{
    const struct sockdrill_pair roles[] = {{"server", "build/scenarios/broken/no-listen ${PORT}"},
                                           {NULL, NULL}};
    const struct sockdrill_options strict = {.roles = roles},
                                   lax = {.roles = roles, .failing = SOCKDRILL_NONE};
    char path[] = "/tmp/test_sockdrill-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    struct sockdrill_verdict *verdict;
    struct sockdrill_cause cause;

    fputs("server \"true\" {\n    ...\n    timeout 2s\n}\n", file);
    fclose(file);
    verdict = sockdrill_run(path, &strict);
    ck_assert_int_eq(sockdrill_result(verdict), SOCKDRILL_FAILS);
    ck_assert(sockdrill_cause(verdict, 0, &cause));
    ck_assert_str_eq(cause.code, "SD021");
    sockdrill_free(verdict);
    verdict = sockdrill_run(path, &lax);
    ck_assert_msg(sockdrill_result(verdict) == SOCKDRILL_HOLDS, "%s", sockdrill_message(verdict));
    sockdrill_free(verdict);
    unlink(path);
}
END_TEST

START_TEST(events_are_walked_and_asked)
{
    struct sockdrill_verdict *verdict = sockdrill_run("tcp-echo", NULL);
    struct sockdrill_event event;
    uint64_t last = 0;
    int listens = 0, echoes = 0;

    for (size_t i = 0; sockdrill_event(verdict, i, &event); i++) {
        ck_assert_uint_gt(event.number, last);
        ck_assert_ptr_nonnull(event.text);
        ck_assert_int_eq(!strcmp(event.kind, "call"), event.call != NULL);
        last = event.number;
        if (!event.call || strcmp(event.role, "server") != 0)
            continue;
        if (!strcmp(event.call, "listen")) {
            ck_assert_str_eq(sockdrill_argument(verdict, i, "backlog"), "16");
            ck_assert_ptr_null(sockdrill_argument(verdict, i, "frontlog"));
            ck_assert_ptr_null(event.data);
            ck_assert_uint_ne(event.socket, 0);
            ck_assert(event.returned);
            listens++;
        }
        if (!strcmp(event.call, "send")) {
            ck_assert_uint_eq(event.length, 5);
            ck_assert_uint_eq(event.length_in_all, 5);
            ck_assert_mem_eq(event.data, "ping\n", 5);
            ck_assert_int_eq(event.result, 5);
            ck_assert_ptr_nonnull(strstr(event.text, "\"ping\\n\""));
            echoes++;
        }
    }
    ck_assert_int_eq(listens, 1);
    ck_assert_int_ge(echoes, 1);
    sockdrill_free(verdict);
}
END_TEST

/* Out as a trace, and in again. */
START_TEST(a_trace_that_was_written_is_checked)
{
    struct sockdrill_verdict *verdict = run_broken(&(struct sockdrill_options){0}), *again;
    char path[] = "/tmp/test_sockdrill-XXXXXX";
    const char *const paths[] = {path};
    FILE *file = fdopen(mkstemp(path), "w");
    struct sockdrill_event event;
    size_t n = 0, m = 0;

    ck_assert(sockdrill_write_trace(verdict, file));
    fclose(file);
    again = sockdrill_check("tcp-echo", paths, 1, NULL);
    ck_assert_int_eq(sockdrill_result(again), SOCKDRILL_FAILS);
    ck_assert_str_eq(sockdrill_message(again), sockdrill_message(verdict));
    while (sockdrill_event(verdict, n, &event))
        n++;
    while (sockdrill_event(again, m, &event))
        m++;
    ck_assert_uint_gt(n, 10);
    ck_assert_uint_eq(n, m);
    sockdrill_free(again);
    again = sockdrill_check("tcp-echo", paths, 0, NULL);
    ck_assert_int_eq(sockdrill_result(again), SOCKDRILL_WRONG);
    ck_assert(!sockdrill_write_trace(again, stdout));
    sockdrill_free(again);
    sockdrill_free(verdict);
    sockdrill_free(NULL);
    unlink(path);
}
END_TEST

/* Who uses a library has children of their own to wait for. */
START_TEST(other_children_are_left_to_the_caller)
{
    pid_t child = fork();
    int status;

    if (child == 0)
        _exit(7);
    ck_assert_int_eq(waitid(P_PID, (id_t)child, &(siginfo_t){0}, WEXITED | WNOWAIT), 0);
    sockdrill_free(sockdrill_run("tcp-echo", NULL));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(WEXITSTATUS(status), 7);
    ck_assert_int_eq(waitpid(-1, &status, 0), -1);
}
END_TEST

START_TEST(an_ignored_sigchld_is_a_fault_that_is_told)
{
    struct sockdrill_verdict *verdict;

    signal(SIGCHLD, SIG_IGN);
    verdict = sockdrill_run("tcp-echo", NULL);
    ck_assert_int_eq(sockdrill_result(verdict), SOCKDRILL_FAULT);
    ck_assert_ptr_nonnull(strstr(sockdrill_message(verdict), "SIGCHLD"));
    sockdrill_free(verdict);
}
END_TEST

START_TEST(its_version_is_that_of_the_header)
{
    char version[32];

    snprintf(version, sizeof(version), "%d.%d.%d", SOCKDRILL_MAJOR, SOCKDRILL_MINOR, SOCKDRILL_PATCH);
    ck_assert_str_eq(sockdrill_version(), version);
}
END_TEST

/* Emulators and some containers have no ptrace. */
static void skip_without_ptrace(void)
{
    pid_t child = fork();
    bool is_refused;

    if (child == 0)
        for (;;)
            pause();
    is_refused = ptrace(PTRACE_SEIZE, child, NULL, NULL) != 0;
    if (is_refused)
        printf("ptrace is refused here: %s\n", strerror(errno));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    if (is_refused)
        exit(77);
}

static void add(Suite *suite)
{
    skip_without_ptrace();
    suite_add_loop(suite, "what it came to", tells_what_it_came_to, sizeof(rows) / sizeof(*rows));
    suite_add(suite, "causes", causes_and_findings_have_their_places);
    suite_add(suite, "failing", no_finding_fails_it_where_none_is_to);
    suite_add(suite, "events", events_are_walked_and_asked);
    suite_add(suite, "written", a_trace_that_was_written_is_checked);
    suite_add(suite, "children", other_children_are_left_to_the_caller);
    suite_add(suite, "SIGCHLD", an_ignored_sigchld_is_a_fault_that_is_told);
    suite_add(suite, "version", its_version_is_that_of_the_header);
}

SUITE_MAIN("sockdrill", add)
