/* model/refs.c: identities are indexes; messages are a short list, because few are ever on their way. */
#include "model/refs.h"

#include <string.h>
#include <sys/socket.h>

void refs_release(struct refs *refs)
{
    vec_each (struct flight, flight, &refs->flights)
        free(flight->socks);
    vec_release(&refs->flights);
    vec_release(&refs->socks);
    vec_release(&refs->orphans);
    intmap_release(&refs->by_inode);
}

uint64_t refs_make(struct refs *refs, int domain, int type)
{
    vec_push(&refs->socks, (struct ref_sock){.domain = domain, .type = type});
    return refs->socks.len;
}

uint64_t refs_inherit(struct refs *refs, uint64_t inode, int domain, int type)
{
    uint64_t sock = inode ? (uint64_t)(uintptr_t)intmap_get(&refs->by_inode, inode) : 0;

    if (sock)
        return sock;
    sock = refs_make(refs, domain, type);
    refs_get(refs, sock)->inode = inode;
    if (inode)
        intmap_set(&refs->by_inode, inode, (void *)(uintptr_t)sock);
    return sock;
}

struct ref_sock *refs_get(const struct refs *refs, uint64_t sock)
{
    return sock ? &refs->socks.items[sock - 1] : NULL;
}

bool refs_is_stream(const struct refs *refs, uint64_t sock)
{
    const struct ref_sock *s = refs_get(refs, sock);

    return s && (s->type == SOCK_STREAM || s->type == SOCK_SEQPACKET);
}

void refs_hold(struct refs *refs, uint64_t sock)
{
    if (sock)
        refs_get(refs, sock)->count++;
}

static void orphan(struct refs *refs, struct flight flight)
{
    for (size_t i = 0; i < flight.len; i++)
        if (flight.socks[i] && refs_drop(refs, flight.socks[i]))
            vec_push(&refs->orphans, flight.socks[i]);
    free(flight.socks);
}

bool refs_drop(struct refs *refs, uint64_t sock)
{
    struct ref_sock *s = refs_get(refs, sock);

    if (!s || --s->count)
        return false;
    /* The kernel gives the number of a dead inode to new sockets. */
    if (s->inode)
        intmap_del(&refs->by_inode, s->inode);
    for (size_t i = 0; i < refs->flights.len;) {
        struct flight flight = refs->flights.items[i];

        if (flight.to != sock) {
            i++;
            continue;
        }
        vec_remove(&refs->flights, i);
        orphan(refs, flight);
        i = 0;
    }
    return true;
}

void refs_send(struct refs *refs, uint64_t from, const void *call, size_t nth, const uint64_t *socks,
               size_t len)
{
    struct flight flight = {.from = from, .call = call, .nth = nth, .len = len};
    const struct ref_sock *sender = refs_get(refs, from);

    flight.to = sender ? sender->peer : 0;
    flight.socks = alloc_resize(NULL, len, sizeof(*socks));
    memcpy(flight.socks, socks, len * sizeof(*socks));
    for (size_t i = 0; i < len; i++)
        refs_hold(refs, socks[i]);
    vec_push(&refs->flights, flight);
}

void refs_settle(struct refs *refs, const void *call, size_t sent)
{
    for (size_t i = 0; i < refs->flights.len;) {
        struct flight *flight = &refs->flights.items[i];
        struct flight unsent = *flight;

        if (flight->call == call)
            flight->call = NULL;
        if (unsent.call != call || unsent.nth < sent) {
            i++;
            continue;
        }
        vec_remove(&refs->flights, i);
        orphan(refs, unsent);
        i = 0;
    }
}

/* A socket whose peer is not known takes the oldest message whose receiver is not known either. */
static size_t next_for(const struct refs *refs, uint64_t to)
{
    const struct ref_sock *receiver = refs_get(refs, to);
    uint64_t wanted = receiver && receiver->peer ? to : 0;
    size_t i = 0;

    while (i < refs->flights.len &&
           (refs->flights.items[i].to != wanted || refs->flights.items[i].from == to))
        i++;
    return i;
}

bool refs_receive(struct refs *refs, uint64_t to, bool keep, struct flight *flight)
{
    size_t i = next_for(refs, to);

    if (i == refs->flights.len)
        return false;
    *flight = refs->flights.items[i];
    if (!keep) {
        vec_remove(&refs->flights, i);
        return true;
    }
    flight->socks = alloc_resize(NULL, flight->len, sizeof(*flight->socks));
    memcpy(flight->socks, refs->flights.items[i].socks, flight->len * sizeof(*flight->socks));
    for (size_t j = 0; j < flight->len; j++)
        refs_hold(refs, flight->socks[j]);
    return true;
}

void refs_land(struct refs *refs, struct flight *flight)
{
    orphan(refs, *flight);
    *flight = (struct flight){0};
}
