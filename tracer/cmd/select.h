/* cmd/select.h: -e trace=SET: which calls of a trace are passed on. */
#ifndef CMD_SELECT_H
#define CMD_SELECT_H

#include "base/vec.h"
#include "event/sink.h"

/* A sink that passes on what was selected. A zeroed struct with the ops set passes everything. */
struct select {
    struct sink sink;
    struct sink *next;
    bool inverted;           /* trace=!SET */
    VEC(const char *) names; /* borrowed from the strings parsed */
};

void select_init(struct select *select, struct sink *next);

/*
 * "trace=SET" or "SET": call names with commas, %network (or network), %desc, all, none; "!" in front means
 * all others. NULL, or what is wrong.
 */
const char *select_parse(struct select *select, char *text);

void select_release(struct select *select);

#endif
