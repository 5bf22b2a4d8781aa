/* decode/kinds_cmsg.c: control messages (cmsg(3)): what stands behind each header, by level and type. */
#include "base/alloc.h"
#include "decode/kinds.h"

/* The kernel's headers leave to the C library's what both define, where those come first. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/dccp.h>
#include <linux/errqueue.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/net_tstamp.h>
#include <linux/netlink.h>
#include <linux/rxrpc.h>
#include <linux/sctp.h>
#include <linux/tipc.h>
#include <linux/tls.h>

enum { CONTROL_MAX = 64 * 1024 };

/* --- structs --- */

static const struct member in_pktinfo[] = {
    MEMBER(in_pktinfo, ipi_ifindex, SHAPE_IFINDEX),
    MEMBER(in_pktinfo, ipi_spec_dst, SHAPE_IP),
    MEMBER(in_pktinfo, ipi_addr, SHAPE_IP),
};

/* Behind it stands who sent the error, where it came over the network. */
#define OFFENDER(type)                                                                                       \
    {                                                                                                        \
        "offender", sizeof(struct sock_extended_err), sizeof(struct type), sizeof(struct sock_extended_err), \
            sizeof(struct type), SHAPE_SOCKADDR, NULL, 0, 0                                                  \
    }
#define EXTENDED_ERR                                                                                         \
    MEMBER_OF(sock_extended_err, ee_errno, SHAPE_SYM, &nametab_errno),                                       \
        MEMBER_OF(sock_extended_err, ee_origin, SHAPE_SYM, &nametab_ee_origin),                              \
        MEMBER(sock_extended_err, ee_type, SHAPE_UDEC), MEMBER(sock_extended_err, ee_code, SHAPE_UDEC),      \
        MEMBER(sock_extended_err, ee_info, SHAPE_UDEC), MEMBER(sock_extended_err, ee_data, SHAPE_UDEC)

static const struct member sock_extended_err[] = {EXTENDED_ERR};
static const struct member ip_err[] = {EXTENDED_ERR, OFFENDER(sockaddr_in)};
static const struct member ip6_err[] = {EXTENDED_ERR, OFFENDER(sockaddr_in6)};

static const struct member scm_ts_pktinfo[] = {
    MEMBER(scm_ts_pktinfo, if_index, SHAPE_IFINDEX),
    MEMBER(scm_ts_pktinfo, pkt_length, SHAPE_UDEC),
};

static const struct member nl_pktinfo[] = {
    MEMBER(nl_pktinfo, group, SHAPE_UDEC),
};

static const struct member tpacket_auxdata[] = {
    MEMBER_OF(tpacket_auxdata, tp_status, SHAPE_FLAGS, &nametab_tp_status),
    MEMBER(tpacket_auxdata, tp_len, SHAPE_UDEC),
    MEMBER(tpacket_auxdata, tp_snaplen, SHAPE_UDEC),
    MEMBER(tpacket_auxdata, tp_mac, SHAPE_UDEC),
    MEMBER(tpacket_auxdata, tp_net, SHAPE_UDEC),
    MEMBER(tpacket_auxdata, tp_vlan_tci, SHAPE_HEX),
    MEMBER(tpacket_auxdata, tp_vlan_tpid, SHAPE_HEX),
};

/* The vector is as long as the message. */
static const struct member af_alg_iv[] = {
    MEMBER(af_alg_iv, ivlen, SHAPE_UDEC),
    {"iv", offsetof(struct af_alg_iv, iv), 0, offsetof(struct af_alg_iv, iv), 0, SHAPE_BYTES, NULL, 0, 0},
};

