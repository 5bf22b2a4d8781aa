/* cmd/trace.c: sockdrill trace: a program, or running ones, live. */
#include "cmd/cmd.h"

#include "base/clock.h"
#include "base/stream.h"
#include "cmd/select.h"
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
    const struct format *format;
    struct format_opts opts;
    struct engine_opts engine_opts;
    struct select select;
    VEC(pid_t) pids;
    const char *path, *role;
    enum color_when color;
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

static const char *set_strlen(void *arg, const char *value)
{
    unsigned long n;

    if (!options_number(value, 1024 * 1024, &n))
        return "is no number from 0 to 1048576";
    ((struct trace_cmd *)arg)->opts.strlen_max = n;
    return NULL;
}

static const char *set_select(void *arg, const char *value)
{
    return select_parse(&((struct trace_cmd *)arg)->select, (char *)value);
}

static const char *set_pid(void *arg, const char *value)
{
    struct trace_cmd *cmd = arg;
    unsigned long n;

    if (!options_number(value, INT32_MAX, &n) || n == 0)
        return "is no process id";
    vec_push(&cmd->pids, (pid_t)n);
    return NULL;
}

static const char *set_time(void *arg, const char *value)
{
    struct trace_cmd *cmd = arg;

    (void)value;
    cmd->opts.abs_time_us = cmd->opts.abs_time;
    cmd->opts.abs_time = true;
    return NULL;
}

static const char *set_column(void *arg, const char *value)
{
    unsigned long n;

    if (!options_number(value, 500, &n))
        return "is no number from 0 to 500";
    ((struct trace_cmd *)arg)->opts.column = (unsigned)n;
    return NULL;
}

static const char *set_fail_read(void *arg, const char *value)
{
    unsigned long n;

    if (!options_number(value, UINT32_MAX, &n))
        return "is no number";
    ((struct trace_cmd *)arg)->engine_opts.fail_read = (unsigned)n;
    return NULL;
}

static const char *set_role(void *arg, const char *value)
{
    ((struct trace_cmd *)arg)->role = value;
    return NULL;
}

static const char *set_color(void *arg, const char *value)
{
    return color_parse(value, &((struct trace_cmd *)arg)->color);
}

static const struct option_row rows[] = {
    {'o', "output", "FILE", "write the trace to FILE, not to stderr", OPTION_SET(set_output)},
    {0, "format", "FORMAT", "text (default), strace, or jsonl", OPTION_SET(set_format)},
    {'e', "trace", "SET", "only these calls: names, %network, %desc; ! inverts", OPTION_SET(set_select)},
    {'p', "attach", "PID", "trace a running process; may be given again", OPTION_SET(set_pid)},
    {'s', "string-limit", "N", "show at most N bytes of a string (default 32)", OPTION_SET(set_strlen)},
    {'y', "decode-fds", NULL, "show which socket is behind each descriptor",
     OPTION_FLAG(struct trace_cmd, opts.show_sockets)},
    {'t', "absolute-time", NULL, "time of day in front; twice: with microseconds", OPTION_SET(set_time)},
    {'r', "relative-time", NULL, "seconds since the line before",
     OPTION_FLAG(struct trace_cmd, opts.rel_time)},
    {'T', "syscall-times", NULL, "seconds spent in each call, behind it",
     OPTION_FLAG(struct trace_cmd, opts.duration)},
    {'a', "columns", "N", "column of the results (default 40)", OPTION_SET(set_column)},
    {'q', "quiet", NULL, "do not show how processes start and end",
     OPTION_FLAG(struct trace_cmd, opts.quiet)},
    {'f', "follow-forks", NULL, "accepted: children are always followed",
     OPTION_FLAG(struct trace_cmd, follow)},
    {0, "role", "NAME", "name the program in the trace, for `sockdrill check`", OPTION_SET(set_role)},
    {0, "no-filter", NULL, "stop at every call: slower; setuid programs work",
     OPTION_FLAG(struct trace_cmd, engine_opts.no_filter)},
    {0, "deny-io-uring", NULL, "io_uring_setup fails with ENOSYS: programs fall back",
     OPTION_FLAG(struct trace_cmd, engine_opts.deny_io_uring)},
    {0, "fail-read", "N", "for tests: the N-th read of memory in each stop fails", OPTION_SET(set_fail_read)},
    {0, "no-kernel", NULL, "do not ask the kernel for the state of sockets",
     OPTION_FLAG(struct trace_cmd, engine_opts.no_kernel)},
    {0, "color", "WHEN", "auto (default), always, never", OPTION_SET(set_color)},
    {0},
};

static const struct usage usage = {
    .name = "trace",
    .synopsis = "[OPTION…] [--] COMMAND [ARGUMENT…]\n       sockdrill trace [OPTION…] -p PID…",
    .about = "Runs COMMAND and shows each call that it and its children make on sockets.\n"
             "Ends as COMMAND ends: with its exit status, or by the same signal.",
    .options = {rows, OPTIONS_BEFORE_FIRST},
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
static int trace(struct trace_cmd *cmd, char **argv, FILE *out, int *end_by)
{
    struct sink *writer = cmd->format->writer(out, &cmd->opts);
    struct ending ending = {0};
    struct engine *engine;
    struct err err;
    bool ok = true;
    pid_t pid = 0;

    select_init(&cmd->select, writer);
    engine = engine_new(&cmd->engine_opts, &cmd->select.sink, &err);
    if (!engine) {
        sink_end(writer);
        return cmd_fail("trace", EXIT_UNTESTED, &err);
    }
    begin(&cmd->select.sink);
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
    sink_end(&cmd->select.sink);
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

int cmd_trace(int argc, char **argv)
{
    struct trace_cmd cmd = {.opts = FORMAT_OPTS_DEFAULT, .role = "", .format = format_by_name("text")};
    FILE *out;
    int first, code, end_by = 0;
    struct err err;

    if (!cmd_options(&usage, &cmd, argc, argv, &first, &code))
        return code;
    if (first == argc && !cmd.pids.len)
        return cmd_usage_error(&usage, "there is nothing to trace: name a command, or -p PID");
    out = open_output(cmd.path);
    if (!out) {
        err_sys(&err, errno, "cannot write '%s'", cmd.path ? cmd.path : "standard error");
        return cmd_fail("trace", EXIT_USAGE, &err);
    }
    cmd.opts.bracket_pids = !cmd.path;
    cmd.opts.color = !cmd.path ? color_wanted(cmd.color, stderr) : cmd.color == COLOR_ALWAYS;
    cmd.opts.width = cmd.path ? 0 : terminal_width(stderr);
    cmd.engine_opts.snaplen = strcmp(cmd.format->name, "jsonl") ? cmd.opts.strlen_max : TRACE_SNAPLEN;
    code = trace(&cmd, argv + first, out, &end_by);
    if (!close_file(out)) {
        err_set(&err, "cannot write all of %s: the trace is not whole",
                cmd.path ? cmd.path : "standard error");
        err_hint(&err, "is the disk full, or the reader gone?");
        code = cmd_fail("trace", EXIT_OURS, &err);
        end_by = 0;
    }
    select_release(&cmd.select);
    vec_release(&cmd.pids);
    if (end_by)
        interrupt_die(end_by);
    return code;
}
