/* report/tally.c: counts, points, and the worst of all results. */
#include "report/tally.h"

#include <time.h>

/* What could not even be started weighs more than what was found; a failed scenario more than an untested
 * one. */
static int weight(enum outcome_result result)
{
    static const int weights[] = {[OUTCOME_HOLDS] = 0,
                                  [OUTCOME_UNTESTED] = 1,
                                  [OUTCOME_FAILS] = 2,
                                  [OUTCOME_WRONG_FILE] = 3,
                                  [OUTCOME_FAULT] = 4};

    return weights[result];
}

struct tally tally_make(const struct outcome *const *outcomes, size_t len)
{
    struct tally tally = {.result = OUTCOME_HOLDS};

    for (size_t i = 0; i < len; i++) {
        struct outcome_sum sum = outcome_sum(outcomes[i]);

        tally.counts[outcomes[i]->result]++;
        if (weight(outcomes[i]->result) > weight(tally.result))
            tally.result = outcomes[i]->result;
        tally.sum.earned += sum.earned;
        tally.sum.possible += sum.possible;
        tally.took_ns += outcomes[i]->took_ns;
    }
    return tally;
}

void tally_add_time(struct buf *out, int64_t at)
{
    time_t seconds = (time_t)at;
    struct tm tm;
    char text[64];

    if (gmtime_r(&seconds, &tm) && strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm))
        buf_adds(out, text);
}
