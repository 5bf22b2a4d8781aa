/* unit/decode/test_addr.c: socket addresses of every family: whole, cut by a byte, with one too many, and
 * with what lies about itself; and their short forms. */
#include "rows.h"

#include "base/buf.h"

/* Before linux/rxrpc.h, which would declare the same on its own. */
#include <netinet/in.h>

#include <linux/atalk.h>
#include <linux/can.h>
#include <linux/if_alg.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <linux/llc.h>
#include <linux/mctp.h>
#include <linux/netlink.h>
#include <linux/nfc.h>
#include <linux/phonet.h>
#include <linux/qrtr.h>
#include <linux/rxrpc.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <linux/x25.h>
#include <netax25/ax25.h>
#include <netipx/ipx.h>
#include <netiucv/iucv.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>

#define BE16(n) ((uint16_t)((n) >> 8 | (n) << 8))
#define BE32(n) ((uint32_t)BE16((n) >> 16) | (uint32_t)BE16((n)&0xffff) << 16)

/* bind(2) with an address of so many bytes. */
#define BIND(block, len, shown)                                                                              \
    {                                                                                                        \
        "bind", {3, A, len}, 0, {block}, {{0}}, "bind(3, " shown ", " #len ") = 0"                           \
    }

/* A struct, with bytes behind it. */
#define OF(type, ...)                                                                                        \
    OBJ(A, (const struct {                                                                                   \
            struct type addr;                                                                                \
            char more[8];                                                                                    \
        } __attribute__((packed))){{__VA_ARGS__}, "morebyte"})

/* Of a family, and nothing but x: what is too short for it. */
#define X                                                                                                    \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define XS(family) TEXT(A, family "\0" X)

/* clang-format off */
#define IN6_LOCAL        {.s6_addr = {[0] = 0xfe, [1] = 0x80, [15] = 1}}
#define IN6_MCAST(scope) {.s6_addr = {[0] = 0xff, [1] = scope, [15] = 1}}
/* clang-format on */
#define IN6_LINE "{sa_family=AF_INET6, sin6_port=htons(7000), sin6_flowinfo=htonl(5), inet_pton(AF_INET6, "

#define CALLSIGN  "\x8e\xa0\xb4\x9c\x40\x40\x62"
#define CALL_LINE "{ax25_call=\"\\x8e\\xa0\\xb4\\x9c\\x40\\x40\\x62\"} /* GPZN-1 */"

#define X25_DIGITS "123456789012345"

