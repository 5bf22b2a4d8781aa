/* tests/live/probe_bind.c: bind and getsockname with addresses of every family, cut short, unreadable and
 * absurd. */
#include "probe.h"

static void inet(void)
{
    int fd = -1;
    struct sockaddr_in any = probe_in("0.0.0.0", 0), loopback = probe_in("127.0.0.1", 0), got;
    struct sockaddr_in foreign = probe_in("192.0.2.1", 7000);
    struct sockaddr *edge = (struct sockaddr *)probe_edge(8), *nowhere = probe_nowhere();
    struct sockaddr *sa = (struct sockaddr *)&loopback;
    struct sockaddr_storage big = {.ss_family = AF_INET};
    socklen_t len;

    CALL(fd = socket(AF_INET, SOCK_STREAM, 0), "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)");
    CALL(bind(fd, NULL, 0), "bind(%d, NULL, 0)", fd);
    CALL(bind(fd, NULL, 16), "bind(%d, NULL, 16)", fd);
    CALL(bind(fd, nowhere, 16), "bind(%d, %p, 16)", fd, (void *)nowhere);
    CALL(bind(fd, edge, 16), "bind(%d, %p, 16)", fd, (void *)edge);
    CALL(bind(fd, sa, 0), "bind(%d, %p, 0)", fd, (void *)sa);
    CALL(bind(fd, sa, 1), "bind(%d, %p, 1)", fd, (void *)sa);
    CALL(bind(fd, sa, 2), "bind(%d, {sa_family=AF_INET}, 2)", fd);
    CALL(bind(fd, sa, 8), "bind(%d, {sa_family=AF_INET, sa_data=\"\\0\\0\\177\\0\\0\\1\"}, 8)", fd);
    CALL(bind(fd, sa, (socklen_t)-1), "bind(%d, %p, -1)", fd, (void *)sa);
    CALL(bind(fd, (struct sockaddr *)&big, sizeof big), "bind(%d, %s, 128)", fd, probe_in_text(&any));
    CALL(bind(fd, sa, 16), "bind(%d, %s, 16)", fd, probe_in_text(&loopback));

    got = probe_bound(fd);
    len = 64;
    CALL(getsockname(fd, (struct sockaddr *)&big, &len), "getsockname(%d, %s, [64 => 16])", fd,
         probe_in_text(&got));
    len = 8;
    CALL(getsockname(fd, (struct sockaddr *)&big, &len),
         "getsockname(%d, {sa_family=AF_INET, sa_data=%s}, [8 => 16])", fd, probe_quote(&got.sin_port, 6));
    len = 0;
    CALL(getsockname(fd, (struct sockaddr *)&big, &len), "getsockname(%d, %p, [0 => 16])", fd, (void *)&big);
    len = (socklen_t)-1;
    CALL(getsockname(fd, (struct sockaddr *)&big, &len), "getsockname(%d, %p, [-1])", fd, (void *)&big);
    len = 16;
    CALL(getsockname(fd, NULL, &len), "getsockname(%d, NULL, %p)", fd, (void *)&len);
    CALL(getsockname(fd, sa, NULL), "getsockname(%d, %p, NULL)", fd, (void *)sa);
    CALL(getsockname(fd, nowhere, &len), "getsockname(%d, %p, [16])", fd, (void *)nowhere);
    CALL(getsockname(-1, sa, &len), "getsockname(-1, %p, [16])", (void *)sa);
    CALL(getpeername(fd, sa, &len), "getpeername(%d, %p, [16])", fd, (void *)sa);
    CALL(bind(fd, sa, 16), "bind(%d, %s, 16)", fd, probe_in_text(&loopback));
    probe_close(fd);

    CALL(fd = socket(AF_INET, SOCK_STREAM, 0), "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)");
    CALL(bind(fd, (struct sockaddr *)&foreign, 16), "bind(%d, %s, 16)", fd, probe_in_text(&foreign));
    CALL(bind(fd, (struct sockaddr *)&got, 16), "bind(%d, %s, 16)", fd, probe_in_text(&got));
    CALL(bind(99, (struct sockaddr *)&got, 16), "bind(99, %s, 16)", probe_in_text(&got));
    CALL(bind(-1, (struct sockaddr *)&got, 16), "bind(-1, %s, 16)", probe_in_text(&got));
    CALL(bind(0, (struct sockaddr *)&got, 16), "bind(0, %s, 16)", probe_in_text(&got));
    probe_close(fd);
}

