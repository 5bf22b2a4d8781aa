/* model/refs.h: the sockets that are known, how many references each has, and those that travel in messages.
 */
#ifndef MODEL_REFS_H
#define MODEL_REFS_H

#include "base/intmap.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct ref_sock {
    size_t count;     /* descriptors in tables, and in messages on their way */
    int domain, type; /* AF_*, SOCK_* without flags; -1: not known */
    uint64_t peer;    /* the other end of a socketpair, or 0 */
    uint64_t inode;   /* of an inherited socket, or 0 */
};

/* Descriptors sent with SCM_RIGHTS and not received yet: one message. */
struct flight {
    uint64_t from, to; /* sockets: the sender's, and its peer where that is known, else 0 */
    const void *call;  /* that sends it, while it has not returned; then NULL */
    size_t nth;        /* which message of that call */
    uint64_t *socks;   /* identities in the order in which they were sent; 0: no socket */
    size_t len;
};

struct refs {
    VEC(struct ref_sock) socks; /* by identity - 1 */
    VEC(struct flight) flights; /* oldest first */
    VEC(uint64_t) orphans;      /* sockets that ended inside a message that nobody can receive any more */
    struct intmap by_inode;
};

void refs_release(struct refs *refs);

/* A new identity without a reference. */
uint64_t refs_make(struct refs *refs, int domain, int type);

/* The identity of an inherited socket; `inode` 0 is never the same as another. */
uint64_t refs_inherit(struct refs *refs, uint64_t inode, int domain, int type);

/* NULL for 0. Valid until the next identity is made. */
struct ref_sock *refs_get(const struct refs *refs, uint64_t sock);

/* SOCK_STREAM and SOCK_SEQPACKET. */
bool refs_is_stream(const struct refs *refs, uint64_t sock);

void refs_hold(struct refs *refs, uint64_t sock);

/* true where this was the last reference. What was on its way to the socket is dropped with it: see orphans.
 */
bool refs_drop(struct refs *refs, uint64_t sock);

/* A message with these descriptors leaves socket `from`; each gets a reference until the message is received.
 */
void refs_send(struct refs *refs, uint64_t from, const void *call, size_t nth, const uint64_t *socks,
               size_t len);

/* The call returned: its first `sent` messages went out, the others did not. */
void refs_settle(struct refs *refs, const void *call, size_t sent);

/*
 * The message with descriptors that socket `to` receives next, taken off the queue, or a copy of it where it
 * must `keep` its place (MSG_PEEK); false: none is known. flight->socks and a reference to each are the
 * caller's; refs_land gives both back.
 */
bool refs_receive(struct refs *refs, uint64_t to, bool keep, struct flight *flight);
void refs_land(struct refs *refs, struct flight *flight);

#endif
