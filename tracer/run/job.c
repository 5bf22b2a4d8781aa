/* run/job.c: from an expectation's file over a recorder, or two, to a verdict. */
#include "run/job.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool knows_role(const struct expect *expect, const char *name, struct err *err)
{
    struct buf have = {0};

    for (size_t i = 0; i < expect->nroles; i++)
        if (role_is_named(expect->roles[i], name))
            return true;
    expect_role_names(expect, &have);
    err_set(err, "%s has no role '%s'", expect->source->name, name);
    err_hint(err, "its roles: %s", buf_str(&have));
    buf_release(&have);
    return false;
}

/* In a network of its own every port is free: a run that is shifted has another one, also one that is longer.
 */
static unsigned private_port(const struct run_opts *opts)
{
    enum { STEP = 1009, STEPS = 24 };

    return RUN_PRIVATE_PORT + STEP * (opts->shift % STEPS);
}

/* RUN_JUDGED: run.verdict.expect is there. */
static enum run_result parse(struct job *job)
{
    const struct run_opts *opts = job->opts;
    struct params params;
    char port[16];

    snprintf(port, sizeof(port), "%u", job->refusal ? ports_take(job->ports) : private_port(opts));
    params = params_make(opts, port, job->tmp);
    job->run.verdict.expect = file_parse(&job->run, &params, &job->diagnostics);
    params_release(&params);
    if (!job->run.verdict.expect)
        return RUN_WRONG_FILE;
    for (size_t i = 0; i < opts->ncommands; i++)
        if (!knows_role(job->run.verdict.expect, opts->commands[i].role, &job->err))
            return RUN_WRONG_USE;
    return RUN_JUDGED;
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

static void end(struct job *job, enum run_result result)
{
    if (job->tmp)
        remove_dir(job->tmp);
    if (job->copy && !close_copy(job->copy, job->opts->trace_path, &job->err) && result == RUN_JUDGED)
        result = RUN_FAULT;
    job->tmp = NULL;
    job->copy = NULL;
    job->result = result;
    if (result == RUN_JUDGED)
        run_judge(&job->run);
}

static void record(struct job *job)
{
    enum run_result result = parse(job);

    if (result == RUN_JUDGED &&
        !apart_start(&job->apart, &job->run, job->run.verdict.expect, job->opts, job->refusal, &job->err))
        result = RUN_FAULT;
    if (result == RUN_JUDGED)
        job->recorder = job->apart.pid;
    else
        end(job, result);
}

static enum run_result prepare(struct job *job, const char *path)
{
    char *tmp;

    if (!run_begin(&job->run, path, job->opts, &job->err))
        return RUN_WRONG_USE;
    if (job->opts->trace_path && !(job->copy = fopen(job->opts->trace_path, "we"))) {
        err_sys(&job->err, errno, "cannot write '%s'", job->opts->trace_path);
        return RUN_WRONG_USE;
    }
    if (!strstr(job->run.source.text, "${TMP}"))
        return RUN_JUDGED;
    tmp = arena_strdup(&job->run.arena, "/tmp/sockdrill-XXXXXX");
    if (!mkdtemp(tmp)) {
        err_sys(&job->err, errno, "cannot make a directory for ${TMP}");
        return RUN_FAULT;
    }
    job->tmp = tmp;
    return RUN_JUDGED;
}

void job_start(struct job *job, const char *path, const struct run_opts *opts, struct ports *ports)
{
    enum run_result result;

    *job = (struct job){.opts = opts, .ports = ports};
    job->refusal = opts->no_namespace ? "--no-namespace was given" : NULL;
    result = prepare(job, path);
    if (result == RUN_JUDGED)
        record(job);
    else
        end(job, result);
}

/* First in a namespace of its own, then, where the machine refuses that, without. */
void job_reaped(struct job *job, int status)
{
    enum apart_result recorded = apart_finish(&job->apart, &job->run, status, job->copy, &job->err);

    job->recorder = 0;
    switch (recorded) {
    case APART_RECORDED: end(job, RUN_JUDGED); break;
    case APART_FAILED: end(job, RUN_FAULT); break;
    case APART_NO_NAMESPACE: job->refusal = arena_strdup(&job->run.arena, job->err.msg); record(job);
    }
}

void job_release(struct job *job)
{
    buf_release(&job->diagnostics);
    run_release(&job->run);
}
