/* grade/summary.c: counts over a class. */
#include "grade/summary.h"

#include <stdlib.h>
#include <string.h>

bool mark_builds(const struct mark *mark)
{
    return mark->build.result != BUILD_FAILS;
}

bool mark_hangs(const struct mark *mark)
{
    for (size_t i = 0; i < mark->nparts; i++) {
        const struct outcome *outcome = mark->parts[i].outcome;

        for (size_t r = 0; outcome->result == OUTCOME_FAILS && r < outcome->nroles; r++)
            if (outcome->roles[r].end == OUTCOME_HUNG || outcome->roles[r].end == OUTCOME_TIMED_OUT)
                return true;
    }
    return false;
}

const struct mark_part *mark_first(const struct mark *mark)
{
    const struct mark_part *first = NULL;

    for (size_t i = 0; i < mark->nparts; i++) {
        enum outcome_result result = mark->parts[i].outcome->result;

        if (result == OUTCOME_FAILS)
            return &mark->parts[i];
        if (result != OUTCOME_HOLDS && !first)
            first = &mark->parts[i];
    }
    return first;
}

/* ---- mistakes ---- */

struct told {
    VEC(size_t) causes; /* of the summary: each counts once for a submission */
};

static size_t find(struct summary *summary, const char *rule, const char *what)
{
    for (size_t i = 0; i < summary->causes.len; i++)
        if (!strcmp(summary->causes.items[i].rule, rule) && !strcmp(summary->causes.items[i].what, what))
            return i;
    vec_push(&summary->causes, (struct summary_cause){arena_strdup(&summary->arena, rule), what, 0});
    return summary->causes.len - 1;
}

static void tell(struct summary *summary, struct told *told, const struct outcome_cause *cause)
{
    struct buf rule = {0};
    size_t at;

    outcome_add_rule(&rule, cause);
    at = find(summary, buf_str(&rule), cause->code && cause->title ? cause->title : cause->what);
    buf_release(&rule);
    vec_each (size_t, it, &told->causes)
        if (*it == at)
            return;
    vec_push(&told->causes, at);
    summary->causes.items[at].students++;
}

/* Of the causes that no rule tells of only the first: the others follow from it. Style is no mistake. */
static void tell_all(struct summary *summary, const struct mark *mark)
{
    struct told told = {0};

    for (size_t i = 0; i < mark->nparts; i++) {
        const struct outcome *outcome = mark->parts[i].outcome;

        for (size_t c = 0; c < outcome->ncauses; c++) {
            const struct outcome_cause *cause = &outcome->causes[c];

            if (cause->code ? outcome_level(outcome, c) != OUTCOME_NOTE : c == 0 && cause->fails)
                tell(summary, &told, cause);
        }
    }
    vec_release(&told.causes);
}

static int by_frequency(const void *left, const void *right)
{
    const struct summary_cause *a = left, *b = right;
    int order = (a->students < b->students) - (a->students > b->students);

    if (!order)
        order = strcmp(a->rule, b->rule);
    return order ? order : strcmp(a->what, b->what);
}

void summary_make(struct summary *summary, const struct mark *const *marks, size_t len, bool is_complete)
{
    *summary = (struct summary){.marks = marks, .len = len, .is_complete = is_complete};
    for (size_t i = 0; i < len; i++) {
        summary->counts[marks[i]->result]++;
        tell_all(summary, marks[i]);
    }
    if (summary->causes.len)
        qsort(summary->causes.items, summary->causes.len, sizeof(summary->causes.items[0]), by_frequency);
}

enum outcome_result summary_result(const struct summary *summary)
{
    enum outcome_result result = OUTCOME_HOLDS;

    for (size_t i = 0; i < summary->len; i++)
        result = outcome_worse(result, summary->marks[i]->result);
    return result;
}

void summary_release(struct summary *summary)
{
    vec_release(&summary->causes);
    arena_release(&summary->arena);
}
