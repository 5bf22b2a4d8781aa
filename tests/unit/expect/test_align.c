/* unit/expect/test_align.c: what is told where a pattern does not hold. */
#include "../suite.h"
#include "fit.h"

struct row {
    const char *pattern, *events, *rows;
};

#define SERVER                                                                                               \
    "socket(AF_INET, SOCK_STREAM) = $listener\n"                                                             \
    "optional setsockopt($listener, SOL_SOCKET, SO_REUSEADDR, [1])\n"                                        \
    "bind($listener, *:7000) = 0\n"                                                                          \
    "listen($listener, > 0) = 0\n"                                                                           \
    "each accept($listener) = $conn {\n"                                                                     \
    "    recv($conn, \"ping\\n\")\n"                                                                         \
    "    send($conn, \"ping\\n\")\n"                                                                         \
    "    recv($conn) = 0\n"                                                                                  \
    "    close($conn) = 0\n"                                                                                 \
    "}\n"
#define CLIENT                                                                                               \
    "socket(AF_INET, SOCK_STREAM) = $s\n"                                                                    \
    "connect($s, 127.0.0.1:7000) = 0\n"                                                                      \
    "send($s, \"ping\\n\")\n"                                                                                \
    "recv($s, \"ping\\n\")\n"                                                                                \
    "shutdown($s, SHUT_WR) = 0\n"                                                                            \
    "recv($s) = 0\n"                                                                                         \
    "close($s) = 0\n"
#define BOUND "socket tcp =1; setsockopt 1; bind 1 7000;"

