/* cmd/trace.c: sockdrill trace: a program, or running ones, live. */
#include "cmd/cmd.h"

#include "base/clock.h"
#include "base/stream.h"
#include "cmd/display.h"
#include "engine/engine.h"
#include "format/format.h"
#include "run/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

extern char **environ;

enum {
    GRACE_MS = 1000, /* after Ctrl-C the traced programs have so long to end by themselves */
    ECHO_MS = 200, /* the same signal again so soon is no impatience: timeout(1) signals us, then our group */
    TURN_MS = 100,
};

struct trace_cmd {
    struct display display;
    const struct format *format;
    struct engine_opts engine_opts;
    VEC(pid_t) pids;
    const char *path, *role;
    bool follow; /* -f: always so; there for strace's habit */
};

static const char *set_output(void *arg, const char *value)
{
    ((struct trace_cmd *)arg)->path = value;
    return NULL;
}

static const char *set_format(void *arg, const char *value)
{
    struct trace_cmd *cmd = arg;

    cmd->format = format_by_name(value);
    return cmd->format ? NULL : "is none of text, strace, jsonl";
}

/* Several may stand in one value, as pidof(1) prints them or with commas. */
static const char *set_pids(void *arg, const char *value)
{
    static const char separators[] = ", \t\n";
    struct trace_cmd *cmd = arg;
    size_t before = cmd->pids.len;
    char word[16];

    for (value += strspn(value, separators); *value; value += strspn(value, separators)) {
        size_t len = strcspn(value, separators);
        unsigned long n;

        snprintf(word, sizeof(word), "%.*s", (int)len, value);
        if (len >= sizeof(word) || !options_number(word, INT32_MAX, &n) || n == 0)
            return "is no process id, nor several with commas";
        vec_push(&cmd->pids, (pid_t)n);
        value += len;
    }
    return cmd->pids.len > before ? NULL : "is no process id";
}

static const char *set_fail_read(void *arg, const char *value)
{
    unsigned long n;

    if (!options_number(value, UINT32_MAX, &n))
        return "is no number";
    ((struct trace_cmd *)arg)->engine_opts.fail_read = (unsigned)n;
    return NULL;
}

/* As many frames as strace(1) takes. */
enum { STACK_DEPTH = 256 };

static const char *set_stacks(void *arg, const char *value)
{
    struct trace_cmd *cmd = arg;

    (void)value;
    if (!cmd->engine_opts.stacks)
        cmd->engine_opts.stacks = STACK_DEPTH;
    return NULL;
}

static const char *set_stack_depth(void *arg, const char *value)
{
    unsigned long n;

    if (!options_number(value, STACK_DEPTH, &n) || n == 0)
        return "is no number from 1 to 256";
    ((struct trace_cmd *)arg)->engine_opts.stacks = (unsigned)n;
    return NULL;
}

static const char *set_role(void *arg, const char *value)
{
    ((struct trace_cmd *)arg)->role = value;
    return NULL;
}

static const struct option_row rows[] = {
    {'o', "output", "FILE", "write the trace to FILE, not to stderr", OPTION_SET(set_output)},
    {0, "format", "FORMAT", "text (default), strace, or jsonl", OPTION_SET(set_format)},
    {'p', "attach", "PID", "trace running processes: PID,PID…, or -p again", OPTION_SET(set_pids)},
    {'k', "stack-traces", NULL, "below each call who made it, with source lines", OPTION_SET(set_stacks)},
    {0, "stack-depth", "N", "the same, at most N functions each", OPTION_SET(set_stack_depth)},
    {'f', "follow-forks", NULL, "accepted: children are always followed",
     OPTION_FLAG(struct trace_cmd, follow)},
    {0, "role", "NAME", "name the program in the trace, for `sockdrill check`", OPTION_SET(set_role)},
    {0, "no-filter", NULL, "stop at every call: slower; setuid programs work",
     OPTION_FLAG(struct trace_cmd, engine_opts.no_filter)},
    {0, "deny-io-uring", NULL, "io_uring_setup fails with ENOSYS: programs fall back",
     OPTION_FLAG(struct trace_cmd, engine_opts.deny_io_uring)},
    {0, "fail-read", "N", "for tests: the N-th read in each stop fails", OPTION_SET(set_fail_read)},
    {0, "no-kernel", NULL, "do not ask the kernel for the state of sockets",
     OPTION_FLAG(struct trace_cmd, engine_opts.no_kernel)},
    {0},
};

