/* cmd/grade.c: sockdrill grade: the submissions of a class. */
#include "grade/grade.h"
#include "cmd/progress.h"
#include "cmd/roles.h"
#include "grade/roster.h"
#include "grade/store.h"
#include "grade/warden.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

enum { BUILD_MS_USUAL = 60000, JOBS_MOST = 256 };

/* `roles` stands first: its rows work on this too. */
struct grade_cmd {
    struct roles_cmd roles;
    const char *submissions, *build, *dir;
    unsigned long jobs;
    uint32_t build_ms;
    struct shard shard;
    bool is_fresh, is_merge;
    VEC(const struct report *) kinds;
};

static const char *set_submissions(void *arg, const char *value)
{
    ((struct grade_cmd *)arg)->submissions = value;
    return NULL;
}

static const char *set_build(void *arg, const char *value)
{
    ((struct grade_cmd *)arg)->build = value;
    return NULL;
}

static const char *set_build_timeout(void *arg, const char *value)
{
    return options_seconds(value, &((struct grade_cmd *)arg)->build_ms) ? NULL : "is no time in seconds";
}

static const char *set_dir(void *arg, const char *value)
{
    ((struct grade_cmd *)arg)->dir = value;
    return value[0] ? NULL : "is no folder";
}

static const char *set_jobs(void *arg, const char *value)
{
    struct grade_cmd *cmd = arg;

    return options_number(value, JOBS_MOST, &cmd->jobs) && cmd->jobs ? NULL : "is no number from 1 to 256";
}

static const char *set_shard(void *arg, const char *value)
{
    return shard_parse(value, &((struct grade_cmd *)arg)->shard) ? NULL : "is not K/N, such as 2/4";
}

static const char *set_kind(void *arg, const char *value)
{
    struct grade_cmd *cmd = arg;
    const struct report *report = report_by_name(value);

    if (!report)
        return "is no kind of report: see `sockdrill run --help`";
    vec_push(&cmd->kinds, report);
    return NULL;
}

static const struct option_row rows[] = {
    {0, "submissions", "DIR", "one folder a student", OPTION_SET(set_submissions)},
    {'o', "output", "DIR", "records, reports and the summary (default: grades)", OPTION_SET(set_dir)},
    {0, "build", "CMD",
     "what builds a submission (default: make where there\nis a makefile, else cc; '': nothing)",
     OPTION_SET(set_build)},
    {0, "build-timeout", "SECONDS", "time limit of each build (default 60)", OPTION_SET(set_build_timeout)},
    ROLES_TIMEOUT_ROW,
    {0, "server", "X", "what plays the role `server`, run in the submission", OPTION_SET(roles_set_server)},
    {0, "client", "X", "what plays the role `client`", OPTION_SET(roles_set_client)},
    {0, "role", "NAME=X", "what plays the role NAME", OPTION_SET(roles_set_role)},
    {0, "set", "NAME=VALUE", "a value for ${NAME} of the expectations", OPTION_SET(roles_set_param)},
    {0, "findings", "LEVEL", "that fail it: proved (default), likely, style, none",
     OPTION_SET(roles_set_findings)},
    {0, "hints", "N", "0 none, 1 a nudge, 2 the cause, 3 (default) the cure", OPTION_SET(roles_set_hints)},
    {0, "report", "KIND", "reports of each student (default: text); repeatable", OPTION_SET(set_kind)},
    {'j', "jobs", "N", "so many submissions at once (default: the CPUs)", OPTION_SET(set_jobs)},
    {0, "fresh", NULL, "grade again what was graded before", OPTION_FLAG(struct grade_cmd, is_fresh)},
    {0, "shard", "K/N", "only part K of N: another machine grades the others", OPTION_SET(set_shard)},
    {0, "merge", NULL, "put the records of several machines together",
     OPTION_FLAG(struct grade_cmd, is_merge)},
    {0, "color", "WHEN", "auto (default), always, never", OPTION_SET(roles_set_color)},
    {0},
};

const struct usage grade_usage = {
    .name = "grade",
    .what = "the submissions of a class: a report for each student, and a summary",
    .synopsis = "[OPTION…] --submissions DIR SCENARIO[=POINTS]…\n"
                "       sockdrill grade --merge [-o DIR] RECORDS…",
    .about = "Builds each submission in a copy of its own, runs the SCENARIOs with its\n"
             "programs, and writes a report for each student and a summary of the class.\n"
             "A command in the folder of the submission begins with ./ . What was graded\n"
             "before, and has not changed, is not graded again: Ctrl-C, then the same command,\n"
             "goes on. It limits what a submission takes; it is no sandbox.",
    .exits = "0 all hold, 1 some do not hold, 2 wrong usage or file, 3 some could\n"
             "not be tested, 4 a fault of sockdrill; of several the worst, 1 before 3.",
    .operand = "SCENARIO",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
    .examples = "  sockdrill grade --submissions class --server './server ${PORT}' tcp-echo=10\n"
                "  sockdrill grade --submissions class --shard 1/4 -o part1 lab.expect\n"
                "  sockdrill grade --merge part1 part2 part3 part4\n",
};

