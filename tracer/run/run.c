/* run/run.c: from an expectation and a trace to a verdict. */
#include "run/run.h"

#include "format/format.h"
#include "run/cast.h"
#include "run/digest.h"
#include "run/file.h"
#include "run/judge.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool run_begin(struct run *run, const char *path, const struct run_opts *opts, struct err *err)
{
    *run = (struct run){.failing_confidence = opts->failing_confidence};
    trace_init(&run->trace);
    return file_load(path, &run->arena, &run->source, err);
}

static const char *scenario_name(struct run *run)
{
    const char *slash = strrchr(run->source.name, '/'), *base = slash ? slash + 1 : run->source.name;
    size_t len = strlen(base);

    if (len > 7 && !strcmp(base + len - 7, ".expect"))
        len -= 7;
    return arena_memdup(&run->arena, base, len);
}

void run_judge(struct run *run)
{
    run->verdict.name = scenario_name(run);
    judge(run);
}

static bool trace_has_role(const struct trace *trace, const char *name)
{
    for (size_t i = 0; i < trace->events.len; i++)
        if (!strcmp(trace->events.items[i]->role, name))
            return true;
    return false;
}

/* The roles of the trace, for a message; in `arena`. */
static const char *roles_of(const struct trace *trace, struct arena *arena)
{
    const char *list = "", *last = "";

    for (size_t i = 0; i < trace->events.len; i++) {
        const char *role = trace->events.items[i]->role;

        /* Each once: where it stands first. */
        if (!strcmp(role, last))
            continue;
        last = role;
        for (size_t j = 0; j <= i; j++) {
            if (strcmp(trace->events.items[j]->role, role) != 0)
                continue;
            if (j == i && *role)
                list = arena_printf(arena, "%s%s%s", list, *list ? ", " : "", role);
            break;
        }
    }
    return *list ? list : "none has a name";
}

/* A run that ended before all could be started. */
static bool is_untested(struct run *run)
{
    vec_each (struct event *, event, &run->trace.events) {
        const char *what = (*event)->kind == EVENT_ROLE ? event_text(*event, "what", &run->arena) : "";

        if (!strcmp(what, "failed") || !strcmp(what, "missing"))
            return true;
    }
    return false;
}

static bool has_all_roles(struct run *run, const struct expect *expect, const struct format_file *file,
                          struct err *err)
{

    for (size_t i = 0; i < expect->nroles; i++) {
        const char *name = expect->roles[i]->name;

        if (trace_has_role(&run->trace, name))
            continue;
        err_set(err, "%s expects a role '%s', which %s does not have", run->source.name, name, file->name);
        if (file->format->by_program)
            return err_hint(err,
                            "its programs: %s; --role %s=PROGRAM says which of them it is, %s=FILE whose "
                            "log a file is",
                            roles_of(&run->trace, &run->arena), name, name);
        return err_hint(err,
                        "its roles: %s; --role %s=NAME says which of them it is, `trace --role %s` names it",
                        roles_of(&run->trace, &run->arena), name, name);
    }
    return true;
}

/* What the recorder filled in is filled in again, unless --set says otherwise. */
static struct params params_of_trace(const struct run *run, const struct run_opts *opts)
{
    const struct trace_head *head = &run->trace.head;
    struct params params = {0};

    params_set(&params, (struct param){"HOST", "127.0.0.1", true});
    for (size_t i = 0; i < head->nparams; i++) {
        const char *name = head->params[i].name, *value = trace_param(&run->trace, name);

        if (value)
            params_set(&params, (struct param){name, value, false});
    }
    for (size_t i = 0; i < opts->nparams; i++)
        params_set(&params, opts->params[i]);
    return params;
}

/* A recorded trace on its way into a run. */
struct check {
    struct sink sink;
    struct run *run;
    const struct run_opts *opts;
    struct buf *diagnostics;
    struct digest *digest; /* NULL: the expectation is wrong */
    struct cast cast;
    bool is_excerpt;
};

static void first_begins(struct sink *sink, const struct trace_head *head)
{
    struct check *check = (struct check *)sink;
    struct run *run = check->run;
    struct params params;

    sink_begin(&run->trace.sink, head);
    params = params_of_trace(run, check->opts);
    run->verdict.expect = file_parse(run, &params, check->diagnostics);
    params_release(&params);
    check->cast.expect = run->verdict.expect;
    if (run->verdict.expect)
        check->digest = digest_new(run);
}

