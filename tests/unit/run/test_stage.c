/* unit/run/test_stage.c: when a role is ready, and which may start. */
#include "../suite.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "run/stage.h"

#include <errno.h>
#include <sys/socket.h>

static struct role server = {.name = "server", .base = "server"},
                   client = {.name = "client", .base = "client"};
static struct role *const both[] = {&server, &client};

struct fixture {
    struct expect expect;
    struct arena arena;
    struct stage stage;
};

static void begin(struct fixture *fixture)
{
    *fixture = (struct fixture){.expect = {.roles = both, .nroles = 2}};
    stage_init(&fixture->stage, &fixture->expect, &fixture->arena);
    fixture->stage.roles[0].pid = 1;
    fixture->stage.roles[0].started_ns = clock_mono_ns();
}

static void enter(struct fixture *fixture, enum canon canon)
{
    struct event event = {.kind = EVENT_CALL, .role = "server", .canon = canon};

    sink_enter(&fixture->stage.sink, &event);
}

static void done(struct fixture *fixture, enum canon canon, int err, int64_t result)
{
    struct event event = {.kind = EVENT_CALL, .role = "server", .canon = canon, .err = err, .result = result};

    sink_event(&fixture->stage.sink, &event);
}

static void done_bind(struct fixture *fixture, uint64_t family)
{
    struct field field = {"sa_family", value_sym(&fixture->arena, &nametab_af, family)};
    struct event event = {.kind = EVENT_CALL, .role = "server", .canon = CANON_BIND, .ncargs = 2};

    event.cargs[1] = value_struct(&fixture->arena, "sockaddr", &field, 1);
    sink_event(&fixture->stage.sink, &event);
}

/* A call on the socket `sock`, or one that makes it. */
static void done_on(struct fixture *fixture, enum canon canon, uint64_t sock, int64_t type)
{
    struct event event = {.kind = EVENT_CALL, .role = "server", .canon = canon, .sock = sock};

    if (canon == CANON_SOCKET) {
        event.made[0] = sock;
        event.ncargs = 2;
        event.cargs[1] = value_int(&fixture->arena, type);
    }
    event.last_ref = canon == CANON_CLOSE;
    sink_event(&fixture->stage.sink, &event);
}

static bool ready(const struct fixture *fixture, uint64_t after_ms)
{
    return stage_is_ready(&fixture->stage.roles[0], clock_mono_ns() + after_ms * CLOCK_NS_PER_MS);
}

static bool may_start(const struct fixture *fixture, uint64_t after_ms, const char **unready)
{
    return stage_may_start(&fixture->stage, 1, clock_mono_ns() + after_ms * CLOCK_NS_PER_MS, unready);
}

START_TEST(is_ready_when_it_waits_in_accept)
{
    static struct fixture fixture;
    const char *unready;

    begin(&fixture);
    done(&fixture, CANON_SOCKET, 0, 3);
    ck_assert(!ready(&fixture, 0));
    done(&fixture, CANON_BIND, 0, 0);
    done(&fixture, CANON_LISTEN, 0, 0);
    ck_assert(!ready(&fixture, 0));
    ck_assert(!may_start(&fixture, 0, &unready));
    enter(&fixture, CANON_ACCEPT);
    ck_assert(ready(&fixture, 0));
    ck_assert(may_start(&fixture, 0, &unready));
    ck_assert_ptr_null(unready);
}
END_TEST

START_TEST(is_ready_some_time_after_listen)
{
    static struct fixture fixture;

    begin(&fixture);
    done(&fixture, CANON_LISTEN, 0, 0);
    ck_assert(ready(&fixture, STAGE_SETTLE_MS + 1));
}
END_TEST

START_TEST(a_failed_listen_makes_nobody_ready)
{
    static struct fixture fixture;

    begin(&fixture);
    done(&fixture, CANON_LISTEN, EADDRINUSE, -1);
    ck_assert(!ready(&fixture, STAGE_SETTLE_MS + 1));
}
END_TEST

START_TEST(receiving_counts_only_on_a_bound_datagram_socket)
{
    static struct fixture fixture;

    begin(&fixture);
    enter(&fixture, CANON_RECV);
    ck_assert(!ready(&fixture, 0));
    done(&fixture, CANON_BIND, 0, 0);
    enter(&fixture, CANON_RECVFROM);
    ck_assert(ready(&fixture, 0));
}
END_TEST

