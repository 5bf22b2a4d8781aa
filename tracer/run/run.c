/* run/run.c: one scenario from its file to its verdict; `check` begins in the middle, with a trace. */
#include "run/run.h"

#include "format/format.h"
#include "run/apart.h"
#include "run/digest.h"
#include "run/isolate.h"
#include "run/judge.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool begin_run(struct run *run, const char *path, const struct run_opts *opts, struct err *err)
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

static enum run_result judge_trace(struct run *run)
{
    run->verdict.name = scenario_name(run);
    judge(run);
    return RUN_JUDGED;
}

/* ---- running ---- */

static bool knows_role(const struct expect *expect, const char *name, struct err *err)
{
    struct buf have = {0};

    if (expect_role(expect, name))
        return true;
    for (size_t i = 0; i < expect->nroles; i++)
        buf_addf(&have, "%s%s", i ? ", " : "", expect->roles[i]->name);
    err_set(err, "%s has no role '%s'", expect->source->name, name);
    err_hint(err, "its roles: %s", buf_str(&have));
    buf_release(&have);
    return false;
}

/* What every try at a run works with. */
struct attempt {
    struct run *run;
    const struct run_opts *opts;
    const char *tmp; /* ${TMP}, or NULL */
    FILE *copy;      /* -o, or NULL */
    struct buf *diagnostics;
    struct err *err;
};

/* RUN_JUDGED: recorded, and run->verdict.expect is what with; or *refused: this machine has no namespace for
 * us. */
static enum run_result record(const struct attempt *attempt, bool isolated, bool *refused)
{
    const struct run_opts *opts = attempt->opts;
    struct run *run = attempt->run;
    enum apart_result recorded;
    enum run_result result = RUN_JUDGED;
    struct params params;
    char port[16];

    snprintf(port, sizeof(port), "%u", isolated ? RUN_PRIVATE_PORT : isolate_free_port());
    params = params_make(opts, port, attempt->tmp);
    *refused = false;
    run->verdict.expect = file_parse(run, &params, attempt->diagnostics);
    if (!run->verdict.expect)
        result = RUN_WRONG_FILE;
    for (size_t i = 0; result == RUN_JUDGED && i < opts->ncommands; i++)
        if (!knows_role(run->verdict.expect, opts->commands[i].role, attempt->err))
            result = RUN_WRONG_USE;
    if (result == RUN_JUDGED) {
        recorded =
            apart_record(run, run->verdict.expect, &params, opts, isolated, attempt->copy, attempt->err);
        *refused = recorded == APART_NO_NAMESPACE;
        if (recorded == APART_FAILED)
            result = RUN_FAULT;
    }
    params_release(&params);
    return result;
}

/* First in a namespace of its own, then, where the machine refuses that, without. */
static enum run_result record_somewhere(const struct attempt *attempt)
{
    enum run_result result;
    bool refused = true;

    if (!attempt->opts->no_namespace)
        result = record(attempt, true, &refused);
    if (refused)
        result = record(attempt, false, &refused);
    return result;
}

static bool close_copy(FILE *copy, const char *path, struct err *err)
{
    bool failed = ferror(copy);

    if (fclose(copy) == 0 && !failed)
        return true;
    err_set(err, "cannot write all of %s: the trace is not whole", path);
    return err_hint(err, "is the disk full, or the reader gone?");
}

static void remove_dir(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;

    while (dir && (entry = readdir(dir)))
        unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(path);
}

enum run_result run_scenario(const char *path, const struct run_opts *opts, struct run *run,
                             struct buf *diagnostics, struct err *err)
{
    char tmp[] = "/tmp/sockdrill-XXXXXX";
    struct attempt attempt = {run, opts, NULL, NULL, diagnostics, err};
    enum run_result result;
    bool wants_tmp;