const struct row rows[] = {
    /* --- no address at all --- */
    {"bind", {3, 0, 16}, 0, {{0}}, {{0}}, "bind(3, NULL, 16) = 0"},
    {"bind", {3, BAD, 16}, 0, {{0}}, {{0}}, "bind(3, 0x66000, 16) = 0"},
    BIND(TEXT(A, "\2\0"), 0, "0x10000"),
    BIND(TEXT(A, "\2\0"), 1, "0x10000"),
    BIND(TEXT(A, "\2\0"), 2, "{sa_family=AF_INET}"),
    BIND(TEXT(A, "\2\0"), 3, "0x10000"),
    BIND(TEXT(A, "\2\0"), -1, "0x10000"),
    BIND(TEXT(A, "\2\0"), -2147483648, "0x10000"),

    /* --- AF_UNSPEC, unknown --- */
    BIND(TEXT(A, "\0\0"), 2, "{sa_family=AF_UNSPEC}"),
    BIND(TEXT(A, "\0\0\0ab"), 5, "{sa_family=AF_UNSPEC, sa_data=\"\\0ab\"}"),
    BIND(TEXT(A, "\x63\0ab"), 4, "{sa_family=0x63 /* AF_??? */, sa_data=\"ab\"}"),
    BIND(TEXT(A, "\xff\xff"), 2, "{sa_family=0xffff /* AF_??? */}"),
    BIND(XS("\41"), 9, "{sa_family=AF_RXRPC, sa_data=\"xxxxxxx\"}"),

    /* --- AF_UNIX --- */
    BIND(TEXT(A, "\1\0"), 2, "{sa_family=AF_UNIX}"),
    BIND(TEXT(A, "\1\0\0"), 3, "{sa_family=AF_UNIX, sun_path=@\"\"}"),
    BIND(TEXT(A, "\1\0/tmp/s"), 8, "{sa_family=AF_UNIX, sun_path=\"/tmp/s\"}"),
    BIND(TEXT(A, "\1\0/tmp/s"), 7, "{sa_family=AF_UNIX, sun_path=\"/tmp/\"}"),
    BIND(TEXT(A, "\1\0/tmp/s"), 9, "0x10000"),
    BIND(TEXT(A, "\1\0/tmp/s\0junk"), 13, "{sa_family=AF_UNIX, sun_path=\"/tmp/s\"}"),
    BIND(TEXT(A, "\1\0\0a\0b\0"), 7, "{sa_family=AF_UNIX, sun_path=@\"a\\0b\\0\"}"),
    BIND(TEXT(A, "\1\0" X "12345678"), 110, "{sa_family=AF_UNIX, sun_path=\"" X "12345678\"}"),
    BIND(TEXT(A, "\1\0" X "12345678more"), 112, "{sa_family=AF_UNIX, sun_path=\"" X "12345678\"}"),
    BIND(TEXT(A, "\1\0" X "12345678" X), 2147483647, "{sa_family=AF_UNIX, sun_path=\"" X "12345678\"}"),

    /* --- AF_INET --- */
    BIND(OF(sockaddr_in, AF_INET, BE16(7000), {BE32(0x7f000001)}, ""), 16,
         "{sa_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr(\"127.0.0.1\")}"),
    BIND(OF(sockaddr_in, AF_INET, BE16(7000), {BE32(0x7f000001)}, ""), 17,
         "{sa_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr(\"127.0.0.1\")}"),
    BIND(XS("\2"), 15, "{sa_family=AF_INET, sa_data=\"xxxxxxxxxxxxx\"}"),

    /* --- AF_INET6: the scope is an interface only where the address is of a link --- */
    BIND(OF(sockaddr_in6, AF_INET6, BE16(7000), BE32(5), IN6_LOCAL, 1), 28,
         IN6_LINE "\"fe80::1\", &sin6_addr), sin6_scope_id=if_nametoindex(\"lo\")}"),
    BIND(OF(sockaddr_in6, AF_INET6, BE16(7000), BE32(5), IN6_LOCAL, 1), 29,
         IN6_LINE "\"fe80::1\", &sin6_addr), sin6_scope_id=if_nametoindex(\"lo\")}"),
    BIND(OF(sockaddr_in6, AF_INET6, BE16(7000), BE32(5), IN6_LOCAL, 2), 28,
         IN6_LINE "\"fe80::1\", &sin6_addr), sin6_scope_id=2}"),
    BIND(OF(sockaddr_in6, AF_INET6, BE16(7000), BE32(5), IN6_LOCAL, 0), 28,
         IN6_LINE "\"fe80::1\", &sin6_addr), sin6_scope_id=0}"),
    BIND(OF(sockaddr_in6, AF_INET6, BE16(7000), BE32(5), IN6_MCAST(2), 1), 28,
         IN6_LINE "\"ff02::1\", &sin6_addr), sin6_scope_id=if_nametoindex(\"lo\")}"),
    BIND(OF(sockaddr_in6, AF_INET6, BE16(7000), BE32(5), IN6_MCAST(5), 1), 28,
         IN6_LINE "\"ff05::1\", &sin6_addr), sin6_scope_id=1}"),
    BIND(OF(sockaddr_in6, AF_INET6, BE16(7000), BE32(5), IN6ADDR_LOOPBACK_INIT, 1), 28,
         IN6_LINE "\"::1\", &sin6_addr), sin6_scope_id=1}"),
    /* strace 6.1 makes a number of the bytes of a scope that isn't all there. */
    BIND(OF(sockaddr_in6, AF_INET6, BE16(7000), BE32(5), IN6_LOCAL, 1), 27,
         IN6_LINE "\"fe80::1\", &sin6_addr)}"),
    BIND(OF(sockaddr_in6, AF_INET6, BE16(7000), BE32(5), IN6_LOCAL, 1), 24,
         IN6_LINE "\"fe80::1\", &sin6_addr)}"),
    BIND(XS("\12"), 23, "{sa_family=AF_INET6, sa_data=\"xxxxxxxxxxxxxxxxxxxxx\"}"),

    /* --- AF_NETLINK --- */
    BIND(OF(sockaddr_nl, AF_NETLINK, 0, 412, 0), 12,
         "{sa_family=AF_NETLINK, nl_pid=412, nl_groups=00000000}"),
    BIND(OF(sockaddr_nl, AF_NETLINK, 0x102, (uint32_t)-4250, 0x80000001), 13,
         "{sa_family=AF_NETLINK, nl_pad=0x102, nl_pid=-4250, nl_groups=0x80000001}"),
    BIND(OF(sockaddr_nl, AF_NETLINK, 0, 0, 1), 12, "{sa_family=AF_NETLINK, nl_pid=0, nl_groups=0x000001}"),
    BIND(XS("\20"), 11, "{sa_family=AF_NETLINK, sa_data=\"xxxxxxxxx\"}"),

/* --- AF_PACKET: the length of the hardware address stands inside --- */
#define LL "{sa_family=AF_PACKET, sll_protocol=htons(ETH_P_ALL), sll_ifindex=if_nametoindex(\"lo\"), "
#define LL_ADDR(...)                                                                                         \
    OF(sockaddr_ll, AF_PACKET, BE16(ETH_P_ALL), 1, ARPHRD_ETHER, PACKET_OUTGOING, __VA_ARGS__)
    BIND(LL_ADDR(6, {0, 1, 2, 0x3f, 0xff, 5}), 20,
         LL "sll_hatype=ARPHRD_ETHER, sll_pkttype=PACKET_OUTGOING, sll_halen=6, "
            "sll_addr=[00, 0x1, 0x2, 0x3f, 0xff, 0x5]}"),
    BIND(LL_ADDR(6, {0, 1, 2, 0x3f, 0xff, 5}), 18,
         LL "sll_hatype=ARPHRD_ETHER, sll_pkttype=PACKET_OUTGOING, sll_halen=6, "
            "sll_addr=[00, 0x1, 0x2, 0x3f, 0xff, 0x5]}"),
    BIND(LL_ADDR(0, {0}), 12, LL "sll_hatype=ARPHRD_ETHER, sll_pkttype=PACKET_OUTGOING, sll_halen=0}"),
    BIND(LL_ADDR(9, {1}), 20,
         LL "sll_hatype=ARPHRD_ETHER, sll_pkttype=PACKET_OUTGOING, sll_halen=9, "
            "sll_addr=[0x1, 00, 00, 00, 00, 00, 00, 00, ...]}"),
    BIND(LL_ADDR(9, {1}), 21,
         LL "sll_hatype=ARPHRD_ETHER, sll_pkttype=PACKET_OUTGOING, sll_halen=9, "
            "sll_addr=[0x1, 00, 00, 00, 00, 00, 00, 00, 0x6d]}"),
    BIND(OF(sockaddr_ll, AF_PACKET, 0, 7, 0xeeee, 9, 0, {0}), 20,
         "{sa_family=AF_PACKET, sll_protocol=htons(0 /* ETH_P_??? */), sll_ifindex=7, "
         "sll_hatype=0xeeee /* ARPHRD_??? */, sll_pkttype=0x9 /* PACKET_??? */, sll_halen=0}"),
    BIND(XS("\21"), 19, "{sa_family=AF_PACKET, sa_data=\"xxxxxxxxxxxxxxxxx\"}"),
    BIND(XS("\21"), 11, "{sa_family=AF_PACKET, sa_data=\"xxxxxxxxx\"}"),

    /* --- AF_VSOCK --- */
    BIND(OF(sockaddr_vm, AF_VSOCK, 0, 1024, VMADDR_CID_LOCAL, 0, ""), 16,
         "{sa_family=AF_VSOCK, svm_cid=VMADDR_CID_LOCAL, svm_port=0x400, svm_flags=0}"),
    BIND(OF(sockaddr_vm, AF_VSOCK, 7, VMADDR_PORT_ANY, VMADDR_CID_ANY, 3, {1, 2, 3}), 17,
         "{sa_family=AF_VSOCK, svm_reserved1=0x7, svm_cid=VMADDR_CID_ANY, svm_port=VMADDR_PORT_ANY, "
         "svm_flags=VMADDR_FLAG_TO_HOST|0x2, svm_zero=\"\\x01\\x02\\x03\"}"),
    BIND(XS("\50"), 15, "{sa_family=AF_VSOCK, sa_data=\"xxxxxxxxxxxxx\"}"),

    /* --- AF_XDP: a descriptor, or not --- */
    BIND(OF(sockaddr_xdp, AF_XDP, XDP_SHARED_UMEM | XDP_COPY, 1, 2, 5), 16,
         "{sa_family=AF_XDP, sxdp_flags=XDP_SHARED_UMEM|XDP_COPY, sxdp_ifindex=if_nametoindex(\"lo\"), "
         "sxdp_queue_id=2, sxdp_shared_umem_fd=5}"),
    BIND(OF(sockaddr_xdp, AF_XDP, XDP_ZEROCOPY, 2, 2, 0), 17,
         "{sa_family=AF_XDP, sxdp_flags=XDP_ZEROCOPY, sxdp_ifindex=2, sxdp_queue_id=2}"),
    BIND(OF(sockaddr_xdp, AF_XDP, 0x30, 0, 2, 5), 16,
         "{sa_family=AF_XDP, sxdp_flags=0x30 /* XDP_??? */, sxdp_ifindex=0, sxdp_queue_id=2, "
         "sxdp_shared_umem_fd=0x5}"),
    BIND(XS("\54"), 15, "{sa_family=AF_XDP, sa_data=\"xxxxxxxxxxxxx\"}"),

    /* --- AF_ALG: the last byte of a name is a NUL to the kernel --- */
    BIND(OF(sockaddr_alg, AF_ALG, "hash", 0x1000, 0x1001, "sha256"), 88,
         "{sa_family=AF_ALG, salg_type=\"hash\", salg_feat=0x1000 /* CRYPTO_ALG_KERN_DRIVER_ONLY */, "
         "salg_mask=0x1001 /* CRYPTO_ALG_KERN_DRIVER_ONLY|0x1 */, salg_name=\"sha256\"}"),
    BIND(OF(sockaddr_alg, AF_ALG, "skciphersare14", 0, 1, "cbc(aes)"), 32,
         "{sa_family=AF_ALG, salg_type=\"skciphersare1\"..., salg_feat=0, "
         "salg_mask=0x1 /* CRYPTO_ALG_??? */, salg_name=\"cbc(aes\"...}"),
    BIND(OF(sockaddr_alg, AF_ALG, "", 0, 0, "x"), 25,
         "{sa_family=AF_ALG, salg_type=\"\", salg_feat=0, salg_mask=0, salg_name=\"\"...}"),
    BIND(XS("\46"), 24, "{sa_family=AF_ALG, sa_data=\"xxxxxxxxxxxxxxxxxxxxxx\"}"),

    /* --- AF_BLUETOOTH: as many lengths as protocols --- */
    BIND(TEXT(A, "\37\0\1\0"), 4, "{sa_family=AF_BLUETOOTH, hci_dev=htobs(1)}"),
    BIND(TEXT(A, "\37\0\1\2\3\0"), 6,
         "{sa_family=AF_BLUETOOTH, hci_dev=htobs(513), hci_channel=HCI_CHANNEL_CONTROL}"),
    BIND(TEXT(A, "\37\0\1\2\3\4\5\6"), 8, "{sa_family=AF_BLUETOOTH, sco_bdaddr=01:02:03:04:05:06}"),
    BIND(TEXT(A, "\37\0\1\2\3\4\5\6\7\0"), 10,
         "{sa_family=AF_BLUETOOTH, rc_bdaddr=01:02:03:04:05:06, rc_channel=7}"),
    BIND(TEXT(A, "\37\0\3\0\1\2\3\4\5\6\100\0"), 12,
         "{sa_family=AF_BLUETOOTH, l2_psm=htobs(L2CAP_PSM_RFCOMM), l2_bdaddr=01:02:03:04:05:06, "
         "l2_cid=htobs(L2CAP_CID_DYN_START)}"),
    BIND(TEXT(A, "\37\0\3\20\1\2\3\4\5\6\103\0\2\0"), 14,
         "{sa_family=AF_BLUETOOTH, l2_psm=htobs(L2CAP_PSM_DYN_START+2), l2_bdaddr=01:02:03:04:05:06, "
         "l2_cid=htobs(L2CAP_CID_DYN_START+3), l2_bdaddr_type=BDADDR_LE_RANDOM}"),
    BIND(TEXT(A, "\37\0\2\0\1\2\3\4\5\6\77\0\3\0"), 14,
         "{sa_family=AF_BLUETOOTH, l2_psm=htobs(0x2 /* L2CAP_PSM_??? */), l2_bdaddr=01:02:03:04:05:06, "
         "l2_cid=htobs(0x3f /* L2CAP_CID_??? */), l2_bdaddr_type=0x3 /* BDADDR_??? */}"),
    BIND(XS("\37"), 3, "{sa_family=AF_BLUETOOTH, sa_data=\"x\"}"),
    BIND(XS("\37"), 5, "{sa_family=AF_BLUETOOTH, sa_data=\"xxx\"}"),
    BIND(XS("\37"), 7, "{sa_family=AF_BLUETOOTH, sa_data=\"xxxxx\"}"),
    BIND(XS("\37"), 13, "{sa_family=AF_BLUETOOTH, sa_data=\"xxxxxxxxxxx\"}"),
    BIND(XS("\37"), 15, "{sa_family=AF_BLUETOOTH, sa_data=\"xxxxxxxxxxxxx\"}"),

    /* --- AF_CAN, AF_TIPC, AF_IUCV, AF_PHONET, AF_LLC, AF_APPLETALK: strace 6.1 shows bytes --- */
    BIND(OF(sockaddr_can, AF_CAN, 1, {{0, 0}}), 8, "{sa_family=AF_CAN, can_ifindex=if_nametoindex(\"lo\")}"),
    BIND(OF(sockaddr_can, AF_CAN, 2, {{0x123, 0x80000456}}), 16,
         "{sa_family=AF_CAN, can_ifindex=2, can_addr={tp={rx_id=0x123, tx_id=0x80000456}}}"),
    BIND(OF(sockaddr_can, AF_CAN, 2, {.j1939 = {0x100000002, 0x40000, 0x20}}), 24,
         "{sa_family=AF_CAN, can_ifindex=2, can_addr={tp={rx_id=0x2, tx_id=0x1}, "
         "j1939={name=0x100000002, pgn=0x40000, addr=0x20}}}"),
    BIND(OF(sockaddr_can, AF_CAN, 2, {.j1939 = {1, 2, 3}}), 15, "{sa_family=AF_CAN, can_ifindex=2}"),
    BIND(XS("\35"), 7, "{sa_family=AF_CAN, sa_data=\"xxxxx\"}"),

    BIND(OF(sockaddr_tipc, AF_TIPC, TIPC_SERVICE_ADDR, TIPC_NODE_SCOPE, {.name = {{18888, 17}, 0}}), 16,
         "{sa_family=AF_TIPC, addrtype=TIPC_SERVICE_ADDR, scope=TIPC_NODE_SCOPE, "
         "addr={name={name={type=18888, instance=17}, domain=0}}}"),
    BIND(OF(sockaddr_tipc, AF_TIPC, TIPC_SERVICE_RANGE, TIPC_CLUSTER_SCOPE, {.nameseq = {18888, 1, 9}}), 17,
         "{sa_family=AF_TIPC, addrtype=TIPC_SERVICE_RANGE, scope=TIPC_CLUSTER_SCOPE, "
         "addr={nameseq={type=18888, lower=1, upper=9}}}"),
    BIND(OF(sockaddr_tipc, AF_TIPC, TIPC_SOCKET_ADDR, 0, {.id = {4711, 0x1001001}}), 16,
         "{sa_family=AF_TIPC, addrtype=TIPC_SOCKET_ADDR, scope=0 /* TIPC_???_SCOPE */, "
         "addr={id={ref=4711, node=0x1001001}}}"),
    BIND(OF(sockaddr_tipc, AF_TIPC, 9, TIPC_ZONE_SCOPE, {.nameseq = {1, 2, 3}}), 16,
         "{sa_family=AF_TIPC, addrtype=0x9 /* TIPC_??? */, scope=TIPC_ZONE_SCOPE, "
         "addr=\"\\1\\0\\0\\0\\2\\0\\0\\0\\3\\0\\0\\0\"}"),
    BIND(XS("\36"), 15, "{sa_family=AF_TIPC, sa_data=\"xxxxxxxxxxxxx\"}"),

    BIND(OF(sockaddr_iucv, AF_IUCV, 0, 0, "", "GUEST   ", "APP     "), 32,
         "{sa_family=AF_IUCV, siucv_user_id=\"GUEST   \", siucv_name=\"APP     \"}"),
    BIND(XS("\40"), 31, "{sa_family=AF_IUCV, sa_data=\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}"),
    BIND(OF(sockaddr_pn, AF_PHONET, 1, 0x6c, 0x10, ""), 16,
         "{sa_family=AF_PHONET, spn_obj=0x1, spn_dev=0x6c, spn_resource=0x10}"),
    BIND(XS("\43"), 15, "{sa_family=AF_PHONET, sa_data=\"xxxxxxxxxxxxx\"}"),

    BIND(OF(sockaddr_llc, AF_LLC, ARPHRD_ETHER, 1, 0, 1, 0x42, {1, 0x80, 0xc2, 0, 0, 0xff}, ""), 16,
         "{sa_family=AF_LLC, sllc_arphrd=ARPHRD_ETHER, sllc_test=1, sllc_xid=0, sllc_ua=1, sllc_sap=0x42, "
         "sllc_mac=01:80:c2:00:00:ff}"),
    BIND(XS("\32"), 15, "{sa_family=AF_LLC, sa_data=\"xxxxxxxxxxxxx\"}"),

    BIND(OF(sockaddr_at, AF_APPLETALK, 4, {BE16(65280), 12}, ""), 17,
         "{sa_family=AF_APPLETALK, sat_port=4, sat_addr={s_net=htons(65280), s_node=12}}"),
    BIND(XS("\5"), 15, "{sa_family=AF_APPLETALK, sa_data=\"xxxxxxxxxxxxx\"}"),

    /* --- AF_QIPCRTR, AF_MCTP, AF_IPX, AF_X25 --- */
    BIND(OF(sockaddr_qrtr, AF_QIPCRTR, 1, 0xfffffffe), 12,
         "{sa_family=AF_QIPCRTR, sq_node=0x1, sq_port=QRTR_PORT_CTRL}"),
    BIND(OF(sockaddr_qrtr, AF_QIPCRTR, QRTR_NODE_BCAST, 0x4001), 13,
         "{sa_family=AF_QIPCRTR, sq_node=QRTR_NODE_BCAST, sq_port=0x4001}"),
    BIND(XS("\52"), 11, "{sa_family=AF_QIPCRTR, sa_data=\"xxxxxxxxx\"}"),

    BIND(OF(sockaddr_mctp, AF_MCTP, 0, MCTP_NET_ANY, {MCTP_ADDR_ANY}, 1, 8, 0), 12,
         "{sa_family=AF_MCTP, smctp_network=MCTP_NET_ANY, smctp_addr={s_addr=MCTP_ADDR_ANY}, "
         "smctp_type=0x1, smctp_tag=0x8}"),
    BIND(OF(sockaddr_mctp, AF_MCTP, 1, 2, {9}, 0, 0, 2), 13,
         "{sa_family=AF_MCTP, __smctp_pad0=0x1, smctp_network=0x2, smctp_addr={s_addr=0x9}, smctp_type=0, "
         "smctp_tag=0, __smctp_pad1=0x2}"),
    BIND(XS("\55"), 11, "{sa_family=AF_MCTP, sa_data=\"xxxxxxxxx\"}"),

    BIND(OF(sockaddr_ipx, AF_IPX, BE16(1105), BE32(0x10), {0, 1, 2, 3, 0x1b, 0xff}, 4, 0), 16,
         "{sa_family=AF_IPX, sipx_port=htons(1105), sipx_network=htonl(0x10), "
         "sipx_node=[00, 0x1, 0x2, 0x3, 0x1b, 0xff], sipx_type=0x4}"),
    BIND(OF(sockaddr_ipx, AF_IPX, 0, 0, {0}, 0, 1), 17,
         "{sa_family=AF_IPX, sipx_port=htons(0), sipx_network=htonl(0), "
         "sipx_node=[00, 00, 00, 00, 00, 00], sipx_type=00, sipx_zero=0x1}"),
    BIND(XS("\4"), 15, "{sa_family=AF_IPX, sa_data=\"xxxxxxxxxxxxx\"}"),

    BIND(OF(sockaddr_x25, AF_X25, {X25_DIGITS}), 18,
         "{sa_family=AF_X25, sx25_addr={x25_addr=\"" X25_DIGITS "\"}}"),
    BIND(TEXT(A, "\11\0" X25_DIGITS "6more"), 19,
         "{sa_family=AF_X25, sx25_addr={x25_addr=\"" X25_DIGITS "\"...}}"),
    BIND(XS("\11"), 17, "{sa_family=AF_X25, sa_data=\"xxxxxxxxxxxxxxx\"}"),

    /* --- AF_AX25: as many digipeaters as it says, and has --- */
    BIND(TEXT(A, "\3\0" CALLSIGN "\0\0\0\0\0\0\0"), 16,
         "{sa_family=AF_AX25, sax25_call=" CALL_LINE ", sax25_ndigis=0}"),
    BIND(TEXT(A, "\3\0" CALLSIGN "\0\0\0\1\0\0\0" CALLSIGN), 23,
         "{sa_family=AF_AX25, fsa_ax25={sax25_call=" CALL_LINE ", sax25_ndigis=1}, "
         "fsa_digipeater=[" CALL_LINE "]}"),
    BIND(TEXT(A, "\3\0" CALLSIGN "\0\0\0\2\0\0\0" CALLSIGN "x"), 24,
         "{sa_family=AF_AX25, fsa_ax25={sax25_call=" CALL_LINE ", sax25_ndigis=2}, "
         "fsa_digipeater=[" CALL_LINE ", ...], ...}"),
    BIND(TEXT(A, "\3\0" CALLSIGN "\0\0\0\377\377\377\177"), 16,
         "{sa_family=AF_AX25, fsa_ax25={sax25_call=" CALL_LINE ", sax25_ndigis=2147483647}, "
         "fsa_digipeater=[...]}"),
    BIND(TEXT(A, "\3\0" CALLSIGN "\0\0\0\0\0\0\0x"), 17,
         "{sa_family=AF_AX25, fsa_ax25={sax25_call=" CALL_LINE ", sax25_ndigis=0}, ...}"),
    BIND(TEXT(A, "\3\0" CALLSIGN "\0\0\0\377\377\377\377"), 16,
         "{sa_family=AF_AX25, fsa_ax25={sax25_call=" CALL_LINE ", sax25_ndigis=-1}}"),
    BIND(TEXT(A, "\3\0\x40\x40\x40\x40\x40\x40\x60\0\0\0\0\0\0\0"), 16,
         "{sa_family=AF_AX25, sax25_call={ax25_call=\"\\x40\\x40\\x40\\x40\\x40\\x40\\x60\"} /* * */, "
         "sax25_ndigis=0}"),
    BIND(TEXT(A, "\3\0\x8e\x54\x40\x40\x40\x40\x60\0\0\0\0\0\0\0"), 16,
         "{sa_family=AF_AX25, sax25_call={ax25_call=\"\\x8e\\x54\\x40\\x40\\x40\\x40\\x60\"}, "
         "sax25_ndigis=0}"),
    BIND(XS("\3"), 15, "{sa_family=AF_AX25, sa_data=\"xxxxxxxxxxxxx\"}"),

/* --- AF_RXRPC: with another address inside, of a length of its own --- */
#define RX "{sa_family=AF_RXRPC, srx_service=0x1 /* CM_SERVICE */, transport_type=SOCK_DGRAM, "
    BIND(OF(sockaddr_rxrpc, AF_RXRPC, 1, SOCK_DGRAM, 16,
            {.sin = {AF_INET, BE16(7000), {BE32(0x7f000001)}, ""}}),
         36,
         RX "transport_len=16, transport={sin={sin_family=AF_INET, sin_port=htons(7000), "
            "sin_addr=inet_addr(\"127.0.0.1\")}}}"),
    BIND(OF(sockaddr_rxrpc, AF_RXRPC, 1, SOCK_DGRAM, 28,
            {.sin6 = {AF_INET6, BE16(7000), BE32(5), IN6_LOCAL, 1}}),
         37,
         RX "transport_len=28, transport={sin6={sin6_family=AF_INET6, sin6_port=htons(7000), "
            "sin6_flowinfo=htonl(5), inet_pton(AF_INET6, \"fe80::1\", &sin6_addr), "
            "sin6_scope_id=if_nametoindex(\"lo\")}}}"),
    BIND(OF(sockaddr_rxrpc, AF_RXRPC, 2501, SOCK_DGRAM, 4, {.sin = {AF_INET, BE16(0x6162), {0}, ""}}), 36,
         "{sa_family=AF_RXRPC, srx_service=0x9c5 /* YFS_CM_SERVICE */, transport_type=SOCK_DGRAM, "
         "transport_len=4, transport={family=AF_INET, sa_data=\"ab\"}}"),
    BIND(OF(sockaddr_rxrpc, AF_RXRPC, 2, 99, 0, {.family = AF_RXRPC}), 36,
         "{sa_family=AF_RXRPC, srx_service=0x2 /* ???_SERVICE */, transport_type=0x63 /* SOCK_??? */, "
         "transport_len=0, transport={family=AF_RXRPC}}"),
    BIND(OF(sockaddr_rxrpc, AF_RXRPC, 2, SOCK_DGRAM, 65535, {.family = AF_UNIX}), 36,
         "{sa_family=AF_RXRPC, srx_service=0x2 /* ???_SERVICE */, transport_type=SOCK_DGRAM, "
         "transport_len=65535, transport={family=AF_UNIX, sa_data=\"\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0"
         "\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}}"),
    BIND(XS("\41"), 35, "{sa_family=AF_RXRPC, sa_data=\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}"),

    /* --- AF_IEEE802154 --- */
    BIND(TEXT(A, "\44\0\0\0\0\0\0\0\1\0\1\2\3\4\5\6\7\10\0\0"), 20,
         "{sa_family=AF_IEEE802154, addr={addr_type=0 /* IEEE802154_ADDR_NONE */, pan_id=0x1}}"),
    BIND(TEXT(A, "\44\0\0\0\2\0\0\0\1\0\1\2\3\4\5\6\7\10\0\0"), 20,
         "{sa_family=AF_IEEE802154, addr={addr_type=0x2 /* IEEE802154_ADDR_SHORT */, pan_id=0x1, "
         "short_addr=0x201}}"),
    BIND(TEXT(A, "\44\0\0\0\2\0\0\0\377\377\377\377\3\4\5\6\7\10\0\0m"), 21,
         "{sa_family=AF_IEEE802154, addr={addr_type=0x2 /* IEEE802154_ADDR_SHORT */, "
         "pan_id=0xffff /* IEEE802154_PANID_BROADCAST */, "
         "short_addr=0xffff /* IEEE802154_ADDR_BROADCAST */}}"),
    BIND(TEXT(A, "\44\0\0\0\3\0\0\0\1\0\1\2\3\4\5\6\7\10\0\0"), 20,
         "{sa_family=AF_IEEE802154, addr={addr_type=0x3 /* IEEE802154_ADDR_LONG */, pan_id=0x1, "
         "hwaddr=01:02:03:04:05:06:07:08}}"),
    BIND(TEXT(A, "\44\0\0\0\1\0\0\0\0\0\1\2\3\4\5\6\7\10\0\0"), 20,
         "{sa_family=AF_IEEE802154, addr={addr_type=0x1 /* IEEE802154_ADDR_??? */, pan_id=0, "
         "hwaddr=01:02:03:04:05:06:07:08}}"),
    BIND(XS("\44"), 19, "{sa_family=AF_IEEE802154, sa_data=\"xxxxxxxxxxxxxxxxx\"}"),

/* --- AF_NFC: the name's length stands behind it; strace 6.1 takes the device for an interface --- */
#define NFC "{sa_family=AF_NFC, dev_idx=1, target_idx=0x2, nfc_protocol=NFC_PROTO_NFC_DEP"
    BIND(OF(sockaddr_nfc, AF_NFC, 1, 2, NFC_PROTO_NFC_DEP), 16, NFC "}"),
    BIND(OF(sockaddr_nfc, AF_NFC, 1, 2, NFC_PROTO_NFC_DEP), 17, NFC ", ...}"),
    BIND(OF(sockaddr_nfc_llcp, AF_NFC, 1, 2, NFC_PROTO_NFC_DEP, 1, 0x20, "urn:x", 5), 96,
         NFC ", dsap=0x1 /* LLCP_SAP_SDP */, ssap=0x20, service_name=\"urn:x\", service_name_len=5}"),
    BIND(OF(sockaddr_nfc_llcp, AF_NFC, 1, 2, NFC_PROTO_NFC_DEP, 0, 0, "urn:x", 0), 97,
         NFC ", dsap=0, ssap=0, service_name=\"\", service_name_len=0}"),
    BIND(OF(sockaddr_nfc_llcp, AF_NFC, 1, 2, NFC_PROTO_NFC_DEP, 0, 0,
            "123456789012345678901234567890123456789012345678901234567890abc", UINT64_MAX),
         96,
         NFC ", dsap=0, ssap=0, "
             "service_name=\"123456789012345678901234567890123456789012345678901234567890abc\", "
             "service_name_len=18446744073709551615}"),
    BIND(OF(sockaddr_nfc_llcp, AF_NFC, 1, 2, NFC_PROTO_NFC_DEP, 1, 0x20, "urn:x", 5), 95, NFC ", ...}"),
    BIND(XS("\47"), 15, "{sa_family=AF_NFC, sa_data=\"xxxxxxxxxxxxx\"}"),

    /* --- what the kernel writes: no more than there is room for, whatever it says --- */
    {"getsockname",
     {3, A, B},
     0,
     {TEXT(B, "\14\0\0\0")},
     {TEXT(A, "\1\0/tmp/s\0junk"), TEXT(B, "\11\0\0\0")},
     "getsockname(3, {sa_family=AF_UNIX, sun_path=\"/tmp/s\"}, [12 => 9]) = 0"},
    {"getsockname",
     {3, A, B},
     0,
     {TEXT(B, "\6\0\0\0")},
     {TEXT(A, "\1\0/tmp/s\0junk"), TEXT(B, "\11\0\0\0")},
     "getsockname(3, {sa_family=AF_UNIX, sun_path=\"/tmp\"}, [6 => 9]) = 0"},
    {"accept",
     {3, A, B},
     4,
     {TEXT(B, "\156\0\0\0")},
     {TEXT(A, "\1\0junk"), TEXT(B, "\2\0\0\0")},
     "accept(3, {sa_family=AF_UNIX}, [110 => 2]) = 4"},
    {"accept",
     {3, A, B},
     4,
     {TEXT(B, "\1\0\0\0")},
     {TEXT(A, "\1\0junk"), TEXT(B, "\20\0\0\0")},
     "accept(3, 0x10000, [1 => 16]) = 4"},
    {"getpeername",
     {3, A, B},
     0,
     {TEXT(B, "\3\0\0\0")},
     {TEXT(A, "\1\0\0ab"), TEXT(B, "\5\0\0\0")},
     "getpeername(3, {sa_family=AF_UNIX, sun_path=@\"\"}, [3 => 5]) = 0"},
    {"recvfrom",
     {3, C, 1, 0, A, B},
     1,
     {TEXT(B, "\22\0\0\0")},
     {LL_ADDR(6, {0, 1, 2, 3, 4, 5}), TEXT(B, "\22\0\0\0"), TEXT(C, "x")},
     "recvfrom(3, \"x\", 1, 0, " LL "sll_hatype=ARPHRD_ETHER, sll_pkttype=PACKET_OUTGOING, sll_halen=6, "
     "sll_addr=[00, 0x1, 0x2, 0x3, 0x4, 0x5]}, [18]) = 1"},
    {"recvfrom",
     {3, C, 1, 0, A, B},
     1,
     {TEXT(B, "\20\0\0\0")},
     {OF(sockaddr_in6, AF_INET6, BE16(7000), 0, IN6_LOCAL, 1), TEXT(B, "\34\0\0\0"), TEXT(C, "x")},
     "recvfrom(3, \"x\", 1, 0, {sa_family=AF_INET6, "
     "sa_data=\"\\33X\\0\\0\\0\\0\\376\\200\\0\\0\\0\\0\\0\\0\"}, "
     "[16 => 28]) = 1"},

/* --- socket(2)'s protocol, in the families that have any --- */
#define SOCKET(family, protocol, shown)                                                                      \
    {                                                                                                        \
        "socket", {family, SOCK_RAW, protocol}, 3, {{0}}, {{0}},                                             \
            "socket(" #family ", SOCK_RAW, " shown ") = 3"                                                   \
    }
    SOCKET(AF_UNIX, 1, "1"),
    SOCKET(AF_INET, 17, "IPPROTO_UDP"),
    SOCKET(AF_INET, 262, "IPPROTO_MPTCP"),
    SOCKET(AF_INET6, 58, "IPPROTO_ICMPV6"),
    SOCKET(AF_AX25, 0xcc, "0xcc /* AX25_P_IP */"),
    SOCKET(AF_AX25, 0, "0 /* AX25_P_??? */"),
    SOCKET(AF_NETLINK, 16, "NETLINK_GENERIC"),
    SOCKET(AF_PACKET, BE16(ETH_P_ALL), "htons(ETH_P_ALL)"),
    SOCKET(AF_PACKET, BE16(ETH_P_IPV6), "htons(ETH_P_IPV6)"),
    SOCKET(AF_PACKET, 0, "htons(0 /* ETH_P_??? */)"),
    SOCKET(AF_PACKET, 0xffffffff, "htons(0xffff /* ETH_P_??? */)"),
    SOCKET(AF_IRDA, 1, "IRDAPROTO_ULTRA"), /* strace 6.1 looks into the table of AF_CAN */
    SOCKET(AF_CAN, 7, "CAN_J1939"),
    SOCKET(AF_CAN, 0, "0 /* CAN_??? */"),
    SOCKET(AF_BLUETOOTH, 3, "BTPROTO_RFCOMM"),
    SOCKET(AF_RXRPC, AF_INET6, "AF_INET6"),
    SOCKET(AF_ISDN, 0x22, "ISDN_P_B_HDLC"),
    SOCKET(AF_PHONET, 2, "PN_PROTO_PIPE"),
    SOCKET(AF_CAIF, 5, "CAIFPROTO_DEBUG"),
    SOCKET(AF_NFC, 1, "NFC_SOCKPROTO_LLCP"),
    SOCKET(AF_KCM, 0, "KCMPROTO_CONNECTED"),
    SOCKET(AF_SMC, 1, "SMCPROTO_SMC6"),
    SOCKET(AF_SMC, 2, "0x2 /* SMCPROTO_??? */"),
    SOCKET(AF_TIPC, 7, "7"),
    SOCKET(AF_VSOCK, 0xffffffff, "-1"),
};

