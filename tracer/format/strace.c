/* format/strace.c: lines as `strace -f` writes them, so that people can hold the two side by side. */
#include "base/alloc.h"
#include "base/intmap.h"
#include "base/quote.h"
#include "format/siginfo.h"
#include "format/stamp.h"
#include "format/strace_value.h"
#include "format/writers.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct strace {
    struct sink sink;
    FILE *out;
    struct format_opts opts;
    struct stamp stamp;
    struct buf line;
    struct intmap tasks; /* that run now: only several get a `[pid N]` */
};

enum { ALL_ARGS = EVENT_MAX_ARGS };

/*
 * How many arguments strace writes at the entry of a call that may never return; it goes on at the exit, if
 * there is one. Calls that are not listed are written whole at the entry. A NULL where `null_ends` says means
 * that nothing is left to write at the exit either.
 */
static const struct {
    const char *name;
    unsigned entered;
    const char *null_ends;
} split_calls[] = {
    {"accept", 1, "addr"},
    {"accept4", 1, "addr"},
    {"recvfrom", 1, NULL},
    {"recvmsg", 1, NULL},
    {"recvmmsg", 1, NULL},
    {"read", 1, NULL},
    {"pread64", 1, NULL},
    {"preadv", 1, NULL},
    {"preadv2", 1, NULL},
    {"readv", 1, NULL},
    {"epoll_wait", 1, NULL},
    {"epoll_pwait", 1, NULL},
    {"epoll_pwait2", 1, NULL},
    {"poll", ALL_ARGS, NULL},
    {"ppoll", ALL_ARGS, NULL},
    {"select", ALL_ARGS, NULL},
    {"pselect6", ALL_ARGS, NULL},
    {"recv", 1, NULL},
    {"recvmmsg_time64", 1, NULL},
    {"_newselect", ALL_ARGS, NULL},
    {"pselect6_time64", ALL_ARGS, NULL},
    {"ppoll_time64", ALL_ARGS, NULL},
};

/* Calls whose result 0 means that the time was over. */
static const char *const timeout_calls[] = {"poll",           "ppoll",    "ppoll_time64",    "select",
                                            "_newselect",     "pselect6", "pselect6_time64", "recvmmsg",
                                            "recvmmsg_time64"};

static bool is_timeout(const struct event *event)
{
    for (size_t i = 0; i < ARRAY_LEN(timeout_calls); i++)
        if (event->result == 0 && strcmp(timeout_calls[i], event->name) == 0)
            return true;
    return false;
}

static bool is_null(const struct value *value)
{
    return value && value->kind == VALUE_NULL;
}

/* An epoll instance is the one file other than a socket that calls give away. */
static void add_epoll(struct strace *strace)
{
    if (strace->opts.fds & FD_INFO_PATH)
        buf_adds(&strace->line, "<anon_inode:[eventpoll]>");
}

/* With EINVAL it may be any other file. */
static bool is_epoll(const struct event *event, const struct field *arg)
{
    return strcmp(arg->name, "epfd") == 0 && event->err != EBADF && event->err != EINVAL;
}

/* The number that dup2(2) gave away: what it is now it was not at the entry. */
static bool is_replaced(const struct event *event, size_t i)
{
    int64_t from, to;

    return !event->err && i > 0 && strcmp(event->args[i].name, "newfd") == 0 &&
           value_number(event->args[0].value, &from) && value_number(event->args[i].value, &to) && from != to;
}

static struct format_opts plain_fds(const struct format_opts *opts)
{
    struct format_opts plain = *opts;

    plain.fds = 0;
    return plain;
}

