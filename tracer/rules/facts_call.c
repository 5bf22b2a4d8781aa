/* rules/facts_call.c: what calls tell of sockets, tasks and processes. */
#include "event/addr.h"
#include "rules/facts_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static int64_t carg_number(const struct event *event, size_t i, int64_t absent)
{
    int64_t n;

    return i < event->ncargs && value_number(event->cargs[i], &n) ? n : absent;
}

/* ---- births ---- */

static struct sock_facts *born(struct facts *facts, const struct event *event, uint64_t id, int64_t fd)
{
    struct sock_facts *sock = facts_make_sock(facts, id, event);

    if (!sock)
        return NULL;
    sock->born = event->seq;
    sock->pid = event->pid;
    sock->tid = event->tid;
    sock->fd = (int)fd;
    if (!facts_holds(sock, event->pid))
        vec_push(&sock->holders, event->pid);
    return sock;
}

static void take_socket(struct facts *facts, const struct event *event)
{
    int64_t type = carg_number(event, 1, -1);

    for (size_t i = 0; i < 2 && event->made[i]; i++) {
        struct sock_facts *sock = born(facts, event, event->made[i], i ? -1 : event->result);

        sock->domain = (int)carg_number(event, 0, -1);
        sock->type = type < 0 ? -1 : (int)(type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC));
        sock->is_nonblocking = type > 0 && (type & SOCK_NONBLOCK);
    }
}

static void take_accept(struct facts *facts, const struct event *event, struct task_facts *task)
{
    const struct sock_facts *listener = facts_sock(facts, event->sock);
    int64_t flags = carg_number(event, 2, 0);
    struct sock_facts *sock;

    task->accepted = event->seq;
    facts_make_proc(facts, event->pid)->accepted = event->seq;
    if (event->err || event->unfinished || !event->made[0])
        return;
    sock = born(facts, event, event->made[0], event->result);
    sock->parent = event->sock;
    sock->domain = listener ? listener->domain : -1;
    sock->type = listener ? listener->type : -1;
    sock->is_nonblocking = flags & SOCK_NONBLOCK;
    if (event->kernel.known) {
        addr_port(event->kernel.local, &sock->port);
        addr_port(event->kernel.peer, &sock->far_port);
    }
}

/* ---- options ---- */

static void take_option(struct sock_facts *sock, const struct event *event)
{
    int64_t level = carg_number(event, 1, -1), name = carg_number(event, 2, -1);
    bool on = carg_number(event, 3, 1) != 0;

    if (event->err)
        return;
    if (level == SOL_SOCKET && (name == SO_REUSEADDR || name == SO_REUSEPORT))
        sock->has_reuse = on;
    else if (level == SOL_SOCKET && name == SO_RCVTIMEO)
        sock->has_timeout = true;
    else if (level == SOL_SOCKET && name == SO_BROADCAST)
        sock->has_broadcast = on;
    else if (level == IPPROTO_TCP && (name == TCP_NODELAY || name == TCP_CORK))
        sock->has_nodelay = on;
    else if (level == IPPROTO_IPV6 && name == IPV6_V6ONLY)
        sock->has_v6only = on;
}

static void take_mode(struct sock_facts *sock, const struct event *event)
{
    int64_t what = carg_number(event, 1, -1), arg = carg_number(event, 2, 0);

    if (event->err)
        return;
    if (event->canon == CANON_FCNTL && what == F_SETFL)
        sock->is_nonblocking = arg & O_NONBLOCK;
    else if (event->canon == CANON_IOCTL && what == FIONBIO)
        sock->is_nonblocking = arg != 0;
}

static void take_epoll(struct facts *facts, const struct event *event)
{
    const struct value *fd = event_arg(event, "fd");
    int64_t events;
    struct sock_facts *sock = fd && fd->kind == VALUE_FD ? facts_sock(facts, fd->fd.sock) : NULL;

    if (sock && !event->err && value_number(value_field(event_arg(event, "event"), "events"), &events))
        sock->is_edge_triggered = (uint64_t)events >> 31 & 1;
}

/* ---- data ---- */

