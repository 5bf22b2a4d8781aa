/* compare/compare.h: two traces as stories, and what differs between them. Data only; writers make text of
 * it. */
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include "compare/script.h"

enum change_kind {
    CHANGE_GONE,  /* a call that is only in the old trace */
    CHANGE_NEW,   /* a call that is only in the new one */
    CHANGE_ARGS,  /* the same call with other arguments or another result */
    CHANGE_ORDER, /* the same call in another place */
    CHANGE_BYTES, /* of a stream */
    CHANGE_FLAGS, /* of the calls that moved a stream's bytes */
};

/* "missing", "new", …: as machines read it. */
const char *change_name(enum change_kind kind);

struct change_arg {
    const char *what; /* "backlog", "result", "flags" */
    const char *old, *now;
};

/* Bytes [at, at + len) of each side that stand in each other's place. */
struct hunk {
    size_t at[2], len[2];
};

struct change {
    enum change_kind kind;
    const struct item *old, *now; /* NULL: not there, or not about a call */
    const struct change_arg *args;
    size_t nargs;
    int direction; /* BYTES, FLAGS: MODEL_SEND, MODEL_RECV */
    const struct hunk *hunks;
    size_t nhunks;
    const char *text; /* ORDER: "before …, now after it" */
};

/* A line of the story of both: an item of either or both, or the bytes of a direction. */
struct line {
    const struct item *old, *now;
    int direction; /* -1: an item */
    bool differs;
};

struct strand_diff {
    const struct strand *old, *now; /* one of them may be NULL: the socket is new, or gone */
    VEC(struct change) changes;
    VEC(struct line) lines;
};

struct actor_diff {
    const struct actor *old, *now; /* one of them may be NULL */
    bool ends_otherwise;
    VEC(struct change) order;          /* between its sockets */
    VEC(struct strand_diff *) strands; /* that differ */
};

struct comparison {
    struct script old, now;
    VEC(struct actor_diff *) actors; /* all of them */
    size_t ndiffs;                   /* 0: the same story */
    struct arena arena;
};

/* Both traces are borrowed, and folded. Neither is lossy or cut. */
void compare(struct comparison *comparison, const struct trace *old, const struct trace *now);
void comparison_release(struct comparison *comparison);

/* Why a trace can't be compared, or NULL: it is cut, something was not seen, a role could not be started, no
 * call is in it. In `arena`. */
const char *compare_obstacle(const struct trace *trace, struct arena *arena);

#endif
