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

/* The kernel takes what is long enough, and gives no more than there is room for. */
static void lengths(void)
{
    static const int room[] = {1, 2, 3, 4, 8, 0};
    static const char *const got[] = {"\"\\x01\"", "\"\\x01\\x00\"", "\"\\x01\\x00\\x00\"", "[1]", "[1]"};
    static const char *const len_text[] = {"[1]", "[2]", "[3]", "[4]", "[8 => 4]", "[0]"};
    int fd = -1, ones[3] = {1, 1, 0}, *edge = (int *)probe_edge(4);
    struct linger linger = {.l_onoff = 1, .l_linger = 5};
    socklen_t len;

    CALL(fd = socket(AF_INET, SOCK_STREAM, 0), "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)");
    CALL(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, ones, 8),
         "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, [1], 8)", fd);
    for (len = 1; len < 4; len++)
        CALL(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, ones, len),
             "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, %p, %u)", fd, (void *)ones, len);
    *edge = 1;
    CALL(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, edge, 100),
         "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, [1], 100)", fd);
    for (size_t i = 0; i < sizeof room / sizeof room[0]; i++) {
        len = (socklen_t)room[i];
        CALL(getsockopt(fd, SOL_SOCKET, SO_REUSEADDR, ones, &len),
             "getsockopt(%d, SOL_SOCKET, SO_REUSEADDR, %s, %s)", fd,
             room[i] ? got[i] : probe_text("%p", (void *)ones), len_text[i]);
    }
    CALL(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, 4), "setsockopt(%d, SOL_SOCKET, SO_LINGER, %p, 4)",
         fd, (void *)&linger);
    CALL(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, 7), "setsockopt(%d, SOL_SOCKET, SO_LINGER, %p, 7)",
         fd, (void *)&linger);
    CALL(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, 8),
         "setsockopt(%d, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, 8)", fd);
    len = 4;
    CALL(getsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, &len),
         "getsockopt(%d, SOL_SOCKET, SO_LINGER, {l_onoff=1}, [4])", fd);
    len = 6;
    CALL(getsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, &len),
         "getsockopt(%d, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=\"\\x05\\x00\"}, [6])", fd);
    len = 20;
    CALL(getsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, &len),
         "getsockopt(%d, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, [20 => 8])", fd);
    CALL(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, ones, 7),
         "setsockopt(%d, SOL_SOCKET, SO_RCVTIMEO_OLD, \"\\1\\0\\0\\0\\1\\0\\0\", 7)", fd);
    CALL(setsockopt(fd, SOL_TCP, TCP_NODELAY, ones, 8),
         "setsockopt(%d, SOL_TCP, TCP_NODELAY, \"\\1\\0\\0\\0\\1\\0\\0\\0\", 8)", fd);
    probe_close(fd);
}

static void peer(void)
{
    int pair[2];
    struct ucred cred;
    socklen_t len = 20;

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    CALL(getsockopt(pair[0], SOL_SOCKET, SO_PEERCRED, &cred, &len),
         "getsockopt(%d, SOL_SOCKET, SO_PEERCRED, {pid=%d, uid=%d, gid=%d}, [20 => 12])", pair[0], cred.pid,
         (int)cred.uid, (int)cred.gid);
    len = 4;
    CALL(getsockopt(pair[0], SOL_SOCKET, SO_PEERCRED, &cred, &len),
         "getsockopt(%d, SOL_SOCKET, SO_PEERCRED, {pid=%d}, [4])", pair[0], cred.pid);
    probe_close(pair[0]);
    probe_close(pair[1]);
}

/* A read of the groups of a netlink socket says how much room they need, and fills what there is. */
static void netlink(void)
{
    int fd = -1, group = 1, groups[8] = {0};
    socklen_t len = 0;

    CALL(fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)");
    if (fd < 0)
        return;
    CALL(setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group),
         "setsockopt(%d, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, [1], 4)", fd);
    CALL(getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, NULL, &len),
         "getsockopt(%d, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, NULL, [0 => %u])", fd, len);
    len = 4;
    CALL(getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, groups, &len),
         "getsockopt(%d, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, [%d], [4%s])", fd, groups[0],
         len == 4 ? "" : probe_text(" => %u", len));
    len = 2;
    CALL(getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, groups, &len),
         "getsockopt(%d, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, [], [2 => %u])", fd, len);
    probe_close(fd);
}

