/* unit/engine/test_sigact.c: which interrupted calls return EINTR (signal(7)). */
#include "../suite.h"
#include "base/alloc.h"
#include "engine/sigact.h"

#include <signal.h>

enum { SYS = 512, NOINTR = 513, NOHAND = 514, RESTARTBLOCK = 516, HANDLER = 0x401000 };

static const struct {
    uint64_t handler, flags;
    int restart;
    bool eintr;
} rows[] = {
    {HANDLER, 0, SYS, true},
    {HANDLER, SA_RESTART, SYS, false},
    {HANDLER, 0, NOINTR, false},
    {HANDLER, SA_RESTART, NOHAND, true},
    {HANDLER, SA_RESTART, RESTARTBLOCK, true},
    {0, 0, SYS, false},
    {1, 0, SYS, false}, /* SIG_DFL, SIG_IGN: no handler runs */
    {0, 0, NOHAND, false},
    {1, 0, RESTARTBLOCK, false},
};

START_TEST(tells_eintr)
{
    struct sigacts acts = {0};

    sigacts_set(&acts, SIGUSR1, HANDLER, SA_RESTART); /* replaced by the row's */
    sigacts_set(&acts, SIGUSR1, rows[_i].handler, rows[_i].flags);
    ck_assert_int_eq(sigacts_is_eintr(&acts, rows[_i].restart, SIGUSR1), rows[_i].eintr);
    ck_assert(!sigacts_is_eintr(&acts, rows[_i].restart, SIGUSR2));
}
END_TEST

START_TEST(forgets_handlers_at_exec)
{
    struct sigacts acts = {0};

    sigacts_set(&acts, SIGINT, HANDLER, 0);
    ck_assert(sigacts_is_caught(&acts, SIGINT));
    sigacts_exec(&acts);
    ck_assert(!sigacts_is_caught(&acts, SIGINT));
}
END_TEST

START_TEST(forgets_a_handler_that_was_there_once)
{
    struct sigacts acts = {0};

    sigacts_set(&acts, SIGINT, HANDLER, SA_RESETHAND);
    sigacts_set(&acts, SIGTERM, HANDLER, 0);
    sigacts_delivered(&acts, SIGINT);
    sigacts_delivered(&acts, SIGTERM);
    ck_assert(!sigacts_is_caught(&acts, SIGINT));
    ck_assert(sigacts_is_caught(&acts, SIGTERM));
}
END_TEST

START_TEST(survives_wrong_numbers)
{
    struct sigacts acts = {0};

    sigacts_set(&acts, -1, HANDLER, 0);
    sigacts_set(&acts, 1000, HANDLER, 0);
    ck_assert(!sigacts_is_caught(&acts, -1));
    ck_assert_uint_eq(acts.caught, 0);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "eintr", tells_eintr, ARRAY_LEN(rows));
    suite_add(suite, "exec", forgets_handlers_at_exec);
    suite_add(suite, "once", forgets_a_handler_that_was_there_once);
    suite_add(suite, "numbers", survives_wrong_numbers);
}

SUITE_MAIN("sigact", add)
