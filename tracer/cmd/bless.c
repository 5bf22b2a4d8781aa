/* cmd/bless.c: sockdrill bless: a golden pattern from several runs. */
#include "cmd/progress.h"
#include "cmd/roles.h"
#include "report/text.h"
#include "run/golden.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* `roles` stands first: its rows work on this too. */
struct bless_cmd {
    struct roles_cmd roles;
    unsigned long nruns;
    const char *path;     /* -o */
    const char *scenario; /* NULL: programs of the command line */
    char *skeleton;       /* the directory of the expectation made for them */
    bool update;
    struct progress progress;
};

enum {
    RUNS = 5,
    RUNS_MOST = 100,
    PROOFS = 5,
    SNAPLEN = 4 * 1024 * 1024 /* all bytes that a line may sum up */
};

static const char *set_runs(void *arg, const char *value)
{
    struct bless_cmd *cmd = arg;

    if (!options_number(value, RUNS_MOST, &cmd->nruns) || cmd->nruns < 2)
        return "is no number from 2 to 100";
    return NULL;
}

static const char *set_output(void *arg, const char *value)
{
    ((struct bless_cmd *)arg)->path = value;
    return NULL;
}

static const struct option_row rows[] = {
    ROLES_ROWS,
    {'n', "runs", "N", "make the pattern of so many runs (default 5)", OPTION_SET(set_runs)},
    {'o', "output", "FILE", "write the pattern to FILE; `-` is standard output", OPTION_SET(set_output)},
    {0, "update", NULL, "replace a pattern that is there", OPTION_FLAG(struct bless_cmd, update)},
    ROLES_TIMEOUT_ROW,
    {0, "no-namespace", NULL, "run in the machine's own network, on a free port",
     OPTION_FLAG(struct bless_cmd, roles.opts.no_namespace)},
    {0},
};

const struct usage bless_usage = {
    .name = "bless",
    .what = "make a pattern of what a scenario or program does, from several runs",
    .synopsis = "[OPTION…] SCENARIO | [--role NAME=CMD]… -- CMD…",
    .about = "Runs a scenario, or programs, several times under shifted schedules, and writes\n"
             "an expectation that holds for every run: names for descriptors and ports, bytes\n"
             "joined into streams, a block for each connection, and what varied as the\n"
             "narrowest pattern that all runs prove. It is written only after it has held for\n"
             "further runs. Runs that fail, lose events or record nothing are refused.",
    .exits = "0 blessed (or as it was), 1 not blessed, 2 wrong usage or file,\n"
             "3 could not test, 4 a fault of sockdrill.",
    .operand = "SCENARIO",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
    .examples = "  sockdrill bless expected/mine.expect --update\n"
                "  sockdrill bless --role client='./client ${PORT}' -- ./server '${PORT}'\n"
                "  sockdrill bless tcp-echo -o -\n",
};

/* ---- the expectation that programs are run with ---- */

static void quote_word(struct buf *out, const char *word)
{
    bool plain = *word && strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                       "-_./:=@%+,${}") == strlen(word);

    if (plain) {
        buf_adds(out, word);
        return;
    }
    buf_addc(out, '\'');
    for (; *word; word++)
        if (*word == '\'')
            buf_adds(out, "'\\''");
        else
            buf_addc(out, *word);
    buf_addc(out, '\'');
}

/* A name for a role: that of the program, where it can be one. */
static const char *role_name(struct bless_cmd *cmd, const char *program)
{
    static const char *const words[] = {"title", "about", "shows", "requires", "set"};
    const char *slash = strrchr(program, '/'), *base = slash ? slash + 1 : program;
    char *name = arena_strdup(&cmd->roles.arena, base);
    bool can = isalpha((unsigned char)name[0]);

    for (char *c = name; *c; c++)
        if (!isalnum((unsigned char)*c))
            *c = '_';
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        can = can && strcmp(name, words[i]) != 0;
    vec_each (struct role_command, other, &cmd->roles.commands)
        can = can && strcmp(name, other->role) != 0;
    return can ? name : "program";
}

static const char *command_line(struct bless_cmd *cmd, char *const *words)
{
    struct buf line = {0};
    const char *text;

    for (size_t i = 0; words[i]; i++) {
        buf_adds(&line, i ? " " : "");
        quote_word(&line, words[i]);
    }
    text = arena_strdup(&cmd->roles.arena, buf_str(&line));
    buf_release(&line);
    return text;
}

/* A role for each program; what it does is left open. The path, or NULL. */
static const char *write_skeleton(struct bless_cmd *cmd, struct err *err)
{
    char *dir = arena_strdup(&cmd->roles.arena, "/tmp/sockdrill-XXXXXX");
    const char *path;
    FILE *file;

    if (!mkdtemp(dir)) {
        err_sys(err, errno, "cannot make a directory in /tmp");
        return NULL;
    }
    cmd->skeleton = dir;
    path = arena_printf(&cmd->roles.arena, "%s/%s.expect", dir, cmd->roles.commands.items[0].role);
    file = fopen(path, "we");
    if (!file) {
        err_sys(err, errno, "cannot write '%s'", path);
        return NULL;
    }
    vec_each (struct role_command, it, &cmd->roles.commands)
        fprintf(file, "%s \"true\" {\n    ...\n}\n", it->role);
    if (fclose(file) != 0) {
        err_sys(err, errno, "cannot write '%s'", path);
        return NULL;
    }
    return path;
}

