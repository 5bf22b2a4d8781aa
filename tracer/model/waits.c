/* model/waits.c: who can still set whom free, and in which words that is told. */
#include "model/waits.h"

#include <inttypes.h>
#include <netinet/tcp.h>
#include <string.h>

void waits_release(struct waits *waits)
{
    vec_each (struct wait_task, task, &waits->tasks)
        free(task->wants);
    vec_each (struct wait_sock, sock, &waits->socks)
        vec_release(&sock->holders);
    vec_release(&waits->tasks);
    vec_release(&waits->socks);
    arena_release(&waits->arena);
}

static const struct wait_sock *sock_at(const struct waits *waits, size_t i)
{
    return i == WAITS_NONE ? NULL : &waits->socks.items[i];
}

/* ---- can anything move? ---- */

/* What is behind a closed window waits for the other end to read; all else that is unsent is on its way. */
static bool is_shut_in(const struct waits *waits, const struct wait_sock *sock)
{
    const struct wait_sock *peer = sock_at(waits, sock->peer);

    return sock->timer == TIMER_PROBE && sock->window == 0 && sock->inode && !sock->is_limited && peer &&
           peer->unread > 0 && (peer->inode || peer->is_queued);
}

/* Has the kernel yet something to do for it? */
static bool moves(const struct waits *waits, const struct wait_sock *sock)
{
    if (sock->family != WAITS_TCP || sock->tcp_state == TCP_TIME_WAIT)
        return false;
    if (sock->tcp_state == TCP_SYN_SENT || sock->tcp_state == TCP_SYN_RECV)
        return true;
    if (sock->is_listener)
        return sock->is_limited;
    if (sock->timer == TIMER_RETRANSMIT || sock->timer == TIMER_PROBE || sock->unsent > 0)
        return !is_shut_in(waits, sock);
    return false;
}

static bool is_within(const struct waits *waits, const struct wait_sock *sock)
{
    const struct wait_sock *peer = sock_at(waits, sock->peer);

    return peer && (peer->holders.len || peer->is_queued);
}

/* Only the tasks can change what the task waits for there. */
static bool depends_on_tasks(const struct waits *waits, const struct wait_want *want)
{
    const struct wait_sock *sock = sock_at(waits, want->sock);

    switch (sock->family) {
    case WAITS_TCP:
    case WAITS_UNIX_STREAM: return sock->is_listener || is_within(waits, sock);
    case WAITS_UDP: return waits->is_private && !(want->events & POLLOUT);
    case WAITS_UNIX_DGRAM: return is_within(waits, sock) || (!sock->has_sent && !(want->events & POLLOUT));
    case WAITS_OTHER: break;
    }
    return false;
}

static bool waits_for_ever(const struct waits *waits, const struct wait_task *task)
{
    switch (task->kind) {
    case WAIT_ELSE: return false;
    case WAIT_HELD:
    case WAIT_TASKS: return true;
    case WAIT_SOCKETS: break;
    }
    for (size_t i = 0; i < task->nwants; i++)
        if (!depends_on_tasks(waits, &task->wants[i]))
            return false;
    return task->nwants > 0;
}

bool waits_are_stuck(const struct waits *waits)
{
    bool any = false;

    vec_each (struct wait_task, task, &waits->tasks) {
        if (!waits_for_ever(waits, task))
            return false;
        any = any || task->kind == WAIT_SOCKETS;
    }
    vec_each (struct wait_sock, sock, &waits->socks)
        if (moves(waits, sock))
            return false;
    return any;
}

bool waits_any_held(const struct waits *waits)
{
    vec_each (struct wait_task, task, &waits->tasks)
        if (task->kind == WAIT_HELD)
            return true;
    return false;
}

