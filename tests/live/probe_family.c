/* tests/live/probe_family.c: addresses of every family, on a socket of another one: it refuses them, but a
 * tracer has to tell what stands in them all the same. */
#include "probe.h"

#include <linux/if_alg.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <linux/mctp.h>
#include <linux/netlink.h>
#include <linux/nfc.h>
#include <linux/qrtr.h>
#include <linux/rxrpc.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <net/if_arp.h>

static int fd;

static void refuse(const void *address, socklen_t len, const char *text)
{
    CALL(bind(fd, address, len), "bind(%d, %s, %u)", fd, text, len);
}

/* The interface that every network namespace has, under this index. */
enum { LOOPBACK = 1 };
#define LO "if_nametoindex(\"lo\")"

/* --- those of a machine --- */

static void inet6(void)
{
    struct sockaddr_in6 in6 = probe_in6("fe80::1", 7000);
    char long_in6[sizeof in6 + 4] = "";

#define IN6                                                                                                  \
    "{sa_family=AF_INET6, sin6_port=htons(7000), sin6_flowinfo=htonl(%u), inet_pton(AF_INET6, \"%s\", "      \
    "&sin6_addr)"
    refuse(&in6, 28, probe_text(IN6 ", sin6_scope_id=0}", 0, "fe80::1"));
    in6.sin6_scope_id = LOOPBACK;
    in6.sin6_flowinfo = htonl(0x12345);
    refuse(&in6, 28, probe_text(IN6 ", sin6_scope_id=" LO "}", 0x12345, "fe80::1"));
    refuse(&in6, 24, probe_text(IN6 "}", 0x12345, "fe80::1"));
    memcpy(long_in6, &in6, sizeof in6);
    refuse(long_in6, sizeof long_in6, probe_text(IN6 ", sin6_scope_id=" LO "}", 0x12345, "fe80::1"));
    in6.sin6_scope_id = 0x7ffffff0;
    refuse(&in6, 28, probe_text(IN6 ", sin6_scope_id=2147483632}", 0x12345, "fe80::1"));
    in6 = probe_in6("ff02::1", 7000);
    in6.sin6_scope_id = LOOPBACK;
    refuse(&in6, 28, probe_text(IN6 ", sin6_scope_id=" LO "}", 0, "ff02::1"));
    in6 = probe_in6("::1", 7000);
    in6.sin6_scope_id = LOOPBACK;
    refuse(&in6, 28, probe_text(IN6 ", sin6_scope_id=%d}", 0, "::1", LOOPBACK));
}

static void netlink(void)
{
    struct sockaddr_nl nl = {.nl_family = AF_NETLINK, .nl_pid = 412, .nl_groups = 0x101};

    refuse(&nl, sizeof nl, "{sa_family=AF_NETLINK, nl_pid=412, nl_groups=0x000101}");
    refuse(&nl, 11, "{sa_family=AF_NETLINK, sa_data=\"\\0\\0\\234\\1\\0\\0\\1\\1\\0\"}");
    nl = (struct sockaddr_nl){.nl_family = AF_NETLINK, .nl_pad = 7, .nl_pid = (uint32_t)-5};
    refuse(&nl, sizeof nl, "{sa_family=AF_NETLINK, nl_pad=0x7, nl_pid=-5, nl_groups=00000000}");
}

static void packet(void)
{
    struct sockaddr_ll ll = {.sll_family = AF_PACKET,
                             .sll_protocol = htons(ETH_P_ALL),
                             .sll_ifindex = LOOPBACK,
                             .sll_hatype = ARPHRD_LOOPBACK,
                             .sll_pkttype = PACKET_OUTGOING,
                             .sll_halen = 6,
                             .sll_addr = {0, 1, 0x2a}};

#define LL "{sa_family=AF_PACKET, sll_protocol=htons(%s), sll_ifindex=%s, sll_hatype=%s, sll_pkttype=%s, "
    refuse(&ll, sizeof ll,
           probe_text(LL "sll_halen=6, sll_addr=[00, 0x1, 0x2a, 00, 00, 00]}", "ETH_P_ALL", LO,
                      "ARPHRD_LOOPBACK", "PACKET_OUTGOING"));
    ll.sll_halen = 9;
    refuse(&ll, sizeof ll,
           probe_text(LL "sll_halen=9, sll_addr=[00, 0x1, 0x2a, 00, 00, 00, 00, 00, ...]}", "ETH_P_ALL", LO,
                      "ARPHRD_LOOPBACK", "PACKET_OUTGOING"));
    ll = (struct sockaddr_ll){
        .sll_family = AF_PACKET, .sll_ifindex = -1, .sll_hatype = 0xeeee, .sll_pkttype = 99};
    refuse(&ll, sizeof ll,
           probe_text(LL "sll_halen=0}", "0 /* ETH_P_??? */", "4294967295", "0xeeee /* ARPHRD_??? */",
                      "0x63 /* PACKET_??? */"));
    refuse(&ll, 11, "{sa_family=AF_PACKET, sa_data=\"\\0\\0\\377\\377\\377\\377\\356\\356c\"}");
}

