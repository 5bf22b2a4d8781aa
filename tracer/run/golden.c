/* run/golden.c: runs under shifted schedules, and patterns that are held against each of them. */
#include "run/golden.h"

#include "run/batch.h"
#include "run/file.h"

#include <string.h>

enum { CODE_FAILS = 1, CODE_USAGE = 2, CODE_UNTESTED = 3, CODE_OURS = 4 };

/* ---- runs ---- */

static void on_change(void *arg, size_t i)
{
    (void)arg;
    (void)i;
}

/* batch_run passes its own argument. */
static void on_recorder(void *arg, pid_t recorder, bool begins)
{
    struct golden *golden = arg;

    golden->recording(golden->arg, recorder, begins);
}

static bool go_on(void *arg)
{
    struct golden *golden = arg;

    return golden->goes_on(golden->arg);
}

/* The first run is as it comes; each further one has its own schedule. */
static struct job *run_once(struct golden *golden)
{
    struct job *job = ALLOC_NEW(struct job);
    struct run_opts *opts = ARENA_NEW(&golden->arena, struct run_opts);
    struct batch batch = {.paths = &golden->path,
                          .jobs = job,
                          .len = 1,
                          .at_once = 1,
                          .opts = opts,
                          .recording = on_recorder,
                          .changed = on_change,
                          .goes_on = go_on,
                          .arg = golden};

    *opts = *golden->opts;
    opts->shift = (uint32_t)golden->nseen++;
    opts->no_source = true;
    batch_run(&batch);
    if (!batch.started) {
        free(job);
        return NULL;
    }
    golden->progress(golden->arg, golden->nseen);
    return job;
}

/* ---- runs that are none to go by ---- */

static bool refuse(struct golden *golden, const struct job *job, int *code, int as, struct err *err,
                   const char *why)
{
    golden->refused = job;
    *code = as;
    err_set(err, "run %zu %s: nothing is blessed", golden->nseen, why);
    return false;
}

static bool has_failing_finding(const struct run *run)
{
    vec_each (const struct finding, finding, &run->findings.list)
        if (finding->confidence >= run->failing_confidence)
            return true;
    return false;
}

/* Nothing is wrong but calls, which a file that is to be replaced need not have any more. */
static bool differs_in_calls_only(const struct run *run)
{
    const struct verdict *verdict = &run->verdict;

    for (size_t i = 0; i < verdict->nroles; i++)
        if (verdict->roles[i].exit_fails || verdict->roles[i].timed_out || !verdict->roles[i].started)
            return false;
    return verdict->result == VERDICT_FAILS && !has_failing_finding(run);
}

static bool is_empty(const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->nroles; i++)
        if (verdict->roles[i].ncalls)
            return false;
    return true;
}

static const struct role_verdict *ended_badly(const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->nroles; i++) {
        const struct role_verdict *role = &verdict->roles[i];

        if (!role->role->has_exit && !role->role->has_killed && !role->stopped &&
            (role->killed || (role->exited && role->status)))
            return role;
    }
    return NULL;
}

static bool can_go_by(struct golden *golden, const struct job *job, int *code, struct err *err)
{
    const struct verdict *verdict = &job->run.verdict;
    const struct role_verdict *bad;

    if (job->result != RUN_JUDGED)
        return refuse(golden, job, code, job->result == RUN_FAULT ? CODE_OURS : CODE_USAGE, err,
                      "came to no verdict");
    if (verdict->result == VERDICT_UNTESTED)
        return refuse(golden, job, code, CODE_UNTESTED, err, "could not be tested");
    if (job->run.trace.cut || trace_is_lossy(&job->run.trace))
        return refuse(golden, job, code, CODE_UNTESTED, err, "was not recorded whole");
    if (verdict->result == VERDICT_FAILS && !(golden->may_differ && differs_in_calls_only(&job->run)))
        return refuse(golden, job, code, CODE_FAILS, err, "does not hold");
    bad = ended_badly(verdict);
    if (bad) {
        refuse(golden, job, code, CODE_FAILS, err, "failed");
        err_hint(err,
                 bad->killed ? "%s was killed by signal %d; where that is meant, the expectation says so"
                             : "%s exited with %d; where that is meant, an expectation says so: exit N",
                 bad->role->name, bad->status);
        return false;
    }
    if (is_empty(verdict))
        return refuse(golden, job, code, CODE_FAILS, err, "recorded no call on a socket");
    return true;
}

/* ---- patterns ---- */

static void params_of(const struct trace *trace, const struct run_opts *opts, struct params *params)
{
    params_set(params, (struct param){"HOST", "127.0.0.1", true});
    for (size_t i = 0; i < trace->head.nparams; i++) {
        const char *name = trace->head.params[i].name, *value = trace_param(trace, name);

        if (value)
            params_set(params, (struct param){name, value, false});
    }
    for (size_t i = 0; i < opts->nparams; i++)
        params_set(params, opts->params[i]);
}

