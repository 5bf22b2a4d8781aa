/* event/addr.c: socket addresses as values. */
#include "event/addr.h"

#include <string.h>

bool addr_port(const struct value *addr, int64_t *port)
{
    const struct value *in4 = value_field(addr, "sin_port");

    return value_number(in4 ? in4 : value_field(addr, "sin6_port"), port);
}

const struct value *addr_host(const struct value *addr)
{
    const struct value *in4 = value_field(addr, "sin_addr");
    const struct value *host = in4 ? in4 : value_field(addr, "sin6_addr");

    return host && host->kind == VALUE_IP ? host : NULL;
}

/* 127.0.0.1, or ::ffff:127.0.0.1: a socket of either family is asked for the one. */
static bool is_in4(const struct value *host)
{
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

    return host && (host->ip.len == 4 || memcmp(host->ip.bytes, mapped, sizeof(mapped)) == 0);
}

bool addr_reaches(const struct value *to, const struct value *at)
{
    static const uint8_t wildcard[16];
    const struct value *host, *asked;
    int64_t port, want;

    if (!to || !at)
        return false;
    if (!addr_port(at, &port) || !addr_port(to, &want))
        return value_equal(to, at);
    host = addr_host(at);
    asked = addr_host(to);
    if (port != want || !host)
        return false;
    if (memcmp(host->ip.bytes, wildcard, host->ip.len) == 0)
        return host->ip.len != 4 || is_in4(asked);
    return value_equal(host, asked);
}

const struct value *event_addr(const struct event *event)
{
    int64_t port;

    for (size_t i = 1; i < event->ncargs; i++) {
        const struct value *value = value_final(event->cargs[i]);

        if (addr_port(value, &port) || value_field(value, "sun_path"))
            return value;
    }
    return NULL;
}
