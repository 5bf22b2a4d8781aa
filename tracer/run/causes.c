/* run/causes.c: what went wrong first, and what follows from it. */
#include "run/causes.h"

#include "expect/line.h"
#include "names/nametab.h"
#include "run/kept.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

/*
 * How early a cause is: what a role did wrong itself comes before what it got, or did not get, from another,
 * before what kept it waiting, before how it ended; then by time.
 */
struct rank {
    enum { RANK_OWN_DOING, RANK_RECEIVING, RANK_LEFT_WAITING, RANK_ENDED } class;
    uint64_t seq;
};

struct ranked {
    struct rank rank;
    struct cause cause;
};

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

static bool ended_badly(const struct role_verdict *role)
{
    return !role->stopped && !role->timed_out && (role->killed || role->status != 0);
}

static bool is_taken_by_line(const struct align_row *row)
{
    return row->step && row->step->kind != STEP_ANY;
}

/*
 * The role gave up because its last call failed: an attempt at one of the lines that are missing, however
 * many of those before it another part of the pattern looks like.
 */
static const struct align_row *gave_up_in(const struct role_verdict *role)
{
    const struct alignment *alignment = role->alignment;

    for (size_t i = alignment->nrows; ended_badly(role) && i-- > 0;) {
        const struct align_row *row = &alignment->rows[i];
        const struct event *event = row->nevents ? row->events[row->nevents - 1] : NULL;

        if (!event || row->op == ALIGN_PASSED || event->canon == CANON_CLOSE || event->kind != EVENT_CALL)
            continue;
        return event->err && !is_taken_by_line(row) && missing_line(alignment, event->canon) ? row : NULL;
    }
    return NULL;
}

/*
 * The row that says best what the role did first: where a line is missing, that may be a call made in its
 * place that failed, or one of its kind that failed elsewhere, or never returned; where a call came too
 * early, one that failed for that.
 */
static const struct align_row *first_row(const struct role_verdict *role)
{
    const struct alignment *alignment = role->alignment;
    const struct align_row *first = alignment ? alignment->first : NULL, *failed;
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

/* When things went another way: at the row's event; a missing step's place is right behind what its role did
 * before. */
static uint64_t seq_of_row(const struct role_verdict *role, const struct align_row *row)
{
    for (; row >= role->alignment->rows; row--)
        if (row->nevents)
            return row->events[0]->seq;
    return role->start_seq;
}

/* What the role did right before the row. */
static const struct event *event_before(const struct role_verdict *role, const struct align_row *row)
{
    while (row-- > role->alignment->rows)
        if (row->nevents)
            return row->events[row->nevents - 1];
    return NULL;
}

static bool is_waiting(const struct role_verdict *role, const struct align_row *row)
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
            return !is_waiting(role, it);
    return false;
}

/* The other end has ended the connection: what fails for that reason is no fault of this one. */
static bool is_ended_by_other(const struct run *run, const struct event *event)
{
    const struct sock_life *life = model_sock(run->model, event->sock);

    return event->err == (event->canon == CANON_SHUTDOWN ? ENOTCONN : ECONNRESET) && life && life->peer;
}

/* What was received is another's doing; not so a receive too many, one left out, one on what is no
 * connection. */
static bool is_others_doing(const struct run *run, const struct role_verdict *role,
                            const struct align_row *row)
{
    if (row->nevents && is_ended_by_other(run, row->events[row->nevents - 1]))
        return true;
    if (!canon_is_recv(row->step ? row->step->canon : row->events[0]->canon) || row->op == ALIGN_EXTRA)
        return false;
    if (!row->nevents)
        return !went_on(role, row);
    switch (row->events[row->nevents - 1]->err) {
    case EBADF:
    case EFAULT:
    case EINVAL:
    case ENOTCONN:
    case ENOTSOCK: return false;
    default: return true;
    }
}