/* What is shown while it goes on. */
struct teller {
    struct progress progress;
    const struct grade *grade;
    size_t over;
    VEC(const char *) under_way;
};

static void show_progress(struct teller *teller)
{
    struct buf line = {0};

    buf_addf(&line, "%zu of %zu done", teller->over, teller->grade->total);
    vec_each (const char *, name, &teller->under_way) {
        buf_adds(&line, ", ");
        submission_show(&line, *name);
    }
    progress_show(&teller->progress, buf_str(&line));
    buf_release(&line);
}

static void on_change(void *arg, const struct submission *submission, const struct mark *mark)
{
    struct teller *teller = arg;

    if (!mark) {
        vec_push(&teller->under_way, submission->name);
    } else {
        teller->over++;
        for (size_t i = teller->under_way.len; i-- > 0;)
            if (teller->under_way.items[i] == submission->name)
                vec_remove(&teller->under_way, i);
    }
    show_progress(teller);
}

static bool goes_on(void *arg)
{
    (void)arg;
    return !interrupt_signal();
}

/* ---- what is written ---- */

static bool write_reports(const struct grade_cmd *cmd, const char *dir, const struct mark *mark,
                          struct arena *arena, struct err *err)
{
    const struct outcome **outcomes = ARENA_ARRAY(arena, const struct outcome *, mark->nparts + 1);
    struct outcome_sum *points = ARENA_ARRAY(arena, struct outcome_sum, mark->nparts + 1);
    struct buf title = {0};
    struct report_set set = {.version = SOCKDRILL_VERSION, .no_times = true, .points = points};
    bool ok = true;

    submission_show(&title, mark->name);
    set.title = buf_str(&title);
    for (size_t i = 0; i < mark->nparts; i++) {
        outcomes[i] = mark->parts[i].outcome;
        points[i] = (struct outcome_sum){(long)mark->parts[i].earned, (long)mark->parts[i].worth};
    }
    vec_each (const struct report *, kind, &cmd->kinds) {
        struct buf out = {0};

        (*kind)->write(&out, outcomes, mark->nparts, &set);
        ok = ok && store_write(arena_printf(arena, "%s/reports/%s.%s", dir, mark->stem, (*kind)->suffix),
                               &out, err);
        buf_release(&out);
    }
    buf_release(&title);
    return ok;
}

static bool write_summary(const char *dir, const struct roster *roster, struct arena *arena, struct err *err)
{
    struct buf csv = {0}, json = {0};
    bool ok;

    roster_write_csv(&csv, roster);
    roster_write_json(&json, roster);
    ok = store_write(arena_printf(arena, "%s/summary.csv", dir), &csv, err) &&
         store_write(arena_printf(arena, "%s/summary.json", dir), &json, err);
    buf_release(&csv);
    buf_release(&json);
    return ok;
}

static int code_of(enum outcome_result result)
{
    static const int codes[] = {[OUTCOME_HOLDS] = EXIT_HOLDS,
                                [OUTCOME_FAILS] = EXIT_FAILS,
                                [OUTCOME_UNTESTED] = EXIT_UNTESTED,
                                [OUTCOME_WRONG_FILE] = EXIT_USAGE,
                                [OUTCOME_FAULT] = EXIT_OURS};

    return codes[result];
}

/* All that follows from the marks. */
static int tell(const struct grade_cmd *cmd, const char *dir, const struct mark *const *marks, size_t len,
                bool is_complete)
{
    struct roster roster;
    struct arena arena = {0};
    struct buf text = {0};
    struct err err;
    bool ok = true;
    int code;

    roster_make(&roster, marks, len, is_complete);
    for (size_t i = 0; ok && i < len; i++)
        ok = write_reports(cmd, dir, marks[i], &arena, &err);
    ok = ok && write_summary(dir, &roster, &arena, &err);
    roster_write_text(&text, &roster, color_wanted(cmd->roles.color, stdout));
    buf_addf(&text, "Reports and summary are in %s\n", cmd->dir);
    fwrite(buf_str(&text), 1, text.len, stdout);
    code = ok ? code_of(roster_result(&roster)) : cmd_fail("grade", EXIT_OURS, &err);
    roster_release(&roster);
    arena_release(&arena);
    buf_release(&text);
    return code;
}

/* ---- the two ways ---- */

static size_t cpus_here(void)
{
    cpu_set_t cpus;

    return sched_getaffinity(0, sizeof(cpus), &cpus) == 0 ? (size_t)CPU_COUNT(&cpus) : 1;
}

