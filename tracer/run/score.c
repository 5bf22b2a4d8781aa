/* run/score.c: whose lines a difference is on. */
#include "run/score.h"

#include <string.h>

enum { NO_ITEM = SIZE_MAX };

/* The points of a role while they are looked at. */
struct item {
    const struct points *points;
    size_t nsteps, kept; /* its own lines; rows of these that hold */
    bool fails;
};

struct owned {
    const struct step *step;
    size_t item;
};

struct sheet {
    VEC(struct item) items;
    VEC(struct owned) owned;
};

static void own_step(struct sheet *sheet, const struct step *step, size_t item)
{
    vec_push(&sheet->owned, (struct owned){step, item});
    if (item != NO_ITEM)
        sheet->items.items[item].nsteps++;
}

/* `opener`: the line whose life the block is, or NULL. */
static void collect(struct sheet *sheet, const struct steps *steps, const struct step *opener, size_t item)
{
    const struct steps *block;

    if (steps->points) {
        item = sheet->items.len;
        vec_push(&sheet->items, (struct item){.points = steps->points});
    }
    for (size_t i = 0; opener && i < ARRAY_LEN(opener->scope.totals); i++)
        if (opener->scope.totals[i])
            own_step(sheet, opener->scope.totals[i], item);
    for (size_t i = 0; i < steps->len; i++) {
        const struct step *step = steps->items[i];

        own_step(sheet, step, item);
        for (size_t k = 0; (block = expect_block(step, k)); k++)
            collect(sheet, block, block == &step->life ? step : NULL, item);
    }
}

static size_t item_of_step(const struct sheet *sheet, const struct step *step)
{
    vec_each (const struct owned, owned, &sheet->owned)
        if (owned->step == step)
            return owned->item;
    return NO_ITEM;
}

/* An event without a line is a difference of the block that it happened in: that of other rows of its life.
 */
static size_t item_of_row(const struct sheet *sheet, const struct alignment *alignment,
                          const struct align_row *row)
{
    if (row->step)
        return item_of_step(sheet, row->step);
    for (size_t i = 0; row->sock && i < alignment->nrows; i++)
        if (alignment->rows[i].sock == row->sock && alignment->rows[i].step)
            return item_of_step(sheet, alignment->rows[i].step);
    return sheet->owned.len ? sheet->owned.items[0].item : NO_ITEM;
}

static void look_at_rows(struct sheet *sheet, const struct alignment *alignment)
{
    for (size_t i = 0; i < alignment->nrows; i++) {
        const struct align_row *row = &alignment->rows[i];
        size_t item = item_of_row(sheet, alignment, row);

        if (item == NO_ITEM)
            continue;
        sheet->items.items[item].kept += row->op == ALIGN_KEPT;
        sheet->items.items[item].fails |= row->op != ALIGN_KEPT && row->op != ALIGN_PASSED;
    }
    vec_each (struct item, item, &sheet->items)
        item->fails |= item->nsteps && !item->kept;
}

/* What is no matter of single lines. */
static bool fails_as_a_whole(const struct run *run, const struct role_verdict *role)
{
    if (role->exit_fails || role->stdout_fails || role->timed_out)
        return true;
    vec_each (const struct finding, finding, &run->findings.list)
        if (finding->confidence >= run->failing_confidence && finding->event &&
            !strcmp(finding->event->role, role->role->name))
            return true;
    return false;
}

struct scores {
    VEC(struct score) list;
};

static void add_score(struct scores *scores, const struct role_verdict *role, const struct item *item)
{
    vec_each (struct score, score, &scores->list) {
        if (score->points->span.from != item->points->span.from)
            continue;
        score->is_earned = score->is_earned && !item->fails;
        return;
    }
    vec_push(&scores->list, (struct score){role, item->points, !item->fails});
}

static void score_role(const struct run *run, const struct role_verdict *role, struct scores *scores)
{
    const struct steps *body = &role->role->body;
    struct sheet sheet = {0};

    collect(&sheet, body, NULL, NO_ITEM);
    if (role->alignment)
        look_at_rows(&sheet, role->alignment);
    if (body->points)
        sheet.items.items[0].fails |= fails_as_a_whole(run, role);
    vec_each (struct item, item, &sheet.items) {
        item->fails |= !role->started;
        add_score(scores, role, item);
    }
    vec_release(&sheet.items);
    vec_release(&sheet.owned);
}

void score(struct run *run)
{
    struct verdict *verdict = &run->verdict;
    struct scores scores = {0};

    for (size_t i = 0; i < verdict->nroles; i++)
        score_role(run, &verdict->roles[i], &scores);
    verdict->scores = (const struct score *)arena_memdup(&run->arena, scores.list.items,
                                                         scores.list.len * sizeof(struct score));
    verdict->nscores = scores.list.len;
    vec_release(&scores.list);
}

long score_possible(const struct expect *expect)
{
    struct scores scores = {0};
    long sum = 0;

    for (size_t i = 0; i < expect->nroles; i++) {
        struct sheet sheet = {0};

        collect(&sheet, &expect->roles[i]->body, NULL, NO_ITEM);
        vec_each (struct item, item, &sheet.items)
            add_score(&scores, NULL, item);
        vec_release(&sheet.items);
        vec_release(&sheet.owned);
    }
    vec_each (struct score, it, &scores.list)
        sum += it->points->n;
    vec_release(&scores.list);
    return sum;
}