static void remove_skeleton(const struct bless_cmd *cmd)
{
    if (!cmd->skeleton)
        return;
    unlink(cmd->scenario);
    rmdir(cmd->skeleton);
}

/* ---- what has changed ---- */

struct lines {
    VEC(const char *) list;
};

static void split_lines(struct lines *lines, char *text)
{
    for (char *at = text; *at;) {
        char *end = strchrnul(at, '\n');
        bool last = !*end;

        *end = '\0';
        vec_push(&lines->list, at);
        at = last ? end : end + 1;
    }
}

/* The longest common part of both stays, `-` stands before what goes, `+` before what comes. */
static void print_difference(const char *before, const char *behind, FILE *out)
{
    struct arena arena = {0};
    struct lines a = {0}, b = {0};
    size_t i = 0, k = 0, n, *common;

    split_lines(&a, arena_strdup(&arena, before));
    split_lines(&b, arena_strdup(&arena, behind));
    n = b.list.len + 1;
    common = ARENA_ARRAY(&arena, size_t, (a.list.len + 1) * n);
    for (size_t x = a.list.len; x-- > 0;)
        for (size_t y = b.list.len; y-- > 0;) {
            size_t down = common[(x + 1) * n + y], right = common[x * n + y + 1];

            common[x * n + y] = !strcmp(a.list.items[x], b.list.items[y]) ? common[(x + 1) * n + y + 1] + 1
                                : down > right                            ? down
                                                                          : right;
        }
    while (i < a.list.len || k < b.list.len) {
        bool same = i < a.list.len && k < b.list.len && !strcmp(a.list.items[i], b.list.items[k]);

        if (same) {
            fprintf(out, "  %s\n", a.list.items[i++]);
            k++;
        } else if (k == b.list.len || (i < a.list.len && common[(i + 1) * n + k] >= common[i * n + k + 1])) {
            fprintf(out, "- %s\n", a.list.items[i++]);
        } else {
            fprintf(out, "+ %s\n", b.list.items[k++]);
        }
    }
    vec_release(&a.list);
    vec_release(&b.list);
    arena_release(&arena);
}

/* ---- writing ---- */

/* All or nothing: whoever reads meanwhile sees the old file or the new one. */
static bool replace_file(struct bless_cmd *cmd, const struct buf *text, struct err *err)
{
    const char *fresh = arena_printf(&cmd->roles.arena, "%s.new", cmd->path);
    FILE *file = fopen(fresh, "we");
    bool ok;

    if (!file)
        return err_sys(err, errno, "cannot write '%s'", fresh);
    ok = fwrite(buf_str(text), 1, text->len, file) == text->len;
    ok = fclose(file) == 0 && ok;
    if (ok && rename(fresh, cmd->path) == 0)
        return true;
    err_sys(err, errno, "cannot write '%s'", cmd->path);
    unlink(fresh);
    return false;
}

