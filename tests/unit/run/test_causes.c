/* unit/run/test_causes.c: of all that went wrong, what is named first. */
#include "../suite.h"

#include "../expect/fit.h"
#include "run/judge.h"

/* How the role's process ends, behind its events. */
enum end { END_STOPPED, END_EXIT_0, END_EXIT_3, END_SIGSEGV, END_TIMEOUT, END_WOKEN };

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

static struct event *add_event(struct run *run, enum event_kind kind)
{
    struct event *event = ARENA_NEW(&run->arena, struct event);

    *event = (struct event){
        .kind = kind, .role = "server", .name = "", .pid = 1, .tid = 1, .seq = run->trace.events.len + 1};
    vec_push(&run->trace.events, event);
    return event;
}

static void add_note(struct run *run, const char *what)
{
    struct event *event = add_event(run, EVENT_ROLE);

    event->args[0] = (struct field){"what", value_bytes(&run->arena, what, strlen(what), strlen(what))};
    event->nargs = 1;
}

static void add_exit(struct run *run, const char *how, int64_t n)
{
    struct event *event = add_event(run, EVENT_EXIT);

    event->args[0] = (struct field){how, value_int(&run->arena, n)};
    event->args[1] = (struct field){"last", value_int(&run->arena, 1)};
    event->nargs = 2;
}

/* The last event began before the time was up, and was over behind that. */
static void add_woken(struct run *run)
{
    struct event *last = run->trace.events.items[run->trace.events.len - 1];

    last->start_ns = 1;
    last->end_ns = 3;
    add_note(run, "timeout");
    run->trace.events.items[run->trace.events.len - 1]->start_ns = 2;
}

static void add_end(struct run *run, enum end end)
{
    switch (end) {
    case END_WOKEN: add_woken(run); break;
    case END_STOPPED: add_note(run, "stopped"); break;
    case END_TIMEOUT: add_note(run, "timeout"); break;
    case END_EXIT_0: add_exit(run, "status", 0); return;
    case END_EXIT_3: add_exit(run, "status", 3); return;
    case END_SIGSEGV: add_exit(run, "signal", 11); return;
    }
    add_exit(run, "signal", 15);
}

START_TEST(the_first_cause_is_named)
{
    const struct row *row = &rows[_i];
    struct run run = {.failing_confidence = FINDING_PROVED};
    struct fit fit;

    fit_init(&fit, SERVER, row->events);
    run.trace.head.isolation = "";
    run.verdict.expect = fit.expect;
    add_event(&run, EVENT_START);
    vec_each (struct event *, it, &fit.script.trace.events) {
        (*it)->seq = run.trace.events.len + 1;
        vec_push(&run.trace.events, *it);
    }
    add_end(&run, row->end);
    judge(&run);
    ck_assert_int_eq(run.verdict.ncauses != 0, row->first != NULL);
    if (row->first)
        ck_assert_str_eq(run.verdict.causes[0].what, row->first);
    model_free(run.model);
    vec_release(&run.trace.events);
    vec_release(&run.findings.list);
    arena_release(&run.arena);
    fit_release(&fit);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "rows", the_first_cause_is_named, (int)ARRAY_LEN(rows));
}
SUITE_MAIN("causes", add)
