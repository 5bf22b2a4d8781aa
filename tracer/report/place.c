/* report/place.c: places in the source, and the lines around them. */
#include "report/place.h"

#include "base/quote.h"
#include "report/layout.h"
#include "report/views.h"

#include <inttypes.h>
#include <string.h>

enum { INDENT = 2, NUMBER_WIDTH = 4, TAB = 4, CALLERS_MAX = 2 };

static void add_escaped(struct buf *out, const char *text, size_t len)
{
    quote_terminal(out, text, len);
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* The directory that the path ends with goes. false where it can't. */
static bool drop_last(struct buf *path)
{
    size_t len = path->len;

    if (len < 2 || (len >= 3 && !memcmp(path->data + len - 3, "../", 3)))
        return false;
    do
        len--;
    while (len && path->data[len - 1] != '/');
    buf_cut(path, len);
    return true;
}

/* Debug information has the directory in which the compiler was started, and behind it the path as it was
 * typed there: without `.`, and without `..` and what it leaves. */
static void add_plain(struct buf *out, const char *path)
{
    for (const char *part = path, *next; *part; part = next) {
        size_t len = strcspn(part, "/");
        bool is_here = len == 1 && part[0] == '.', is_up = len == 2 && !memcmp(part, "..", 2);

        next = part + len + (part[len] == '/');
        if (!is_here && !(is_up && drop_last(out)))
            buf_add(out, part, (size_t)(next - part));
    }
}

void place_add_path(struct buf *out, const char *path, const struct report_opts *opts)
{
    struct buf plain = {0};
    size_t len = opts->below ? strlen(opts->below) : 0, from = 0;

    add_plain(&plain, path);
    if (len && plain.len > len + 1 && !memcmp(plain.data, opts->below, len) && plain.data[len] == '/')
        from = len + 1;
    add_escaped(out, buf_str(&plain) + from, plain.len - from);
    buf_release(&plain);
}

static void add_frame(struct buf *out, const struct frame *frame, const struct report_opts *opts)
{
    if (frame->file) {
        place_add_path(out, frame->file, opts);
        buf_addf(out, ":%d", frame->line);
        return;
    }
    if (frame->function) {
        add_escaped(out, frame->function, strlen(frame->function));
        buf_addf(out, "+%#" PRIx64, frame->offset);
    } else {
        buf_addf(out, "%#" PRIx64, frame->address);
    }
    if (frame->object) {
        buf_adds(out, " (");
        add_escaped(out, last_part(frame->object), strlen(last_part(frame->object)));
        buf_addc(out, ')');
    }
}

bool place_add(struct buf *out, const struct event *event, const struct report_opts *opts)
{
    const struct frame *frame = event ? event_source(event) : NULL;

    if (frame)
        add_frame(out, frame, opts);
    return frame != NULL;
}

bool place_add_callers(struct buf *out, const struct event *event, const struct report_opts *opts)
{
    const struct frame *frame = event ? event_source(event) : NULL;
    const struct frame *frames = event && event->nstack ? event->stack : event ? event->src : NULL;
    size_t len = event && event->nstack ? event->nstack : event ? event->nsrc : 0, told = 0;

    if (!frame || !frame->file || !frame->function)
        return false;
    add_escaped(out, frame->function, strlen(frame->function));
    for (const struct frame *at = frame + 1; at < frames + len && told < CALLERS_MAX; at++) {
        if (!at->file || !at->function || event_is_libc(at->object))
            continue;
        buf_adds(out, told++ ? ", from " : ", called from ");
        add_escaped(out, at->function, strlen(at->function));
        buf_adds(out, " (");
        add_frame(out, at, opts);
        buf_addc(out, ')');
    }
    return true;
}

static const struct snippet *find_snippet(const struct verdict *verdict, const struct frame *frame)
{
    for (size_t i = 0; frame && frame->file && i < verdict->nsnippets; i++)
        if (verdict->snippets[i].line == frame->line && !strcmp(verdict->snippets[i].file, frame->file))
            return &verdict->snippets[i];
    return NULL;
}

static void add_expanded(struct buf *out, const char *line)
{
    size_t column = 0;

    for (; *line; line++) {
        size_t n = *line == '\t' ? TAB - column % TAB : 1;

        column += n;
        if (*line == '\t')
            buf_addf(out, "%*s", (int)n, "");
        else
            buf_addc(out, *line);
    }
}

static void write_line(struct buf *out, int number, bool is_meant, const char *line,
                       const struct report_opts *opts)
{
    size_t room = report_width(opts) - INDENT - NUMBER_WIDTH - 5;
    struct buf expanded = {0}, escaped = {0}, text = {0};

    add_expanded(&expanded, line);
    add_escaped(&escaped, buf_str(&expanded), expanded.len);
    buf_addf(&text, "%*s%s %*d | ", INDENT, "", is_meant ? ">" : " ", NUMBER_WIDTH, number);
    layout_cut(&text, buf_str(&escaped), room);
    while (text.len && text.data[text.len - 1] == ' ')
        buf_cut(&text, text.len - 1);
    layout_styled(out, opts->color, is_meant ? STYLE_BOLD : STYLE_DIM, buf_str(&text));
    buf_addc(out, '\n');
    buf_release(&expanded);
    buf_release(&escaped);
    buf_release(&text);
}

void place_write_lines(struct buf *out, const struct event *event, const struct verdict *verdict,
                       const struct report_opts *opts)
{
    const struct snippet *snippet = find_snippet(verdict, event ? event_source(event) : NULL);

    for (size_t i = 0; snippet && i < snippet->nlines; i++) {
        int number = snippet->from + (int)i;

        write_line(out, number, number == snippet->line, snippet->lines[i], opts);
    }
}
