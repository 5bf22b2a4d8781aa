/* cmd/run.c: sockdrill run: scenarios, each with a verdict. */
#include "cmd/roles.h"

#include <stdlib.h>
#include <string.h>

static const char *set_timeout(void *arg, const char *value)
{
    char *end;
    double seconds = strtod(value, &end);

    if (end == value || strcmp(*end == 's' ? end + 1 : end, "") != 0 || !(seconds > 0 && seconds <= 86400))
        return "is no time in seconds";
    ((struct roles_cmd *)arg)->opts.timeout_ms = (uint32_t)(seconds * 1000 + 0.5);
    return NULL;
}

static const char *set_output(void *arg, const char *value)
{
    ((struct roles_cmd *)arg)->opts.trace_path = value;
    return NULL;
}

static const struct option_row rows[] = {
    ROLES_ROWS,
    {'o', "output", "FILE", "write the trace to FILE (JSON Lines)", OPTION_SET(set_output)},
    {0, "timeout", "SECONDS", "time limit of each role that gives none (default 10)",
     OPTION_SET(set_timeout)},
    {0, "no-namespace", NULL, "run in the machine's own network, on a free port",
     OPTION_FLAG(struct roles_cmd, opts.no_namespace)},
    {0, "deny-io-uring", NULL, "io_uring_setup fails with ENOSYS: programs fall back",
     OPTION_FLAG(struct roles_cmd, opts.deny_io_uring)},
    {0, "no-kernel", NULL, "do not ask the kernel for the state of sockets",
     OPTION_FLAG(struct roles_cmd, opts.no_kernel)},
    {0},
};

static const struct usage usage = {
    .name = "run",
    .synopsis = "[OPTION…] SCENARIO…",
    .about = "Starts the programs of each SCENARIO, traces them, compares their calls with the\n"
             "pattern of each role, and tells what does not hold, where, and why.\n"
             "SCENARIO is a name (`sockdrill list`) or a path to an .expect file.\n"
             "Exit status: 0 holds, 1 does not hold, 2 wrong usage or file, 3 could not test,\n"
             "4 a fault of sockdrill.",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
    .examples = "  sockdrill run tcp-echo\n"
                "  sockdrill run tcp-echo --server './server ${PORT}'\n"
                "  sockdrill run path/to/lab.expect --set SIZE=4096 -o trace.jsonl\n",
};

/* One scenario; NULL where it came to no verdict, and *code says why. */
static struct run *run_one(struct roles_cmd *cmd, const char *name, int *code)
{
    struct run *run = ALLOC_NEW(struct run);
    struct buf diagnostics = {0};
    enum run_result result = RUN_WRONG_USE;
    struct err err;
    char *path = run_find_expect(name, &err);

    if (path)
        result = run_scenario(path, roles_opts(cmd), run, &diagnostics, &err);
    if (result != RUN_JUDGED) {
        *code = roles_fail("run", result, &diagnostics, &err);
        if (path)
            run_release(run);
        free(run);
        run = NULL;
    }
    buf_release(&diagnostics);
    free(path);
    return run;
}

int cmd_run(int argc, char **argv)
{
    struct roles_cmd cmd;
    VEC(struct run *) runs = {0};
    int first, code = EXIT_HOLDS, failed = EXIT_HOLDS;

    roles_init(&cmd);
    if (!cmd_options(&usage, &cmd, argc, argv, &first, &code))
        goto release;
    if (first == argc) {
        code = cmd_usage_error(&usage, "which scenario? `sockdrill list` shows those that come along");
        goto release;
    }
    if (cmd.opts.trace_path && argc - first > 1) {
        code = cmd_usage_error(&usage, "-o takes the trace of one scenario, and there are %d", argc - first);
        goto release;
    }
    cmd.opts.recording = interrupt_pass_on;
    interrupt_catch();
    for (int i = first; i < argc && !interrupt_signal(); i++) {
        struct run *run = run_one(&cmd, argv[i], &failed);

        if (run)
            vec_push(&runs, run);
    }
    code = runs.len ? roles_report(&cmd, runs.items, runs.len) : EXIT_HOLDS;
    /* What could not even be started weighs more than what was found. */
    if (failed)
        code = failed;
release:
    vec_each (struct run *, run, &runs) {
        run_release(*run);
        free(*run);
    }
    vec_release(&runs);
    roles_release(&cmd);
    if (interrupt_signal())
        interrupt_die(interrupt_signal());
    return code;
}
