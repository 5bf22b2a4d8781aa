/* report/tally.c: counts, points, and the worst of all results. */
#include "report/tally.h"

#include "base/clock.h"
#include "report/points.h"

#include <inttypes.h>
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

static void add_times(struct tally *tally, const struct outcome *outcome)
{
    tally->took_ns += outcome->took_ns;
    if (outcome->began_s && (!tally->began_s || outcome->began_s < tally->began_s))
        tally->began_s = outcome->began_s;
}

struct outcome_sum tally_points(const struct report_set *set, const struct outcome *const *outcomes, size_t i)
{
    struct outcome_sum sum;

    if (set->points)
        return set->points[i];
    sum = outcome_sum(outcomes[i]);
    return (struct outcome_sum){sum.earned * POINTS_ONE, sum.possible * POINTS_ONE};
}

struct tally tally_make(const struct outcome *const *outcomes, size_t len, const struct report_set *set)
{
    struct tally tally = {.result = OUTCOME_HOLDS};

    for (size_t i = 0; i < len; i++) {
        struct outcome_sum sum = tally_points(set, outcomes, i);

        tally.counts[outcomes[i]->result]++;
        if (weight(outcomes[i]->result) > weight(tally.result))
            tally.result = outcomes[i]->result;
        tally.sum.earned += sum.earned;
        tally.sum.possible += sum.possible;
        if (!set->no_times)
            add_times(&tally, outcomes[i]);
    }
    return tally;
}

void tally_add_time(struct buf *out, uint64_t at_s)
{
    time_t seconds = (time_t)at_s;
    struct tm tm;
    char text[64];

    if (gmtime_r(&seconds, &tm) && strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm))
        buf_adds(out, text);
}

void tally_add_seconds(struct buf *out, uint64_t ns)
{
    buf_addf(out, "%" PRIu64 ".%03" PRIu64, ns / CLOCK_NS_PER_S, ns % CLOCK_NS_PER_S / CLOCK_NS_PER_MS);
}

void tally_add_words(struct buf *out, const struct tally *tally)
{
    size_t holds = tally->counts[OUTCOME_HOLDS], fails = tally->counts[OUTCOME_FAILS], all = 0;

    for (int i = 0; i < TALLY_RESULTS; i++)
        all += tally->counts[i];
    buf_addf(out, "%zu of %zu scenario%s hold%s", holds, all, all == 1 ? "" : "s", holds == 1 ? "s" : "");
    if (all > holds + fails)
        buf_addf(out, ", %zu could not be tested", all - holds - fails);
}