void waits_print(const struct waits *waits, struct buf *out)
{
    vec_each (struct wait_task, task, &waits->tasks)
        buf_addf(out, "%d %d %" PRIu64 " %" PRIu64 "\n", task->tid, task->kind, task->nr, task->switches);
    vec_each (struct wait_sock, sock, &waits->socks)
        buf_addf(out, "%" PRIu64 " %d %" PRId64 " %" PRId64 " %zu\n", sock->inode, sock->tcp_state,
                 sock->unread, sock->unsent, sock->holders.len);
}

bool waits_for_client(const struct waits *waits, const struct wait_task *task)
{
    bool any = false;

    for (size_t i = 0; i < task->nwants; i++) {
        const struct wait_sock *sock = sock_at(waits, task->wants[i].sock);

        if (sock->is_listener)
            return true;
        any = any || (sock->family == WAITS_UDP && !sock->has_sent) ||
              (sock->family == WAITS_UNIX_DGRAM && !sock->has_sent);
    }
    return any;
}

/* ---- in words ---- */

const struct wait_task *waits_task_of(const struct waits *waits, int pid)
{
    const struct wait_task *found = NULL;

    vec_each (struct wait_task, task, &waits->tasks)
        if (task->pid == pid && (!found || (found->kind != WAIT_SOCKETS && task->kind == WAIT_SOCKETS)))
            found = task;
    return found;
}

/* "server", or where the role has several processes "server 412". */
static void add_process(const struct waits *waits, struct buf *out, const char *role, int pid)
{
    buf_adds(out, role[0] ? role : "the program");
    vec_each (struct wait_task, task, &waits->tasks)
        if (task->pid != pid && !strcmp(task->role, role)) {
            buf_addf(out, " %d", pid);
            return;
        }
}

/* "fd 3 of client, fd 4 of server 415" */
static void add_holders(const struct waits *waits, struct buf *out, const struct wait_sock *sock)
{
    const char *before = "";

    vec_each (struct wait_holder, holder, &sock->holders) {
        buf_addf(out, "%sfd %d of ", before, holder->fd);
        add_process(waits, out, holder->role, holder->pid);
        before = ", ";
    }
}

static void add_bytes(struct buf *out, int64_t n)
{
    if (n < 0)
        buf_adds(out, "an unknown number of bytes");
    else
        buf_addf(out, "%" PRId64 " byte%s", n, n == 1 ? "" : "s");
}

static void add_name(struct buf *out, const struct wait_sock *sock)
{
    const struct {
        const char *before, *text;
    } names[] = {{" on ", sock->local_text}, {sock->local_text ? " – " : " with ", sock->remote_text}};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (names[i].text && (i == 0 || !sock->is_listener))
            buf_addf(out, "%s%s", names[i].before, names[i].text);
}

/* What lies in the socket, and where its other end is. */
static void add_sock(const struct waits *waits, struct buf *out, const struct wait_task *task,
                     const struct wait_want *want)
{
    const struct wait_sock *sock = sock_at(waits, want->sock), *peer = sock_at(waits, sock->peer);

    add_name(out, sock);
    if (sock->is_listener) {
        buf_adds(out, ": no connection in the queue");
        return;
    }
    if (want->events & POLLOUT) {
        buf_adds(out, ": ");
        add_bytes(out, sock->unsent);
        buf_addf(out, " unsent, %s", sock->window == 0 ? "no room at the other end" : "no room");
    } else {
        buf_adds(out, ": ");
        add_bytes(out, sock->unread);
        buf_adds(out, " to read");
        if (task->takes_all)
            buf_addf(out, " of %" PRIu64 " asked for with MSG_WAITALL", task->asked);
        else if (want->is_edge && sock->unread > 0)
            buf_adds(out, ", but of these it was told before (EPOLLET)");
    }
    if (!peer)
        return;
    buf_adds(out, "; the other end (");
    add_bytes(out, peer->unread);
    buf_adds(out, " to read, ");
    add_bytes(out, peer->unsent);
    buf_adds(out, " unsent) is ");
    if (peer->is_queued)
        buf_adds(out, "not accepted yet");
    else
        add_holders(waits, out, peer);
}

