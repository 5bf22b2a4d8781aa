/* report/tally.h: what outcomes come to together. */
#ifndef REPORT_TALLY_H
#define REPORT_TALLY_H

#include "report/outcome.h"

enum { TALLY_RESULTS = OUTCOME_FAULT + 1 };

struct tally {
    size_t counts[TALLY_RESULTS]; /* by enum outcome_result */
    enum outcome_result
        result; /* of the one that the exit code is taken from; OUTCOME_HOLDS where there is none */
    struct outcome_sum sum; /* hundredths of points */
    uint64_t took_ns;       /* of all; 0 where none is known, or none is to be told */
    uint64_t began_s;       /* the earliest; the same */
};

struct tally tally_make(const struct outcome *const *outcomes, size_t len, const struct report_set *set);

/* What the i-th is worth, and what was earned of it, in hundredths; possible is 0 where it has no points. */
struct outcome_sum tally_points(const struct report_set *set, const struct outcome *const *outcomes,
                                size_t i);

/* 2026-11-26T14:03:00, in UTC */
void tally_add_time(struct buf *out, uint64_t at_s);

/* 0.012: seconds */
void tally_add_seconds(struct buf *out, uint64_t ns);

/* "2 of 3 scenarios hold, 1 could not be tested" */
void tally_add_words(struct buf *out, const struct tally *tally);

#endif
