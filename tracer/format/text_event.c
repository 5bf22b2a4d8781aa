/* format/text_event.c: one event for people: a call with its result and the kernel's state, or a short line.
 */
#include "base/alloc.h"
#include "base/quote.h"
#include "format/paint.h"
#include "format/stamp.h"
#include "format/text_value.h"

#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

enum { RESULT_WIDTH = 8 };

static bool fact(const struct event *event, const char *name, int64_t *n)
{
    return value_number(event_arg(event, name), n);
}

/* A sentence or a path: text of ours or of the file system, escaped. */
static void add_text(struct buf *out, const struct event *event, const char *name)
{
    const struct value *value = event_arg(event, name);

    if (value && value->kind == VALUE_BYTES)
        quote_terminal(out, (const char *)value->bytes.ptr, value->bytes.len);
}

/* No flags, and the protocol that comes with the type of socket: nobody needs to read them at the end of a
 * call. */
static bool says_nothing(const struct value *value)
{
    if (!value || value->kind == VALUE_FLAGS)
        return !value || !value->sym.n;
    return value->kind == VALUE_SYM && value->sym.tab == &nametab_ipproto && !value->sym.n;
}

static size_t args_len(const struct event *event)
{
    size_t len = event->ncargs;

    while (len && says_nothing(value_final(event->cargs[len - 1])))
        len--;
    return len;
}

static const char *call_name(const struct event *event)
{
    return event->canon == CANON_NONE || event->canon == CANON_OTHER ? event->name : canon_name(event->canon);
}

static bool is_end_of_stream(const struct event *event)
{
    int64_t room;
    bool has_room = (!fact(event, "len", &room) && !fact(event, "count", &room)) || room;

    return event->is_stream && canon_is_recv(event->canon) && event->result == 0 && has_room;
}

static bool is_over(const struct event *event)
{
    return event->canon == CANON_WAIT && event->result == 0;
}

static bool is_open_elsewhere(const struct event *event)
{
    return event->canon == CANON_CLOSE && event->sock && !event->last_ref;
}

/* The message that a call was about, or NULL. */
static const struct value *message_of(const struct event *event)
{
    const struct value *hdr = value_field(value_final(event_arg(event, "msgvec")), "msg_hdr");

    return hdr ? hdr : value_final(event_arg(event, "msg"));
}

static bool has_msg_flag(const struct event *event, int flag)
{
    int64_t flags;

    return canon_is_recv(event->canon) && value_number(value_field(message_of(event), "msg_flags"), &flags) &&
           flags & flag;
}

/* recvmsg says so itself; recv and recvfrom give the whole length where MSG_TRUNC asks for it. */
static bool is_cut(const struct event *event)
{
    int64_t room;

    return has_msg_flag(event, MSG_TRUNC) || (canon_is_recv(event->canon) && !event->is_stream &&
                                              fact(event, "len", &room) && event->result > room);
}

static bool is_control_cut(const struct event *event)
{
    return has_msg_flag(event, MSG_CTRUNC);
}

/* Results that look like others, but are what a student looks for. */
static const struct {
    bool (*holds)(const struct event *event);
    const char *text;
} remarks[] = {
    {is_end_of_stream, " (end of stream)"},   {is_over, " (time is over)"},
    {is_open_elsewhere, " (open elsewhere)"}, {is_cut, " (datagram cut)"},
    {is_control_cut, " (control data cut)"},
};

static void add_failure(struct buf *out, const struct event *event, bool color)
{
    const char *name = nametab_name(&nametab_errno, (uint64_t)event->err);

    paint_begin(out, color, PAINT_RED);
    if (name)
        buf_addf(out, "-1 %s (%s)", name, strerror(event->err));
    else
        buf_addf(out, "-1 errno %d", event->err);
    paint_end(out, color);
}

/* What came or went beside the data: ` with SCM_RIGHTS [5<sock 1>]`. */
static void add_control(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    const struct value *control = value_field(message_of(event), "msg_control");
    bool is_list = control && control->kind == VALUE_ARRAY;

    for (size_t i = 0; is_list && i < control->array.len; i++) {
        const struct value *data = value_field(control->array.items[i], "cmsg_data");

        buf_adds(out, i ? ", " : " with ");
        text_value(out, value_field(control->array.items[i], "cmsg_type"), event, opts);
        buf_adds(out, data ? " " : "");
        if (data)
            text_value(out, data, event, opts);
    }
}