static void add_task_wait(struct buf *out, const struct wait_task *task)
{
    if (!strcmp(task->call, "futex"))
        buf_adds(out, "waits for another thread (a lock, a condition, or pthread_join)");
    else
        buf_addf(out, "%s: waits for a child to end", task->call);
}

const char *waits_text(const struct waits *waits, const struct wait_task *task, struct arena *arena)
{
    bool is_wait = task->canon == CANON_WAIT;
    struct buf out = {0};
    const char *text;

    if (task->kind == WAIT_TASKS)
        add_task_wait(&out, task);
    else if (is_wait)
        buf_addf(&out, "%s without time limit", task->call);
    for (size_t i = 0; i < task->nwants; i++) {
        const struct wait_want *want = &task->wants[i];

        if (is_wait)
            buf_addf(&out, "%sfd %d %s", i ? "; " : ", ", want->fd,
                     want->events & POLLOUT ? "for room" : "for something to read");
        else
            buf_addf(&out, "%s(%d)", task->call, want->fd);
        add_sock(waits, &out, task, want);
    }
    text = arena_strdup(arena, buf_str(&out));
    buf_release(&out);
    return text;
}

/* The end of a stream comes when the last descriptor of the other end is closed. */
static void add_end(const struct waits *waits, struct buf *out, const struct wait_task *task,
                    const struct wait_sock *peer)
{
    bool own = false;

    buf_adds(out, ", or its end: shutdown(SHUT_WR) there");
    if (peer->holders.len == 1) {
        buf_adds(out, " or close");
    } else {
        buf_addf(out, ", or close of all %zu descriptors of it", peer->holders.len);
        vec_each (struct wait_holder, holder, &peer->holders)
            own = own || holder->pid == task->pid;
    }
    if (own || (peer->holders.len == 1 && peer->holders.items[0].pid == task->pid))
        buf_adds(out, " (it holds one itself, so it waits for its own)");
    (void)waits;
}

static void add_reading_freed(const struct waits *waits, struct buf *out, const struct wait_task *task,
                              const struct wait_want *want)
{
    const struct wait_sock *sock = sock_at(waits, want->sock), *peer = sock_at(waits, sock->peer);

    if (sock->is_listener) {
        buf_addf(out, "a connect to %s", sock->local_text ? sock->local_text : "it");
    } else if (want->is_edge && sock->unread > 0) {
        buf_addf(out, "a recv on fd %d until it says EAGAIN, before it waits again", want->fd);
    } else if (!peer) {
        buf_addf(out, "a datagram to %s", sock->local_text ? sock->local_text : "it");
    } else if (peer->is_queued) {
        const struct wait_sock *listener = sock_at(waits, peer->listener);

        buf_adds(out, "an accept on ");
        add_holders(waits, out, listener);
        buf_adds(out, ", and a send on what that returns");
    } else {
        buf_adds(out, "a send on ");
        add_holders(waits, out, peer);
        if (sock->family == WAITS_TCP || sock->family == WAITS_UNIX_STREAM)
            add_end(waits, out, task, peer);
    }
}

const char *waits_free_text(const struct waits *waits, const struct wait_task *task, struct arena *arena)
{
    struct buf out = {0};
    const char *text;

    for (size_t i = 0; i < task->nwants; i++) {
        const struct wait_want *want = &task->wants[i];
        const struct wait_sock *sock = sock_at(waits, want->sock), *peer = sock_at(waits, sock->peer);

        buf_adds(&out, i ? "; or " : "");
        if (!(want->events & POLLOUT)) {
            add_reading_freed(waits, &out, task, want);
        } else if (peer && peer->holders.len) {
            buf_adds(&out, "a recv on ");
            add_holders(waits, &out, peer);
        } else {
            buf_adds(&out, "an accept, and a recv on what that returns");
        }
    }
    text = arena_strdup(arena, buf_str(&out));
    buf_release(&out);
    return text;
}