static const struct member sctp_rcvinfo[] = {
    MEMBER(sctp_rcvinfo, rcv_sid, SHAPE_UDEC),
    MEMBER(sctp_rcvinfo, rcv_ssn, SHAPE_UDEC),
    MEMBER_OF(sctp_rcvinfo, rcv_flags, SHAPE_FLAGS, &nametab_sctp_flags),
    MEMBER(sctp_rcvinfo, rcv_ppid, SHAPE_NET),
    MEMBER(sctp_rcvinfo, rcv_tsn, SHAPE_UDEC),
    MEMBER(sctp_rcvinfo, rcv_cumtsn, SHAPE_UDEC),
    MEMBER(sctp_rcvinfo, rcv_context, SHAPE_UDEC),
    MEMBER(sctp_rcvinfo, rcv_assoc_id, SHAPE_DEC),
};

static const struct member sctp_nxtinfo[] = {
    MEMBER(sctp_nxtinfo, nxt_sid, SHAPE_UDEC),
    MEMBER_OF(sctp_nxtinfo, nxt_flags, SHAPE_FLAGS, &nametab_sctp_flags),
    MEMBER(sctp_nxtinfo, nxt_ppid, SHAPE_NET),
    MEMBER(sctp_nxtinfo, nxt_length, SHAPE_UDEC),
    MEMBER(sctp_nxtinfo, nxt_assoc_id, SHAPE_DEC),
};

static const struct member sctp_prinfo[] = {
    MEMBER_OF(sctp_prinfo, pr_policy, SHAPE_SYM, &nametab_sctp_pr),
    MEMBER(sctp_prinfo, pr_value, SHAPE_UDEC),
};

static const struct member sctp_authinfo[] = {
    MEMBER(sctp_authinfo, auth_keynumber, SHAPE_UDEC),
};

/* --- what stands behind which header --- */

/* One, or as many as there is room for. */
#define ITEM(size, form, of)                                                                                 \
    {                                                                                                        \
        NULL, 0, size, 0, size, form, of, 0, 0                                                               \
    }
static const struct member item_int = ITEM(4, SHAPE_DEC, NULL);
static const struct member item_uint = ITEM(4, SHAPE_UDEC, NULL);
static const struct member item_hex = ITEM(4, SHAPE_HEX, NULL);
static const struct member item_net = ITEM(4, SHAPE_NET, NULL);
static const struct member item_uint16 = ITEM(2, SHAPE_UDEC, NULL);
static const struct member item_uint64 = ITEM(8, SHAPE_UDEC, NULL);
static const struct member item_byte = ITEM(1, SHAPE_HEX, NULL);
static const struct member item_fd = ITEM(4, SHAPE_FD, NULL);
static const struct member item_in = ITEM(sizeof(struct in_addr), SHAPE_IP, NULL);
static const struct member item_in6 = ITEM(sizeof(struct in6_addr), SHAPE_IP, NULL);
static const struct member item_sockaddr_in = ITEM(sizeof(struct sockaddr_in), SHAPE_SOCKADDR, NULL);
static const struct member item_sockaddr_in6 = ITEM(sizeof(struct sockaddr_in6), SHAPE_SOCKADDR, NULL);
static const struct member item_protocol = ITEM(4, SHAPE_SYM, &nametab_ipproto);
static const struct member item_tls_record = ITEM(1, SHAPE_SYM, &nametab_tls_record);
static const struct member item_alg_op = ITEM(4, SHAPE_SYM, &nametab_alg_op);
static const struct member item_long = {NULL, 0, 8, 0, 4, SHAPE_HEX, NULL, 0, 0};
static const struct member item_timespec = {NULL, 0, 16, 0, 8, SHAPE_STRUCT, &layout_timespec, 0, 0};
static const struct member item_timespec64 = ITEM(16, SHAPE_STRUCT, &layout_timespec64);

#define SIZED(least, type, array)                                                                            \
    .layout = &(const struct layout)                                                                         \
    {                                                                                                        \
#type, array, ARRAY_LEN(array), least, least, false                                                  \
    }
#define STRUCT(type) SIZED(sizeof(struct type), type, type)
#define ERR(array, type)                                                                                     \
    SIZED(sizeof(struct sock_extended_err) + sizeof(struct type), sock_extended_err, array)

