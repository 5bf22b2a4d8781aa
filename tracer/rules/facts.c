/* rules/facts.c: what rules remember of a trace: a fold over events in memory for what is open at a time. */
#include "rules/facts.h"

#include "rules/facts_parts.h"
#include "rules/proof.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* ---- helpers ---- */

int64_t facts_number(const struct event *event, const char *arg, int64_t absent)
{
    const struct value *value = event_arg(event, arg);
    int64_t n;

    return value && value_number(value, &n) ? n : absent;
}

struct head facts_data(const struct event *event, uint64_t from)
{
    const struct value *data = event->ncargs > 1 ? value_final(event->cargs[1]) : NULL;
    struct head head = {0};

    if (!data || data->kind != VALUE_BYTES)
        return head;
    head.full = data->bytes.full > from ? data->bytes.full - from : 0;
    if (data->bytes.len > from)
        head.len = data->bytes.len - (size_t)from < FACTS_HEAD ? data->bytes.len - (size_t)from : FACTS_HEAD;
    if (head.len)
        memcpy(head.bytes, data->bytes.ptr + from, head.len);
    return head;
}

bool facts_same_start(const struct head *a, const struct head *b)
{
    size_t len = a->len < b->len ? a->len : b->len;

    return len && memcmp(a->bytes, b->bytes, len) == 0;
}

bool facts_fills_buffer(const struct event *event)
{
    return canon_is_recv(event->canon) && !event->is_stream && !event->err && !event->unfinished &&
           event->result == facts_number(event, "len", facts_number(event, "count", 0)) &&
           !(facts_number(event, "flags", 0) & (MSG_TRUNC | MSG_PEEK));
}

bool facts_holds(const struct sock_facts *sock, int pid)
{
    vec_each (const int, it, &sock->holders)
        if (*it == pid)
            return true;
    return false;
}

bool facts_set(const struct value *set, bool after, uint8_t bits[FACTS_SETS / 8])
{
    const struct value *fds;
    int64_t fd;

    if (set && set->kind == VALUE_CHANGED)
        set = after ? set->changed.after : set->changed.before;
    fds = value_field(set, "fds");
    memset(bits, 0, FACTS_SETS / 8);
    if (!fds || fds->kind != VALUE_ARRAY)
        return false;
    for (size_t i = 0; i < fds->array.len; i++)
        if (value_number(fds->array.items[i], &fd) && fd >= 0 && fd < FACTS_SETS)
            bits[fd / 8] |= (uint8_t)(1 << fd % 8);
    return true;
}

struct sock_facts *facts_sock(const struct facts *facts, uint64_t sock)
{
    return sock ? intmap_get(&facts->socks, sock) : NULL;
}

struct task_facts *facts_task(const struct facts *facts, int tid)
{
    struct task_facts *task = intmap_get(&facts->tasks, (uint64_t)tid), *last = facts->last_exit.task;

    return task || !last || last->tid != tid ? task : last;
}

struct proc_facts *facts_proc(const struct facts *facts, int pid)
{
    struct proc_facts *proc = intmap_get(&facts->procs, (uint64_t)pid), *last = facts->last_exit.proc;

    return proc || !last || last->pid != pid ? proc : last;
}

static char *copy_text(const void *bytes, size_t len)
{
    char *text = alloc_zeroed(len + 1);

    memcpy(text, bytes, len);
    return text;
}

const char *facts_role(struct facts *facts, const struct event *event)
{
    vec_each (const char *, it, &facts->roles)
        if (strcmp(*it, event->role) == 0)
            return *it;
    vec_push(&facts->roles, alloc_strdup(event->role));
    return facts->roles.items[facts->roles.len - 1];
}

struct sock_facts *facts_make_sock(struct facts *facts, uint64_t id, const struct event *event)
{
    struct sock_facts *sock = facts_sock(facts, id);

    if (sock || !id)
        return sock;
    sock = ALLOC_NEW(struct sock_facts);
    *sock = (struct sock_facts){
        .id = id, .domain = -1, .type = -1, .fd = -1, .unread = -1, .role = facts_role(facts, event)};
    intmap_set(&facts->socks, id, sock);
    return sock;
}

static void free_sock(struct sock_facts *sock)
{
    if (sock)
        vec_release(&sock->holders);
    free(sock);
}

struct task_facts *facts_make_task(struct facts *facts, int tid, int pid)
{
    struct task_facts *task = intmap_get(&facts->tasks, (uint64_t)tid);

    if (task)
        return task;
    task = ALLOC_NEW(struct task_facts);
    task->tid = tid;
    task->pid = pid;
    task->addrlen.out = -1;
    intmap_set(&facts->tasks, (uint64_t)tid, task);
    return task;
}

struct proc_facts *facts_make_proc(struct facts *facts, int pid)
{
    struct proc_facts *proc = intmap_get(&facts->procs, (uint64_t)pid);

    if (proc)
        return proc;
    proc = ALLOC_NEW(struct proc_facts);
    proc->pid = pid;
    intmap_set(&facts->procs, (uint64_t)pid, proc);
    return proc;
}

bool facts_was_told(const struct facts *facts, const char *role, int64_t port)
{
    vec_each (struct told, it, &facts->told) {
        int64_t n;
        char *end;

        for (const char *at = it->word; strcmp(it->role, role) == 0 && *(at += strcspn(at, "0123456789"));
             at = end) {
            n = strtoll(at, &end, 10);
            if (n == port)
                return true;
        }
    }
    return false;
}

/* ---- what is no call ---- */

