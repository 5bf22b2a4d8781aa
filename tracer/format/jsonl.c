/* format/jsonl.c: the trace file: JSON Lines, one record per event; reading it back gives the identical
 * trace. */
#include "format/jsonl.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "format/base64.h"
#include "format/jout.h"
#include "format/writers.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdlib.h>

struct jsonl {
    struct sink sink;
    FILE *out;
    struct buf line;
    uint64_t events;
};

static const char *const int_forms[] = {
    [INT_DEC] = "dec",     [INT_UDEC] = "udec",   [INT_HEX] = "hex",   [INT_OCT] = "oct",
    [INT_HTONS] = "htons", [INT_HTONL] = "htonl", [INT_HEX8] = "hex8",
};

const char *jsonl_int_form(size_t i)
{
    return i < ARRAY_LEN(int_forms) ? int_forms[i] : NULL;
}

static const char *const bytes_forms[] = {[BYTES_TEXT] = "text", [BYTES_HEX] = "hex", [BYTES_MAC] = "mac"};

const char *jsonl_bytes_form(size_t i)
{
    return i < ARRAY_LEN(bytes_forms) ? bytes_forms[i] : NULL;
}

static void add_value(struct buf *out, const struct value *value);

static void add_null(struct buf *out, const struct value *value)
{
    (void)value;
    buf_adds(out, "null");
}

static void add_int(struct buf *out, const struct value *value)
{
    if (value->form == INT_DEC) {
        jout_i64(out, (int64_t)value->n);
        return;
    }
    buf_adds(out, "{\"int\": ");
    jout_big(out, value->n);
    jout_key(out, "form");
    jout_string(out, int_forms[value->form]);
    buf_addc(out, '}');
}

static void add_constant(struct buf *out, const struct value *value)
{
    jout_key(out, "n");
    jout_big(out, value->sym.n);
    jout_key(out, "of");
    jout_string(out, value->sym.tab->id);
    buf_addc(out, '}');
}

static void add_sym(struct buf *out, const struct value *value)
{
    const char *name = nametab_name(value->sym.tab, value->sym.n);

    buf_addc(out, '{');
    if (name) {
        jout_key(out, "sym");
        jout_string(out, name);
    }
    add_constant(out, value);
}

static void add_flags(struct buf *out, const struct value *value)
{
    const char *names[64];
    uint64_t rest;
    size_t len = nametab_split(value->sym.tab, value->sym.n, names, ARRAY_LEN(names), &rest);

    buf_adds(out, "{\"flags\": [");
    for (size_t i = 0; i < len; i++) {
        jout_next(out);
        jout_string(out, names[i]);
    }
    buf_addc(out, ']');
    add_constant(out, value);
}

static void add_bytes(struct buf *out, const struct value *value)
{
    const uint8_t *bytes = value->bytes.ptr;
    size_t len = value->bytes.len;
    bool is_text = jout_is_text(bytes, len), is_whole = value->bytes.full == len;

    if (is_text && is_whole && value->form == BYTES_TEXT) {
        jout_text(out, bytes, len);
        return;
    }
    buf_adds(out, is_text ? "{\"bytes\": " : "{\"base64\": \"");
    if (is_text) {
        jout_text(out, bytes, len);
    } else {
        base64_encode(out, bytes, len);
        buf_addc(out, '"');
    }
    if (!is_whole) {
        jout_key(out, "len");
        jout_big(out, value->bytes.full);
    }
    if (value->form != BYTES_TEXT) {
        jout_key(out, "form");
        jout_string(out, bytes_forms[value->form]);
    }
    buf_addc(out, '}');
}

static void add_fields(struct buf *out, const struct field *fields, size_t len)
{
    buf_addc(out, '{');
    for (size_t i = 0; i < len; i++) {
        jout_key(out, fields[i].name);
        add_value(out, fields[i].value);
    }
    buf_addc(out, '}');
}

static void add_struct(struct buf *out, const struct value *value)
{
    buf_adds(out, "{\"struct\": ");
    add_fields(out, value->st.fields, value->st.len);
    jout_key(out, "type");
    jout_string(out, value->st.type);
    buf_addc(out, '}');
}

static void add_array(struct buf *out, const struct value *value)
{
    bool is_whole = value->array.full == value->array.len;

    buf_adds(out, is_whole ? "[" : "{\"array\": [");
    for (size_t i = 0; i < value->array.len; i++) {
        jout_next(out);
        add_value(out, value->array.items[i]);
    }
    buf_addc(out, ']');
    if (is_whole)
        return;
    jout_key(out, "len");
    jout_big(out, value->array.full);
    buf_addc(out, '}');
}