static void take_send(struct sock_facts *sock, const struct event *event)
{
    enum { SMALL = 1024 };
    struct sent sent = {.seq = event->seq, .tid = event->tid, .head = facts_data(event, 0)};

    if (event->injected.kind == INJECT_DROP)
        sock->dropped = event->seq;
    if (event->err && event->err != EAGAIN && event->err != EINTR)
        sock->short_send.seq = 0;
    if (event->err || event->unfinished)
        return;
    sent.asked = sent.head.full;
    sent.done = (uint64_t)event->result;
    sent.rest = facts_data(event, sent.done);
    if (event->is_stream) {
        sock->short_send = sent;
        /* No message is that long: -1 was the length. */
        if (sent.done >= sent.asked || sent.asked >= INT32_MAX)
            sock->short_send.seq = 0;
    }
    sock->ended[0] += sent.done;
    sock->sends[sock->nsends++ % FACTS_RING] = sock->ended[0];
    sock->small_sends = sent.done <= SMALL ? sock->small_sends + 1 : 0;
    sock->last_send = sent;
}

/* As if each receive went to the beginning of the same buffer. */
static void take_buffer(struct task_facts *task, const struct event *event)
{
    const uint8_t *bytes;
    uint64_t full;
    size_t len;

    if (!event_data(event, &bytes, &len, &full))
        return;
    len = len < FACTS_BUF ? len : FACTS_BUF;
    if (len)
        memcpy(task->buf.bytes, bytes, len);
    task->buf.seq = event->seq;
    task->buf.sock = event->sock;
    task->buf.len = len;
    task->buf.full = full;
    if (task->buf.used < len)
        task->buf.used = len;
    task->buf.asked = (uint64_t)facts_number(event, "len", facts_number(event, "count", 0));
}

static void take_recv(struct sock_facts *sock, const struct event *event, struct task_facts *task)
{
    int64_t flags = carg_number(event, 2, 0);

    sock->asked = event->seq;
    sock->asked_tid = event->tid;
    if (event->err || event->unfinished || flags & MSG_PEEK)
        return;
    take_buffer(task, event);
    if (sock->small_sends > 1)
        sock->stalls++;
    sock->small_sends = 0;
    if (event->result > 0) {
        sock->received = event->seq;
        sock->received_tid = event->tid;
        sock->unread = event->kernel.known ? event->kernel.unread : -1;
        sock->ended[1] += (uint64_t)event->result;
        sock->eofs = 0;
    } else if (event->is_stream && task->buf.asked) {
        sock->eofs++;
        if (!sock->eof) {
            sock->eof = event->seq;
            sock->eof_tid = event->tid;
        }
    }
}

static bool is_bound(const struct facts *facts, int64_t port)
{
    return facts->bound[port / 8] >> port % 8 & 1;
}

/* Roles tell programs apart; where there are none, processes do. */
static bool is_by_same(const struct gram_facts *gram, const struct sock_facts *sock,
                       const struct event *event)
{
    return gram->role == sock->role && (gram->role[0] || gram->pid == event->pid);
}

/* A sender that tries again when somebody is there has lost nothing. */
static void take_retry(struct facts *facts, const struct sock_facts *sock, const struct event *event,
                       int64_t port)
{
    for (size_t i = 0; i < FACTS_RING; i++)
        if (facts->grams[i].bound && facts->grams[i].port == port &&
            is_by_same(&facts->grams[i], sock, event))
            facts->grams[i].is_lost = false;
}

static void take_gram(struct facts *facts, const struct sock_facts *sock, const struct event *event)
{
    struct gram_facts *gram = &facts->grams[facts->ngrams % FACTS_RING];
    int64_t port = sock->far_port;

    if (event->err || event->unfinished || event_is_skipped(event) || event->is_stream)
        return;
    addr_port(event_addr(event), &port);
    take_retry(facts, sock, event, port);
    *gram = (struct gram_facts){.seq = event->seq,
                                .end_ns = event->end_ns,
                                .role = sock->role,
                                .pid = event->pid,
                                .port = port,
                                .is_lost = port && !is_bound(facts, port),
                                .head = facts_data(event, 0)};
    facts->ngrams++;
}

/* What was received is not lost. */
static void take_receipt(struct facts *facts, const struct event *event)
{
    struct head now;

    if (event->is_stream || event->err || event->unfinished)
        return;
    now = facts_data(event, 0);
    for (size_t i = 0; i < FACTS_RING; i++) {
        struct gram_facts *gram = &facts->grams[i];

        if (gram->is_lost && (facts_same_start(&gram->head, &now) || !event->result))
            gram->is_lost = false;
    }
}

