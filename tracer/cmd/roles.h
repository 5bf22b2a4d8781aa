/* cmd/roles.h: options that `run` and `check` share: programs for roles, parameters, how the verdict is
 * shown. */
#ifndef CMD_ROLES_H
#define CMD_ROLES_H

#include "base/vec.h"
#include "cmd/cmd.h"
#include "cmd/reports.h"
#include "report/report.h"
#include "run/job.h"

/* The first member of a command's own struct, so that its rows work on that too. */
struct roles_cmd {
    struct run_opts opts;
    VEC(struct role_command) commands;
    VEC(struct param) params;
    struct arena arena;
    enum color_when color;
    bool verbose;
    struct reports reports;
    unsigned withheld; /* of the three hints */
    char *cwd;         /* NULL: it is gone */
};

/* Rows for a command's table. */
#define ROLES_ROWS                                                                                           \
    {0, "server", "X", "what plays the role `server`", OPTION_SET(roles_set_server)},                        \
        {0, "client", "X", "what plays the role `client`", OPTION_SET(roles_set_client)},                    \
        {0, "role", "NAME=X", "what plays the role NAME", OPTION_SET(roles_set_role)},                       \
        {0, "set", "NAME=VALUE", "a value for ${NAME} of the expectation", OPTION_SET(roles_set_param)},     \
        {0, "findings", "LEVEL", "that fail it: proved (default), likely, style, none",                      \
         OPTION_SET(roles_set_findings)},                                                                    \
        {0, "hints", "N", "0 none, 1 a nudge, 2 the cause, 3 (default) the cure",                            \
         OPTION_SET(roles_set_hints)},                                                                       \
        {0, "report", "KIND[:FILE]",                                                                         \
         "write a report, to stdout or FILE; may be repeated:\n"                                             \
         "json, junit, tap, tap13, github, gradescope,\n"                                                    \
         "check50, sarif, text",                                                                             \
         OPTION_SET(roles_set_report)},                                                                      \
        {0, "color", "WHEN", "auto (default), always, never", OPTION_SET(roles_set_color)},                  \
    {                                                                                                        \
        'v', "verbose", NULL, "show what holds, too, and what programs printed",                             \
            OPTION_FLAG(struct roles_cmd, verbose)                                                           \
    }

#define ROLES_TIMEOUT_ROW                                                                                    \
    {                                                                                                        \
        0, "timeout", "SECONDS", "time limit of each role that gives none (default 10)",                     \
            OPTION_SET(roles_set_timeout)                                                                    \
    }

const char *roles_set_server(void *arg, const char *value);
const char *roles_set_client(void *arg, const char *value);
const char *roles_set_role(void *arg, const char *value);
const char *roles_set_param(void *arg, const char *value);
const char *roles_set_findings(void *arg, const char *value);
const char *roles_set_hints(void *arg, const char *value);
const char *roles_set_timeout(void *arg, const char *value);
const char *roles_set_report(void *arg, const char *value);
const char *roles_set_color(void *arg, const char *value);

void roles_init(struct roles_cmd *cmd);

/* The options, complete: call after parsing. */
const struct run_opts *roles_opts(struct roles_cmd *cmd);

/* How verdicts are printed to stdout. */
struct report_opts roles_report_opts(const struct roles_cmd *cmd);

/* The exit code of them all: the worst, a failed one before an untested one. */
int roles_code(const struct verdict *const *verdicts, size_t len);

/* What is reported of a job that is over: its verdict, or what was said in place of one. It lives in `arena`.
 */
const struct outcome *roles_outcome(const char *path, const struct job *job, const struct report_opts *opts,
                                    struct arena *arena);

/* Can the reports that are wanted be written? false: it was told, and the command is done with *code. */
bool roles_may_report(const struct roles_cmd *cmd, const char *name, int *code);

/* Write them, once all is known. The exit code: `code`, or that of a report which could not be written. */
int roles_report(const struct roles_cmd *cmd, const char *name, const struct outcome *const *outcomes,
                 size_t len, int code);

/* What a job or run_check said in place of a verdict: print it; the exit code. */
int roles_fail(const char *name, enum run_result result, const struct buf *diagnostics,
               const struct err *err);

void roles_release(struct roles_cmd *cmd);

#endif
