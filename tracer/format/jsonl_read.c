/* format/jsonl_read.c: trace files back into events. */
#include "base/alloc.h"
#include "event/canon.h"
#include "format/jin.h"
#include "format/jsonl.h"
#include "format/writers.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct jin jin;
    struct arena arena; /* of the record that is being read */
    struct sink *sink;
    uint64_t last_seq, events;
    bool began, ended, cut;
};

static bool read_head(struct reader *reader, const struct jnode *json)
{
    struct jin *jin = &reader->jin;
    struct trace_head head = {.version = "", .kernel = "", .arch = "", .isolation = ""};
    const struct jnode *params = jnode_get(json, "params");

    if (!jnode_get(json, "sockdrill"))
        return jin_fail(jin, "not a trace: the first record does not say 'sockdrill'");
    if (!jin_int(jin, json, "sockdrill", &head.schema) || !jin_string(jin, json, "version", &head.version))
        return false;
    if (head.schema != TRACE_SCHEMA) {
        jin_fail(jin, "a trace of schema %d, this program reads schema %d", head.schema, TRACE_SCHEMA);
        return err_hint(jin->err, "it was written by sockdrill %s", jin_quote(jin, head.version));
    }
    if (!jin_string(jin, json, "linux", &head.kernel) || !jin_string(jin, json, "arch", &head.arch) ||
        !jin_u64(jin, json, "began_ns", &head.began_ns) ||
        !jin_string(jin, json, "isolation", &head.isolation) ||
        !jin_bool(jin, json, "no_new_privs", &head.no_new_privs))
        return false;
    if (params && !(head.params = jin_fields(jin, params, SIZE_MAX, &head.nparams)))
        return false;
    reader->began = true;
    sink_begin(reader->sink, &head);
    return true;
}

/* A name of the table or a number. */
static bool read_tcp_state(struct jin *jin, const struct jnode *json, uint8_t *state)
{
    uint64_t n;

    if (!json)
        return true;
    if (!(jnode_is(json, JNODE_STRING) && nametab_find(&nametab_tcp_state, jnode_text(json), &n)) &&
        !jin_number(jin, json, "tcp", &n))
        return false;
    if (n > UINT8_MAX)
        return jin_fail(jin, "'tcp' is no state of a connection");
    *state = (uint8_t)n;
    return true;
}

/* Up to `cap` numbers. */
static bool read_numbers(struct jin *jin, const struct jnode *object, const char *key, uint64_t *numbers,
                         size_t cap)
{
    const struct jnode *json = jnode_get(object, key);

    if (!json)
        return true;
    if (!jnode_is(json, JNODE_ARRAY) || json->items.len > cap)
        return jin_fail(jin, "'%s' is no array of at most %zu numbers", key, cap);
    jnode_each (item, json)
        if (!jin_number(jin, item, key, numbers++))
            return false;
    return true;
}

static bool read_kernel(struct jin *jin, const struct jnode *json, struct kernel_state *kernel)
{
    uint64_t queue = 0, queue_max = 0;

    if (!json)
        return true;
    if (!jnode_is(json, JNODE_OBJECT))
        return jin_fail(jin, "'kernel' is no object");
    kernel->known = true;
    kernel->unread = kernel->unsent = -1;
    if (!read_tcp_state(jin, jnode_get(json, "tcp"), &kernel->tcp_state) ||
        !jin_u64(jin, json, "queue", &queue) || !jin_u64(jin, json, "queue_max", &queue_max) ||
        !jin_i64(jin, json, "unread", &kernel->unread) || !jin_i64(jin, json, "unsent", &kernel->unsent) ||
        !read_numbers(jin, json, "inodes", kernel->inodes, 2) ||
        !jin_member(jin, json, "local", &kernel->local) || !jin_member(jin, json, "peer", &kernel->peer))
        return false;
    if (queue > UINT32_MAX || queue_max > UINT32_MAX || kernel->unread < -1 || kernel->unsent < -1)
        return jin_fail(jin, "a number of 'kernel' is out of range");
    kernel->queue = (uint32_t)queue;
    kernel->queue_max = (uint32_t)queue_max;
    return true;
}

