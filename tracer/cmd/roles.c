/* cmd/roles.c: options and output that `run` and `check` share. */
#include "cmd/roles.h"

#include "event/sink.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *add_command(struct roles_cmd *cmd, const char *role, const char *command)
{
    vec_push(&cmd->commands, (struct role_command){role, command});
    return NULL;
}

const char *roles_set_server(void *arg, const char *value)
{
    return add_command(arg, "server", value);
}

const char *roles_set_client(void *arg, const char *value)
{
    return add_command(arg, "client", value);
}

/* "NAME=REST": the name as a string of its own; NULL where there is no name. */
static const char *split(struct roles_cmd *cmd, const char *text, const char **rest)
{
    const char *equals = strchr(text, '=');

    if (!equals || equals == text)
        return NULL;
    *rest = equals + 1;
    return arena_memdup(&cmd->arena, text, (size_t)(equals - text));
}

const char *roles_set_role(void *arg, const char *value)
{
    const char *command, *role = split(arg, value, &command);

    return role ? add_command(arg, role, command) : "is not NAME=…";
}

const char *roles_set_param(void *arg, const char *value)
{
    struct roles_cmd *cmd = arg;
    const char *text, *name = split(cmd, value, &text);

    if (!name)
        return "is not NAME=VALUE";
    vec_push(&cmd->params, (struct param){.name = name, .value = text});
    return NULL;
}

const char *roles_set_findings(void *arg, const char *value)
{
    static const struct {
        const char *name;
        enum confidence confidence;
    } levels[] = {{"proved", FINDING_PROVED},
                  {"likely", FINDING_LIKELY},
                  {"style", FINDING_STYLE},
                  {"none", FINDING_NONE}};
    struct roles_cmd *cmd = arg;

    for (size_t i = 0; i < ARRAY_LEN(levels); i++)
        if (!strcmp(value, levels[i].name)) {
            cmd->opts.failing_confidence = levels[i].confidence;
            return NULL;
        }
    return "is none of proved, likely, style, none";
}

const char *roles_set_hints(void *arg, const char *value)
{
    struct roles_cmd *cmd = arg;

    if (value[0] < '0' || value[0] > '3' || value[1])
        return "is not 0, 1, 2 or 3";
    cmd->withheld = (unsigned)('3' - value[0]);
    return NULL;
}

const char *roles_set_timeout(void *arg, const char *value)
{
    return options_seconds(value, &((struct roles_cmd *)arg)->opts.timeout_ms) ? NULL
                                                                               : "is no time in seconds";
}

const char *roles_set_report(void *arg, const char *value)
{
    struct roles_cmd *cmd = arg;

    return reports_add(&cmd->reports, value, &cmd->arena);
}

const char *roles_set_color(void *arg, const char *value)
{
    return color_parse(value, &((struct roles_cmd *)arg)->color);
}

void roles_init(struct roles_cmd *cmd)
{
    *cmd = (struct roles_cmd){.opts = {.failing_confidence = FINDING_PROVED, .snaplen = TRACE_SNAPLEN},
                              .cwd = getcwd(NULL, 0)};
}

const struct run_opts *roles_opts(struct roles_cmd *cmd)
{
    cmd->opts.commands = cmd->commands.items;
    cmd->opts.ncommands = cmd->commands.len;
    cmd->opts.params = cmd->params.items;
    cmd->opts.nparams = cmd->params.len;
    return &cmd->opts;
}

struct report_opts roles_report_opts(const struct roles_cmd *cmd)
{
    return (struct report_opts){
        .color = color_wanted(cmd->color, stdout),
        .width = terminal_width(stdout),
        .verbose = cmd->verbose,
        .withheld = cmd->withheld,
        .below = cmd->cwd,
    };
}

int roles_code(const struct verdict *const *verdicts, size_t len)
{
    int code = EXIT_HOLDS;

    for (size_t i = 0; i < len; i++)
        if (verdicts[i]->result == VERDICT_FAILS ||
            (verdicts[i]->result == VERDICT_UNTESTED && code == EXIT_HOLDS))
            code = (int)verdicts[i]->result;
    return code;
}

const struct outcome *roles_outcome(const char *path, const struct job *job, const struct report_opts *opts,
                                    struct arena *arena)
{
    switch (job->result) {
    case RUN_JUDGED: return outcome_make(&job->run.verdict, opts, arena);
    case RUN_WRONG_FILE: return outcome_failed(path, OUTCOME_WRONG_FILE, buf_str(&job->diagnostics), arena);
    case RUN_WRONG_USE: return outcome_failed(path, OUTCOME_WRONG_FILE, job->err.msg, arena);
    case RUN_FAULT: break;
    }
    return outcome_failed(path, OUTCOME_FAULT, job->err.msg, arena);
}

bool roles_may_report(const struct roles_cmd *cmd, const char *name, int *code)
{
    struct err err;

    if (reports_check(&cmd->reports, &err))
        return true;
    *code = cmd_fail(name, EXIT_USAGE, &err);
    return false;
}

int roles_report(const struct roles_cmd *cmd, const char *name, const struct outcome *const *outcomes,
                 size_t len, int code)
{
    struct err err;

    return reports_write(&cmd->reports, outcomes, len, &err) ? code : cmd_fail(name, EXIT_OURS, &err);
}

int roles_fail(const char *name, enum run_result result, const struct buf *diagnostics, const struct err *err)
{
    if (result == RUN_WRONG_FILE) {
        fputs(buf_str(diagnostics), stderr);
        return EXIT_USAGE;
    }
    return cmd_fail(name, result == RUN_WRONG_USE ? EXIT_USAGE : EXIT_OURS, err);
}

void roles_release(struct roles_cmd *cmd)
{
    free(cmd->cwd);
    reports_release(&cmd->reports);
    vec_release(&cmd->commands);
    vec_release(&cmd->params);
    arena_release(&cmd->arena);
}
