/* model/model.h: what a trace says about sockets: lives, peers, bytes, order. A fold over events; pure. */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/intmap.h"
#include "base/vec.h"
#include "event/event.h"

enum { MODEL_SEND = 0, MODEL_RECV = 1 }; /* directions, as the socket's owner sees them */

struct sock_life {
    uint64_t id;
    const char *role; /* of the process that made it */
    int domain, type; /* AF_*, SOCK_* without flags; -1: not known */
    int protocol;     /* as socket(2) was given it; -1: not known */
    uint64_t inode;   /* of the kernel: what /proc/PID/fd and ss -e show; 0: not known */
    uint64_t parent;  /* the listener that it was accepted from, or 0 */
    uint64_t peer; /* the other end, where it is traced and known, or 0; of a connected datagram socket: who
                      is bound there */
    const struct value *local, *remote; /* sockaddr structs, the latest known, or NULL */
    uint64_t born_seq, ended_seq;       /* events; 0: inherited / not ended */
    bool listening, bound, connected;
    bool connecting;          /* a connect is under way (EINPROGRESS, EINTR) */
    bool shut[2];             /* MODEL_SEND: SHUT_WR was done; MODEL_RECV: SHUT_RD */
    uint64_t bytes[2];        /* moved so far in each direction */
    struct kernel_state last; /* the latest that was seen */
};

struct model;

struct model *model_new(void);
void model_free(struct model *model);

/*
 * Take the next event, already resolved (sock, made, last_ref) and in canonical form, with seq set and
 * rising. Fills event->range of data calls and is_stream, pairs connect with accept by address (kernel state,
 * else arguments; where those do not suffice by the place in the queue) and socketpair by birth, and keeps
 * the order.
 */
void model_fold(struct model *model, struct event *event);

/* NULL where the id is unknown. Valid until the next fold. */
const struct sock_life *model_sock(const struct model *model, uint64_t id);

/* The highest identity seen. */
uint64_t model_last_sock(const struct model *model);

/*
 * Does the start of event `a` come before the end of event `b` (sequence numbers of folded events), in every
 * run that this trace stands for? An event is an interval, and what two tasks do takes effect somewhere
 * inside: a recv may be complete, and have its sequence number, before the send that carried its bytes has
 * returned; still the send began before the recv ended. So `a` may have the higher number, and two calls that
 * are ordered may overlap.
 *
 * Held to be necessary: program order within a thread (the end of one before the start of the next); the
 * start of a listen before the end of the connect that it let in; the start of a connect before the end of
 * the accept that returned it; the start of a send before the end of a recv of its bytes, or of any that
 * stand behind them in the stream; the start of the shutdown, else of every closing of a reference, before
 * the end of a recv that found the end of the stream; the start of a datagram's sending before the end of its
 * receipt; a fork before the child's first event; the last events of a process's other threads before its
 * exec. And what follows from these by going from point to point; the relation itself is not transitive
 * through an event whose two sides are used (a before the end of b, the start of b before c). Where tasks
 * moved bytes of one direction at the same time nothing is said of those bytes. A child's exit before its
 * parent's wait is not seen and gives no order. LOST and ROLE stand in no order. Events not ordered either
 * way are concurrent. The first question after a fold costs time in proportion to the trace.
 */
bool model_before(const struct model *model, uint64_t a, uint64_t b);

/* Keep no order (memory per event): for traces that are only streamed through. Call before the first fold. */
void model_without_order(struct model *model);

/*
 * Keep only what fills in further events (range, is_stream), and that only of sockets that are open: neither
 * order nor peers nor addresses. For traces of any length. Call before the first fold.
 */
void model_keep_open(struct model *model);

#endif