static bool read_errno(struct jin *jin, const struct jnode *json, int *err)
{
    const char *name = "";
    uint64_t n;

    if (!json)
        return true;
    if (!jin_int(jin, json, "n", err) || !jin_string(jin, json, "name", &name))
        return false;
    if (!*err && nametab_find(&nametab_errno, name, &n))
        *err = (int)n;
    return *err > 0 || jin_fail(jin, "'errno' has neither a number nor a known name");
}

static bool read_injected(struct jin *jin, const struct jnode *json, struct inject *injected)
{
    const char *fault = "";

    if (!json)
        return true;
    if (!jnode_is(json, JNODE_OBJECT))
        return jin_fail(jin, "'injected' is no object");
    if (!jin_string(jin, json, "fault", &fault) || !jin_i64(jin, json, "n", &injected->n))
        return false;
    injected->kind = inject_find(fault);
    if (injected->kind == INJECT_NONE)
        return jin_fail(jin, "unknown fault '%s'", jin_quote(jin, fault));
    if (inject_has_number(injected->kind) ? injected->n <= 0 : injected->n != 0)
        return jin_fail(jin, "'n' of 'injected' is out of range");
    return true;
}

static bool read_args(struct jin *jin, const struct jnode *json, struct event *event)
{
    const struct field *fields;

    if (!json)
        return true;
    fields = jin_fields(jin, json, EVENT_MAX_ARGS, &event->nargs);
    if (!fields)
        return false;
    memcpy(event->args, fields, event->nargs * sizeof(*fields));
    return true;
}

static bool read_outcome(struct jin *jin, const struct jnode *json, struct event *event)
{
    uint64_t range[2] = {0};

    if (!jin_bool(jin, json, "unfinished", &event->unfinished) ||
        !jin_bool(jin, json, "detached", &event->detached) || !jin_i64(jin, json, "result", &event->result) ||
        !read_errno(jin, jnode_get(json, "errno"), &event->err) ||
        !jin_member(jin, json, "ret", &event->ret) || !jin_u64(jin, json, "sock", &event->sock) ||
        !read_numbers(jin, json, "made", event->made, 2) ||
        !jin_bool(jin, json, "last_ref", &event->last_ref) ||
        !jin_bool(jin, json, "stream", &event->is_stream) || !read_numbers(jin, json, "range", range, 2) ||
        !read_kernel(jin, jnode_get(json, "kernel"), &event->kernel) ||
        !read_injected(jin, jnode_get(json, "injected"), &event->injected))
        return false;
    if (range[0] > range[1])
        return jin_fail(jin, "'range' ends before it begins");
    event->range = (struct byte_range){range[0], range[1]};
    return true;
}

static bool read_frame(struct jin *jin, const struct jnode *json, const char *key, struct frame *frame)
{
    if (!jnode_is(json, JNODE_OBJECT))
        return jin_fail(jin, "a frame of '%s' is no object", key);
    if (!jin_string(jin, json, "function", &frame->function) ||
        !jin_u64(jin, json, "offset", &frame->offset) || !jin_string(jin, json, "file", &frame->file) ||
        !jin_int(jin, json, "line", &frame->line) || !jin_bool(jin, json, "inlined", &frame->inlined) ||
        !jin_string(jin, json, "object", &frame->object) || !jin_u64(jin, json, "address", &frame->address))
        return false;
    return frame->line >= 0 || jin_fail(jin, "'line' is out of range");
}

static bool read_stack(struct jin *jin, const struct jnode *object, const char *key,
                       const struct frame **stack, size_t *len)
{
    const struct jnode *json = jnode_get(object, key);
    struct frame *frame;

    if (!json)
        return true;
    if (!jnode_is(json, JNODE_ARRAY))
        return jin_fail(jin, "'%s' is no array", key);
    *len = json->items.len;
    *stack = frame = ARENA_ARRAY(jin->arena, struct frame, *len);
    jnode_each (item, json)
        if (!read_frame(jin, item, key, frame++))
            return false;
    return true;
}

static bool read_kind(struct jin *jin, const struct jnode *json, struct event *event)
{
    const char *kind = "", *call = NULL;

    if (!jin_string(jin, json, "event", &kind) || !jin_string(jin, json, "call", &call))
        return false;
    if (!event_kind_find(kind, &event->kind))
        return jin_fail(jin, "unknown event '%s'", jin_quote(jin, kind));
    if (event->kind != EVENT_CALL)
        return true;
    if (!call)
        return jin_fail(jin, "a call without the name of the call");
    event->name = call;
    return true;
}