static void xdp(void)
{
    struct sockaddr_xdp addr = {.sxdp_family = AF_XDP,
                                .sxdp_flags = XDP_SHARED_UMEM | XDP_COPY,
                                .sxdp_ifindex = LOOPBACK,
                                .sxdp_queue_id = 2,
                                .sxdp_shared_umem_fd = 5};

    refuse(&addr, sizeof addr,
           "{sa_family=AF_XDP, sxdp_flags=XDP_SHARED_UMEM|XDP_COPY, sxdp_ifindex=" LO
           ", sxdp_queue_id=2, sxdp_shared_umem_fd=5}");
    addr.sxdp_flags = 0x80;
    refuse(&addr, sizeof addr,
           "{sa_family=AF_XDP, sxdp_flags=0x80 /* XDP_??? */, sxdp_ifindex=" LO
           ", sxdp_queue_id=2, sxdp_shared_umem_fd=0x5}");
    addr = (struct sockaddr_xdp){.sxdp_family = AF_XDP};
    refuse(&addr, sizeof addr, "{sa_family=AF_XDP, sxdp_flags=0, sxdp_ifindex=0, sxdp_queue_id=0}");
}

static void alg(void)
{
    struct sockaddr_alg addr = {
        .salg_family = AF_ALG, .salg_type = "hash", .salg_mask = 0x1000, .salg_name = "sha256"};

    refuse(&addr, sizeof addr,
           "{sa_family=AF_ALG, salg_type=\"hash\", salg_feat=0, "
           "salg_mask=0x1000 /* CRYPTO_ALG_KERN_DRIVER_ONLY */, salg_name=\"sha256\"}");
    memset(addr.salg_type, 't', sizeof addr.salg_type);
    addr.salg_feat = 0x1003;
    refuse(&addr, 28,
           "{sa_family=AF_ALG, salg_type=\"ttttttttttttt\"..., "
           "salg_feat=0x1003 /* CRYPTO_ALG_KERN_DRIVER_ONLY|0x3 */, "
           "salg_mask=0x1000 /* CRYPTO_ALG_KERN_DRIVER_ONLY */, salg_name=\"sha\"...}");
    refuse(&addr, 3, "{sa_family=AF_ALG, sa_data=\"t\"}");
}

/* --- those of other machines --- */

static void vsock(void)
{
    struct sockaddr_vm vm = {.svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_HOST, .svm_port = 1024};

    refuse(&vm, sizeof vm, "{sa_family=AF_VSOCK, svm_cid=VMADDR_CID_HOST, svm_port=0x400, svm_flags=0}");
    vm.svm_cid = VMADDR_CID_ANY;
    vm.svm_port = VMADDR_PORT_ANY;
    vm.svm_flags = VMADDR_FLAG_TO_HOST;
    refuse(&vm, sizeof vm,
           "{sa_family=AF_VSOCK, svm_cid=VMADDR_CID_ANY, svm_port=VMADDR_PORT_ANY, "
           "svm_flags=VMADDR_FLAG_TO_HOST}");
    vm.svm_cid = 42;
    vm.svm_reserved1 = 1;
    vm.svm_zero[2] = 0xff;
    refuse(&vm, sizeof vm,
           "{sa_family=AF_VSOCK, svm_reserved1=0x1, svm_cid=0x2a, svm_port=VMADDR_PORT_ANY, "
           "svm_flags=VMADDR_FLAG_TO_HOST, svm_zero=\"\\x00\\x00\\xff\"}");
}

