/* unit/decode/test_cmsg.c: control messages: what stands behind each header, and headers that lie. */
#include "rows.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>

#include <linux/errqueue.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/net_tstamp.h>
#include <linux/netlink.h>
#include <linux/rds.h>
#include <linux/rxrpc.h>
#include <linux/sctp.h>
#include <linux/tls.h>

/* A message whose control data is one header and `data`, at A and B. */
#define CONTROL(level_, type_, data)                                                                         \
    {                                                                                                        \
        OBJ(A, (const struct msghdr){.msg_control = PTR(B),                                                  \
                                     .msg_controllen = sizeof(struct cmsghdr) + sizeof(data) - 1}),          \
            OBJ(B, (const struct {                                                                           \
                    size_t len;                                                                              \
                    int level, type;                                                                         \
                    char bytes[sizeof(data)];                                                                \
                }){sizeof(struct cmsghdr) + sizeof(data) - 1, level_, type_, data})                          \
    }

/* Control data as it is, `len` of it claimed. */
#define RAW(len, data)                                                                                       \
    {                                                                                                        \
        OBJ(A, (const struct msghdr){.msg_control = PTR(B), .msg_controllen = (len)}), TEXT(B, data)         \
    }

#define LINE(controllen, messages)                                                                           \
    "sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, msg_iovlen=0, msg_control=" messages            \
    ", msg_controllen=" controllen ", msg_flags=0}, 0) = 0"

/* One row: level, type, bytes of the data, its length + 16, the line's words for them. */
#define ONE(level, type, data, len, text)                                                                    \
    {                                                                                                        \
        "sendmsg", {3, A, 0}, 0, CONTROL(level, type, data), {{0}},                                          \
            LINE(len, "[{cmsg_len=" len ", " text "}]")                                                      \
    }

#define LOOPBACK_6  "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1"
#define UNREACHABLE "\157\0\0\0\2\3\3\0\0\0\0\0\0\0\0\0"
#define UNREACHABLE_LINE                                                                                     \
    "ee_errno=ECONNREFUSED, ee_origin=SO_EE_ORIGIN_ICMP, ee_type=3, ee_code=3, ee_info=0, ee_data=0"
#define IN_7000  "\2\0\x1b\x58\x7f\0\0\1\0\0\0\0\0\0\0\0"
#define IN_LINE  "{sa_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr(\"127.0.0.1\")}"
#define IN6_7000 "\12\0\x1b\x58\0\0\0\5" LOOPBACK_6 "\0\0\0\0"
#define IN6_LINE                                                                                             \
    "{sa_family=AF_INET6, sin6_port=htons(7000), sin6_flowinfo=htonl(5)"                                     \
    ", inet_pton(AF_INET6, \"::1\", &sin6_addr), sin6_scope_id=0}"
#define TIMES         "\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0"
#define RIGHTS_4      "\24\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\4\0\0\0\0\0\0\0"
#define RIGHTS_4_LINE "{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[4]}"

