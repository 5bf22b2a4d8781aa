/* format/jsonl.c: the trace file: JSON Lines, one record per event; reading it back gives the identical
 * trace. */
#include "format/jsonl.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "event/message.h"
#include "format/jout.h"
#include "format/writers.h"

#include <stdlib.h>

struct jsonl {
    struct sink sink;
    FILE *out;
    struct buf line;
    uint64_t events;
};

static void add_object(struct buf *out, const struct field *fields, size_t len)
{
    buf_addc(out, '{');
    jsonl_fields(out, fields, len);
    buf_addc(out, '}');
}

static void add_number(struct buf *out, const char *key, uint64_t n)
{
    if (!n)
        return;
    jout_key(out, key);
    jout_u64(out, n);
}

static void add_true(struct buf *out, const char *key, bool is_true)
{
    if (!is_true)
        return;
    jout_key(out, key);
    buf_adds(out, "true");
}

static void add_member(struct buf *out, const char *key, const struct value *value)
{
    if (!value)
        return;
    jout_key(out, key);
    jsonl_value(out, value);
}

static void add_errno(struct buf *out, int err)
{
    const char *name = nametab_name(&nametab_errno, (uint64_t)err);

    jout_key(out, "errno");
    buf_addc(out, '{');
    if (name) {
        jout_key(out, "name");
        jout_string(out, name);
    }
    jout_key(out, "n");
    jout_i64(out, err);
    buf_addc(out, '}');
}

static void add_call(struct buf *out, const struct event *event)
{
    jout_key(out, "call");
    jout_string(out, event->name);
    jout_key(out, "canon");
    jout_string(out, canon_name(event->canon));
}

static void add_injected(struct buf *out, struct inject injected)
{
    if (injected.kind == INJECT_NONE)
        return;
    jout_key(out, "injected");
    buf_addc(out, '{');
    jout_key(out, "fault");
    jout_string(out, inject_name(injected.kind));
    add_number(out, "n", (uint64_t)injected.n);
    buf_addc(out, '}');
}

static void add_outcome(struct buf *out, const struct event *event)
{
    add_true(out, "unfinished", event->unfinished);
    add_true(out, "detached", event->detached);
    if (event->kind == EVENT_CALL && (!event->unfinished || event->result)) {
        jout_key(out, "result");
        jout_i64(out, event->result);
    }
    if (event->err)
        add_errno(out, event->err);
    add_member(out, "ret", event->ret);
    add_injected(out, event->injected);
}

static bool is_argument(const struct event *event, const struct value *value)
{
    for (size_t i = 0; i < event->nargs; i++)
        if (value_equal(event->args[i].value, value))
            return true;
    return false;
}

/* The bytes of each message that was moved. */
static void add_messages(struct buf *out, const struct event *event)
{
    struct arena arena = {0};

    jout_key(out, "messages");
    buf_addc(out, '[');
    for (size_t i = 0; i < message_count(event); i++) {
        struct event one = message_at(event, i, &arena);

        buf_adds(out, i ? ", " : "");
        if (one.ncargs > 1)
            jsonl_value(out, one.cargs[1]);
        else
            buf_adds(out, "null");
    }
    buf_addc(out, ']');
    arena_release(&arena);
}

/*
 * Of the canonical form what would be hard to put together: the data of scattered buffers, and the address
 * wherever the call has it. Readers make them anew from the arguments.
 */
static void add_canonical(struct buf *out, const struct event *event)
{
    bool is_data = canon_is_send(event->canon) || canon_is_recv(event->canon);

    if (message_is_in(event))
        add_messages(out, event);
    for (size_t i = 1; i < event->ncargs; i++) {
        const struct value *value = value_final(event->cargs[i]);

        if (is_data && i == 1 && value && value->kind == VALUE_BYTES && !is_argument(event, value))
            add_member(out, "data", value);
        else if (value_field(value, "sa_family"))
            add_member(out, "addr", value);
    }
}

static void add_numbers(struct buf *out, const char *key, const uint64_t *numbers, size_t len)
{
    if (!len)
        return;
    jout_key(out, key);
    buf_addc(out, '[');
    for (size_t i = 0; i < len; i++) {
        jout_next(out);
        jout_u64(out, numbers[i]);
    }
    buf_addc(out, ']');
}

static void add_kernel(struct buf *out, const struct kernel_state *kernel)
{
    const char *state = kernel->tcp_state ? nametab_name(&nametab_tcp_state, kernel->tcp_state) : NULL;

    if (!kernel->known)
        return;
    jout_key(out, "kernel");
    buf_addc(out, '{');
    if (state) {
        jout_key(out, "tcp");
        jout_string(out, state);
    } else {
        add_number(out, "tcp", kernel->tcp_state);
    }
    add_number(out, "queue", kernel->queue);
    add_number(out, "queue_max", kernel->queue_max);
    if (kernel->unread >= 0) {
        jout_key(out, "unread");
        jout_i64(out, kernel->unread);
    }
    if (kernel->unsent >= 0) {
        jout_key(out, "unsent");
        jout_i64(out, kernel->unsent);
    }
    add_numbers(out, "inodes", kernel->inodes, kernel->inodes[1] ? 2 : kernel->inodes[0] ? 1 : 0);
    add_member(out, "local", kernel->local);
    add_member(out, "peer", kernel->peer);
    buf_addc(out, '}');
}

