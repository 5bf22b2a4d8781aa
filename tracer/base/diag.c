/* base/diag.c: caret diagnostics and "did you mean". */
#include "base/diag.h"

#include "base/quote.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct span source_line(const struct source *source, size_t offset)
{
    struct span line;

    if (offset > source->len)
        offset = source->len;
    line = (struct span){offset, offset};
    while (line.from > 0 && source->text[line.from - 1] != '\n')
        line.from--;
    while (line.to < source->len && source->text[line.to] != '\n')
        line.to++;
    if (line.to > line.from && line.to < source->len && source->text[line.to - 1] == '\r')
        line.to--;
    return line;
}

static unsigned columns(const char *s, size_t len)
{
    unsigned n = 0;

    for (size_t i = 0; i < len; n++) {
        size_t step = quote_utf8_len((const uint8_t *)s + i, len - i);

        i += step ? step : 1;
    }
    return n;
}

struct place source_place(const struct source *source, size_t offset)
{
    struct span line = source_line(source, offset);
    struct place place = {.line = 1};

    for (size_t i = 0; i < line.from; i++)
        place.line += source->text[i] == '\n';
    if (offset > line.to)
        offset = line.to;
    place.column = columns(source->text + line.from, offset - line.from) + 1;
    return place;
}

__attribute__((format(printf, 2, 0))) static char *vprint(struct arena *arena, const char *fmt, va_list ap)
{
    va_list again;
    char *s;
    int len;

    va_copy(again, ap);
    len = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    s = arena_alloc(arena, (size_t)len + 1);
    vsnprintf(s, (size_t)len + 1, fmt, ap);
    return s;
}

void diags_add(struct diags *diags, struct span span, const char *fmt, ...)
{
    struct diag diag = {.span = span};
    va_list ap;

    va_start(ap, fmt);
    diag.msg = vprint(&diags->arena, fmt, ap);
    va_end(ap);
    vec_push(&diags->list, diag);
}

void diags_hint(struct diags *diags, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    diags->list.items[diags->list.len - 1].hint = vprint(&diags->arena, fmt, ap);
    va_end(ap);
}

/* The source line with tabs as one space each, so that the caret stands below what it means. */
static void add_line(struct buf *out, const char *s, size_t len)
{
    struct buf line = {0};

    buf_add(&line, s, len);
    for (size_t i = 0; i < line.len; i++)
        if (line.data[i] == '\t')
            line.data[i] = ' ';
    quote_terminal(out, buf_str(&line), line.len);
    buf_release(&line);
}

/* How wide add_line writes the text: escapes are longer than the bytes that they stand for. */
static size_t width(const char *s, size_t len)
{
    struct buf shown = {0};
    size_t n;

    add_line(&shown, s, len);
    n = columns(buf_str(&shown), shown.len);
    buf_release(&shown);
    return n;
}

static void write_one(const struct source *source, const struct diag *diag, struct buf *out)
{
    struct place place = source_place(source, diag->span.from);
    struct span line = source_line(source, diag->span.from);
    size_t from = diag->span.from < line.to ? diag->span.from : line.to;
    size_t to = diag->span.to < line.to ? diag->span.to : line.to;
    int gutter = snprintf(NULL, 0, "%u", place.line);
    size_t marks;

    buf_addf(out, "%s:%u:%u: error: %s\n", source->name, place.line, place.column, diag->msg);
    buf_addf(out, " %u | ", place.line);
    add_line(out, source->text + line.from, line.to - line.from);
    buf_addf(out, "\n %*s | %*s^", gutter, "", (int)width(source->text + line.from, from - line.from), "");
    marks = to > from ? width(source->text + from, to - from) : 1;
    for (size_t i = 1; i < marks; i++)
        buf_addc(out, '~');
    buf_addc(out, '\n');
    if (diag->hint)
        buf_addf(out, " %*s = help: %s\n", gutter, "", diag->hint);
}

static int by_place(const void *a, const void *b)
{
    const struct diag *const *x = a, *const *y = b;

    if ((*x)->span.from != (*y)->span.from)
        return (*x)->span.from < (*y)->span.from ? -1 : 1;
    return *x < *y ? -1 : *x > *y;
}

void diags_write(const struct diags *diags, struct buf *out)
{
    const struct diag **sorted = alloc_zeroed((diags->list.len + 1) * sizeof(*sorted));

    for (size_t i = 0; i < diags->list.len; i++)
        sorted[i] = &diags->list.items[i];
    qsort(sorted, diags->list.len, sizeof(*sorted), by_place);
    for (size_t i = 0; i < diags->list.len; i++)
        write_one(diags->source, sorted[i], out);
    free(sorted);
}

void diags_release(struct diags *diags)
{
    vec_release(&diags->list);
    arena_release(&diags->arena);
}

/* Levenshtein distance over two rows; words longer than the rows are cut, which only makes them less alike.
 */
static size_t distance(const char *a, const char *b)
{
    enum { MOST = 63 };
    size_t row[MOST + 1], la = strnlen(a, MOST), lb = strnlen(b, MOST);

    for (size_t j = 0; j <= lb; j++)
        row[j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t corner = row[0];

        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t best = corner + (a[i - 1] != b[j - 1]);

            corner = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[lb];
}

const char *diag_nearest(const char *word, const char *const *candidates, size_t len)
{
    /* One slip in a word of three letters, one more for each further three; none in shorter ones. */
    size_t wordlen = strlen(word), best = wordlen / 3 + (wordlen > 2);
    const char *found = NULL;

    for (size_t i = 0; i < len; i++) {
        size_t d = distance(word, candidates[i]);

        if (d < best || (d == best && !found)) {
            best = d;
            found = candidates[i];
        }
    }
    return found;
}
