/* grade/assignment.h: what every submission of a class is graded by. */
#ifndef GRADE_ASSIGNMENT_H
#define GRADE_ASSIGNMENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "grade/hash.h"
#include "run/run.h"

/* A scenario, and what it is worth. */
struct exercise {
    const char *name;  /* no two have the same */
    const char *path;  /* of its file, absolute */
    const char *shown; /* the same as the user knows it */
    struct hash text;  /* of the file */
    int64_t worth;     /* hundredths of points */
    struct run_opts opts;
    uint64_t most_ms; /* all time limits of its roles together */
    /* Programs that must be in a submission: of roles whose command begins with a path from there. */
    const char *const *programs;
    size_t nprograms;
};

struct assignment {
    VEC(struct exercise) exercises;
    struct run_opts opts; /* of all; commands[i] was given for the roles that have this name */
    unsigned withheld;    /* of the three hints */
    const char *build;    /* a shell's command; "": none; NULL: what is usual for the files there */
    uint32_t build_ms;    /* its time limit */
    const char *key;      /* the assignment as JSON, the same on every machine that grades by it */
    char hash[HASH_TEXT]; /* of that */
    bool *used;           /* by command */
    struct arena arena;
};

/* `opts` and what is in it are borrowed. */
void assignment_init(struct assignment *assignment, const struct run_opts *opts);

/*
 * Add "SCENARIO" or "SCENARIO=POINTS": a name or a path, as `run` takes them. Without POINTS it is worth the
 * sum of the points in it, or 1. RUN_JUDGED: it is there. Else as in run.h.
 */
enum run_result assignment_add(struct assignment *assignment, const char *operand, struct buf *diagnostics,
                               struct err *err);

/* All have been added. false: a command is for a role that no scenario has. */
bool assignment_seal(struct assignment *assignment, struct err *err);

void assignment_release(struct assignment *assignment);

#endif