static void add_fd(struct buf *out, const struct value *value)
{
    buf_adds(out, "{\"fd\": ");
    jout_i64(out, value->fd.n);
    if (value->fd.sock) {
        jout_key(out, "sock");
        jout_big(out, value->fd.sock);
    }
    buf_addc(out, '}');
}

static void add_addr(struct buf *out, const struct value *value)
{
    buf_addf(out, "{\"addr\": \"0x%" PRIx64 "\"}", value->n);
}

static void add_ip(struct buf *out, const struct value *value)
{
    char text[INET6_ADDRSTRLEN] = "";

    inet_ntop(value->ip.len == 4 ? AF_INET : AF_INET6, value->ip.bytes, text, sizeof(text));
    buf_addf(out, "{\"ip\": \"%s\"}", text);
}

static void add_changed(struct buf *out, const struct value *value)
{
    buf_addc(out, '{');
    if (value->changed.before) {
        jout_key(out, "was");
        add_value(out, value->changed.before);
    }
    if (value->changed.after) {
        jout_key(out, "now");
        add_value(out, value->changed.after);
    }
    if (value->changed.label) {
        jout_key(out, "label");
        jout_string(out, value->changed.label);
    }
    jout_key(out, "aux");
    buf_adds(out, value->form == CHANGED_AUX ? "true}" : "false}");
}

static void add_value(struct buf *out, const struct value *value)
{
    static void (*const adders[])(struct buf *, const struct value *) = {
        [VALUE_NULL] = add_null,   [VALUE_INT] = add_int,         [VALUE_SYM] = add_sym,
        [VALUE_FLAGS] = add_flags, [VALUE_BYTES] = add_bytes,     [VALUE_STRUCT] = add_struct,
        [VALUE_ARRAY] = add_array, [VALUE_FD] = add_fd,           [VALUE_ADDR] = add_addr,
        [VALUE_IP] = add_ip,       [VALUE_CHANGED] = add_changed,
    };

    adders[value->kind](out, value);
}

static void add_number(struct buf *out, const char *key, uint64_t n)
{
    if (!n)
        return;
    jout_key(out, key);
    jout_big(out, n);
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
    add_value(out, value);
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

static void add_outcome(struct buf *out, const struct event *event)
{
    add_true(out, "unfinished", event->unfinished);
    if (event->kind == EVENT_CALL && (!event->unfinished || event->result)) {
        jout_key(out, "result");
        jout_i64(out, event->result);
    }
    if (event->err)
        add_errno(out, event->err);
    add_member(out, "ret", event->ret);
}

static void add_numbers(struct buf *out, const char *key, const uint64_t *numbers, size_t len)
{
    if (!len)
        return;
    jout_key(out, key);
    buf_addc(out, '[');
    for (size_t i = 0; i < len; i++) {
        jout_next(out);
        jout_big(out, numbers[i]);
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
    add_member(out, "local", kernel->local);
    add_member(out, "peer", kernel->peer);
    buf_addc(out, '}');
}

static void add_event(struct buf *out, const struct event *event)
{
    const uint64_t range[] = {event->range.from, event->range.to};

    buf_adds(out, "{\"seq\": ");
    jout_big(out, event->seq);
    jout_key(out, "event");
    jout_string(out, event_kind_name(event->kind));
    jout_key(out, "start_ns");
    jout_big(out, event->start_ns);
    jout_key(out, "end_ns");
    jout_big(out, event->end_ns);
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
        add_fields(out, event->args, event->nargs);
    }
    add_outcome(out, event);
    add_number(out, "sock", event->sock);
    add_numbers(out, "made", event->made, event->made[1] ? 2 : event->made[0] ? 1 : 0);
    add_true(out, "last_ref", event->last_ref);
    add_true(out, "stream", event->is_stream);
    add_numbers(out, "range", range, event->range.to ? 2 : 0);
    add_kernel(out, &event->kernel);
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
    jout_key(line, "kernel");
    jout_string(line, head->kernel);
    jout_key(line, "arch");
    jout_string(line, head->arch);
    jout_key(line, "began_ns");
    jout_big(line, head->began_ns);
    jout_key(line, "isolation");
    jout_string(line, head->isolation);
    jout_key(line, "no_new_privs");
    buf_adds(line, head->no_new_privs ? "true" : "false");
    jout_key(line, "params");
    add_fields(line, head->params, head->nparams);
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
    jout_big(&jsonl->line, jsonl->events);
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