    if (!begin_run(run, path, opts, err))
        return RUN_WRONG_USE;
    wants_tmp = strstr(run->source.text, "${TMP}") != NULL;
    if (wants_tmp)
        attempt.tmp = tmp;
    if (opts->trace_path && !(attempt.copy = fopen(opts->trace_path, "we"))) {
        err_sys(err, errno, "cannot write '%s'", opts->trace_path);
        return RUN_WRONG_USE;
    }
    if (wants_tmp && !mkdtemp(tmp)) {
        err_sys(err, errno, "cannot make a directory for ${TMP}");
        result = RUN_FAULT;
    } else {
        result = record_somewhere(&attempt);
    }
    if (wants_tmp)
        remove_dir(tmp);
    if (attempt.copy && !close_copy(attempt.copy, opts->trace_path, err) && result == RUN_JUDGED)
        result = RUN_FAULT;
    return result == RUN_JUDGED ? judge_trace(run) : result;
}

/* ---- checking ---- */

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

static bool has_all_roles(struct run *run, const struct expect *expect, const char *trace_path,
                          struct err *err)
{
    for (size_t i = 0; i < expect->nroles; i++) {
        const char *name = expect->roles[i]->name;

        if (trace_has_role(&run->trace, name))
            continue;
        err_set(err, "%s expects a role '%s', which %s does not have", run->source.name, name, trace_path);
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

    params_set(&params, "HOST", "127.0.0.1");
    for (size_t i = 0; i < head->nparams; i++)
        if (trace_param(&run->trace, head->params[i].name))
            params_set(&params, head->params[i].name, trace_param(&run->trace, head->params[i].name));
    for (size_t i = 0; i < opts->nparams; i++)
        params_set(&params, opts->params[i].name, opts->params[i].value);
    return params;
}

/* A recorded trace on its way into a run. */
struct check {
    struct sink sink;
    struct run *run;
    const struct run_opts *opts;
    struct buf *diagnostics;
    struct digest *digest; /* NULL: the expectation is wrong */
    bool is_excerpt;
};

/* --server NAME and the like: the trace's role NAME plays that role of the expectation. */
static const char *cast(const struct run_opts *opts, const char *role)
{
    for (size_t i = 0; i < opts->ncommands; i++)
        if (!strcmp(role, opts->commands[i].command))
            return opts->commands[i].role;
    return role;
}

static void first_begins(struct sink *sink, const struct trace_head *head)
{
    struct check *check = (struct check *)sink;
    struct run *run = check->run;
    struct params params;

    sink_begin(&run->trace.sink, head);
    params = params_of_trace(run, check->opts);
    run->verdict.expect = file_parse(run, &params, check->diagnostics);
    params_release(&params);
    if (run->verdict.expect)
        check->digest = digest_new(run);
}

static void first_takes(struct sink *sink, const struct event *event)
{
    struct check *check = (struct check *)sink;
    struct event own = *event;

    own.role = cast(check->opts, event->role);
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

    own.role = cast(check->opts, event->role);
    if (!check->is_excerpt || digest_wants(check->digest, &own))
        sink_event(&check->run->trace.sink, &own);
}

/* What does not hold at first sight is read again, and judged with what is needed, or with all. */
static enum run_result judge_again(struct check *check, struct format_file *file, bool is_excerpt,
                                   struct err *err)
{
    static const struct sink_ops ops = {.begin = second_begins, .event = second_takes};
    struct run *run = check->run;

    check->sink.ops = &ops;
    check->is_excerpt = is_excerpt;
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
    if (!has_all_roles(run, run->verdict.expect, file->name, err))
        return RUN_WRONG_USE;
    holds = digest_end(check->digest);
    if (check->opts->keep_trace) {
        run->heard = NULL;
        return judge_again(check, file, false, err);
    }
    if (holds && judge_trace(run) == RUN_JUDGED && run->verdict.result == VERDICT_HOLDS)
        return RUN_JUDGED;
    if (digest_length(check->digest) <= longest)
        return judge_again(check, file, false, err);
    result = judge_again(check, file, true, err);
    return result != RUN_JUDGED || fails_alike(run) ? result : judge_again(check, file, false, err);
}

enum run_result run_check(const char *path, const char *trace_path, const struct run_opts *opts,
                          struct run *run, struct buf *diagnostics, struct err *err)
{
    struct check check = {.run = run, .opts = opts, .diagnostics = diagnostics};
    struct format_file file;
    enum run_result result;

    if (!begin_run(run, path, opts, err) || !format_open(&file, trace_path, err))
        return RUN_WRONG_USE;
    result = check_trace(&check, &file, err);
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
