/* model/flow.h: which events moved a socket's bytes, opened and closed it: what the order between sockets
 * rests on. */
#ifndef MODEL_FLOW_H
#define MODEL_FLOW_H

#include "event/event.h"
#include "model/order.h"

/* A successful data call. Nodes are the order's. */
struct piece {
    size_t node;
    int tid;
    uint64_t start_ns, end_ns;
    uint64_t from, to;
    bool peeked;  /* the bytes stay where they are */
    bool blurred; /* another task moved bytes the same way at the same time: the range is not certain */
};

/* Zero where there was no such event. */
struct flow {
    VEC(struct piece) pieces[2]; /* MODEL_SEND, MODEL_RECV */
    size_t listened, connected, up, accepted, shut;
    int shut_tid;
    bool shut_blurred;  /* several tasks shut it down: which was first is not known */
    VEC(size_t) ends;   /* closings of references */
    VEC(size_t) at_end; /* receives that found the end of the stream */
};

struct lives;
struct grams;

void flow_release(struct flow *flow);

/* Pieces come in the order in which the calls were complete. */
void flow_add(struct flow *flow, int direction, struct piece piece);

void flow_shut(struct flow *flow, size_t node, int tid);

/* Tell the order what follows from the facts of all sockets and datagrams: order_forget, then an edge for
 * each. */
void flow_link(const struct lives *lives, const struct grams *grams, struct order *order);

#endif
