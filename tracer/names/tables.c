/* names/tables.c: tables of what socket calls take: families, types, protocols, flags, levels. */
#include "names/nametab.h"
#include "names/rows.h"

#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <sys/socket.h>

/* linux/net.h, which has it, can't be included beside sys/socket.h. */
enum { SOCK_TYPE_MASK = 0xf };

static const struct name af_rows[] = {
    N(AF_UNSPEC),     N(AF_UNIX),      N(AF_INET),     N(AF_AX25),  N(AF_IPX),     N(AF_APPLETALK),
    N(AF_NETROM),     N(AF_BRIDGE),    N(AF_ATMPVC),   N(AF_X25),   N(AF_INET6),   N(AF_ROSE),
    N(AF_DECnet),     N(AF_NETBEUI),   N(AF_SECURITY), N(AF_KEY),   N(AF_NETLINK), N(AF_PACKET),
    N(AF_ASH),        N(AF_ECONET),    N(AF_ATMSVC),   N(AF_RDS),   N(AF_SNA),     N(AF_IRDA),
    N(AF_PPPOX),      N(AF_WANPIPE),   N(AF_LLC),      N(AF_IB),    N(AF_MPLS),    N(AF_CAN),
    N(AF_TIPC),       N(AF_BLUETOOTH), N(AF_IUCV),     N(AF_RXRPC), N(AF_ISDN),    N(AF_PHONET),
    N(AF_IEEE802154), N(AF_CAIF),      N(AF_ALG),      N(AF_NFC),   N(AF_VSOCK),   N(AF_KCM),
    N(AF_QIPCRTR),    N(AF_SMC),       N(AF_XDP),      N(AF_MCTP),  N(AF_LOCAL),   N(AF_FILE),
    N(AF_ROUTE),
};

const struct nametab nametab_af = {.id = "AF", .unknown = "AF_???", ROWS(af_rows)};

static const struct name sock_rows[] = {
    N(SOCK_STREAM), N(SOCK_DGRAM),  N(SOCK_RAW),     N(SOCK_RDM),      N(SOCK_SEQPACKET),
    N(SOCK_DCCP),   N(SOCK_PACKET), N(SOCK_CLOEXEC), N(SOCK_NONBLOCK),
};

const struct nametab nametab_sock = {.id = "SOCK",
                                     .unknown = "SOCK_???",
                                     ROWS(sock_rows),
                                     .is_flags = true,
                                     .enum_mask = SOCK_TYPE_MASK,
                                     .quiet = SOCK_CLOEXEC | SOCK_NONBLOCK};

static const struct name sock_flags_rows[] = {
    N(SOCK_CLOEXEC),
    N(SOCK_NONBLOCK),
};

const struct nametab nametab_sock_flags = {.id = "SOCK_FLAGS",
                                           .unknown = "SOCK_???",
                                           ROWS(sock_flags_rows),
                                           .is_flags = true,
                                           .quiet = SOCK_CLOEXEC | SOCK_NONBLOCK};

static const struct name ipproto_rows[] = {
    N(IPPROTO_IP),      N(IPPROTO_ICMP),       N(IPPROTO_IGMP),    N(IPPROTO_IPIP),     N(IPPROTO_TCP),
    N(IPPROTO_EGP),     N(IPPROTO_PUP),        N(IPPROTO_UDP),     N(IPPROTO_IDP),      N(IPPROTO_TP),
    N(IPPROTO_DCCP),    N(IPPROTO_IPV6),       N(IPPROTO_ROUTING), N(IPPROTO_FRAGMENT), N(IPPROTO_RSVP),
    N(IPPROTO_GRE),     N(IPPROTO_ESP),        N(IPPROTO_AH),      N(IPPROTO_ICMPV6),   N(IPPROTO_NONE),
    N(IPPROTO_DSTOPTS), N(IPPROTO_MTP),        N(IPPROTO_BEETPH),  N(IPPROTO_ENCAP),    N(IPPROTO_PIM),
    N(IPPROTO_COMP),    {115, "IPPROTO_L2TP"}, N(IPPROTO_SCTP),    N(IPPROTO_MH),       N(IPPROTO_UDPLITE),
    N(IPPROTO_MPLS),    N(IPPROTO_ETHERNET),   N(IPPROTO_RAW),     N(IPPROTO_MPTCP),
};

const struct nametab nametab_ipproto = {.id = "IPPROTO", .unknown = "IPPROTO_???", ROWS(ipproto_rows)};

static const struct name netlink_rows[] = {
    N(NETLINK_ROUTE),     N(NETLINK_UNUSED),        N(NETLINK_USERSOCK),   N(NETLINK_FIREWALL),
    N(NETLINK_SOCK_DIAG), N(NETLINK_NFLOG),         N(NETLINK_XFRM),       N(NETLINK_SELINUX),
    N(NETLINK_ISCSI),     N(NETLINK_AUDIT),         N(NETLINK_FIB_LOOKUP), N(NETLINK_CONNECTOR),
    N(NETLINK_NETFILTER), N(NETLINK_IP6_FW),        N(NETLINK_DNRTMSG),    N(NETLINK_KOBJECT_UEVENT),
    N(NETLINK_GENERIC),   N(NETLINK_SCSITRANSPORT), N(NETLINK_ECRYPTFS),   N(NETLINK_RDMA),
    N(NETLINK_CRYPTO),    N(NETLINK_SMC),
};