const struct usage trace_usage = {
    .name = "trace",
    .what = "trace any program and its children, live",
    .synopsis = "[OPTION…] [--] COMMAND [ARGUMENT…]\n       sockdrill trace [OPTION…] -p PID…",
    .about = "Runs COMMAND and shows each call that it and its children make on sockets.\n"
             "Ends as COMMAND ends: with its exit status, or by the same signal. The letters\n"
             "are strace's; -y tells nothing of files and pipes: only sockets are followed.",
    .exits = "as COMMAND ends: with its status, or by the same signal;\n"
             "2 wrong usage, 3 COMMAND cannot be started or traced, 4 a fault of sockdrill.",
    .operand = "COMMAND",
    .options = {rows, OPTIONS_BEFORE_FIRST, display_groups, offsetof(struct trace_cmd, display)},
    .examples = "  sockdrill trace curl -s http://127.0.0.1:8000/\n"
                "  sockdrill trace --format jsonl -o server.jsonl ./server 7000\n",
};

static bool spawn_command(struct trace_cmd *cmd, struct engine *engine, char **argv, pid_t *pid,
                          struct err *err)
{
    struct arena arena = {0};
    struct spawn spawn = {.role = cmd->role, .envp = environ, .in_fd = -1, .out_fd = -1, .err_fd = -1};
    struct program_line line;
    bool ok = program_find(argv, NULL, &arena, &line, err);

    if (ok) {
        spawn.path = line.path;
        spawn.argv = line.argv;
        *pid = engine_spawn(engine, &spawn, err);
        ok = *pid > 0;
    }
    arena_release(&arena);
    return ok;
}

/* Until nothing is left, or the person has had enough. */
static void follow(struct engine *engine)
{
    uint64_t grace_ends_ns = 0;

    for (;;) {
        uint64_t now_ns = clock_mono_ns();
        enum engine_turn turn = engine_turn(engine, now_ns + TURN_MS * (uint64_t)CLOCK_NS_PER_MS);

        if (turn == ENGINE_DONE)
            return;
        if (turn == ENGINE_SIGNAL && grace_ends_ns) {
            if (grace_ends_ns - now_ns < (GRACE_MS - ECHO_MS) * (uint64_t)CLOCK_NS_PER_MS)
                return;
        } else if (turn == ENGINE_SIGNAL) {
            if (!engine_owns_any(engine))
                return;
            /* The terminal sends Ctrl-C to all; kill(1) only to us: the programs get what we got. */
            engine_signal(engine, NULL, interrupt_signal());
            grace_ends_ns = now_ns + GRACE_MS * (uint64_t)CLOCK_NS_PER_MS;
        }
        if (grace_ends_ns && now_ns >= grace_ends_ns)
            return;
    }
}

static void begin(struct sink *sink)
{
    struct utsname machine = {0};
    struct trace_head head = {.schema = TRACE_SCHEMA, .version = SOCKDRILL_VERSION, .isolation = ""};

    uname(&machine);
    head.kernel = machine.release;
    head.arch = machine.machine;
    head.began_ns = clock_real_ns();
    head.no_new_privs = engine_needs_no_new_privs();
    sink_begin(sink, &head);
}

