/* engine/calls.c: a system call from its entry to its completion: capture, let the task go on, then decode.
 */
#include "engine/state.h"

#include "decode/unfold.h"
#include "engine/inject.h"
#include "engine/regs.h"
#include "engine/watch.h"
#include "event/canon.h"

#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>

#ifdef __GLIBC__
#define ptrace_syscall_info __ptrace_syscall_info /* as the kernel and other C libraries call it */
#endif

/* The kernel's own numbers for "interrupted", from ERESTARTSYS to ERESTART_RESTARTBLOCK; programs never see
 * them. */
enum { RESTART_FIRST = 512, RESTART_LAST = 516 };

enum { ASK_NOTHING = 0, ASK_STATE = 1 << 7 };

/* What is worth asking the kernel after each call. A close is asked about before it happens. */
static const uint8_t asks[CANON_COUNT] = {
    [CANON_SOCKET] = ASK_STATE,
    [CANON_BIND] = ASK_STATE | KERNEL_ADDRS,
    [CANON_LISTEN] = ASK_STATE | KERNEL_ADDRS,
    [CANON_ACCEPT] = ASK_STATE | KERNEL_ADDRS,
    [CANON_CONNECT] = ASK_STATE | KERNEL_ADDRS,
    [CANON_SEND] = ASK_STATE | KERNEL_QUEUES,
    [CANON_RECV] = ASK_STATE | KERNEL_QUEUES,
    [CANON_SENDTO] = ASK_STATE | KERNEL_ADDRS | KERNEL_QUEUES,
    [CANON_RECVFROM] = ASK_STATE | KERNEL_QUEUES,
    [CANON_SHUTDOWN] = ASK_STATE | KERNEL_QUEUES,
    [CANON_CLOSE] = ASK_STATE | KERNEL_QUEUES,
    [CANON_GETSOCKNAME] = ASK_STATE,
    [CANON_GETPEERNAME] = ASK_STATE,
    [CANON_SETSOCKOPT] = ASK_STATE,
    [CANON_GETSOCKOPT] = ASK_STATE,
};

/* Whether one of the call's file descriptors is a socket. */
static bool is_on_socket(const struct engine *engine, const struct task *task, const struct call *call,
                         const uint64_t *args)
{
    unsigned fds = call_fds(call);

    for (unsigned i = 0; fds >> i; i++)
        if (fds >> i & 1 && resolve_fd_kind(engine->resolve, task->tid, (int)args[i]) == FD_SOCKET)
            return true;
    return false;
}

static bool is_of_interest(const struct engine *engine, const struct task *task, const struct call *call,
                           const uint64_t *args)
{
    unsigned fds = call_fds(call);

    if (!(call->flags & CALL_IF_SOCK))
        return true;
    for (unsigned i = 0; fds >> i; i++) {
        enum fd_kind kind;

        if (!(fds >> i & 1))
            continue;
        kind = resolve_fd_kind(engine->resolve, task->tid, (int)args[i]);
        /* A negative number is what a failed call returned: EBADF is certain, and worth telling. */
        if (kind == FD_SOCKET || kind == FD_WAS_SOCKET || (int)args[i] < 0)
            return true;
    }
    return false;
}

/* `sock` is what the model knows the socket by; 0: not yet. */
static void ask_kernel(struct engine *engine, struct task *task, int fd, uint64_t sock, unsigned ask,
                       struct kernel_answer *answer)
{
    *answer = (struct kernel_answer){0};
    if (!engine->opts.no_kernel && (ask & ASK_STATE))
        kernel_query(task->proc, fd, ask | kernel_ask_of(model_sock(engine->model, sock)), answer);
}

/* Run the decoder until it asks for no more memory. Bounded by the table: what is deeper counts as
 * unreadable. */
static void capture(struct engine *engine, struct task *task, struct pending *pending, bool at_exit)
{
    unsigned depth = call_depth(pending->call, at_exit);

    memory_begin(&engine->memory, &pending->arena);
    while (depth--) {
        if (at_exit)
            decode_exit(pending->call, &pending->raw, &engine->memory.peek, &engine->decode, &pending->arena,
                        &pending->event);
        else
            decode_enter(pending->call, &pending->raw, &engine->memory.peek, &engine->decode, &pending->arena,
                         &pending->event);
        if (!memory_fetch(&engine->memory, task->tid))
            break;
    }
}