static void other_families(void)
{
    int fd = -1;
    struct sockaddr_in6 in6 = probe_in6("::1", 0);
    struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = "/nonexistent/socket"};
    struct sockaddr_un abstract = {.sun_family = AF_UNIX, .sun_path = "\0sockdrill probe"};
    struct sockaddr_un full = {.sun_family = AF_UNIX};
    struct sockaddr unknown = {.sa_family = 99, .sa_data = "0123456789abc"};
    struct sockaddr unspec = {.sa_family = AF_UNSPEC};
    socklen_t family = offsetof(struct sockaddr_un, sun_path);
    socklen_t len = family + 16;

    memset(full.sun_path, 'x', sizeof full.sun_path);
    memcpy(full.sun_path, "/nonexistent/", 13);

    CALL(fd = socket(AF_INET6, SOCK_STREAM, 0), "socket(AF_INET6, SOCK_STREAM, IPPROTO_IP)");
    if (fd >= 0) {
        in6.sin6_flowinfo = htonl(7);
        in6.sin6_scope_id = 0;
        CALL(bind(fd, (struct sockaddr *)&in6, 28), "bind(%d, %s, 28)", fd, probe_in6_text(&in6));
        CALL(bind(fd, (struct sockaddr *)&in6, 24),
             "bind(%d, {sa_family=AF_INET6, sin6_port=htons(0), sin6_flowinfo=htonl(7), "
             "inet_pton(AF_INET6, \"::1\", &sin6_addr)}, 24)",
             fd);
        probe_close(fd);
    }

    CALL(fd = socket(AF_UNIX, SOCK_STREAM, 0), "socket(AF_UNIX, SOCK_STREAM, 0)");
    CALL(bind(fd, (struct sockaddr *)&un, sizeof un),
         "bind(%d, {sa_family=AF_UNIX, sun_path=\"/nonexistent/socket\"}, %zu)", fd, sizeof un);
    CALL(bind(fd, (struct sockaddr *)&un, family + 13),
         "bind(%d, {sa_family=AF_UNIX, sun_path=\"/nonexistent/\"}, %u)", fd, family + 13);
    CALL(bind(fd, (struct sockaddr *)&full, sizeof full),
         "bind(%d, {sa_family=AF_UNIX, sun_path=\"%.108s\"}, %zu)", fd, full.sun_path, sizeof full);
    CALL(bind(fd, (struct sockaddr *)&unknown, 16),
         "bind(%d, {sa_family=0x63 /* AF_??? */, sa_data=\"0123456789abc\\0\"}, 16)", fd);
    CALL(bind(fd, (struct sockaddr *)&unspec, 16),
         "bind(%d, {sa_family=AF_UNSPEC, sa_data=\"\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}, 16)", fd);
    CALL(bind(fd, (struct sockaddr *)&abstract, len),
         "bind(%d, {sa_family=AF_UNIX, sun_path=@\"sockdrill probe\"}, %u)", fd, len);
    len = sizeof un;
    CALL(getsockname(fd, (struct sockaddr *)&un, &len),
         "getsockname(%d, {sa_family=AF_UNIX, sun_path=@\"sockdrill probe\"}, [%zu => %u])", fd, sizeof un,
         len);
    probe_close(fd);

    CALL(fd = socket(AF_UNIX, SOCK_STREAM, 0), "socket(AF_UNIX, SOCK_STREAM, 0)");
    CALL(bind(fd, (struct sockaddr *)&unspec, 2), "bind(%d, {sa_family=AF_UNSPEC}, 2)", fd);
    len = sizeof un;
    CALL(getsockname(fd, (struct sockaddr *)&un, &len), "getsockname(%d, {sa_family=AF_UNIX}, [%zu => %u])",
         fd, sizeof un, len);
    probe_close(fd);
}

int main(void)
{
    inet();
    other_families();
    return 0;
}