static const struct row rows[] = {
    {SERVER,
     "socket tcp =1; bind 1 7000; listen 1 5; accept 1 =2; recv 2 'pi'; recv 2 'ng\\n'; send 2 'ping\\n'; "
     "recv 2 0; close 2; accept 1 ?",
     ""},
    /* No listen. */
    {SERVER, BOUND "accept 1 !EINVAL; closed 1",
     "MISSING listen\nCHANGED accept result a descriptor ($conn) -1 EINVAL\n"},
    {SERVER, BOUND "accept 1 !EINVAL; accept 1 !EINVAL; accept 1 !EINVAL",
     "MISSING listen\nCHANGED accept result a descriptor ($conn) -1 EINVAL\nCHANGED accept result a "
     "descriptor ($conn) -1 EINVAL\n"
     "CHANGED accept result a descriptor ($conn) -1 EINVAL\n"},
    /* Another option is set. */
    {"socket(AF_INET, SOCK_STREAM) = $s\nsetsockopt($s, SOL_IPV6, IPV6_V6ONLY, [1])\nbind($s, *:7000)\n",
     BOUND, "MISSING setsockopt\n"},
    {"socket(AF_INET, SOCK_STREAM) = $s\nsetsockopt($s, SOL_SOCKET, SO_REUSEADDR, [0])\nbind($s, *:7000)\n",
     BOUND, "CHANGED setsockopt value [0] 1\n"},
    /* No htons. */
    {SERVER, "socket tcp =1; bind 1 22555; listen 1 5; accept 1 ?", "CHANGED bind port 7000 22555\n"},
    /* The socket is not checked. */
    {SERVER, "socket tcp !EPROTONOSUPPORT; bind 0 7000 !EBADF; listen 0 5 !EBADF; accept 0 !EBADF",
     "CHANGED socket result a descriptor ($listener) -1 EPROTONOSUPPORT\nCHANGED bind result 0 -1 EBADF\n"
     "CHANGED listen result 0 -1 EBADF\nCHANGED accept result a descriptor ($conn) -1 EBADF\n"},
    /* The connection is never closed. */
    {SERVER,
     BOUND
     "listen 1 5; accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0; accept 1 ?; closed 2; closed 1",
     "  MISSING close\n"},
    {SERVER, BOUND "listen 1 5; accept 1 =2; recv 2 'ping\\n'; send 2 'pong\\n'; recv 2 0; close 2",
     "  CHANGED send data \"ping\\n\" \"pong\\n\"\n"},
    {SERVER, BOUND "listen 1 5; accept 1 =2; recv 2 'ping\\n'; send 2 'pi'; recv 2 0; close 2",
     "  CHANGED send data \"ping\\n\" \"pi\"\n"},
    {SERVER,
     BOUND "listen 1 5; accept 1 =2; recv 2 'ping\\n'; send 2 'pi'; send 2 'xx\\n'; recv 2 0; close 2",
     "  CHANGED send data \"ping\\n\" \"pixx\\n\" x2\n"},
    {SERVER,
     BOUND "listen 1 5; accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; send 2 'x'; recv 2 0; close 2",
     "  EXTRA send(4, \"x\") = 1\n"},
    /* The server's listening socket is closed in the loop. */
    {SERVER,
     BOUND "listen 1 5; accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0; close 2; close 1; accept "
           "1 !EBADF",
     "EXTRA close(3) = 0\nCHANGED accept result a descriptor ($conn) -1 EBADF\n"},
    /* recv on the listener. */
    {SERVER, BOUND "listen 1 5; accept 1 =2; recv 1 !ENOTCONN; close 2",
     "  MISSING recv\n  MISSING send\n  MISSING recv\nEXTRA recv(3) = -1 ENOTCONN\n"},
    {SERVER, BOUND "listen 1 5; bind 1 7000 !EINVAL", "EXTRA bind(3, 127.0.0.1:7000) = -1 EINVAL\n"},
    /* Of several messages in one call it is told which. */
    {"socket(AF_INET, SOCK_DGRAM) = $s\nsendto($s, \"ab\")\nsendto($s, \"cd\")\n",
     "socket udp =1; sendmmsg 1 'ab' 5 'xy' 6", "CHANGED sendto data \"cd\" \"xy\"\n"},
    {"socket(AF_INET, SOCK_DGRAM) = $s\nsendto($s, \"ab\")\n", "socket udp =1; sendmmsg 1 'ab' 5 'xy' 6",
     "EXTRA sendto(3, \"xy\", 0, 127.0.0.1:6) = 2\n"},
    {"socket(AF_INET, SOCK_DGRAM) = $s\nsendto($s, \"ef\")\nsendto($s, \"ab\")\nsendto($s, \"cd\")\n",
     "socket udp =1; sendmmsg 1 'ab' 5 'cd' 6 'ef' 7", "MOVED sendto\n"},
    /* Order. */
    {SERVER, "socket tcp =1; listen 1 5; bind 1 7000; accept 1 ?", "MOVED bind\n"},
    /* The client. */
    {CLIENT, "socket tcp =1; connect 1 7000; send 1 'ping\\n'; recv 1 'ping\\n'; recv 1 ?; closed 1",
     "MISSING shutdown\nCHANGED recv result 0 never returned\nMISSING close\n"},
    {CLIENT, "socket tcp =1; connect 1 7000 !ECONNREFUSED; close 1",
     "CHANGED connect result 0 -1 ECONNREFUSED\nMISSING send\nMISSING recv\nMISSING shutdown\nMISSING "
     "recv\n"},
    {CLIENT, "",
     "MISSING socket\nMISSING connect\nMISSING send\nMISSING recv\nMISSING shutdown\nMISSING recv\nMISSING "
     "close\n"},
    {CLIENT, "socket tcp =1; connect 1 7000; send 1 'ping\\n'; recv 1 'ping\\n'; close 1",
     "MISSING shutdown\nMISSING recv\n"},
    {CLIENT,
     "socket tcp =1; connect 1 7000; send 1 'ping\\n'; recv 1 'ping\\n'; shutdown 1 rd; recv 1 0; close 1",
     "CHANGED shutdown direction SHUT_WR SHUT_RD\n"},
    /* What came in place of the answer is told there, not as the end that comes later. */
    {CLIENT, "socket tcp =1; connect 1 7000; send 1 'ping\\n'; recv 1 0; close 1",
     "CHANGED recv data \"ping\\n\" \"\"\nMISSING shutdown\nMISSING recv\n"},
    {CLIENT, "socket tcp =1; connect 1 7000; send 1 'ping\\n'; recv 1 !ECONNRESET; closed 1",
     "CHANGED recv result success -1 ECONNRESET\nMISSING shutdown\nMISSING recv\nMISSING close\n"},
    /* repeat: one after the other. */
    {"socket() = $l\n repeat accept($l) = $c {\n recv($c, \"a\")\n close($c)\n }\n",
     "socket tcp =1; accept 1 =2; accept 1 =3; recv 2 'a'; close 2; recv 3 'a'; close 3", "MOVED accept\n"},
    /* In any order. */
    {"socket() = $s\n in any order {\n bind($s)\n listen($s)\n connect($s)\n }\n close($s)\n",
     "socket tcp =1; connect 1 5; bind 1 5; close 1", "MISSING listen\n"},
    {"socket() = $s\n in any order {\n bind($s)\n listen($s, 5)\n }\n close($s)\n",
     "socket tcp =1; listen 1 7; bind 1 5; close 1", "CHANGED listen backlog 5 7\n"},
    {"socket() = $s\n in any order {\n bind($s)\n listen($s)\n }\n close($s)\n",
     "socket tcp =1; bind 1 5; close 1; listen 1 1", "MOVED listen\n"},
    {"socket() = $s\n in any order {\n bind($s)\n {\n listen($s)\n close($s)\n }\n }\n",
     "socket tcp =1; listen 1 1; bind 1 5; send 1 'x'; close 1", "EXTRA send(3, \"x\") = 1\n"},
    /* All bytes of a socket. */
    {"socket() = $s {\n sends \"abcd\"\n close($s)\n }\n", "socket tcp =1; send 1 'ab'; send 1 'cx'; close 1",
     "  CHANGED sends \"abcd\" all data \"abcd\" \"abcx\" x2\n"},
    {"socket() = $s {\n sends \"abcd\"\n close($s)\n }\n", "socket tcp =1; close 1",
     "  MISSING sends \"abcd\"\n"},
    {"socket() = $s {\n sends \"ab\" x 3\n close($s)\n }\n", "socket tcp =1; send 1 'abab'; close 1",
     "  CHANGED sends \"ab\" x 3 all data \"ab\" x 3 \"abab\"\n"},
    {"socket() = $s {\n receives 5 bytes\n sends \"x\"\n }\n",
     "socket tcp =1; recv 1 'abc'; recv 1 'd'; send 1 'y'",
     "  CHANGED receives 5 bytes all data 5 bytes 4 bytes x2\n  CHANGED sends \"x\" all data \"x\" \"y\"\n"},
    {"socket() = $s {\n sends \"ab\"\n close($s)\n }\n", "socket tcp =1; send 1 'ab'; listen 1 5; close 1",
     "  EXTRA listen(3, 5) = 0\n"},
    /* What is looked at. */
    {"strict\n socket() = $s\n close($s)\n", "socket tcp =1; setsockopt 1; close 1",
     "EXTRA setsockopt(3, SOL_SOCKET, SO_REUSEADDR, 1) = 0\n"},
    {"strict\n socket(AF_INET, SOCK_STREAM) = $s\n", "socket tcp =1",
     "CHANGED socket type SOCK_STREAM SOCK_STREAM|SOCK_CLOEXEC\n"},
    {"strict\n socket() = $s\n write($s, \"ab\")\n", "socket tcp =1; send 1 'ab'",
     "CHANGED write call write sendto\n"},
    {"ignore close\n socket() = $s\n bind($s, *:5)\n", "socket tcp =1; close 1; bind 1 6; close 1",
     "CHANGED bind port 5 6\n"},
    {"never listen(_)\n socket() = $l\n", "socket tcp =1; listen 1 5", "EXTRA listen(3, 5) = 0\n"},
    /* Of a stream that goes another way, all calls are the line's, up to one that holds. */
    {"socket() = $s\nsend($s, \"one\\ntwo\\n\")\nclose($s)\n",
     "socket tcp =1; send 1 'one'; send 1 'two\\n'; send 1 '!'; close 1",
     "CHANGED send data \"one\\ntwo\\n\" \"onetwo\\n!\" x3\n"},
    {"socket() = $s\nsend($s, \"ab\")\nrecv($s, \"x\")\nsend($s, \"cd\")\nclose($s)\n",
     "socket tcp =1; send 1 'a'; send 1 '?'; send 1 '!'; recv 1 'x'; send 1 'cd'; close 1",
     "CHANGED send data \"ab\" \"a?!\" x3\n"},
    {"socket() = $s\nsend($s, \"ab\")\nclose($s)\n", "socket tcp =1; send 1 'ab'; send 1 '!'; close 1",
     "EXTRA send(3, \"!\") = 1\n"},
    /* What fits neither of two lines of one call was made for the first. */
    {"socket() = $s\nrecv($s, \"ab\") = 2\nrecv($s, \"c\") = 1\nrecv($s, \"d\") = 1\nrecv($s) = "
     "0\nclose($s)\n",
     "socket tcp =1; recv 1 'abcd'; recv 1 0; recv 1 0; close 1",
     "CHANGED recv data \"ab\" \"abcd\"\nMISSING recv\nCHANGED recv data \"d\" \"\"\n"},
    /* Dots that are none of `...` are told as they are written. */
    {"socket() = $s\nsend($s, \"HTTP/1\\....\\.\\.\\.c.d..\\n\")\n", "socket tcp =1; send 1 'x'",
     "CHANGED send data \"HTTP/1\\....\\.\\.\\.c.d..\\n\" \"x\"\n"},
    {"socket() = $s\nsend($s, \"..a...\\.b\")\n", "socket tcp =1; send 1 'x'",
     "CHANGED send data \"..a...\\.b\" \"x\"\n"},
    /* A connect that goes on alone is at the beginning of what was to come, not at another end. */
    {"socket() = $s\neither {\n connect($s) = -1 EINPROGRESS\n getsockopt($s, SOL_SOCKET, SO_ERROR, [0])\n}"
     " or {\n connect($s) = 0\n}\nclose($s)\n",
     "socket tcp =1; connect 1 7000 !EINPROGRESS; close 1", "MISSING getsockopt\n"},
};

