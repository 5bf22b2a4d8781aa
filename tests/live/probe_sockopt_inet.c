/* tests/live/probe_sockopt_inet.c: options of IP, IPv6, TCP and UDP on sockets of loopback: by name, by their
 * real types, and bad calls. */
#include "probe.h"

#include <linux/filter.h>
#include <linux/net_tstamp.h>
#include <netinet/udp.h>
#include <sys/time.h>

/* An option whose value is an int: set, and read back as the kernel has it now. */
struct option {
    int level, name;
    const char *text;
    int value;
};

#define OPTION(level, name, value)                                                                           \
    {                                                                                                        \
        level, name, #level ", " #name, value                                                                \
    }

static void ints(int fd, const struct option *options, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const struct option *o = &options[i];
        int got = 0;
        socklen_t room = sizeof got;
        long result;

        CALL(setsockopt(fd, o->level, o->name, &o->value, sizeof o->value), "setsockopt(%d, %s, [%d], 4)", fd,
             o->text, o->value);
        CALL(result = getsockopt(fd, o->level, o->name, &got, &room), "getsockopt(%d, %s, %s, [4])", fd,
             o->text, result < 0 ? probe_text("%p", (void *)&got) : probe_text("[%d]", got));
    }
}

#define INTS(fd, options) ints(fd, options, sizeof(options) / sizeof((options)[0]))

