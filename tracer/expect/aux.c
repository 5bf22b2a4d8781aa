/* expect/aux.c: auxiliary events, and sockets that are not the program's own. */
#include "expect/aux.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

static int64_t arg_number(const struct event *event, size_t i)
{
    int64_t n;

    return i < event->ncargs && value_number(event->cargs[i], &n) ? n : -1;
}

static bool is_retried(const struct event *event)
{
    return event->err == EINTR || event->err == EAGAIN;
}

/* A server waits for its next client until somebody stops it; on a stream, waiting for ever is a hang. */
static bool is_waiting(const struct event *event)
{
    return event->canon == CANON_ACCEPT || (canon_is_recv(event->canon) && !event->is_stream);
}

/* Bytes that were only looked at come again with the next recv. */
static bool is_peek(const struct event *event)
{
    return canon_is_recv(event->canon) && !event->err && arg_number(event, 2) > 0 &&
           (arg_number(event, 2) & MSG_PEEK);
}

/* What is not open: a loop over all numbers before an exec is right, and a true double close is told by a
 * rule (SD032). */
static bool closes_nothing(const struct event *event)
{
    return event->err == EBADF;
}

bool aux_is(const struct event *event)
{
    switch (event->canon) {
    case CANON_NONE:
    case CANON_OTHER:
    case CANON_SETSOCKOPT:
    case CANON_GETSOCKOPT:
    case CANON_GETSOCKNAME:
    case CANON_GETPEERNAME:
    case CANON_FCNTL:
    case CANON_IOCTL:
    case CANON_DUP:
    case CANON_WAIT:
    case CANON_EPOLL_CREATE:
    case CANON_EPOLL_CTL: return true;
    case CANON_CLOSE:
        return is_retried(event) || closes_nothing(event) ||
               (!event->err && !event->unfinished && !event->last_ref);
    default: return event->unfinished ? is_waiting(event) : is_retried(event) || is_peek(event);
    }
}

enum libc_sock aux_libc_begin(const struct event *made)
{
    enum { TYPE_MASK = 0xf }; /* the kernel's SOCK_TYPE_MASK: flags stand above it */

    if (made->canon != CANON_SOCKET || made->err || !made->made[0])
        return LIBC_NOT;
    switch (arg_number(made, 0)) {
    case AF_NETLINK: return LIBC_OWN;
    case AF_UNIX: return LIBC_UNIX;
    case AF_INET:
    case AF_INET6: break;
    default: return LIBC_NOT;
    }
    switch (arg_number(made, 1) & TYPE_MASK) {
    case SOCK_DGRAM: return LIBC_DGRAM;
    case SOCK_STREAM: return LIBC_STREAM;
    default: return LIBC_NOT;
    }
}

static bool is_nscd(const struct value *addr)
{
    static const char path[] = "/var/run/nscd/socket";
    const struct value *value = value_field(addr, "sun_path");

    return value && value->kind == VALUE_BYTES && value->bytes.len == sizeof(path) - 1 &&
           memcmp(value->bytes.ptr, path, sizeof(path) - 1) == 0;
}

static bool is_name_server(const struct value *addr)
{
    enum { DNS_PORT = 53 };
    const struct value *port = value_field(addr, "sin_port");
    int64_t n;

    return value_number(port ? port : value_field(addr, "sin6_port"), &n) && n == DNS_PORT;
}

static enum libc_sock after_address(enum libc_sock state, const struct event *event)
{
    const struct value *addr = event->ncargs > 1 ? value_final(event->cargs[1]) : NULL;
    bool is_connect = event->canon == CANON_CONNECT;

    if (event->unfinished)
        return LIBC_NOT;
    if (state == LIBC_UNIX)
        return is_connect && is_nscd(addr) ? LIBC_OWN : LIBC_NOT;
    if (state == LIBC_DGRAM && is_connect && is_name_server(addr))
        return LIBC_OWN;
    if (is_connect && (state == LIBC_DGRAM || state == LIBC_SORTING))
        return LIBC_SORTING;
    return event->err && event->err != EINPROGRESS ? LIBC_FAILED : LIBC_NOT;
}

enum libc_sock aux_libc_next(enum libc_sock state, const struct event *event)
{
    if (state == LIBC_OWN || state == LIBC_NOT)
        return state;
    if (event->kind != EVENT_CALL)
        return LIBC_NOT;
    if (aux_is(event))
        return state;
    if (event->canon == CANON_CONNECT || event->canon == CANON_BIND)
        return after_address(state, event);
    if (event->canon == CANON_CLOSE && event->last_ref)
        return state == LIBC_SORTING || state == LIBC_FAILED ? LIBC_OWN : LIBC_NOT;
    return LIBC_NOT;
}