/* What is in no row is bytes. */
static const struct row {
    int level, type;
    const struct layout *layout;
    const struct member *one, *each;
} rows[] = {
    {SOL_SOCKET, SCM_RIGHTS, .each = &item_fd},
    {SOL_SOCKET, SCM_CREDENTIALS, .layout = &layout_ucred},
    {SOL_SOCKET, 4 /* SCM_PIDFD */, .each = &item_fd},
    {SOL_SOCKET, SO_PRIORITY, .each = &item_uint},
    {SOL_SOCKET, SO_TIMESTAMP_OLD, .layout = &layout_timeval},
    {SOL_SOCKET, SO_TIMESTAMPNS_OLD, .layout = &layout_timespec},
    {SOL_SOCKET, SO_TIMESTAMPING_OLD, .each = &item_timespec},
    {SOL_SOCKET, SO_TIMESTAMP_NEW, .layout = &layout_timeval64},
    {SOL_SOCKET, SO_TIMESTAMPNS_NEW, .layout = &layout_timespec64},
    {SOL_SOCKET, SO_TIMESTAMPING_NEW, .each = &item_timespec64},
    {SOL_SOCKET, SO_MARK, .each = &item_uint},
    {SOL_SOCKET, SO_RXQ_OVFL, .each = &item_uint},
    {SOL_SOCKET, SO_WIFI_STATUS, .each = &item_int},
    {SOL_SOCKET, SCM_TIMESTAMPING_PKTINFO, STRUCT(scm_ts_pktinfo)},
    {SOL_SOCKET, SO_TXTIME, .each = &item_uint64},
    {SOL_SOCKET, 81 /* SCM_TS_OPT_ID */, .each = &item_uint},
    {SOL_SOCKET, 84 /* SCM_INQ */, .each = &item_int},
    {SOL_IP, IP_TOS, .each = &item_byte},
    {SOL_IP, IP_TTL, .each = &item_uint},
    {SOL_IP, IP_RECVOPTS, .each = &item_byte},
    {SOL_IP, IP_RETOPTS, .each = &item_byte},
    {SOL_IP, IP_PKTINFO, STRUCT(in_pktinfo)},
    {SOL_IP, IP_RECVERR, ERR(ip_err, sockaddr_in)},
    {SOL_IP, IP_ORIGDSTADDR, .one = &item_sockaddr_in},
    {SOL_IP, IP_CHECKSUM, .each = &item_uint},
    {SOL_IP, IP_RECVFRAGSIZE, .each = &item_int},
    {SOL_IP, 52 /* IP_PROTOCOL */, .each = &item_protocol},
    {SOL_IPV6, IPV6_2292PKTINFO, .layout = &layout_in6_pktinfo},
    {SOL_IPV6, IPV6_2292HOPLIMIT, .each = &item_int},
    {SOL_IPV6, 11 /* IPV6_FLOWINFO */, .each = &item_net},
    {SOL_IPV6, IPV6_RECVERR, ERR(ip6_err, sockaddr_in6)},
    {SOL_IPV6, IPV6_PKTINFO, .layout = &layout_in6_pktinfo},
    {SOL_IPV6, IPV6_HOPLIMIT, .each = &item_int},
    {SOL_IPV6, IPV6_PATHMTU, .layout = &layout_ip6_mtuinfo},
    {SOL_IPV6, IPV6_DONTFRAG, .each = &item_int},
    {SOL_IPV6, IPV6_TCLASS, .each = &item_hex},
    {SOL_IPV6, IPV6_ORIGDSTADDR, .one = &item_sockaddr_in6},
    {SOL_IPV6, IPV6_RECVFRAGSIZE, .each = &item_int},
    {SOL_TCP, TCP_CM_INQ, .each = &item_int},
    {SOL_UDP, UDP_SEGMENT, .each = &item_uint16},
    {SOL_UDP, UDP_GRO, .each = &item_int},
    {SOL_TLS, TLS_SET_RECORD_TYPE, .each = &item_tls_record},
    {SOL_TLS, TLS_GET_RECORD_TYPE, .each = &item_tls_record},
    {SOL_NETLINK, NETLINK_PKTINFO, STRUCT(nl_pktinfo)},
    {SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, .each = &item_int},
    {SOL_PACKET, PACKET_AUXDATA, STRUCT(tpacket_auxdata)},
    {SOL_PACKET, PACKET_TX_TIMESTAMP, STRUCT(sock_extended_err)},
    {SOL_ALG, ALG_SET_OP, .each = &item_alg_op},
    {SOL_ALG, ALG_SET_IV, STRUCT(af_alg_iv)},
    {SOL_ALG, ALG_SET_AEAD_ASSOCLEN, .each = &item_uint},
    {IPPROTO_SCTP, SCTP_INIT, .layout = &layout_sctp_initmsg},
    {IPPROTO_SCTP, SCTP_SNDRCV, .layout = &layout_sctp_sndrcvinfo},
    {IPPROTO_SCTP, SCTP_SNDINFO, .layout = &layout_sctp_sndinfo},
    {IPPROTO_SCTP, SCTP_RCVINFO, STRUCT(sctp_rcvinfo)},
    {IPPROTO_SCTP, SCTP_NXTINFO, STRUCT(sctp_nxtinfo)},
    {IPPROTO_SCTP, SCTP_PRINFO, STRUCT(sctp_prinfo)},
    {IPPROTO_SCTP, SCTP_AUTHINFO, STRUCT(sctp_authinfo)},
    {IPPROTO_SCTP, SCTP_DSTADDRV4, .one = &item_in},
    {IPPROTO_SCTP, SCTP_DSTADDRV6, .one = &item_in6},
    {SOL_RXRPC, RXRPC_USER_CALL_ID, .each = &item_long},
    {SOL_RXRPC, RXRPC_ABORT, .each = &item_uint},
    {SOL_RXRPC, RXRPC_NET_ERROR, .each = &item_uint},
    {SOL_RXRPC, RXRPC_LOCAL_ERROR, .each = &item_uint},
    {SOL_RXRPC, RXRPC_TX_LENGTH, .each = &item_uint64},
    {SOL_RXRPC, RXRPC_SET_CALL_TIMEOUT, .each = &item_uint},
    {SOL_RXRPC, RXRPC_CHARGE_ACCEPT, .each = &item_long},
    {SOL_TIPC, TIPC_ERRINFO, .each = &item_uint},
    {SOL_TIPC, TIPC_DESTNAME, .each = &item_uint},
    {SOL_DCCP, DCCP_SCM_PRIORITY, .each = &item_uint},
    {SOL_BLUETOOTH, 3 /* BT_SCM_PKT_STATUS */, .each = &item_byte},
};