static struct rank rank_of_row(const struct run *run, const struct role_verdict *role,
                               const struct align_row *row)
{
    struct rank rank = {RANK_OWN_DOING, seq_of_row(role, row)};

    if (is_waiting(role, row))
        rank.class = RANK_LEFT_WAITING;
    else if (is_others_doing(run, role, row))
        rank.class = RANK_RECEIVING;
    return rank;
}

static const char *step_name(const struct run *run, const struct step *step, struct arena *arena)
{
    return step->name ? step->name : expect_step_text(run->verdict.expect, step, arena);
}

/* "accept failed with EMFILE" */
static const char *failed_text(const struct event *event, struct arena *arena)
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
    bool waits = is_waiting(role, row);

    switch (row->op) {
    case ALIGN_MISSING: return arena_printf(arena, "%s is missing", step_name(run, row->step, arena));
    case ALIGN_MOVED: return arena_printf(arena, "%s comes at another place", call);
    case ALIGN_EXTRA:
        if (waits)
            return arena_printf(arena, "%s never returned, and was not expected", call);
        if (event->err)
            return arena_printf(arena, "%s, and was not expected", failed_text(event, arena));
        return arena_printf(arena, "%s was not expected", call);
    case ALIGN_CHANGED:
        if (waits)
            return arena_printf(arena, "%s never returned", call);
        return arena_printf(arena, "%s: %s is %s, expected %s", call, row->what, row->seen, row->expected);
    case ALIGN_PASSED:
    case ALIGN_KEPT: break;
    }
    return waits ? arena_printf(arena, "%s never returned", call) : failed_text(event, arena);
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

static struct ranked cause_of_row(struct run *run, const struct role_verdict *role,
                                  const struct align_row *row)
{
    struct advice advice = advice_for(row, role->alignment, &run->arena);
    const struct step *step;
    struct ranked ranked = {
        .rank = rank_of_row(run, role, row),
        .cause = {.role = role, .row = row, .why = advice.cause, .cure = advice.cure},
    };

    ranked.cause.what = arena_printf(&run->arena, "%s: %s", role->role->name, what_of_row(run, role, row));
    ranked.cause.event = row->nevents ? row->events[0] : NULL;
    step = line_of(run, role, row);
    ranked.cause.is_behind = !row->nevents;
    ranked.cause.at = row->nevents ? row->events[0] : event_before(role, row);
    if (step) {
        ranked.cause.span = step->span;
        ranked.cause.hint = step->hint;
    }
    return ranked;
}

/* What the row that never returned waits for: the end of a connection that was closed, but not everywhere. It
 * shows where the row is. */
static struct ranked cause_of_keeping(struct run *run, struct ranked waiting, const struct event *closed)
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

static const char *ending_text(struct arena *arena, const struct role_verdict *role)
{
    const char *name = role->killed ? nametab_name(&nametab_signal, (uint64_t)role->status) : NULL;

    if (role->killed)
        return arena_printf(arena, "was killed by %s",
                            name ? name : arena_printf(arena, "signal %d", role->status));
    if (role->exited)
        return arena_printf(arena, "exited with %d", role->status);
    return "did not end";
}

/* The last signal of that number which the role got, or NULL. */
static const struct event *last_signal(const struct run *run, const struct role_verdict *role, int number)
{
    const struct event *last = NULL;
    int64_t n;

    vec_each (struct event *, it, &run->trace.events) {
        const struct value *signo = (*it)->kind == EVENT_SIGNAL ? event_arg(*it, "signo") : NULL;

        if (signo && value_number(signo, &n) && n == number && !strcmp((*it)->role, role->role->name))
            last = *it;
    }
    return last;
}

static struct ranked cause_of_ending(struct run *run, const struct role_verdict *role)
{
    const struct role *wanted = role->role;
    struct arena *arena = &run->arena;
    const char *signal = nametab_name(&nametab_signal, wanted->killed_by);
    struct ranked ranked = {.rank = {RANK_ENDED, 0}, .cause = {.role = role}};

