/* report/report_gradescope.c: outcomes as the results.json of a Gradescope autograder. */
#include "format/jout.h"
#include "report/json.h"
#include "report/points.h"
#include "report/tally.h"
#include "report/views.h"

/* Without points it is worth one. */
static struct outcome_sum worth(const struct report_set *set, const struct outcome *const *outcomes, size_t i)
{
    struct outcome_sum sum = tally_points(set, outcomes, i);

    if (!sum.possible)
        sum = (struct outcome_sum){outcomes[i]->result == OUTCOME_HOLDS ? POINTS_ONE : 0, POINTS_ONE};
    return sum;
}

static bool is_tested(const struct outcome *outcome)
{
    return outcome->result == OUTCOME_HOLDS || outcome->result == OUTCOME_FAILS;
}

static void add_test(struct buf *out, const struct outcome *outcome, struct outcome_sum sum)
{
    struct buf text = {0};

    buf_adds(&text, outcome->text);
    if (!is_tested(outcome))
        buf_adds(&text, "This could not be tested: it says nothing about the program.\n");
    json_item(out, '{');
    json_text(out, "name", outcome->name);
    json_text(out, "name_format", "text");
    points_member(out, "score", is_tested(outcome) ? sum.earned : 0);
    points_member(out, "max_score", sum.possible);
    json_text(out, "status", outcome->result == OUTCOME_HOLDS ? "passed" : "failed");
    json_text(out, "output", buf_str(&text));
    json_text(out, "output_format", "text");
    json_text(out, "visibility", "visible");
    buf_addc(out, '}');
    buf_release(&text);
}

static void write_gradescope(struct buf *out, const struct outcome *const *outcomes, size_t len,
                             const struct report_set *set)
{
    struct tally tally = tally_make(outcomes, len, set);
    struct buf words = {0};

    tally_add_words(&words, &tally);
    buf_addc(out, '{');
    /* The sum of the tests' scores is the score; where there are none, nothing was earned. */
    if (!len)
        json_number(out, "score", 0);
    json_text(out, "output", buf_str(&words));
    json_text(out, "output_format", "text");
    json_text(out, "visibility", "visible");
    if (tally.took_ns) {
        jout_key(out, "execution_time");
        tally_add_seconds(out, tally.took_ns);
    }
    json_open(out, "tests", '[');
    for (size_t i = 0; i < len; i++)
        add_test(out, outcomes[i], worth(set, outcomes, i));
    buf_adds(out, "]}\n");
    buf_release(&words);
}

const struct report report_gradescope = {
    .name = "gradescope",
    .suffix = "gradescope.json",
    .what = "results.json of a Gradescope autograder",
    .write = write_gradescope,
};