static void udp(void)
{
    static const struct option options[] = {
        OPTION(SOL_UDP, UDP_CORK, 0),
        OPTION(SOL_UDP, UDP_SEGMENT, 1400),
        OPTION(SOL_UDP, UDP_GRO, 1),
        OPTION(SOL_UDP, UDP_NO_CHECK6_TX, 1),
        OPTION(SOL_IP, IP_RECVTOS, 1),
        OPTION(SOL_IP, IP_RECVERR, 1),
        OPTION(SOL_IP, IP_ORIGDSTADDR, 1),
        OPTION(SOL_IP, IP_FREEBIND, 1),
        OPTION(SOL_IP, IP_MINTTL, 3),
        OPTION(SOL_IP, IP_BIND_ADDRESS_NO_PORT, 1),
        OPTION(SOL_IP, IP_MULTICAST_ALL, 0),
        OPTION(SOL_IP, IP_MTU, 5),
        OPTION(SOL_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE),
        OPTION(SOL_SOCKET, SO_RXQ_OVFL, 1),
        OPTION(SOL_SOCKET, SO_NO_CHECK, 1),
        OPTION(SOL_SOCKET, SO_TIMESTAMPING_OLD, SOF_TIMESTAMPING_RX_SOFTWARE),
        OPTION(SOL_SOCKET, SO_TIMESTAMPNS_OLD, 1),
        OPTION(SOL_SOCKET, SO_PEEK_OFF, 0),
        OPTION(SOL_SOCKET, SO_BUSY_POLL, 0),
        OPTION(SOL_SOCKET, SO_INCOMING_CPU, 0),
        OPTION(SOL_SOCKET, SO_LOCK_FILTER, 0),
        OPTION(SOL_SOCKET, SO_PASSCRED, 1),
        OPTION(SOL_SOCKET, SO_DEBUG, 0),
        OPTION(SOL_SOCKET, SO_DONTROUTE, 1),
        OPTION(SOL_SOCKET, SO_SNDLOWAT, 1),
        OPTION(SOL_SOCKET, SO_SNDBUFFORCE, 4096),
        OPTION(SOL_SOCKET, SO_ZEROCOPY, 1),
        OPTION(SOL_SOCKET, SO_MARK, 0),
        OPTION(SOL_SOCKET, SO_SELECT_ERR_QUEUE, 1),
    };
    int fd = -1;
    unsigned char ttl = 0;
    socklen_t len = 1;

    CALL(fd = socket(AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    INTS(fd, options);
    ttl = 9;
    CALL(setsockopt(fd, SOL_IP, IP_MULTICAST_TTL, &ttl, 1),
         "setsockopt(%d, SOL_IP, IP_MULTICAST_TTL, \"\\t\", 1)", fd);
    CALL(getsockopt(fd, SOL_IP, IP_MULTICAST_TTL, &ttl, &len),
         "getsockopt(%d, SOL_IP, IP_MULTICAST_TTL, \"\\t\", [1])", fd);
    probe_close(fd);
}

static void groups(void)
{
    struct ip_mreq mreq = {0};
    struct group_req group = {0};
    struct sockaddr_in address = probe_in("224.0.0.5", 0);
    char *edge = probe_edge(7);
    int fd = -1;

    mreq.imr_multiaddr = address.sin_addr;
    mreq.imr_interface.s_addr = htonl(INADDR_LOOPBACK);
    CALL(fd = socket(AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    CALL(setsockopt(fd, SOL_IP, IP_ADD_MEMBERSHIP, &mreq, sizeof mreq),
         "setsockopt(%d, SOL_IP, IP_ADD_MEMBERSHIP, {imr_multiaddr=inet_addr(\"224.0.0.5\"), "
         "imr_interface=inet_addr(\"127.0.0.1\")}, 8)",
         fd);
    CALL(setsockopt(fd, SOL_IP, IP_DROP_MEMBERSHIP, &mreq, sizeof mreq),
         "setsockopt(%d, SOL_IP, IP_DROP_MEMBERSHIP, {imr_multiaddr=inet_addr(\"224.0.0.5\"), "
         "imr_interface=inet_addr(\"127.0.0.1\")}, 8)",
         fd);
    CALL(setsockopt(fd, SOL_IP, IP_DROP_MEMBERSHIP, &mreq, 7),
         "setsockopt(%d, SOL_IP, IP_DROP_MEMBERSHIP, %p, 7)", fd, (void *)&mreq);
    CALL(setsockopt(fd, SOL_IP, IP_ADD_MEMBERSHIP, NULL, 8),
         "setsockopt(%d, SOL_IP, IP_ADD_MEMBERSHIP, NULL, 8)", fd);
    CALL(setsockopt(fd, SOL_IP, IP_ADD_MEMBERSHIP, edge, 8),
         "setsockopt(%d, SOL_IP, IP_ADD_MEMBERSHIP, %p, 8)", fd, (void *)edge);
    group.gr_interface = 1;
    memcpy(&group.gr_group, &address, sizeof address);
    CALL(setsockopt(fd, SOL_IP, MCAST_JOIN_GROUP, &group, sizeof group),
         "setsockopt(%d, SOL_IP, MCAST_JOIN_GROUP, {gr_interface=if_nametoindex(\"lo\"), gr_group=%s}, %zu)",
         fd, probe_in_text(&address), sizeof group);
    CALL(setsockopt(fd, SOL_IP, MCAST_LEAVE_GROUP, &group, sizeof group - 1),
         "setsockopt(%d, SOL_IP, MCAST_LEAVE_GROUP, %p, %zu)", fd, (void *)&group, sizeof group - 1);
    probe_close(fd);
}

static void six(void)
{
    static const struct option options[] = {
        OPTION(SOL_IPV6, IPV6_MULTICAST_HOPS, 3), OPTION(SOL_IPV6, IPV6_MULTICAST_LOOP, 1),
        OPTION(SOL_IPV6, IPV6_MULTICAST_IF, 0),   OPTION(SOL_IPV6, IPV6_RECVERR, 1),
        OPTION(SOL_IPV6, IPV6_RECVHOPLIMIT, 1),   OPTION(SOL_IPV6, IPV6_RECVTCLASS, 1),
        OPTION(SOL_IPV6, IPV6_TCLASS, 8),         OPTION(SOL_IPV6, IPV6_MTU_DISCOVER, 2),
        OPTION(SOL_IPV6, IPV6_DONTFRAG, 1),       OPTION(SOL_IPV6, IPV6_AUTOFLOWLABEL, 1),
        OPTION(SOL_IPV6, IPV6_RECVPATHMTU, 1),    OPTION(SOL_IPV6, IPV6_ADDR_PREFERENCES, 2),
        OPTION(SOL_IPV6, IPV6_FREEBIND, 1),       OPTION(SOL_IPV6, IPV6_CHECKSUM, 2),
    };
    struct ipv6_mreq mreq = {0};
    int fd = -1;

    CALL(fd = socket(AF_INET6, SOCK_DGRAM, 0), "socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP)");
    if (fd < 0)
        return;
    INTS(fd, options);
    mreq.ipv6mr_multiaddr = probe_in6("ff02::5", 0).sin6_addr;
    mreq.ipv6mr_interface = 1;
    CALL(
        setsockopt(fd, SOL_IPV6, IPV6_ADD_MEMBERSHIP, &mreq, sizeof mreq),
        "setsockopt(%d, SOL_IPV6, IPV6_ADD_MEMBERSHIP, {inet_pton(AF_INET6, \"ff02::5\", &ipv6mr_multiaddr), "
        "ipv6mr_interface=if_nametoindex(\"lo\")}, 20)",
        fd);
    CALL(setsockopt(fd, SOL_IPV6, IPV6_DROP_MEMBERSHIP, &mreq, 19),
         "setsockopt(%d, SOL_IPV6, IPV6_DROP_MEMBERSHIP, %p, 19)", fd, (void *)&mreq);
    probe_close(fd);
}

/* An address of the loopback that listens, and a connection to it. */
static void connected(int *listener, int *client)
{
    struct sockaddr_in in = probe_in("127.0.0.1", 0);

    CALL(*listener = socket(AF_INET, SOCK_STREAM, 0), "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)");
    CALL(bind(*listener, (struct sockaddr *)&in, sizeof in), "bind(%d, %s, 16)", *listener,
         probe_in_text(&in));
    CALL(listen(*listener, 1), "listen(%d, 1)", *listener);
    in = probe_bound(*listener);
    CALL(*client = socket(AF_INET, SOCK_STREAM, 0), "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)");
    CALL(connect(*client, (struct sockaddr *)&in, sizeof in), "connect(%d, %s, 16)", *client,
         probe_in_text(&in));
}

static void tcp(void)
{
    static const struct option options[] = {
        OPTION(SOL_TCP, TCP_LINGER2, 9),
        OPTION(SOL_TCP, TCP_WINDOW_CLAMP, 65535),
        OPTION(SOL_TCP, TCP_THIN_DUPACK, 0),
        OPTION(SOL_TCP, TCP_THIN_LINEAR_TIMEOUTS, 1),
        OPTION(SOL_TCP, TCP_NOTSENT_LOWAT, 4096),
        OPTION(SOL_TCP, TCP_SAVE_SYN, 1),
        OPTION(SOL_TCP, TCP_FASTOPEN, 5),
        OPTION(SOL_TCP, TCP_FASTOPEN_CONNECT, 1),
        OPTION(SOL_TCP, TCP_INQ, 1),
        OPTION(SOL_TCP, TCP_TX_DELAY, 0),
        OPTION(SOL_TCP, TCP_REPAIR_QUEUE, 1),
    };
    int listener = -1, client = -1, error = -1;
    socklen_t len = 0;
    unsigned char info[8];
    char name[16], *edge = probe_edge(3);

    connected(&listener, &client);
    INTS(client, options);
    len = 2;
    CALL(getsockopt(client, SOL_TCP, TCP_MAXSEG, &error, &len),
         "getsockopt(%d, SOL_TCP, TCP_MAXSEG, %s, [2])", client, probe_quote(&error, 2));
    len = 0;
    CALL(getsockopt(client, SOL_TCP, TCP_INFO, info, &len), "getsockopt(%d, SOL_TCP, TCP_INFO, %p, [0])",
         client, (void *)info);
    CALL(getsockopt(client, SOL_TCP, TCP_INFO, info, NULL), "getsockopt(%d, SOL_TCP, TCP_INFO, %p, NULL)",
         client, (void *)info);
    len = (socklen_t)-1;
    CALL(getsockopt(client, SOL_TCP, TCP_CONGESTION, name, &len),
         "getsockopt(%d, SOL_TCP, TCP_CONGESTION, %p, [-1])", client, (void *)name);
    CALL(setsockopt(client, SOL_TCP, TCP_CONGESTION, "no such", 7),
         "setsockopt(%d, SOL_TCP, TCP_CONGESTION, \"no such\", 7)", client);
    CALL(setsockopt(client, SOL_TCP, TCP_CONGESTION, edge, 7),
         "setsockopt(%d, SOL_TCP, TCP_CONGESTION, %p, 7)", client, (void *)edge);
    CALL(setsockopt(client, SOL_TCP, TCP_ULP, "no such", 7),
         "setsockopt(%d, SOL_TCP, TCP_ULP, \"no such\", 7)", client);
    probe_close(client);
    probe_close(listener);
}

/* Where strace shows bytes, a bare number or an address. */
static void known(void)
{
    struct sock_filter all = BPF_STMT(BPF_RET | BPF_K, 0x40000);
    struct sock_fprog filter = {1, &all};
    struct timeval timeout = {3, 7};
    struct in_addr loopback = {htonl(INADDR_LOOPBACK)};
    char name[16] = "";
    socklen_t len = sizeof name;
    int fd = -1;

    CALL(fd = socket(AF_INET, SOCK_STREAM, 0), "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)");
    CALL(setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter),
         "setsockopt(%d, SOL_SOCKET, SO_ATTACH_FILTER, {len=1, filter=[BPF_STMT(BPF_RET|BPF_K, 0x40000)]}, "
         "%zu)",
         fd, sizeof filter);
    CALL(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout),
         "setsockopt(%d, SOL_SOCKET, SO_RCVTIMEO_OLD, {tv_sec=3, tv_usec=7}, %zu)", fd, sizeof timeout);
    CALL(getsockopt(fd, SOL_TCP, TCP_CONGESTION, name, &len),
         "getsockopt(%d, SOL_TCP, TCP_CONGESTION, \"%s\", [16])", fd, name);
    CALL(setsockopt(fd, SOL_IP, IP_MULTICAST_IF, &loopback, sizeof loopback),
         "setsockopt(%d, SOL_IP, IP_MULTICAST_IF, inet_addr(\"127.0.0.1\"), 4)", fd);
    probe_close(fd);
}

int main(void)
{
    udp();
    groups();
    six();
    tcp();
    known();
    return 0;
}