/* Types that are not in one of these are shown as numbers. */
static const struct {
    int level;
    const struct nametab *types;
} levels[] = {
    {SOL_SOCKET, &nametab_scm},          {SOL_IP, &nametab_ip_cmsg},       {SOL_IPV6, &nametab_ipv6},
    {SOL_TCP, &nametab_tcp_cmsg},        {SOL_UDP, &nametab_udp},          {SOL_TLS, &nametab_tls_cmsg},
    {SOL_NETLINK, &nametab_sol_netlink}, {SOL_PACKET, &nametab_packet},    {SOL_ALG, &nametab_alg_cmsg},
    {IPPROTO_SCTP, &nametab_sctp_cmsg},  {SOL_RXRPC, &nametab_rxrpc_cmsg}, {SOL_RDS, &nametab_rds_cmsg},
    {SOL_TIPC, &nametab_tipc_cmsg},      {SOL_LLC, &nametab_llc_cmsg},     {SOL_DCCP, &nametab_dccp_cmsg},
    {SOL_BLUETOOTH, &nametab_bt_cmsg},
};

/* --- the messages --- */

/* The header: a size_t and two ints. */
struct cmsg {
    uint64_t len;
    int level, type;
};

static const struct value *cmsg_type(struct arena *arena, const struct cmsg *cmsg)
{
    for (size_t i = 0; i < ARRAY_LEN(levels); i++)
        if (levels[i].level == cmsg->level)
            return value_sym(arena, levels[i].types, (uint32_t)cmsg->type);
    return value_uint(arena, (uint32_t)cmsg->type, INT_HEX);
}

