/* unit/run/test_score.c: which points a run has earned. */
#include "../suite.h"

#include "judged.h"

#define SERVER                                                                                               \
    "points 4\n"                                                                                             \
    "exit 0\n"                                                                                               \
    "socket(AF_INET, SOCK_STREAM) = $l\n"                                                                    \
    "bind($l, *:7000) = 0\n"                                                                                 \
    "listen($l) = 0\n"                                                                                       \
    "each accept($l) = $c {\n"                                                                               \
    "    points 5\n"                                                                                         \
    "    recv($c, \"ping\\n\")\n"                                                                            \
    "    send($c, \"ping\\n\")\n"                                                                            \
    "    repeat 1.. {\n"                                                                                     \
    "        points 6\n"                                                                                     \
    "        shutdown($c) = 0\n"                                                                             \
    "    }\n"                                                                                                \
    "    close($c) = 0\n"                                                                                    \
    "}\n"
#define TOTALS                                                                                               \
    "points 4\n"                                                                                             \
    "socket() = $l\n"                                                                                        \
    "each accept($l) = $c {\n"                                                                               \
    "    points 5\n"                                                                                         \
    "    sends \"ping\\n\"\n"                                                                                \
    "}\n"
#define BEGIN "socket tcp =1; bind 1 7000; listen 1 5; accept 1 =2;"
#define PING  "recv 2 'ping\\n'; send 2 'ping\\n';"

static const struct {
    const char *pattern, *events;
    enum end end;
    const char *scores; /* what each block has earned */
} rows[] = {
    {SERVER, BEGIN PING "shutdown 2 SHUT_WR; close 2; closed 1", END_EXIT_0, "4 5 6"},
    /* The role's own: how it ends, and lines that are in no block with points. */
    {SERVER, BEGIN PING "shutdown 2 SHUT_WR; close 2; closed 1", END_EXIT_3, "0 5 6"},
    {SERVER, BEGIN PING "shutdown 2 SHUT_WR; close 2", END_TIMEOUT, "0 5 6"},
    {SERVER,
     "socket tcp =1; bind 1 7001; listen 1 5; accept 1 =2;" PING "shutdown 2 SHUT_WR; close 2; closed 1",
     END_EXIT_0, "0 5 6"},
    /* A block's own, and not those of the block inside it. */
    {SERVER, BEGIN PING "close 2; closed 1", END_EXIT_0, "4 5 0"},
    {SERVER, BEGIN "recv 2 'ping\\n'; send 2 'pong\\n'; shutdown 2 SHUT_WR; close 2; closed 1", END_EXIT_0,
     "4 0 6"},
    /* What nobody expected is its block's matter. */
    {SERVER, BEGIN PING "shutdown 2 SHUT_WR; recv 2 'x'; close 2; closed 1", END_EXIT_0, "4 0 6"},
    /* What did not come to anything earns nothing, even where it may be left out. */
    {SERVER, "socket tcp =1; bind 1 7000; closed 1", END_EXIT_0, "0 0 0"},
    /* All bytes of a socket are a line of its block. */
    {TOTALS, "socket tcp =1; accept 1 =2; send 2 'pi'; send 2 'ng\\n'; closed 2; closed 1", END_EXIT_0,
     "4 5"},
    {TOTALS, "socket tcp =1; accept 1 =2; send 2 'pi'; closed 2; closed 1", END_EXIT_0, "4 0"},
    {TOTALS, "socket tcp =1; bind 1 7000; closed 1", END_EXIT_0, "0 0"},
};

START_TEST(points_are_earned)
{
    struct judged judged;
    const struct verdict *verdict = &judged.run.verdict;
    struct buf seen = {0};

    judged_init(&judged, rows[_i].pattern, rows[_i].events, rows[_i].end);
    for (size_t i = 0; i < verdict->nscores; i++)
        buf_addf(&seen, "%s%d", i ? " " : "",
                 verdict->scores[i].is_earned ? verdict->scores[i].points->n : 0);
    ck_assert_str_eq(buf_str(&seen), rows[_i].scores);
    buf_release(&seen);
    judged_release(&judged);
}
END_TEST

START_TEST(finding_costs_the_points_of_its_role)
{
    struct judged judged;

    judged_init(&judged, "points 3\n...\n", "socket tcp =1; accept 1 !EINVAL; close 1", END_EXIT_0);
    ck_assert_int_eq(judged.run.verdict.result, VERDICT_FAILS);
    ck_assert_uint_eq(judged.run.verdict.nscores, 1);
    ck_assert(!judged.run.verdict.scores[0].is_earned);
    judged_release(&judged);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "rows", points_are_earned, (int)ARRAY_LEN(rows));
    suite_add(suite, "finding", finding_costs_the_points_of_its_role);
}
SUITE_MAIN("score", add)
