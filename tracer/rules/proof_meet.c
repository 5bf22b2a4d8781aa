/* rules/proof_meet.c: predicates that need both ends: who listens where, and who waits for whom. */
#include "event/addr.h"
#include "rules/proof.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* The address at which a listen took effect, or NULL. */
static const struct value *listened_at(const struct proof *proof, const struct event *event)
{
    const struct sock_life *sock = event->canon == CANON_LISTEN && !event->err && !event->unfinished
                                       ? model_sock(proof->in->model, event->sock)
                                       : NULL;

    return sock ? sock->local : NULL;
}

/* Does any socket of the trace listen where this connect went? */
static bool someone_listens(const struct proof *proof, const struct value *to)
{
    vec_each (struct event *, it, &proof->in->trace->events)
        if ((*it)->kind == EVENT_CALL && addr_reaches(to, listened_at(proof, *it)))
            return true;
    return false;
}

/* A bind that comes too late is a mistake of its own. */
static bool is_bound_ever(const struct proof *proof, uint64_t sock)
{
    vec_each (struct event *, it, &proof->in->trace->events)
        if ((*it)->canon == CANON_BIND && (*it)->sock == sock)
            return true;
    return false;
}

/* Listening on a port that the kernel picks is right for those who tell it to their clients; a refused client
 * was not told. */
bool proof_listen_without_bind(struct proof *proof)
{
    const struct trace *trace = proof->in->trace;
    const struct sock_life *sock = proof_life(proof);

    if (!proof_saw_whole_life(proof, sock) || (sock->domain != AF_INET && sock->domain != AF_INET6) ||
        is_bound_ever(proof, proof->event->sock))
        return false;
    vec_each (struct event *, it, &trace->events) {
        const struct event *refused = *it;

        if (refused->canon != CANON_CONNECT || refused->err != ECONNREFUSED ||
            proof_same_program(refused, proof->event) || someone_listens(proof, event_addr(refused)))
            continue;
        proof->what = arena_printf(proof->arena, "%s on a socket without an address, and the client's %s",
                                   proof_call_text(proof, proof->event), proof_call_text(proof, refused));
        return true;
    }
    return false;
}

bool proof_connect_before_listen(struct proof *proof)
{
    const struct trace *trace = proof->in->trace;
    const struct event *listened = NULL, *refused = proof->event;
    const struct value *to = event_addr(refused);

    vec_each (struct event *, it, &trace->events) {
        const struct event *event = *it;

        if (event->kind != EVENT_CALL)
            continue;
        if (event->seq > refused->seq && event->canon == CANON_CONNECT &&
            (!event->err || event->err == EINPROGRESS) && proof_same_program(event, refused) &&
            value_equal(event_addr(event), to))
            return false;
        if (!addr_reaches(to, listened_at(proof, event)))
            continue;
        if (event->seq < refused->seq || proof_same_program(event, refused))
            return false;
        if (!listened)
            listened = event;
    }
    if (!listened)
        return false;
    proof->what =
        arena_printf(proof->arena, "%s came before the %s%s%s", proof_call_text(proof, refused),
                     listened->role, listened->role[0] ? "'s " : "", proof_call_text(proof, listened));
    return true;
}

/* The client of another program did not get through to any socket of this family at this port later. */
static bool got_through(const struct proof *proof, int64_t port)
{
    vec_each (struct event *, it, &proof->in->trace->events) {
        const struct event *event = *it;
        int64_t to;

        if (event->canon == CANON_CONNECT && event->seq > proof->event->seq &&
            (!event->err || event->err == EINPROGRESS) && proof_same_program(event, proof->event) &&
            addr_port(event_addr(event), &to) && to == port)
            return true;
    }
    return false;
}

