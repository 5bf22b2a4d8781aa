/* unit/event/test_trace.c: sinks, one for two, and the one that collects. */
#include "../suite.h"
#include "event/trace.h"

#include <string.h>

/* Writes down what it is called with. */
struct log {
    struct sink sink;
    struct buf *out;
    char id;
};

static void log_begin(struct sink *sink, const struct trace_head *head)
{
    buf_addf(((struct log *)sink)->out, "%cB%d ", ((struct log *)sink)->id, head->schema);
}

static void log_enter(struct sink *sink, const struct event *event)
{
    buf_addf(((struct log *)sink)->out, "%ce%s ", ((struct log *)sink)->id, event->name);
}

static void log_event(struct sink *sink, const struct event *event)
{
    buf_addf(((struct log *)sink)->out, "%cE%s ", ((struct log *)sink)->id, event->name);
}

static void log_end(struct sink *sink)
{
    buf_addf(((struct log *)sink)->out, "%c. ", ((struct log *)sink)->id);
}

static const struct sink_ops log_ops = {log_begin, log_enter, log_event, log_end};

static void play(struct sink *sink)
{
    struct trace_head head = {
        .schema = TRACE_SCHEMA, .version = "1", .kernel = "k", .arch = "a", .isolation = ""};
    struct event event = {.kind = EVENT_CALL, .role = "", .name = "socket"};

    sink_begin(sink, &head);
    sink_enter(sink, &event);
    sink_event(sink, &event);
    sink_end(sink);
}

START_TEST(tee_passes_to_both)
{
    struct buf out = {0};
    struct log a = {{&log_ops}, &out, 'a'}, b = {{&log_ops}, &out, 'b'};
    struct tee tee;

    tee_init(&tee, &a.sink, &b.sink);
    play(&tee.sink);
    ck_assert_str_eq(buf_str(&out), "aB1 bB1 aesocket besocket aEsocket bEsocket a. b. ");
    buf_release(&out);
}
END_TEST

START_TEST(empty_sink_takes_all)
{
    static const struct sink_ops none = {0};
    struct sink sink = {&none};
    struct trace trace;

    play(&sink);
    trace_init(&trace);
    play(&trace.sink);
    ck_assert_uint_eq(trace.events.len, 1); /* enter is not kept */
    trace_release(&trace);
    trace_release(NULL);
}
END_TEST

START_TEST(trace_keeps_copies)
{
    struct arena arena = {0};
    struct field param = {arena_strdup(&arena, "PORT"), value_bytes(&arena, "7000", 4, 4)};
    struct trace_head head = {.schema = TRACE_SCHEMA,
                              .version = arena_strdup(&arena, "0.1"),
                              .kernel = "6",
                              .arch = "x86_64",
                              .isolation = arena_strdup(&arena, "host"),
                              .params = &param,
                              .nparams = 1};
    struct event event = {.kind = EVENT_CALL, .seq = 1, .role = "server", .name = "listen"};
    struct event lost = {.kind = EVENT_LOST, .seq = 2, .role = "", .name = ""};
    struct trace trace;

    trace_init(&trace);
    ck_assert_ptr_null(trace_param(&trace, "PORT"));
    sink_begin(&trace.sink, &head);
    sink_event(&trace.sink, &event);
    arena_release(&arena);
    ck_assert_str_eq(trace_param(&trace, "PORT"), "7000");
    ck_assert_ptr_null(trace_param(&trace, "HOST"));
    ck_assert_str_eq(trace.head.version, "0.1");
    ck_assert_str_eq(trace.head.isolation, "host");
    ck_assert(!trace_is_lossy(&trace));
    sink_event(&trace.sink, &lost);
    ck_assert(trace_is_lossy(&trace));
    ck_assert_uint_eq(trace.events.len, 2);
    ck_assert_str_eq(trace.events.items[0]->name, "listen");
    trace_release(&trace);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "tee", tee_passes_to_both);
    suite_add(suite, "empty", empty_sink_takes_all);
    suite_add(suite, "copies", trace_keeps_copies);
}

SUITE_MAIN("trace", add)