const struct nametab nametab_netlink = {.id = "NETLINK", .unknown = "NETLINK_???", ROWS(netlink_rows)};

static const struct name msg_rows[] = {
    N(MSG_OOB),          N(MSG_PEEK),
    N(MSG_DONTROUTE),    N(MSG_CTRUNC),
    {0x10, "MSG_PROBE"}, N(MSG_TRUNC),
    N(MSG_DONTWAIT),     N(MSG_EOR),
    N(MSG_WAITALL),      N(MSG_FIN),
    N(MSG_SYN),          N(MSG_CONFIRM),
    N(MSG_RST),          N(MSG_ERRQUEUE),
    N(MSG_NOSIGNAL),     N(MSG_MORE),
    N(MSG_WAITFORONE),   {0x20000, "MSG_SENDPAGE_NOTLAST"},
    N(MSG_BATCH),        {0x80000, "MSG_NO_SHARED_FRAGS"},
    N(MSG_ZEROCOPY),     N(MSG_FASTOPEN),
    N(MSG_CMSG_CLOEXEC), {0x80000000, "MSG_CMSG_COMPAT"},
    N(MSG_TRYHARD),
};

const struct nametab nametab_msg = {.id = "MSG",
                                    .unknown = "MSG_???",
                                    ROWS(msg_rows),
                                    .is_flags = true,
                                    .quiet = MSG_NOSIGNAL | MSG_CMSG_CLOEXEC};

static const struct name socketcall_rows[] = {
    {1, "SYS_SOCKET"},    {2, "SYS_BIND"},        {3, "SYS_CONNECT"},     {4, "SYS_LISTEN"},
    {5, "SYS_ACCEPT"},    {6, "SYS_GETSOCKNAME"}, {7, "SYS_GETPEERNAME"}, {8, "SYS_SOCKETPAIR"},
    {9, "SYS_SEND"},      {10, "SYS_RECV"},       {11, "SYS_SENDTO"},     {12, "SYS_RECVFROM"},
    {13, "SYS_SHUTDOWN"}, {14, "SYS_SETSOCKOPT"}, {15, "SYS_GETSOCKOPT"}, {16, "SYS_SENDMSG"},
    {17, "SYS_RECVMSG"},  {18, "SYS_ACCEPT4"},    {19, "SYS_RECVMMSG"},   {20, "SYS_SENDMMSG"},
};

const struct nametab nametab_socketcall = {.id = "SYS", .unknown = "SYS_???", ROWS(socketcall_rows)};

static const struct name shut_rows[] = {
    N(SHUT_RD),
    N(SHUT_WR),
    N(SHUT_RDWR),
};

const struct nametab nametab_shut = {.id = "SHUT", .unknown = "SHUT_???", ROWS(shut_rows)};

/* Programs write IPPROTO_TCP for SOL_TCP; strace prints the SOL_ name (and AF_VSOCK's level as it stands
 * here). */
static const struct name sol_rows[] = {
    N(SOL_IP),
    N(SOL_SOCKET),
    N(SOL_TCP),
    N(SOL_UDP),
    {18, "SOL_RFCOMM"},
    N(AF_VSOCK),
    N(SOL_IPV6),
    N(SOL_ICMPV6),
    {100, "SOL_CAN_BASE"},
    {101, "SOL_CAN_RAW"},
    {106, "SOL_CAN_ISOTP"},
    {107, "SOL_CAN_J1939"},
    {132, "SOL_SCTP"},
    {136, "SOL_UDPLITE"},
    N(SOL_RAW),
    {256, "SOL_IPX"},
    {257, "SOL_AX25"},
    {258, "SOL_ATALK"},
    {259, "SOL_NETROM"},
    {260, "SOL_ROSE"},
    N(SOL_DECNET),
    N(SOL_X25),
    N(SOL_PACKET),
    N(SOL_ATM),
    N(SOL_AAL),
    N(SOL_IRDA),
    N(SOL_NETBEUI),
    N(SOL_LLC),
    N(SOL_DCCP),
    N(SOL_NETLINK),
    N(SOL_TIPC),
    N(SOL_RXRPC),
    N(SOL_PPPOL2TP),
    N(SOL_BLUETOOTH),
    N(SOL_PNPIPE),
    N(SOL_RDS),
    N(SOL_IUCV),
    N(SOL_CAIF),
    N(SOL_ALG),
    N(SOL_NFC),
    N(SOL_KCM),
    N(SOL_TLS),
    N(SOL_XDP),
    N(SOL_MPTCP),
    N(SOL_MCTP),
    N(SOL_SMC),
    {287, "SOL_VSOCK"},
    N(IPPROTO_IP),
    N(IPPROTO_TCP),
    N(IPPROTO_UDP),
    N(IPPROTO_IPV6),
    N(IPPROTO_ICMPV6),
    N(IPPROTO_SCTP),
    N(IPPROTO_UDPLITE),
    N(IPPROTO_RAW),
};

const struct nametab nametab_sol = {.id = "SOL", .unknown = "SOL_??", ROWS(sol_rows)};

/* The levels of control messages are the same, but strace calls an unknown one differently. */
const struct nametab nametab_cmsg_level = {.id = "CMSG_LEVEL", .unknown = "SOL_???", ROWS(sol_rows)};