/* Who listened at this port when the connect was made, at an address that it does not reach; or NULL. */
static const struct event *listener_elsewhere(const struct proof *proof, int64_t port, uint8_t ip_len)
{
    vec_each (struct event *, it, &proof->in->trace->events) {
        const struct event *event = *it;
        const struct value *at = listened_at(proof, event), *host = addr_host(at);
        int64_t number;

        if (event->seq >= proof->event->seq)
            break;
        if (host && host->ip.len == ip_len && addr_port(at, &number) && number == port &&
            !proof_same_program(event, proof->event) &&
            (!model_sock(proof->in->model, event->sock)->ended_seq ||
             model_sock(proof->in->model, event->sock)->ended_seq > proof->event->seq))
            return event;
    }
    return NULL;
}

static bool is_loopback(const struct value *host)
{
    return host && host->ip.len == 4 && host->ip.bytes[0] == 127 && host->ip.bytes[3] == 1 &&
           !host->ip.bytes[1] && !host->ip.bytes[2];
}

/* The bind that gave the listener its address; without one the listen did. */
static const struct event *bind_of(const struct proof *proof, const struct event *listened)
{
    vec_each (struct event *, it, &proof->in->trace->events)
        if ((*it)->canon == CANON_BIND && !(*it)->err && (*it)->sock == listened->sock)
            return *it;
    return listened;
}

bool proof_loopback_only(struct proof *proof)
{
    const struct value *to = event_addr(proof->event), *host = addr_host(to);
    const struct event *listened;
    int64_t port;

    if (!host || host->ip.len != 4 || is_loopback(host) || !addr_port(to, &port) || got_through(proof, port))
        return false;
    listened = listener_elsewhere(proof, port, 4);
    if (!listened || !is_loopback(addr_host(listened_at(proof, listened))))
        return false;
    proof->point = bind_of(proof, listened);
    proof->what = arena_printf(proof->arena, "%s, while the %s%s%s is for 127.0.0.1 only",
                               proof_call_text(proof, proof->event), listened->role,
                               listened->role[0] ? "'s " : "", proof_call_text(proof, listened));
    return true;
}

bool proof_first_address_only(struct proof *proof)
{
    const struct value *to = event_addr(proof->event), *host = addr_host(to);
    const struct event *listened;
    int64_t port;

    if (!host || host->ip.len != 16 || !addr_port(to, &port) || got_through(proof, port))
        return false;
    listened = listener_elsewhere(proof, port, 4);
    if (!listened)
        return false;
    proof->what =
        arena_printf(proof->arena, "%s, and no other address was tried, while the %s%s%s is for IPv4",
                     proof_call_text(proof, proof->event), listened->role, listened->role[0] ? "'s " : "",
                     proof_call_text(proof, listened));
    return true;
}

/* Does a socket of the trace listen there at the time of the event? */
static bool is_listened_at(const struct proof *proof, const struct value *to)
{
    vec_each (struct event *, it, &proof->in->trace->events) {
        const struct sock_life *sock;

        if ((*it)->seq >= proof->event->seq || !addr_reaches(to, listened_at(proof, *it)))
            continue;
        sock = model_sock(proof->in->model, (*it)->sock);
        if (!sock->ended_seq || sock->ended_seq > proof->event->seq)
            return true;
    }
    return false;
}

/* Connections that a listener gave. */
static size_t accepted_from(const struct proof *proof, uint64_t listener, const struct event **first)
{
    size_t n = 0;

    vec_each (struct event *, it, &proof->in->trace->events) {
        if ((*it)->canon != CANON_ACCEPT || (*it)->err || (*it)->unfinished || (*it)->sock != listener)
            continue;
        if (!n++)
            *first = *it;
    }
    return n;
}

/* The process of the listener ended of itself, and well. */
static bool ended_well(const struct proof *proof, int pid)
{
    int64_t status;

    vec_each (struct event *, it, &proof->in->trace->events)
        if ((*it)->kind == EVENT_EXIT && (*it)->pid == pid && value_number(event_arg(*it, "status"), &status))
            return status == 0;
    return false;
}