    ranked.cause.at = role->killed ? last_signal(run, role, role->status) : NULL;
    ranked.cause.why = role->killed ? "A signal ended the program where it did not expect one"
                                    : "An exit status tells whether all went well: 0 says that it did";
    ranked.cause.cure = role->killed ? "Run it in a debugger: it stops at the line where the signal comes"
                                     : "See what the program printed, and where it returns or calls exit";
    if (wanted->has_exit) {
        ranked.cause.span = wanted->exit_span;
        ranked.cause.hint = wanted->exit_hint;
        ranked.cause.what = arena_printf(arena, "%s: %s, expected exit %d", wanted->name,
                                         ending_text(arena, role), wanted->exit_status);
    } else if (wanted->has_killed) {
        ranked.cause.span = wanted->killed_span;
        ranked.cause.hint = wanted->killed_hint;
        ranked.cause.what = arena_printf(arena, "%s: %s, expected killed by %s", wanted->name,
                                         ending_text(arena, role), signal ? signal : "a signal");
    } else {
        ranked.cause.what = arena_printf(arena, "%s: %s", wanted->name, ending_text(arena, role));
    }
    return ranked;
}

static uint64_t last_call(const struct run *run, const struct role_verdict *role)
{
    uint64_t seq = role->start_seq;

    /* The trace may be an excerpt. */
    if (run->heard && run->heard[role - run->verdict.roles].last_seq)
        return run->heard[role - run->verdict.roles].last_seq;
    vec_each (struct event *, it, &run->trace.events)
        if ((*it)->kind == EVENT_CALL && !strcmp((*it)->role, role->role->name))
            seq = (*it)->seq;
    return seq;
}

/* A role that waits in a call waits for another; one that does something else keeps the others waiting. */
static struct ranked cause_of_timeout(struct run *run, const struct role_verdict *role)
{
    struct arena *arena = &run->arena;
    const char *in = role->blocked_in ? canon_name(role->blocked_in->canon) : NULL;
    struct ranked ranked = {.rank = {RANK_LEFT_WAITING, UINT64_MAX}, .cause = {.role = role, .cure = ""}};

    ranked.cause.event = ranked.cause.at = role->blocked_in;
    if (in) {
        ranked.cause.what =
            arena_printf(arena, "%s: was still in %s when its time was up", role->role->name, in);
        ranked.cause.why = arena_printf(arena, "Nothing came that would have let %s return", in);
        return ranked;
    }
    /* The runner ends it with SIGTERM, wherever it is. */
    ranked.cause.at = last_signal(run, role, SIGTERM);
    ranked.rank = (struct rank){RANK_OWN_DOING, last_call(run, role)};
    ranked.cause.what = arena_printf(arena, "%s: was still running when its time was up", role->role->name);
    ranked.cause.why =
        "It was in no call of the network at that moment: it computed, slept, or waited for something else";
    ranked.cause.cure = "Look for a loop that does not end, or a sleep, behind its last call";
    return ranked;
}

/*
 * Did the role come to its end, or stay busy with something else, before what is missing from `row` on? One
 * that ended and said that all went well left it out.
 */
static bool broke_off(const struct role_verdict *role, const struct align_row *row)
{
    const struct alignment *alignment = role->alignment;

    if (!row || row->op != ALIGN_MISSING)
        return false;
    for (const struct align_row *it = row; it < alignment->rows + alignment->nrows; it++)
        if (it->nevents && it->op != ALIGN_PASSED)
            return false;
    if (role->timed_out)
        return !role->blocked_in;
    return ended_badly(role);
}

