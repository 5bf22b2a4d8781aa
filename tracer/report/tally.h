/* report/tally.h: what outcomes come to together. */
#ifndef REPORT_TALLY_H
#define REPORT_TALLY_H

#include "report/outcome.h"

enum { TALLY_RESULTS = OUTCOME_FAULT + 1 };

struct tally {
    size_t counts[TALLY_RESULTS]; /* by enum outcome_result */
    enum outcome_result
        result; /* of the one that the exit code is taken from; OUTCOME_HOLDS where there is none */
    struct outcome_sum sum;
    uint64_t took_ns;
};

struct tally tally_make(const struct outcome *const *outcomes, size_t len);

/* 2026-11-26T14:03:00Z */
void tally_add_time(struct buf *out, int64_t at);

#endif
