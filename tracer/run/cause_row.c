/* run/cause_row.c: what a role's calls say of where it went wrong. */
#include "run/cause.h"

#include "expect/line.h"
#include "names/nametab.h"

#include <errno.h>
#include <string.h>

/* A call came too early, and one on its socket that was to come before it failed: its error says why. */
static const struct align_row *failed_behind(const struct alignment *alignment, const struct align_row *moved)
{
    for (const struct align_row *row = moved + 1; row < alignment->rows + alignment->nrows; row++)
        if (row->nevents && row->op != ALIGN_PASSED && row->op != ALIGN_KEPT &&
            row->events[0]->sock == moved->events[0]->sock)
            return row->op == ALIGN_CHANGED && row->events[0]->err ? row : NULL;
    return NULL;
}

/* The first line that no call of this kind was made for, or NULL. */
static const struct step *missing_line(const struct alignment *alignment, enum canon canon)
{
    for (size_t i = 0; alignment && i < alignment->nrows; i++)
        if (alignment->rows[i].op == ALIGN_MISSING && alignment->rows[i].step->canon == canon)
            return alignment->rows[i].step;
    return NULL;
}

bool cause_ended_badly(const struct role_verdict *role)
{
    return !role->stopped && !role->timed_out && (role->killed || role->status != 0);
}

static bool is_taken_by_line(const struct align_row *row)
{
    return row->step && row->step->kind != STEP_ANY;
}

/*
 * The role gave up because its last call failed: an attempt at one of the lines that are missing, however
 * many of those before it another part of the pattern looks like. What fails on a closed descriptor is none.
 */
static const struct align_row *gave_up_in(const struct role_verdict *role)
{
    const struct alignment *alignment = role->alignment;

    for (size_t i = alignment->nrows; cause_ended_badly(role) && i-- > 0;) {
        const struct align_row *row = &alignment->rows[i];
        const struct event *event = row->nevents ? row->events[row->nevents - 1] : NULL;

        if (!event || row->op == ALIGN_PASSED || event->canon == CANON_CLOSE || event->kind != EVENT_CALL)
            continue;
        return event->err && event->err != EBADF && !is_taken_by_line(row) &&
                       missing_line(alignment, event->canon)
                   ? row
                   : NULL;
    }
    return NULL;
}

/*
 * The row that says best what the role did first: where a line is missing, that may be a call made in its
 * place that failed, or one of its kind that failed elsewhere, or never returned; where a call came too
 * early, one that failed for that.
 */
static const struct align_row *best_of(const struct role_verdict *role, const struct align_row *first)
{
    const struct alignment *alignment = role->alignment;
    const struct align_row *failed;
    bool is_next = true;

    if (!first || (first->op != ALIGN_MISSING && first->op != ALIGN_MOVED))
        return first;
    if (first->op == ALIGN_MOVED) {
        failed = failed_behind(alignment, first);
        return failed ? failed : first;
    }
    for (const struct align_row *row = first + 1; row < alignment->rows + alignment->nrows; row++) {
        const struct event *event = row->nevents ? row->events[0] : NULL;
        bool same = event && event->canon == first->step->canon;

        if (row->op == ALIGN_EXTRA && event->err && (same || is_next))
            return row;
        if (row->op == ALIGN_PASSED && is_next && same && (event->err || event->unfinished))
            return row;
        is_next = is_next && (!event || row->op == ALIGN_PASSED);
    }
    failed = gave_up_in(role);
    return failed ? failed : first;
}

/* When things went another way: at the row's event, where data differs at its last piece; a missing step's
 * place is right behind what its role did before. */
static uint64_t seq_of_row(const struct role_verdict *role, const struct align_row *row)
{
    const struct event *before;

    if (row->nevents)
        return row->events[row->op == ALIGN_CHANGED && !strcmp(row->what, "data") ? row->nevents - 1 : 0]
            ->seq;
    before = cause_event_before(role, row);
    return before ? before->seq : role->start_seq;
}

const struct event *cause_event_before(const struct role_verdict *role, const struct align_row *row)
{
    while (row-- > role->alignment->rows)
        if (row->nevents)
            return row->events[row->nevents - 1];
    return NULL;
}

bool cause_is_waiting(const struct role_verdict *role, const struct align_row *row)
{
    const struct event *last = row->nevents ? row->events[row->nevents - 1] : NULL;

    return last && (last->unfinished || last == role->blocked_in);
}

