/* model/endpoint.c: socket addresses, compared. */
#include "model/endpoint.h"

#include "event/addr.h"

#include <string.h>

/* FNV-1a, 64 bits. */
static uint64_t hash(uint64_t seed, const void *bytes, size_t len)
{
    const uint8_t *p = bytes;

    for (size_t i = 0; i < len; i++)
        seed = (seed ^ p[i]) * 0x100000001b3ull;
    return seed;
}

static const uint64_t hash_seed = 0xcbf29ce484222325ull;
static const uint8_t v4_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static struct endpoint of_path(const struct value *path)
{
    struct endpoint endpoint = {.kind = ENDPOINT_PATH};

    endpoint.path = hash(hash_seed, path->bytes.ptr, path->bytes.len);
    return endpoint;
}

struct endpoint endpoint_of(const struct value *addr)
{
    struct endpoint endpoint = {.kind = ENDPOINT_UNKNOWN};
    const struct value *host, *path;
    int64_t port;

    addr = value_final(addr);
    path = value_field(addr, "sun_path");
    if (path && path->kind == VALUE_BYTES && path->bytes.len)
        return of_path(path);
    host = addr_host(addr);
    if (!host || !addr_port(addr, &port) || port == 0)
        return endpoint;
    endpoint.kind = ENDPOINT_INET;
    endpoint.port = (uint16_t)port;
    if (host->ip.len == 4)
        memcpy(endpoint.ip, v4_prefix, sizeof(v4_prefix));
    memcpy(endpoint.ip + sizeof(endpoint.ip) - host->ip.len, host->ip.bytes, host->ip.len);
    return endpoint;
}

static bool is_wildcard(const struct endpoint *endpoint)
{
    static const uint8_t zeros[16];
    size_t prefix = memcmp(endpoint->ip, v4_prefix, sizeof(v4_prefix)) ? 0 : sizeof(v4_prefix);

    return memcmp(endpoint->ip + prefix, zeros, sizeof(zeros) - prefix) == 0;
}

bool endpoint_meets(const struct endpoint *a, const struct endpoint *b)
{
    if (a->kind != b->kind || a->kind == ENDPOINT_UNKNOWN)
        return false;
    if (a->kind == ENDPOINT_PATH)
        return a->path == b->path;
    return a->port == b->port &&
           (is_wildcard(a) || is_wildcard(b) || memcmp(a->ip, b->ip, sizeof(a->ip)) == 0);
}

bool endpoint_may_meet(const struct endpoint *a, const struct endpoint *b)
{
    return a->kind == ENDPOINT_UNKNOWN || b->kind == ENDPOINT_UNKNOWN || endpoint_meets(a, b);
}

uint64_t endpoint_door(const struct endpoint *endpoint)
{
    return endpoint->kind == ENDPOINT_PATH ? endpoint->path : endpoint->port;
}

uint64_t endpoint_pair(const struct endpoint *client, const struct endpoint *server)
{
    uint64_t doors[2] = {endpoint_door(client), endpoint_door(server)};

    return hash(hash(hash_seed, doors, sizeof(doors)), client->ip, sizeof(client->ip));
}
