/* grade/grade.h: a class, graded: workers side by side, a record of each submission. */
#ifndef GRADE_GRADE_H
#define GRADE_GRADE_H

#include "grade/mark.h"
#include "grade/shard.h"

/* The marks of a class, in the order of the bytes of the names. */
struct marks {
    VEC(const struct mark *) list;
};

struct grade {
    const struct assignment *assignment;
    const struct submissions *submissions;
    struct shard shard;
    size_t at_once;
    const char *dir; /* the output folder: absolute, and open (grade/store.h) */
    bool is_fresh;   /* grade again what was graded before */

    /* Told when a submission begins (`mark` is NULL) and when it is over. */
    void (*changed)(void *arg, const struct submission *submission, const struct mark *mark);
    /* Once it is false nothing begins any more, and what is under way is ended: it has no record. */
    bool (*goes_on)(void *arg);
    void *arg;

    struct marks marks; /* of this shard, what was graded before included */
    size_t nkept;       /* of these: they were graded before, and nothing has changed since */
    size_t total;       /* submissions of this shard */
    struct arena arena;
};

/* false: `err` says what can't be gone on with, such as a folder that can't be written; records are kept. */
bool grade_run(struct grade *grade, struct err *err);

void grade_release(struct grade *grade);

#endif