static char *read_file(struct bless_cmd *cmd, const char *path)
{
    FILE *file = fopen(path, "re");
    struct buf text = {0};
    char piece[8192], *copy;
    size_t n;

    if (!file)
        return NULL;
    while ((n = fread(piece, 1, sizeof(piece), file)) > 0)
        buf_add(&text, piece, n);
    fclose(file);
    copy = arena_strdup(&cmd->roles.arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

/* The first line says of how many runs it is made; those may differ. */
static const char *behind_first_line(const char *text)
{
    const char *newline = text[0] == '#' ? strchr(text, '\n') : NULL;

    return newline ? newline : text;
}

static int deliver(struct bless_cmd *cmd, const struct golden *golden, struct err *err)
{
    const char *text = buf_str(&golden->text), *before;

    if (!strcmp(cmd->path, "-")) {
        fputs(text, stdout);
        return EXIT_HOLDS;
    }
    before = read_file(cmd, cmd->path);
    if (before && !strcmp(behind_first_line(before), behind_first_line(text))) {
        printf("%s stays as it is: it holds for %zu runs\n", cmd->path, golden->nseen);
        return EXIT_HOLDS;
    }
    if (before)
        print_difference(before, text, stdout);
    if (before && !cmd->update) {
        fflush(stdout);
        err_set(err, "'%s' is there, and differs: nothing is written", cmd->path);
        err_hint(err, "--update replaces it, -o FILE writes another file");
        return cmd_fail("bless", EXIT_FAILS, err);
    }
    if (!replace_file(cmd, &golden->text, err))
        return cmd_fail("bless", EXIT_USAGE, err);
    printf("%s holds for %zu runs\n", cmd->path, golden->nseen);
    return EXIT_HOLDS;
}

/* ---- runs ---- */

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

static void on_progress(void *arg, size_t nruns)
{
    struct bless_cmd *cmd = arg;
    char line[64];

    snprintf(line, sizeof(line), "%zu runs of at least %lu", nruns, cmd->nruns + PROOFS);
    progress_show(&cmd->progress, line);
}

/* The run that nothing can be made of, as `run` would tell it. */
static void print_refused(const struct bless_cmd *cmd, const struct job *job)
{
    struct report_opts opts = roles_report_opts(&cmd->roles);
    const struct verdict *verdict = &job->run.verdict;
    struct buf out = {0};

    if (job->result != RUN_JUDGED) {
        roles_fail("bless", job->result, &job->diagnostics, &job->err);
        return;
    }
    text_add(&out, &verdict, 0, &opts);
    fwrite(buf_str(&out), 1, out.len, stdout);
    fflush(stdout);
    buf_release(&out);
}

static bool same_file(struct bless_cmd *cmd)
{
    char *a = realpath(cmd->path, NULL), *b = realpath(cmd->scenario, NULL);
    bool same = a && b && !strcmp(a, b);

    free(a);
    free(b);
    return same;
}

static int bless(struct bless_cmd *cmd)
{
    struct golden golden = {.path = cmd->scenario,
                            .opts = roles_opts(&cmd->roles),
                            .nruns = cmd->nruns,
                            .nproofs = PROOFS,
                            .may_differ = same_file(cmd),
                            .recording = on_recorder,
                            .goes_on = goes_on,
                            .progress = on_progress,
                            .arg = cmd};
    struct err err = {0};
    int code;
    bool made;

    progress_init(&cmd->progress);
    made = golden_make(&golden, &code, &err);
    progress_clear(&cmd->progress);
    if (!made && golden.refused)
        print_refused(cmd, golden.refused);
    code = made ? deliver(cmd, &golden, &err) : cmd_fail("bless", code, &err);
    golden_release(&golden);
    return code;
}

/* ---- the command line ---- */

/* A continuous integration that blessed what it sees would never find anything. */
static bool is_ci(void)
{
    const char *ci = getenv("CI");

    return ci && *ci && strcmp(ci, "false") != 0 && strcmp(ci, "0") != 0;
}

static const char *default_path(struct bless_cmd *cmd, const char *operand)
{
    if (!operand)
        return arena_printf(&cmd->roles.arena, "%s.expect", cmd->roles.commands.items[0].role);
    if (strchr(operand, '/') || strstr(operand, ".expect"))
        return operand;
    return arena_printf(&cmd->roles.arena, "expected/%s.expect", operand);
}

/* What is run, and where the pattern goes. The exit code. */
static int settle(struct bless_cmd *cmd, char *const *operands, int n, char *const *program, struct err *err)
{
    char *found;

    if (program && *program) {
        struct role_command own = {role_name(cmd, program[0]), command_line(cmd, program)};

        /* First: it is ready before the others start. */
        vec_push(&cmd->roles.commands, own);
        for (size_t i = cmd->roles.commands.len - 1; i > 0; i--)
            cmd->roles.commands.items[i] = cmd->roles.commands.items[i - 1];
        cmd->roles.commands.items[0] = own;
    }
    if (n > 1 || (n && program && *program))
        return cmd_usage_error(&bless_usage, "one scenario, or programs: there is more");
    if (!n && !cmd->roles.commands.len)
        return cmd_usage_error(&bless_usage, "what is to be run? A scenario, or `-- CMD…`");
    if (!cmd->path)
        cmd->path = default_path(cmd, n ? operands[0] : NULL);
    if (!n) {
        cmd->scenario = write_skeleton(cmd, err);
        return cmd->scenario ? EXIT_HOLDS : cmd_fail("bless", EXIT_OURS, err);
    }
    found = run_find_expect(operands[0], err);
    if (!found)
        return cmd_fail("bless", EXIT_USAGE, err);
    cmd->scenario = arena_strdup(&cmd->roles.arena, found);
    free(found);
    return EXIT_HOLDS;
}

int cmd_bless(int argc, char **argv)
{
    struct bless_cmd cmd = {.nruns = RUNS};
    char **program = NULL;
    struct err err = {0};
    int first, code = EXIT_HOLDS;

    for (int i = 1; i < argc && !program; i++)
        if (!strcmp(argv[i], "--")) {
            program = argv + i + 1;
            argc = i;
        }
    roles_init(&cmd.roles);
    if (!cmd_options(&bless_usage, &cmd, argc, argv, &first, &code))
        goto release;
    if (is_ci()) {
        err_set(&err, "CI is set: what is to be found here would be blessed");
        err_hint(&err, "bless where you work, look at the difference, and commit the file");
        code = cmd_fail("bless", EXIT_USAGE, &err);
        goto release;
    }
    cmd.roles.opts.snaplen = SNAPLEN;
    cmd.roles.opts.in_recorder = interrupt_pass_on_nothing;
    interrupt_catch();
    code = settle(&cmd, argv + first, argc - first, program, &err);
    if (code == EXIT_HOLDS)
        code = bless(&cmd);
release:
    remove_skeleton(&cmd);
    roles_release(&cmd.roles);
    if (interrupt_signal())
        interrupt_die(interrupt_signal());
    return code;
}
