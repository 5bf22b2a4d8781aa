/* cmd/check.c: sockdrill check: a trace recorded earlier against an expectation. */
#include "cmd/roles.h"
#include "report/text.h"

#include <stdlib.h>

static const struct option_row rows[] = {
    ROLES_ROWS,
    {0},
};

static const struct usage usage = {
    .name = "check",
    .synopsis = "[OPTION…] EXPECTATION TRACE…",
    .about = "Compares a recorded TRACE (`run -o`, `trace --format jsonl -o`, or a log of\n"
             "`strace -f -v -s 65536 -o`; - is standard input) with an EXPECTATION. ROLE=LOG\n"
             "is the log of one role; several logs need -ttt.\n"
             "--server, --client and --role say which role of the trace plays that role of\n"
             "the expectation.\n"
             "Exit status as of `sockdrill run`.",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
    .examples = "  sockdrill run tcp-echo -o echo.jsonl; sockdrill check tcp-echo echo.jsonl\n"
                "  sockdrill check lab.expect trace.jsonl --set PORT=7000\n"
                "  sockdrill check tcp-echo server=a.log client=b.log --set PORT=7000\n",
};

static int print(const struct roles_cmd *cmd, const struct verdict *verdict)
{
    struct report_opts opts = roles_report_opts(cmd);
    struct buf out = {0};

    text_add(&out, &verdict, 0, &opts);
    fwrite(buf_str(&out), 1, out.len, stdout);
    buf_release(&out);
    return roles_code(&verdict, 1);
}

int cmd_check(int argc, char **argv)
{
    struct roles_cmd cmd;
    struct run *run = ALLOC_NEW(struct run);
    struct buf diagnostics = {0};
    enum run_result result = RUN_WRONG_USE;
    char *path = NULL;
    struct err err;
    int first, code;

    roles_init(&cmd);
    if (!cmd_options(&usage, &cmd, argc, argv, &first, &code))
        goto release;
    if (argc - first < 2) {
        code = cmd_usage_error(&usage, "it takes an expectation and a trace");
        goto release;
    }
    path = run_find_expect(argv[first], &err);
    if (path)
        result = run_check(path, (const char *const *)argv + first + 1, (size_t)(argc - first - 1),
                           roles_opts(&cmd), run, &diagnostics, &err);
    code =
        result == RUN_JUDGED ? print(&cmd, &run->verdict) : roles_fail("check", result, &diagnostics, &err);
    if (path)
        run_release(run);
release:
    buf_release(&diagnostics);
    free(path);
    free(run);
    roles_release(&cmd);
    return code;
}
