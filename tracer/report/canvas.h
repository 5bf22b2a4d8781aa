/* report/canvas.h: one line of a drawing: texts, and lines of box characters that join where they meet. */
#ifndef REPORT_CANVAS_H
#define REPORT_CANVAS_H

#include "base/buf.h"
#include "report/layout.h"

#include <stdint.h>

/* The arms of a line inside a cell. */
enum canvas_arm { ARM_UP = 1, ARM_DOWN = 2, ARM_LEFT = 4, ARM_RIGHT = 8 };

struct canvas_cell {
    char text[5]; /* one character; "": the line, or a space */
    uint8_t arms;
    bool dashed;
    uint8_t style;
};

struct canvas {
    struct canvas_cell *cells;
    size_t width;
};

void canvas_init(struct canvas *canvas, size_t width);
void canvas_release(struct canvas *canvas);
void canvas_clear(struct canvas *canvas);

/* Columns outside the canvas are not drawn. */
void canvas_line(struct canvas *canvas, size_t column, unsigned arms, bool dashed);

/* A text from `column` on, in place of what was there. */
void canvas_text(struct canvas *canvas, size_t column, const char *text, enum style style);

/* Write the line without spaces at its end, and a newline. */
void canvas_write(const struct canvas *canvas, struct buf *out, bool color);

#endif
