/* cmd/summary.c: two tables: calls as strace -c -w has them, and sockets with what they moved. */
#include "cmd/summary.h"

#include "base/clock.h"
#include "format/sock_info.h"

#include <inttypes.h>
#include <string.h>

/* ---- what is counted ---- */

static struct summary_call *call_of(struct summary *summary, const char *name)
{
    struct summary_call fresh = {.min_ns = UINT64_MAX};

    vec_each (struct summary_call, call, &summary->calls)
        if (!strcmp(call->name, name))
            return call;
    fresh.name = arena_strdup(&summary->arena, name);
    vec_push(&summary->calls, fresh);
    return &summary->calls.items[summary->calls.len - 1];
}

static struct summary_sock *sock_of(struct summary *summary, uint64_t id, int pid)
{
    struct summary_sock *sock = intmap_get(&summary->by_id, id);

    if (sock)
        return sock;
    sock = ARENA_NEW(&summary->arena, struct summary_sock);
    *sock = (struct summary_sock){.id = id, .pid = pid};
    intmap_set(&summary->by_id, id, sock);
    vec_push(&summary->used, sock);
    return sock;
}

static void count(struct summary *summary, const struct event *event)
{
    uint64_t ns = event->end_ns > event->start_ns ? event->end_ns - event->start_ns : 0;
    struct summary_call *call;

    if (event->kind != EVENT_CALL || event->unfinished)
        return;
    call = call_of(summary, event->name);
    call->calls++;
    call->errors += event->err != 0;
    call->ns += ns;
    call->min_ns = ns < call->min_ns ? ns : call->min_ns;
    call->max_ns = ns > call->max_ns ? ns : call->max_ns;
    for (size_t i = 0; i < ARRAY_LEN(event->made); i++)
        if (event->made[i])
            sock_of(summary, event->made[i], event->pid);
    if (event->sock) {
        struct summary_sock *sock = sock_of(summary, event->sock, event->pid);

        sock->calls++;
        sock->ns += ns;
    }
}

/* ---- the order of the calls ---- */

static int descending(uint64_t a, uint64_t b)
{
    return (a < b) - (a > b);
}

#define CALLS const struct summary_call *a = left, *b = right

static int by_time(const void *left, const void *right)
{
    CALLS;

    return descending(a->ns, b->ns);
}

static int by_min_time(const void *left, const void *right)
{
    CALLS;

    return descending(a->min_ns, b->min_ns);
}

static int by_max_time(const void *left, const void *right)
{
    CALLS;

    return descending(a->max_ns, b->max_ns);
}

static int by_avg_time(const void *left, const void *right)
{
    CALLS;

    return descending(a->ns / a->calls, b->ns / b->calls);
}

static int by_calls(const void *left, const void *right)
{
    CALLS;

    return descending(a->calls, b->calls);
}

static int by_errors(const void *left, const void *right)
{
    CALLS;

    return descending(a->errors, b->errors);
}

static int by_name(const void *left, const void *right)
{
    CALLS;

    return strcmp(a->name, b->name);
}

/* By enum summary_sort. */
static int (*const orders[])(const void *, const void *) = {
    [SUMMARY_TIME] = by_time,         [SUMMARY_MIN_TIME] = by_min_time, [SUMMARY_MAX_TIME] = by_max_time,
    [SUMMARY_AVG_TIME] = by_avg_time, [SUMMARY_CALLS] = by_calls,       [SUMMARY_ERRORS] = by_errors,
    [SUMMARY_NAME] = by_name,         [SUMMARY_NOTHING] = NULL,
};

const char summary_sort_words[] = "time, min-time, max-time, avg-time, calls, errors, name, nothing";

bool summary_sort_parse(const char *text, enum summary_sort *sort)
{
    static const struct {
        const char *name;
        enum summary_sort sort;
    } words[] = {
        {"time", SUMMARY_TIME},         {"time-percent", SUMMARY_TIME}, {"time-total", SUMMARY_TIME},
        {"total-time", SUMMARY_TIME},   {"min-time", SUMMARY_MIN_TIME}, {"time-min", SUMMARY_MIN_TIME},
        {"shortest", SUMMARY_MIN_TIME}, {"max-time", SUMMARY_MAX_TIME}, {"time-max", SUMMARY_MAX_TIME},
        {"longest", SUMMARY_MAX_TIME},  {"avg-time", SUMMARY_AVG_TIME}, {"time-avg", SUMMARY_AVG_TIME},
        {"calls", SUMMARY_CALLS},       {"count", SUMMARY_CALLS},       {"errors", SUMMARY_ERRORS},
        {"error", SUMMARY_ERRORS},      {"name", SUMMARY_NAME},         {"syscall", SUMMARY_NAME},
        {"syscall-name", SUMMARY_NAME}, {"nothing", SUMMARY_NOTHING},   {"none", SUMMARY_NOTHING},
    };

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (strcmp(words[i].name, text) != 0)
            continue;
        *sort = words[i].sort;
        return true;
    }
    return false;
}