static const struct value *items(const struct argctx *ctx, const struct member *item, const uint8_t *bytes,
                                 size_t len)
{
    const struct value *value = shape_items(ctx, item, bytes, len);

    return value->array.len ? value : NULL;
}

/* NULL where there are no bytes, or too few. */
static const struct value *cmsg_data(const struct argctx *ctx, const struct cmsg *cmsg, const uint8_t *bytes,
                                     size_t len)
{
    if (!len)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct row *row = &rows[i];

        if (row->level != cmsg->level || row->type != cmsg->type)
            continue;
        if (row->layout)
            return shape_struct(ctx, row->layout, bytes, len);
        return row->one ? shape_member(ctx, row->one, bytes, len) : items(ctx, row->each, bytes, len);
    }
    return value_bytes(ctx->arena, bytes, len, len);
}

static const struct value *decode_cmsg(const struct argctx *ctx, const struct cmsg *cmsg, const uint8_t *data,
                                       size_t data_len)
{
    struct field fields[4] = {
        {"cmsg_len", value_uint(ctx->arena, cmsg->len, INT_UDEC)},
        {"cmsg_level", value_sym(ctx->arena, &nametab_cmsg_level, (uint32_t)cmsg->level)},
        {"cmsg_type", cmsg_type(ctx->arena, cmsg)},
        {"cmsg_data", cmsg_data(ctx, cmsg, data, data_len)},
    };

    return value_struct(ctx->arena, "cmsghdr", fields, fields[3].value ? 4 : 3);
}

static struct cmsg cmsg_read(const struct argctx *ctx, const uint8_t *bytes)
{
    struct cmsg cmsg = {.len = kind_word(ctx, &bytes)};

    cmsg.level = (int)shape_uint(bytes, sizeof(int));
    cmsg.type = (int)shape_uint(bytes + sizeof(int), sizeof(int));
    return cmsg;
}

/*
 * A length may lie: what a message claims is cut to what there is. A length shorter than a header leads
 * nowhere: the header is shown, and that more follows.
 */
const struct value *kind_control(const struct argctx *ctx, uint64_t addr, uint64_t len)
{
    size_t word = abi_word(ctx->raw->abi), header = word + 2 * sizeof(int), count = 0, at = 0;
    const struct value **list;
    const uint8_t *bytes;
    bool is_lost = false;
    size_t most;

    if (len < header || len > CONTROL_MAX)
        return kind_pointer(ctx->arena, addr);
    bytes = kind_peek(ctx, addr, (size_t)len);
    if (!bytes)
        return kind_pointer(ctx->arena, addr);
    most = kind_afford(ctx, len / header);
    list = ARENA_ARRAY(ctx->arena, const struct value *, most + 1);
    while (len - at >= header && count < most && !is_lost) {
        struct cmsg cmsg = cmsg_read(ctx, bytes + at);
        size_t room = (size_t)len - at, size = cmsg.len < room ? (size_t)cmsg.len : room, next;

        is_lost = cmsg.len < header;
        size = is_lost ? header : size;
        next = (size + word - 1) & ~(word - 1);
        list[count++] = decode_cmsg(ctx, &cmsg, bytes + at + header, size - header);
        at = next < room ? at + next : (size_t)len;
    }
    return kind_array(ctx, list, count, at < len ? count + 1 : count, count, addr + at);
}
