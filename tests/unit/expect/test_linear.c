/* unit/expect/test_linear.c: orders that could have been seen as well hold, others don't. */
#include "../suite.h"
#include "expect/linear.h"
#include "fit.h"

/* `tasks` has a digit for each event: whose it is; `F` stands for a fork of task 2 by task 1. */
struct row {
    const char *pattern, *events, *tasks;
    bool holds;
};

#define TWO_PORTS                                                                                            \
    "socket() = $a\n"                                                                                        \
    "socket() = $b\n"                                                                                        \
    "bind($a, *:7000)\n"                                                                                     \
    "bind($b, *:8000)\n"

static const struct row rows[] = {
    /* Two threads with a socket each: whichever comes first. */
    {TWO_PORTS, "socket tcp =1; socket tcp =2; bind 1 8000; bind 2 7000", "1212", true},
    {TWO_PORTS, "socket tcp =1; bind 1 8000; socket tcp =2; bind 2 7000", "1122", true},
    {TWO_PORTS, "socket tcp =1; socket tcp =2; bind 1 8000; bind 2 7000", "1111", false},
    {TWO_PORTS, "socket tcp =1; socket tcp =2; bind 1 8000; bind 2 9000", "1212", false},
    {TWO_PORTS, "socket tcp =1; bind 1 7000; bind 1 8000; socket tcp =2", "1122", false},
    /* What a task does in order stays in order. */
    {"socket() = $a\n listen($a)\n socket() = $b\n", "socket tcp =1; socket tcp =2; listen 2 5", "122", true},
    {"socket() = $a\n listen($a)\n socket() = $b\n", "socket tcp =1; socket tcp =2; listen 2 5", "222",
     false},
    /* A socket is used by another task only once it is there, and closed when nobody uses it any more. */
    {"socket() = $a\n bind($a, *:7000)\n listen($a)\n close($a)\n",
     "socket tcp =1; listen 1 5; bind 1 7000; close 1", "1122", true},
    {"socket() = $a\n bind($a, *:7000)\n listen($a)\n close($a)\n",
     "socket tcp =1; bind 1 7000; close 1; listen 1 5", "1121", false},
    /* A child and its parent, behind the fork and before it. */
    {"socket() = $a\n close($a)\n socket() = $b\n", "socket tcp =1; socket tcp =2; close 1", "1F12", true},
    {"socket() = $a\n close($a)\n socket() = $b\n", "socket tcp =1; socket tcp =2; close 1", "11F2", false},
};

static struct event *fork_event(struct script *script)
{
    struct arena *arena = &script->trace.arena;
    struct event *event = ARENA_NEW(arena, struct event);

    *event = (struct event){.kind = EVENT_FORK, .role = "server", .name = "", .pid = 1, .tid = 1, .nargs = 1};
    event->args[0] = (struct field){"child", value_int(arena, 2)};
    return event;
}

/* The script's events as those of the tasks, in a trace that a model has folded. */
static struct model *distribute(struct fit *fit, const char *tasks)
{
    struct trace *trace = &fit->script.trace;
    struct model *model = model_new();
    VEC(struct event *) calls = {0};
    size_t next = 0;

    vec_each (struct event *, it, &trace->events)
        vec_push(&calls, *it);
    trace->events.len = 0;
    for (; *tasks; tasks++) {
        struct event *event = *tasks == 'F' ? fork_event(&fit->script) : calls.items[next++];

        if (*tasks != 'F')
            event->pid = event->tid = *tasks - '0';
        event->seq = trace->events.len + 1;
        event->start_ns = 10 * event->seq;
        event->end_ns = event->start_ns + 5;
        vec_push(&trace->events, event);
        model_fold(model, event);
    }
    ck_assert_uint_eq(next, calls.len);
    vec_release(&calls);
    return model;
}

START_TEST(only_concurrent_events_change_places)
{
    const struct row *row = &rows[_i];
    struct model *model;
    struct fit fit;

    fit_init(&fit, row->pattern, row->events);
    model = distribute(&fit, row->tasks);
    ck_assert(!fit_matches(&fit));
    ck_assert_int_eq(linear_holds(fit.expect, fit.role, &fit.script.trace, model), row->holds);
    model_free(model);
    fit_release(&fit);
}
END_TEST

/* Much that is concurrent, and no order that fits: it gives up in a time that a test has. */
START_TEST(a_search_without_an_end_is_given_up)
{
    enum { TASKS = 8, CALLS = 20 };
    struct buf events = {0}, tasks = {0}, pattern = {0};
    struct model *model;
    struct fit fit;

    for (int task = 1; task <= TASKS; task++) {
        buf_addf(&events, "socket tcp =%d;", task);
        buf_addf(&pattern, "socket() = $s%d\n", task);
        buf_addf(&tasks, "%d", task);
    }
    for (int i = 0; i < TASKS * CALLS; i++) {
        buf_addf(&events, "listen %d %d;", i % TASKS + 1, i / TASKS + 1);
        buf_addf(&tasks, "%d", i % TASKS + 1);
    }
    buf_addf(&pattern, "repeat listen(_)\nclose($s1)\n");
    fit_init(&fit, buf_str(&pattern), buf_str(&events));
    model = distribute(&fit, buf_str(&tasks));
    ck_assert(!linear_holds(fit.expect, fit.role, &fit.script.trace, model));
    model_free(model);
    buf_release(&events);
    buf_release(&tasks);
    buf_release(&pattern);
    fit_release(&fit);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "rows", only_concurrent_events_change_places, (int)ARRAY_LEN(rows));
    suite_add(suite, "bounded", a_search_without_an_end_is_given_up);
}
SUITE_MAIN("linear", add)