/* ---- the tables ---- */

static void tell_call(FILE *out, const struct summary_call *call, uint64_t all_ns)
{
    char errors[24] = "";

    if (call->errors)
        snprintf(errors, sizeof(errors), "%" PRIu64, call->errors);
    fprintf(out, "%6.2f %11.6f %11" PRIu64 " %9" PRIu64 " %9s %s\n",
            all_ns ? 100.0 * (double)call->ns / (double)all_ns : 0.0, (double)call->ns / CLOCK_NS_PER_S,
            call->calls ? call->ns / call->calls / CLOCK_NS_PER_US : 0, call->calls, errors, call->name);
}

static void tell_calls(struct summary *summary)
{
    static const char rule[] = "------ ----------- ----------- --------- --------- ----------------\n";
    struct summary_call total = {.name = "total"};
    FILE *out = summary->out;

    vec_each (struct summary_call, call, &summary->calls) {
        total.calls += call->calls;
        total.errors += call->errors;
        total.ns += call->ns;
    }
    if (orders[summary->sort] && summary->calls.len)
        qsort(summary->calls.items, summary->calls.len, sizeof(*summary->calls.items), orders[summary->sort]);
    fputs("% time     seconds  usecs/call     calls    errors syscall\n", out);
    fputs(rule, out);
    vec_each (struct summary_call, call, &summary->calls)
        tell_call(out, call, total.ns);
    fputs(rule, out);
    tell_call(out, &total, total.ns);
}

static int by_identity(const void *left, const void *right)
{
    const struct summary_sock *const *a = left, *const *b = right;

    return descending((*b)->id, (*a)->id);
}

/* Whose it is: the role where there are some. */
static void add_owner(const struct summary *summary, const struct summary_sock *sock, struct buf *out)
{
    const struct sock_life *life = socks_after(summary->socks, sock->id);

    buf_addf(out, "%" PRIu64 " ", sock->id);
    if (life && life->role[0])
        buf_adds(out, life->role);
    else
        buf_addf(out, "[%d]", sock->pid);
}

static void tell_sock(const struct summary *summary, const struct summary_sock *sock, struct buf *line)
{
    const struct sock_life *life = socks_after(summary->socks, sock->id);
    const struct summary_sock *peer = life ? intmap_get(&summary->by_id, life->peer) : NULL;
    const uint64_t none[2] = {0}, *bytes = life ? life->bytes : none;
    struct sock_info info;

    buf_reset(line);
    add_owner(summary, sock, line);
    if (life) {
        socks_describe(summary->socks, life, &info);
        sock_info_add(line, &info, true);
        buf_adds(line, life->listening ? " listens" : "");
    }
    if (peer) {
        buf_adds(line, ", with ");
        add_owner(summary, peer, line);
    }
    fprintf(summary->out, "%11.6f %7" PRIu64 " %11" PRIu64 " %11" PRIu64 "  %s\n",
            (double)sock->ns / CLOCK_NS_PER_S, sock->calls, bytes[MODEL_SEND], bytes[MODEL_RECV],
            buf_str(line));
}

static void tell_socks(struct summary *summary)
{
    struct buf line = {0};

    if (!summary->used.len)
        return;
    qsort(summary->used.items, summary->used.len, sizeof(*summary->used.items), by_identity);
    fputs("\n    seconds   calls  bytes sent    received  socket\n"
          "----------- ------- ----------- -----------  ------------------------------------\n",
          summary->out);
    vec_each (struct summary_sock *, sock, &summary->used)
        tell_sock(summary, *sock, &line);
    buf_release(&line);
}

/* ---- the sink ---- */

static void pass_begin(struct sink *sink, const struct trace_head *head)
{
    struct summary *summary = (struct summary *)sink;

    if (summary->next)
        sink_begin(summary->next, head);
}

static void pass_enter(struct sink *sink, const struct event *event)
{
    struct summary *summary = (struct summary *)sink;

    if (summary->next)
        sink_enter(summary->next, event);
}

static void pass_event(struct sink *sink, const struct event *event)
{
    struct summary *summary = (struct summary *)sink;

    count(summary, event);
    if (summary->next)
        sink_event(summary->next, event);
}

static void pass_end(struct sink *sink)
{
    struct summary *summary = (struct summary *)sink;

    if (summary->next)
        sink_end(summary->next);
    tell_calls(summary);
    tell_socks(summary);
    fflush(summary->out);
}

void summary_init(struct summary *summary, struct sink *next, FILE *out, const struct socks *socks,
                  enum summary_sort sort)
{
    static const struct sink_ops ops = {pass_begin, pass_enter, pass_event, pass_end};

    *summary = (struct summary){.sink = {&ops}, .next = next, .out = out, .socks = socks, .sort = sort};
}

void summary_release(struct summary *summary)
{
    arena_release(&summary->arena);
    vec_release(&summary->calls);
    vec_release(&summary->used);
    intmap_release(&summary->by_id);
}
