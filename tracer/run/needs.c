/* run/needs.c: a probe for each requirement. */
#include "run/needs.h"

#include "base/alloc.h"

#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

typedef const char *(*probe_fn)(const struct need *need, const struct needs_place *place,
                                struct arena *arena);

static const char *probe_ipv6(const struct need *need, const struct needs_place *place, struct arena *arena)
{
    struct sockaddr_in6 addr = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const char *why = NULL;

    (void)need, (void)place;
    if (fd < 0)
        return arena_printf(arena, "socket(AF_INET6) fails: %s", strerror(errno));
    if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
        why = arena_printf(arena, "binding to ::1 fails: %s", strerror(errno));
    close(fd);
    return why;
}

/* Programs that this process starts keep its capabilities only where it is root; it has them in any case once
 * it has moved into a user namespace. Giving an interface the flags that it has takes CAP_NET_ADMIN and
 * changes nothing. */
static const char *probe_root(const struct need *need, const struct needs_place *place, struct arena *arena)
{
    struct ifreq request = {.ifr_name = "lo"};
    const char *why = NULL;
    int fd;

    (void)need, (void)place;
    if (geteuid() != 0)
        return arena_printf(arena, "this is user %u", (unsigned)geteuid());
    fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &request) < 0 || ioctl(fd, SIOCSIFFLAGS, &request) < 0)
        why = arena_printf(arena, "setting the flags of lo fails: %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return why;
}

static const char *probe_namespace(const struct need *need, const struct needs_place *place,
                                   struct arena *arena)
{
    (void)need, (void)arena;
    return place->refusal;
}

static const char *probe_linux(const struct need *need, const struct needs_place *place, struct arena *arena)
{
    unsigned major, minor;

    if (sscanf(place->release, "%u.%u", &major, &minor) == 2 &&
        (major > need->major || (major == need->major && minor >= need->minor)))
        return NULL;
    return arena_printf(arena, "this is Linux %s", place->release);
}

static const probe_fn probes[] = {
    [NEED_IPV6] = probe_ipv6,
    [NEED_ROOT] = probe_root,
    [NEED_NAMESPACE] = probe_namespace,
    [NEED_LINUX] = probe_linux,
};

_Static_assert(ARRAY_LEN(probes) == NEED_COUNT, "a probe for each requirement");

const char *needs_missing(const struct need *need, const struct needs_place *place, struct arena *arena)
{
    const char *why = probes[need->kind](need, place, arena), *missing = NULL;
    struct buf text = {0};

    if (why) {
        need_text(&text, need);
        missing = arena_printf(arena, "it requires %s: %s", buf_str(&text), why);
    }
    buf_release(&text);
    return missing;
}
