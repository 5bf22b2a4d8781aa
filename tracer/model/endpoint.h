/* model/endpoint.h: socket addresses in a form that can be kept and compared: IPv4 inside IPv6, paths hashed.
 */
#ifndef MODEL_ENDPOINT_H
#define MODEL_ENDPOINT_H

#include "event/value.h"

enum endpoint_kind {
    ENDPOINT_UNKNOWN, /* not known, unnamed, or of a family that is not compared */
    ENDPOINT_INET,
    ENDPOINT_PATH,
};

struct endpoint {
    enum endpoint_kind kind;
    uint16_t port;
    uint8_t ip[16]; /* ::ffff:a.b.c.d for IPv4 */
    uint64_t path;  /* a hash of the bytes of sun_path */
};

/* Of a sockaddr struct value. Port 0 is not known: the kernel picks another. */
struct endpoint endpoint_of(const struct value *addr);

/* Both known and the same, where a wildcard host equals every host. */
bool endpoint_meets(const struct endpoint *a, const struct endpoint *b);

/* One of them is not known, or they meet. */
bool endpoint_may_meet(const struct endpoint *a, const struct endpoint *b);

/* The same number for all that can meet: of the port or the path, without the host. */
uint64_t endpoint_door(const struct endpoint *endpoint);

/* A number for a connection as both ends know it: the client's whole address and the server's door. */
uint64_t endpoint_pair(const struct endpoint *client, const struct endpoint *server);

#endif