/* By their lengths alone: HCI, SCO, RFCOMM, L2CAP. */
static void bluetooth(void)
{
    refuse("\37\0\1\0", 4, "{sa_family=AF_BLUETOOTH, hci_dev=htobs(1)}");
    refuse("\37\0\1\0\1\0", 6, "{sa_family=AF_BLUETOOTH, hci_dev=htobs(1), hci_channel=HCI_CHANNEL_USER}");
    refuse("\37\0\1\2\3\4\5\377", 8, "{sa_family=AF_BLUETOOTH, sco_bdaddr=01:02:03:04:05:ff}");
    refuse("\37\0\1\2\3\4\5\377\7", 10,
           "{sa_family=AF_BLUETOOTH, rc_bdaddr=01:02:03:04:05:ff, rc_channel=7}");
    refuse("\37\0\1\0\1\2\3\4\5\377\4\0", 12,
           "{sa_family=AF_BLUETOOTH, l2_psm=htobs(L2CAP_PSM_SDP), l2_bdaddr=01:02:03:04:05:ff, "
           "l2_cid=htobs(L2CAP_CID_ATT)}");
    refuse("\37\0\5\20\1\2\3\4\5\377\12\0\1", 14,
           "{sa_family=AF_BLUETOOTH, l2_psm=htobs(L2CAP_PSM_DYN_START+4), l2_bdaddr=01:02:03:04:05:ff, "
           "l2_cid=htobs(0xa /* L2CAP_CID_??? */), l2_bdaddr_type=BDADDR_LE_PUBLIC}");
    refuse("\37\0\1\2\3", 5, "{sa_family=AF_BLUETOOTH, sa_data=\"\\1\\2\\3\"}");
    refuse("\37\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16", 16,
           "{sa_family=AF_BLUETOOTH, sa_data=\"\\1\\2\\3\\4\\5\\6\\7\\10\\t\\n\\v\\f\\r\\16\"}");
}

static void fabrics(void)
{
    struct sockaddr_qrtr qrtr = {.sq_family = AF_QIPCRTR, .sq_node = 1, .sq_port = 0xfffffffe};
    struct sockaddr_mctp mctp = {.smctp_family = AF_MCTP, .smctp_addr = {MCTP_ADDR_ANY}, .smctp_tag = 8};
    struct sockaddr_nfc nfc = {.sa_family = AF_NFC, .dev_idx = 7000001, .nfc_protocol = NFC_PROTO_FELICA};
    struct sockaddr_nfc_llcp llcp = {.sa_family = AF_NFC,
                                     .dev_idx = 7000001,
                                     .dsap = 4,
                                     .ssap = 32,
                                     .service_name = "urn:x",
                                     .service_name_len = 5};
    struct sockaddr_rxrpc rx = {.srx_family = AF_RXRPC, .srx_service = 1, .transport_type = SOCK_DGRAM};
    struct sockaddr_tipc tipc = {.family = AF_TIPC, .addrtype = TIPC_SERVICE_ADDR, .scope = TIPC_NODE_SCOPE};

    refuse(&qrtr, sizeof qrtr, "{sa_family=AF_QIPCRTR, sq_node=0x1, sq_port=QRTR_PORT_CTRL}");
    refuse(&mctp, sizeof mctp,
           "{sa_family=AF_MCTP, smctp_network=MCTP_NET_ANY, smctp_addr={s_addr=MCTP_ADDR_ANY}, smctp_type=0, "
           "smctp_tag=0x8}");
    refuse(&nfc, sizeof nfc,
           "{sa_family=AF_NFC, dev_idx=7000001, target_idx=0, nfc_protocol=NFC_PROTO_FELICA}");
    refuse(&llcp, sizeof llcp,
           "{sa_family=AF_NFC, dev_idx=7000001, target_idx=0, nfc_protocol=0 /* NFC_PROTO_??? */, "
           "dsap=0x4 /* LLCP_SAP_SNEP */, ssap=0x20, service_name=\"urn:x\", service_name_len=5}");
    refuse(&llcp, sizeof llcp - 1,
           "{sa_family=AF_NFC, dev_idx=7000001, target_idx=0, nfc_protocol=0 /* NFC_PROTO_??? */, ...}");
    rx.transport.sin = probe_in("127.0.0.1", 7000);
    rx.transport_len = sizeof rx.transport.sin;
    refuse(
        &rx, sizeof rx,
        "{sa_family=AF_RXRPC, srx_service=0x1 /* CM_SERVICE */, transport_type=SOCK_DGRAM, transport_len=16, "
        "transport={sin={sin_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr(\"127.0.0.1\")}}}");
    /* strace 6.1 shows the bytes. */
    tipc.addr.name.name = (struct tipc_service_addr){18888, 17};
    refuse(&tipc, sizeof tipc,
           "{sa_family=AF_TIPC, addrtype=TIPC_SERVICE_ADDR, scope=TIPC_NODE_SCOPE, "
           "addr={name={name={type=18888, instance=17}, domain=0}}}");
}