/* clang-format off */
const struct row rows[] = {
    /* SOL_SOCKET. */
    ONE(SOL_SOCKET, SCM_RIGHTS, "\4\0\0\0\6\0\0\0", "24",
        "cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[4, 6]"),
    ONE(SOL_SOCKET, SCM_RIGHTS, "\4\0\0\0\6\0\0", "23",
        "cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[4]"),
    ONE(SOL_SOCKET, SCM_RIGHTS, "\4\0\0", "19", "cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS"),
    ONE(SOL_SOCKET, SCM_CREDENTIALS, "\7\0\0\0\1\0\0\0\2\0\0\0", "28",
        "cmsg_level=SOL_SOCKET, cmsg_type=SCM_CREDENTIALS, cmsg_data={pid=7, uid=1, gid=2}"),
    ONE(SOL_SOCKET, SCM_CREDENTIALS, "\7\0\0\0\1\0\0\0\2\0\0", "27",
        "cmsg_level=SOL_SOCKET, cmsg_type=SCM_CREDENTIALS"),
    ONE(SOL_SOCKET, 3, "user_u\0", "23", "cmsg_level=SOL_SOCKET, cmsg_type=SCM_SECURITY, cmsg_data=\"user_u\\0\""),
    ONE(SOL_SOCKET, 4, "\5\0\0\0", "20", "cmsg_level=SOL_SOCKET, cmsg_type=SCM_PIDFD, cmsg_data=[5]"),
    ONE(SOL_SOCKET, SO_TIMESTAMP_OLD, TIMES, "32",
        "cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMP_OLD, cmsg_data={tv_sec=1, tv_usec=2}"),
    ONE(SOL_SOCKET, SO_TIMESTAMPNS_OLD, TIMES, "32",
        "cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMPNS_OLD, cmsg_data={tv_sec=1, tv_nsec=2}"),
    ONE(SOL_SOCKET, SO_TIMESTAMPING_OLD, TIMES TIMES TIMES, "64",
        "cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMPING_OLD, "
        "cmsg_data=[{tv_sec=1, tv_nsec=2}, {tv_sec=1, tv_nsec=2}, {tv_sec=1, tv_nsec=2}]"),
    ONE(SOL_SOCKET, SO_TIMESTAMP_NEW, TIMES, "32",
        "cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMP_NEW, cmsg_data={tv_sec=1, tv_usec=2}"),
    ONE(SOL_SOCKET, SO_TIMESTAMPNS_NEW, TIMES, "32",
        "cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMPNS_NEW, cmsg_data={tv_sec=1, tv_nsec=2}"),
    ONE(SOL_SOCKET, SO_TIMESTAMPING_NEW, TIMES TIMES TIMES, "64",
        "cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMPING_NEW, "
        "cmsg_data=[{tv_sec=1, tv_nsec=2}, {tv_sec=1, tv_nsec=2}, {tv_sec=1, tv_nsec=2}]"),
    ONE(SOL_SOCKET, SO_RXQ_OVFL, "\5\0\0\0", "20", "cmsg_level=SOL_SOCKET, cmsg_type=SO_RXQ_OVFL, cmsg_data=[5]"),
    ONE(SOL_SOCKET, SO_WIFI_STATUS, "\1\0\0\0", "20",
        "cmsg_level=SOL_SOCKET, cmsg_type=SO_WIFI_STATUS, cmsg_data=[1]"),
    ONE(SOL_SOCKET, SO_MARK, "\5\0\0\0", "20", "cmsg_level=SOL_SOCKET, cmsg_type=SO_MARK, cmsg_data=[5]"),
    ONE(SOL_SOCKET, SO_PRIORITY, "\5\0\0\0", "20", "cmsg_level=SOL_SOCKET, cmsg_type=SO_PRIORITY, cmsg_data=[5]"),
    ONE(SOL_SOCKET, SO_TXTIME, "\0\0\0\0\1\0\0\0", "24",
        "cmsg_level=SOL_SOCKET, cmsg_type=SO_TXTIME, cmsg_data=[4294967296]"),
    ONE(SOL_SOCKET, SCM_TIMESTAMPING_OPT_STATS, "\7", "17",
        "cmsg_level=SOL_SOCKET, cmsg_type=SCM_TIMESTAMPING_OPT_STATS, cmsg_data=\"\\7\""),
    ONE(SOL_SOCKET, SCM_TIMESTAMPING_PKTINFO, "\1\0\0\0\5\0\0\0\0\0\0\0\0\0\0\0", "32",
        "cmsg_level=SOL_SOCKET, cmsg_type=SCM_TIMESTAMPING_PKTINFO, "
        "cmsg_data={if_index=if_nametoindex(\"lo\"), pkt_length=5}"),
    ONE(SOL_SOCKET, 81, "\5\0\0\0", "20", "cmsg_level=SOL_SOCKET, cmsg_type=SCM_TS_OPT_ID, cmsg_data=[5]"),
    ONE(SOL_SOCKET, 84, "\5\0\0\0", "20", "cmsg_level=SOL_SOCKET, cmsg_type=SCM_INQ, cmsg_data=[5]"),
    ONE(SOL_SOCKET, 99, "ab", "18", "cmsg_level=SOL_SOCKET, cmsg_type=0x63 /* SCM_??? */, cmsg_data=\"ab\""),

    /* SOL_IP. */
    ONE(SOL_IP, IP_PKTINFO, "\1\0\0\0\x7f\0\0\1\x7f\0\0\2", "28",
        "cmsg_level=SOL_IP, cmsg_type=IP_PKTINFO, cmsg_data={ipi_ifindex=if_nametoindex(\"lo\"), "
        "ipi_spec_dst=inet_addr(\"127.0.0.1\"), ipi_addr=inet_addr(\"127.0.0.2\")}"),
    ONE(SOL_IP, IP_PKTINFO, "\7\0\0\0\x7f\0\0\1\x7f\0\0\2", "28",
        "cmsg_level=SOL_IP, cmsg_type=IP_PKTINFO, cmsg_data={ipi_ifindex=7, "
        "ipi_spec_dst=inet_addr(\"127.0.0.1\"), ipi_addr=inet_addr(\"127.0.0.2\")}"),
    ONE(SOL_IP, IP_PKTINFO, "\1\0\0\0\x7f\0\0\1\x7f\0\0", "27", "cmsg_level=SOL_IP, cmsg_type=IP_PKTINFO"),
    ONE(SOL_IP, IP_TTL, "\100\0\0\0", "20", "cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=[64]"),
    ONE(SOL_IP, IP_TOS, "\20", "17", "cmsg_level=SOL_IP, cmsg_type=IP_TOS, cmsg_data=[0x10]"),
    ONE(SOL_IP, 3, "a", "17", "cmsg_level=SOL_IP, cmsg_type=SCM_SECURITY, cmsg_data=\"a\""),
    ONE(SOL_IP, IP_RECVOPTS, "\7\3\4", "19", "cmsg_level=SOL_IP, cmsg_type=IP_RECVOPTS, cmsg_data=[0x7, 0x3, 0x4]"),
    ONE(SOL_IP, IP_RETOPTS, "\1", "17", "cmsg_level=SOL_IP, cmsg_type=IP_RETOPTS, cmsg_data=[0x1]"),
    ONE(SOL_IP, IP_RECVERR, UNREACHABLE IN_7000, "48",
        "cmsg_level=SOL_IP, cmsg_type=IP_RECVERR, cmsg_data={" UNREACHABLE_LINE ", offender=" IN_LINE "}"),
    ONE(SOL_IP, IP_RECVERR, UNREACHABLE, "32", "cmsg_level=SOL_IP, cmsg_type=IP_RECVERR"),
    ONE(SOL_IP, IP_ORIGDSTADDR, IN_7000, "32", "cmsg_level=SOL_IP, cmsg_type=IP_ORIGDSTADDR, cmsg_data=" IN_LINE),
    ONE(SOL_IP, IP_CHECKSUM, "\1\0\0\0", "20", "cmsg_level=SOL_IP, cmsg_type=IP_CHECKSUM, cmsg_data=[1]"),
    ONE(SOL_IP, IP_RECVFRAGSIZE, "\1\2\0\0", "20", "cmsg_level=SOL_IP, cmsg_type=IP_RECVFRAGSIZE, cmsg_data=[513]"),
    ONE(SOL_IP, 52, "\1\0\0\0", "20", "cmsg_level=SOL_IP, cmsg_type=IP_PROTOCOL, cmsg_data=[IPPROTO_ICMP]"),
    ONE(SOL_IP, 77, "", "16", "cmsg_level=SOL_IP, cmsg_type=0x4d /* IP_??? */"),

    /* SOL_IPV6. */
    ONE(SOL_IPV6, IPV6_PKTINFO, LOOPBACK_6 "\1\0\0\0", "36",
        "cmsg_level=SOL_IPV6, cmsg_type=IPV6_PKTINFO, "
        "cmsg_data={inet_pton(AF_INET6, \"::1\", &ipi6_addr), ipi6_ifindex=if_nametoindex(\"lo\")}"),
    ONE(SOL_IPV6, IPV6_2292PKTINFO, LOOPBACK_6 "\0\0\0\0", "36",
        "cmsg_level=SOL_IPV6, cmsg_type=IPV6_2292PKTINFO, "
        "cmsg_data={inet_pton(AF_INET6, \"::1\", &ipi6_addr), ipi6_ifindex=0}"),
    ONE(SOL_IPV6, IPV6_HOPLIMIT, "\100\0\0\0", "20", "cmsg_level=SOL_IPV6, cmsg_type=IPV6_HOPLIMIT, cmsg_data=[64]"),
    ONE(SOL_IPV6, IPV6_2292HOPLIMIT, "\377\377\377\377", "20",
        "cmsg_level=SOL_IPV6, cmsg_type=IPV6_2292HOPLIMIT, cmsg_data=[-1]"),
    ONE(SOL_IPV6, IPV6_TCLASS, "\20\0\0\0", "20", "cmsg_level=SOL_IPV6, cmsg_type=IPV6_TCLASS, cmsg_data=[0x10]"),
    ONE(SOL_IPV6, 11, "\0\0\0\5", "20", "cmsg_level=SOL_IPV6, cmsg_type=IPV6_FLOWINFO, cmsg_data=[htonl(5)]"),
    ONE(SOL_IPV6, IPV6_RECVERR, "\157\0\0\0\3\1\4\0\0\0\0\0\0\0\0\0" IN6_7000, "60",
        "cmsg_level=SOL_IPV6, cmsg_type=IPV6_RECVERR, cmsg_data={ee_errno=ECONNREFUSED, "
        "ee_origin=SO_EE_ORIGIN_ICMP6, ee_type=1, ee_code=4, ee_info=0, ee_data=0, offender=" IN6_LINE "}"),
    ONE(SOL_IPV6, IPV6_PATHMTU, IN6_7000 "\0\5\0\0", "48",
        "cmsg_level=SOL_IPV6, cmsg_type=IPV6_PATHMTU, cmsg_data={ip6m_addr=" IN6_LINE ", ip6m_mtu=1280}"),
    ONE(SOL_IPV6, IPV6_ORIGDSTADDR, IN6_7000, "44",
        "cmsg_level=SOL_IPV6, cmsg_type=IPV6_ORIGDSTADDR, cmsg_data=" IN6_LINE),
    ONE(SOL_IPV6, IPV6_HOPOPTS, "\72\0\5\2", "20",
        "cmsg_level=SOL_IPV6, cmsg_type=IPV6_HOPOPTS, cmsg_data=\":\\0\\5\\2\""),
    ONE(SOL_IPV6, IPV6_DSTOPTS, "\1", "17", "cmsg_level=SOL_IPV6, cmsg_type=IPV6_DSTOPTS, cmsg_data=\"\\1\""),
    ONE(SOL_IPV6, IPV6_RTHDR, "\1", "17", "cmsg_level=SOL_IPV6, cmsg_type=IPV6_RTHDR, cmsg_data=\"\\1\""),
    ONE(SOL_IPV6, IPV6_DONTFRAG, "\1\0\0\0", "20", "cmsg_level=SOL_IPV6, cmsg_type=IPV6_DONTFRAG, cmsg_data=[1]"),
    ONE(SOL_IPV6, IPV6_RECVFRAGSIZE, "\0\5\0\0", "20",
        "cmsg_level=SOL_IPV6, cmsg_type=IPV6_RECVFRAGSIZE, cmsg_data=[1280]"),

    /* Others. */
    ONE(SOL_TCP, TCP_CM_INQ, "\5\0\0\0", "20", "cmsg_level=SOL_TCP, cmsg_type=TCP_CM_INQ, cmsg_data=[5]"),
    ONE(SOL_UDP, UDP_SEGMENT, "\0\5", "18", "cmsg_level=SOL_UDP, cmsg_type=UDP_SEGMENT, cmsg_data=[1280]"),
    ONE(SOL_UDP, UDP_GRO, "\0\5\0\0", "20", "cmsg_level=SOL_UDP, cmsg_type=UDP_GRO, cmsg_data=[1280]"),
    ONE(SOL_TLS, TLS_SET_RECORD_TYPE, "\25", "17",
        "cmsg_level=SOL_TLS, cmsg_type=TLS_SET_RECORD_TYPE, cmsg_data=[TLS_RECORD_TYPE_ALERT]"),
    ONE(SOL_TLS, TLS_GET_RECORD_TYPE, "\377", "17",
        "cmsg_level=SOL_TLS, cmsg_type=TLS_GET_RECORD_TYPE, cmsg_data=[0xff /* TLS_RECORD_TYPE_??? */]"),
    ONE(SOL_NETLINK, NETLINK_PKTINFO, "\5\0\0\0", "20",
        "cmsg_level=SOL_NETLINK, cmsg_type=NETLINK_PKTINFO, cmsg_data={group=5}"),
    ONE(SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, "\377\377\377\377", "20",
        "cmsg_level=SOL_NETLINK, cmsg_type=NETLINK_LISTEN_ALL_NSID, cmsg_data=[-1]"),
    ONE(SOL_PACKET, PACKET_AUXDATA, "\221\0\0\0\5\0\0\0\4\0\0\0\16\0\34\0\7\0\0\201", "36",
        "cmsg_level=SOL_PACKET, cmsg_type=PACKET_AUXDATA, cmsg_data={"
        "tp_status=TP_STATUS_USER|TP_STATUS_VLAN_VALID|TP_STATUS_CSUM_VALID, "
        "tp_len=5, tp_snaplen=4, tp_mac=14, tp_net=28, tp_vlan_tci=0x7, tp_vlan_tpid=0x8100}"),
    ONE(SOL_PACKET, PACKET_TX_TIMESTAMP, "\52\0\0\0\4\0\0\0\0\0\0\0\7\0\0\0", "32",
        "cmsg_level=SOL_PACKET, cmsg_type=PACKET_TX_TIMESTAMP, cmsg_data={ee_errno=ENOMSG, "
        "ee_origin=SO_EE_ORIGIN_TXSTATUS, ee_type=0, ee_code=0, ee_info=0, ee_data=7}"),
    ONE(SOL_ALG, ALG_SET_OP, "\1\0\0\0", "20", "cmsg_level=SOL_ALG, cmsg_type=ALG_SET_OP, cmsg_data=[ALG_OP_ENCRYPT]"),
    ONE(SOL_ALG, ALG_SET_IV, "\4\0\0\0abcd", "24",
        "cmsg_level=SOL_ALG, cmsg_type=ALG_SET_IV, cmsg_data={ivlen=4, iv=\"abcd\"}"),
    ONE(SOL_ALG, ALG_SET_IV, "\4\0\0\0", "20", "cmsg_level=SOL_ALG, cmsg_type=ALG_SET_IV, cmsg_data={ivlen=4}"),
    ONE(SOL_ALG, ALG_SET_AEAD_ASSOCLEN, "\5\0\0\0", "20",
        "cmsg_level=SOL_ALG, cmsg_type=ALG_SET_AEAD_ASSOCLEN, cmsg_data=[5]"),
    ONE(IPPROTO_SCTP, SCTP_INIT, "\1\0\2\0\3\0\4\0", "24",
        "cmsg_level=SOL_SCTP, cmsg_type=SCTP_INIT, cmsg_data={sinit_num_ostreams=1, sinit_max_instreams=2, "
        "sinit_max_attempts=3, sinit_max_init_timeo=4}"),
    ONE(IPPROTO_SCTP, SCTP_SNDRCV,
        "\1\0\2\0\1\0\0\0\0\0\0\56\3\0\0\0\4\0\0\0\5\0\0\0\6\0\0\0\377\377\377\377", "48",
        "cmsg_level=SOL_SCTP, cmsg_type=SCTP_SNDRCV, cmsg_data={sinfo_stream=1, sinfo_ssn=2, "
        "sinfo_flags=SCTP_UNORDERED, sinfo_ppid=htonl(46), sinfo_context=3, sinfo_timetolive=4, sinfo_tsn=5, "
        "sinfo_cumtsn=6, sinfo_assoc_id=-1}"),
    ONE(IPPROTO_SCTP, SCTP_SNDINFO, "\1\0\24\0\0\0\0\56\3\0\0\0\4\0\0\0", "32",
        "cmsg_level=SOL_SCTP, cmsg_type=SCTP_SNDINFO, cmsg_data={snd_sid=1, "
        "snd_flags=SCTP_PR_SCTP_TTL|SCTP_ABORT, snd_ppid=htonl(46), snd_context=3, snd_assoc_id=4}"),
    ONE(IPPROTO_SCTP, SCTP_RCVINFO, "\1\0\2\0\0\0\0\0\0\0\0\56\3\0\0\0\4\0\0\0\5\0\0\0\6\0\0\0", "44",
        "cmsg_level=SOL_SCTP, cmsg_type=SCTP_RCVINFO, cmsg_data={rcv_sid=1, rcv_ssn=2, rcv_flags=0, "
        "rcv_ppid=htonl(46), rcv_tsn=3, rcv_cumtsn=4, rcv_context=5, rcv_assoc_id=6}"),
    ONE(IPPROTO_SCTP, SCTP_NXTINFO, "\1\0\0\0\0\0\0\56\3\0\0\0\4\0\0\0", "32",
        "cmsg_level=SOL_SCTP, cmsg_type=SCTP_NXTINFO, cmsg_data={nxt_sid=1, nxt_flags=0, nxt_ppid=htonl(46), "
        "nxt_length=3, nxt_assoc_id=4}"),
    ONE(IPPROTO_SCTP, SCTP_PRINFO, "\20\0\0\0\5\0\0\0", "24",
        "cmsg_level=SOL_SCTP, cmsg_type=SCTP_PRINFO, cmsg_data={pr_policy=SCTP_PR_SCTP_TTL, pr_value=5}"),
    ONE(IPPROTO_SCTP, SCTP_AUTHINFO, "\5\0", "18",
        "cmsg_level=SOL_SCTP, cmsg_type=SCTP_AUTHINFO, cmsg_data={auth_keynumber=5}"),
    ONE(IPPROTO_SCTP, SCTP_DSTADDRV4, "\x7f\0\0\1", "20",
        "cmsg_level=SOL_SCTP, cmsg_type=SCTP_DSTADDRV4, cmsg_data=inet_addr(\"127.0.0.1\")"),
    ONE(IPPROTO_SCTP, SCTP_DSTADDRV6, LOOPBACK_6, "32",
        "cmsg_level=SOL_SCTP, cmsg_type=SCTP_DSTADDRV6, inet_pton(AF_INET6, \"::1\", &cmsg_data)"),
    ONE(SOL_RXRPC, RXRPC_USER_CALL_ID, "\1\0\0\0\0\0\0\0", "24",
        "cmsg_level=SOL_RXRPC, cmsg_type=RXRPC_USER_CALL_ID, cmsg_data=[0x1]"),
    ONE(SOL_RXRPC, RXRPC_ACK, "", "16", "cmsg_level=SOL_RXRPC, cmsg_type=RXRPC_ACK"),
    ONE(SOL_RXRPC, RXRPC_TX_LENGTH, "\5\0\0\0\0\0\0\0", "24",
        "cmsg_level=SOL_RXRPC, cmsg_type=RXRPC_TX_LENGTH, cmsg_data=[5]"),
    ONE(SOL_RDS, RDS_CMSG_RDMA_STATUS, "\5", "17", "cmsg_level=SOL_RDS, cmsg_type=RDS_CMSG_RDMA_STATUS, cmsg_data=\"\\5\""),
    ONE(SOL_TIPC, 1, "\1\0\0\0\5\0\0\0", "24", "cmsg_level=SOL_TIPC, cmsg_type=TIPC_ERRINFO, cmsg_data=[1, 5]"),
    ONE(SOL_LLC, 1, "\5", "17", "cmsg_level=SOL_LLC, cmsg_type=LLC_CMSG_PKTINFO, cmsg_data=\"\\5\""),
    ONE(SOL_DCCP, 1, "\5\0\0\0", "20", "cmsg_level=SOL_DCCP, cmsg_type=DCCP_SCM_PRIORITY, cmsg_data=[5]"),
    ONE(SOL_BLUETOOTH, 3, "\1", "17", "cmsg_level=SOL_BLUETOOTH, cmsg_type=BT_SCM_PKT_STATUS, cmsg_data=[0x1]"),
    ONE(SOL_RAW, 5, "", "16", "cmsg_level=SOL_RAW, cmsg_type=0x5"),
    ONE(999, 5, "a", "17", "cmsg_level=0x3e7 /* SOL_??? */, cmsg_type=0x5, cmsg_data=\"a\""),

    /* Several, and lengths that lie. */
    {"sendmsg", {3, A, 0}, 0, RAW(48, RIGHTS_4 RIGHTS_4), {{0}}, LINE("48", "[" RIGHTS_4_LINE ", " RIGHTS_4_LINE "]")},
    {"sendmsg", {3, A, 0}, 0, RAW(44, RIGHTS_4 RIGHTS_4), {{0}}, LINE("44", "[" RIGHTS_4_LINE ", " RIGHTS_4_LINE "]")},
    {"sendmsg", {3, A, 0}, 0, RAW(30, RIGHTS_4 RIGHTS_4), {{0}}, LINE("30", "[" RIGHTS_4_LINE ", ... /* 0x20018 */]")},
    {"sendmsg", {3, A, 0}, 0, RAW(20, RIGHTS_4), {{0}}, LINE("20", "[" RIGHTS_4_LINE "]")},
    {"sendmsg", {3, A, 0}, 0, RAW(16, RIGHTS_4), {{0}},
     LINE("16", "[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS}]")},
    {"sendmsg", {3, A, 0}, 0, RAW(15, RIGHTS_4), {{0}}, LINE("15", "0x20000")},
    {"sendmsg", {3, A, 0}, 0, RAW(24, "\0\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\4\0\0\0\0\0\0\0"), {{0}},
     LINE("24", "[{cmsg_len=0, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS}, ... /* 0x20010 */]")},
    /* Behind a length shorter than a header nothing is looked for, even where there is another one. */
    {"sendmsg", {3, A, 0}, 0, RAW(40, "\1\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0" RIGHTS_4), {{0}},
     LINE("40", "[{cmsg_len=1, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS}, ... /* 0x20010 */]")},
    {"sendmsg", {3, A, 0}, 0, RAW(24, "\377\377\377\377\377\377\377\377\1\0\0\0\1\0\0\0\4\0\0\0\5\0\0\0"), {{0}},
     LINE("24", "[{cmsg_len=18446744073709551615, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[4, 5]}]")},
    {"sendmsg", {3, A, 0}, 0, RAW(24, "\377\377\377\377\0\0\0\0\1\0\0\0\1\0\0\0\4\0\0\0\5\0\0\0"), {{0}},
     LINE("24", "[{cmsg_len=4294967295, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[4, 5]}]")},
    {"sendmsg", {3, A, 0}, 0, RAW(UINT64_MAX, RIGHTS_4), {{0}}, LINE("18446744073709551615", "0x20000")},
    {"sendmsg", {3, A, 0}, 0, RAW(1 << 20, RIGHTS_4), {{0}}, LINE("1048576", "0x20000")},
    {"sendmsg", {3, A, 0}, 0, RAW(25, RIGHTS_4), {{0}}, LINE("25", "0x20000")}, /* its last byte can't be read */
    {"sendmsg", {3, A, 0}, 0, {OBJ(A, (const struct msghdr){.msg_control = PTR(BAD), .msg_controllen = 24})}, {{0}},
     LINE("24", "0x66000")},
    {"sendmsg", {3, A, 0}, 0, {OBJ(A, (const struct msghdr){.msg_controllen = 24})}, {{0}}, LINE("24", "NULL")},

    /* What was received: the kernel shortens the lengths. */
    {"recvmsg", {3, A, 0}, 0,
     {OBJ(A, (const struct msghdr){.msg_name = PTR(C), .msg_namelen = 128, .msg_control = PTR(B), .msg_controllen = 64})},
     {OBJ(A, (const struct msghdr){.msg_name = PTR(C), .msg_namelen = 16, .msg_control = PTR(B), .msg_controllen = 24,
                                   .msg_flags = MSG_CTRUNC | MSG_TRUNC}),
      TEXT(B, RIGHTS_4), TEXT(C, IN_7000)},
     "recvmsg(3, {msg_name=" IN_LINE ", msg_namelen=128 => 16, msg_iov=NULL, msg_iovlen=0, msg_control=["
     RIGHTS_4_LINE "], msg_controllen=24, msg_flags=MSG_CTRUNC|MSG_TRUNC}, 0) = 0"},
    {"recvmsg", {3, A, 0}, 0,
     {OBJ(A, (const struct msghdr){.msg_control = PTR(B), .msg_controllen = 64})},
     {OBJ(A, (const struct msghdr){.msg_control = PTR(B), .msg_controllen = 0})},
     "recvmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, msg_iovlen=0, msg_controllen=0, msg_flags=0}, 0) = 0"},
    {"recvmsg", {3, A, MSG_ERRQUEUE}, -EAGAIN,
     {OBJ(A, (const struct msghdr){.msg_control = PTR(B), .msg_controllen = 64}), TEXT(B, RIGHTS_4)}, {{0}},
     "recvmsg(3, {msg_namelen=0}, MSG_ERRQUEUE) = -1 EAGAIN"},

    /* Vectors. */
    {"sendmsg", {3, A, 0}, -EMSGSIZE, {OBJ(A, (const struct msghdr){.msg_iov = PTR(B), .msg_iovlen = SIZE_MAX})}, {{0}},
     "sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=0x20000, msg_iovlen=18446744073709551615, "
     "msg_controllen=0, msg_flags=0}, 0) = -1 EMSGSIZE"},
    {"sendmsg", {3, A, 0}, 0, {OBJ(A, (const struct msghdr){.msg_iov = PTR(B), .msg_iovlen = 0})}, {{0}},
     "sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=[], msg_iovlen=0, msg_controllen=0, msg_flags=0}, 0) = 0"},
    {"sendmsg", {3, A, 0}, 3, {OBJ(A, (const struct msghdr){.msg_iov = PTR(B), .msg_iovlen = 3}),
      OBJ(B, (const struct iovec[]){{PTR(C), 2}, {NULL, 0}, {PTR(C + 2), 1}}), TEXT(C, "abc")}, {{0}},
     "sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"ab\", iov_len=2}, {iov_base=NULL, iov_len=0}, "
     "{iov_base=\"c\", iov_len=1}], msg_iovlen=3, msg_controllen=0, msg_flags=0}, 0) = 3"},
    {"sendmsg", {3, A, 0}, -EFAULT, {OBJ(A, (const struct msghdr){.msg_iov = PTR(PAGE_END - 32), .msg_iovlen = 3}),
      OBJ(PAGE_END - 32, (const struct iovec[]){{PTR(C), 2}, {PTR(BAD), 5}}), TEXT(C, "abc")}, {{0}},
     "sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"ab\", iov_len=2}, "
     "{iov_base=0x66000, iov_len=5}, ... /* 0x51000 */], msg_iovlen=3, msg_controllen=0, msg_flags=0}, 0) = -1 EFAULT"},
    {"sendmsg", {3, PAGE_END - 48, 0}, -EFAULT, {{PAGE_END - 48, "", 1}}, {{0}},
     "sendmsg(3, 0x50fd0, 0) = -1 EFAULT"},

    /* Messages of one call: those that were sent have their lengths, and what was in them when they were sent. */
    {"sendmmsg", {3, A, 2, 0}, 1,
     {OBJ(A, (const struct mmsghdr[]){{.msg_hdr = {.msg_control = PTR(B), .msg_controllen = 24}},
                                      {.msg_hdr = {.msg_iov = PTR(D), .msg_iovlen = 1}}}),
      TEXT(B, RIGHTS_4), OBJ(D, (const struct iovec[]){{PTR(C), 3}}), TEXT(C, "abc")},
     {OBJ(A, (const struct mmsghdr[]){{.msg_hdr = {.msg_control = PTR(B), .msg_controllen = 24}, .msg_len = 9},
                                      {.msg_hdr = {.msg_iov = PTR(D), .msg_iovlen = 1}}}),
      TEXT(B, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), TEXT(C, "xyz")},
     "sendmmsg(3, [{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=NULL, msg_iovlen=0, msg_control=[" RIGHTS_4_LINE
     "], msg_controllen=24, msg_flags=0}, msg_len=9}, "
     "{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"abc\", iov_len=3}], msg_iovlen=1, "
     "msg_controllen=0, msg_flags=0}}], 2, 0) = 1"},
};
/* clang-format on */

const size_t rows_len = ARRAY_LEN(rows);

ROWS_MAIN("cmsg")