bool proof_server_gone(struct proof *proof)
{
    const struct value *to = event_addr(proof->event);
    const struct event *first = NULL;
    int64_t port;

    if (!addr_port(to, &port) || is_listened_at(proof, to) || got_through(proof, port))
        return false;
    vec_each (struct event *, it, &proof->in->trace->events) {
        const struct event *event = *it;
        const struct sock_life *sock;

        if (!addr_reaches(to, listened_at(proof, event)) || proof_same_program(event, proof->event))
            continue;
        sock = model_sock(proof->in->model, event->sock);
        if (!sock->ended_seq || sock->ended_seq > proof->event->seq ||
            accepted_from(proof, event->sock, &first) != 1 || !ended_well(proof, event->pid))
            continue;
        proof->point = first;
        proof->what =
            arena_printf(proof->arena, "%s was the only one before the program ended, and then came %s",
                         proof_call_text(proof, first), proof_call_text(proof, proof->event));
        return true;
    }
    return false;
}

/* When the runner ended the first role whose time was up, or that hung; UINT64_MAX: it ended none. From then
 * on calls return because others are ended. */
static uint64_t time_up(const struct proof *proof)
{
    vec_each (struct event *, it, &proof->in->trace->events) {
        const struct value *what = (*it)->kind == EVENT_ROLE ? event_arg(*it, "what") : NULL;

        if (!what || what->kind != VALUE_BYTES)
            continue;
        if ((what->bytes.len == 7 && memcmp(what->bytes.ptr, "timeout", 7) == 0) ||
            (what->bytes.len == 4 && memcmp(what->bytes.ptr, "hung", 4) == 0))
            return (*it)->start_ns;
    }
    return UINT64_MAX;
}

/* The receive on the socket that was not over by then, or NULL. */
static const struct event *waits_too(const struct proof *proof, uint64_t sock, uint64_t up_ns)
{
    vec_each (struct event *, it, &proof->in->trace->events)
        if ((*it)->kind == EVENT_CALL && (*it)->canon == CANON_RECV && (*it)->sock == sock &&
            ((*it)->unfinished || ((*it)->start_ns < up_ns && (*it)->end_ns > up_ns)))
            return *it;
    return NULL;
}

static bool has_one_task(const struct proof *proof, int pid)
{
    vec_each (struct event *, it, &proof->in->trace->events)
        if ((*it)->pid == pid && (*it)->tid != pid)
            return false;
    return true;
}

/* Of two that wait: who connected is the one to begin; else who waited first. */
static const struct event *to_be_told(const struct event *event, const struct sock_life *sock,
                                      const struct event *other, const struct sock_life *peer)
{
    if (!sock->parent != !peer->parent)
        return sock->parent ? other : event;
    return event->start_ns <= other->start_ns ? event : other;
}

/* Programs that wait for a person, or a timer, are no deadlock: that their time was up says that there was
 * none. */
bool proof_both_wait(struct proof *proof)
{
    const struct sock_life *sock = proof_life(proof),
                           *peer = sock ? model_sock(proof->in->model, sock->peer) : NULL;
    const struct event *event = proof->event, *other;
    uint64_t up_ns = peer ? time_up(proof) : UINT64_MAX;

    if (up_ns == UINT64_MAX || sock->shut[MODEL_SEND] || peer->shut[MODEL_SEND] ||
        sock->bytes[MODEL_SEND] != peer->bytes[MODEL_RECV] ||
        sock->bytes[MODEL_RECV] != peer->bytes[MODEL_SEND])
        return false;
    other = waits_too(proof, peer->id, up_ns);
    if (!other || other->pid == event->pid || !has_one_task(proof, event->pid) ||
        !has_one_task(proof, other->pid))
        return false;
    proof->point = to_be_told(event, sock, other, peer);
    if (proof->point != event && other->unfinished)
        return false; /* that one is asked about, too */
    other = proof->point == event ? other : event;
    proof->what = arena_printf(
        proof->arena, "%s of the %s and %s of the %s wait for each other: nothing is on its way",
        proof_call_text(proof, proof->point), proof->point->role, proof_call_text(proof, other), other->role);
    return true;
}
