/* cmd/run.c: sockdrill run: scenarios, each with a verdict. */
#include "cmd/progress.h"
#include "cmd/roles.h"
#include "report/text.h"
#include "run/batch.h"
#include "run/course.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

/* `roles` stands first: its rows work on this too. */
struct run_cmd {
    struct roles_cmd roles;
    bool all;
    unsigned long at_once;
};

static const char *set_output(void *arg, const char *value)
{
    ((struct run_cmd *)arg)->roles.opts.trace_path = value;
    return NULL;
}

static const char *set_at_once(void *arg, const char *value)
{
    struct run_cmd *cmd = arg;

    if (!options_number(value, INTERRUPT_MOST, &cmd->at_once) || !cmd->at_once)
        return "is no number from 1 to 256";
    return NULL;
}

static const struct option_row rows[] = {
    ROLES_ROWS,
    {0, "all", NULL, "run all scenarios of the course (`sockdrill list`)", OPTION_FLAG(struct run_cmd, all)},
    {'j', "jobs", "N", "run so many at once (default: four for each CPU)", OPTION_SET(set_at_once)},
    {'o', "output", "FILE", "write the trace to FILE (JSON Lines)", OPTION_SET(set_output)},
    ROLES_TIMEOUT_ROW,
    {0, "no-namespace", NULL, "run in the machine's own network, on a free port",
     OPTION_FLAG(struct run_cmd, roles.opts.no_namespace)},
    {0, "deny-io-uring", NULL, "io_uring_setup fails with ENOSYS: programs fall back",
     OPTION_FLAG(struct run_cmd, roles.opts.deny_io_uring)},
    {0, "no-source", NULL, "do not look for the source lines of calls",
     OPTION_FLAG(struct run_cmd, roles.opts.no_source)},
    {0, "no-kernel", NULL, "do not ask the kernel for the state of sockets",
     OPTION_FLAG(struct run_cmd, roles.opts.no_kernel)},
    {0},
};

const struct usage run_usage = {
    .name = "run",
    .what = "run a scenario, both ends traced, and compare with its pattern",
    .synopsis = "[OPTION…] SCENARIO… | --all",
    .about = "Starts the programs of each SCENARIO, traces them, compares their calls with the\n"
             "pattern of each role, and tells what does not hold, where, and why.\n"
             "SCENARIO is a name (`sockdrill list`) or a path to an .expect file. Several run\n"
             "side by side, each in a network of its own where the machine allows it.",
    .exits = "0 holds, 1 does not hold, 2 wrong usage or file, 3 could not test,\n"
             "4 a fault of sockdrill; of several the worst, 1 before 3.",
    .operand = "SCENARIO",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
    .examples = "  sockdrill run tcp-echo\n"
                "  sockdrill run tcp-echo --server './server ${PORT}'\n"
                "  sockdrill run path/to/lab.expect --set SIZE=4096 -o trace.jsonl\n"
                "  sockdrill run --all --report junit:report.xml --report github\n",
};

/* What is printed, in the order of the scenarios. */
struct printer {
    struct report_opts opts;
    struct batch *batch;
    struct progress progress;
    size_t next; /* the first job that was not printed */
    VEC(const struct verdict *) verdicts;
    VEC(const struct outcome *) outcomes; /* of all jobs */
    bool is_quiet;                        /* a report takes stdout */
    struct arena arena;
    int failed; /* the exit code of jobs that came to no verdict */
};

static void print_job(struct printer *printer, const struct job *job)
{
    struct buf out = {0};

    progress_clear(&printer->progress);
    vec_push(&printer->outcomes, roles_outcome(printer->batch->paths[job - printer->batch->jobs], job,
                                               &printer->opts, &printer->arena));
    if (job->result == RUN_JUDGED) {
        vec_push(&printer->verdicts, &job->run.verdict);
        if (!printer->is_quiet)
            text_add(&out, printer->verdicts.items, printer->verdicts.len - 1, &printer->opts);
        fwrite(buf_str(&out), 1, out.len, stdout);
    } else {
        int code;

        fflush(stdout);
        code = roles_fail("run", job->result, &job->diagnostics, &job->err);
        if (code > printer->failed)
            printer->failed = code;
    }
    buf_release(&out);
}

static void show_progress(struct printer *printer)
{
    const struct batch *batch = printer->batch;
    struct buf line = {0}, names = {0};
    size_t over = 0;

    for (size_t i = 0; i < batch->started; i++) {
        const char *slash = strrchr(batch->paths[i], '/'), *name = slash ? slash + 1 : batch->paths[i];

        over += !batch->jobs[i].recorder;
        if (batch->jobs[i].recorder)
            buf_addf(&names, ", %.*s", (int)strcspn(name, "."), name);
    }
    buf_addf(&line, "%zu of %zu done%s", over, batch->len, buf_str(&names));
    progress_show(&printer->progress, buf_str(&line));
    buf_release(&line);
    buf_release(&names);
}

static void on_change(void *arg, size_t i)
{
    struct printer *printer = arg;
    const struct batch *batch = printer->batch;

    (void)i;
    for (; printer->next < batch->started && !batch->jobs[printer->next].recorder; printer->next++)
        print_job(printer, &batch->jobs[printer->next]);
    fflush(stdout);
    if (batch->len > 1)
        show_progress(printer);
}

static void on_recorder(void *arg, pid_t recorder, bool begins)
{
    (void)arg;
    interrupt_pass_on(recorder, begins);
}

static bool goes_on(void *arg)
{
    (void)arg;
    return !interrupt_signal();
}