static void fill_event(const struct task *task, struct event *event)
{
    event->kind = EVENT_CALL;
    event->role = task->proc->role;
    event->pid = task->proc->pid;
    event->tid = task->tid;
}

/* false: the task is to wait before its call. */
static bool direct(struct engine *engine, struct task *task)
{
    struct pending *pending = task->current;
    struct event *event = &pending->event;

    if (!engine->opts.direct || task->proc->attached)
        return true;
    decode_enter(pending->call, &pending->raw, &engine->memory.peek, &engine->decode, &pending->arena, event);
    fill_event(task, event);
    resolve_look(engine->resolve, event, &pending->arena);
    if ((pending->call->flags & CALL_IF_SOCK) && !event->sock)
        return true;
    canon_fill(event, &pending->arena);
    if (!pending->is_directed) {
        const struct engine_order order = engine->opts.direct(engine->opts.direct_arg, event);

        pending->is_directed = true;
        pending->inject = order.inject;
        task->held = order.hold;
    }
    if (!task->held)
        inject_enter(task, pending);
    return !task->held;
}

/* In its entry stop. Everything is read before it goes on. */
static void start_call(struct engine *engine, struct task *task)
{
    struct pending *pending = task->current;
    const struct call *call = pending->call;
    struct event *event = &pending->event;
    struct kernel_answer answer = {0};
    struct site *site = NULL;
    int fd = (int)pending->raw.args[0];
    uint64_t foreign = 0; /* the socket that is taken from another process */

    pending->on_socket = is_on_socket(engine, task, call, pending->raw.args);
    capture(engine, task, pending, false);
    if (!direct(engine, task))
        return;
    if (engine->stacks)
        site = stack_take(engine->stacks, task, true);
    if (call->canon == CANON_CLOSE)
        ask_kernel(engine, task, fd, resolve_fd_sock(engine->resolve, task->tid, fd), asks[CANON_CLOSE],
                   &answer);
    if (call->flags & CALL_PIDFD)
        foreign = resolve_fd_sock(engine->resolve, kernel_pidfd_target(task, fd), (int)pending->raw.args[1]);

    task_resume(task, 0);
    decode_enter(call, &pending->raw, &engine->memory.peek, &engine->decode, &pending->arena, event);
    if (engine->stacks)
        stack_tell(engine->stacks, site, &pending->arena, event);
    fill_event(task, event);
    kernel_state_fill(&answer, &engine->decode, &pending->arena, &event->kernel);
    event->sock = foreign;
    resolve_enter(engine->resolve, event, &pending->arena);
    if (call->flags & CALL_BLOCKS) {
        canon_fill(event, &pending->arena);
        sink_enter(engine->sink, event);
    }
}

static void begin_call(struct engine *engine, struct task *task, const struct call *call,
                       const struct rawcall *raw, uint64_t carried_at, const struct ptrace_syscall_info *info)
{
    struct pending *pending = pending_get(&engine->tasks);

    pending->event.start_ns = emit_now(engine);
    pending->call = call;
    pending->nr = info->entry.nr;
    pending->ip = info->instruction_pointer;
    pending->sp = info->stack_pointer;
    pending->arg0 = info->entry.args[0];
    pending->raw = *raw;
    pending->carried_at = carried_at;
    task->current = pending;
    start_call(engine, task);
}

void calls_released(struct engine *engine, struct task *task)
{
    task->held = false;
    engine->ifname.tid = task->tid;
    start_call(engine, task);
}

/* read, write and the like on a number that is no socket any more are told only where that was the mistake.
 * What dup2 puts in the place of a socket may be no socket. */
static bool is_worth_telling(const struct pending *pending)
{
    const struct event *event = &pending->event;

    if (!(pending->call->flags & CALL_IF_SOCK) || event->err == EBADF || event->err == ENOTSOCK)
        return true;
    return event->sock != 0 || pending->on_socket;
}

static void finish_call(struct engine *engine, struct pending *pending)
{
    if (is_worth_telling(pending))
        emit_call(engine, pending);
    else
        emit_nothing(engine, pending);
    pending_put(&engine->tasks, pending);
}

