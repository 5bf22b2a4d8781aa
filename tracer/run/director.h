/* run/director.h: the pauses and faults of a scenario: which call of which task is held, until when, and what
 * is put into it. */
#ifndef RUN_DIRECTOR_H
#define RUN_DIRECTOR_H

#include "base/vec.h"
#include "event/sink.h"
#include "expect/ast.h"
#include "run/stage.h"

/*
 * A schedule that is shifted: tasks are held back for some milliseconds at calls that a number chooses, so
 * that what depends on who comes first, or on what has arrived when one looks, comes out otherwise. Traces do
 * not tell of it: nothing happens that could not have happened.
 */
struct shift {
    uint32_t seed; /* 0: nobody is held back */
    uint32_t at;   /* calls so far */
    uint64_t spent_ns;
};

struct director_role;
struct director_hold;
struct director_asked;

/* A sink that sees what became of its orders; pass it every event, behind the stage, whose counts it goes by.
 * Nothing here touches the world: whoever runs it holds and releases the tasks. */
struct director {
    struct sink sink;
    const struct stage *stage;
    struct arena *arena;
    struct director_role *roles; /* as in the stage */
    uint32_t limit_ms;
    struct shift shift;
    VEC(struct director_hold) holds;  /* the oldest first */
    VEC(struct director_asked) asked; /* calls that have not returned, and what was to be put into them */
};

/*
 * `stage` is borrowed. `limit_ms`: the time limit of roles that have none of their own; a pause takes half of
 * that at most, so that the program can still come to its end.
 */
void director_init(struct director *director, const struct stage *stage, uint32_t limit_ms,
                   struct arena *arena);
void director_release(struct director *director);

/* false: no role has a pause or a fault. */
bool director_is_needed(const struct director *director);

/* What is to become of a call that is about to begin. */
struct director_order {
    bool hold;        /* director_next says when it is over */
    const char *held; /* by a pause, in words: "before accept until client connect x2"; or NULL */
    struct inject inject;
};

struct director_order director_call(struct director *director, const struct event *event, uint64_t now_ns);

/* How a pause of a role ended. */
struct director_end {
    const char *role;
    const char *met;   /* as it is written: the pause in words; or NULL */
    const char *unmet; /* otherwise: a sentence; or NULL */
};

/* The next pause that ends now; false: none does. `stuck`: nobody can make an awaited call any more: the
 * pause that has lasted longest is given up. */
bool director_pause_ends(struct director *director, bool stuck, uint64_t now_ns, struct director_end *end);

/* The tid of the next task that is held no longer; 0: there is none now. */
int director_next(struct director *director, uint64_t now_ns);

/* When a delay is over next; 0: there is none. */
uint64_t director_due_ns(const struct director *director, uint64_t now_ns);

/* Tasks of the role that are held; `by_pause`: only those that wait for another role. */
size_t director_held(const struct director *director, const char *role, bool by_pause);

/* The role is to be ended: nothing holds it any longer. */
void director_give_up(struct director *director, const char *role);

/* At the end of the run: calls fn(arg, role, sentence) for each pause and fault that had no occasion. */
void director_each_unmet(const struct director *director,
                         void (*fn)(void *arg, const char *role, const char *sentence), void *arg);

#endif