static void first_takes(struct sink *sink, const struct event *event)
{
    struct check *check = (struct check *)sink;
    struct event own = *event;

    own.role = cast_event(&check->cast, event);
    if (check->digest)
        digest_event(check->digest, &own);
}

static void second_begins(struct sink *sink, const struct trace_head *head)
{
    struct check *check = (struct check *)sink;

    sink_begin(&check->run->trace.sink, head);
}

static void second_takes(struct sink *sink, const struct event *event)
{
    struct check *check = (struct check *)sink;
    struct event own = *event;

    own.role = cast_event(&check->cast, event);
    if (!check->is_excerpt || digest_wants(check->digest, &own))
        sink_event(&check->run->trace.sink, &own);
}

static enum run_result judge_trace(struct run *run)
{
    run_judge(run);
    return RUN_JUDGED;
}

/* What does not hold at first sight is read again, and judged with what is needed, or with all. */
static enum run_result judge_again(struct check *check, struct format_file *file, bool is_excerpt,
                                   struct err *err)
{
    static const struct sink_ops ops = {.begin = second_begins, .event = second_takes};
    struct run *run = check->run;

    check->sink.ops = &ops;
    check->is_excerpt = is_excerpt;
    cast_rewind(&check->cast);
    run->trace.events.len = 0;
    return format_read(file, &check->sink, &run->trace.cut, err) ? judge_trace(run) : RUN_WRONG_USE;
}

/* The excerpt was well chosen: what fails in it fails where the trace does. */
static bool fails_alike(const struct run *run)
{
    for (size_t i = 0; i < run->verdict.nroles; i++) {
        const struct role_verdict *role = &run->verdict.roles[i];
        const struct heard *heard = &run->heard[i];

        if (role->calls_hold != heard->holds || (!heard->holds && role->failed_seq != heard->failed_seq))
            return false;
    }
    return true;
}

static enum run_result check_trace(struct check *check, struct format_file *file, struct err *err)
{
    static const struct sink_ops ops = {.begin = first_begins, .event = first_takes};
    struct run *run = check->run;
    size_t longest = check->opts->long_trace ? check->opts->long_trace : RUN_LONG_TRACE;
    enum run_result result;
    bool holds;

    check->sink.ops = &ops;
    if (!format_read(file, &check->sink, &run->trace.cut, err))
        return RUN_WRONG_USE;
    if (!check->digest)
        return RUN_WRONG_FILE;
    if (!is_untested(run) && !has_all_roles(run, run->verdict.expect, file, err))
        return RUN_WRONG_USE;
    holds = digest_end(check->digest);
    if (check->opts->keep_trace) {
        run->heard = NULL;
        run->watch = NULL;
        return judge_again(check, file, false, err);
    }
    if (holds && judge_trace(run) == RUN_JUDGED && run->verdict.result == VERDICT_HOLDS)
        return RUN_JUDGED;
    if (digest_length(check->digest) <= longest)
        return judge_again(check, file, false, err);
    result = judge_again(check, file, true, err);
    return result != RUN_JUDGED || fails_alike(run) ? result : judge_again(check, file, false, err);
}

enum run_result run_check(const char *path, const char *const *traces, size_t ntraces,
                          const struct run_opts *opts, struct run *run, struct buf *diagnostics,
                          struct err *err)
{
    struct check check = {.run = run, .opts = opts, .diagnostics = diagnostics};
    struct format_file file;
    enum run_result result;

    if (!run_begin(run, path, opts, err) || !format_open(&file, traces, ntraces, err))
        return RUN_WRONG_USE;
    check.cast = (struct cast){.opts = opts, .by_program = file.format->by_program};
    result = check_trace(&check, &file, err);
    cast_release(&check.cast);
    digest_free(check.digest);
    format_close(&file);
    return result;
}

void run_release(struct run *run)
{
    model_free(run->model);
    vec_release(&run->findings.list);
    trace_release(&run->trace);
    arena_release(&run->arena);
    *run = (struct run){0};
}
