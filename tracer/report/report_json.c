/* report/report_json.c: outcomes as one JSON object: all that there is to tell. */
#include "format/jout.h"
#include "report/json.h"
#include "report/points.h"
#include "report/tally.h"
#include "report/views.h"

static void add_counts(struct buf *out, const struct tally *tally)
{
    json_open(out, "counts", '{');
    for (int result = 0; result < TALLY_RESULTS; result++)
        json_number(out, outcome_word((enum outcome_result)result), tally->counts[result]);
    buf_addc(out, '}');
    json_open(out, "points", '{');
    points_member(out, "earned", tally->sum.earned);
    points_member(out, "possible", tally->sum.possible);
    buf_addc(out, '}');
}

static void write_json(struct buf *out, const struct outcome *const *outcomes, size_t len,
                       const struct report_set *set)
{
    struct tally tally = tally_make(outcomes, len, set);

    buf_addc(out, '{');
    json_number(out, "report", 1);
    json_text(out, "title", set->title);
    json_text(out, "version", set->version);
    json_text(out, "result", outcome_word(tally.result));
    add_counts(out, &tally);
    json_open(out, "scenarios", '[');
    for (size_t i = 0; i < len; i++) {
        struct outcome outcome = *outcomes[i];

        if (set->no_times)
            outcome.took_ns = outcome.began_s = 0;
        jout_next(out);
        outcome_write(out, &outcome);
    }
    buf_adds(out, "]}\n");
}

const struct report report_json = {
    .name = "json",
    .suffix = "json",
    .what = "all that there is to tell, for programs",
    .write = write_json,
};