static void add_args(struct strace *strace, const struct event *event)
{
    struct buf *line = &strace->line;
    size_t len = event->nargs;
    struct format_opts plain = plain_fds(&strace->opts);
    bool split = event->detached;

    for (size_t i = 0; event->unfinished && i < ARRAY_LEN(split_calls); i++)
        if (strcmp(split_calls[i].name, event->name) == 0 &&
            !(split_calls[i].null_ends && is_null(event_arg(event, split_calls[i].null_ends)))) {
            split = true;
            len = split_calls[i].entered < len ? split_calls[i].entered : len;
        }
    for (size_t i = 0; i < len; i++) {
        strace_value(line, event->args[i].value, event, is_replaced(event, i) ? &plain : &strace->opts);
        if (is_epoll(event, &event->args[i]))
            add_epoll(strace);
        if (i + 1 < event->nargs)
            buf_adds(line, ", ");
    }
    if (split && !event->detached)
        buf_adds(line, " <unfinished ...>");
}

/* What value-result arguments hold after the call, behind the result. */
static void add_aux(struct strace *strace, const struct event *event)
{
    struct buf *line = &strace->line;
    struct format_opts plain = plain_fds(&strace->opts); /* they were told of in the arguments */
    bool any = false;

    for (size_t i = 0; i < event->nargs; i++) {
        const struct value *value = event->args[i].value;

        if (!value || value->kind != VALUE_CHANGED || value->form != CHANGED_AUX || !value->changed.after)
            continue;
        buf_adds(line, any ? ", " : " (");
        if (value->changed.label)
            buf_addf(line, "%s ", value->changed.label);
        strace_value(line, value->changed.after, event, &plain);
        any = true;
    }
    if (any)
        buf_addc(line, ')');
}

static void add_errno(struct buf *line, int err)
{
    const char *name = nametab_name(&nametab_errno, (uint64_t)err);

    if (name)
        buf_addf(line, "-1 %s (%s)", name, strerror(err));
    else
        buf_addf(line, "-1 (errno %d)", err);
}

/* The number, and what it means behind it. */
static void add_named_result(struct strace *strace, const struct event *event)
{
    const struct value *ret = event->ret;
    struct format_opts named = strace->opts;
    struct buf *line = &strace->line;

    if (ret->sym.tab == &nametab_open)
        named.consts = CONST_ABBREV; /* strace has the number in front, whatever -X says */
    buf_addf(line, ret->sym.tab == &nametab_signal ? "%" PRIu64 : "%#" PRIx64, ret->sym.n);
    /* An empty set that has no name of its own is just the number. */
    if (!ret->sym.n && !nametab_name(ret->sym.tab, 0))
        return;
    buf_adds(line, " (");
    if (ret->kind == VALUE_FLAGS)
        buf_adds(line, ret->sym.tab == &nametab_seal ? "seals " : "flags ");
    strace_value(line, ret, event, &named);
    buf_addc(line, ')');
}

static void add_success(struct strace *strace, const struct event *event)
{
    struct buf *line = &strace->line;

    if (event->ret && (event->ret->kind == VALUE_FLAGS || event->ret->kind == VALUE_SYM)) {
        add_named_result(strace, event);
    } else if (event->ret) {
        strace_value(line, event->ret, event, &strace->opts);
        if (event->canon == CANON_EPOLL_CREATE)
            add_epoll(strace);
    } else {
        buf_addf(line, "%" PRId64, event->result);
    }
    if (is_timeout(event))
        buf_adds(line, " (Timeout)");
    else
        add_aux(strace, event);
}

/* What strace says of its own tampering; a connection it can't reset. */
static const char *const injected_notes[INJECT_COUNT] = {
    [INJECT_SHORT] = " (INJECTED: args)", [INJECT_ERROR] = " (INJECTED)", [INJECT_DELAY] = " (DELAYED)",
    [INJECT_DROP] = " (INJECTED)",        [INJECT_RESET] = " (INJECTED)",
};