static void take_data(struct facts *facts, struct sock_facts *sock, const struct event *event,
                      struct task_facts *task)
{
    struct proc_facts *proc = facts_make_proc(facts, event->pid);

    sock->is_connecting = sock->is_connecting && (event->err || event->unfinished);
    if (event->err == ECONNRESET && !sock->reset)
        sock->reset = event->seq;
    if (sock->forked && event->pid == sock->pid)
        sock->is_used_by_maker = true;
    if (sock->parent && !proc->served) {
        proc->serves = sock->parent;
        proc->served = event->seq;
    }
    if (facts_fills_buffer(event))
        facts->fulls[facts->nfulls++ % FACTS_RING] =
            (struct full_facts){.seq = event->seq, .end_ns = event->end_ns, .head = facts_data(event, 0)};
    if (canon_is_send(event->canon)) {
        take_send(sock, event);
        take_gram(facts, sock, event);
    } else {
        take_receipt(facts, event);
        take_recv(sock, event, task);
    }
}

/* ---- the other calls ---- */

static void take_bind(struct facts *facts, struct sock_facts *sock, const struct event *event)
{
    if (event->err) {
        sock->bind_failed = event->seq;
        return;
    }
    sock->bound = event->seq;
    if (!addr_port(event_addr(event), &sock->port) || sock->type != SOCK_DGRAM)
        return;
    facts->bound[sock->port / 8] |= (uint8_t)(1 << sock->port % 8);
    for (size_t i = 0; i < FACTS_RING; i++) {
        struct gram_facts *gram = &facts->grams[i];

        if (gram->is_lost && gram->port == sock->port && !is_by_same(gram, sock, event) &&
            gram->end_ns < event->start_ns && !gram->bound)
            gram->bound = event->seq;
    }
}

static void take_connect(struct sock_facts *sock, const struct event *event)
{
    sock->is_connecting = event->err == EINPROGRESS;
    if (event->err && event->err != EINPROGRESS && event->err != EALREADY && event->err != EINTR) {
        if (event->err != EISCONN)
            sock->connect_failed = event->seq;
        return;
    }
    sock->connected = event->seq;
    addr_port(event_addr(event), &sock->far_port);
    if (event->kernel.known)
        addr_port(event->kernel.local, &sock->port);
}

void facts_close(struct sock_facts *sock, const struct event *event)
{
    if (event->kind == EVENT_CALL && !event->err)
        sock->closed = event->seq;
    if (sock->forked && event->pid == sock->forked_pid)
        sock->forked_closed = event->seq;
    for (size_t i = sock->holders.len; i-- > 0;)
        if (sock->holders.items[i] == event->pid)
            vec_remove(&sock->holders, i);
}

static void take_left(struct facts *facts, struct sock_facts *sock, const struct event *event)
{
    struct left *left = &facts->left[facts->nleft % FACTS_RING];

    if (!event->last_ref || event->err || !event->kernel.known || event->kernel.unread <= 0 || !sock->port ||
        !sock->far_port)
        return;
    *left = (struct left){
        .seq = event->seq, .unread = event->kernel.unread, .port = sock->port, .far_port = sock->far_port};
    facts->nleft++;
}

/* What a select was to look at, and what it found. */
static void take_set(struct task_facts *task, const struct event *event)
{
    const struct value *set = event_arg(event, "readfds");

    if (!set || event->err || !facts_set(set, false, task->set.before)) {
        task->set.seq = 0;
        return;
    }
    task->set.seq = event->seq;
    facts_set(set, true, task->set.after);
    if (set->kind != VALUE_CHANGED)
        memset(task->set.after, 0, sizeof(task->set.after));
}

static void take_again(struct task_facts *task, const struct event *event)
{
    if (event->err != EAGAIN || event->unfinished || event_is_skipped(event)) {
        task->again.count = 0;
        return;
    }
    if (!task->again.count || task->again.sock != event->sock || task->again.canon != event->canon) {
        task->again.seq = event->seq;
        task->again.start_ns = event->start_ns;
        task->again.sock = event->sock;
        task->again.canon = event->canon;
        task->again.count = 0;
    }
    task->again.count++;
}