/* Levels whose sockets may need rights: on a bad descriptor, which every user has. */
static void levels(void)
{
    static const struct {
        int level, name;
        const char *text;
    } names[] = {
        {AF_VSOCK, 0, "AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE"},
        {101, 3, "SOL_CAN_RAW, CAN_RAW_LOOPBACK"},
        {IPPROTO_SCTP, 3, "SOL_SCTP, SCTP_NODELAY"},
        {IPPROTO_SCTP, 0, "SOL_SCTP, SCTP_RTOINFO"},
        {IPPROTO_SCTP, 99, "SOL_SCTP, 0x63 /* SCTP_??? */"},
        {256, 1, "SOL_IPX, IPX_TYPE"},
        {257, 25, "SOL_AX25, SO_BINDTODEVICE"},
        {SOL_IRDA, 2, "SOL_IRDA, IRLMP_IAS_SET"},
        {SOL_LLC, 1, "SOL_LLC, LLC_OPT_RETRY"},
        {SOL_DCCP, 2, "SOL_DCCP, DCCP_SOCKOPT_SERVICE"},
        {SOL_TIPC, 127, "SOL_TIPC, TIPC_IMPORTANCE"},
        {SOL_RXRPC, 3, "SOL_RXRPC, RXRPC_EXCLUSIVE_CONNECTION"},
        {SOL_PPPOL2TP, 3, "SOL_PPPOL2TP, PPPOL2TP_SO_SENDSEQ"},
        {SOL_BLUETOOTH, 7, "SOL_BLUETOOTH, BT_DEFER_SETUP"},
        {SOL_PNPIPE, 1, "SOL_PNPIPE, PNPIPE_ENCAP"},
        {SOL_RDS, 5, "SOL_RDS, RDS_RECVERR"},
        {SOL_IUCV, 0x1000, "SOL_IUCV, SO_MSGLIMIT"},
        {SOL_CAIF, 127, "SOL_CAIF, CAIFSO_LINK_SELECT"},
        {SOL_ALG, 4, "SOL_ALG, ALG_SET_AEAD_ASSOCLEN"},
        {SOL_NFC, 0, "SOL_NFC, NFC_LLCP_RW"},
        {SOL_KCM, 1, "SOL_KCM, KCM_RECV_DISABLE"},
        {SOL_XDP, 2, "SOL_XDP, XDP_RX_RING"},
        {SOL_IP, 64, "SOL_IP, IPT_SO_SET_REPLACE"},
        {SOL_ATM, 1, "SOL_ATM, 1"},
    };
    int one[2] = {1, 2};
    unsigned filter = 1u << 3 | 1u << 8;
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
    for (int alen = 0; alen < 3; alen++) {
        static const char *const address[] = {"", "01:02:03:ab:05:06", "01:02:03:ab:05:06:07:08"};
        static const unsigned short lens[] = {0, 6, 99};
        struct packet_mreq mreq = {0, PACKET_MR_MULTICAST, lens[alen], {1, 2, 3, 0xab, 5, 6, 7, 8}};

        CALL(setsockopt(-1, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &mreq, sizeof mreq),
             "setsockopt(-1, SOL_PACKET, PACKET_ADD_MEMBERSHIP, {mr_ifindex=0, mr_type=PACKET_MR_MULTICAST, "
             "mr_alen=%u, mr_address=%s}, 16)",
             lens[alen], address[alen]);
    }
    CALL(setsockopt(-1, SOL_PACKET, PACKET_DROP_MEMBERSHIP, &ring, 15),
         "setsockopt(-1, SOL_PACKET, PACKET_DROP_MEMBERSHIP, %p, 15)", (void *)&ring);
    CALL(setsockopt(-1, SOL_PACKET, PACKET_TX_RING, &ring, 12),
         "setsockopt(-1, SOL_PACKET, PACKET_TX_RING, %p, 12)", (void *)&ring);
    CALL(setsockopt(-1, SOL_RAW, 1, &filter, 4),
         "setsockopt(-1, SOL_RAW, ICMP_FILTER, [ICMP_DEST_UNREACH ICMP_ECHO], 4)");
    filter = ~filter;
    CALL(setsockopt(-1, SOL_RAW, 1, &filter, 4),
         "setsockopt(-1, SOL_RAW, ICMP_FILTER, ~[ICMP_DEST_UNREACH ICMP_ECHO], 4)");
    CALL(setsockopt(-1, SOL_RAW, 1, &filter, 0), "setsockopt(-1, SOL_RAW, ICMP_FILTER, %p, 0)",
         (void *)&filter);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        CALL(setsockopt(-1, names[i].level, names[i].name, one, 4), "setsockopt(-1, %s, [1], 4)",
             names[i].text);
    CALL(setsockopt(-1, SOL_RAW, 2, one, 4), "setsockopt(-1, SOL_RAW, 0x2 /* RAW_??? */, [1], 4)");
    CALL(setsockopt(-1, SOL_SOCKET, SO_ZEROCOPY, one, 8), "setsockopt(-1, SOL_SOCKET, SO_ZEROCOPY, [1], 8)");
    CALL(setsockopt(-1, SOL_SOCKET, SO_ERROR, one, 4), "setsockopt(-1, SOL_SOCKET, SO_ERROR, [1], 4)");
}

int main(void)
{
    tcp();
    others();
    bad();
    lengths();
    peer();
    netlink();
    levels();
    return 0;
}
