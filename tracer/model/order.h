/* model/order.h: the partial order of events: program order, and edges between tasks; searched when asked. */
#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include "base/intmap.h"
#include "base/vec.h"
#include "event/event.h"

/* An event has a start and an end; edges lead from a point to another. */
struct order_point {
    uint32_t thread;
    uint32_t at; /* 2 * position in the thread, + 1 for the end */
};

struct order_edge {
    struct order_point from, to;
};

struct order_node {
    uint64_t seq, start_ns, end_ns;
    uint32_t thread, pos;
    uint32_t
        start; /* points of the thread that are not after the start: 2 * pos + 1, less where calls nest */
};

struct order_thread {
    int tid, pid;
    bool ended;
    VEC(uint64_t) ends_ns;      /* by position */
    size_t first_edge, nedges;  /* into `sorted` */
    uint32_t reached, searched; /* of the search in hand: points */
};

struct order {
    VEC(struct order_node) nodes; /* ascending by seq */
    VEC(struct order_thread) threads;
    struct intmap by_tid;           /* index + 1 */
    VEC(struct order_edge) process; /* fork, exec */
    VEC(struct order_edge) derived; /* what follows from sockets */
    VEC(struct order_edge) sorted;  /* both, by the point that they lead to */
    bool is_sorted;
    bool is_linked; /* for the owner: order_edge has said all since the last event; order_add clears it */
};

void order_release(struct order *order);

/* Take the next event. Its node, from 1; 0: an event that stands in no order (LOST, ROLE). */
size_t order_add(struct order *order, const struct event *event);

/* The start of `from` is before the end of `to`. */
void order_edge(struct order *order, size_t from, size_t to);

/* Drop all that order_edge said. */
void order_forget(struct order *order);

/* See model_before. */
bool order_before(struct order *order, uint64_t a, uint64_t b);

#endif