/* Did the role go on with its socket behind a missing line, or was that where it came to? */
static bool went_on(const struct role_verdict *role, const struct align_row *row)
{
    const struct alignment *alignment = role->alignment;

    for (const struct align_row *it = row + 1; it < alignment->rows + alignment->nrows; it++)
        if (it->sock == row->sock && it->nevents && it->op != ALIGN_PASSED)
            return !cause_is_waiting(role, it);
    return false;
}

/* The other end has ended the connection: what fails for that reason is no fault of this one. */
static bool is_ended_by_other(const struct run *run, const struct event *event)
{
    const struct sock_life *life = model_sock(run->model, event->sock);

    return event->err == (event->canon == CANON_SHUTDOWN ? ENOTCONN : ECONNRESET) && life && life->peer;
}

/* What was received is another's doing, the more so bytes too many; not so a receive that found none, one
 * left out, one that asked for another thing, one on what is no connection. */
static bool is_others_doing(const struct run *run, const struct role_verdict *role,
                            const struct align_row *row)
{
    if (row->nevents && is_ended_by_other(run, row->events[row->nevents - 1]))
        return true;
    if (!canon_is_recv(row->step ? row->step->canon : row->events[0]->canon))
        return false;
    if (row->op == ALIGN_EXTRA)
        return !row->events[0]->err && row->events[0]->result > 0;
    if (!row->nevents)
        return !went_on(role, row);
    if (row->op == ALIGN_CHANGED && (!strcmp(row->what, "flags") || !strcmp(row->what, "socket")))
        return false;
    switch (row->events[row->nevents - 1]->err) {
    case EBADF:
    case EFAULT:
    case EINVAL:
    case ENOTCONN:
    case ENOTSOCK: return false;
    default: return true;
    }
}

struct rank cause_rank_of_row(const struct run *run, const struct role_verdict *role,
                              const struct align_row *row)
{
    struct rank rank = {RANK_OWN_DOING, seq_of_row(role, row)};

    if (cause_is_waiting(role, row))
        rank.class = RANK_LEFT_WAITING;
    else if (is_others_doing(run, role, row))
        rank.class = RANK_RECEIVING;
    return rank;
}

static bool is_difference(const struct align_row *row)
{
    return row->op != ALIGN_KEPT && row->op != ALIGN_PASSED;
}

static bool is_first_of_socket(const struct alignment *alignment, const struct align_row *row)
{
    for (const struct align_row *it = alignment->first; it < row; it++)
        if (it->sock == row->sock && is_difference(it))
            return false;
    return true;
}

/* The alignment begins with what another kept the role from; on another of its sockets it may have done
 * something wrong itself. NULL: it has not. */
static const struct align_row *own_doing(const struct run *run, const struct role_verdict *role)
{
    const struct alignment *alignment = role->alignment;
    const struct align_row *found = NULL;

    for (const struct align_row *it = alignment->first; it < alignment->rows + alignment->nrows; it++)
        if (it->sock && is_difference(it) && is_first_of_socket(alignment, it) &&
            cause_rank_of_row(run, role, it).class == RANK_OWN_DOING &&
            (!found || seq_of_row(role, it) < seq_of_row(role, found)))
            found = it;
    return found;
}

const struct align_row *cause_first_row(const struct run *run, const struct role_verdict *role)
{
    const struct align_row *first = role->alignment ? best_of(role, role->alignment->first) : NULL,
                           *own = NULL;

    if (first && cause_rank_of_row(run, role, first).class != RANK_OWN_DOING)
        own = own_doing(run, role);
    return own ? own : first;
}

const char *cause_step_name(const struct run *run, const struct step *step, struct arena *arena)
{
    return step->name ? step->name : expect_step_text(run->verdict.expect, step, arena);
}

const char *cause_failed_text(const struct event *event, struct arena *arena)
{
    const char *call = canon_name(event->canon), *name = nametab_name(&nametab_errno, (uint64_t)event->err);

    return name ? arena_printf(arena, "%s failed with %s", call, name)
                : arena_printf(arena, "%s failed with errno %d", call, event->err);
}