static void add_injected(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    if (event->injected.kind == INJECT_NONE)
        return;
    paint_begin(out, opts->color, PAINT_YELLOW);
    buf_adds(out, " (injected: ");
    inject_text(out, event->injected);
    buf_addc(out, ')');
    paint_end(out, opts->color);
}

static void add_result(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    if (event->unfinished)
        buf_adds(out, "? (did not return)");
    else if (event->err)
        add_failure(out, event, opts->color);
    else if (event->ret)
        text_value(out, event->ret, event, opts);
    else
        buf_addf(out, "%" PRId64, event->result);
    if (event->unfinished || event->err)
        return;
    for (size_t i = 0; i < ARRAY_LEN(remarks); i++)
        if (remarks[i].holds(event))
            buf_adds(out, remarks[i].text);
    add_control(out, event, opts);
    if (event->messages > 1)
        buf_addf(out, " (message %zu of %zu)", event->message, event->messages);
}

/* `LISTEN 1/16`, `ESTABLISHED 12 unread`: parts that say nothing are left out; false where nothing is left.
 */
static bool add_state(struct buf *out, const struct kernel_state *kernel)
{
    const char *state = kernel->tcp_state ? nametab_name(&nametab_tcp_state, kernel->tcp_state) : NULL;
    bool is_listener = state && strcmp(state, "LISTEN") == 0;
    size_t from = out->len;

    if (!kernel->known)
        return false;
    if (state)
        buf_adds(out, state);
    if (is_listener || kernel->queue_max)
        buf_addf(out, "%s %" PRIu32 "/%" PRIu32, is_listener ? "" : ", queue", kernel->queue,
                 kernel->queue_max);
    if (kernel->unread > 0)
        buf_addf(out, "%s%" PRId64 " unread", out->len > from ? " " : "", kernel->unread);
    if (kernel->unsent > 0)
        buf_addf(out, "%s%" PRId64 " unsent", out->len > from ? " " : "", kernel->unsent);
    return out->len > from;
}

static void add_call_in(struct buf *out, const struct event *event, const struct format_opts *opts,
                        unsigned column, bool with_state)
{
    size_t from = out->len, len = args_len(event), result_from;
    struct buf state = {0};

    buf_addf(out, "%s(", call_name(event));
    for (size_t i = 0; i < len; i++) {
        if (i)
            buf_adds(out, ", ");
        text_value(out, event->cargs[i], event, opts);
    }
    buf_addc(out, ')');
    paint_pad(out, from, column);
    buf_adds(out, "= ");
    result_from = out->len;
    add_result(out, event, opts);
    add_injected(out, event, opts);
    if (with_state && add_state(&state, &event->kernel)) {
        paint_pad(out, result_from, column ? RESULT_WIDTH : 0);
        paint_begin(out, opts->color, PAINT_DIM);
        buf_add(out, state.data, state.len);
        paint_end(out, opts->color);
    }
    buf_release(&state);
    stamp_add_duration(out, event, opts);
}

/* Where the terminal is too narrow the columns go first, then the kernel's state, which no other line needs.
 */
static void add_call(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    const struct {
        unsigned column;
        bool with_state;
    } attempts[] = {{opts->column, opts->kernel}, {0, opts->kernel}, {0, false}};
    size_t from = out->len;

    for (size_t i = 0; i < ARRAY_LEN(attempts); i++) {
        if (out->data)
            out->data[out->len = from] = '\0';
        add_call_in(out, event, opts, attempts[i].column, attempts[i].with_state);
        if (opts->width <= 0 || paint_width(out->data + from, out->len - from) <= (size_t)opts->width)
            return;
    }
}

/* A word of a command line: in quotes where a space or something unprintable would make one word look like
 * others. */