/* The program has been told EINTR for this call. Its outputs were never written. */
static void finish_interrupted(struct engine *engine, struct task *task, struct pending *pending)
{
    pending->raw.ret = -EINTR;
    pending->raw.is_error = true;
    capture(engine, task, pending, true);
    decode_exit(pending->call, &pending->raw, &engine->memory.peek, &engine->decode, &pending->arena,
                &pending->event);
    finish_call(engine, pending);
}

/* A signal interrupted it. It will be entered again, or fail with EINTR after all: settle_suspended and
 * calls_interrupted see to that. */
static void suspend(struct task *task, int restart)
{
    struct pending *pending = task->current;

    task->current = NULL;
    pending->restart = restart;
    pending->depth = task->handlers;
    pending->next = task->suspended;
    task->suspended = pending;
}

static struct pending *unsuspend(struct task *task)
{
    struct pending *pending = task->suspended;

    task->suspended = pending->next;
    pending->next = NULL;
    return pending;
}

/* Is this the entry of the call that a signal interrupted last? */
static bool is_same_call(const struct pending *suspended, const struct ptrace_syscall_info *info,
                         const struct filter_row *row)
{
    if (!suspended || info->instruction_pointer != suspended->ip || info->stack_pointer != suspended->sp)
        return false;
    if (info->entry.nr == suspended->nr)
        return true;
    return row && row->watch && !strcmp(row->watch->name, "restart_syscall");
}

/* At an entry, which shows what became of interrupted calls. true: it goes on with one. */
static bool settle_suspended(struct engine *engine, struct task *task, const struct ptrace_syscall_info *info,
                             const struct filter_row *row)
{
    if (is_same_call(task->suspended, info, row)) {
        struct pending *pending = unsuspend(task);

        if (pending->depth >= task->handlers) {
            pending->restart = 0;
            task->current = pending;
            return true;
        }
        pending->event.unfinished = true; /* its handler jumped here: the program makes the call anew */
        finish_call(engine, pending);
    }
    /* Attached in the middle: whether its handlers restart calls is not known, but here it has gone on
     * without. */
    while (task->suspended && task->proc->sigacts.unknown && task->suspended->sp <= info->stack_pointer)
        finish_interrupted(engine, task, unsuspend(task));
    return false;
}

static void tell_foreign(struct engine *engine, struct task *task)
{
    if (task->proc->foreign_told)
        return;
    task->proc->foreign_told = true;
    emit_lost(
        engine, task,
        "this process makes system calls of an architecture that is not decoded (an x32 program): what it "
        "does on sockets with them is not seen");
}

/* The call that it is, in truth: another one may carry it, with its arguments at *carried_at. */
static const struct call *unfold(struct engine *engine, struct task *task, const struct call *call,
                                 struct rawcall *raw, uint64_t *carried_at)
{
    const struct call *carried;

    if (raw->abi == ABI_NATIVE)
        return call;
    memory_begin(&engine->memory, &engine->scratch);
    carried = unfold_call(call, raw, carried_at, &engine->memory.peek);
    if (memory_fetch(&engine->memory, task->tid))
        carried = unfold_call(call, raw, carried_at, &engine->memory.peek);
    arena_reset(&engine->scratch);
    return carried;
}

static void begin_watch(struct engine *engine, struct task *task, const struct watch *watch, enum abi abi,
                        const struct ptrace_syscall_info *info)
{
    memcpy(task->watch_args, info->entry.args, sizeof(task->watch_args));
    task->watch_abi = abi;
    if (watch->enter)
        watch->enter(task);
    if (watch->is_deniable && engine->opts.deny_io_uring)
        regs_skip_call(task->tid, abi);
    task->watch = watch->leave ? watch : NULL;
    task_resume(task, 0);
}