/* The exit code; *end_by is the signal to end by, or 0. */
static int trace(struct trace_cmd *cmd, char **argv, struct sink *sink, int *end_by)
{
    struct ending ending = {0};
    struct engine *engine;
    struct err err;
    bool ok = true;
    pid_t pid = 0;

    engine = engine_new(&cmd->engine_opts, sink, &err);
    if (!engine) {
        sink_end(sink);
        return cmd_fail("trace", EXIT_UNTESTED, &err);
    }
    begin(sink);
    interrupt_catch();
    if (*argv)
        ok = spawn_command(cmd, engine, argv, &pid, &err);
    for (size_t i = 0; ok && i < cmd->pids.len; i++)
        ok = engine_attach(engine, cmd->pids.items[i], &err);
    if (ok)
        follow(engine);
    engine_finish(engine);
    if (pid)
        ending = engine_ending(engine, pid);
    sink_end(sink);
    engine_free(engine);
    if (!ok)
        return cmd_fail("trace", EXIT_UNTESTED, &err);
    *end_by = ending.killed ? ending.status : 0;
    return ending.killed ? 128 + ending.status : ending.status;
}

/* A file, or stderr, line by line. The engine's tick must not cut what a slow reader keeps waiting. */
static FILE *open_output(const char *path)
{
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)
                  : fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    FILE *out = fd < 0 ? NULL : stream_open(fd);

    if (out && !path)
        setvbuf(out, NULL, _IOLBF, BUFSIZ);
    return out;
}

/* false where anything of it could not be written, now or before. */
static bool close_file(FILE *file)
{
    bool failed = ferror(file);

    return fclose(file) == 0 && !failed;
}

/* A summary beside lines that are read back. */
static bool is_for_programs(const struct trace_cmd *cmd)
{
    return cmd->display.what == DISPLAY_BOTH && !strcmp(cmd->format->name, "jsonl");
}

/* What depends on where the lines go. */
static void fit_to_output(struct trace_cmd *cmd)
{
    struct format_opts *opts = &cmd->display.opts;
    enum color_when color = cmd->display.color;

    opts->bracket_pids = !cmd->path;
    opts->color = !cmd->path ? color_wanted(color, stderr) : color == COLOR_ALWAYS;
    opts->width = cmd->path ? 0 : terminal_width(stderr);
    cmd->engine_opts.snaplen = strcmp(cmd->format->name, "jsonl") ? opts->strlen_max : TRACE_SNAPLEN;
}

/* As trace(). */
static int trace_to_file(struct trace_cmd *cmd, char **argv, int *end_by)
{
    const char *name = cmd->path ? cmd->path : "standard error";
    FILE *out = open_output(cmd->path), *told;
    struct err err;
    int code;

    if (!out) {
        err_sys(&err, errno, "cannot write '%s'", name);
        return cmd_fail("trace", EXIT_USAGE, &err);
    }
    told = is_for_programs(cmd) ? stderr : out; /* it would make a trace that nobody can read back */
    code = trace(cmd, argv, display_open(&cmd->display, cmd->format, out, told), end_by);
    if (!close_file(out)) {
        err_set(&err, "cannot write all of %s: the trace is not whole", name);
        err_hint(&err, "is the disk full, or the reader gone?");
        code = cmd_fail("trace", EXIT_OURS, &err);
        *end_by = 0;
    }
    return code;
}

int cmd_trace(int argc, char **argv)
{
    struct trace_cmd cmd = {.display = DISPLAY_DEFAULT, .role = "", .format = format_by_name("text")};
    int first, code, end_by = 0;

    if (cmd_options(&trace_usage, &cmd, argc, argv, &first, &code)) {
        if (first == argc && !cmd.pids.len) {
            code = cmd_usage_error(&trace_usage, "there is nothing to trace: name a command, or -p PID");
        } else if (is_for_programs(&cmd) && !cmd.path) {
            code =
                cmd_usage_error(&trace_usage, "--summary does not go among JSON Lines: add -o FILE, or say "
                                              "--summary-only");
        } else {
            fit_to_output(&cmd);
            code = trace_to_file(&cmd, argv + first, &end_by);
        }
    }
    display_release(&cmd.display);
    vec_release(&cmd.pids);
    if (end_by)
        interrupt_die(end_by);
    return code;
}