static int grade_class(const struct grade_cmd *cmd, const struct assignment *assignment,
                       const struct submissions *submissions, const char *dir)
{
    struct teller teller = {0};
    struct grade grade = {.assignment = assignment,
                          .submissions = submissions,
                          .shard = cmd->shard.n ? cmd->shard : (struct shard){1, 1},
                          .at_once = cmd->jobs ? cmd->jobs : cpus_here(),
                          .dir = dir,
                          .is_fresh = cmd->is_fresh,
                          .changed = on_change,
                          .goes_on = goes_on,
                          .arg = &teller};
    struct err err;
    int code;

    teller.grade = &grade;
    progress_init(&teller.progress);
    if (grade_run(&grade, &err)) {
        progress_clear(&teller.progress);
        code = tell(cmd, dir, grade.marks.list.items, grade.marks.list.len,
                    grade.marks.list.len == submissions->list.len);
    } else {
        progress_clear(&teller.progress);
        code = cmd_fail("grade", EXIT_OURS, &err);
    }
    if (interrupt_signal())
        fprintf(stderr, "sockdrill grade: interrupted: %zu of %zu are graded; the same command goes on\n",
                grade.marks.list.len, grade.total);
    vec_release(&teller.under_way);
    grade_release(&grade);
    return code;
}

static int grade_all(struct grade_cmd *cmd, char *const *scenarios, int len)
{
    struct assignment assignment;
    struct submissions submissions = {0};
    struct arena arena = {0};
    struct buf diagnostics = {0};
    const char *dir = cmd->dir;
    int code = EXIT_HOLDS;
    struct err err;

    cmd->roles.opts.file_limit = WARDEN_MOST_FILE;
    assignment_init(&assignment, roles_opts(&cmd->roles));
    assignment.withheld = cmd->roles.withheld;
    assignment.build = cmd->build;
    assignment.build_ms = cmd->build_ms;
    for (int i = 0; i < len && code == EXIT_HOLDS; i++) {
        enum run_result result = assignment_add(&assignment, scenarios[i], &diagnostics, &err);

        if (result != RUN_JUDGED)
            code = roles_fail("grade", result, &diagnostics, &err);
    }
    if (code == EXIT_HOLDS && (!assignment_seal(&assignment, &err) ||
                               !submissions_read(&submissions, cmd->submissions, cmd->dir, &err)))
        code = cmd_fail("grade", EXIT_USAGE, &err);
    vec_each (const char *, note, &submissions.notes)
        fprintf(stderr, "sockdrill grade: %s\n", *note);
    if (code == EXIT_HOLDS && !submissions.list.len) {
        err_set(&err, "there are no submissions in '%s'", cmd->submissions);
        code = cmd_fail("grade", EXIT_USAGE, &err);
    }
    if (code == EXIT_HOLDS && !store_open(&dir, &arena, &err))
        code = cmd_fail("grade", EXIT_USAGE, &err);
    else if (code == EXIT_HOLDS) {
        code = grade_class(cmd, &assignment, &submissions, dir);
        store_close(dir);
    }
    buf_release(&diagnostics);
    submissions_release(&submissions);
    assignment_release(&assignment);
    arena_release(&arena);
    return code;
}

static int merge_all(const struct grade_cmd *cmd, char *const *paths, int len)
{
    struct merge merge = {0};
    struct arena arena = {0};
    const char *dir = cmd->dir;
    struct err err;
    bool ok = true;
    int code;

    for (int i = 0; ok && i < len; i++)
        ok = merge_add(&merge, paths[i], &err);
    ok = ok && merge_seal(&merge, &err) && store_open(&dir, &arena, &err);
    if (ok) {
        vec_each (const char *, note, &merge.notes)
            fprintf(stderr, "sockdrill grade: %s\n", *note);
        code = tell(cmd, dir, merge.marks.items, merge.marks.len, merge.is_complete);
        store_close(dir);
        if (!merge.is_complete && code == EXIT_HOLDS)
            code = EXIT_UNTESTED;
    } else {
        code = cmd_fail("grade", EXIT_USAGE, &err);
    }
    merge_release(&merge);
    arena_release(&arena);
    return code;
}

static bool settle_usage(const struct grade_cmd *cmd, int n, int *code)
{
    if (cmd->is_merge && cmd->submissions)
        *code = cmd_usage_error(&grade_usage, "--merge grades nothing: it takes no --submissions");
    else if (cmd->is_merge && !n)
        *code = cmd_usage_error(&grade_usage, "which records are to be put together?");
    else if (!cmd->is_merge && !cmd->submissions)
        *code = cmd_usage_error(&grade_usage, "whose? --submissions DIR has one folder a student");
    else if (!cmd->is_merge && !n)
        *code =
            cmd_usage_error(&grade_usage, "by which scenarios? `sockdrill list` shows those that come along");
    else
        return true;
    return false;
}

int cmd_grade(int argc, char **argv)
{
    struct grade_cmd cmd = {.dir = "grades", .build_ms = BUILD_MS_USUAL};
    int first, code;

    roles_init(&cmd.roles);
    if (!cmd_options(&grade_usage, &cmd, argc, argv, &first, &code) ||
        !settle_usage(&cmd, argc - first, &code))
        goto release;
    if (!cmd.kinds.len)
        vec_push(&cmd.kinds, report_by_name("text"));
    cmd.roles.opts.in_recorder = interrupt_pass_on_nothing;
    interrupt_catch();
    code = cmd.is_merge ? merge_all(&cmd, argv + first, argc - first)
                        : grade_all(&cmd, argv + first, argc - first);
release:
    vec_release(&cmd.kinds);
    roles_release(&cmd.roles);
    if (interrupt_signal())
        interrupt_die(interrupt_signal());
    return code;
}
