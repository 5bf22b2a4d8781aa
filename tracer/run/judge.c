/* run/judge.c: which roles hold, and what the whole run came to. */
#include "run/judge.h"

#include "expect/linear.h"
#include "expect/match.h"
#include "run/causes.h"
#include "run/score.h"
#include "run/sources.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

/* ---- what happened to a role ---- */

static int number_of(const struct event *event, const char *name, int absent)
{
    const struct value *value = event_arg(event, name);
    int64_t n;

    return value && value_number(value, &n) ? (int)n : absent;
}

static void note_exit(struct role_verdict *role, const struct event *event)
{
    int sig = number_of(event, "signal", 0);

    if (number_of(event, "last", 0) != 1)
        return;
    role->exited = !sig;
    role->killed = sig != 0;
    role->status = sig ? sig : number_of(event, "status", 0);
}

bool judge_is_timeout(const struct event *event, struct arena *arena)
{
    return event->kind == EVENT_ROLE && (!strcmp(event_text(event, "what", arena), "timeout") ||
                                         !strcmp(event_text(event, "what", arena), "hung"));
}

static void note_runner(struct run *run, struct role_verdict *role, const struct event *event)
{
    const char *what = event_text(event, "what", &run->arena);
    const struct value *text = event_arg(event, "text");

    if (judge_is_timeout(event, &run->arena))
        role->timed_out = true;
    if (!strcmp(what, "hung"))
        role->hung = true;
    else if (!strcmp(what, "stopped"))
        role->stopped = true;
    else if (!text || text->kind != VALUE_BYTES)
        return;
    else if (!strcmp(what, "stdout")) {
        role->stdout_text = (const char *)text->bytes.ptr;
        role->stdout_len = text->bytes.len;
    } else if (!strcmp(what, "stderr")) {
        role->stderr_text = (const char *)text->bytes.ptr;
        role->stderr_len = text->bytes.len;
    }
}

/* When the time of some role was up, the first of them. From then on calls return because the runner ends
 * others. */
static uint64_t first_timeout_ns(struct run *run)
{
    vec_each (struct event *, it, &run->trace.events)
        if (judge_is_timeout(*it, &run->arena))
            return (*it)->start_ns;
    return UINT64_MAX;
}

/* Where the call has a time limit of its own, it is the signal that ends it. */
bool judge_is_cut_off(const struct event *event, bool timed_out, uint64_t up_ns)
{
    return event->unfinished || (timed_out && event->err == EINTR) ||
           (event->start_ns < up_ns && event->end_ns > up_ns);
}

static void gather(struct run *run, struct role_verdict *role)
{
    uint64_t up_ns = first_timeout_ns(run);
    int pid = 0;

    role->stdout_text = role->stderr_text = "";
    vec_each (struct event *, it, &run->trace.events) {
        const struct event *event = *it;

        if (strcmp(event->role, role->role->name) != 0)
            continue;
        role->ncalls += event->kind == EVENT_CALL;
        if (event->kind == EVENT_START && !role->started) {
            role->started = true;
            role->start_seq = event->seq;
            pid = event->pid;
        } else if (event->kind == EVENT_EXIT && event->pid == pid) {
            note_exit(role, event);
        } else if (event->kind == EVENT_ROLE) {
            note_runner(run, role, event);
        } else if (event->kind == EVENT_CALL && judge_is_cut_off(event, role->timed_out, up_ns)) {
            role->blocked_in = event;
        }
    }
}

/* ---- directives ---- */

static bool exit_holds(const struct role_verdict *verdict)
{
    const struct role *role = verdict->role;

    if (role->has_exit)
        return verdict->exited && verdict->status == role->exit_status;
    if (role->has_killed)
        return verdict->killed && verdict->status == (int)role->killed_by;
    /* Nobody asked how it ends; but a crash is never right, and the runner's own signal is no crash. */
    return !verdict->killed || verdict->stopped || verdict->timed_out;
}

static void judge_calls(struct run *run, struct role_verdict *verdict)
{
    const struct expect *expect = run->verdict.expect;
    const struct role *role = verdict->role;
    struct match *match = match_new(expect, role);

    vec_each (struct event *, it, &run->trace.events)
        if (!strcmp((*it)->role, role->name) && !match_event(match, *it) && !verdict->failed_seq)
            verdict->failed_seq = (*it)->seq;
    verdict->calls_hold = match_end(match) || linear_holds(expect, role, &run->trace, run->model);
    match_free(match);
    if (!verdict->calls_hold)
        verdict->alignment = align_role(expect, role, &run->trace, run->model, &run->arena);
}

static void judge_role(struct run *run, struct role_verdict *role, const struct heard *heard)
{
    gather(run, role);
    if (heard)
        role->ncalls = heard->ncalls;
    role->calls_hold = heard && heard->holds;
    if (!role->calls_hold)
        judge_calls(run, role);
    role->exit_fails = role->started && !exit_holds(role);
    role->stdout_fails =
        role->role->has_stdout && !match_bytes(role->role->stdout_pat, role->stdout_text, role->stdout_len);
}

