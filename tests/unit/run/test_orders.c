/* unit/run/test_orders.c: interleaving is no difference: a recorded run is judged alike in every order in
 * which its events could have been seen. */
#include "../suite.h"
#include "pairs.h"

#include "run/judge.h"

#include <string.h>

enum { SAMPLES = 50, LONGEST = 300 };

/* A run, and which of its events must be complete before which. */
struct orders {
    struct run run;
    size_t len;
    bool *precedes; /* len * len */
};

static struct event *at(const struct orders *orders, size_t i)
{
    return orders->run.trace.events.items[i];
}

static void fix(struct orders *orders, size_t first, size_t then)
{
    orders->precedes[first * orders->len + then] = true;
}

static bool made(const struct event *maker, uint64_t sock)
{
    return sock && (maker->made[0] == sock || maker->made[1] == sock);
}

/* Of a pair in the order seen: what the program, the runner, and the life of the socket have in this order.
 */
static bool is_settled(const struct event *a, const struct event *b)
{
    bool is_of_runner = a->kind == EVENT_ROLE || b->kind == EVENT_ROLE;
    bool same = a->sock && a->sock == b->sock;

    return a->tid == b->tid || (is_of_runner && strcmp(a->role, b->role) == 0) || made(a, b->sock) ||
           (same && (a->last_ref || b->last_ref));
}

/*
 * That `a` starts before `b` ends says only that what the task of `a` did before is complete by then: the end
 * of `a` itself may be seen later.
 */
static void fix_start(struct orders *orders, size_t a, size_t b)
{
    for (size_t i = a; i-- > 0;)
        if (at(orders, i)->tid == at(orders, a)->tid) {
            if (at(orders, i)->tid != at(orders, b)->tid)
                fix(orders, i, b);
            return;
        }
}

static void fix_all(struct orders *orders)
{
    for (size_t a = 0; a < orders->len; a++)
        for (size_t b = 0; b < orders->len; b++) {
            if (a < b && is_settled(at(orders, a), at(orders, b)))
                fix(orders, a, b);
            if (a != b && model_before(orders->run.model, at(orders, a)->seq, at(orders, b)->seq))
                fix_start(orders, a, b);
        }
}

/* Any of those that can come next. */
static size_t choose(const struct orders *orders, const bool *chosen, uint64_t *random)
{
    size_t found = orders->len;
    uint64_t n = 0;

    for (size_t i = 0; i < orders->len; i++) {
        bool is_ready = !chosen[i];

        for (size_t k = 0; k < orders->len && is_ready; k++)
            is_ready = chosen[k] || !orders->precedes[k * orders->len + i];
        if (is_ready && pairs_draw(random) % ++n == 0)
            found = i;
    }
    return found;
}

/* Each call begins when the one before it of its task has ended: as early as it could. */
static uint64_t start_of(const struct trace *trace, int tid)
{
    for (size_t i = trace->events.len; i-- > 0;)
        if (trace->events.items[i]->tid == tid)
            return trace->events.items[i]->end_ns;
    return 0;
}

static void sample(const struct orders *orders, struct run *run, uint64_t *random)
{
    bool *chosen = calloc(orders->len + 1, sizeof(*chosen));

    *run = (struct run){.failing_confidence = orders->run.failing_confidence};
    trace_init(&run->trace);
    run->trace.head = orders->run.trace.head;
    run->verdict.name = orders->run.verdict.name;
    run->verdict.expect = orders->run.verdict.expect;
    for (size_t n = 0; n < orders->len; n++) {
        size_t i = choose(orders, chosen, random);
        struct event *event;

        ck_assert_uint_lt(i, orders->len);
        chosen[i] = true;
        event = event_copy(&run->trace.arena, at(orders, i));
        event->seq = n + 1;
        event->start_ns = start_of(&run->trace, event->tid);
        event->end_ns = (n + 1) * 1000;
        vec_push(&run->trace.events, event);
    }
    free(chosen);
}

/* How many of the samples are judged as the run was. */
static int count_alike(const struct orders *orders, const char *name, uint64_t seed)
{
    uint64_t random = seed | 1;
    int alike = 0;

    for (int n = 0; n < SAMPLES; n++) {
        struct run run;

        sample(orders, &run, &random);
        judge(&run);
        if (run.verdict.result == orders->run.verdict.result)
            alike++;
        else if (name)
            ck_abort_msg("SEED=%" PRIu64 ", order %d of %s: %s", seed, n, name,
                         run.verdict.ncauses ? run.verdict.causes[0].what : "");
        run_release(&run);
    }
    return alike;
}

/* Of patterns only: a rule may tell of the moment, such as a connect that came before the listen. */
static bool load(struct orders *orders, const char *expect, const char *trace)
{
    struct run_opts opts = {.failing_confidence = FINDING_NONE, .keep_trace = true};
    struct buf diagnostics = {0};
    struct err err;
    enum run_result result;

    *orders = (struct orders){0};
    result = run_check(expect, &trace, 1, &opts, &orders->run, &diagnostics, &err);
    buf_release(&diagnostics);
    orders->len = orders->run.trace.events.len;
    orders->precedes = calloc(orders->len * orders->len + 1, sizeof(*orders->precedes));
    return result == RUN_JUDGED && orders->run.verdict.result == VERDICT_HOLDS && orders->len <= LONGEST;
}

static void release(struct orders *orders)
{
    free(orders->precedes);
    run_release(&orders->run);
}

struct tally {
    uint64_t seed;
    unsigned held;
};

static void check_orders(const char *expect, const char *trace, void *arg)
{
    struct tally *tally = arg;
    struct orders orders;

    if (load(&orders, expect, trace)) {
        fix_all(&orders);
        count_alike(&orders, trace, tally->seed);
        tally->held++;
    }
    release(&orders);
}

/* Expectations with traces of such names that they hold for. How many these were. */
static unsigned check_all(const char *expects, const char *traces)
{
    struct tally tally = {.seed = pairs_seed()};

    pairs_each(expects, traces, tally.seed, check_orders, &tally);
    return tally.held;
}

START_TEST(golden_traces_hold_in_every_order)
{
    ck_assert_uint_gt(check_all("expected/*.expect", "tests/golden/*/in.jsonl"), 0);
}
END_TEST

/* What the programs and the kernel have in order makes a difference. */
START_TEST(in_an_order_that_cannot_be_it_does_not_hold)
{
    struct orders orders;

    ck_assert(load(&orders, "expected/tcp-echo.expect", "tests/golden/tcp-echo/in.jsonl"));
    ck_assert_int_lt(count_alike(&orders, NULL, pairs_seed()), SAMPLES / 2);
    release(&orders);
}
END_TEST

/* Those that other tests have left; tests/run starts this one when they have ended. */
START_TEST(traces_of_all_tests_hold_in_every_order)
{
    const char *folder = getenv("TRACES");
    char traces[4096];

    if (!folder)
        return;
    snprintf(traces, sizeof(traces), "%s/*", folder);
    check_all("expected/*.expect", traces);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "golden", golden_traces_hold_in_every_order);
    suite_add(suite, "cannot", in_an_order_that_cannot_be_it_does_not_hold);
    suite_add_slow(suite, "left", traces_of_all_tests_hold_in_every_order, PAIRS_TIMEOUT);
}
SUITE_MAIN("orders", add)
