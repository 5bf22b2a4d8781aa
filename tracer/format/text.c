/* format/text.c: the trace for people: who, what, what came of it, and the kernel's state beside it. */
#include "base/alloc.h"
#include "base/quote.h"
#include "base/vec.h"
#include "event/message.h"
#include "format/paint.h"
#include "format/stamp.h"
#include "format/writers.h"

#include <inttypes.h>
#include <string.h>

struct role {
    char *name;
    struct buf shown; /* escaped */
    int tid;          /* of its first task; 0: none yet, only the runner's words about it */
};

struct text {
    struct sink sink;
    FILE *out;
    struct format_opts opts;
    struct stamp stamp;
    struct buf line;
    VEC(struct role) roles;
    size_t role_width; /* of the widest so far; 0: there are no roles */
    bool show_tids;    /* a role has had more than one task */
};

enum { MIN_ROLE_WIDTH = 6, STACK_INDENT = 4, CALL_MIN_WIDTH = 48 };

static const enum paint role_paints[] = {PAINT_CYAN, PAINT_MAGENTA, PAINT_GREEN, PAINT_BLUE};

/* The row of the event's role, made at its first event. */
static size_t find_role(struct text *text, const struct event *event)
{
    size_t i = 0;

    while (i < text->roles.len && strcmp(text->roles.items[i].name, event->role) != 0)
        i++;
    if (i == text->roles.len) {
        struct role role = {.name = alloc_strdup(event->role)};
        size_t width;

        quote_terminal(&role.shown, event->role, strlen(event->role));
        width = paint_width(buf_str(&role.shown), role.shown.len);
        vec_push(&text->roles, role);
        if (width && text->role_width < MIN_ROLE_WIDTH)
            text->role_width = MIN_ROLE_WIDTH;
        if (width > text->role_width)
            text->role_width = width;
    }
    if (event->kind != EVENT_ROLE) {
        struct role *role = &text->roles.items[i];

        text->show_tids = text->show_tids || (role->tid && role->tid != event->tid);
        role->tid = role->tid ? role->tid : event->tid;
    }
    return i;
}

static void add_role(struct text *text, const struct event *event)
{
    struct buf *line = &text->line;
    size_t from = line->len, role = find_role(text, event);

    if (text->role_width) {
        paint_begin(line, text->opts.color, role_paints[role % ARRAY_LEN(role_paints)]);
        buf_adds(line, buf_str(&text->roles.items[role].shown));
        paint_end(line, text->opts.color);
        paint_pad(line, from, text->role_width + 2);
    }
    if (text->opts.pids && text->show_tids)
        buf_addf(line, "%-6d ", event->tid);
}

/* What -q passes over. */
static bool is_told(enum event_kind kind, unsigned quiet)
{
    if (kind == EVENT_START || kind == EVENT_FORK || kind == EVENT_EXEC)
        return !(quiet & QUIET_ATTACH);
    return kind != EVENT_EXIT || !(quiet & QUIET_EXIT);
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash && slash[1] ? slash + 1 : path;
}

static void add_part(struct buf *out, const char *s)
{
    quote_terminal(out, s, strlen(s));
}

/* `> serve (server.c:34)`, without a source file `> send+0x1d (libc.so.6)`. */
static void add_frame(struct buf *out, const struct frame *frame)
{
    buf_adds(out, "> ");
    if (frame->function)
        add_part(out, frame->function);
    else
        buf_addf(out, "%#" PRIx64, frame->address);
    if (frame->file) {
        buf_adds(out, " (");
        add_part(out, last_part(frame->file));
        buf_addf(out, ":%d%s)", frame->line, frame->inlined ? ", inlined" : "");
        return;
    }
    if (frame->function)
        buf_addf(out, "+%#" PRIx64, frame->offset);
    if (frame->object) {
        buf_adds(out, " (");
        add_part(out, last_part(frame->object));
        buf_addc(out, ')');
    }
}

/* One line each; that which the event came from stands out from what is around it. */
static void add_stack(struct text *text, const struct event *event, size_t column)
{
    const struct frame *source = event_source(event);
    struct buf *line = &text->line;

    for (size_t i = 0; i < event->nstack; i++) {
        const struct frame *frame = &event->stack[i];

        buf_addf(line, "%*s", (int)column, "");
        paint_begin(line, text->opts.color, frame == source ? PAINT_NONE : PAINT_DIM);
        add_frame(line, frame);
        paint_end(line, text->opts.color);
        buf_addc(line, '\n');
    }
}

/* `  // server.c:34`; where the line would not keep enough room beside it, nothing. */
static void make_place(struct buf *place, const struct event *event, size_t room)
{
    const struct frame *source = event->nstack ? NULL : event_source(event);

    if (!source || !source->file)
        return;
    buf_adds(place, "  // ");
    add_part(place, last_part(source->file));
    buf_addf(place, ":%d", source->line);
    if (room && place->len + CALL_MIN_WIDTH > room)
        buf_reset(place);
}

static void text_begin(struct sink *sink, const struct trace_head *head)
{
    struct text *text = (struct text *)sink;

    text->stamp.began_ns = head->began_ns;
}

static void write_event(struct text *text, const struct event *event)
{
    struct format_opts opts = text->opts;
    struct buf place = {0};
    size_t prefix;

    buf_reset(&text->line);
    add_role(text, event);
    stamp_add(&text->stamp, &text->line, event, &opts);
    prefix = paint_width(buf_str(&text->line), text->line.len);
    if (opts.width > 0)
        opts.width = (size_t)opts.width > prefix ? opts.width - (int)prefix : 1;
    make_place(&place, event, (size_t)opts.width);
    if (opts.width > 0)
        opts.width -= (int)place.len;
    format_event_line(&text->line, event, &opts);
    paint_begin(&text->line, opts.color && place.len, PAINT_DIM);
    buf_adds(&text->line, buf_str(&place));
    paint_end(&text->line, opts.color && place.len);
    buf_release(&place);
    buf_addc(&text->line, '\n');
    add_stack(text, event, prefix + STACK_INDENT);
    fwrite(text->line.data, 1, text->line.len, text->out);
}

static void text_event(struct sink *sink, const struct event *event)
{
    struct text *text = (struct text *)sink;
    size_t messages = message_is_in(event) ? message_count(event) : 0;
    struct arena arena = {0};

    if (!is_told(event->kind, text->opts.quiet))
        return;
    if (!messages)
        write_event(text, event);
    for (size_t i = 0; i < messages; i++) {
        struct event one = message_at(event, i, &arena);

        if (i + 1 < messages) /* one call, one stack: below the last of them */
            one.nstack = 0;
        write_event(text, &one);
    }
    arena_release(&arena);
}

static void text_end(struct sink *sink)
{
    struct text *text = (struct text *)sink;

    fflush(text->out);
    vec_each (struct role, role, &text->roles) {
        free(role->name);
        buf_release(&role->shown);
    }
    vec_release(&text->roles);
    buf_release(&text->line);
    free(text);
}

struct sink *text_writer(FILE *out, const struct format_opts *opts)
{
    static const struct sink_ops ops = {.begin = text_begin, .event = text_event, .end = text_end};
    struct text *text = ALLOC_NEW(struct text);

    text->sink.ops = &ops;
    text->out = out;
    text->opts = *opts;
    return &text->sink;
}
