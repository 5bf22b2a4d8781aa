/* run/causes.c: what went wrong first, and what follows from it. */
#include "run/causes.h"

#include "run/cause.h"
#include "run/kept.h"

#include <string.h>

static bool is_before(const struct ranked *a, const struct ranked *b)
{
    if (a->rank.class != b->rank.class)
        return a->rank.class < b->rank.class;
    if (a->rank.seq != b->rank.seq)
        return a->rank.seq < b->rank.seq;
    return !a->cause.is_behind && b->cause.is_behind;
}

struct causes {
    VEC(struct ranked) list;
};

/* Kept sorted; equal ranks stay in the order of the roles. */
static void add_cause(struct causes *causes, struct ranked ranked)
{
    size_t i;

    vec_push(&causes->list, ranked);
    for (i = causes->list.len - 1; i > 0 && is_before(&ranked, &causes->list.items[i - 1]); i--)
        causes->list.items[i] = causes->list.items[i - 1];
    causes->list.items[i] = ranked;
}

static void add_row(struct run *run, const struct role_verdict *role, const struct align_row *row,
                    struct causes *causes)
{
    struct ranked ranked = cause_of_row(run, role, row);
    const struct event *closed = NULL;

    if (cause_is_waiting(role, row))
        closed = kept_by(&run->trace, run->model, row->events[row->nevents - 1]);
    if (closed)
        add_cause(causes, cause_of_keeping(run, ranked, closed));
    add_cause(causes, ranked);
}

static void role_causes(struct run *run, const struct role_verdict *role, struct causes *causes)
{
    const struct align_row *row = cause_first_row(run, role);
    bool is_told = cause_broke_off(role, row);

    if (!role->started)
        return;
    if (is_told)
        add_cause(causes, cause_of_breaking_off(run, role, row));
    else if (row)
        add_row(run, role, row, causes);
    /* Where the row that never returned is told already, that its time was up adds nothing. */
    if (cause_is_of_hang(run, role))
        add_cause(causes, cause_of_hang(run, role));
    else if (role->timed_out && !role->hung && !is_told && !(row && cause_is_waiting(role, row)))
        add_cause(causes, cause_of_timeout(run, role));
    if (role->exit_fails && !role->timed_out && !is_told)
        add_cause(causes, cause_of_ending(run, role, !row));
    if (role->stdout_fails)
        add_cause(causes, cause_of_stdout(run, role));
}

static const struct role_verdict *role_of(const struct run *run, const char *name)
{
    for (size_t i = 0; i < run->verdict.nroles; i++)
        if (!strcmp(run->verdict.roles[i].role->name, name))
            return &run->verdict.roles[i];
    return NULL;
}

/* Do cause and finding tell of one mistake: at the same event, or the one with what a role was to do, the
 * other with why it hangs instead? */
static bool is_same(const struct cause *cause, const struct finding *finding)
{
    const struct event *event = finding->event;

    if (!event || cause->finding)
        return false;
    return cause->event == event ||
           (cause->row && cause->role && cause->row->op == ALIGN_MISSING && cause->role->blocked_in == event);
}

/* A rule that is sure knows more of its mistake than the row of an alignment tells. */
static void explain_by(struct cause *cause, const struct finding *finding)
{
    cause->finding = finding;
    if (cause->why && finding->confidence < FINDING_PROVED)
        return;
    cause->nudge = finding->nudge;
    cause->why = finding->why;
    cause->cure = finding->cure;
}

static struct ranked cause_of_finding(struct run *run, const struct finding *finding)
{
    const struct event *event = finding->event;
    struct ranked ranked = {
        .rank = {RANK_OWN_DOING, event ? event->seq : UINT64_MAX},
        .cause = {.what = finding->title, .event = event, .at = event, .is_finding = true},
    };

    if (event && event->role[0]) {
        ranked.cause.role = role_of(run, event->role);
        ranked.cause.what = event->kind == EVENT_CALL
                                ? arena_printf(&run->arena, "%s: %s: %s", event->role,
                                               canon_name(event->canon), finding->title)
                                : arena_printf(&run->arena, "%s: %s", event->role, finding->title);
    }
    explain_by(&ranked.cause, finding);
    return ranked;
}

/* Its own cause, or what a cause comes of that is told already. */
static void add_finding(struct run *run, const struct finding *finding, struct causes *causes)
{
    for (size_t i = 0; i < causes->list.len; i++)
        if (is_same(&causes->list.items[i].cause, finding)) {
            explain_by(&causes->list.items[i].cause, finding);
            return;
        }
    if (finding->confidence >= run->failing_confidence && !(causes->list.len && finding->is_effect))
        add_cause(causes, cause_of_finding(run, finding));
}

void causes_collect(struct run *run)
{
    struct verdict *verdict = &run->verdict;
    struct causes causes = {0};
    struct cause *list;

    for (size_t i = 0; i < verdict->nroles; i++)
        role_causes(run, &verdict->roles[i], &causes);
    vec_each (struct finding, finding, &run->findings.list)
        if (finding->confidence > FINDING_STYLE || finding->confidence >= run->failing_confidence)
            add_finding(run, finding, &causes);
    list = ARENA_ARRAY(&run->arena, struct cause, causes.list.len + 1);
    for (size_t i = 0; i < causes.list.len; i++)
        list[i] = causes.list.items[i].cause;
    verdict->causes = list;
    verdict->ncauses = causes.list.len;
    vec_release(&causes.list);
}