START_TEST(differences_are_told)
{
    const struct row *row = &rows[_i];
    const struct alignment *alignment;
    struct fit fit;

    fit_init(&fit, row->pattern, row->events);
    alignment = fit_align(&fit);
    ck_assert_msg(strcmp(fit_rows(&fit, alignment, false), row->rows) == 0,
                  "row %d, cost %u:\n%s\ninstead of\n%s\n%s", _i, alignment->cost,
                  fit_rows(&fit, alignment, false), row->rows, fit_rows(&fit, alignment, true));
    ck_assert_int_eq(alignment->cost == 0, row->rows[0] == '\0');
    ck_assert_int_eq(fit_matches(&fit), row->rows[0] == '\0');
    fit_release(&fit);
}
END_TEST

START_TEST(rows_are_in_the_order_of_the_story)
{
    const struct alignment *alignment;
    struct fit fit;

    fit_init(
        &fit, SERVER,
        "socket tcp =1; setsockopt 1; bind 1 7000; listen 1 5; accept 1 =2; recv 2 'pi'; accept 1 =3;"
        "send 2 'pi'; recv 2 'ng\\n'; recv 3 'ping\\n'; send 2 'ng\\n'; send 3 'ping\\n'; recv 2 0; recv 3 0;"
        "close 3; accept 1 ?; closed 2");
    alignment = fit_align(&fit);
    ck_assert_str_eq(fit_rows(&fit, alignment, true), "kept socket\n"
                                                      "kept setsockopt\n"
                                                      "kept bind\n"
                                                      "kept listen\n"
                                                      "kept accept\n"
                                                      "kept accept\n"
                                                      "  kept recv x2\n"
                                                      "  kept recv\n"
                                                      "  kept send x2\n"
                                                      "  kept send\n"
                                                      "  kept recv\n"
                                                      "  MISSING close\n"
                                                      "  kept recv\n"
                                                      "  kept close\n"
                                                      "passed accept(3) = ?\n");
    ck_assert_uint_eq(alignment->first->sock, 2);
    ck_assert_uint_eq(alignment->cost, 4);
    fit_release(&fit);
}
END_TEST