static struct ranked cause_of_breaking_off(struct run *run, const struct role_verdict *role,
                                           const struct align_row *row)
{
    struct ranked ranked = role->timed_out ? cause_of_timeout(run, role) : cause_of_ending(run, role);
    const char *next = step_name(run, row->step, &run->arena);

    if (!role->timed_out) {
        ranked.rank = (struct rank){RANK_OWN_DOING, last_call(run, role)};
        ranked.cause.what = arena_printf(&run->arena, "%s: %s before %s", role->role->name,
                                         ending_text(&run->arena, role), next);
    } else {
        ranked.cause.what = arena_printf(&run->arena, "%s, before %s", ranked.cause.what, next);
    }
    if (!ranked.cause.at) {
        ranked.cause.at = event_before(role, row);
        ranked.cause.is_behind = true;
    }
    ranked.cause.row = row;
    ranked.cause.span = row->step->span;
    ranked.cause.hint = row->step->hint;
    return ranked;
}

static struct ranked cause_of_stdout(struct run *run, const struct role_verdict *role)
{
    struct ranked ranked = {.rank = {RANK_ENDED, 1}, .cause = {.role = role, .why = "", .cure = ""}};

    ranked.cause.span = role->role->stdout_span;
    ranked.cause.hint = role->role->stdout_hint;
    ranked.cause.what =
        arena_printf(&run->arena, "%s: printed something else than expected", role->role->name);
    return ranked;
}

static struct ranked cause_of_finding(const struct finding *finding)
{
    return (struct ranked){
        .rank = {RANK_ENDED, finding->event ? finding->event->seq : 0},
        .cause = {.what = finding->title,
                  .nudge = finding->nudge,
                  .why = finding->why,
                  .cure = finding->cure,
                  .event = finding->event,
                  .at = finding->event},
    };
}

static bool is_before(struct rank a, struct rank b)
{
    return a.class != b.class ? a.class < b.class : a.seq < b.seq;
}

struct causes {
    VEC(struct ranked) list;
};

/* Kept sorted; equal ranks stay in the order of the roles. */
static void add_cause(struct causes *causes, struct ranked ranked)
{
    size_t i;

    vec_push(&causes->list, ranked);
    for (i = causes->list.len - 1; i > 0 && is_before(ranked.rank, causes->list.items[i - 1].rank); i--)
        causes->list.items[i] = causes->list.items[i - 1];
    causes->list.items[i] = ranked;
}

static void add_row(struct run *run, const struct role_verdict *role, const struct align_row *row,
                    struct causes *causes)
{
    struct ranked ranked = cause_of_row(run, role, row);
    const struct event *closed = NULL;

    if (is_waiting(role, row))
        closed = kept_by(&run->trace, run->model, row->events[row->nevents - 1]);
    if (closed)
        add_cause(causes, cause_of_keeping(run, ranked, closed));
    add_cause(causes, ranked);
}

static void role_causes(struct run *run, const struct role_verdict *role, struct causes *causes)
{
    const struct align_row *row = first_row(role);
    bool is_told = broke_off(role, row);

    if (!role->started)
        return;
    if (is_told)
        add_cause(causes, cause_of_breaking_off(run, role, row));
    else if (row)
        add_row(run, role, row, causes);
    /* Where the row that never returned is told already, that its time was up adds nothing. */
    if (role->timed_out && !is_told && !(row && is_waiting(role, row)))
        add_cause(causes, cause_of_timeout(run, role));
    if (role->exit_fails && !role->timed_out && !is_told)
        add_cause(causes, cause_of_ending(run, role));
    if (role->stdout_fails)
        add_cause(causes, cause_of_stdout(run, role));
}

void causes_collect(struct run *run)
{
    struct verdict *verdict = &run->verdict;
    struct causes causes = {0};
    struct cause *list;

    for (size_t i = 0; i < verdict->nroles; i++)
        role_causes(run, &verdict->roles[i], &causes);
    vec_each (struct finding, finding, &run->findings.list)
        if (finding->confidence >= run->failing_confidence && !causes.list.len)
            add_cause(&causes, cause_of_finding(finding));
    list = ARENA_ARRAY(&run->arena, struct cause, causes.list.len + 1);
    for (size_t i = 0; i < causes.list.len; i++)
        list[i] = causes.list.items[i].cause;
    verdict->causes = list;
    verdict->ncauses = causes.list.len;
    vec_release(&causes.list);
}