static const char *what_of_row(struct run *run, const struct role_verdict *role, const struct align_row *row)
{
    struct arena *arena = &run->arena;
    const struct event *event = row->nevents ? row->events[0] : NULL;
    const char *call = event ? canon_name(event->canon) : "";
    bool waits = cause_is_waiting(role, row);

    switch (row->op) {
    case ALIGN_MISSING: return arena_printf(arena, "%s is missing", cause_step_name(run, row->step, arena));
    case ALIGN_MOVED: return arena_printf(arena, "%s comes at another place", call);
    case ALIGN_EXTRA:
        if (waits)
            return arena_printf(arena, "%s never returned, and was not expected", call);
        if (event->err)
            return arena_printf(arena, "%s, and was not expected", cause_failed_text(event, arena));
        return arena_printf(arena, "%s was not expected", call);
    case ALIGN_CHANGED:
        if (waits)
            return arena_printf(arena, "%s never returned", call);
        return arena_printf(arena, "%s: %s is %s, expected %s", call, row->what, row->seen, row->expected);
    case ALIGN_PASSED:
    case ALIGN_KEPT: break;
    }
    return waits ? arena_printf(arena, "%s never returned", call) : cause_failed_text(event, arena);
}

static const struct step *forbidding_line(struct run *run, struct steps steps, const struct event *event);

/* The line that says that the event, which nobody expected, must not be: of this step, or of a block inside.
 */
static const struct step *forbidding_step(struct run *run, const struct step *step, const struct event *event)
{
    size_t nslots = run->verdict.expect->nslots;
    struct names any = {.slots = ARENA_ARRAY(&run->arena, struct bound, nslots),
                        .len = nslots,
                        .arena = &run->arena,
                        .fixed = true};
    const struct step *found = NULL;
    const struct steps *block;

    if (step->kind == STEP_NEVER)
        return line_fits(&any, step->body.items[0], event) ? step->body.items[0] : NULL;
    for (size_t i = 0; !found && (block = expect_block(step, i)); i++)
        found = forbidding_line(run, *block, event);
    return found;
}

static const struct step *forbidding_line(struct run *run, struct steps steps, const struct event *event)
{
    const struct step *found = NULL;

    for (size_t i = 0; !found && i < steps.len; i++)
        found = forbidding_step(run, steps.items[i], event);
    return found;
}

/* The line that the row is about; of what no line took, the one that says that it must not be, or that it may
 * have been meant for. */
static const struct step *line_of(struct run *run, const struct role_verdict *role,
                                  const struct align_row *row)
{
    const struct step *step = is_taken_by_line(row) ? row->step : NULL;
    const struct event *event = row->nevents ? row->events[0] : NULL;

    if (!step && event)
        step = forbidding_line(run, role->role->body, event);
    if (!step && event && event->err)
        step = missing_line(role->alignment, event->canon);
    return step;
}

struct ranked cause_of_row(struct run *run, const struct role_verdict *role, const struct align_row *row)
{
    struct advice advice = advice_for(row, role->alignment, &run->arena);
    const struct step *step;
    struct ranked ranked = {
        .rank = cause_rank_of_row(run, role, row),
        .cause = {.role = role, .row = row, .why = advice.cause, .cure = advice.cure},
    };

    ranked.cause.what = arena_printf(&run->arena, "%s: %s", role->role->name, what_of_row(run, role, row));
    ranked.cause.event = row->nevents ? row->events[0] : NULL;
    step = line_of(run, role, row);
    ranked.cause.is_behind = !row->nevents;
    ranked.cause.at = row->nevents ? row->events[0] : cause_event_before(role, row);
    if (step) {
        ranked.cause.span = step->span;
        ranked.cause.hint = step->hint;
    }
    return ranked;
}

struct ranked cause_of_keeping(struct run *run, struct ranked waiting, const struct event *closed)
{
    waiting.rank = (struct rank){RANK_OWN_DOING, closed->seq};
    waiting.cause.event = waiting.cause.at = closed;
    waiting.cause.is_behind = false;
    waiting.cause.what = arena_printf(
        &run->arena, "%s: close left the connection open: another descriptor of it is not closed",
        closed->role);
    waiting.cause.why = "A connection ends when the last descriptor of it is closed; after a fork parent and "
                        "child have one each";
    waiting.cause.cure = "Close it in the parent right behind fork, as the child closes it when it is done";
    return waiting;
}
