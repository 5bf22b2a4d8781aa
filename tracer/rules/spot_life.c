/* rules/spot_life.c: mistakes with descriptors, processes, waiting, and going on after an error. */
#include "rules/rule.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* ---- who has what open ---- */

/* The parent went on to accept, and never touched the connection again that its child has finished with. */
bool spot_parent_keeps(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;
    const struct proc_facts *maker = sock ? facts_proc(spot->facts, sock->pid) : NULL;

    if (!sock || !sock->parent || !sock->forked || !sock->forked_closed || sock->is_used_by_maker ||
        sock->is_shared || !facts_holds(sock, sock->pid) || !maker || maker->accepted < sock->forked ||
        (spot->event && spot->event->kind == EVENT_CALL))
        return false;
    spot->at = sock->born;
    spot->other = sock->forked_closed;
    return true;
}

bool spot_child_keeps(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;
    const struct proc_facts *proc = spot->proc;

    if (!sock || !sock->listened || !proc || !proc->parent || proc->serves != sock->id || proc->accepted ||
        sock->pid == spot->event->pid)
        return false;
    spot->at = proc->served;
    spot->other = sock->listened;
    return true;
}

/* A connection whose end was seen, and that was left open. */
static bool is_left_open(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;

    if (!sock || !sock->parent || !sock->eof || sock->closed || sock->is_shared ||
        (spot->event && spot->event->kind == EVENT_CALL))
        return false;
    spot->at = sock->eof;
    return true;
}

bool spot_leak_by_accept(struct spot *spot)
{
    const struct task_facts *task = spot->sock ? facts_task(spot->facts, spot->sock->eof_tid) : NULL;

    return is_left_open(spot) && (spot->sock->is_abandoned || (task && task->accepted > spot->sock->used)) &&
           !(task && task->waited > spot->sock->used);
}

/* One that looks at many sockets may have its reasons to close it later. */
bool spot_leak_by_wait(struct spot *spot)
{
    const struct task_facts *task = spot->sock ? facts_task(spot->facts, spot->sock->eof_tid) : NULL;

    return is_left_open(spot) && task && task->waited > spot->sock->used;
}

/* ---- waiting ---- */

bool spot_busy(struct spot *spot)
{
    enum { OFTEN = 100, EACH_NS = 1000000 };
    const struct task_facts *task = spot->task;

    if (!task || task->again.count + 1 < OFTEN || task->again.sock != spot->event->sock ||
        task->again.canon != spot->event->canon || spot->event->end_ns <= task->again.start_ns ||
        spot->event->end_ns - task->again.start_ns >= (uint64_t)OFTEN * EACH_NS)
        return false;
    spot->at = task->again.seq;
    spot->n = OFTEN;
    return true;
}

static bool is_empty(const uint8_t bits[FACTS_SETS / 8])
{
    for (size_t i = 0; i < FACTS_SETS / 8; i++)
        if (bits[i])
            return false;
    return true;
}

/* A socket of the process among these numbers. NULL: none. */
static const struct sock_facts *socket_among(const struct spot *spot, const uint8_t bits[FACTS_SETS / 8])
{
    const struct intmap_slot *slot;

    for (size_t pos = 0; (slot = intmap_next(&spot->facts->socks, &pos));) {
        const struct sock_facts *sock = slot->value;

        if (sock->fd >= 0 && sock->fd < FACTS_SETS && bits[sock->fd / 8] >> sock->fd % 8 & 1 &&
            facts_holds(sock, spot->event->pid))
            return sock;
    }
    return NULL;
}

/* Nothing is looked at, without a time limit, and the number given is that of the last descriptor. */
bool spot_nfds(struct spot *spot)
{
    static const char *const sets[] = {"readfds", "writefds", "exceptfds"};
    const struct value *timeout = event_arg(spot->event, "timeout");
    int64_t nfds = facts_number(spot->event, "nfds", -1);
    uint8_t bits[FACTS_SETS / 8], last[FACTS_SETS / 8] = {0};
    bool any = false;

    if (nfds <= 0 || nfds >= FACTS_SETS || !timeout || timeout->kind != VALUE_NULL)
        return false;
    for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++) {
        any = facts_set(event_arg(spot->event, sets[i]), false, bits) || any;
        if (!is_empty(bits))
            return false;
    }
    last[nfds / 8] = (uint8_t)(1 << nfds % 8);
    spot->n = nfds;
    return any && socket_among(spot, last);
}

/* What select left in the set of the last call goes in again, and a listener, or all there was, is not in it.
 */
bool spot_set_reused(struct spot *spot)
{
    const struct task_facts *task = spot->task;
    uint8_t now[FACTS_SETS / 8], dropped[FACTS_SETS / 8];
    const struct sock_facts *sock;

    if (!task || !task->set.seq || !facts_set(event_arg(spot->event, "readfds"), false, now) ||
        memcmp(now, task->set.after, sizeof(now)) != 0)
        return false;
    for (size_t i = 0; i < sizeof(now); i++)
        dropped[i] = task->set.before[i] & (uint8_t)~now[i];
    sock = socket_among(spot, dropped);
    if (!sock || (!sock->listened && !is_empty(now)))
        return false;
    spot->other = task->set.seq;
    spot->n = sock->fd;
    return true;
}

/* ---- going on after an error ---- */

static bool ends_after(struct spot *spot)
{
    const struct proc_facts *proc = spot->proc;

    if (!proc || !proc->stumble.seq || event_arg(spot->event, "signal") ||
        facts_number(spot->event, "last", 0) != 1)
        return false;
    spot->at = proc->stumble.seq;
    spot->other = spot->event->seq;
    return true;
}

bool spot_interrupted(struct spot *spot)
{
    return ends_after(spot) && spot->proc->stumble.err == EINTR &&
           spot->proc->stumble.canon == CANON_ACCEPT && !spot->proc->is_told_to_stop;
}

bool spot_accept_gave_up(struct spot *spot)
{
    if (!ends_after(spot) || spot->proc->stumble.canon != CANON_ACCEPT)
        return false;
    switch (spot->proc->stumble.err) {
    case ECONNABORTED:
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case EPROTO: return true;
    default: return false;
    }
}