START_TEST(totals_are_rows_of_their_life)
{
    const struct alignment *alignment;
    struct fit fit;

    fit_init(&fit, "socket() = $s {\n sends \"abc\"\n receives 2 bytes\n close($s)\n }\n",
             "socket tcp =1; send 1 'a'; recv 1 'x'; send 1 'bc'; close 1");
    alignment = fit_align(&fit);
    ck_assert_str_eq(fit_rows(&fit, alignment, true), "kept socket\n"
                                                      "  passed send(3, \"a\") = 1\n"
                                                      "  passed recv(3, \"x\") = 1\n"
                                                      "  passed send(3, \"bc\") = 2\n"
                                                      "  kept close\n"
                                                      "  CHANGED receives 2 bytes all data 2 bytes 1 bytes\n"
                                                      "  kept sends \"abc\" x2\n");
    ck_assert_str_eq(alignment->first->what, "all data");
    fit_release(&fit);
}
END_TEST

/* A long trace: the first difference is told, wherever it is, and in a time that a test has. */
START_TEST(long_traces_are_aligned_around_the_difference)
{
    enum { CONNECTIONS = 3000, BROKEN = 1700 };
    struct script more;
    const struct alignment *alignment;
    struct fit fit;
    struct buf text = {0};

    buf_adds(&text, BOUND "listen 1 5;");
    for (int i = 0; i < CONNECTIONS; i++)
        buf_addf(&text, "accept 1 =2; recv 2 'ping\\n'; send 2 '%s\\n'; recv 2 0; close 2;",
                 i == BROKEN ? "pxng" : "ping");
    fit_init(&fit, SERVER, "");
    script_init(&more, buf_str(&text));
    for (size_t i = 0, sock = 1; i < more.trace.events.len; i++) {
        struct event *e = more.trace.events.items[i];

        if (e->canon == CANON_ACCEPT)
            e->made[0] = ++sock;
        else if (e->sock == 2)
            ((struct value *)e->cargs[0])->fd.sock = e->sock = sock;
        vec_push(&fit.script.trace.events, e);
    }
    ck_assert(!fit_matches(&fit));
    alignment = fit_align(&fit);
    ck_assert_str_eq(fit_rows(&fit, alignment, false), "  CHANGED send data \"ping\\n\" \"pxng\\n\"\n");
    ck_assert_uint_eq(alignment->first->sock, BROKEN + 2);
    script_release(&more);
    buf_release(&text);
    fit_release(&fit);
}
END_TEST

