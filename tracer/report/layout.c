/* report/layout.c: text in columns of a terminal. */
#include "report/layout.h"

#include "base/quote.h"

#include <string.h>

static const char ellipsis[] = "\xe2\x80\xa6";

void layout_style(struct buf *out, bool color, enum style style)
{
    static const char *const codes[] = {
        [STYLE_PLAIN] = "\33[0m", [STYLE_DIM] = "\33[2m",  [STYLE_BOLD] = "\33[1m",
        [STYLE_GOOD] = "\33[32m", [STYLE_BAD] = "\33[31m",
    };

    if (color)
        buf_adds(out, codes[style]);
}

void layout_styled(struct buf *out, bool color, enum style style, const char *text)
{
    layout_style(out, color && style != STYLE_PLAIN, style);
    buf_adds(out, text);
    layout_style(out, color && style != STYLE_PLAIN, STYLE_PLAIN);
}

static size_t char_len(const char *text, size_t len)
{
    size_t n = quote_utf8_len((const uint8_t *)text, len);

    return n ? n : 1;
}

static size_t width_of(const char *text, size_t len)
{
    size_t width = 0;

    for (; len; width++) {
        size_t n = char_len(text, len);

        text += n;
        len -= n;
    }
    return width;
}

size_t layout_width(const char *text)
{
    return width_of(text, strlen(text));
}

size_t layout_cut(struct buf *out, const char *text, size_t columns)
{
    size_t width = layout_width(text), keep = width <= columns ? width : columns ? columns - 1 : 0;

    for (size_t i = 0; i < keep; i++) {
        size_t n = char_len(text, strlen(text));

        buf_add(out, text, n);
        text += n;
    }
    if (width <= columns)
        return width;
    if (columns)
        buf_adds(out, ellipsis);
    return columns;
}

/* Where the last ` = ` of a text begins, or NULL. */
static const char *result_of(const char *text)
{
    const char *result = NULL;

    for (const char *at = text; (at = strstr(at, " = ")); at++)
        result = at;
    return result;
}

size_t layout_cut_call(struct buf *out, const char *text, size_t columns)
{
    enum { HEAD_MIN = 8 };
    const char *result = result_of(text);
    size_t tail = result ? layout_width(result) : 0;
    struct buf head = {0};

    if (!result || layout_width(text) <= columns || tail + HEAD_MIN > columns)
        return layout_cut(out, text, columns);
    buf_add(&head, text, (size_t)(result - text));
    tail += layout_cut(out, buf_str(&head), columns - tail);
    buf_adds(out, result);
    buf_release(&head);
    return tail;
}

void layout_fit(struct buf *out, const char *text, size_t columns)
{
    for (size_t width = layout_cut(out, text, columns); width < columns; width++)
        buf_addc(out, ' ');
}

static void spaces(struct buf *out, size_t n)
{
    while (n--)
        buf_addc(out, ' ');
}

void layout_para(struct buf *out, size_t indent, const char *label, const char *text, size_t width)
{
    size_t left = indent + layout_width(label), column = left;
    size_t len = strlen(text);

    if (!len)
        return;
    spaces(out, indent);
    buf_adds(out, label);
    while (*text) {
        size_t bytes = strcspn(text, " "), columns = width_of(text, bytes);

        if (column > left && column + 1 + columns >= width) {
            buf_addc(out, '\n');
            spaces(out, left);
            column = left;
        } else if (column > left) {
            buf_addc(out, ' ');
            column++;
        }
        buf_add(out, text, bytes);
        column += columns;
        text += bytes + strspn(text + bytes, " ");
    }
    buf_adds(out, strchr(".!?:", text[-1]) ? "\n" : ".\n");
}
