/* unit/rules/test_advice.c: a cause and a cure for every way in which a step can go wrong. */
#include "../report/fixture.h"
#include "../suite.h"
#include "expect/ast.h"
#include "rules/rules.h"

static struct advice ask(const struct align_row *row, struct arena *arena)
{
    struct alignment alignment = {.rows = row, .nrows = 1, .first = row};

    return advice_for(row, &alignment, arena);
}

static void check_whole(struct advice advice)
{
    ck_assert(advice.cause[0] && advice.cure[0]);
    ck_assert_ptr_null(strchr(advice.cause, '{'));
    ck_assert_ptr_null(strchr(advice.cure, '{'));
}

/* Whatever becomes of whichever call, there are two whole sentences. */
START_TEST(nothing_is_left_without_words)
{
    static const enum align_op ops[] = {ALIGN_MISSING, ALIGN_EXTRA, ALIGN_MOVED, ALIGN_CHANGED};
    static const char *const whats[] = {"result", "port", "data", "socket", "flags"};
    static const int errnos[] = {0, EINVAL, EBADF, ECONNREFUSED, 999};
    enum canon canon = (enum canon)_i;
    struct arena arena = {0};
    struct pat zero = {.kind = PAT_INT};
    struct step step = {.kind = STEP_CALL, .canon = canon, .name = canon_name(canon), .result = &zero};

    for (size_t op = 0; op < ARRAY_LEN(ops); op++)
        for (size_t what = 0; what < ARRAY_LEN(whats); what++)
            for (size_t err = 0; err < 2 * ARRAY_LEN(errnos); err++) {
                struct event event = {.kind = EVENT_CALL,
                                      .canon = canon,
                                      .name = "",
                                      .role = "server",
                                      .err = errnos[err / 2],
                                      .unfinished = err % 2};
                const struct event *events[] = {&event};
                struct align_row row = {.op = ops[op],
                                        .step = ops[op] == ALIGN_EXTRA ? NULL : &step,
                                        .events = events,
                                        .nevents = ops[op] != ALIGN_MISSING,
                                        .what = whats[what],
                                        .expected = "7000",
                                        .seen = what ? "22555" : "-1"};

                check_whole(ask(&row, &arena));
            }
    arena_release(&arena);
}
END_TEST

static void expect_advice(struct align_row row, const char *cause, const char *cure)
{
    struct arena arena = {0};
    struct advice advice = ask(&row, &arena);

    ck_assert_str_eq(advice.cause, cause);
    ck_assert_str_eq(advice.cure, cure);
    arena_release(&arena);
}

START_TEST(missing_listen)
{
    struct step step = {.kind = STEP_CALL, .canon = CANON_LISTEN, .name = "listen"};

    expect_advice(
        (struct align_row){.op = ALIGN_MISSING, .step = &step},
        "Only listen opens the port: until then connections to it are refused, and accept answers EINVAL",
        "Call listen on the program's socket after bind and before accept, and test its result");
}
END_TEST

START_TEST(swapped_port)
{
    struct step step = {.kind = STEP_CALL, .canon = CANON_BIND, .name = "bind"};
    struct event event = {.kind = EVENT_CALL, .canon = CANON_BIND, .name = "bind", .role = "server"};
    const struct event *events[] = {&event};
    struct align_row row = {.op = ALIGN_CHANGED,
                            .step = &step,
                            .events = events,
                            .nevents = 1,
                            .what = "port",
                            .expected = "7000",
                            .seen = "22555"};

    expect_advice(row,
                  "sin_port is read in network byte order: 7000 stored as it is means 22555 to the kernel",
                  "Convert the port when it is stored: addr.sin_port = htons(7000)");
    row.seen = "7001";
    expect_advice(row, "The socket is bound to another port than the one at which the clients look",
                  "Bind to the port 7000 in place of 7001");
}
END_TEST

/* The table of errors knows; by the arguments where there are several reasons. */
START_TEST(errors_of_the_call)
{
    struct step step = {.kind = STEP_CALL, .canon = CANON_CONNECT, .name = "connect"};
    struct event event = {
        .kind = EVENT_CALL, .canon = CANON_CONNECT, .name = "connect", .role = "client", .err = EALREADY};
    const struct event *events[] = {&event};
    struct align_row row = {.op = ALIGN_CHANGED,
                            .step = &step,
                            .events = events,
                            .nevents = 1,
                            .what = "result",
                            .expected = "0",
                            .seen = "-1 EALREADY"};

    expect_advice(row, "A connection is being made on this socket already",
                  "Wait with poll until it can be written to, then ask getsockopt for SO_ERROR");
    event.err = EACCES;
    expect_advice(row, "The address is a broadcast address, and the socket was not made ready for that",
                  "Check the address, or set SO_BROADCAST on a UDP socket");
    event.err = EXDEV;
    expect_advice(row, "connect failed with EXDEV",
                  "Test the result of connect, and see errno in its manual page");
}
END_TEST

START_TEST(end_of_stream)
{
    struct pat zero = {.kind = PAT_INT};
    struct step step = {.kind = STEP_CALL, .canon = CANON_RECV, .name = "recv", .result = &zero};

    expect_advice((struct align_row){.op = ALIGN_MISSING, .step = &step},
                  "A recv that returns 0 is how the program learns that the other end will send no more",
                  "Call recv again until it returns 0, and only then go on");
}
END_TEST

