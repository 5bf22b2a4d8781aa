/* grade/assignment.c: scenarios, their points, and which commands are for whom. */
#include "grade/assignment.h"

#include "format/jout.h"
#include "report/json.h"
#include "report/points.h"
#include "run/file.h"
#include "run/program.h"
#include "run/score.h"

#include <stdlib.h>
#include <string.h>

void assignment_init(struct assignment *assignment, const struct run_opts *opts)
{
    *assignment = (struct assignment){.opts = *opts};
    assignment->used = ARENA_ARRAY(&assignment->arena, bool, opts->ncommands + 1);
}

/* "NAME=POINTS", where what follows the last `=` is points. */
static const char *split(struct assignment *assignment, const char *operand, int64_t *worth)
{
    const char *equals = strrchr(operand, '=');

    *worth = -1;
    if (!equals || !points_parse(equals + 1, strlen(equals + 1), worth))
        return operand;
    return arena_memdup(&assignment->arena, operand, (size_t)(equals - operand));
}

static bool has_role(const struct expect *expect, const char *name)
{
    for (size_t i = 0; i < expect->nroles; i++)
        if (role_is_named(expect->roles[i], name))
            return true;
    return false;
}

/* Only those that are for a role of this scenario. */
static void choose_commands(struct assignment *assignment, struct exercise *exercise,
                            const struct expect *expect)
{
    const struct run_opts *all = &assignment->opts;
    struct role_command *own = ARENA_ARRAY(&assignment->arena, struct role_command, all->ncommands + 1);

    exercise->opts = *all;
    exercise->opts.commands = own;
    exercise->opts.ncommands = 0;
    for (size_t i = 0; i < all->ncommands; i++)
        if (has_role(expect, all->commands[i].role)) {
            own[exercise->opts.ncommands++] = all->commands[i];
            assignment->used[i] = true;
        }
}

static const char *command_of(const struct exercise *exercise, const struct role *role)
{
    const char *command = role->command;

    for (size_t i = 0; i < exercise->opts.ncommands; i++) {
        const struct role_command *given = &exercise->opts.commands[i];

        if (!strcmp(given->role, role->name))
            return given->command;
        if (role_is_named(role, given->role))
            command = given->command;
    }
    return command;
}

/* A word with a slash is a path from the submission's folder on. */
static void find_programs(struct assignment *assignment, struct exercise *exercise,
                          const struct expect *expect)
{
    const char **programs = ARENA_ARRAY(&assignment->arena, const char *, expect->nroles + 1);

    for (size_t i = 0; i < expect->nroles; i++) {
        bool known = false;
        struct err err;
        char **argv;

        if (!program_split(command_of(exercise, expect->roles[i]), &assignment->arena, &argv, &err) ||
            argv[0][0] == '/' || !strchr(argv[0], '/') || strstr(argv[0], "${"))
            continue;
        for (size_t k = 0; k < exercise->nprograms; k++)
            known = known || !strcmp(programs[k], argv[0]);
        if (!known)
            programs[exercise->nprograms++] = argv[0];
    }
    exercise->programs = programs;
}

static uint64_t time_of(const struct assignment *assignment, const struct expect *expect)
{
    uint32_t own = assignment->opts.timeout_ms ? assignment->opts.timeout_ms : RUN_TIMEOUT_MS;
    uint64_t ms = 0;

    for (size_t i = 0; i < expect->nroles; i++)
        ms += expect->roles[i]->timeout_ms ? expect->roles[i]->timeout_ms : own;
    return ms;
}

static void describe(struct assignment *assignment, struct exercise *exercise, const struct run *run)
{
    long points = score_possible(run->verdict.expect);

    exercise->text = hash_new();
    hash_add(&exercise->text, run->source.text, run->source.len);
    if (exercise->worth < 0)
        exercise->worth = (points ? points : 1) * (int64_t)POINTS_ONE;
    exercise->most_ms = time_of(assignment, run->verdict.expect);
    choose_commands(assignment, exercise, run->verdict.expect);
    find_programs(assignment, exercise, run->verdict.expect);
}

static const char *name_of(struct arena *arena, const char *path)
{
    static const char suffix[] = ".expect";
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    size_t len = strlen(base), end = sizeof(suffix) - 1;

    return arena_memdup(arena, base, len > end && !strcmp(base + len - end, suffix) ? len - end : len);
}

