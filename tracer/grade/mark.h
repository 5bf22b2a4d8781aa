/* grade/mark.h: what one submission came to, as it is kept in a record: JSON, from which all reports are
 * made. */
#ifndef GRADE_MARK_H
#define GRADE_MARK_H

#include "grade/assignment.h"
#include "grade/build.h"
#include "grade/submission.h"
#include "report/outcome.h"

/* Where a submission stands in its class, and which machine graded it. */
struct mark_place {
    uint64_t index, of;     /* in the order of the names, from 0 */
    char class[HASH_TEXT];  /* of all names */
    uint64_t shard, shards; /* from 1; 1 of 1: there is only one machine */
};

struct mark_part {
    const char *scenario;
    int64_t worth, earned; /* hundredths; earned: 0 where it could not be tested */
    const struct outcome *outcome;
};

struct mark {
    const char *name, *stem; /* as in a submission */
    struct mark_place place;
    const struct jnode *assignment; /* as JSON: struct assignment's key */
    const char *hash;               /* of that */
    const char *content;            /* a hash of the submission */
    struct build build;
    const char *const *notes;
    size_t nnotes;
    const struct mark_part *parts; /* in the order of the assignment */
    size_t nparts;
    int64_t worth, earned;
    enum outcome_result result; /* the worst: a fault, then what fails, then what could not be tested */
};

/* What a record is made of. */
struct mark_input {
    const struct assignment *assignment;
    const struct submission *submission;
    struct mark_place place;
    const char *content;
    const char *said; /* by the worker: worker.h */
    size_t said_len;
    const char *lost;       /* what is told of scenarios that it did not come to */
    enum outcome_result as; /* and what that is */
};

/* The record, with a newline at the end. */
void mark_write(struct buf *out, const struct mark_input *input);

/* The same record at another place. */
void mark_replace_place(struct buf *out, const char *text, const struct mark *mark,
                        const struct mark_place *place);

bool mark_place_is(const struct mark_place *a, const struct mark_place *b);

/* NULL with a message where the text is no record. Everything lives in `arena`. */
const struct mark *mark_read(const char *text, size_t len, struct arena *arena, struct err *err);

/* Has it been tested, and well or not? Else what was earned says nothing. */
bool outcome_is_verdict(enum outcome_result result);

/* The worse of both. */
enum outcome_result outcome_worse(enum outcome_result a, enum outcome_result b);

#endif