/* An option says what it is for. */
START_TEST(options_have_words_of_their_own)
{
    static const struct pat option = {.kind = PAT_SYM, .sym = {.name = "SO_ERROR"}};
    struct step step = {.kind = STEP_CALL,
                        .canon = CANON_GETSOCKOPT,
                        .name = "getsockopt",
                        .args = {&option, &option, &option},
                        .nargs = 3};

    expect_advice(
        (struct align_row){.op = ALIGN_MISSING, .step = &step},
        "A connect that did not wait is over when the socket is writable, but only SO_ERROR tells how it "
        "ended",
        "After the wait call getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len): 0, or the error of connect");
    step.nargs = 2;
    expect_advice((struct align_row){.op = ALIGN_MISSING, .step = &step},
                  "The pattern has this call here, and the program did not make it",
                  "Call getsockopt at this place");
}
END_TEST

/* A call too many that should not have been made since the one before it failed; not so a close, or another
 * attempt. */
START_TEST(what_follows_a_failure)
{
    struct event bind = {
        .kind = EVENT_CALL, .canon = CANON_BIND, .name = "bind", .sock = 1, .err = EADDRINUSE};
    struct event next = {.kind = EVENT_CALL, .canon = CANON_LISTEN, .name = "listen", .sock = 1};
    const struct event *events[] = {&bind, &next};
    struct align_row rows[] = {{.op = ALIGN_KEPT, .events = events, .nevents = 1},
                               {.op = ALIGN_EXTRA, .events = events + 1, .nevents = 1}};
    struct alignment alignment = {.rows = rows, .nrows = ARRAY_LEN(rows)};
    struct arena arena = {0};

    ck_assert_str_eq(advice_for(&rows[1], &alignment, &arena).cause,
                     "bind had failed with EADDRINUSE, and the program went on as if it had not");
    next.sock = 2;
    ck_assert_str_eq(advice_for(&rows[1], &alignment, &arena).cause,
                     "One listen is enough for all connections");
    next.sock = 1;
    next.canon = CANON_CLOSE;
    ck_assert_ptr_null(strstr(advice_for(&rows[1], &alignment, &arena).cause, "bind"));
    next.canon = CANON_BIND;
    ck_assert_ptr_null(strstr(advice_for(&rows[1], &alignment, &arena).cause, "went on"));
    arena_release(&arena);
}
END_TEST

/* A send is about more than its bytes. */
START_TEST(other_socket_or_flags)
{
    struct step step = {.kind = STEP_CALL, .canon = CANON_SEND, .name = "send"};
    struct event event = {.kind = EVENT_CALL, .canon = CANON_SEND, .name = "sendto", .role = "server"};
    const struct event *events[] = {&event};
    struct align_row row = {.op = ALIGN_CHANGED, .step = &step, .events = events, .nevents = 1};

    row.what = "flags", row.expected = "MSG_MORE", row.seen = "0";
    expect_advice(row, "The program called send with other flags: 0 in place of MSG_MORE",
                  "Give send the flags MSG_MORE");
    row.what = "socket", row.expected = "$conn", row.seen = "3";
    expect_advice(row, "The program called send on another socket: 3 in place of $conn",
                  "Call send on $conn: look at which variable holds which descriptor");
    row.what = "call", row.expected = "sendmsg", row.seen = "sendto";
    expect_advice(row, "The program called sendto where the pattern has sendmsg",
                  "Call sendmsg in its place");
    row.what = "socket", row.expected = "$conn", row.seen = "3";
    event.err = ENOTSOCK;
    expect_advice(row, "Descriptor 3 is open, but it is no socket",
                  "Call send on the descriptor that socket or accept returned: $conn of the pattern");
}
END_TEST

/* What was interrupted is told so where it is not wanted; a call that a line waits for did not return. */
START_TEST(interrupted)
{
    struct step step = {.kind = STEP_CALL, .canon = CANON_ACCEPT, .name = "accept"};
    struct event event = {
        .kind = EVENT_CALL, .canon = CANON_ACCEPT, .name = "accept", .role = "server", .err = EINTR};
    const struct event *events[] = {&event};

    expect_advice((struct align_row){.op = ALIGN_EXTRA, .events = events, .nevents = 1},
                  "A signal was handled while the call waited, and nothing had been done yet",
                  "Make the call again, or install the handler with SA_RESTART");
    expect_advice((struct align_row){.op = ALIGN_CHANGED, .step = &step, .events = events, .nevents = 1},
                  "accept waits until a client connects, and none did",
                  "See why the client did not connect to this address and port");
}
END_TEST

/* What programs sent stands in {seen}; it is not looked at again for slots. */
START_TEST(slots_are_filled_once)
{
    struct step step = {.kind = STEP_CALL, .canon = CANON_SEND, .name = "send"};
    struct event event = {.kind = EVENT_CALL, .canon = CANON_SEND, .name = "sendto", .role = "server"};
    const struct event *events[] = {&event};

    expect_advice(
        (struct align_row){.op = ALIGN_CHANGED,
                           .step = &step,
                           .events = events,
                           .nevents = 1,
                           .what = "data",
                           .expected = "\"{call}\"",
                           .seen = "\"{seen}\""},
        "The bytes on the wire differ from those of the pattern: \"{call}\" was to be sent, \"{seen}\" was",
        "Send exactly the bytes that belong to the message: look at the pointer and the length");
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "all", nothing_is_left_without_words, CANON_COUNT);
    suite_add(suite, "listen", missing_listen);
    suite_add(suite, "port", swapped_port);
    suite_add(suite, "errors", errors_of_the_call);
    suite_add(suite, "eof", end_of_stream);
    suite_add(suite, "socket and flags", other_socket_or_flags);
    suite_add(suite, "interrupted", interrupted);
    suite_add(suite, "options", options_have_words_of_their_own);
    suite_add(suite, "failure", what_follows_a_failure);
    suite_add(suite, "slots", slots_are_filled_once);
}

SUITE_MAIN("advice", add)
