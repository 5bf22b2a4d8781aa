/* grade/worker.c: runs in a process of its own, which may be lost. */
#include "grade/worker.h"

#include "base/alloc.h"
#include "format/jout.h"
#include "grade/build.h"
#include "grade/steady.h"
#include "grade/tree.h"
#include "report/json.h"
#include "report/outcome.h"
#include "run/batch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the worker is at. */
struct bench {
    const struct worker *worker;
    int fd;
    struct ward *ward;
    struct arena arena;
    struct build build;
    struct tree_notes notes;
    const char *refusal; /* why nothing of it can be tested; or NULL */
};

static void say(struct bench *bench, struct buf *line)
{
    const char *at = buf_str(line);
    size_t left = line->len + 1;

    line->data[line->len] = '\n'; /* in place of the NUL */
    while (left) {
        ssize_t n = write(bench->fd, at, left);

        if (n < 0 && errno != EINTR)
            break; /* nobody listens */
        at += n > 0 ? n : 0;
        left -= n > 0 ? (size_t)n : 0;
    }
    buf_release(line);
}

/* ---- what is told ---- */

static void tell_build(struct bench *bench)
{
    struct buf line = {0};

    buf_adds(&line, "{\"build\": {");
    json_text(&line, "result", build_word(bench->build.result));
    json_text(&line, "command", bench->build.command);
    json_text(&line, "why", bench->build.why);
    json_text(&line, "output", bench->build.output);
    buf_adds(&line, "}, \"notes\": [");
    vec_each (const char *, note, &bench->notes.list) {
        jout_next(&line);
        jout_string(&line, *note);
    }
    buf_adds(&line, "]}");
    say(bench, &line);
}

static void tell_outcome(struct bench *bench, const struct outcome *outcome, const struct trace *trace)
{
    struct buf line = {0};

    outcome_write(&line, outcome);
    steady_make(&line, bench->worker->dir, trace);
    say(bench, &line);
}

/* ---- scenarios ---- */

/* Why the program can't be run, for who handed it in; NULL: it can. */
static const char *missing_program(struct bench *bench, const char *path)
{
    struct stat st;

    if (stat(path, &st) < 0)
        return arena_printf(&bench->arena, "the submission has no program %s%s", path,
                            bench->build.result == BUILD_DONE ? " after it was built" : "");
    if (S_ISDIR(st.st_mode))
        return arena_printf(&bench->arena, "%s of the submission is a folder, no program", path);
    if (!S_ISREG(st.st_mode) || access(path, X_OK) < 0)
        return arena_printf(&bench->arena, "%s of the submission is no program: it can't be executed", path);
    return NULL;
}

/* What keeps the scenario from being run; NULL: nothing does. */
static const struct outcome *obstacle(struct bench *bench, const struct exercise *exercise)
{
    const struct build *build = &bench->build;

    if (bench->refusal)
        return outcome_failed(exercise->shown, OUTCOME_UNTESTED, bench->refusal, &bench->arena);
    if (build->result == BUILD_FAILS || build->result == BUILD_UNTESTED)
        return outcome_failed(
            exercise->shown, build->result == BUILD_FAILS ? OUTCOME_FAILS : OUTCOME_UNTESTED,
            arena_printf(&bench->arena, "%s%s%s", build->why, build->output[0] ? "\n" : "", build->output),
            &bench->arena);
    for (size_t i = 0; i < exercise->nprograms; i++) {
        const char *why = missing_program(bench, exercise->programs[i]);

        if (why)
            return outcome_failed(exercise->shown, OUTCOME_FAILS, why, &bench->arena);
    }
    return NULL;
}

static void on_recorder(void *arg, pid_t recorder, bool begins)
{
    struct bench *bench = arg;

    bench->ward->recorder = begins ? recorder : 0;
}

static void on_change(void *arg, size_t i)
{
    (void)arg;
    (void)i;
}

static bool go_on(void *arg)
{
    (void)arg;
    return true;
}

