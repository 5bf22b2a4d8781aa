/* report/story.h: a trace as a picture tells it: who stands in which lane, in which rows, and what goes
 * between them. */
#ifndef REPORT_STORY_H
#define REPORT_STORY_H

#include "base/vec.h"
#include "event/trace.h"
#include "model/model.h"

#include <stdbool.h>

enum { STORY_NONE = -1, STORY_MAX_LANES = 32 };

/* A role; where the trace has none, a process that makes calls. */
struct story_lane {
    const char *role;
    int pid;        /* of its first process */
    bool is_forked; /* events of several processes stand in it */
    bool is_ended;  /* the runner ended it: the signals that follow are its own */
    size_t rows;
};

struct story_row {
    const struct event *event;
    int lane;
    uint32_t waits;  /* lanes that wait inside a call while this happens: bit 1 << lane */
    uint32_t begins; /* those of them that do since this row */
};

enum arrow_kind { ARROW_CONNECTION, ARROW_DATA, ARROW_FIN, ARROW_RESET };

/* From a row to the row that took what was sent; either may be STORY_NONE: never taken, or not seen to be
 * sent. */
struct story_arrow {
    enum arrow_kind kind;
    long from, to;
    int from_lane, to_lane;
    uint64_t bytes;
};

struct story {
    VEC(struct story_lane) lanes;
    VEC(struct story_row) rows;     /* in the order of seq, but nothing is taken before it was sent */
    VEC(struct story_arrow) arrows; /* between two lanes, by `from` (or `to`, where that is all there is) */
    size_t hidden;                  /* rows of lanes above STORY_MAX_LANES */
};

/* The story borrows the trace. A zeroed struct is to be built; release it afterwards. */
void story_build(struct story *story, const struct trace *trace, const struct model *model);
void story_release(struct story *story);

/* The lane's next row from `row` on: the call in which it waits there. */
const struct story_row *story_next(const struct story *story, size_t row, int lane);

#endif
