/* format/log_pending.c: calls of a log that are whole in a line, go on in a later one, are interrupted and
 * restarted. */
#include "event/canon.h"
#include "format/log_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void copy_text(char *into, size_t size, struct log_text text)
{
    size_t len = text.len < size - 1 ? text.len : size - 1;

    memcpy(into, text.at, len);
    into[len] = '\0';
}

static struct log_text text_of(const struct buf *buf)
{
    return (struct log_text){buf_str(buf), buf->len};
}

static void drop(struct log_reader *reader, struct log_pending *pending)
{
    reader->forking -= log_life_is_fork(pending->name);
    log_pending_put(&reader->tasks, pending);
}

/* --- what is of interest --- */

/* The first argument, where it is a number. */
static bool first_number(struct log_text args, int *n)
{
    char digits[16] = "", *end;

    copy_text(digits, sizeof(digits), args);
    *n = (int)strtol(digits, &end, 10);
    return end > digits;
}

static bool is_print(const struct log_pending *pending, int fd)
{
    return fd == 1 && (strcmp(pending->name, "write") == 0 || strcmp(pending->name, "writev") == 0);
}

/* Calls on what is no socket are passed over at once where their first argument tells. */
static bool is_of_no_interest(const struct log_reader *reader, const struct log_task *task,
                              const struct log_pending *pending)
{
    int fd;

    if (!(pending->call->flags & CALL_IF_SOCK) || call_fds(pending->call) != 1 ||
        !first_number(text_of(&pending->args), &fd) || fd < 0 || is_print(pending, fd))
        return false;
    return resolve_fd_kind(reader->resolve, task->tid, fd) == FD_OTHER ||
           (resolve_fd_kind(reader->resolve, task->tid, fd) == FD_EPOLL &&
            pending->call->canon != CANON_CLOSE && pending->call->canon != CANON_DUP);
}

static bool has_kind(const struct log_reader *reader, const struct event *event, const struct call *call,
                     enum fd_kind kind)
{
    unsigned fds = call_fds(call);

    for (unsigned i = 0; fds >> i && i < event->nargs; i++) {
        const struct value *value = event->args[i].value;

        if (fds >> i & 1 && value->kind == VALUE_FD &&
            resolve_fd_kind(reader->resolve, event->tid, value->fd.n) == kind)
            return true;
    }
    return false;
}

/* read, write and the like on a number that is no socket any more are told only where that was the mistake.
 */
static bool is_worth_telling(const struct log_pending *pending)
{
    const struct event *event = &pending->event;

    if (!(pending->call->flags & CALL_IF_SOCK))
        return true;
    if (event->err == EBADF || event->err == ENOTSOCK) {
        const struct value *first = event->nargs ? event->args[0].value : NULL;

        return event->sock || (first && first->kind == VALUE_FD && first->fd.n < 0);
    }
    return event->sock != 0 || pending->on_socket;
}

/* --- beginning --- */

static void fill_event(const struct log_task *task, struct log_pending *pending)
{
    struct event *event = &pending->event;

    event->kind = EVENT_CALL;
    event->role = task->proc->program->role;
    event->pid = task->proc->pid;
    event->tid = task->tid;
    event->start_ns = pending->start_ns;
}

static bool fill_args(struct log_reader *reader, struct log_pending *pending, const struct log_result *result,
                      struct log_values *in)
{
    *in = (struct log_values){.arena = &pending->arena};
    if (log_call_fill(in, pending->call, text_of(&pending->args), result, &pending->event))
        return true;
    return log_fail(reader, arena_printf(&pending->arena, "%s: %s", pending->name, in->why));
}

static void enter(struct log_reader *reader, struct log_pending *pending)
{
    pending->on_socket = has_kind(reader, &pending->event, pending->call, FD_SOCKET);
    pending->is_entered = true;
    resolve_enter(reader->resolve, &pending->event, &pending->arena);
}

/* It begins like the call that was interrupted last: they have the first argument in common, others were
 * not written yet, or hold something else now. */
static bool goes_on(const struct log_pending *interrupted, const struct log_line *line)
{
    const char *comma;
    size_t len;

    if (!interrupted || !log_text_is(line->name, interrupted->name))
        return false;
    comma = interrupted->args.len ? memchr(interrupted->args.data, ',', interrupted->args.len) : NULL;
    len = comma ? (size_t)(comma - interrupted->args.data) : interrupted->args.len;
    return line->args.len >= len && memcmp(line->args.at, buf_str(&interrupted->args), len) == 0;
}

