/* model/pairing.h: which socket is the other end of which. */
#ifndef MODEL_PAIRING_H
#define MODEL_PAIRING_H

#include "base/intmap.h"
#include "model/life.h"

/*
 * The end that connected and the end that was accepted meet by both addresses where both are known (the
 * newest of those that had the same ones); otherwise by their place in the queue, until better is known: the
 * oldest connection to the listener's address that has no other end goes with the oldest accept that has
 * none. Either may be seen first.
 */
struct pairing {
    struct intmap connected, accepted; /* by endpoint_pair: identities, the newest of each */
    struct intmap bound;               /* datagram sockets by endpoint_door, the newest of each */
    VEC(uint64_t) alone_connected, alone_accepted, alone_dgrams; /* oldest first */
};

void pairing_release(struct pairing *pairing);

/* Two ends that were born together. */
void pairing_join(struct life *a, struct life *b);

/* A stream socket's connect is done or it was accepted, or an address of one became known since. */
void pairing_stream(struct pairing *pairing, const struct lives *lives, struct life *life);

/* A datagram socket was connected, or an address of one became known. Its peer is who is bound there. */
void pairing_dgram(struct pairing *pairing, const struct lives *lives, struct life *life);

#endif