static void radio(void)
{
#define CALLSIGN "\216\240\264\234\100\100\142"
#define SHOWN    "{ax25_call=\"\\x8e\\xa0\\xb4\\x9c\\x40\\x40\\x62\"} /* GPZN-1 */"
    refuse("\3\0" CALLSIGN "\0\0\0\0\0\0\0", 16, "{sa_family=AF_AX25, sax25_call=" SHOWN ", sax25_ndigis=0}");
    refuse("\3\0" CALLSIGN "\0\0\0\2\0\0\0" CALLSIGN, 23,
           "{sa_family=AF_AX25, fsa_ax25={sax25_call=" SHOWN ", sax25_ndigis=2}, fsa_digipeater=[" SHOWN
           ", ...]}");
    refuse("\4\0\4Q\0\0\0\20\0\1\2\3\33\377\4\0", 16,
           "{sa_family=AF_IPX, sipx_port=htons(1105), sipx_network=htonl(0x10), "
           "sipx_node=[00, 0x1, 0x2, 0x3, 0x1b, 0xff], sipx_type=0x4}");
    refuse("\11\0"
           "12345\0\0\0\0\0\0\0\0\0\0\0",
           18, "{sa_family=AF_X25, sx25_addr={x25_addr=\"12345\"}}");
    refuse("\44\0\0\0\2\0\0\0\377\377\1\2\0\0\0\0\0\0\0\0", 20,
           "{sa_family=AF_IEEE802154, addr={addr_type=0x2 /* IEEE802154_ADDR_SHORT */, "
           "pan_id=0xffff /* IEEE802154_PANID_BROADCAST */, short_addr=0x201}}");
    refuse("\44\0\0\0\3\0\0\0\1\0\1\2\3\4\5\6\7\377\0\0", 20,
           "{sa_family=AF_IEEE802154, addr={addr_type=0x3 /* IEEE802154_ADDR_LONG */, pan_id=0x1, "
           "hwaddr=01:02:03:04:05:06:07:ff}}");
}

/* --- what has no decoder --- */

static void unknown(void)
{
    refuse("\51\0abcd", 6, "{sa_family=AF_KCM, sa_data=\"abcd\"}");
    refuse("\52\0abcd", 6, "{sa_family=AF_QIPCRTR, sa_data=\"abcd\"}");
    refuse("\377\0abcd", 6, "{sa_family=0xff /* AF_??? */, sa_data=\"abcd\"}");
    refuse("\0\377", 2, "{sa_family=0xff00 /* AF_??? */}");
}