static void take_start(struct facts *facts, const struct event *event)
{
    const struct value *argv = event_arg(event, "argv");

    for (size_t i = 1; argv && argv->kind == VALUE_ARRAY && i < argv->array.len; i++) {
        const struct value *word = argv->array.items[i];

        if (word->kind == VALUE_BYTES)
            vec_push(&facts->told, (struct told){.role = facts_role(facts, event),
                                                 .pid = event->pid,
                                                 .word = copy_text(word->bytes.ptr, word->bytes.len)});
    }
}

/* A child has what its parent has. Threads share all with it. */
static void take_fork(struct facts *facts, const struct event *event)
{
    int child = (int)facts_number(event, "child", 0);
    const struct intmap_slot *slot;
    size_t pos = 0;

    if (!child || facts_number(event, "flags", 0) & (CLONE_THREAD | CLONE_FILES))
        return;
    facts_make_proc(facts, child)->parent = event->pid;
    while ((slot = intmap_next(&facts->socks, &pos))) {
        struct sock_facts *sock = slot->value;

        if (!facts_holds(sock, event->pid) || facts_holds(sock, child))
            continue;
        vec_push(&sock->holders, child);
        if (sock->pid == event->pid && !sock->forked) {
            sock->forked = event->seq;
            sock->forked_pid = child;
        }
    }
}

static void take_signal(struct facts *facts, const struct event *event)
{
    switch (facts_number(event, "signo", 0)) {
    case SIGCHLD:
    case SIGCONT:
    case SIGSTOP:
    case SIGURG:
    case SIGWINCH: break;
    default: facts_make_proc(facts, event->pid)->is_told_to_stop = true;
    }
}

/* What a thread leaves open when it ends, nobody else knows of. */
static void take_thread_end(struct facts *facts, int tid)
{
    const struct intmap_slot *slot;

    for (size_t pos = 0; (slot = intmap_next(&facts->socks, &pos));) {
        struct sock_facts *sock = slot->value;

        if (sock->eof && sock->eof_tid == tid && !sock->closed)
            sock->is_abandoned = true;
    }
}

void facts_head(struct facts *facts, const struct trace_head *head)
{
    for (size_t i = 0; i < head->nparams; i++) {
        size_t at = 0;

        if (strcmp(head->params[i].name, "PORT") == 0)
            proof_next_number(head->params[i].value, &at, &facts->given);
    }
}

void facts_event(struct facts *facts, const struct event *event)
{
    struct sock_facts *sock;

    switch (event->kind) {
    case EVENT_CALL: facts_call(facts, event); break;
    case EVENT_START: take_start(facts, event); break;
    case EVENT_FORK: take_fork(facts, event); break;
    case EVENT_SIGNAL: take_signal(facts, event); break;
    case EVENT_EXIT:
        if (facts_number(event, "last", 0) != 1)
            take_thread_end(facts, event->tid);
        break;
    case EVENT_CLOSED:
        sock = facts_sock(facts, event->sock);
        if (sock)
            facts_close(sock, event);
        break;
    case EVENT_EXEC:
    case EVENT_LOST:
    case EVENT_ROLE: break;
    }
}

bool facts_ends(const struct event *event)
{
    return event->sock && event->last_ref &&
           (event->kind == EVENT_CLOSED ||
            (event->kind == EVENT_CALL && event->canon == CANON_CLOSE && !event->unfinished && !event->err));
}

static void forget_process(struct facts *facts, const struct event *event)
{
    free(facts->last_exit.proc);
    free(facts->last_exit.task);
    facts->last_exit.proc = intmap_del(&facts->procs, (uint64_t)event->pid);
    facts->last_exit.task = intmap_del(&facts->tasks, (uint64_t)event->tid);
    facts->last_exit.is_killed = event_arg(event, "signal") != NULL;
}

static void keep_reset(struct facts *facts, struct sock_facts *sock)
{
    struct sock_facts **place = &facts->resets[facts->nresets++ % FACTS_RING];

    free_sock(*place);
    *place = sock;
}

void facts_forget(struct facts *facts, const struct event *event)
{
    struct sock_facts *sock = facts_ends(event) ? intmap_del(&facts->socks, event->sock) : NULL;

    if (sock && sock->reset)
        keep_reset(facts, sock);
    else
        free_sock(sock);
    if (event->kind != EVENT_EXIT)
        return;
    if (facts_number(event, "last", 0) == 1)
        forget_process(facts, event);
    else
        free(intmap_del(&facts->tasks, (uint64_t)event->tid));
}

void facts_release(struct facts *facts)
{
    const struct intmap_slot *slot;

    for (size_t pos = 0; (slot = intmap_next(&facts->socks, &pos));)
        free_sock(slot->value);
    for (size_t i = 0; i < FACTS_RING; i++)
        free_sock(facts->resets[i]);
    for (size_t pos = 0; (slot = intmap_next(&facts->tasks, &pos));)
        free(slot->value);
    for (size_t pos = 0; (slot = intmap_next(&facts->procs, &pos));)
        free(slot->value);
    free(facts->last_exit.proc);
    free(facts->last_exit.task);
    vec_each (struct told, it, &facts->told)
        free(it->word);
    vec_each (const char *, it, &facts->roles)
        free((char *)(uintptr_t)*it);
    vec_release(&facts->told);
    vec_release(&facts->roles);
    vec_release(&facts->strays);
    intmap_release(&facts->socks);
    intmap_release(&facts->tasks);
    intmap_release(&facts->procs);
}
