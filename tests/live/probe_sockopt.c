/* tests/live/probe_sockopt.c: setsockopt and getsockopt: the common options by name and value, the others,
 * and bad calls. */
#include "probe.h"

#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <sys/time.h>

/* An option whose value is an int: set, and read back as the kernel has it now. */
struct option {
    int level, name;
    const char *level_text, *name_text;
    int value;
};

#define OPTION(level, name, value)                                                                           \
    {                                                                                                        \
        level, name, #level, #name, value                                                                    \
    }

static void ints(int fd, const struct option *options, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const struct option *o = &options[i];
        int got = 0;
        socklen_t got_len = sizeof got;

        CALL(setsockopt(fd, o->level, o->name, &o->value, sizeof o->value), "setsockopt(%d, %s, %s, [%d], 4)",
             fd, o->level_text, o->name_text, o->value);
        CALL(getsockopt(fd, o->level, o->name, &got, &got_len), "getsockopt(%d, %s, %s, [%d], [4])", fd,
             o->level_text, o->name_text, got);
    }
}

static void tcp(void)
{
    static const struct option options[] = {
        OPTION(SOL_SOCKET, SO_REUSEADDR, 1), OPTION(SOL_SOCKET, SO_REUSEPORT, 1),
        OPTION(SOL_SOCKET, SO_KEEPALIVE, 1), OPTION(SOL_SOCKET, SO_SNDBUF, 20000),
        OPTION(SOL_SOCKET, SO_RCVBUF, 1),    OPTION(SOL_SOCKET, SO_RCVLOWAT, 5),
        OPTION(SOL_SOCKET, SO_OOBINLINE, 1), OPTION(SOL_SOCKET, SO_PRIORITY, 3),
        OPTION(SOL_TCP, TCP_NODELAY, 1),     OPTION(SOL_TCP, TCP_MAXSEG, 1000),
        OPTION(SOL_TCP, TCP_CORK, 1),        OPTION(SOL_TCP, TCP_KEEPIDLE, 30),
        OPTION(SOL_TCP, TCP_KEEPINTVL, 5),   OPTION(SOL_TCP, TCP_KEEPCNT, 3),
        OPTION(SOL_TCP, TCP_SYNCNT, 2),      OPTION(SOL_TCP, TCP_DEFER_ACCEPT, 1),
        OPTION(SOL_TCP, TCP_QUICKACK, 0),    OPTION(SOL_TCP, TCP_USER_TIMEOUT, 500),
        OPTION(SOL_IP, IP_TTL, 9),           OPTION(SOL_IP, IP_TOS, 16),
        OPTION(SOL_IP, IP_RECVTTL, 1),       OPTION(SOL_IP, IP_MTU_DISCOVER, 2),
    };
    int fd = -1, got = -1;
    socklen_t len = sizeof got;
    struct linger linger = {.l_onoff = 1, .l_linger = 5};

    CALL(fd = socket(AF_INET, SOCK_STREAM, 0), "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)");
    ints(fd, options, sizeof options / sizeof options[0]);
    CALL(getsockopt(fd, SOL_SOCKET, SO_TYPE, &got, &len), "getsockopt(%d, SOL_SOCKET, SO_TYPE, [1], [4])",
         fd);
    CALL(getsockopt(fd, SOL_SOCKET, SO_ERROR, &got, &len), "getsockopt(%d, SOL_SOCKET, SO_ERROR, [0], [4])",
         fd);
    CALL(getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &got, &len),
         "getsockopt(%d, SOL_SOCKET, SO_ACCEPTCONN, [0], [4])", fd);
    CALL(getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &got, &len), "getsockopt(%d, SOL_SOCKET, SO_DOMAIN, [2], [4])",
         fd);
    CALL(getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &got, &len),
         "getsockopt(%d, SOL_SOCKET, SO_PROTOCOL, [6], [4])", fd);
    CALL(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger),
         "setsockopt(%d, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, 8)", fd);
    len = sizeof linger;
    CALL(getsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, &len),
         "getsockopt(%d, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, [8])", fd);
    probe_close(fd);
}