static bool add_call(struct strace *strace, const struct event *event)
{
    struct buf *line = &strace->line;

    buf_adds(line, event->name);
    buf_addc(line, '(');
    add_args(strace, event);
    if (event->detached) {
        buf_adds(line, " <detached ...>");
        return true;
    }
    buf_addc(line, ')');
    buf_pad(line, 0, strace->opts.column);
    buf_adds(line, "= ");
    if (event->unfinished)
        buf_addc(line, '?');
    else if (event->err)
        add_errno(line, event->err);
    else
        add_success(strace, event);
    if (injected_notes[event->injected.kind])
        buf_adds(line, injected_notes[event->injected.kind]);
    stamp_add_duration(line, event, &strace->opts);
    return true;
}

static bool fact(const struct event *event, const char *name, int64_t *n)
{
    return value_number(event_arg(event, name), n);
}

/* What a parent is told of a child: a status, or the signal that ended or stopped it; and times, which are
 * not traced. */
static void add_child_status(struct strace *strace, int64_t code, int64_t status)
{
    struct buf *line = &strace->line;

    buf_adds(line, ", si_status=");
    if (code == CLD_EXITED)
        buf_addf(line, "%" PRId64, status);
    else
        strace_constant(line, &nametab_signal, (uint64_t)status, &strace->opts);
    buf_adds(line, ", si_utime=0, si_stime=0");
}

/* Where a line is about a signal its name stands whatever -X says. */
static void add_signal_name(struct buf *line, int64_t signo)
{
    strace_constant(line, &nametab_signal, (uint64_t)signo, &FORMAT_OPTS_DEFAULT);
}

static void add_signal_code(struct strace *strace, int64_t signo, int64_t code)
{
    const char *name = siginfo_code_name((int)signo, (int)code);
    enum const_style style = strace->opts.consts;

    if (name && style == CONST_ABBREV)
        buf_adds(&strace->line, name);
    else
        buf_addf(&strace->line, "%#x", (unsigned)code);
    if (name && style == CONST_VERBOSE)
        buf_addf(&strace->line, " /* %s */", name);
}

static bool add_signal(struct strace *strace, const struct event *event)
{
    struct buf *line = &strace->line;
    int64_t signo = 0, code = 0, n;

    fact(event, "signo", &signo);
    fact(event, "code", &code);
    buf_adds(line, "--- ");
    add_signal_name(line, signo);
    buf_adds(line, " {si_signo=");
    strace_constant(line, &nametab_signal, (uint64_t)signo, &strace->opts);
    buf_adds(line, ", si_code=");
    add_signal_code(strace, signo, code);
    if (fact(event, "pid", &n))
        buf_addf(line, ", si_pid=%" PRId64, n);
    if (fact(event, "uid", &n))
        buf_addf(line, ", si_uid=%" PRId64, n);
    if (fact(event, "status", &n))
        add_child_status(strace, code, n);
    if (event_arg(event, "addr")) {
        buf_adds(line, ", si_addr=");
        strace_value(line, event_arg(event, "addr"), event, &strace->opts);
    }
    buf_adds(line, "} ---");
    return true;
}

static bool add_exit(struct strace *strace, const struct event *event)
{
    struct buf *line = &strace->line;
    int64_t n = 0, core = 0;

    if (strace->opts.quiet & QUIET_EXIT)
        return false;
    if (fact(event, "signal", &n)) {
        buf_adds(line, "+++ killed by ");
        add_signal_name(line, n);
        if (fact(event, "core", &core) && core)
            buf_adds(line, " (core dumped)");
    } else {
        fact(event, "status", &n);
        buf_addf(line, "+++ exited with %" PRId64, n);
    }
    buf_adds(line, " +++");
    return true;
}

/* Only an exec by a thread that is not the first one is told: it takes over the first one's number. */
static bool add_exec(struct strace *strace, const struct event *event)
{
    int64_t former;

    if (strace->opts.quiet & QUIET_EXECVE || !fact(event, "former", &former) || former == event->tid)
        return false;
    buf_addf(&strace->line, "+++ superseded by execve in pid %" PRId64 " +++", former);
    return true;
}