/* `info` is of an entry; the filter's stop has its fields in the same places (struct ptrace_syscall_info). */
static void stopped_at_entry(struct engine *engine, struct task *task, const struct ptrace_syscall_info *info)
{
    bool by_filter = info->op == PTRACE_SYSCALL_INFO_SECCOMP, is_known;
    const struct filter_row *row = NULL;
    const struct call *call = NULL;
    struct rawcall raw = {0};
    uint64_t carried_at = 0;

    /* Where every call stops, the filter stops a second time for the same call. */
    if (by_filter && task->in_call) {
        task_resume(task, 0);
        return;
    }
    task->in_call = !by_filter;
    is_known = filter_abi(&engine->filter, info->arch, info->entry.nr, &raw.abi);
    if (is_known)
        row = filter_row(&engine->filter, raw.abi, info->entry.nr);
    if (!is_known || (!row && by_filter)) {
        task_resume(task, 0);
        tell_foreign(engine, task);
        return;
    }
    if (settle_suspended(engine, task, info, row)) {
        inject_enter(task, task->current);
        task_resume(task, 0);
        return;
    }
    if (row && row->watch) {
        begin_watch(engine, task, row->watch, raw.abi, info);
        return;
    }
    memcpy(raw.args, info->entry.args, sizeof(raw.args));
    if (row && row->call)
        call = unfold(engine, task, row->call, &raw, &carried_at);
    if (call && is_of_interest(engine, task, call, raw.args))
        begin_call(engine, task, call, &raw, carried_at, info);
    else
        task_resume(task, 0);
}

/* What socketpair(2) gave has to be decoded to ask about it; nothing but inodes is to be asked. */
static void query_pair(struct engine *engine, struct task *task, struct pending *pending,
                       struct kernel_answer *answer)
{
    const struct value *pair;

    if (engine->opts.no_kernel)
        return;
    decode_exit(pending->call, &pending->raw, &engine->memory.peek, &engine->decode, &pending->arena,
                &pending->event);
    pair = event_arg(&pending->event, "sv");
    if (!pair || pair->kind != VALUE_ARRAY || pair->array.len != 2)
        return;
    kernel_query_pair(task->proc, (int[]){pair->array.items[0]->fd.n, pair->array.items[1]->fd.n}, answer);
}

/* The number of the socket that the event is about, or that the call made: -1, there is none. */
static int fd_after(const struct pending *pending)
{
    const struct event *event = &pending->event;
    enum canon canon = pending->call->canon;
    bool makes = canon == CANON_ACCEPT || canon == CANON_SOCKET || (pending->call->flags & CALL_PIDFD);
    int at = event->sock ? event_fd_arg(event) : -1;

    if (canon == CANON_CLOSE)
        return -1;
    if (makes && pending->raw.ret >= 0)
        return (int)pending->raw.ret;
    return at < 0 ? -1 : event->args[at].value->fd.n;
}

static void query_after(struct engine *engine, struct task *task, struct pending *pending,
                        struct kernel_answer *answer)
{
    enum canon canon = pending->call->canon;
    unsigned ask = pending->call->flags & CALL_PIDFD ? ASK_STATE | KERNEL_ADDRS : asks[canon];
    bool made = (canon == CANON_ACCEPT || canon == CANON_SOCKET) && pending->raw.ret >= 0;
    int fd = fd_after(pending);

    *answer = (struct kernel_answer){0};
    if (canon == CANON_SOCKETPAIR)
        query_pair(engine, task, pending, answer);
    if (fd < 0)
        return;
    ask_kernel(engine, task, fd, made ? 0 : pending->event.sock, ask, answer);
    if ((pending->call->flags & CALL_PIDFD) && !answer->local_len)
        *answer = (struct kernel_answer){0}; /* every socket has a name: this is something else */
    if (canon == CANON_ACCEPT && made) {
        struct kernel_answer listener;

        ask_kernel(engine, task, (int)pending->raw.args[0], pending->event.sock, ASK_STATE, &listener);
        answer->queue = listener.queue;
        answer->queue_max = listener.queue_max;
    }
}

/* It may have put a socket on a descriptor whose calls the filter lets pass. */
static bool may_be_low(const struct pending *pending)
{
    int64_t made = pending->raw.ret;

    return pending->call->canon == CANON_SOCKETPAIR ||
           (pending->call->ret != RET_INT && made >= 0 && made <= 2);
}

