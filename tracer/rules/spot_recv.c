/* rules/spot_recv.c: mistakes with what is received, and what is not. */
#include "rules/rule.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

bool spot_end_ignored(struct spot *spot)
{
    enum { OFTEN = 8 };
    const struct sock_facts *sock = spot->sock;

    if (!sock || sock->eofs + 1 < OFTEN || spot->event->result || !spot->event->is_stream)
        return false;
    spot->at = sock->eof;
    spot->n = OFTEN;
    return true;
}

/* ---- closed with bytes unread: the other end sees a reset, which may be told before the close ---- */

/* The close at the other end, where it left something. */
static const struct left *left_by_peer(const struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;

    for (size_t i = 0; sock && sock->port && i < FACTS_RING; i++) {
        const struct left *left = &spot->facts->left[i];

        if (left->seq && left->port == sock->far_port && left->far_port == sock->port)
            return left;
    }
    return NULL;
}

/* Had a part of one of the peer's sends been read, and the rest of it not? */
static bool is_within_send(const struct sock_facts *sock, int64_t unread)
{
    uint64_t at = sock->ended[0] - (uint64_t)unread,
             first = sock->nsends > FACTS_RING ? sock->nsends - FACTS_RING : 0;

    if (!at || at > sock->ended[0])
        return false;
    for (size_t i = first; i < sock->nsends; i++)
        if (sock->sends[i % FACTS_RING] == at)
            return false;
    return sock->nsends <= FACTS_RING || at > sock->sends[first % FACTS_RING];
}

static bool left_something(struct spot *spot, bool in_send)
{
    const struct left *left = left_by_peer(spot);

    if (!left || is_within_send(spot->sock, left->unread) != in_send)
        return false;
    spot->at = left->seq;
    spot->other = spot->sock->reset;
    spot->n = left->unread;
    return true;
}

bool spot_left_part(struct spot *spot)
{
    return left_something(spot, true);
}

bool spot_left_unread(struct spot *spot)
{
    return left_something(spot, false);
}

bool spot_edge_not_drained(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;
    const struct task_facts *task = sock ? facts_task(spot->facts, sock->received_tid) : NULL;

    if (!sock || !sock->is_edge_triggered || sock->unread <= 0 || sock->asked != sock->received || !task ||
        task->waited < sock->received)
        return false;
    spot->at = sock->received;
    spot->other = task->waited;
    spot->n = sock->unread;
    return true;
}

/* ---- datagrams ---- */

enum { CUT_LEAST = 4 }; /* bytes to know a datagram by */

static bool is_same_datagram(const struct head *sent, const struct head *received)
{
    return sent->len >= CUT_LEAST && received->len >= CUT_LEAST && facts_same_start(sent, received);
}

bool spot_datagram_cut(struct spot *spot)
{
    const struct gram_facts *longer = NULL;
    struct head now;

    if (!facts_fills_buffer(spot->event))
        return false;
    now = facts_data(spot->event, 0);
    for (size_t i = 0; i < FACTS_RING; i++) {
        const struct gram_facts *gram = &spot->facts->grams[i];

        if (!gram->seq || !is_same_datagram(&gram->head, &now))
            continue;
        if (gram->head.full == (uint64_t)spot->event->result)
            return false;
        if (gram->head.full > (uint64_t)spot->event->result)
            longer = gram;
    }
    if (!longer)
        return false;
    spot->other = longer->seq;
    spot->n = spot->event->result;
    spot->m = (int64_t)longer->head.full;
    return true;
}

/* The send may be seen to return only after the receive did. */
bool spot_datagram_was_cut(struct spot *spot)
{
    struct head now = facts_data(spot->event, 0);

    for (size_t i = 0; !spot->event->is_stream && i < FACTS_RING; i++) {
        const struct full_facts *full = &spot->facts->fulls[i];

        if (!full->seq || full->end_ns <= spot->event->start_ns || !is_same_datagram(&now, &full->head) ||
            now.full <= full->head.full)
            continue;
        spot->at = full->seq;
        spot->other = spot->event->seq;
        spot->n = (int64_t)full->head.full;
        spot->m = (int64_t)now.full;
        return true;
    }
    return false;
}

static bool awaits_answer(const struct sock_facts *sock)
{
    return sock && sock->type == SOCK_DGRAM && sock->last_send.seq && !sock->has_timeout &&
           !sock->is_nonblocking && !sock->bound;
}

bool spot_datagram_dropped(struct spot *spot)
{
    if (!awaits_answer(spot->sock) || !spot->sock->dropped)
        return false;
    spot->other = spot->sock->dropped;
    return true;
}

bool spot_datagram_awaited(struct spot *spot)
{
    if (!awaits_answer(spot->sock) || spot->sock->dropped)
        return false;
    spot->other = spot->sock->last_send.seq;
    return true;
}

/* Sent before the receiver had its port, and not again behind that. */
bool spot_datagram_early(struct spot *spot)
{
    for (size_t i = 0, nth = 0; i < FACTS_RING; i++) {
        const struct gram_facts *gram = &spot->facts->grams[i];

        if (!gram->is_lost || !gram->bound || nth++ < spot->nth)
            continue;
        spot->at = gram->seq;
        spot->other = gram->bound;
        spot->n = gram->port;
        return true;
    }
    return false;
}