static bool read_event(struct reader *reader, const struct jnode *json)
{
    struct jin *jin = &reader->jin;
    struct event event = {.role = "", .name = "", .seq = reader->last_seq + 1};

    if (!read_kind(jin, json, &event) || !jin_u64(jin, json, "seq", &event.seq) ||
        !jin_u64(jin, json, "start_ns", &event.start_ns) || !jin_u64(jin, json, "end_ns", &event.end_ns) ||
        !jin_string(jin, json, "role", &event.role) || !jin_int(jin, json, "pid", &event.pid))
        return false;
    event.tid = event.pid;
    if (!jin_int(jin, json, "tid", &event.tid) || !read_args(jin, jnode_get(json, "args"), &event) ||
        !read_outcome(jin, json, &event) || !read_stack(jin, json, "stack", &event.stack, &event.nstack) ||
        !read_stack(jin, json, "src", &event.src, &event.nsrc))
        return false;
    if (event.seq <= reader->last_seq)
        return jin_fail(jin, "'seq' does not grow");
    reader->last_seq = event.seq;
    reader->events++;
    if (event.kind == EVENT_CALL)
        canon_fill(&event, &reader->arena);
    sink_event(reader->sink, &event);
    return true;
}

static bool read_end(struct reader *reader, const struct jnode *json)
{
    uint64_t events = reader->events;

    if (!jin_u64(&reader->jin, json, "events", &events))
        return false;
    reader->ended = true;
    /* Lines taken out of the middle are missing as those cut off the end are. */
    reader->cut = reader->cut || events != reader->events;
    return true;
}

static bool read_record(struct reader *reader, const struct jnode *json)
{
    if (!jnode_is(json, JNODE_OBJECT))
        return jin_fail(&reader->jin, "not a record: a line holds one object");
    if (!reader->began)
        return read_head(reader, json);
    if (reader->ended)
        return jin_fail(&reader->jin, "a record behind the last one");
    return jnode_get(json, "end") ? read_end(reader, json) : read_event(reader, json);
}

/* A last line without its newline that is no whole record was cut: what came before it stands. */
static bool read_line(struct reader *reader, const char *line, size_t len)
{
    bool is_whole = line[len - 1] == '\n', ok;
    char error[JNODE_ERROR_SIZE];
    const struct jnode *json;

    reader->jin.line++;
    if (strspn(line, " \t\r\n") == len)
        return true;
    json = jnode_parse(line, len, &reader->arena, error);
    if (!json && !is_whole && reader->began) {
        reader->cut = true;
        return true;
    }
    if (!json && !is_whole)
        return jin_fail(&reader->jin, "cut before the end of the first record: nothing is there to be read");
    if (!json)
        return jin_fail(&reader->jin, "not JSON: %s", jin_quote(&reader->jin, error));
    ok = read_record(reader, json);
    arena_reset(&reader->arena);
    return ok;
}

bool jsonl_read(FILE *in, const char *name, struct sink *sink, bool *cut, struct err *err)
{
    struct reader reader = {.jin = {.name = name, .err = err}, .sink = sink};
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    bool ok = true;

    reader.jin.arena = &reader.arena;
    while (ok && (len = getline(&line, &cap, in)) > 0)
        ok = read_line(&reader, line, (size_t)len);
    if (ok && ferror(in))
        ok = err_sys(err, errno, "cannot read %s", name);
    else if (ok && !reader.began)
        ok = err_set(err, "%s: empty, no trace", name);
    if (reader.began)
        sink_end(sink);
    *cut = reader.cut || !reader.ended;
    free(line);
    arena_release(&reader.arena);
    return ok;
}

static size_t skip_space(const char *head, size_t len, size_t at)
{
    while (at < len && (head[at] == ' ' || head[at] == '\t' || head[at] == '\r' || head[at] == '\n'))
        at++;
    return at;
}

bool jsonl_sniff(const char *head, size_t len)
{
    static const char key[] = "\"sockdrill\"";
    size_t at = skip_space(head, len, 0), key_len = sizeof(key) - 1;

    if (at == len || head[at] != '{')
        return false;
    at = skip_space(head, len, at + 1);
    return memcmp(head + at, key, len - at < key_len ? len - at : key_len) == 0;
}
