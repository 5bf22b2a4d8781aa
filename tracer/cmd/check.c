/* cmd/check.c: sockdrill check: a trace recorded earlier against an expectation. */
#include "cmd/roles.h"
#include "report/text.h"

#include <stdlib.h>

static const struct option_row rows[] = {
    ROLES_ROWS,
    {0},
};

const struct usage check_usage = {
    .name = "check",
    .what = "the same comparison on a trace recorded earlier",
    .synopsis = "[OPTION…] EXPECTATION TRACE…",
    .about = "Compares a recorded TRACE (`run -o`, `trace --format jsonl -o`, or a log of\n"
             "`strace -f -v -s 65536 -o`; - is standard input) with an EXPECTATION. ROLE=LOG\n"
             "is the log of one role; several logs need -ttt.\n"
             "--server, --client and --role say which role of the trace plays that role of\n"
             "the expectation.",
    .exits = "as of `sockdrill run`.",
    .operand = "SCENARIO",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
    .examples = "  sockdrill run tcp-echo -o echo.jsonl; sockdrill check tcp-echo echo.jsonl\n"
                "  sockdrill check lab.expect trace.jsonl --set PORT=7000\n"
                "  sockdrill check tcp-echo server=a.log client=b.log --set PORT=7000\n",
};

static int print(const struct roles_cmd *cmd, const struct verdict *verdict, const struct report_opts *opts)
{
    struct buf out = {0};

    if (!reports_take_stdout(&cmd->reports)) {
        text_add(&out, &verdict, 0, opts);
        fwrite(buf_str(&out), 1, out.len, stdout);
    }
    buf_release(&out);
    return roles_code(&verdict, 1);
}

/* What was found, as of a job that is over. */
static int tell(const struct roles_cmd *cmd, const char *name, const struct job *job)
{
    struct report_opts opts = roles_report_opts(cmd);
    struct arena arena = {0};
    const struct outcome *outcome = roles_outcome(name, job, &opts, &arena);
    int code = job->result == RUN_JUDGED ? print(cmd, &job->run.verdict, &opts)
                                         : roles_fail("check", job->result, &job->diagnostics, &job->err);

    code = roles_report(cmd, "check", &outcome, 1, code);
    arena_release(&arena);
    return code;
}

int cmd_check(int argc, char **argv)
{
    struct roles_cmd cmd;
    struct job *job = ALLOC_NEW(struct job);
    char *path = NULL;
    int first, code;

    roles_init(&cmd);
    if (!cmd_options(&check_usage, &cmd, argc, argv, &first, &code))
        goto release;
    if (argc - first < 2) {
        code = cmd_usage_error(&check_usage, "it takes an expectation and a trace");
        goto release;
    }
    if (!roles_may_report(&cmd, "check", &code))
        goto release;
    path = run_find_expect(argv[first], &job->err);
    job->result = RUN_WRONG_USE;
    if (path)
        job->result = run_check(path, (const char *const *)argv + first + 1, (size_t)(argc - first - 1),
                                roles_opts(&cmd), &job->run, &job->diagnostics, &job->err);
    code = tell(&cmd, path ? path : argv[first], job);
    if (path)
        run_release(&job->run);
release:
    buf_release(&job->diagnostics);
    free(path);
    free(job);
    roles_release(&cmd);
    return code;
}