static void others(void)
{
    static const struct option six[] = {
        OPTION(SOL_IPV6, IPV6_V6ONLY, 1),
        OPTION(SOL_IPV6, IPV6_UNICAST_HOPS, 7),
        OPTION(SOL_IPV6, IPV6_RECVPKTINFO, 1),
    };
    static const struct option udp[] = {
        OPTION(SOL_SOCKET, SO_BROADCAST, 1),
        OPTION(SOL_IP, IP_MULTICAST_TTL, 2),
        OPTION(SOL_IP, IP_MULTICAST_LOOP, 0),
        OPTION(SOL_IP, IP_PKTINFO, 1),
    };
    int fd = -1;

    CALL(fd = socket(AF_INET6, SOCK_STREAM, 0), "socket(AF_INET6, SOCK_STREAM, IPPROTO_IP)");
    if (fd >= 0) {
        ints(fd, six, sizeof six / sizeof six[0]);
        probe_close(fd);
    }
    CALL(fd = socket(AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    ints(fd, udp, sizeof udp / sizeof udp[0]);
    probe_close(fd);
}

static void bad(void)
{
    int fd = -1, one = 1, *nowhere = probe_nowhere(), *edge = (int *)probe_edge(2);
    socklen_t len = 4;

    CALL(fd = socket(AF_INET, SOCK_STREAM, 0), "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)");
    CALL(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, NULL, 4),
         "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, NULL, 4)", fd);
    CALL(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, nowhere, 4),
         "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, %p, 4)", fd, (void *)nowhere);
    CALL(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, edge, 4), "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, %p, 4)",
         fd, (void *)edge);
    CALL(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, 2), "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, %p, 2)",
         fd, (void *)&one);
    CALL(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, 0), "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, %p, 0)",
         fd, (void *)&one);
    CALL(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, (socklen_t)-1),
         "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, %p, -1)", fd, (void *)&one);
    CALL(setsockopt(fd, SOL_SOCKET, 9999, &one, 4), "setsockopt(%d, SOL_SOCKET, 0x270f /* SO_??? */, [1], 4)",
         fd);
    CALL(setsockopt(fd, 9999, 1, &one, 4), "setsockopt(%d, 0x270f /* SOL_?? */, 1, [1], 4)", fd);
    CALL(setsockopt(fd, SOL_TCP, TCP_CONGESTION, "cubic", 5),
         "setsockopt(%d, SOL_TCP, TCP_CONGESTION, \"cubic\", 5)", fd);
    CALL(setsockopt(fd, SOL_TCP, 9999, &one, 4), "setsockopt(%d, SOL_TCP, 0x270f /* TCP_??? */, [1], 4)", fd);
    CALL(getsockopt(fd, SOL_SOCKET, SO_TYPE, NULL, &len), "getsockopt(%d, SOL_SOCKET, SO_TYPE, NULL, [4])",
         fd);
    CALL(getsockopt(fd, SOL_SOCKET, SO_TYPE, &one, NULL), "getsockopt(%d, SOL_SOCKET, SO_TYPE, %p, NULL)", fd,
         (void *)&one);
    CALL(getsockopt(fd, SOL_SOCKET, SO_TYPE, nowhere, &len), "getsockopt(%d, SOL_SOCKET, SO_TYPE, %p, [4])",
         fd, (void *)nowhere);
    len = 0;
    CALL(getsockopt(fd, SOL_SOCKET, SO_TYPE, &one, &len), "getsockopt(%d, SOL_SOCKET, SO_TYPE, %p, [0])", fd,
         (void *)&one);
    len = (socklen_t)-1;
    CALL(getsockopt(fd, SOL_SOCKET, SO_TYPE, &one, &len), "getsockopt(%d, SOL_SOCKET, SO_TYPE, %p, [-1])", fd,
         (void *)&one);
    len = 2;
    CALL(getsockopt(fd, SOL_SOCKET, SO_TYPE, &one, &len),
         "getsockopt(%d, SOL_SOCKET, SO_TYPE, \"\\1\\0\", [2])", fd);
    CALL(setsockopt(99, SOL_SOCKET, SO_REUSEADDR, &one, 4),
         "setsockopt(99, SOL_SOCKET, SO_REUSEADDR, [%d], 4)", one);
    CALL(setsockopt(0, SOL_SOCKET, SO_REUSEADDR, &one, 4), "setsockopt(0, SOL_SOCKET, SO_REUSEADDR, [%d], 4)",
         one);
    CALL(getsockopt(-1, SOL_SOCKET, SO_TYPE, &one, &len), "getsockopt(-1, SOL_SOCKET, SO_TYPE, %p, [2])",
         (void *)&one);
    probe_close(fd);
}

/* Levels whose sockets may need rights: on a bad descriptor, which every user has. */
static void levels(void)
{
    int one[2] = {1, 2};
    struct tpacket_req ring = {4096, 2, 2048, 4};

    CALL(setsockopt(-1, SOL_NETLINK, NETLINK_EXT_ACK, one, 4),
         "setsockopt(-1, SOL_NETLINK, NETLINK_EXT_ACK, [1], 4)");
    CALL(setsockopt(-1, SOL_NETLINK, NETLINK_EXT_ACK, one, 8),
         "setsockopt(-1, SOL_NETLINK, NETLINK_EXT_ACK, [1], 8)");
    CALL(setsockopt(-1, SOL_NETLINK, NETLINK_EXT_ACK, one, 2),
         "setsockopt(-1, SOL_NETLINK, NETLINK_EXT_ACK, %p, 2)", (void *)one);
    CALL(setsockopt(-1, SOL_PACKET, PACKET_VERSION, one, 4),
         "setsockopt(-1, SOL_PACKET, PACKET_VERSION, [1], 4)");
    CALL(setsockopt(-1, SOL_PACKET, PACKET_RX_RING, &ring, sizeof ring),
         "setsockopt(-1, SOL_PACKET, PACKET_RX_RING, {tp_block_size=4096, tp_block_nr=2, tp_frame_size=2048, "
         "tp_frame_nr=4}, 16)");
    CALL(setsockopt(-1, SOL_RAW, 2, one, 4), "setsockopt(-1, SOL_RAW, 0x2 /* RAW_??? */, [1], 4)");
    CALL(setsockopt(-1, SOL_SOCKET, SO_ZEROCOPY, one, 8), "setsockopt(-1, SOL_SOCKET, SO_ZEROCOPY, [1], 8)");
    CALL(setsockopt(-1, SOL_SOCKET, SO_ERROR, one, 4), "setsockopt(-1, SOL_SOCKET, SO_ERROR, [1], 4)");
}

int main(void)
{
    tcp();
    others();
    bad();
    levels();
    return 0;
}
