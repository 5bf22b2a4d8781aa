/* model/model.h: what a trace says about sockets: lives, peers, bytes, order. A fold over events; pure. */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/intmap.h"
#include "base/vec.h"
#include "event/event.h"

enum { MODEL_SEND = 0, MODEL_RECV = 1 }; /* directions, as the socket's owner sees them */

struct sock_life {
    uint64_t id;
    const char *role;  /* of the process that made it */
    int domain, type;  /* AF_*, SOCK_* without flags; -1: not known */
    uint64_t parent;   /* the listener that it was accepted from, or 0 */
    uint64_t peer;     /* the other end, where it is traced and known, or 0 */
    const struct value *local, *remote; /* sockaddr structs, the latest known, or NULL */
    uint64_t born_seq, ended_seq;       /* events; 0: inherited / not ended */
    bool listening, bound, connected;
    bool shut[2];      /* MODEL_SEND: SHUT_WR was done; MODEL_RECV: SHUT_RD */
    uint64_t bytes[2]; /* moved so far in each direction */
    struct kernel_state last; /* the latest that was seen */
};

struct model;

struct model *model_new(void);
void model_free(struct model *model);

/*
 * Take the next event, already resolved (sock, made, last_ref). Fills event->range of data calls and is_stream, pairs
 * connect with accept by address (kernel state, else arguments) and socketpair by birth, and keeps the order.
 */
void model_fold(struct model *model, struct event *event);

/* NULL where the id is unknown. Valid until the next fold. */
const struct sock_life *model_sock(const struct model *model, uint64_t id);

/* The highest identity seen. */
uint64_t model_last_sock(const struct model *model);

/*
 * Does event `a` happen before event `b` (sequence numbers of folded events) in every run that this trace stands for?
 * Program order within a thread; listen before the connect that it lets in completes; a connect's start before the accept
 * that returns it; sends before the recv that took their bytes; shutdown or last close before the peer's end of stream;
 * fork before the child's first event; a child's exit before its parent's wait is not seen and gives no order. Events not
 * ordered either way are concurrent.
 */
bool model_before(const struct model *model, uint64_t a, uint64_t b);

/* Keep no order (memory per event): for traces that are only streamed through. Call before the first fold. */
void model_without_order(struct model *model);

#endif
