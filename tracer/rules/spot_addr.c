/* rules/spot_addr.c: mistakes with addresses, their lengths, and what makes a socket ready. */
#include "rules/rule.h"

#include "event/addr.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>

static bool is_inet(const struct sock_facts *sock)
{
    return sock && (sock->domain == AF_INET || sock->domain == AF_INET6);
}

/* ---- bind failed ---- */

bool spot_bind_unchecked(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;

    if (!is_inet(sock) || !sock->bind_failed || sock->bound)
        return false;
    spot->at = sock->bind_failed;
    spot->other = spot->event->seq;
    return true;
}

bool spot_unbound_receiver(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;

    return sock && sock->type == SOCK_DGRAM && !sock->last_send.seq && !sock->connected &&
           spot_bind_unchecked(spot);
}

/* ---- wrong addresses ---- */

static bool is_none(const struct event *event)
{
    const struct value *host = addr_host(event_addr(event));

    return host && host->ip.len == 4 && host->ip.bytes[0] == 255 && host->ip.bytes[1] == 255 &&
           host->ip.bytes[2] == 255 && host->ip.bytes[3] == 255;
}

bool spot_host_none(struct spot *spot)
{
    return spot->sock && spot->sock->type == SOCK_STREAM && is_none(spot->event);
}

bool spot_host_none_broadcast(struct spot *spot)
{
    return spot->sock && spot->sock->type == SOCK_DGRAM && !spot->sock->has_broadcast && is_none(spot->event);
}

static bool family_of(const struct event *event, int64_t *family)
{
    const struct value *addr = value_final(event_arg(event, "addr"));

    return addr && value_number(value_field(addr, "sa_family"), family);
}

/* Programs that know what they do let go of a peer in this way; this socket never had one. */
bool spot_family_unset(struct spot *spot)
{
    int64_t family;

    return is_inet(spot->sock) && spot->sock->born && !spot->sock->connected && !spot->sock->connect_failed &&
           family_of(spot->event, &family) && family == AF_UNSPEC;
}

bool spot_family_other(struct spot *spot)
{
    int64_t family;

    if (!is_inet(spot->sock) || !family_of(spot->event, &family) || family == spot->sock->domain)
        return false;
    spot->n = family;
    return true;
}

bool spot_family_unset_bind(struct spot *spot)
{
    int64_t family;

    return is_inet(spot->sock) && family_of(spot->event, &family) && family == AF_UNSPEC;
}

/* The size of a pointer is that of no address of these families. */
bool spot_pointer_length(struct spot *spot)
{
    int64_t len = facts_number(spot->event, "addrlen", 0);

    spot->n = len;
    return is_inet(spot->sock) && (len == 8 || len == 4);
}

/* ---- lengths that go in and come out ---- */

/* false: the caller wants no address. */
static bool length_before(const struct event *event, int64_t *before, int64_t *after)
{
    const struct value *addr = event_arg(event, "addr"), *len = event_arg(event, "addrlen");

    if (!addr)
        addr = event_arg(event, "src_addr");
    if (!addr || !len || addr->kind == VALUE_NULL || len->kind == VALUE_NULL || len->kind == VALUE_ADDR)
        return false;
    if (!value_number(len->kind == VALUE_CHANGED ? len->changed.before : len, before))
        return false;
    *before = (int32_t)*before;
    return value_number(value_final(len), after);
}

bool spot_addrlen_negative(struct spot *spot)
{
    int64_t before, after;

    if (!length_before(spot->event, &before, &after) || before >= 0)
        return false;
    spot->n = before;
    return true;
}

bool spot_addrlen_absurd(struct spot *spot)
{
    enum { LARGEST = 4096 };
    int64_t before, after;

    if (!length_before(spot->event, &before, &after) || before <= LARGEST)
        return false;
    spot->n = before;
    return true;
}

/* Too small now, and just what the call before had left there. */
bool spot_addrlen_not_reset(struct spot *spot)
{
    int64_t before, after;

    if (!length_before(spot->event, &before, &after) || after <= before || !spot->task ||
        spot->task->addrlen.out != before)
        return false;
    spot->other = spot->task->addrlen.seq;
    spot->n = before;
    spot->m = after;
    return true;
}

/* ---- options ---- */

bool spot_no_reuseaddr(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;

    spot->n = sock ? sock->port : 0;
    return is_inet(sock) && sock->type == SOCK_STREAM && sock->bound && sock->port && !sock->has_reuse;
}

bool spot_reuseaddr_late(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;

    if (!is_inet(sock) || facts_number(spot->event, "level", -1) != SOL_SOCKET ||
        facts_number(spot->event, "optname", -1) != SO_REUSEADDR || sock->type != SOCK_STREAM ||
        !sock->bound || !sock->port || sock->has_reuse)
        return false;
    spot->other = sock->bound;
    return true;
}

/* ---- ports and families ---- */

bool spot_port_fixed(struct spot *spot)
{
    size_t nth = 0;

    vec_each (struct stray, it, &spot->facts->strays) {
        int64_t given = spot->facts->given;

        /* One that is swapped has a rule of its own. */
        if (!it->seq || it->is_right || it->port == ((given & 0xff) << 8 | (given >> 8 & 0xff)) ||
            nth++ < spot->nth)
            continue;
        spot->at = it->seq;
        spot->n = it->port;
        spot->m = given;
        return true;
    }
    return false;
}

/* The program's own socket for all of IPv4 has the port that one for all of IPv6, which would take both, asks
 * for. */
bool spot_families_collide(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;
    const struct intmap_slot *slot;
    int64_t port;

    if (!sock || sock->domain != AF_INET6 || sock->has_v6only || !addr_port(event_addr(spot->event), &port))
        return false;
    for (size_t pos = 0; (slot = intmap_next(&spot->facts->socks, &pos));) {
        const struct sock_facts *other = slot->value;

        if (other->domain == AF_INET && other->type == sock->type && other->bound && other->port == port &&
            facts_holds(other, spot->event->pid)) {
            spot->other = other->bound;
            return true;
        }
    }
    return false;
}

bool spot_connected_again(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;

    if (!is_inet(sock) || sock->type != SOCK_STREAM || !sock->connect_failed || sock->connected)
        return false;
    spot->other = sock->connect_failed;
    return true;
}

/* Nothing since the connect could have told that it is done. */
bool spot_connect_unfinished(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;

    if (!sock || !sock->is_connecting || !spot->proc || spot->proc->waited > sock->connected)
        return false;
    spot->other = sock->connected;
    return true;
}
