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

START_TEST(the_first_cause_is_named)
{
    const struct row *row = &rows[_i];
    struct judged judged;
    const struct verdict *verdict = &judged.run.verdict;

    judged_init(&judged, SERVER, row->events, row->end);
    ck_assert_int_eq(verdict->ncauses != 0, row->first != NULL);
    if (row->first)
        ck_assert_str_eq(verdict->causes[0].what, row->first);
    judged_release(&judged);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "rows", the_first_cause_is_named, (int)ARRAY_LEN(rows));
}
SUITE_MAIN("causes", add)