/* A loop that overlooks the end of the stream: the connection stays the connection, however long it turns. */
START_TEST(a_life_with_much_too_much_is_still_a_life)
{
    enum { TURNS = 600 };
    const struct alignment *alignment;
    struct fit fit;
    struct buf text = {0};

    buf_adds(&text, BOUND "listen 1 5; accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0;");
    for (int i = 0; i < TURNS; i++)
        buf_adds(&text, "recv 2 0;");
    fit_init(&fit, SERVER, buf_str(&text));
    alignment = fit_align(&fit);
    ck_assert_ptr_nonnull(alignment->first);
    ck_assert_int_eq(alignment->first->op, ALIGN_EXTRA);
    ck_assert_int_eq(alignment->first->events[0]->canon, CANON_RECV);
    ck_assert_uint_eq(alignment->first->depth, 1);
    buf_release(&text);
    fit_release(&fit);
}
END_TEST

static void add(Suite *suite)
{
    enum { TIMEOUT_S = 60 };
    TCase *longer = tcase_create("long");

    suite_add_loop(suite, "rows", differences_are_told, (int)ARRAY_LEN(rows));
    suite_add(suite, "totals", totals_are_rows_of_their_life);
    suite_add(suite, "order", rows_are_in_the_order_of_the_story);
    tcase_set_timeout(longer, TIMEOUT_S);
    tcase_add_test(longer, a_life_with_much_too_much_is_still_a_life);
    tcase_add_test(longer, long_traces_are_aligned_around_the_difference);
    suite_add_tcase(suite, longer);
}
SUITE_MAIN("align", add)
