/* grade/shard.h: a class on more than one machine: who grades whom, and the parts put together again. */
#ifndef GRADE_SHARD_H
#define GRADE_SHARD_H

#include "base/vec.h"
#include "grade/mark.h"

/*
 * Part `k` of `n`, from 1: the submissions whose places in the order of their names, from 1, leave the same
 * rest when divided by n as k does. So each is in one part, and parts differ by one submission at most.
 */
struct shard {
    uint64_t k, n;
};

enum { SHARD_MOST = 10000 };

/* "2/4" */
bool shard_parse(const char *text, struct shard *shard);

/* `index` from 0. */
bool shard_has(const struct shard *shard, size_t index);

/* Records from several machines. */
struct merge {
    VEC(const struct mark *) marks; /* in the order of the bytes of their names, each once */
    VEC(const char *) notes;        /* what was there twice; what is missing */
    bool is_complete;               /* every submission of the class is there */
    struct arena arena;
};

/*
 * Add a record, a folder of records, an output folder of `grade`, or a folder of such. false: `err` says what
 * can't be read, or is no record.
 */
bool merge_add(struct merge *merge, const char *path, struct err *err);

/*
 * All have been added. false: they are of different assignments or classes, or a submission was graded twice
 * with different results.
 */
bool merge_seal(struct merge *merge, struct err *err);

void merge_release(struct merge *merge);

#endif
