/* unit/run/test_causes.c: of all that went wrong, what is named first. */
#include "../suite.h"

#include "judged.h"

struct row {
    const char *events;
    enum end end;
    const char *first; /* cause, or NULL: it holds */
};

#define SERVER                                                                                               \
    "socket(AF_INET, SOCK_STREAM) = $l\n"                                                                    \
    "bind($l, *:7000) = 0\n"                                                                                 \
    "listen($l) = 0\n"                                                                                       \
    "each accept($l) = $c {\n"                                                                               \
    "    recv($c, \"ping\\n\")\n"                                                                            \
    "    send($c, \"ping\\n\")\n"                                                                            \
    "    recv($c) = 0\n"                                                                                     \
    "    close($c) = 0\n"                                                                                    \
    "}\n"
#define BEGIN "socket tcp =1; bind 1 7000; listen 1 5; accept 1 =2;"
#define PING  "recv 2 'ping\\n'; send 2 'ping\\n';"

/* Sockets that are alike; and one that is bound before it connects. */
#define FIRST         "socket() = $a\nbind($a)\nconnect($a)\n"
#define ALIKE         FIRST "socket() = $b\nlisten($b)\nsocket() = $c\nconnect($c)\n...\n"
#define OPTION        "socket() = $a\nsetsockopt($a)\nbind($a)\nconnect($a)\n"
#define EARLY_CONNECT "socket tcp =1; connect 1 7; setsockopt 1; "
#define LATE_BIND     "socket tcp =1; connect 1 7; bind 1 7 "

static const struct row rows[] = {
    {BEGIN PING "recv 2 0; close 2; accept 1 ?", END_STOPPED, NULL},
    /* It ended before the rest. */
    {BEGIN "closed 2; closed 1", END_SIGSEGV, "server: was killed by SIGSEGV before recv"},
    {BEGIN "closed 2; closed 1", END_EXIT_3, "server: exited with 3 before recv"},
    {BEGIN PING "closed 2; closed 1", END_EXIT_0, "server: recv is missing"},
    {BEGIN, END_TIMEOUT, "server: was still running when its time was up, before recv"},
    /* Its last call returned because another role's time was up. */
    {BEGIN "wait", END_TIMEOUT, "server: was still running when its time was up, before recv"},
    {BEGIN "wait", END_WOKEN, "server: recv is missing"},
    /* It went on without. */
    {BEGIN PING "recv 2 0; accept 1 ?", END_TIMEOUT, "server: close is missing"},
    {BEGIN PING "close 2; accept 1 ?", END_STOPPED, "server: recv is missing"},
    /* A call that failed says more than one that is missing. */
    {BEGIN "recv 1 !ENOTCONN; closed 2; closed 1", END_EXIT_3,
     "server: recv failed with ENOTCONN, and was not expected"},
    {"socket tcp =1; bind 1 7000; accept 1 !EINVAL; closed 1", END_EXIT_3, "server: listen is missing"},
    /* Too much. */
    {BEGIN PING "recv 2 0; recv 2 0; recv 2 0; close 2; accept 1 ?", END_STOPPED,
     "server: recv was not expected"},
    /* What it got. */
    {BEGIN "recv 2 !ECONNRESET; close 2; accept 1 ?", END_STOPPED,
     "server: recv: result is -1 ECONNRESET, expected success"},
};

static void check(const char *pattern, const struct row *row)
{
    struct judged judged;
    const struct verdict *verdict = &judged.run.verdict;

    judged_init(&judged, pattern, row->events, row->end);
    ck_assert_int_eq(verdict->ncauses != 0, row->first != NULL);
    if (row->first)
        ck_assert_str_eq(verdict->causes[0].what, row->first);
    judged_release(&judged);
}

START_TEST(the_first_cause_is_named)
{
    check(SERVER, &rows[_i]);
}
END_TEST

/* A rule that is sure names what came first, or explains what the pattern names. */
static const struct {
    const char *pattern, *events, *first, *code;
    bool is_finding;
} ruled[] = {
    {"socket() = $l\nbind($l) = -1 EADDRINUSE\nclose($l)\n",
     "socket tcp =1; bind 1 7000 !EADDRINUSE; listen 1 5; accept 1 ?", "server: bind: failure not noticed",
     "SD005", true},
    {SERVER, "socket tcp =1; listen 1 5; bind 1 7000 !EINVAL; accept 1 ?",
     "server: bind failed with EINVAL, and was not expected", "SD020", false},
    {SERVER, BEGIN PING "recv 2 0; accept 1 ?", "server: close is missing", NULL, false},
};

START_TEST(findings_are_causes)
{
    struct judged judged;
    const struct cause *first;

    judged_init(&judged, ruled[_i].pattern, ruled[_i].events, END_STOPPED);
    ck_assert_uint_gt(judged.run.verdict.ncauses, 0);
    first = &judged.run.verdict.causes[0];
    ck_assert_str_eq(first->what, ruled[_i].first);
    ck_assert_int_eq(first->is_finding, ruled[_i].is_finding);
    ck_assert_int_eq(first->finding != NULL, ruled[_i].code != NULL);
    if (first->finding) {
        ck_assert_str_eq(first->finding->code, ruled[_i].code);
        ck_assert_str_eq(first->why, first->finding->why);
    }
    judged_release(&judged);
}
END_TEST

static const struct {
    const char *pattern;
    struct row row;
} others[] = {
    /* It gave up where a call failed that was due much earlier: what came before it looks like another part
     * of the pattern. */
    {ALIKE, {LATE_BIND "!EINVAL; closed 1", END_EXIT_3, "server: bind failed with EINVAL"}},
    {ALIKE, {LATE_BIND "!EINVAL; closed 1", END_EXIT_0, "server: socket is missing"}},
    {ALIKE, {LATE_BIND "!EINVAL; wait", END_TIMEOUT, "server: socket is missing"}},
    {ALIKE, {LATE_BIND "; closed 1", END_EXIT_3, "server: socket is missing"}},
    /* A call that came too early, and the one that could not come after it. */
    {FIRST,
     {LATE_BIND "!EINVAL; closed 1", END_EXIT_3, "server: bind failed with EINVAL, and was not expected"}},
    {OPTION,
     {EARLY_CONNECT "bind 1 7 !EINVAL; closed 1", END_EXIT_3,
      "server: bind: result is -1 EINVAL, expected success"}},
    {OPTION, {EARLY_CONNECT "bind 1 7; closed 1", END_EXIT_0, "server: connect comes at another place"}},
};

START_TEST(so_it_is_with_other_patterns)
{
    check(others[_i].pattern, &others[_i].row);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "findings", findings_are_causes, sizeof(ruled) / sizeof(ruled[0]));
    suite_add_loop(suite, "rows", the_first_cause_is_named, (int)ARRAY_LEN(rows));
    suite_add_loop(suite, "others", so_it_is_with_other_patterns, (int)ARRAY_LEN(others));
}
SUITE_MAIN("causes", add)
