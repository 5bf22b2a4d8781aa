/* model/flow.c: from the facts of each socket to edges of the order. */
#include "model/flow.h"

#include "model/grams.h"
#include "model/life.h"

#include <sys/socket.h>

void flow_release(struct flow *flow)
{
    vec_release(&flow->pieces[MODEL_SEND]);
    vec_release(&flow->pieces[MODEL_RECV]);
    vec_release(&flow->ends);
    vec_release(&flow->at_end);
}

void flow_add(struct flow *flow, int direction, struct piece piece)
{
    for (size_t i = flow->pieces[direction].len; i-- > 0;) {
        struct piece *other = &flow->pieces[direction].items[i];

        if (other->end_ns <= piece.start_ns)
            break;
        if (other->tid != piece.tid)
            other->blurred = piece.blurred = true;
    }
    vec_push(&flow->pieces[direction], piece);
}

void flow_shut(struct flow *flow, size_t node, int tid)
{
    if (!flow->shut) {
        flow->shut = node;
        flow->shut_tid = tid;
    }
    flow->shut_blurred = flow->shut_blurred || tid != flow->shut_tid;
}

/* The last send of each task among those that a recv has the bytes of, or of what stands before them in the
 * stream. */
struct senders {
    VEC(struct piece) last;
};

static void senders_add(struct senders *senders, const struct piece *piece)
{
    if (piece->blurred)
        return;
    for (size_t i = 0; i < senders->last.len; i++)
        if (senders->last.items[i].tid == piece->tid) {
            senders->last.items[i] = *piece;
            return;
        }
    vec_push(&senders->last, *piece);
}

/* All bytes in front of a byte that was received were sent before it. */
static void link_bytes(const struct flow *receiver, const struct flow *sender, struct order *order)
{
    struct senders senders = {0};
    size_t sent = 0;

    for (size_t i = 0; i < receiver->pieces[MODEL_RECV].len; i++) {
        const struct piece *recv = &receiver->pieces[MODEL_RECV].items[i];
        size_t j = sent;

        if (recv->blurred)
            continue;
        for (; j < sender->pieces[MODEL_SEND].len && sender->pieces[MODEL_SEND].items[j].from < recv->to;
             j++) {
            const struct piece *send = &sender->pieces[MODEL_SEND].items[j];

            if (!recv->peeked)
                senders_add(&senders, send);
            else if (!send->blurred)
                order_edge(order, send->node, recv->node);
        }
        if (!recv->peeked)
            sent = j;
        for (size_t k = 0; k < senders.last.len; k++)
            order_edge(order, senders.last.items[k].node, recv->node);
    }
    vec_release(&senders.last);
}

/*
 * The end of the stream came with the first shutdown, whoever held the socket then; without one, when the
 * last reference was closed, and so after the closing of every reference.
 */
static void link_end(const struct life *receiver, const struct life *sender, struct order *order)
{
    if (receiver->told.type != SOCK_STREAM || receiver->told.shut[MODEL_RECV] || sender->flow.shut_blurred)
        return;
    for (size_t i = 0; i < receiver->flow.at_end.len; i++) {
        size_t at_end = receiver->flow.at_end.items[i];

        if (sender->flow.shut)
            order_edge(order, sender->flow.shut, at_end);
        for (size_t j = 0; !sender->flow.shut && sender->told.ended_seq && j < sender->flow.ends.len; j++)
            order_edge(order, sender->flow.ends.items[j], at_end);
    }
}

/* The listener that let a connection in: the one that its accept names, or the only one at that address. */
static const struct life *listener_of(const struct lives *lives, const struct life *life,
                                      const struct life *peer)
{
    const struct life *found = NULL;

    if (peer)
        return lives_get(lives, peer->told.parent);
    for (uint64_t id = 1; id <= lives->last; id++) {
        const struct life *other = lives_get(lives, id);

        if (!other || !other->flow.listened || !endpoint_meets(&other->local, &life->remote) ||
            other->listen_ns > life->up_ns)
            continue;
        if (found)
            return NULL;
        found = other;
    }
    return found;
}

static void link_connection(const struct lives *lives, const struct life *life, const struct life *peer,
                            struct order *order)
{
    const struct life *listener = life->flow.up ? listener_of(lives, life, peer) : NULL;

    if (listener && listener->flow.listened)
        order_edge(order, listener->flow.listened, life->flow.up);
    if (peer && peer->flow.accepted && life->flow.connected)
        order_edge(order, life->flow.connected, peer->flow.accepted);
}

void flow_link(const struct lives *lives, const struct grams *grams, struct order *order)
{
    order_forget(order);
    for (uint64_t id = 1; id <= lives->last; id++) {
        const struct life *life = lives_get(lives, id);
        const struct life *peer = life ? lives_get(lives, life->told.peer) : NULL;

        if (!life || life->told.type == SOCK_DGRAM)
            continue;
        if (life->by_connect)
            link_connection(lives, life, peer, order);
        if (!peer)
            continue;
        link_bytes(&life->flow, &peer->flow, order);
        link_end(life, peer, order);
    }
    grams_link(grams, lives, order);
}