static struct log_pending *take_interrupted(struct log_task *task)
{
    struct log_pending *pending = task->interrupted;

    task->interrupted = pending->next;
    pending->next = NULL;
    return pending;
}

/* How programs begin: nobody asks strace for these, so it was asked for all. */
static bool is_start(const char *name)
{
    static const char *const starts[] = {"brk",  "arch_prctl", "set_tid_address", "set_robust_list",
                                         "rseq", "prlimit64"};

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (strcmp(starts[i], name) == 0)
            return true;
    return false;
}

static void note_name(struct log_reader *reader, const struct log_pending *pending)
{
    reader->seen_start = reader->seen_start || is_start(pending->name);
    if (!pending->call)
        return;
    reader->seen_close = reader->seen_close || pending->call->canon == CANON_CLOSE;
    reader->seen_data =
        reader->seen_data || strcmp(pending->name, "read") == 0 || strcmp(pending->name, "write") == 0;
    reader->seen_socket = reader->seen_socket || pending->call->flags & CALL_NETWORK;
}

/* A call that was interrupted goes on: what it has now stands in place of what it had. */
static void restart(struct log_task *task, const struct log_line *line, bool has_args)
{
    struct log_pending *pending = take_interrupted(task);

    if (has_args) {
        buf_reset(&pending->args);
        buf_add(&pending->args, line->args.at, line->args.len);
    }
    pending->restarts[0] = '\0';
    pending->is_settled = false;
    task->current = pending;
}

bool log_pending_begin(struct log_reader *reader, struct log_task *task, const struct log_entry *entry,
                       bool at_once)
{
    const struct log_line *line = &entry->line;
    struct log_pending *pending;
    struct log_values in;

    if (task->current)
        log_pending_abandon(reader, task, false);
    if (task->interrupted && task->interrupted->is_doubtful) {
        task->interrupted->is_doubtful = false;
        log_tell_lack(reader, task, LACK_HANDLERS, task->interrupted->name);
    }
    if (task->interrupted && log_text_is(line->name, "restart_syscall")) {
        restart(task, line, false);
        return true;
    }
    if (goes_on(task->interrupted, line)) {
        restart(task, line, true);
        return true;
    }
    pending = log_pending_get(&reader->tasks);
    copy_text(pending->name, sizeof(pending->name), line->name);
    buf_add(&pending->args, line->args.at, line->args.len);
    pending->start_ns = log_time(reader, entry->start_ns);
    pending->call = call_by_name(pending->name);
    note_name(reader, pending);
    reader->forking += log_life_is_fork(pending->name);
    task->current = pending;
    if (pending->call && is_of_no_interest(reader, task, pending))
        pending->call = NULL;
    if (!pending->call || at_once)
        return true;
    if (!fill_args(reader, pending, NULL, &in))
        return false;
    fill_event(task, pending);
    enter(reader, pending);
    return true;
}

bool log_pending_resume(struct log_reader *reader, struct log_task *task, const struct log_entry *entry)
{
    const struct log_line *line = &entry->line;
    struct log_pending *pending = task->current;

    /* The log may begin in the middle of it. */
    if (!pending || !log_text_is(line->name, pending->name)) {
        char name[32];

        copy_text(name, sizeof(name), line->name);
        if (pending)
            log_pending_abandon(reader, task, false);
        if (!call_by_name(name))
            return true;
        log_tell_lack(reader, task, LACK_BEGINNING, name);
        return true;
    }
    buf_add(&pending->args, line->args.at, line->args.len);
    return log_pending_end(reader, task, entry);
}

/* --- the end --- */

/* A descriptor is what it was at the entry, and so is what was sent. */
static void keep_entered(struct log_pending *pending, const struct event *entered)
{
    struct event *event = &pending->event;

    for (size_t i = 0; i < event->nargs && i < entered->nargs; i++) {
        const struct value *now = event->args[i].value, *then = entered->args[i].value;
        bool is_message = canon_is_send(event->canon) && strcmp(event->args[i].name, "msg") == 0;

        if (then->kind == now->kind && (is_message || now->kind == VALUE_FD))
            event->args[i].value = then;
    }
}