const size_t rows_len = ARRAY_LEN(rows);

/* The same addresses for people, by their place in the rows. */
static const struct {
    const char *begins; /* with which the row's line begins, behind `bind(3, ` */
    const char *text;
} shorts[] = {
    {"{sa_family=AF_UNSPEC}", "AF_UNSPEC"},
    {"{sa_family=0x63", "AF_99 \"ab\""},
    {"{sa_family=AF_UNIX}", "unix:\"\""},
    {"{sa_family=AF_UNIX, sun_path=\"/tmp/s\"}", "unix:\"/tmp/s\""},
    {"{sa_family=AF_UNIX, sun_path=@\"a", "unix:\"@a\\0b\\0\""},
    {"{sa_family=AF_INET, sin_port", "127.0.0.1:7000"},
    {IN6_LINE "\"fe80::1\", &sin6_addr), sin6_scope_id=if", "[fe80::1%lo]:7000"},
    {IN6_LINE "\"fe80::1\", &sin6_addr), sin6_scope_id=2", "[fe80::1%2]:7000"},
    {IN6_LINE "\"fe80::1\", &sin6_addr), sin6_scope_id=0", "[fe80::1]:7000"},
    {IN6_LINE "\"fe80::1\", &sin6_addr)}", "[fe80::1]:7000"},
    {"{sa_family=AF_NETLINK, nl_pid=412", "netlink:412"},
    {LL, "packet:lo"},
    {"{sa_family=AF_PACKET, sll_protocol=htons(0", "packet:7"},
    {"{sa_family=AF_VSOCK, svm_cid", "vsock:1:1024"},
    {"{sa_family=AF_VSOCK, svm_reserved1", "vsock:*:*"},
    {"{sa_family=AF_XDP, sxdp_flags=XDP_SHARED", "xdp:lo:2"},
    {"{sa_family=AF_XDP, sxdp_flags=0x30", "xdp:*:2"},
    {"{sa_family=AF_ALG, salg_type=\"hash", "alg:hash:sha256"},
    {"{sa_family=AF_BLUETOOTH, hci_dev=htobs(1)", "hci:1"},
    {"{sa_family=AF_BLUETOOTH, sco", "sco:06:05:04:03:02:01"},
    {"{sa_family=AF_BLUETOOTH, rc", "rfcomm:06:05:04:03:02:01:7"},
    {"{sa_family=AF_BLUETOOTH, l2", "l2cap:06:05:04:03:02:01:3"},
    {"{sa_family=AF_BLUETOOTH, sa_data=\"x\"", "AF_BLUETOOTH \"x\""},
    {"{sa_family=AF_CAN, can", "can:lo"},
    {"{sa_family=AF_TIPC, addrtype=TIPC_SERVICE_ADDR", "tipc:18888:17"},
    {"{sa_family=AF_TIPC, addrtype=TIPC_SERVICE_RANGE", "tipc:18888:1-9"},
    {"{sa_family=AF_TIPC, addrtype=TIPC_SOCKET", "tipc:16781313/4711"},
    {"{sa_family=AF_TIPC, addrtype=0x9", "tipc"},
    {"{sa_family=AF_IUCV, siucv", "iucv:GUEST   :APP     "},
    {"{sa_family=AF_PHONET, spn", "phonet:108:1"},
    {"{sa_family=AF_LLC, sllc", "llc:01:80:c2:00:00:ff:66"},
    {"{sa_family=AF_APPLETALK, sat", "atalk:65280.12:4"},
    {"{sa_family=AF_QIPCRTR, sq", "qrtr:1:4294967294"},
    {"{sa_family=AF_MCTP, smctp", "mctp:*:*:1"},
    {"{sa_family=AF_IPX, sipx", "ipx:16:00:01:02:03:1b:ff:1105"},
    {"{sa_family=AF_X25, sx25", "x25:" X25_DIGITS},
    {"{sa_family=AF_AX25, sax25", "ax25:GPZN-1"},
    {"{sa_family=AF_AX25, fsa", "ax25:GPZN-1"},
    {"{sa_family=AF_AX25, sax25_call={ax25_call=\"\\x8e\\x54", "ax25"},
    {RX "transport_len=16", "rxrpc:1:127.0.0.1:7000"},
    {RX "transport_len=28", "rxrpc:1:[fe80::1%lo]:7000"},
    {"{sa_family=AF_RXRPC, srx_service=0x9c5", "rxrpc:2501"},
    {"{sa_family=AF_IEEE802154, addr={addr_type=0 ", "802154:1"},
    {"{sa_family=AF_IEEE802154, addr={addr_type=0x2", "802154:1:513"},
    {"{sa_family=AF_IEEE802154, addr={addr_type=0x3", "802154:1:01:02:03:04:05:06:07:08"},
    {NFC "}", "nfc:1:2"},
    {NFC ", dsap=0x1", "nfc:1:2:urn:x"},
};

START_TEST(short_forms)
{
    struct arena arena = {0};
    struct buf out = {0};
    char begins[256];
    size_t i = 0;

    snprintf(begins, sizeof(begins), "bind(3, %s", shorts[_i].begins);
    while (i < rows_len && strncmp(rows[i].line, begins, strlen(begins)) != 0)
        i++;
    ck_assert_msg(i < rows_len, "%s", begins);
    ck_assert(value_addr_short(decode_sockaddr(&arena, &opts, rows[i].in[0].bytes, rows[i].args[2]), &out));
    ck_assert_str_eq(buf_str(&out), shorts[_i].text);
    buf_release(&out);
    arena_release(&arena);
}
END_TEST

static void add(Suite *suite)
{
    rows_add(suite);
    suite_add_loop(suite, "short", short_forms, ARRAY_LEN(shorts));
}

SUITE_MAIN("addresses", add)