/* They wait most of the time. */
static size_t default_at_once(void)
{
    enum { FOR_EACH_CPU = 4 };
    cpu_set_t cpus;
    size_t n = sched_getaffinity(0, sizeof(cpus), &cpus) == 0 ? (size_t)CPU_COUNT(&cpus) : 1;

    return n * FOR_EACH_CPU < INTERRUPT_MOST ? n * FOR_EACH_CPU : INTERRUPT_MOST;
}

struct paths {
    VEC(const char *) list;
    VEC(const struct outcome *) missing; /* names that are none of a scenario */
    struct arena arena;
};

/* Reports tell of all that was asked for: what Ctrl-C kept from being run, too. */
static int report(struct printer *printer, const struct roles_cmd *roles, const struct paths *paths, int code)
{
    for (size_t i = printer->outcomes.len; i < paths->list.len; i++)
        vec_push(&printer->outcomes, outcome_failed(paths->list.items[i], OUTCOME_UNTESTED,
                                                    "was not run: interrupted", &printer->arena));
    vec_each (const struct outcome *, it, &paths->missing)
        vec_push(&printer->outcomes, *it);
    return roles_report(roles, "run", printer->outcomes.items, printer->outcomes.len, code);
}

static int run_paths(struct run_cmd *cmd, const struct paths *paths)
{
    struct batch batch = {
        .paths = paths->list.items,
        .jobs = alloc_zeroed((paths->list.len + 1) * sizeof(struct job)),
        .len = paths->list.len,
        .at_once = cmd->at_once ? cmd->at_once : default_at_once(),
        .opts = roles_opts(&cmd->roles),
        .recording = on_recorder,
        .changed = on_change,
        .goes_on = goes_on,
    };
    struct printer printer = {.opts = roles_report_opts(&cmd->roles),
                              .batch = &batch,
                              .is_quiet = reports_take_stdout(&cmd->roles.reports)};
    struct buf out = {0};
    int code;

    batch.arg = &printer;
    progress_init(&printer.progress);
    batch_run(&batch);
    progress_clear(&printer.progress);
    if (!printer.is_quiet)
        text_summary(&out, printer.outcomes.items, printer.outcomes.len, printer.opts.color);
    fwrite(buf_str(&out), 1, out.len, stdout);
    /* What could not even be started weighs more than what was found. */
    code = printer.failed ? printer.failed : roles_code(printer.verdicts.items, printer.verdicts.len);
    code = report(&printer, &cmd->roles, paths, code);
    for (size_t i = 0; i < batch.started; i++)
        job_release(&batch.jobs[i]);
    free(batch.jobs);
    vec_release(&printer.verdicts);
    vec_release(&printer.outcomes);
    arena_release(&printer.arena);
    buf_release(&out);
    return code;
}

/* Of scenarios that are named; those that are none are told. The exit code. */
static int find_named(struct paths *paths, char *const *names, int len)
{
    int code = EXIT_HOLDS;
    struct err err;

    for (int i = 0; i < len; i++) {
        char *path = run_find_expect(names[i], &err);

        if (path) {
            vec_push(&paths->list, arena_strdup(&paths->arena, path));
        } else {
            code = cmd_fail("run", EXIT_USAGE, &err);
            vec_push(&paths->missing, outcome_failed(names[i], OUTCOME_WRONG_FILE, err.msg, &paths->arena));
        }
        free(path);
    }
    return code;
}

static int find_all(struct paths *paths)
{
    struct course course;
    struct err err;
    int code = EXIT_HOLDS;

    course_load(&course);
    if (course.wrong.len) {
        fputs(buf_str(&course.wrong), stderr);
        code = EXIT_USAGE;
    } else if (!course.items.len) {
        err_set(&err, "there are no scenarios");
        code = cmd_fail("run", EXIT_UNTESTED, &err);
    }
    vec_each (const struct course_item, item, &course.items)
        vec_push(&paths->list, arena_strdup(&paths->arena, item->path));
    course_release(&course);
    return code;
}

static bool check_operands(const struct run_cmd *cmd, int n, int *code)
{
    if (!n && !cmd->all)
        *code = cmd_usage_error(&run_usage, "which scenario? `sockdrill list` shows those that come along");
    else if (n && cmd->all)
        *code = cmd_usage_error(&run_usage, "--all is all of them: it takes no names beside it");
    else if (cmd->roles.opts.trace_path && (n > 1 || cmd->all))
        *code = cmd_usage_error(&run_usage, "-o takes the trace of one scenario, and there are more");
    else
        return true;
    return false;
}

int cmd_run(int argc, char **argv)
{
    struct run_cmd cmd = {0};
    struct paths paths = {0};
    int first, code = EXIT_HOLDS, wrong;

    roles_init(&cmd.roles);
    if (!cmd_options(&run_usage, &cmd, argc, argv, &first, &code) ||
        !check_operands(&cmd, argc - first, &code))
        goto release;
    if (!roles_may_report(&cmd.roles, "run", &code))
        goto release;
    cmd.roles.opts.in_recorder = interrupt_pass_on_nothing;
    interrupt_catch();
    wrong = cmd.all ? find_all(&paths) : find_named(&paths, argv + first, argc - first);
    if ((paths.list.len || paths.missing.len) && !(wrong && cmd.all))
        code = run_paths(&cmd, &paths);
    if (wrong)
        code = wrong;
release:
    vec_release(&paths.list);
    vec_release(&paths.missing);
    arena_release(&paths.arena);
    roles_release(&cmd.roles);
    if (interrupt_signal())
        interrupt_die(interrupt_signal());
    return code;
}
