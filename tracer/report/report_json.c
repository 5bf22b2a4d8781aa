/* report/report_json.c: outcomes as one JSON object: all that there is to tell (report.schema.json). */
#include "format/jout.h"
#include "report/outcome.h"
#include "report/tally.h"
#include "report/views.h"

static void number_member(struct buf *out, const char *key, uint64_t n)
{
    jout_key(out, key);
    jout_u64(out, n);
}

static void text_member(struct buf *out, const char *key, const char *text)
{
    jout_key(out, key);
    jout_string(out, text);
}

static void add_counts(struct buf *out, const struct tally *tally)
{
    jout_key(out, "counts");
    buf_addc(out, '{');
    for (int result = 0; result < TALLY_RESULTS; result++)
        number_member(out, outcome_word((enum outcome_result)result), tally->counts[result]);
    buf_addc(out, '}');
    jout_key(out, "points");
    buf_addc(out, '{');
    number_member(out, "earned", (uint64_t)tally->sum.earned);
    number_member(out, "possible", (uint64_t)tally->sum.possible);
    buf_addc(out, '}');
}

static void write_json(struct buf *out, const struct outcome *const *outcomes, size_t len,
                       const struct report_set *set)
{
    struct tally tally = tally_make(outcomes, len);

    buf_addc(out, '{');
    number_member(out, "report", 1);
    text_member(out, "title", set->title);
    text_member(out, "version", set->version);
    if (set->at && !set->no_times) {
        jout_key(out, "at");
        buf_addc(out, '"');
        tally_add_time(out, set->at);
        buf_addc(out, '"');
    }
    text_member(out, "result", outcome_word(tally.result));
    add_counts(out, &tally);
    jout_key(out, "scenarios");
    buf_addc(out, '[');
    for (size_t i = 0; i < len; i++) {
        struct outcome outcome = *outcomes[i];

        outcome.took_ns = set->no_times ? 0 : outcome.took_ns;
        jout_next(out);
        outcome_write(out, &outcome);
    }
    buf_adds(out, "]}\n");
}

const struct report report_json = {
    .name = "json", .what = "all of it, for programs of your own", .write = write_json};