static void leave_call(struct engine *engine, struct task *task, const struct ptrace_syscall_info *info)
{
    struct pending *pending = task->current;
    int64_t result = info->exit.rval;
    struct kernel_answer answer;
    struct proc *proc = task->proc;
    bool is_made = !pending->is_skipped;
    bool waits; /* until it is known whether its next call, too, must stop */

    inject_leave(task, pending, &result);
    if (is_made && info->exit.is_error && -result >= RESTART_FIRST && -result <= RESTART_LAST) {
        suspend(task, (int)-result);
        task_resume(task, 0);
        return;
    }
    /* Untraced, it would not have been interrupted: it is made once more, with its whole time limit. */
    if (is_made && result == -EINTR && sigact_only_ignored(task->tid)) {
        regs_repeat_call(task->tid, pending->raw.abi, pending->nr, pending->arg0);
        suspend(task, 0);
        task_resume(task, 0);
        return;
    }
    task->current = NULL;
    pending->raw.ret = result;
    pending->raw.is_error = is_made ? info->exit.is_error : result < 0;
    capture(engine, task, pending, true);
    query_after(engine, task, pending, &answer);

    waits = !proc->every_call && may_be_low(pending);
    if (!waits)
        task_resume(task, 0);
    decode_exit(pending->call, &pending->raw, &engine->memory.peek, &engine->decode, &pending->arena,
                &pending->event);
    kernel_state_fill(&answer, &engine->decode, &pending->arena, &pending->event.kernel);
    finish_call(engine, pending);
    if (!proc->every_call && resolve_has_low_socket(engine->resolve, task->tid))
        tasks_watch_every_call(&engine->tasks, proc, waits ? task : NULL);
    if (waits)
        task_resume(task, 0);
}

static void stopped_at_exit(struct engine *engine, struct task *task, const struct ptrace_syscall_info *info)
{
    task->in_call = false;
    if (task->watch) {
        bool every_call = task->proc->every_call;

        if (task->watch->is_deniable && engine->opts.deny_io_uring)
            regs_set_result(task->tid, task->watch_abi, -ENOSYS);
        else
            task->watch->leave(task, info->exit.rval);
        task->watch = NULL;
        if (task->proc->every_call && !every_call)
            tasks_watch_every_call(&engine->tasks, task->proc, task);
        task_resume(task, 0);
        if (task->lost)
            emit_lost(engine, task, task->lost);
        task->lost = NULL;
        return;
    }
    if (task->current)
        leave_call(engine, task, info);
    else
        task_resume(task, 0);
}

void calls_stopped(struct engine *engine, struct task *task)
{
    struct ptrace_syscall_info info;

    if (ptrace(PTRACE_GET_SYSCALL_INFO, task->tid, sizeof(info), &info) <= 0 ||
        info.op == PTRACE_SYSCALL_INFO_NONE)
        task_resume(task, 0);
    else if (info.op == PTRACE_SYSCALL_INFO_EXIT)
        stopped_at_exit(engine, task, &info);
    else
        stopped_at_entry(engine, task, &info);
}

void calls_interrupted(struct engine *engine, struct task *task, int sig)
{
    struct sigacts *acts = &task->proc->sigacts;
    struct pending *pending = task->suspended;
    bool caught = sigacts_is_caught(acts, sig);

    if (caught && pending && pending->restart) {
        if (sigacts_is_eintr(acts, pending->restart, sig))
            finish_interrupted(engine, task, unsuspend(task));
        else
            pending->restart = 0; /* its fate is settled: what interrupts the handler does not concern it */
    }
    if (caught)
        task->handlers++;
    sigacts_delivered(acts, sig);
}

static void tell_unfinished(struct engine *engine, struct task *task, bool detached)
{
    /* One that was held has not begun. */
    if (task->held)
        pending_put(&engine->tasks, task->current);
    else if (task->current)
        suspend(task, 0);
    task->current = NULL;
    task->held = false;
    while (task->suspended) {
        struct pending *pending = unsuspend(task);

        pending->event.unfinished = true;
        pending->event.detached = detached;
        finish_call(engine, pending);
    }
}

void calls_abandon(struct engine *engine, struct task *task)
{
    tell_unfinished(engine, task, false);
}

void calls_let_go(struct engine *engine, struct task *task)
{
    tell_unfinished(engine, task, true);
}