static void add_word(struct buf *out, const struct value *word)
{
    const uint8_t *bytes = word->bytes.ptr;
    bool is_plain = word->bytes.len > 0;

    for (size_t i = 0; i < word->bytes.len; i++)
        is_plain = is_plain && bytes[i] > ' ' && bytes[i] < 0x7f && bytes[i] != '"' && bytes[i] != '\\';
    if (is_plain) {
        buf_add(out, bytes, word->bytes.len);
        return;
    }
    buf_addc(out, '"');
    quote_terminal(out, (const char *)bytes, word->bytes.len);
    buf_addc(out, '"');
}

static void add_start(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    const struct value *argv = event_arg(event, "argv");
    int64_t attached = 0;

    (void)opts;
    fact(event, "attached", &attached);
    buf_adds(out, attached ? "+ attached to" : "+ started");
    for (size_t i = 0; argv && argv->kind == VALUE_ARRAY && i < argv->array.len; i++) {
        const struct value *arg = argv->array.items[i];

        if (arg->kind != VALUE_BYTES)
            continue;
        buf_addc(out, ' ');
        add_word(out, arg);
    }
}

static void add_fork(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    int64_t child = 0, flags = 0;
    uint64_t thread = 0;

    (void)opts;
    fact(event, "child", &child);
    fact(event, "flags", &flags);
    nametab_find(&nametab_clone, "CLONE_THREAD", &thread);
    buf_addf(out, "+ %s %" PRId64, (uint64_t)flags & thread ? "thread" : "forked", child);
}

static void add_exec(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    (void)opts;
    buf_adds(out, "+ runs ");
    add_text(out, event, "path");
}

static void add_signal_name(struct buf *out, int64_t signo)
{
    const char *name = nametab_name(&nametab_signal, (uint64_t)signo);

    if (name)
        buf_adds(out, name);
    else
        buf_addf(out, "signal %" PRId64, signo);
}

static void add_exit(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    int64_t n = 0, core = 0, last = 1;
    bool is_killed = fact(event, "signal", &n);

    fact(event, "last", &last);
    if (is_killed) {
        paint_begin(out, opts->color, PAINT_RED);
        buf_adds(out, "- killed by ");
        add_signal_name(out, n);
        if (fact(event, "core", &core) && core)
            buf_adds(out, " (core dumped)");
        paint_end(out, opts->color);
        return;
    }
    fact(event, "status", &n);
    if (last)
        buf_addf(out, "- exited %" PRId64, n);
    else
        buf_adds(out, "- thread ended");
}

static void add_signal(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    int64_t n = 0;

    paint_begin(out, opts->color, PAINT_YELLOW);
    buf_adds(out, "! ");
    fact(event, "signo", &n);
    add_signal_name(out, n);
    paint_end(out, opts->color);
    if (fact(event, "pid", &n) && n)
        buf_addf(out, " from %" PRId64, n);
}

static void add_closed(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    const struct value *fd = event_arg(event, "fd");

    buf_adds(out, "- ");
    if (fd)
        text_value(out, fd, event, opts);
    else
        buf_addf(out, "socket %" PRIu64, event->sock);
    buf_adds(out, " closed (");
    add_text(out, event, "why");
    buf_adds(out, event->last_ref ? ")" : ", open elsewhere)");
}

static void add_lost(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    paint_begin(out, opts->color, PAINT_YELLOW);
    buf_adds(out, "!! lost: ");
    add_text(out, event, "why");
    paint_end(out, opts->color);
}

static void add_role(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    const struct value *text = event_arg(event, "text");

    buf_adds(out, "* ");
    add_text(out, event, "what");
    if (!text || text->kind != VALUE_BYTES || !text->bytes.full)
        return;
    buf_addc(out, ' ');
    text_value(out, text, event, opts);
}

void format_event_line(struct buf *out, const struct event *event, const struct format_opts *opts)
{
    static void (*const adders[])(struct buf *, const struct event *, const struct format_opts *) = {
        [EVENT_CALL] = add_call,     [EVENT_START] = add_start, [EVENT_FORK] = add_fork,
        [EVENT_EXEC] = add_exec,     [EVENT_EXIT] = add_exit,   [EVENT_SIGNAL] = add_signal,
        [EVENT_CLOSED] = add_closed, [EVENT_LOST] = add_lost,   [EVENT_ROLE] = add_role,
    };

    adders[event->kind](out, event, opts);
}
