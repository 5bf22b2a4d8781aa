/* expect/match.h: does a role's part of a trace fit its pattern? Exact, streaming; and where not, how near it
 * came. */
#ifndef EXPECT_MATCH_H
#define EXPECT_MATCH_H

#include "event/trace.h"
#include "expect/ast.h"
#include "model/model.h"

/* Streaming match of one role. Feed it every event of that role, folded by the model, in the order of seq. */
struct match;

struct match *match_new(const struct expect *expect, const struct role *role);
void match_free(struct match *match);

/* Copies what it needs of the event. Returns false once the pattern can no longer hold (later calls do
 * nothing). */
bool match_event(struct match *match, const struct event *event);

/* The trace is over: true where the pattern holds. */
bool match_end(struct match *match);

/* Do all of these bytes fit a PAT_STR (`stdout "…"`)? */
bool match_bytes(const struct pat *pat, const char *bytes, size_t len);

enum align_op {
    ALIGN_KEPT,    /* step and event agree */
    ALIGN_PASSED,  /* an auxiliary event that nobody asked for */
    ALIGN_MISSING, /* a step without event */
    ALIGN_EXTRA,   /* an event without step */
    ALIGN_MOVED,   /* a step, and the event that fits it but happened elsewhere in the order */
    ALIGN_CHANGED, /* the same call with another argument or result */
};

struct align_row {
    enum align_op op;
    unsigned depth;                    /* 0: the role's block, 1: a block inside it, … */
    const struct step *step;           /* NULL: ALIGN_PASSED, ALIGN_EXTRA */
    const struct event *const *events; /* data lines may hold several; none: ALIGN_MISSING; of the trace
                                          given, or messages of its calls */
    size_t nevents;
    uint64_t sock; /* whose block the row belongs to, 0: the role's */
    /* ALIGN_CHANGED: the first difference, as text ("port", "7000", "22555"). */
    const char *what, *expected, *seen;
};

struct alignment {
    unsigned cost; /* 0: the pattern holds */
    const struct align_row *rows;
    size_t nrows;
    const struct align_row *first; /* the first row that is neither kept nor passed, or NULL */
};

/*
 * The cheapest alignment of the role's events in `trace` (folded by `model`, which gives the order) with its
 * pattern. Everything lives in `arena`; events are borrowed from the trace. Agrees with match_end: cost 0
 * where that is true. In a long trace only some hundred events around the first difference are aligned: what
 * comes after them has no rows, and nothing is missing for it.
 */
const struct alignment *align_role(const struct expect *expect, const struct role *role,
                                   const struct trace *trace, const struct model *model, struct arena *arena);

#endif