static void add_string(struct buf *out, const char *key, const char *s)
{
    if (!s)
        return;
    jout_key(out, key);
    jout_string(out, s);
}

static void add_stack(struct buf *out, const char *key, const struct frame *stack, size_t len)
{
    if (!len)
        return;
    jout_key(out, key);
    buf_addc(out, '[');
    for (size_t i = 0; i < len; i++) {
        jout_next(out);
        buf_addc(out, '{');
        add_string(out, "function", stack[i].function);
        add_number(out, "offset", stack[i].offset);
        add_string(out, "file", stack[i].file);
        add_number(out, "line", (uint64_t)stack[i].line);
        add_true(out, "inlined", stack[i].inlined);
        add_string(out, "object", stack[i].object);
        add_number(out, "address", stack[i].address);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

static void add_event(struct buf *out, const struct event *event)
{
    const uint64_t range[] = {event->range.from, event->range.to};

    buf_adds(out, "{\"seq\": ");
    jout_u64(out, event->seq);
    jout_key(out, "event");
    jout_string(out, event_kind_name(event->kind));
    jout_key(out, "start_ns");
    jout_u64(out, event->start_ns);
    jout_key(out, "end_ns");
    jout_u64(out, event->end_ns);
    if (event->role[0]) {
        jout_key(out, "role");
        jout_string(out, event->role);
    }
    jout_key(out, "pid");
    jout_i64(out, event->pid);
    jout_key(out, "tid");
    jout_i64(out, event->tid);
    if (event->kind == EVENT_CALL)
        add_call(out, event);
    if (event->nargs) {
        jout_key(out, "args");
        add_object(out, event->args, event->nargs);
    }
    add_outcome(out, event);
    add_canonical(out, event);
    add_number(out, "sock", event->sock);
    add_numbers(out, "made", event->made, event->made[1] ? 2 : event->made[0] ? 1 : 0);
    add_true(out, "last_ref", event->last_ref);
    add_true(out, "stream", event->is_stream);
    add_numbers(out, "range", range, event->range.to ? 2 : 0);
    add_kernel(out, &event->kernel);
    add_stack(out, "stack", event->stack, event->nstack);
    add_stack(out, "src", event->src, event->nsrc);
    buf_addc(out, '}');
}

static void write_line(struct jsonl *jsonl)
{
    buf_addc(&jsonl->line, '\n');
    fwrite(jsonl->line.data, 1, jsonl->line.len, jsonl->out);
    buf_reset(&jsonl->line);
}

static void jsonl_begin(struct sink *sink, const struct trace_head *head)
{
    struct jsonl *jsonl = (struct jsonl *)sink;
    struct buf *line = &jsonl->line;

    buf_adds(line, "{\"sockdrill\": ");
    jout_i64(line, TRACE_SCHEMA);
    jout_key(line, "version");
    jout_string(line, head->version);
    jout_key(line, "linux");
    jout_string(line, head->kernel);
    jout_key(line, "arch");
    jout_string(line, head->arch);
    jout_key(line, "began_ns");
    jout_u64(line, head->began_ns);
    jout_key(line, "isolation");
    jout_string(line, head->isolation);
    jout_key(line, "no_new_privs");
    buf_adds(line, head->no_new_privs ? "true" : "false");
    jout_key(line, "params");
    add_object(line, head->params, head->nparams);
    buf_addc(line, '}');
    write_line(jsonl);
}

static void jsonl_event(struct sink *sink, const struct event *event)
{
    struct jsonl *jsonl = (struct jsonl *)sink;

    jsonl->events++;
    add_event(&jsonl->line, event);
    write_line(jsonl);
}

static void jsonl_end(struct sink *sink)
{
    struct jsonl *jsonl = (struct jsonl *)sink;

    buf_adds(&jsonl->line, "{\"end\": true, \"events\": ");
    jout_u64(&jsonl->line, jsonl->events);
    buf_addc(&jsonl->line, '}');
    write_line(jsonl);
    fflush(jsonl->out);
    buf_release(&jsonl->line);
    free(jsonl);
}

struct sink *jsonl_writer(FILE *out, const struct format_opts *opts)
{
    static const struct sink_ops ops = {.begin = jsonl_begin, .event = jsonl_event, .end = jsonl_end};
    struct jsonl *jsonl = ALLOC_NEW(struct jsonl);

    (void)opts;
    jsonl->sink.ops = &ops;
    jsonl->out = out;
    return &jsonl->sink;
}
