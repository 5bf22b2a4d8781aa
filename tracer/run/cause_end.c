/* run/cause_end.c: how a role ended, or did not, as the cause of a verdict. */
#include "run/cause.h"

#include "names/nametab.h"

#include <signal.h>
#include <string.h>

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

/* NULL: none, or a long trace of which it was not kept. */
static const struct event *last_call(const struct run *run, const struct role_verdict *role)
{
    uint64_t heard = run->heard ? run->heard[role - run->verdict.roles].last_seq : 0;
    const struct event *last = NULL;

    vec_each (struct event *, it, &run->trace.events)
        if ((*it)->kind == EVENT_CALL && !strcmp((*it)->role, role->role->name))
            last = *it;
    return last && (!heard || last->seq == heard) ? last : NULL;
}

static uint64_t last_seq(const struct run *run, const struct role_verdict *role)
{
    const struct event *last = last_call(run, role);

    if (run->heard && run->heard[role - run->verdict.roles].last_seq)
        return run->heard[role - run->verdict.roles].last_seq;
    return last ? last->seq : role->start_seq;
}

/* A program gives up where a call fails. */
static void tell_last_call(struct run *run, const struct role_verdict *role, struct cause *cause)
{
    const struct event *last = cause_ended_badly(role) && role->exited ? last_call(run, role) : NULL;

    if (!last || !last->err)
        return;
    cause->event = cause->at = last;
    cause->what = arena_printf(&run->arena, "%s: %s, and it %s", role->role->name,
                               cause_failed_text(last, &run->arena), ending_text(&run->arena, role));
}

struct ranked cause_of_ending(struct run *run, const struct role_verdict *role, bool is_all)
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
    if (is_all)
        tell_last_call(run, role, &ranked.cause);
    return ranked;
}

/* A role that waits in a call waits for another; one that does something else keeps the others waiting. */
struct ranked cause_of_timeout(struct run *run, const struct role_verdict *role)
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
    ranked.rank = (struct rank){RANK_OWN_DOING, last_seq(run, role)};
    ranked.cause.what = arena_printf(arena, "%s: was still running when its time was up", role->role->name);
    ranked.cause.why =
        "It was in no call of the network at that moment: it computed, slept, or waited for something else";
    ranked.cause.cure = "Look for a loop that does not end, or a sleep, behind its last call";
    return ranked;
}

bool cause_broke_off(const struct role_verdict *role, const struct align_row *row)
{
    const struct alignment *alignment = role->alignment;

    if (!row || row->op != ALIGN_MISSING)
        return false;
    for (const struct align_row *it = row; it < alignment->rows + alignment->nrows; it++)
        if (it->nevents && it->op != ALIGN_PASSED)
            return false;
    if (role->timed_out)
        return !role->blocked_in && !role->hung;
    return cause_ended_badly(role);
}

struct ranked cause_of_breaking_off(struct run *run, const struct role_verdict *role,
                                    const struct align_row *row)
{
    struct ranked ranked = role->timed_out ? cause_of_timeout(run, role) : cause_of_ending(run, role, false);
    const char *next = cause_step_name(run, row->step, &run->arena);

    if (!role->timed_out) {
        ranked.rank = (struct rank){RANK_OWN_DOING, last_seq(run, role)};
        ranked.cause.what = arena_printf(&run->arena, "%s: %s before %s", role->role->name,
                                         ending_text(&run->arena, role), next);
    } else {
        ranked.cause.what = arena_printf(&run->arena, "%s, before %s", ranked.cause.what, next);
    }
    if (!ranked.cause.at) {
        ranked.cause.at = cause_event_before(role, row);
        ranked.cause.is_behind = true;
    }
    ranked.cause.row = row;
    ranked.cause.span = row->step->span;
    ranked.cause.hint = row->step->hint;
    return ranked;
}

struct ranked cause_of_stdout(struct run *run, const struct role_verdict *role)
{
    struct ranked ranked = {.rank = {RANK_ENDED, 1}, .cause = {.role = role, .why = "", .cure = ""}};

    ranked.cause.span = role->role->stdout_span;
    ranked.cause.hint = role->role->stdout_hint;
    ranked.cause.what =
        arena_printf(&run->arena, "%s: printed something else than expected", role->role->name);
    return ranked;
}