/* ---- findings ---- */

/* A lab that says `allow SD012` in a role does not mind that rule there. */
static bool is_allowed(const struct expect *expect, const struct finding *finding)
{
    const struct role *role = finding->event ? expect_role(expect, finding->event->role) : NULL;

    for (size_t i = 0; role && i < role->nallow; i++)
        if (!strcmp(role->allow[i], finding->code))
            return true;
    return false;
}

static void drop_allowed(struct run *run)
{
    struct findings *findings = &run->findings;

    for (size_t i = findings->list.len; i-- > 0;)
        if (is_allowed(run->verdict.expect, &findings->list.items[i]))
            vec_remove(&findings->list, i);
}

/* ---- when nothing moved ---- */

static bool is_waiting(const struct event *event, struct arena *arena)
{
    return event->kind == EVENT_ROLE && !strcmp(event_text(event, "what", arena), "waits");
}

/* "server"; or, where others of the role wait as well, "server 412". */
static const char *waiting_name(struct run *run, const struct event *event)
{
    vec_each (struct event *, it, &run->trace.events)
        if (*it != event && is_waiting(*it, &run->arena) && !strcmp((*it)->role, event->role))
            return arena_printf(&run->arena, "%s %d", event->role, event->tid);
    return event->role;
}

static void collect_waiting(struct run *run)
{
    struct waiting *list = NULL;
    size_t n = 0;

    vec_each (struct event *, it, &run->trace.events)
        n += is_waiting(*it, &run->arena);
    list = ARENA_ARRAY(&run->arena, struct waiting, n + 1);
    run->verdict.waiting = list;
    run->verdict.nwaiting = n;
    vec_each (struct event *, it, &run->trace.events)
        if (is_waiting(*it, &run->arena))
            *list++ = (struct waiting){waiting_name(run, *it), event_text(*it, "text", &run->arena),
                                       event_text(*it, "free", &run->arena)};
}

/* ---- the whole ---- */

struct notes {
    VEC(const char *) list;
};

/* What a note of the run weighs. */
enum weight {
    NO_NOTE,
    WEIGHS_NOTHING,  /* good to know */
    WEIGHS_SUCCESS,  /* the scenario did not take place as written: nothing shows that it would hold */
    WEIGHS_ANYTHING, /* a role could not be started, something could not be seen: nothing is known */
};

static enum weight weigh(const struct event *event, const char **text, struct arena *arena)
{
    static const struct {
        const char *what;
        enum weight weight;
    } deeds[] = {{"failed", WEIGHS_ANYTHING},
                 {"missing", WEIGHS_ANYTHING},
                 {"unmet", WEIGHS_SUCCESS},
                 {"unready", WEIGHS_NOTHING}};
    const char *what;

    if (event->kind == EVENT_LOST) {
        *text = event_text(event, "why", arena);
        return WEIGHS_ANYTHING;
    }
    if (event->kind != EVENT_ROLE)
        return NO_NOTE;
    what = event_text(event, "what", arena);
    for (size_t i = 0; i < ARRAY_LEN(deeds); i++)
        if (!strcmp(what, deeds[i].what)) {
            *text = event_text(event, "text", arena);
            return deeds[i].weight;
        }
    return NO_NOTE;
}

/* Why the run says nothing, or nothing good: the gravest note first. */
static enum weight collect_notes(struct run *run, struct notes *notes)
{
    struct arena *arena = &run->arena;
    enum weight gravest = NO_NOTE;

    for (int weight = WEIGHS_ANYTHING; weight > NO_NOTE; weight--) {
        size_t before = notes->list.len;

        vec_each (struct event *, it, &run->trace.events) {
            const struct event *event = *it;
            const char *text = "";

            if ((int)weigh(event, &text, arena) == weight)
                vec_push(&notes->list,
                         event->role[0] ? arena_printf(arena, "%s: %s", event->role, text) : text);
        }
        if (weight == WEIGHS_ANYTHING && run->trace.cut)
            vec_push(&notes->list, run->why_cut ? run->why_cut : "the trace is cut: its end is missing");
        if (gravest == NO_NOTE && notes->list.len > before)
            gravest = (enum weight)weight;
    }
    return gravest;
}

static enum verdict_result result_of(const struct verdict *verdict, enum weight gravest)
{
    if (gravest == WEIGHS_ANYTHING)
        return VERDICT_UNTESTED;
    if (verdict->ncauses)
        return VERDICT_FAILS;
    return gravest == WEIGHS_SUCCESS ? VERDICT_UNTESTED : VERDICT_HOLDS;
}

