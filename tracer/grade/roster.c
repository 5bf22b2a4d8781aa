/* grade/roster.c: counts over a class. */
#include "grade/roster.h"

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

static size_t find(struct roster *roster, const char *rule, const char *what)
{
    for (size_t i = 0; i < roster->causes.len; i++)
        if (!strcmp(roster->causes.items[i].rule, rule) && !strcmp(roster->causes.items[i].what, what))
            return i;
    vec_push(&roster->causes, (struct roster_cause){arena_strdup(&roster->arena, rule), what, 0});
    return roster->causes.len - 1;
}

static void tell(struct roster *roster, struct told *told, const struct outcome_cause *cause)
{
    struct buf rule = {0};
    size_t at;

    outcome_add_rule(&rule, cause);
    at = find(roster, buf_str(&rule), cause->code && cause->title ? cause->title : cause->what);
    buf_release(&rule);
    vec_each (size_t, it, &told->causes)
        if (*it == at)
            return;
    vec_push(&told->causes, at);
    roster->causes.items[at].students++;
}

/* Of the causes that no rule tells of only the first: the others follow from it. Style is no mistake, and
 * what could not be tested says nothing. */
static void tell_all(struct roster *roster, const struct mark *mark)
{
    struct told told = {0};

    for (size_t i = 0; i < mark->nparts; i++) {
        const struct outcome *outcome = mark->parts[i].outcome;

        for (size_t c = 0; outcome_is_verdict(outcome->result) && c < outcome->ncauses; c++) {
            const struct outcome_cause *cause = &outcome->causes[c];

            if (cause->code ? outcome_level(outcome, c) != OUTCOME_NOTE : c == 0 && cause->fails)
                tell(roster, &told, cause);
        }
    }
    vec_release(&told.causes);
}

static int by_frequency(const void *left, const void *right)
{
    const struct roster_cause *a = left, *b = right;
    int order = (a->students < b->students) - (a->students > b->students);

    if (!order)
        order = strcmp(a->rule, b->rule);
    return order ? order : strcmp(a->what, b->what);
}

void roster_make(struct roster *roster, const struct mark *const *marks, size_t len, bool is_complete)
{
    *roster = (struct roster){.marks = marks, .len = len, .is_complete = is_complete};
    for (size_t i = 0; i < len; i++) {
        roster->counts[marks[i]->result]++;
        tell_all(roster, marks[i]);
    }
    if (roster->causes.len)
        qsort(roster->causes.items, roster->causes.len, sizeof(roster->causes.items[0]), by_frequency);
}

enum outcome_result roster_result(const struct roster *roster)
{
    enum outcome_result result = OUTCOME_HOLDS;

    for (size_t i = 0; i < roster->len; i++)
        result = outcome_worse(result, roster->marks[i]->result);
    return result;
}

void roster_release(struct roster *roster)
{
    vec_release(&roster->causes);
    arena_release(&roster->arena);
}
