/* unit/run/test_director.c: which calls are held, until when, and what is put into which. */
#include "../suite.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "run/director.h"

#include <errno.h>
#include <string.h>

enum { SERVER, CLIENT, LIMIT_MS = 10000 };

static const uint64_t half_ns = (uint64_t)LIMIT_MS / 2 * CLOCK_NS_PER_MS;

static struct role roles[2];
static struct role *const both[] = {&roles[SERVER], &roles[CLIENT]};

static const struct pause until_two_connects = {CANON_ACCEPT, {"client", CANON_CONNECT, 2, {0, 0}}, {0, 0}};
static const struct pause until_send = {CANON_CLOSE, {"client", CANON_SEND, 1, {0, 0}}, {0, 0}};

static struct expect expect;
static struct arena arena;
static struct stage stage;
static struct director director;

static void setup(void)
{
    roles[SERVER] = (struct role){.name = "server", .base = "server"};
    roles[CLIENT] = (struct role){.name = "client", .base = "client"};
}

static void begin(void)
{
    expect = (struct expect){.roles = both, .nroles = 2};
    stage_init(&stage, &expect, &arena);
    stage.roles[SERVER].pid = stage.roles[CLIENT].pid = 1;
    director_init(&director, &stage, LIMIT_MS, &arena);
}

static void teardown(void)
{
    director_release(&director);
    stage_release(&stage);
    arena_release(&arena);
}

static struct event call_of(int role, int tid, enum canon canon)
{
    static uint64_t start_ns;

    return (struct event){
        .kind = EVENT_CALL, .role = roles[role].name, .tid = tid, .canon = canon, .start_ns = ++start_ns};
}

/* The role comes to a call at that time. */
static struct director_order comes_to(int role, int tid, enum canon canon, uint64_t now_ns)
{
    struct event event = call_of(role, tid, canon);

    return director_call(&director, &event, now_ns);
}

static void makes(int role, enum canon canon)
{
    struct event event = call_of(role, 99, canon);

    sink_event(&stage.sink, &event);
    sink_event(&director.sink, &event);
}

static void ends(int role, int tid)
{
    struct event event = {.kind = EVENT_EXIT, .role = roles[role].name, .tid = tid};

    sink_event(&director.sink, &event);
}

static char unmet_text[1024];

static void note_unmet(void *arg, const char *role, const char *sentence)
{
    (void)arg;
    strncat(unmet_text, role, sizeof(unmet_text) - strlen(unmet_text) - 1);
    strncat(unmet_text, ": ", sizeof(unmet_text) - strlen(unmet_text) - 1);
    strncat(unmet_text, sentence, sizeof(unmet_text) - strlen(unmet_text) - 1);
    strncat(unmet_text, "\n", sizeof(unmet_text) - strlen(unmet_text) - 1);
}

static const char *unmet(void)
{
    unmet_text[0] = '\0';
    director_each_unmet(&director, note_unmet, NULL);
    return unmet_text;
}

static void give_pauses(const struct pause *pauses, size_t n)
{
    roles[SERVER].pauses = pauses;
    roles[SERVER].npauses = n;
    begin();
}

START_TEST(holds_until_the_count_is_reached)
{
    struct director_end end;

    give_pauses(&until_two_connects, 1);
    ck_assert(director_is_needed(&director));
    ck_assert(!comes_to(SERVER, 7, CANON_LISTEN, 1).hold);
    ck_assert(!comes_to(CLIENT, 9, CANON_ACCEPT, 1).hold);
    ck_assert_str_eq(comes_to(SERVER, 7, CANON_ACCEPT, 1).held, "before accept until client connect x2");
    ck_assert(comes_to(SERVER, 8, CANON_ACCEPT, 1).hold);
    ck_assert_uint_eq(director_held(&director, "server", true), 2);
    makes(CLIENT, CANON_CONNECT);
    ck_assert(!director_pause_ends(&director, false, 2, &end));
    ck_assert_int_eq(director_next(&director, 2), 0);
    makes(CLIENT, CANON_CONNECT);
    ck_assert(director_pause_ends(&director, false, 2, &end));
    ck_assert_str_eq(end.met, "before accept until client connect x2");
    ck_assert(!director_pause_ends(&director, false, 2, &end));
    ck_assert_int_eq(director_next(&director, 2), 7);
    ck_assert_int_eq(director_next(&director, 2), 8);
    ck_assert_int_eq(director_next(&director, 2), 0);
    ck_assert(!comes_to(SERVER, 7, CANON_ACCEPT, 3).hold);
    ck_assert_str_eq(unmet(), "");
}
END_TEST

START_TEST(what_came_before_needs_no_pause)
{
    give_pauses(&until_two_connects, 1);
    makes(CLIENT, CANON_CONNECT);
    makes(CLIENT, CANON_CONNECT);
    ck_assert(!comes_to(SERVER, 7, CANON_ACCEPT, 1).hold);
    ck_assert_str_eq(unmet(), "");
}
END_TEST

