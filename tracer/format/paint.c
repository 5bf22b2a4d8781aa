/* format/paint.c: SGR sequences (console_codes(4)). */
#include "format/paint.h"

static const char *const codes[] = {
    [PAINT_NONE] = "0",   [PAINT_DIM] = "2",   [PAINT_RED] = "31",  [PAINT_YELLOW] = "33",
    [PAINT_GREEN] = "32", [PAINT_BLUE] = "34", [PAINT_CYAN] = "36", [PAINT_MAGENTA] = "35",
};

void paint_begin(struct buf *out, bool color, enum paint paint)
{
    if (color)
        buf_addf(out, "\033[%sm", codes[paint]);
}

void paint_end(struct buf *out, bool color)
{
    paint_begin(out, color, PAINT_NONE);
}

size_t paint_width(const char *text, size_t len)
{
    size_t width = 0;
    bool in_code = false;

    for (size_t i = 0; i < len; i++) {
        bool is_start = ((unsigned char)text[i] & 0xc0) != 0x80;

        if (text[i] == '\033')
            in_code = true;
        width += !in_code && is_start;
        in_code = in_code && text[i] != 'm';
    }
    return width;
}

void paint_pad(struct buf *out, size_t from, size_t columns)
{
    size_t width = paint_width(out->data + from, out->len - from);

    do {
        buf_addc(out, ' ');
        width++;
    } while (width < columns);
}