static void take_addrlen(struct task_facts *task, const struct event *event)
{
    const struct value *len = event_arg(event, "addrlen");
    int64_t out;

    if (len && len->kind == VALUE_CHANGED)
        len = len->changed.after;
    else if (event->err || (event->canon != CANON_ACCEPT && !canon_is_recv(event->canon)))
        return;
    if (!value_number(len, &out))
        return;
    task->addrlen.seq = event->seq;
    task->addrlen.out = out;
}

/* Whoever makes the same call again, or any call but a close, goes on. */
static void take_stumble(struct facts *facts, const struct event *event)
{
    struct proc_facts *proc = facts_make_proc(facts, event->pid);
    bool waits = event->canon == CANON_ACCEPT || canon_is_recv(event->canon) || event->canon == CANON_WAIT ||
                 canon_is_send(event->canon) || event->canon == CANON_CONNECT;

    if (!waits)
        return;
    proc->stumble = (struct stumble){0};
    if (event->err && !event->unfinished)
        proc->stumble = (struct stumble){event->seq, event->sock, event->canon, event->err};
}

static struct stray *make_stray(struct facts *facts, const char *role)
{
    vec_each (struct stray, it, &facts->strays)
        if (it->role == role)
            return it;
    vec_push(&facts->strays, (struct stray){.role = role});
    return &facts->strays.items[facts->strays.len - 1];
}

/* A port in the address of a bind or connect. */
static void take_port(struct facts *facts, const struct sock_facts *sock, const struct event *event)
{
    struct stray *stray;
    int64_t port;

    if (!facts->given || !addr_port(event_addr(event), &port) || !port)
        return;
    stray = make_stray(facts, sock->role);
    if (port == facts->given)
        stray->is_right = true;
    else if (!stray->seq && facts_was_told(facts, sock->role, facts->given) &&
             !facts_was_told(facts, sock->role, port)) {
        stray->seq = event->seq;
        stray->port = port;
    }
}

static void take_on_sock(struct facts *facts, struct sock_facts *sock, const struct event *event,
                         struct task_facts *task)
{
    switch (event->canon) {
    case CANON_BIND:
        take_port(facts, sock, event);
        take_bind(facts, sock, event);
        break;
    case CANON_LISTEN:
        if (!event->err)
            sock->listened = event->seq;
        break;
    case CANON_CONNECT:
        take_port(facts, sock, event);
        take_connect(sock, event);
        break;
    case CANON_SEND:
    case CANON_RECV:
    case CANON_SENDTO:
    case CANON_RECVFROM: take_data(facts, sock, event, task); break;
    case CANON_SHUTDOWN:
        if (!event->err && carg_number(event, 1, SHUT_RD) != SHUT_RD)
            sock->shut = event->seq;
        break;
    case CANON_CLOSE:
        take_left(facts, sock, event);
        facts_close(sock, event);
        break;
    case CANON_SETSOCKOPT: take_option(sock, event); break;
    case CANON_GETSOCKOPT:
        if (carg_number(event, 2, -1) == SO_ERROR)
            sock->is_connecting = false;
        break;
    case CANON_FCNTL:
    case CANON_IOCTL: take_mode(sock, event); break;
    case CANON_DUP: sock->is_shared = true; break;
    default: break;
    }
    sock->used = event->seq;
}

void facts_call(struct facts *facts, const struct event *event)
{
    struct task_facts *task = facts_make_task(facts, event->tid, event->pid);
    struct sock_facts *sock = facts_make_sock(facts, event->sock, event);

    take_again(task, event);
    take_addrlen(task, event);
    take_stumble(facts, event);
    if (sock)
        take_on_sock(facts, sock, event, task);
    switch (event->canon) {
    case CANON_SOCKET:
    case CANON_SOCKETPAIR:
        if (!event->err)
            take_socket(facts, event);
        break;
    case CANON_ACCEPT: take_accept(facts, event, task); break;
    case CANON_EPOLL_CTL: take_epoll(facts, event); break;
    case CANON_WAIT:
        task->waited = facts_make_proc(facts, event->pid)->waited = event->seq;
        take_set(task, event);
        break;
    default: break;
    }
}
