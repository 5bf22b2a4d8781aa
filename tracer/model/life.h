/* model/life.h: what the parts of the model know of each socket, beyond what they tell (struct sock_life). */
#ifndef MODEL_LIFE_H
#define MODEL_LIFE_H

#include "base/intmap.h"
#include "model/endpoint.h"
#include "model/flow.h"
#include "model/model.h"

struct life {
    struct sock_life told;
    struct endpoint local, remote;
    bool by_connect, by_accept; /* which side of a connection */
    bool guessed;               /* the peer was taken by its place in the queue, not by both addresses */
    uint64_t listen_ns;         /* start of the first listen */
    uint64_t connect_ns, up_ns; /* start of the connect, end of the call that showed it done */
    uint64_t accepted_ns;       /* end of the accept */
    struct flow flow;
};

struct lives {
    struct intmap by_id;
    uint64_t last; /* the highest identity that was named */
};

/* NULL for 0, for identities that no event has named, and for those that were forgotten. */
static inline struct life *lives_get(const struct lives *lives, uint64_t sock)
{
    return intmap_get(&lives->by_id, sock);
}

#endif
