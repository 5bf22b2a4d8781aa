/* run/run.c: from an expectation and a trace to a verdict. */
#include "run/run.h"

#include "format/format.h"
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

/* Where the trace's role is what an option names, the role here that the option casts it as: a copy as that
 * copy. */
static const char *cast_as(const char *name, const struct role_command *cast, struct arena *arena)
{
    size_t len = strlen(cast->command);

    if (strncmp(name, cast->command, len) != 0 || !(name[len] == '\0' || name[len] == '#'))
        return NULL;
    return arena_printf(arena, "%s%s", cast->role, name + len);
}

/* --server NAME and the like: the trace's role NAME plays that role of the expectation. */
static void cast_roles(struct run *run, const struct run_opts *opts)
{
    vec_each (struct event *, event, &run->trace.events) {
        const char *role = NULL;

        for (size_t i = 0; !role && i < opts->ncommands; i++)
            role = cast_as((*event)->role, &opts->commands[i], &run->arena);
        if (role)
            (*event)->role = role;
    }
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

enum run_result run_check(const char *path, const char *trace_path, const struct run_opts *opts,
                          struct run *run, struct buf *diagnostics, struct err *err)
{
    struct params params;

    if (!run_begin(run, path, opts, err) || !format_load(trace_path, &run->trace, err))
        return RUN_WRONG_USE;
    params = params_of_trace(run, opts);
    run->verdict.expect = file_parse(run, &params, diagnostics);
    params_release(&params);
    if (!run->verdict.expect)
        return RUN_WRONG_FILE;
    cast_roles(run, opts);
    if (!is_untested(run) && !has_all_roles(run, run->verdict.expect, trace_path, err))
        return RUN_WRONG_USE;
    run_judge(run);
    return RUN_JUDGED;
}

void run_release(struct run *run)
{
    model_free(run->model);
    vec_release(&run->findings.list);
    trace_release(&run->trace);
    arena_release(&run->arena);
    *run = (struct run){0};
}
