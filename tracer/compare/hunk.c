/* compare/hunk.c: a byte diff in lines. */
#include "compare/hunk.h"

#include "base/quote.h"
#include "report/layout.h"

#include <ctype.h>

enum { BEGINNING = 32, HUNKS_MOST = 8, AROUND = 8, WINDOW_MOST = 48, ROW = 16 };

/* A part of a stream: the bytes shown, and those of them that differ. */
struct window {
    const struct stream *stream;
    size_t from, to, changed_from, changed_to;
};

static struct window window_of(const struct stream *stream, const struct hunk *hunk, int side)
{
    size_t end = hunk->at[side] + hunk->len[side];
    struct window window = {.stream = stream, .changed_from = hunk->at[side], .changed_to = end};

    window.from = hunk->at[side] > AROUND ? hunk->at[side] - AROUND : 0;
    window.to = end + AROUND < stream->cells.len ? end + AROUND : stream->cells.len;
    if (window.to - window.from > WINDOW_MOST)
        window.to = window.from + WINDOW_MOST;
    return window;
}

static bool is_text(const struct stream *stream, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        uint16_t cell = stream->cells.items[i];
        uint8_t byte = (uint8_t)cell;

        if (cell == CELL_UNKNOWN || !quote_is_ascii(&byte, 1))
            return false;
    }
    return true;
}

static void add_quoted(struct buf *out, const struct stream *stream, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        uint8_t byte = (uint8_t)stream->cells.items[i];

        if (stream->cells.items[i] == CELL_UNKNOWN)
            buf_adds(out, "?");
        else
            quote_c(out, &byte, 1);
    }
}

void hunk_add_beginning(struct buf *out, const struct stream *stream)
{
    size_t len = stream->cells.len;

    if (len) {
        buf_addc(out, '"');
        add_quoted(out, stream, 0, len < BEGINNING ? len : BEGINNING);
        buf_adds(out, len > BEGINNING ? "\"... " : "\" ");
    }
    buf_addf(out, "(%zu byte%s)", len, len == 1 ? "" : "s");
}

/* The differing bytes alone: `"g"`, in hexadecimal `67 0a`, `nothing`. */
static void add_changed(struct buf *out, const struct window *window, bool as_text)
{
    size_t from = window->changed_from, len = window->changed_to - from, shown = len < ROW ? len : ROW;

    if (!len) {
        buf_adds(out, "nothing");
        return;
    }
    buf_adds(out, as_text ? "\"" : "");
    if (as_text)
        add_quoted(out, window->stream, from, from + shown);
    for (size_t i = from; !as_text && i < from + shown; i++)
        buf_addf(out, window->stream->cells.items[i] == CELL_UNKNOWN ? "%s??" : "%s%02x", i > from ? " " : "",
                 window->stream->cells.items[i]);
    buf_adds(out, as_text ? "\"" : "");
    if (shown < len)
        buf_addf(out, "... (%zu bytes)", len);
}

static void begin_line(struct buf *out, bool color, char sign)
{
    buf_adds(out, "      ");
    layout_styled(out, color, sign == '-' ? STYLE_BAD : STYLE_GOOD, (const char[]){sign, '\0'});
    buf_addc(out, ' ');
}

/* In quotes, and below what differs a mark. */
static void write_text(struct buf *out, bool color, char sign, const struct window *window)
{
    size_t from = window->changed_from,
           to = window->changed_to < window->to ? window->changed_to : window->to;
    struct buf before = {0}, changed = {0};

    begin_line(out, color, sign);
    buf_adds(out, window->from ? "...\"" : "\"");
    add_quoted(&before, window->stream, window->from, from);
    add_quoted(&changed, window->stream, from, to);
    buf_adds(out, buf_str(&before));
    layout_styled(out, color, sign == '-' ? STYLE_BAD : STYLE_GOOD, buf_str(&changed));
    add_quoted(out, window->stream, to, window->to);
    buf_adds(out, window->to < window->stream->cells.len ? "\"...\n" : "\"\n");
    if (changed.len) {
        buf_addf(out, "%*s", (int)(8 + (window->from ? 4 : 1) + before.len), "");
        for (size_t i = 0; i < changed.len; i++)
            buf_addc(out, '^');
        buf_addc(out, '\n');
    }
    buf_release(&before);
    buf_release(&changed);
}

static void write_hex_row(struct buf *out, bool color, char sign, const struct window *window, size_t row)
{
    const struct stream *stream = window->stream;

    begin_line(out, color, sign);
    buf_addf(out, "%08zx ", row);
    for (size_t i = row; i < row + ROW; i++) {
        bool is_shown = i >= window->from && i < window->to,
             is_changed = i >= window->changed_from && i < window->changed_to;

        buf_addc(out, is_shown && i == window->changed_from && is_changed              ? '['
                      : i == window->changed_to && i > window->changed_from && i > row ? ']'
                                                                                       : ' ');
        if (!is_shown)
            buf_adds(out, "  ");
        else if (stream->cells.items[i] == CELL_UNKNOWN)
            buf_adds(out, "??");
        else
            buf_addf(out, "%02x", stream->cells.items[i]);
    }
    buf_adds(out,
             row + ROW == window->changed_to && window->changed_to > window->changed_from ? "] |" : "  |");
    for (size_t i = row; i < row + ROW && i < window->to; i++) {
        uint16_t cell = stream->cells.items[i];

        if (i < window->from)
            buf_addc(out, ' ');
        else
            buf_addc(out, cell < CELL_UNKNOWN && isascii(cell) && isprint(cell) ? (char)cell : '.');
    }
    buf_adds(out, "|\n");
}

static void write_window(struct buf *out, bool color, char sign, const struct window *window, bool as_text)
{
    if (as_text) {
        write_text(out, color, sign, window);
        return;
    }
    for (size_t row = window->from - window->from % ROW; row < window->to; row += ROW)
        write_hex_row(out, color, sign, window, row);
}

static void hunk_write(struct buf *out, bool color, const struct window *old, const struct window *now)
{
    bool as_text = is_text(old->stream, old->from, old->to) && is_text(now->stream, now->from, now->to);
    bool changed_is_text = is_text(old->stream, old->changed_from, old->changed_to) &&
                           is_text(now->stream, now->changed_from, now->changed_to);

    buf_addf(out, "        byte %zu: ", old->changed_from);
    add_changed(out, old, changed_is_text);
    buf_adds(out, ", now ");
    add_changed(out, now, changed_is_text);
    buf_addc(out, '\n');
    write_window(out, color, '-', old, as_text);
    write_window(out, color, '+', now, as_text);
}

void hunks_write(struct buf *out, bool color, const struct stream *old, const struct stream *now,
                 const struct change *change)
{
    for (size_t i = 0; i < change->nhunks && i < HUNKS_MOST; i++) {
        struct window a = window_of(old, &change->hunks[i], 0), b = window_of(now, &change->hunks[i], 1);

        hunk_write(out, color, &a, &b);
    }
    if (change->nhunks > HUNKS_MOST)
        buf_addf(out, "        … %zu more places\n", change->nhunks - HUNKS_MOST);
}
