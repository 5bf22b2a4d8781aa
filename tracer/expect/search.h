/* expect/search.h: the cheapest way through a block's pattern with the events of one life. */
#ifndef EXPECT_SEARCH_H
#define EXPECT_SEARCH_H

#include "expect/config.h"
#include "expect/past.h"

enum {
    COST_MISSING = 4,
    COST_EXTRA = 4,
    COST_EXTRA_SOCK = 12, /* one that made a socket: what is done with the socket has no place then either */
    COST_CHANGED = 3,     /* with one difference; */
    COST_DIFFERENCE = 1,  /* each further one; */
    COST_OTHER_SOCK = 3,  /* one that is another socket; */
    COST_IN_PROGRESS = 2, /* one that goes on without the program, where its end was wanted */
    COST_OVERLAP = 6,     /* a life of `repeat` that begins before the one before it is over */
    COST_MOVED = 6,       /* in place of one missing and one extra */
};

enum edge {
    EDGE_BEGIN,
    EDGE_MOVE,    /* the event is taken as `move` tells */
    EDGE_FOREIGN, /* the event belongs to a life opened before, or is none that patterns see */
    EDGE_EXTRA,   /* no line takes the event */
    EDGE_MISSING, /* no event fits `step` */
    EDGE_CHANGED, /* the event is taken for `step`, which it doesn't fit */
    EDGE_CUT,     /* bytes came for the data line `step`, but not all */
    EDGE_LEFT,    /* at the end: bytes came that no line has taken */
    EDGE_TOTAL,   /* behind the end: `step` has counted its bytes */
};

/*
 * Under `in any order`, lines without an event could be left out at many moments, to the same end. They are
 * left out as late as can be: right before their strand takes an event, or the last strand ends. It may end
 * within an event, whose bytes go on to lines behind it or wait for one of them: then right before that
 * event.
 */
enum leaving {
    LEAVING_NONE,
    LEAVING_STRAND, /* the strand that left a line out goes on at once */
    LEAVING_ALL,    /* so do all that come behind it, up to their end or to bytes */
    LEAVING_BYTES,  /* those bytes are next */
};

/* A place on a path: `config`, with the first `at` events of the block behind it. */
struct node {
    const struct config *config;
    size_t at;
    unsigned cost;     /* of the path; the differences inside a life count less and less */
    unsigned own_cost; /* of the last edge, without the life that it opened */
    bool done;
    enum leaving leaving;
    struct node *same_hash; /* the next node of its layer with this hash */
    const struct node *before;
    enum edge edge;          /* what led here from `before` */
    const struct step *step; /* EDGE_MISSING, EDGE_CHANGED, EDGE_CUT, EDGE_TOTAL */
    struct move move;        /* EDGE_MOVE */
    bool overlap;            /* own_cost holds COST_OVERLAP */
    struct child *child;     /* the life that the event opened, or NULL */
};

/* A block with the events of one life (or of the role). */
struct search {
    struct searches *all;
    struct machine machine;
    uint64_t sock;        /* whose life it is; 0: the role */
    struct names names;   /* at the beginning */
    const size_t *events; /* indexes into past->events */
    size_t nevents;
};

/* A life that some path opened: by its line, names and socket. */
struct child {
    size_t id;                 /* from 1: its number in claims */
    const struct insn *opener; /* NULL: a socket of libc's */
    uint64_t sock;
    struct search search;
    enum { CHILD_UNTRIED, CHILD_FITS, CHILD_DIFFERS } state;
    const struct node *end; /* of its cheapest path; NULL: not looked for yet */
    struct child *same_sock;
};

/* What the searches of a role share. */
struct searches {
    const struct program *program;
    const struct past *past;
    struct arena *arena;
    struct search role;
    VEC(struct child *) children;
    struct intmap by_sock; /* the first child of a socket */
};

/* All work is done in `arena`. */
void searches_init(struct searches *all, const struct program *program, const struct past *past,
                   struct arena *arena);
void searches_release(struct searches *all);

/* The last node of the cheapest path through the role's block; cost 0 where the pattern holds. */
const struct node *search_role(struct searches *all);

/* The same of a life. */
const struct node *search_child(struct child *child);

/* The call at index `at` of the search's events, where this step (STEP_TOTAL) counts it; else NULL. */
const struct event *search_counted(const struct search *search, const struct step *step, size_t at);

/* The bytes that wait for this data line, or NULL. */
const struct pending *search_waiting(const struct config *config, const struct step *step);

#endif