static bool (*const adders[])(struct strace *strace, const struct event *event) = {
    [EVENT_CALL] = add_call, [EVENT_SIGNAL] = add_signal, [EVENT_EXIT] = add_exit,
    [EVENT_EXEC] = add_exec, [EVENT_ROLE] = NULL,
};

static void write_line(struct strace *strace)
{
    buf_addc(&strace->line, '\n');
    fwrite(strace->line.data, 1, strace->line.len, strace->out);
}

/* What the compiler inlined is not told apart there. */
static void write_stack(struct strace *strace, const struct event *event)
{
    struct buf *line = &strace->line;

    for (size_t i = 0; i < event->nstack; i++) {
        const struct frame *frame = &event->stack[i];

        if (frame->inlined)
            continue;
        buf_reset(line);
        buf_adds(line, " > ");
        if (frame->object) {
            quote_terminal(line, frame->object, strlen(frame->object));
            buf_addc(line, '(');
            if (frame->function) {
                quote_terminal(line, frame->function, strlen(frame->function));
                buf_addf(line, "+%#" PRIx64, frame->offset);
            }
            buf_adds(line, ") ");
        }
        buf_addf(line, "[%#" PRIx64 "]", frame->address);
        write_line(strace);
    }
}

static void task_begins(struct strace *strace, int64_t tid, bool is_news)
{
    intmap_set(&strace->tasks, (uint64_t)tid, strace);
    if (!is_news || !strace->opts.bracket_pids || strace->opts.quiet & QUIET_ATTACH)
        return;
    buf_reset(&strace->line);
    buf_addf(&strace->line, "strace: Process %" PRId64 " attached", tid);
    write_line(strace);
}

/* Before the line of an event is written. */
static void follow_tasks(struct strace *strace, const struct event *event)
{
    int64_t n = 0;

    if (event->kind == EVENT_START)
        task_begins(strace, event->tid, fact(event, "attached", &n) && n);
    else if (event->kind == EVENT_FORK && fact(event, "child", &n))
        task_begins(strace, n, true);
    else if (event->kind == EVENT_EXEC && fact(event, "former", &n) && n != event->tid)
        intmap_del(&strace->tasks, (uint64_t)n);
}

static void add_pid(struct strace *strace, const struct event *event)
{
    if (strace->opts.bracket_pids && strace->tasks.len > 1)
        buf_addf(&strace->line, "[pid %5d] ", event->tid);
    else if (!strace->opts.bracket_pids && strace->opts.pids)
        buf_addf(&strace->line, "%-5d ", event->tid);
}

static void strace_begin(struct sink *sink, const struct trace_head *head)
{
    struct strace *strace = (struct strace *)sink;

    strace->stamp.began_ns = head->began_ns;
}

static void strace_event(struct sink *sink, const struct event *event)
{
    struct strace *strace = (struct strace *)sink;

    follow_tasks(strace, event);
    if (adders[event->kind]) {
        struct stamp before = strace->stamp;

        buf_reset(&strace->line);
        add_pid(strace, event);
        stamp_add(&strace->stamp, &strace->line, event, &strace->opts);
        if (adders[event->kind](strace, event)) {
            write_line(strace);
            write_stack(strace, event);
        } else {
            strace->stamp = before;
        }
    }
    if (event->kind == EVENT_EXIT)
        intmap_del(&strace->tasks, (uint64_t)event->tid);
}

static void strace_end(struct sink *sink)
{
    struct strace *strace = (struct strace *)sink;

    fflush(strace->out);
    intmap_release(&strace->tasks);
    buf_release(&strace->line);
    free(strace);
}

struct sink *strace_writer(FILE *out, const struct format_opts *opts)
{
    static const struct sink_ops ops = {.begin = strace_begin, .event = strace_event, .end = strace_end};
    struct strace *strace = ALLOC_NEW(struct strace);

    strace->sink.ops = &ops;
    strace->out = out;
    strace->opts = *opts;
    return &strace->sink;
}