/* As the user named it; without the folders where those are this machine's own. */
static const char *shown_as(struct arena *arena, const char *operand, const char *path)
{
    const char *slash = strrchr(path, '/');

    return arena_strdup(arena, slash && (path[0] == '/' || strcmp(operand, path) != 0) ? slash + 1 : path);
}

enum run_result assignment_add(struct assignment *assignment, const char *operand, struct buf *diagnostics,
                               struct err *err)
{
    struct exercise exercise = {0};
    const char *wanted = split(assignment, operand, &exercise.worth);
    char *path = run_find_expect(wanted, err), *real = path ? realpath(path, NULL) : NULL;
    enum run_result result = RUN_WRONG_USE;
    struct params params = params_make(&assignment->opts, "7000", "/tmp");
    struct run run = {0};

    if (!path || !run_begin(&run, path, &assignment->opts, err))
        goto release;
    exercise.name = name_of(&assignment->arena, path);
    exercise.path = arena_strdup(&assignment->arena, real ? real : path);
    exercise.shown = shown_as(&assignment->arena, wanted, path);
    vec_each (struct exercise, other, &assignment->exercises)
        if (!strcmp(other->name, exercise.name)) {
            err_set(err, "two scenarios are called '%s'", exercise.name);
            err_hint(err, "their points would stand in columns of the same name");
            goto release;
        }
    run.verdict.expect = file_parse(&run, &params, diagnostics);
    result = RUN_WRONG_FILE;
    if (!run.verdict.expect)
        goto release;
    describe(assignment, &exercise, &run);
    vec_push(&assignment->exercises, exercise);
    result = RUN_JUDGED;
release:
    run_release(&run);
    params_release(&params);
    free(path);
    free(real);
    return result;
}

/* ---- the key ---- */

static void add_exercises(struct buf *out, const struct assignment *assignment)
{
    jout_key(out, "scenarios");
    buf_addc(out, '[');
    vec_each (struct exercise, exercise, &assignment->exercises) {
        char hash[HASH_TEXT];

        hash_text(&exercise->text, hash);
        jout_next(out);
        buf_addc(out, '{');
        json_text(out, "name", exercise->name);
        json_number(out, "worth", (uint64_t)exercise->worth);
        json_text(out, "hash", hash);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

static void add_pairs(struct buf *out, const struct assignment *assignment)
{
    const struct run_opts *opts = &assignment->opts;

    jout_key(out, "roles");
    buf_addc(out, '[');
    for (size_t i = 0; i < opts->ncommands; i++) {
        jout_next(out);
        buf_addc(out, '{');
        json_text(out, "role", opts->commands[i].role);
        json_text(out, "command", opts->commands[i].command);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
    jout_key(out, "set");
    buf_addc(out, '[');
    for (size_t i = 0; i < opts->nparams; i++) {
        jout_next(out);
        buf_addc(out, '{');
        json_text(out, "name", opts->params[i].name);
        json_text(out, "value", opts->params[i].value);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

bool assignment_seal(struct assignment *assignment, struct err *err)
{
    static const char *const levels[] = {[FINDING_PROVED] = "proved",
                                         [FINDING_LIKELY] = "likely",
                                         [FINDING_STYLE] = "style",
                                         [FINDING_NONE] = "none"};
    const struct run_opts *opts = &assignment->opts;
    struct hash hash = hash_new();
    struct buf key = {0};

    for (size_t i = 0; i < opts->ncommands; i++)
        if (!assignment->used[i]) {
            err_set(err, "no scenario has a role '%s'", opts->commands[i].role);
            return err_hint(err, "`sockdrill list SCENARIO` shows the roles of one");
        }
    buf_addc(&key, '{');
    json_text(&key, "version", SOCKDRILL_VERSION);
    add_exercises(&key, assignment);
    add_pairs(&key, assignment);
    if (assignment->build)
        json_text(&key, "build", assignment->build);
    json_number(&key, "build_timeout_ms", assignment->build_ms);
    json_number(&key, "timeout_ms", opts->timeout_ms);
    json_text(&key, "findings", levels[opts->failing_confidence]);
    json_number(&key, "hints", 3 - assignment->withheld);
    buf_addc(&key, '}');
    assignment->key = arena_strdup(&assignment->arena, buf_str(&key));
    buf_release(&key);
    hash_adds(&hash, assignment->key);
    hash_text(&hash, assignment->hash);
    return true;
}

void assignment_release(struct assignment *assignment)
{
    vec_release(&assignment->exercises);
    arena_release(&assignment->arena);
}