START_TEST(what_libc_binds_is_for_no_client)
{
    static struct fixture fixture;

    begin(&fixture);
    done_bind(&fixture, AF_NETLINK);
    enter(&fixture, CANON_RECV);
    ck_assert(!ready(&fixture, STAGE_SETTLE_MS + 1));
    done_bind(&fixture, AF_INET);
    ck_assert(ready(&fixture, STAGE_SETTLE_MS + 1));
}
END_TEST

START_TEST(a_bound_stream_socket_is_for_no_client_until_it_listens)
{
    static const int types[] = {SOCK_STREAM | SOCK_CLOEXEC, SOCK_SEQPACKET | SOCK_NONBLOCK};
    static struct fixture fixture;

    begin(&fixture);
    done_on(&fixture, CANON_SOCKET, 1, types[_i]);
    done_on(&fixture, CANON_BIND, 1, 0);
    enter(&fixture, CANON_WAIT);
    ck_assert(!ready(&fixture, STAGE_SETTLE_MS + 1));
    done(&fixture, CANON_WAIT, 0, 0);
    done_on(&fixture, CANON_LISTEN, 1, 0);
    ck_assert(!ready(&fixture, 0));
    ck_assert(ready(&fixture, STAGE_SETTLE_MS + 1));
    enter(&fixture, CANON_WAIT);
    ck_assert(ready(&fixture, 0));
    stage_release(&fixture.stage);
}
END_TEST

START_TEST(a_bound_datagram_socket_is_for_clients)
{
    static struct fixture fixture;

    begin(&fixture);
    done_on(&fixture, CANON_SOCKET, 1, SOCK_DGRAM);
    done_on(&fixture, CANON_BIND, 1, 0);
    ck_assert(!ready(&fixture, 0));
    ck_assert(ready(&fixture, STAGE_SETTLE_MS + 1));
    enter(&fixture, CANON_WAIT);
    ck_assert(ready(&fixture, 0));
    stage_release(&fixture.stage);
}
END_TEST

/* A second socket keeps a server from being ready: until it listens, or connects, or is gone. */
START_TEST(is_ready_when_the_last_of_its_sockets_is)
{
    static const enum canon ends[] = {CANON_LISTEN, CANON_CONNECT, CANON_CLOSE};
    static struct fixture fixture;

    begin(&fixture);
    done_on(&fixture, CANON_SOCKET, 1, SOCK_STREAM);
    done_on(&fixture, CANON_SOCKET, 2, SOCK_STREAM);
    done_on(&fixture, CANON_BIND, 1, 0);
    done_on(&fixture, CANON_LISTEN, 1, 0);
    ck_assert(ready(&fixture, STAGE_SETTLE_MS + 1));
    done_on(&fixture, CANON_BIND, 2, 0);
    enter(&fixture, CANON_WAIT);
    ck_assert(!ready(&fixture, STAGE_SETTLE_MS + 1));
    done_on(&fixture, ends[_i], 2, 0);
    ck_assert(ready(&fixture, STAGE_SETTLE_MS + 1));
    stage_release(&fixture.stage);
}
END_TEST

START_TEST(signals_are_no_sign_of_life)
{
    static struct fixture fixture;
    struct event alarm = {.kind = EVENT_SIGNAL, .role = "server", .name = ""};
    uint64_t before_ns;

    begin(&fixture);
    enter(&fixture, CANON_ACCEPT);
    before_ns = fixture.stage.roles[0].last_ns;
    sink_event(&fixture.stage.sink, &alarm);
    ck_assert_uint_eq(fixture.stage.roles[0].last_ns, before_ns);
}
END_TEST

START_TEST(patience_has_an_end)
{
    static struct fixture fixture;
    const char *unready;

    begin(&fixture);
    ck_assert(!may_start(&fixture, STAGE_PATIENCE_MS - 500, &unready));
    ck_assert(may_start(&fixture, STAGE_PATIENCE_MS + 1, &unready));
    ck_assert_str_eq(unready, "server");
}
END_TEST