static const struct outcome *outcome_of_job(struct bench *bench, struct job *job,
                                            const struct exercise *exercise)
{
    const struct report_opts opts = {
        .withheld = bench->worker->assignment->withheld, .below = bench->worker->dir, .no_chance = true};
    const char *excess = ward_excess_text(bench->ward->excess);

    if (excess)
        return outcome_failed(exercise->shown, OUTCOME_FAILS, excess, &bench->arena);
    switch (job->result) {
    case RUN_JUDGED: break;
    case RUN_WRONG_FILE:
        return outcome_failed(exercise->shown, OUTCOME_WRONG_FILE, buf_str(&job->diagnostics), &bench->arena);
    case RUN_WRONG_USE:
        return outcome_failed(exercise->shown, OUTCOME_WRONG_FILE, job->err.msg, &bench->arena);
    case RUN_FAULT: return outcome_failed(exercise->shown, OUTCOME_FAULT, job->err.msg, &bench->arena);
    }
    /* The name by which the file is known wherever this is graded. */
    job->run.source.name = exercise->shown;
    return outcome_make(&job->run.verdict, &opts, &bench->arena);
}

static void run_exercise(struct bench *bench, const struct exercise *exercise)
{
    struct job job = {0};
    struct batch batch = {.paths = &exercise->path,
                          .jobs = &job,
                          .len = 1,
                          .at_once = 1,
                          .opts = &exercise->opts,
                          .recording = on_recorder,
                          .changed = on_change,
                          .goes_on = go_on,
                          .arg = bench};
    const struct outcome *outcome;

    bench->ward->excess = WARD_WITHIN;
    batch_run(&batch);
    outcome = outcome_of_job(bench, &job, exercise);
    tell_outcome(bench, outcome, &job.run.trace);
    job_release(&job);
    ward_clear(bench->ward);
}

/* ---- all of it ---- */

/* Where this machine lets us; the rest of it is what any program of this user's can write. */
static void protect(const struct worker *worker)
{
    bool ok = isolate_mount(worker->way, worker->dir, false);

    for (size_t i = 0; ok && i < ARRAY_LEN(worker->keep); i++)
        ok = isolate_mount(worker->way, worker->keep[i], true);
}

/* What we were started with is nothing to the programs: they get the same descriptors wherever they are
 * graded. */
static void leave_descriptors(void)
{
    DIR *dir = opendir("/proc/self/fd");
    struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        int fd = atoi(entry->d_name);

        if (fd > STDERR_FILENO)
            fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    if (dir)
        closedir(dir);
}

/* Compilers and make speak alike on each machine, whoever starts us. */
static void plain_environment(void)
{
    static const char *const others[] = {"LANGUAGE", "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"};

    setenv("LC_ALL", "C.UTF-8", 1);
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        unsetenv(others[i]);
}

static void set_up(struct bench *bench)
{
    const struct worker *worker = bench->worker;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    struct err err;

    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    leave_descriptors();
    plain_environment();
    if (!tree_copy(worker->submission->path, worker->dir, &bench->notes, &err)) {
        bench->refusal = arena_strdup(&bench->arena, err.msg);
        return;
    }
    protect(worker);
    if (chdir(worker->dir) < 0) {
        err_sys(&err, errno, "cannot enter the copy of the submission");
        bench->refusal = arena_strdup(&bench->arena, err.msg);
    } else {
        build_run(&bench->build, worker->dir, worker->assignment->build, worker->assignment->build_ms,
                  bench->ward, &bench->arena);
    }
}

void worker_run(void *arg, int fd, struct ward *ward)
{
    struct bench bench = {.worker = arg, .fd = fd, .ward = ward};

    bench.build = (struct build){.command = "", .why = "", .output = ""};
    bench.notes.arena = &bench.arena;
    set_up(&bench);
    tell_build(&bench);
    vec_each (struct exercise, exercise, &bench.worker->assignment->exercises) {
        const struct outcome *outcome = obstacle(&bench, exercise);

        if (outcome)
            tell_outcome(&bench, outcome, NULL);
        else
            run_exercise(&bench, exercise);
    }
    vec_release(&bench.notes.list);
    arena_release(&bench.arena);
}

uint64_t worker_most_ms(const struct assignment *assignment)
{
    /* For copying, ending, judging, on a machine that is busy. */
    enum { BESIDES_MS = 60000, TIMES = 3 };
    uint64_t ms = assignment->build_ms + (uint64_t)BESIDES_MS;

    vec_each (const struct exercise, exercise, &assignment->exercises)
        ms += exercise->most_ms + (uint64_t)BESIDES_MS;
    return ms * TIMES;
}