START_TEST(pauses_take_turns)
{
    const struct pause pauses[] = {until_two_connects, until_send};
    struct director_end end;

    give_pauses(pauses, 2);
    ck_assert(!comes_to(SERVER, 7, CANON_CLOSE, 1).hold);
    ck_assert(comes_to(SERVER, 7, CANON_ACCEPT, 1).hold);
    makes(CLIENT, CANON_CONNECT);
    makes(CLIENT, CANON_CONNECT);
    ck_assert(director_pause_ends(&director, false, 2, &end));
    ck_assert_int_eq(director_next(&director, 2), 7);
    ck_assert(comes_to(SERVER, 7, CANON_CLOSE, 3).hold);
}
END_TEST

START_TEST(gives_up)
{
    struct director_end end;

    give_pauses(&until_two_connects, 1);
    comes_to(SERVER, 7, CANON_ACCEPT, 1);
    ck_assert(!director_pause_ends(&director, false, half_ns, &end));
    if (_i == 0)
        stage.roles[CLIENT].ended = true;
    ck_assert(director_pause_ends(&director, _i == 1, _i == 2 ? half_ns + 1 : 2, &end));
    ck_assert_ptr_null(end.met);
    ck_assert_ptr_nonnull(strstr(end.unmet, "was given up: client had not called connect"));
    ck_assert_int_eq(director_next(&director, 2), 7);
}
END_TEST

START_TEST(a_task_that_ended_is_held_no_longer)
{
    give_pauses(&until_two_connects, 1);
    comes_to(SERVER, 7, CANON_ACCEPT, 1);
    ends(SERVER, 7);
    ck_assert_uint_eq(director_held(&director, "server", false), 0);
    ck_assert_ptr_nonnull(strstr(unmet(), "was still on when its program was ended"));
}
END_TEST

START_TEST(a_role_that_is_ended_is_held_no_longer)
{
    give_pauses(&until_two_connects, 1);
    comes_to(SERVER, 7, CANON_ACCEPT, 1);
    director_give_up(&director, "server");
    ck_assert_int_eq(director_next(&director, 2), 7);
    ck_assert(!comes_to(SERVER, 7, CANON_ACCEPT, 3).hold);
}
END_TEST

static enum inject_kind put_into_next(bool done)
{
    struct event event = call_of(SERVER, 7, CANON_SEND);
    struct inject inject = director_call(&director, &event, 1).inject;

    if (done)
        event.injected = inject;
    sink_event(&director.sink, &event);
    return inject.kind;
}

START_TEST(counts_the_calls_of_a_fault)
{
    const struct injection injections[] = {
        {CANON_SEND, {INJECT_SHORT, 3}, INJECT_EVERY, {0, 0}},
        {CANON_SEND, {INJECT_RESET, 0}, 3, {0, 0}},
        {CANON_SEND, {INJECT_ERROR, EPIPE}, 9, {0, 0}},
        {CANON_RECV, {INJECT_ERROR, EPIPE}, 1, {0, 0}},
    };

    roles[SERVER].injections = injections;
    roles[SERVER].ninjections = 4;
    begin();
    ck_assert(director_is_needed(&director));
    ck_assert_int_eq(put_into_next(true), INJECT_SHORT);
    ck_assert_int_eq(comes_to(CLIENT, 9, CANON_SEND, 1).inject.kind, INJECT_NONE);
    ck_assert_int_eq(put_into_next(true), INJECT_SHORT);
    ck_assert_int_eq(put_into_next(false), INJECT_RESET);
    ck_assert_int_eq(put_into_next(true), INJECT_SHORT);
    ck_assert_str_eq(
        unmet(), "server: 'inject send reset when 3' did not take place: none of these calls had a TCP "
                 "connection\n"
                 "server: 'inject send error EPIPE when 9' did not take place: it called send only 4 times\n"
                 "server: 'inject recv error EPIPE' did not take place: it never called recv\n");
}
END_TEST

START_TEST(a_delay_ends_by_itself)
{
    const struct injection delay = {CANON_SEND, {INJECT_DELAY, 50}, 1, {0, 0}};

    roles[SERVER].injections = &delay;
    roles[SERVER].ninjections = 1;
    begin();
    ck_assert(comes_to(SERVER, 7, CANON_SEND, 100).hold);
    ck_assert_uint_eq(director_held(&director, "server", true), 0);
    ck_assert_uint_eq(director_held(&director, "server", false), 1);
    ck_assert_uint_eq(director_due_ns(&director, 100), 150);
    ck_assert_int_eq(director_next(&director, 149), 0);
    ck_assert_int_eq(director_next(&director, 150), 7);
    ck_assert_uint_eq(director_due_ns(&director, 150), 0);
}
END_TEST

START_TEST(most_roles_need_none)
{
    begin();
    ck_assert(!director_is_needed(&director));
}
END_TEST

static void add(Suite *suite)
{
    TCase *tcase = tcase_create("director");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, holds_until_the_count_is_reached);
    tcase_add_test(tcase, what_came_before_needs_no_pause);
    tcase_add_test(tcase, pauses_take_turns);
    tcase_add_loop_test(tcase, gives_up, 0, 3);
    tcase_add_test(tcase, a_task_that_ended_is_held_no_longer);
    tcase_add_test(tcase, a_role_that_is_ended_is_held_no_longer);
    tcase_add_test(tcase, counts_the_calls_of_a_fault);
    tcase_add_test(tcase, a_delay_ends_by_itself);
    tcase_add_test(tcase, most_roles_need_none);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("director", add)