/* What has not come is named, and whether it could still have come. */
START_TEST(an_excuse_says_what_has_not_come)
{
    static struct fixture fixture;

    begin(&fixture);
    ck_assert_str_eq(stage_excuse(&fixture.stage, 1, "server", &fixture.arena),
                     "was started although server had not become ready in 2 s");
    client.start = (struct awaited){"server", CANON_SEND, 1, {0, 0}};
    ck_assert_str_eq(stage_excuse(&fixture.stage, 1, "server", &fixture.arena),
                     "was started although server had not made send x1 in 2 s");
    client.start.times = 3;
    fixture.stage.roles[0].ended = true;
    ck_assert_str_eq(stage_excuse(&fixture.stage, 1, "server", &fixture.arena),
                     "was started although server had ended and not made send x3");
    client.start = (struct awaited){0};
}
END_TEST

START_TEST(asking_in_vain_is_no_sign_of_life)
{
    static struct fixture fixture;
    struct stage_role *role;

    begin(&fixture);
    role = &fixture.stage.roles[0];
    done(&fixture, CANON_LISTEN, 0, 0);
    enter(&fixture, CANON_ACCEPT);
    done(&fixture, CANON_ACCEPT, EAGAIN, -1);
    ck_assert_uint_ge(role->asked_ns, role->last_ns);
    ck_assert_int_eq(role->waiting, 0);
    enter(&fixture, CANON_ACCEPT);
    done(&fixture, CANON_ACCEPT, 0, 4);
    ck_assert_uint_ge(role->last_ns, role->asked_ns);
}
END_TEST

START_TEST(start_when_counts_calls)
{
    static struct fixture fixture;
    const char *unready;

    client.start = (struct awaited){"server", CANON_SEND, 2, {0, 0}};
    begin(&fixture);
    done(&fixture, CANON_SEND, 0, 5);
    done(&fixture, CANON_SEND, EAGAIN, -1);
    done(&fixture, CANON_SEND, EINTR, -1);
    ck_assert(!may_start(&fixture, 0, &unready));
    done(&fixture, CANON_SEND, EPIPE, -1);
    ck_assert(may_start(&fixture, 0, &unready));
    client.start = (struct awaited){0};
}
END_TEST

static bool says(void *arg, pid_t tid)
{
    (void)tid;
    return *(bool *)arg;
}

static uint32_t look(struct fixture *fixture, enum canon canon, uint64_t after_ms, bool sleeps)
{
    stage_look(&fixture->stage, clock_mono_ns() + after_ms * CLOCK_NS_PER_MS, says, &sleeps);
    return fixture->stage.roles[0].counts[canon];
}

START_TEST(a_call_that_waits_counts_as_made)
{
    static struct fixture fixture;

    client.start = (struct awaited){"server", CANON_CONNECT, 2, {0, 0}};
    begin(&fixture);
    enter(&fixture, CANON_CONNECT);
    ck_assert_uint_eq(look(&fixture, CANON_CONNECT, 0, true), 0);
    ck_assert_uint_eq(look(&fixture, CANON_CONNECT, STAGE_BLOCKED_MS + 1, false), 0);
    ck_assert_uint_eq(look(&fixture, CANON_CONNECT, STAGE_BLOCKED_MS + 1, true), 1);
    ck_assert_uint_eq(look(&fixture, CANON_CONNECT, STAGE_BLOCKED_MS + 1, true), 1);
    done(&fixture, CANON_CONNECT, 0, 0);
    ck_assert_uint_eq(look(&fixture, CANON_CONNECT, STAGE_BLOCKED_MS + 1, true), 1);
    enter(&fixture, CANON_CONNECT);
    done(&fixture, CANON_CONNECT, 0, 0);
    ck_assert_uint_eq(look(&fixture, CANON_CONNECT, STAGE_BLOCKED_MS + 1, true), 2);
    /* Nobody awaits it. */
    enter(&fixture, CANON_SEND);
    ck_assert_uint_eq(look(&fixture, CANON_SEND, STAGE_BLOCKED_MS + 1, true), 0);
    stage_release(&fixture.stage);
    client.start = (struct awaited){0};
}
END_TEST