static bool is_any_started(const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->nroles; i++)
        if (verdict->roles[i].started)
            return true;
    return false;
}

static void note_isolation(const struct run *run, struct notes *notes)
{
    const char *isolation = run->trace.head.isolation;

    if (!is_any_started(&run->verdict))
        return;
    if (!strcmp(isolation, "namespace"))
        vec_push(&notes->list, "ran in a network namespace of its own");
    else if (!strcmp(isolation, "host"))
        vec_push(&notes->list, "ran in the machine's own network, on a free port: namespaces are refused "
                               "here or were not wanted");
    if (run->trace.head.no_new_privs)
        vec_push(&notes->list, "ran with no_new_privs: setuid programs do not gain privileges");
}

/* Does the parameter's value stand in the text as a number of its own? */
static bool has_number(const char *text, size_t len, const struct value *number)
{
    const char *want = (const char *)number->bytes.ptr;
    size_t n = number->bytes.len;

    for (size_t i = 0; n && i + n <= len; i++)
        if (!memcmp(text + i, want, n) && (i == 0 || !isdigit((unsigned char)text[i - 1])) &&
            (i + n == len || !isdigit((unsigned char)text[i + n])))
            return true;
    return false;
}

static bool was_started_with(const struct run *run, const struct role_verdict *role,
                             const struct value *number)
{
    vec_each (struct event *, it, &run->trace.events) {
        const struct value *argv = (*it)->kind == EVENT_START ? event_arg(*it, "argv") : NULL;

        if (!argv || argv->kind != VALUE_ARRAY || strcmp((*it)->role, role->role->name) != 0)
            continue;
        for (size_t i = 0; i < argv->array.len; i++) {
            const struct value *word = argv->array.items[i];

            if (word->kind == VALUE_BYTES &&
                has_number((const char *)word->bytes.ptr, word->bytes.len, number))
                return true;
        }
    }
    return false;
}

/* In double quotes the shell fills in ${PORT} itself, with nothing; and some programs have a port of their
 * own. */
static void note_port(struct run *run, const struct role_verdict *role, struct notes *notes)
{
    const struct trace_head *head = &run->trace.head;
    const char *command = role->role->command;

    for (size_t i = 0; role->started && role->role->copy <= 1 && i < head->nparams; i++) {
        const struct value *port = head->params[i].value;

        if (strcmp(head->params[i].name, "PORT") != 0 || port->kind != VALUE_BYTES ||
            !has_number(command, strlen(command), port) || was_started_with(run, role, port))
            continue;
        vec_push(&notes->list,
                 arena_printf(
                     &run->arena,
                     "%s: its command does not say the port, %.*s: write ${PORT}, in single quotes, where "
                     "it belongs, or tell a port that is written into the program with --set PORT=N",
                     role->role->base, (int)port->bytes.len, (const char *)port->bytes.ptr));
    }
}

static void note_source(void *arg, const char *text)
{
    struct notes *notes = arg;

    vec_push(&notes->list, text);
}

static uint64_t duration(const struct run *run)
{
    const struct trace *trace = &run->trace;

    if (run->heard)
        return run->ended_ns;
    return trace->events.len ? trace->events.items[trace->events.len - 1]->end_ns : 0;
}

void judge(struct run *run)
{
    struct verdict *verdict = &run->verdict;
    const struct expect *expect = verdict->expect;
    struct role_verdict *roles = ARENA_ARRAY(&run->arena, struct role_verdict, expect->nroles);
    struct rules_input input = {.trace = &run->trace, .watch = run->watch};
    struct notes notes = {0};
    enum weight gravest;

    model_free(run->model);
    run->findings.list.len = 0;
    run->model = model_new();
    vec_each (struct event *, event, &run->trace.events)
        model_fold(run->model, *event);
    input.model = run->model;
    rules_run(&input, &run->arena, &run->findings);
    drop_allowed(run);

    verdict->trace = &run->trace;
    verdict->model = run->model;
    verdict->findings = &run->findings;
    verdict->roles = roles;
    verdict->nroles = expect->nroles;
    for (size_t i = 0; i < expect->nroles; i++) {
        roles[i].role = expect->roles[i];
        judge_role(run, &roles[i], run->heard ? &run->heard[i] : NULL);
    }
    collect_waiting(run);
    causes_collect(run);
    score(run);
    gravest = collect_notes(run, &notes);
    for (size_t i = 0; verdict->ncauses && i < verdict->nroles; i++)
        note_port(run, &roles[i], &notes);
    sources_collect(run, note_source, &notes);
    note_isolation(run, &notes);
    verdict->notes =
        (const char *const *)arena_memdup(&run->arena, notes.list.items, notes.list.len * sizeof(char *));
    verdict->nnotes = notes.list.len;
    vec_release(&notes.list);
    verdict->took_ns = duration(run);
    verdict->result = result_of(verdict, gravest);
}