/* Parse the text as it would be read, and judge the run with it. false: `err` says why it is not so. */
static bool holds_for(const struct golden *golden, const struct job *job, struct err *err)
{
    struct run run = {.trace = job->run.trace, .failing_confidence = FINDING_NONE};
    struct params params = {0};
    struct buf diagnostics = {0};
    bool holds = false;

    run.source = (struct source){"the pattern", buf_str(&golden->text), golden->text.len};
    params_of(&run.trace, golden->opts, &params);
    run.verdict.expect = file_parse(&run, &params, &diagnostics);
    if (!run.verdict.expect) {
        err_set(err, "%.*s", (int)strcspn(buf_str(&diagnostics), "\n"), buf_str(&diagnostics));
    } else {
        run_judge(&run);
        holds = run.verdict.result == VERDICT_HOLDS;
        if (!holds)
            err_set(err, "%s",
                    run.verdict.ncauses  ? run.verdict.causes[0].what
                    : run.verdict.nnotes ? run.verdict.notes[0]
                                         : "it does not hold");
    }
    buf_release(&diagnostics);
    params_release(&params);
    model_free(run.model);
    vec_release(&run.findings.list);
    arena_release(&run.arena);
    return holds;
}

static bool holds_for_all(const struct golden *golden, struct err *err)
{
    vec_each (struct job *, job, &golden->jobs)
        if (!holds_for(golden, *job, err))
            return false;
    return true;
}

/* How a role ended, where that was the same each time. */
static struct bless_end end_of(const struct golden *golden, const struct role *role)
{
    struct bless_end end = {.role = role->base, .exited = true, .killed = true};
    bool first = true;

    for (size_t i = 0; i < golden->opts->ncommands; i++)
        if (!strcmp(golden->opts->commands[i].role, role->base))
            end.command = golden->opts->commands[i].command;
    vec_each (struct job *, job, &golden->jobs) {
        const struct verdict *verdict = &(*job)->run.verdict;

        for (size_t i = 0; i < verdict->nroles; i++) {
            const struct role_verdict *seen = &verdict->roles[i];

            if (strcmp(seen->role->base, role->base) != 0)
                continue;
            end.exited =
                end.exited && seen->exited && !seen->stopped && (first || seen->status == end.status);
            end.killed =
                end.killed && seen->killed && !seen->stopped && (first || seen->status == end.status);
            end.status = seen->status;
            first = false;
        }
    }
    return end;
}

static bool write_at_level(struct golden *golden, enum bless_level level, struct err *err)
{
    const struct expect *expect = golden->jobs.items[0]->run.verdict.expect;
    struct bless_end *ends = ARENA_ARRAY(&golden->arena, struct bless_end, expect->nroles);
    struct bless_run *runs = ARENA_ARRAY(&golden->arena, struct bless_run, golden->jobs.len);
    struct bless_input input = {
        .expect = expect, .runs = runs, .nruns = golden->jobs.len, .ends = ends, .level = level};

    for (size_t i = 0; i < golden->jobs.len; i++)
        runs[i] = (struct bless_run){&golden->jobs.items[i]->run.trace, golden->jobs.items[i]->run.model};
    for (size_t i = 0; i < expect->nroles; i++)
        if (expect->roles[i]->copy <= 1)
            ends[input.nends++] = end_of(golden, expect->roles[i]);
    buf_reset(&golden->text);
    return bless_write(&golden->text, &input, err);
}

/* The sharpest pattern that holds for all runs there are. `err` says what is wrong with the last one tried.
 */
static bool find_pattern(struct golden *golden, struct err *err)
{
    for (int level = BLESS_ALL; level < BLESS_LEVELS; level++) {
        golden->level = (enum bless_level)level;
        if (write_at_level(golden, golden->level, err) && holds_for_all(golden, err))
            return true;
    }
    return false;
}

static bool add_run(struct golden *golden, int *code, struct err *err)
{
    struct job *job = run_once(golden);

    if (!job) {
        *code = CODE_UNTESTED;
        return err_set(err, "interrupted: nothing is blessed");
    }
    vec_push(&golden->jobs, job);
    return can_go_by(golden, job, code, err);
}

bool golden_make(struct golden *golden, int *code, struct err *err)
{
    enum { TRIES = 4 };
    size_t proved = 0;

    while (golden->jobs.len < golden->nruns)
        if (!add_run(golden, code, err))
            return false;
    *code = CODE_FAILS;
    if (!find_pattern(golden, err))
        goto varies;
    while (proved < golden->nproofs) {
        if (!add_run(golden, code, err))
            return false;
        *code = CODE_FAILS;
        if (holds_for(golden, golden->jobs.items[golden->jobs.len - 1], err)) {
            proved++;
            continue;
        }
        proved = 0;
        if (golden->jobs.len > TRIES * (golden->nruns + golden->nproofs) || !find_pattern(golden, err))
            goto varies;
    }
    return true;
varies:
    buf_reset(&golden->text);
    {
        struct err why = *err;

        err_set(err, "no pattern holds for all of %zu runs: %s", golden->jobs.len, why.msg);
        return err_hint(err, "%s", why.hint);
    }
}

void golden_release(struct golden *golden)
{
    vec_each (struct job *, job, &golden->jobs) {
        job_release(*job);
        free(*job);
    }
    vec_release(&golden->jobs);
    buf_release(&golden->text);
    arena_release(&golden->arena);
}
