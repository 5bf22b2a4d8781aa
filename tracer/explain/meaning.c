/* explain/meaning.c: looking up what an error means for a call. */
#include "explain/meaning.h"

#include "event/addr.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

static const struct meaning *find(enum canon canon, int err)
{
    for (const struct meaning *it = meanings; it->err; it++)
        if (it->canon == canon && it->err == err)
            return it;
    return NULL;
}

const struct meaning *meaning_find(enum canon canon, int err)
{
    const struct meaning *own = find(canon, err);

    return own ? own : find(CANON_NONE, err);
}

const struct meaning *meaning_next(const struct meaning *meaning)
{
    const struct meaning *next = meaning + 1;

    return next->err == meaning->err && next->canon == meaning->canon ? next : NULL;
}

/* ---- conditions ---- */

static int64_t number(const struct event *event, const char *arg, int64_t absent)
{
    const struct value *value = event_arg(event, arg);
    int64_t n;

    return value && value_number(value, &n) ? n : absent;
}

static const struct value *address(const struct event *event)
{
    const struct value *addr = event_arg(event, "addr");

    return value_final(addr ? addr : event_arg(event, "dest_addr"));
}

static bool has_family(const struct value *addr, int64_t family)
{
    int64_t n;

    return addr && value_number(value_field(addr, "sa_family"), &n) && n == family;
}

static bool is_unix(const struct event *event)
{
    return has_family(address(event), AF_UNIX) || has_family(event->kernel.local, AF_UNIX);
}

/* By the socket's family and the address's: they may differ. The kernel takes an IPv6 address without its
 * last member, sin6_scope_id. */
static int64_t least_length(const struct event *event)
{
    if (is_unix(event))
        return sizeof(sa_family_t);
    if (has_family(address(event), AF_INET6) || has_family(event->kernel.local, AF_INET6))
        return offsetof(struct sockaddr_in6, sin6_scope_id);
    return sizeof(struct sockaddr_in);
}

static bool is_length_wrong(const struct event *event)
{
    int64_t len = (int32_t)number(event, "addrlen", 0);
    int64_t most = is_unix(event) ? sizeof(struct sockaddr_un) : sizeof(struct sockaddr_storage);

    return address(event) && event_arg(event, "addrlen") && (len < least_length(event) || len > most);
}

/* addrlen is a socklen_t in the headers, and an int to the kernel. */
static bool is_length_negative(const struct event *event)
{
    const struct value *len = event_arg(event, "addrlen");
    int64_t n;

    return len && value_number(len->kind == VALUE_CHANGED ? len->changed.before : len, &n) && (int32_t)n < 0;
}

static bool has_other_flags(const struct event *event)
{
    return number(event, "flags", 0) & ~(int64_t)(SOCK_NONBLOCK | SOCK_CLOEXEC);
}

static bool has_port_zero(const struct event *event)
{
    int64_t port;

    return addr_port(address(event), &port) && !port;
}

static bool has_oob(const struct event *event)
{
    return number(event, "flags", 0) & MSG_OOB;
}

static bool is_stream(const struct event *event)
{
    return event->is_stream;
}

static bool is_select(const struct event *event)
{
    return strstr(event->name, "select") != NULL;
}

static bool is_epoll(const struct event *event)
{
    return strstr(event->name, "epoll") != NULL;
}

static bool (*const conditions[WHEN_COUNT])(const struct event *event) = {
    [WHEN_UNIX] = is_unix,
    [WHEN_WRONG_LENGTH] = is_length_wrong,
    [WHEN_NEGATIVE_LENGTH] = is_length_negative,
    [WHEN_OTHER_FLAGS] = has_other_flags,
    [WHEN_PORT_ZERO] = has_port_zero,
    [WHEN_OOB] = has_oob,
    [WHEN_STREAM] = is_stream,
    [WHEN_SELECT] = is_select,
    [WHEN_EPOLL] = is_epoll,
};

const struct meaning *meaning_of(const struct event *event)
{
    const struct meaning *first = event->err ? meaning_find(event->canon, event->err) : NULL, *plain = NULL;

    for (const struct meaning *it = first; it; it = meaning_next(it)) {
        if (it->when != WHEN_EVER && conditions[it->when](event))
            return it;
        if (it->when == WHEN_EVER)
            plain = it;
    }
    return plain;
}