static void note_print(struct log_task *task, const struct log_pending *pending)
{
    struct log_program *program = task->proc->program;
    const uint8_t *bytes;
    uint64_t full;
    size_t len;

    if (!event_data(&pending->event, &bytes, &len, &full))
        return;
    if (!program->is_cut)
        buf_add(&program->printed, bytes, len);
    program->is_cut = program->is_cut || len < full;
}

static void tell_lacks(struct log_reader *reader, const struct log_task *task,
                       const struct log_pending *pending, const struct log_values *in)
{
    if (in->lacks_bytes)
        log_tell_lack(reader, task, LACK_BYTES, pending->name);
    if (in->lacks_members)
        log_tell_lack(reader, task, LACK_MEMBERS, pending->name);
}

static bool end_of_table(struct log_reader *reader, struct log_task *task, struct log_pending *pending,
                         const struct log_result *result)
{
    struct event entered = pending->event;
    struct log_values in;

    if (!fill_args(reader, pending, result, &in))
        return false;
    fill_event(task, pending);
    if (pending->is_entered)
        keep_entered(pending, &entered);
    else
        pending->on_socket = has_kind(reader, &pending->event, pending->call, FD_SOCKET);
    pending->event.unfinished = result->is_unknown;
    pending->event.end_ns = reader->last_ns;
    /* Where something is wrong with the descriptor the model says which it was. */
    if (!pending->is_entered)
        enter(reader, pending);
    if (is_worth_telling(pending) ||
        (pending->event.err == EBADF && has_kind(reader, &pending->event, pending->call, FD_WAS_SOCKET))) {
        tell_lacks(reader, task, pending, &in);
        log_tell_call(reader, pending);
        return true;
    }
    canon_fill(&pending->event, &pending->arena);
    if (pending->event.nargs && pending->event.args[0].value->kind == VALUE_FD &&
        is_print(pending, pending->event.args[0].value->fd.n))
        note_print(task, pending);
    log_tell_nothing(reader, pending);
    return true;
}

static void suspend(struct log_task *task, struct log_pending *pending, struct log_text restarts)
{
    copy_text(pending->restarts, sizeof(pending->restarts), restarts);
    pending->next = task->interrupted;
    task->interrupted = pending;
}

bool log_pending_end(struct log_reader *reader, struct log_task *task, const struct log_entry *entry)
{
    struct log_pending *pending = task->current;
    struct log_result result;
    const char *why = log_result_split(entry->line.result, &result);
    bool ok;

    task->current = NULL;
    if (!pending)
        return true;
    if (why) {
        drop(reader, pending);
        return log_fail(reader, why);
    }
    if (pending->call && result.is_unknown && result.restarts.len) {
        suspend(task, pending, result.restarts);
        return true;
    }
    if (pending->call)
        ok = end_of_table(reader, task, pending, &result);
    else
        ok = log_life_called(reader, task, pending->name, text_of(&pending->args), &result);
    drop(reader, pending);
    return ok;
}

void log_pending_abandon(struct log_reader *reader, struct log_task *task, bool detached)
{
    if (task->current) {
        task->current->next = task->interrupted;
        task->interrupted = task->current;
        task->current = NULL;
    }
    while (task->interrupted) {
        struct log_pending *pending = take_interrupted(task);
        const struct log_result never = {.is_unknown = true};

        pending->event.detached = detached;
        if (pending->call)
            end_of_table(reader, task, pending, &never);
        drop(reader, pending);
    }
}

/* signal(7), "Interruption of system calls": what the kernel said, and the handler, decide. */
static bool is_eintr(const char *restarts, enum log_handling handling)
{
    if (strcmp(restarts, "ERESTARTNOINTR") == 0)
        return false;
    return strcmp(restarts, "ERESTARTSYS") != 0 || handling != HANDLING_RESTARTS;
}

bool log_pending_signalled(struct log_reader *reader, struct log_task *task, int signo)
{
    struct log_pending *pending = task->interrupted;
    const struct log_result eintr = {.n = -1, .err = EINTR};
    enum log_handling handling;
    bool ok;

    if (!pending || pending->is_settled)
        return true;
    handling = signo > 0 && signo < LOG_SIGNALS ? task->proc->handling[signo] : HANDLING_NONE;
    if (handling == HANDLING_NONE) {
        pending->is_doubtful = !reader->seen_start;
        return true;
    }
    if (!is_eintr(pending->restarts, handling)) {
        pending->is_settled = true;
        return true;
    }
    take_interrupted(task);
    ok = end_of_table(reader, task, pending, &eintr);
    drop(reader, pending);
    return ok;
}