START_TEST(accept_counts_when_it_begins)
{
    static struct fixture fixture;

    client.start = (struct awaited){"server", CANON_ACCEPT, 1, {0, 0}};
    begin(&fixture);
    enter(&fixture, CANON_ACCEPT);
    ck_assert_uint_eq(look(&fixture, CANON_ACCEPT, 0, false), 1);
    done(&fixture, CANON_ACCEPT, 0, 4);
    ck_assert_uint_eq(look(&fixture, CANON_ACCEPT, STAGE_BLOCKED_MS + 1, true), 1);
    stage_release(&fixture.stage);
    client.start = (struct awaited){0};
}
END_TEST

static struct role workers[] = {{.name = "worker#1", .base = "worker", .copy = 1},
                                {.name = "worker#2", .base = "worker", .copy = 2}};
static struct role *const copies[] = {&server, &workers[0], &workers[1], &client};

static void does(struct fixture *fixture, const char *role, enum canon canon)
{
    struct event event = {.kind = EVENT_CALL, .role = role, .canon = canon};

    sink_event(&fixture->stage.sink, &event);
}

START_TEST(copies_start_together_and_count_together)
{
    static struct fixture fixture;
    struct stage *stage = &fixture.stage;
    uint64_t now_ns = clock_mono_ns();
    const char *unready;

    client.start = (struct awaited){"worker", CANON_CONNECT, 2, {0, 0}};
    fixture.expect = (struct expect){.roles = copies, .nroles = 4};
    stage_init(stage, &fixture.expect, &fixture.arena);
    stage->roles[0].pid = 1;
    stage->roles[0].started_ns = now_ns;
    ck_assert(!stage_may_start(stage, 1, now_ns, &unready));
    ck_assert(!stage_may_start(stage, 2, now_ns, &unready));
    stage->roles[0].waited = true;
    ck_assert(stage_may_start(stage, 1, now_ns, &unready));
    stage->roles[1].pid = 2;
    stage->roles[1].started_ns = now_ns;
    ck_assert(stage_may_start(stage, 2, now_ns, &unready));
    does(&fixture, "worker#1", CANON_CONNECT);
    ck_assert(!stage_may_start(stage, 3, now_ns, &unready));
    stage->roles[2].pid = 3;
    stage->roles[2].started_ns = now_ns;
    does(&fixture, "worker#2", CANON_CONNECT);
    ck_assert_uint_eq(stage_count(stage, "worker", CANON_CONNECT), 2);
    ck_assert_uint_eq(stage_count(stage, "worker#2", CANON_CONNECT), 1);
    ck_assert(stage_may_start(stage, 3, now_ns, &unready));
    ck_assert_ptr_null(unready);
    stage->roles[1].ended = true;
    ck_assert(!stage_has_ended(stage, "worker"));
    ck_assert(stage_has_ended(stage, "worker#1"));
    stage->roles[2].ended = true;
    ck_assert(stage_has_ended(stage, "worker"));
    stage_release(stage);
    client.start = (struct awaited){0};
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "accept", is_ready_when_it_waits_in_accept);
    suite_add(suite, "listen", is_ready_some_time_after_listen);
    suite_add(suite, "failed listen", a_failed_listen_makes_nobody_ready);
    suite_add(suite, "datagrams", receiving_counts_only_on_a_bound_datagram_socket);
    suite_add(suite, "netlink", what_libc_binds_is_for_no_client);
    suite_add_loop(suite, "closed doors", a_bound_stream_socket_is_for_no_client_until_it_listens, 2);
    suite_add(suite, "open door", a_bound_datagram_socket_is_for_clients);
    suite_add_loop(suite, "last door", is_ready_when_the_last_of_its_sockets_is, 3);
    suite_add(suite, "signals", signals_are_no_sign_of_life);
    suite_add(suite, "patience", patience_has_an_end);
    suite_add(suite, "excuse", an_excuse_says_what_has_not_come);
    suite_add(suite, "in vain", asking_in_vain_is_no_sign_of_life);
    suite_add(suite, "start when", start_when_counts_calls);
    suite_add(suite, "blocked", a_call_that_waits_counts_as_made);
    suite_add(suite, "begun", accept_counts_when_it_begins);
    suite_add(suite, "copies", copies_start_together_and_count_together);
}

SUITE_MAIN("stage", add)
