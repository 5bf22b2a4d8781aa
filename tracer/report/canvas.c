/* report/canvas.c: one line of a drawing. */
#include "report/canvas.h"

#include "base/alloc.h"
#include "base/quote.h"

#include <stdlib.h>
#include <string.h>

static const char *const glyphs[16] = {
    [0] = " ",
    [ARM_UP] = "│",
    [ARM_DOWN] = "│",
    [ARM_UP | ARM_DOWN] = "│",
    [ARM_LEFT] = "─",
    [ARM_RIGHT] = "─",
    [ARM_LEFT | ARM_RIGHT] = "─",
    [ARM_DOWN | ARM_RIGHT] = "╭",
    [ARM_DOWN | ARM_LEFT] = "╮",
    [ARM_UP | ARM_RIGHT] = "╰",
    [ARM_UP | ARM_LEFT] = "╯",
    [ARM_UP | ARM_DOWN | ARM_RIGHT] = "├",
    [ARM_UP | ARM_DOWN | ARM_LEFT] = "┤",
    [ARM_LEFT | ARM_RIGHT | ARM_DOWN] = "┬",
    [ARM_LEFT | ARM_RIGHT | ARM_UP] = "┴",
    [ARM_UP | ARM_DOWN | ARM_LEFT | ARM_RIGHT] = "┼",
};

void canvas_init(struct canvas *canvas, size_t width)
{
    canvas->width = width;
    canvas->cells = alloc_zeroed(width * sizeof(*canvas->cells));
}

void canvas_release(struct canvas *canvas)
{
    free(canvas->cells);
    *canvas = (struct canvas){0};
}

void canvas_clear(struct canvas *canvas)
{
    memset(canvas->cells, 0, canvas->width * sizeof(*canvas->cells));
}

void canvas_line(struct canvas *canvas, size_t column, unsigned arms, bool dashed)
{
    struct canvas_cell *cell;

    if (column >= canvas->width)
        return;
    cell = &canvas->cells[column];
    cell->dashed = dashed && (!cell->arms || cell->dashed);
    cell->arms |= (uint8_t)arms;
    cell->style = STYLE_DIM;
}

void canvas_text(struct canvas *canvas, size_t column, const char *text, enum style style)
{
    for (size_t len = strlen(text); len && column < canvas->width; column++) {
        struct canvas_cell *cell = &canvas->cells[column];
        size_t n = quote_utf8_len((const uint8_t *)text, len);

        if (!n)
            return;
        *cell = (struct canvas_cell){.style = (uint8_t)style};
        memcpy(cell->text, text, n);
        text += n;
        len -= n;
    }
}

static const char *cell_glyph(const struct canvas_cell *cell)
{
    if (cell->text[0])
        return cell->text;
    if (cell->dashed && cell->arms == (ARM_LEFT | ARM_RIGHT))
        return "╌";
    if (cell->dashed && cell->arms == (ARM_UP | ARM_DOWN))
        return "╎";
    return glyphs[cell->arms & 15];
}

static bool is_blank(const struct canvas_cell *cell)
{
    return !cell->arms && (!cell->text[0] || cell->text[0] == ' ');
}

void canvas_write(const struct canvas *canvas, struct buf *out, bool color)
{
    size_t len = canvas->width;
    uint8_t style = STYLE_PLAIN;

    while (len && is_blank(&canvas->cells[len - 1]))
        len--;
    for (size_t i = 0; i < len; i++) {
        const struct canvas_cell *cell = &canvas->cells[i];

        if (cell->style != style && !is_blank(cell)) {
            layout_style(out, color && style != STYLE_PLAIN, STYLE_PLAIN);
            style = cell->style;
            layout_style(out, color && style != STYLE_PLAIN, (enum style)style);
        }
        buf_adds(out, cell_glyph(cell));
    }
    layout_style(out, color && style != STYLE_PLAIN, STYLE_PLAIN);
    buf_addc(out, '\n');
}