/* Of a type that the kernel refuses before it looks for the family, and so loads no module. */
static void protocols(void)
{
    static const struct {
        int family, protocol;
        const char *text;
    } rows[] = {
        {AF_UNIX, 1, "AF_UNIX, 0xf /* SOCK_??? */, 1"},
        {AF_INET, 262, "AF_INET, 0xf /* SOCK_??? */, IPPROTO_MPTCP"},
        {AF_INET6, 58, "AF_INET6, 0xf /* SOCK_??? */, IPPROTO_ICMPV6"},
        {AF_AX25, 0xcc, "AF_AX25, 0xf /* SOCK_??? */, 0xcc /* AX25_P_IP */"},
        {AF_NETLINK, 16, "AF_NETLINK, 0xf /* SOCK_??? */, NETLINK_GENERIC"},
        {AF_CAN, 1, "AF_CAN, 0xf /* SOCK_??? */, CAN_RAW"},
        {AF_CAN, 0, "AF_CAN, 0xf /* SOCK_??? */, 0 /* CAN_??? */"},
        {AF_BLUETOOTH, 3, "AF_BLUETOOTH, 0xf /* SOCK_??? */, BTPROTO_RFCOMM"},
        {AF_RXRPC, AF_INET6, "AF_RXRPC, 0xf /* SOCK_??? */, AF_INET6"},
        {AF_ISDN, 0x22, "AF_ISDN, 0xf /* SOCK_??? */, ISDN_P_B_HDLC"},
        {AF_PHONET, 2, "AF_PHONET, 0xf /* SOCK_??? */, PN_PROTO_PIPE"},
        {AF_CAIF, 1, "AF_CAIF, 0xf /* SOCK_??? */, CAIFPROTO_DATAGRAM"},
        {AF_NFC, 1, "AF_NFC, 0xf /* SOCK_??? */, NFC_SOCKPROTO_LLCP"},
        {AF_KCM, 0, "AF_KCM, 0xf /* SOCK_??? */, KCMPROTO_CONNECTED"},
        {AF_SMC, 1, "AF_SMC, 0xf /* SOCK_??? */, SMCPROTO_SMC6"},
        {AF_TIPC, 5, "AF_TIPC, 0xf /* SOCK_??? */, 5"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CALL(socket(rows[i].family, 0xf, rows[i].protocol), "socket(%s)", rows[i].text);
    CALL(socket(AF_PACKET, 0xf, htons(ETH_P_ALL)), "socket(AF_PACKET, 0xf /* SOCK_??? */, htons(ETH_P_ALL))");
    CALL(socket(AF_PACKET, 0xf, htons(0x999)),
         "socket(AF_PACKET, 0xf /* SOCK_??? */, htons(0x999 /* ETH_P_??? */))");
}

/* --- what the kernel itself says, where it has the family and lets us --- */

static void real_netlink(void)
{
    struct sockaddr_nl nl = {.nl_family = AF_NETLINK, .nl_groups = 1}, got = {0};
    socklen_t len = sizeof got;
    int own = -1;

    CALL(own = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)");
    if (own < 0)
        return;
    CALL(bind(own, (struct sockaddr *)&nl, sizeof nl),
         "bind(%d, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=0x000001}, 12)", own);
    CALL(getpeername(own, (struct sockaddr *)&got, &len),
         "getpeername(%d, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, [12])", own);
    len = 8;
    CALL(getpeername(own, (struct sockaddr *)&got, &len),
         "getpeername(%d, {sa_family=AF_NETLINK, sa_data=\"\\0\\0\\0\\0\\0\\0\"}, [8 => 12])", own);
    probe_close(own);
}

static void real_packet(void)
{
    struct sockaddr_ll ll = {.sll_family = AF_PACKET, .sll_ifindex = LOOPBACK}, got = {0};
    socklen_t len = sizeof got;
    int own = -1;

    CALL(own = socket(AF_PACKET, SOCK_DGRAM, 0), "socket(AF_PACKET, SOCK_DGRAM, htons(0 /* ETH_P_??? */))");
    if (own < 0)
        return;
    CALL(bind(own, (struct sockaddr *)&ll, sizeof ll), "bind(%d, %s, 20)", own,
         probe_text(LL "sll_halen=0}", "0 /* ETH_P_??? */", LO, "ARPHRD_NETROM", "PACKET_HOST"));
    /* It ends behind the hardware address, which is too short for strace 6.1. */
    CALL(getsockname(own, (struct sockaddr *)&got, &len), "getsockname(%d, %s, [20 => 18])", own,
         probe_text(LL "sll_halen=6, sll_addr=[00, 00, 00, 00, 00, 00]}", "0 /* ETH_P_??? */", LO,
                    "ARPHRD_LOOPBACK", "PACKET_HOST"));
    probe_close(own);
}

int main(void)
{
    CALL(fd = socket(AF_UNIX, SOCK_STREAM, 0), "socket(AF_UNIX, SOCK_STREAM, 0)");
    inet6();
    netlink();
    packet();
    xdp();
    alg();
    vsock();
    bluetooth();
    fabrics();
    radio();
    unknown();
    probe_close(fd);
    protocols();
    real_netlink();
    real_packet();
    return 0;
}
