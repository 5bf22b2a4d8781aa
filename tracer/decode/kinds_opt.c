/* decode/kinds_opt.c: values of socket options. */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <linux/if_packet.h>
#include <netinet/in.h>
#include <sys/socket.h>

enum { OPT_SIZE_MAX = 64 }; /* of what has a shape */

static const struct value *shape_errno(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *number = shape_int(ctx, bytes, len), *item;
    int64_t n;

    if (!value_number(number, &n) || !nametab_name(&nametab_errno, (uint64_t)n))
        return number;
    item = value_sym(ctx->arena, &nametab_errno, (uint64_t)n);
    return value_array(ctx->arena, &item, 1, 1);
}

static const struct member linger[] = {
    MEMBER(linger, l_onoff, SHAPE_DEC),
    MEMBER(linger, l_linger, SHAPE_DEC),
};

static const struct member ip_mreq[] = {
    MEMBER(ip_mreq, imr_multiaddr, SHAPE_IP),
    MEMBER(ip_mreq, imr_interface, SHAPE_IP),
};

static const struct member ipv6_mreq[] = {
    MEMBER(ipv6_mreq, ipv6mr_multiaddr, SHAPE_IP),
    MEMBER(ipv6_mreq, ipv6mr_interface, SHAPE_IFINDEX),
};

static const struct member tpacket_req[] = {
    MEMBER(tpacket_req, tp_block_size, SHAPE_UDEC),
    MEMBER(tpacket_req, tp_block_nr, SHAPE_UDEC),
    MEMBER(tpacket_req, tp_frame_size, SHAPE_UDEC),
    MEMBER(tpacket_req, tp_frame_nr, SHAPE_UDEC),
};

static const struct layout layout_linger = LAYOUT(linger, linger);
static const struct layout layout_ip_mreq = LAYOUT(ip_mreq, ip_mreq);
static const struct layout layout_ipv6_mreq = LAYOUT(ipv6_mreq, ipv6_mreq);
/* Longer is another version's struct, which strace leaves alone. */
static const struct layout layout_tpacket_req = {.type = "tpacket_req",
                                                 .members = tpacket_req,
                                                 .len = ARRAY_LEN(tpacket_req),
                                                 .least = sizeof(struct tpacket_req),
                                                 .least32 = sizeof(struct tpacket_req),
                                                 .is_exact = true};

enum { ANY = -1 }; /* every option of a level that has no row above */

/* Where an option can only be read, strace shows what a program tries to set as it does an unknown one. */
enum opt_use { BOTH, READ_ONLY };

static const struct {
    int level, name;
    struct shape shape;
    enum opt_use use;
} opts[] = {
    {SOL_SOCKET, SO_DEBUG, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_REUSEADDR, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_DONTROUTE, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_BROADCAST, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_SNDBUF, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_RCVBUF, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_KEEPALIVE, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_OOBINLINE, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_NO_CHECK, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_PRIORITY, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_BSDCOMPAT, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_REUSEPORT, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_PASSCRED, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_RCVLOWAT, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_SNDLOWAT, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_DETACH_FILTER, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_TIMESTAMP, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_ACCEPTCONN, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_SNDBUFFORCE, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_RCVBUFFORCE, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_PASSSEC, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_TIMESTAMPNS, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_MARK, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_TIMESTAMPING, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_TIMESTAMPING_NEW, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_RXQ_OVFL, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_WIFI_STATUS, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_PEEK_OFF, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_NOFCS, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_LOCK_FILTER, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_SELECT_ERR_QUEUE, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_BUSY_POLL, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_INCOMING_CPU, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_CNX_ADVICE, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_INCOMING_NAPI_ID, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_TIMESTAMP_NEW, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_TIMESTAMPNS_NEW, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_ZEROCOPY, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_DETACH_REUSEPORT_BPF, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_PREFER_BUSY_POLL, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_BUSY_POLL_BUDGET, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_RESERVE_MEM, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_RCVMARK, SHAPE_BY(shape_int), BOTH},
    {SOL_SOCKET, SO_ERROR, SHAPE_BY(shape_errno), READ_ONLY},
    {SOL_SOCKET, SO_LINGER, SHAPE_OF(layout_linger), BOTH},
    {SOL_SOCKET, SO_RCVTIMEO, SHAPE_OF(layout_timeval), BOTH},
    {SOL_SOCKET, SO_SNDTIMEO, SHAPE_OF(layout_timeval), BOTH},
    {SOL_SOCKET, SO_PEERCRED, SHAPE_OF(layout_ucred), READ_ONLY},
    {IPPROTO_IP, IP_ADD_MEMBERSHIP, SHAPE_OF(layout_ip_mreq), BOTH},
    {IPPROTO_IP, IP_DROP_MEMBERSHIP, SHAPE_OF(layout_ip_mreq), BOTH},
    {IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, SHAPE_OF(layout_ipv6_mreq), BOTH},
    {IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, SHAPE_OF(layout_ipv6_mreq), BOTH},
    {IPPROTO_IPV6, IPV6_JOIN_ANYCAST, SHAPE_OF(layout_ipv6_mreq), BOTH},
    {IPPROTO_IPV6, IPV6_LEAVE_ANYCAST, SHAPE_OF(layout_ipv6_mreq), BOTH},
    {SOL_PACKET, PACKET_RX_RING, SHAPE_OF(layout_tpacket_req), BOTH},
    {SOL_PACKET, PACKET_TX_RING, SHAPE_OF(layout_tpacket_req), BOTH},
    {SOL_NETLINK, ANY, SHAPE_BY(shape_int), BOTH},
};

/* NULL: any other option, which is an int where it has the size of one, else bytes. */
static const struct shape *shape_of(const struct argctx *ctx, bool is_read)
{
    for (size_t i = 0; i < ARRAY_LEN(opts); i++)
        if (opts[i].level == (int)ctx->raw->args[1] &&
            (opts[i].name == ANY || opts[i].name == (int)ctx->raw->args[2]) &&
            (is_read || opts[i].use == BOTH))
            return &opts[i].shape;
    return NULL;
}

static const struct value *optval(const struct argctx *ctx, const struct shape *shape, size_t len)
{
    uint64_t addr = kind_reg(ctx);
    size_t size = len < OPT_SIZE_MAX ? len : OPT_SIZE_MAX;
    const struct value *value = NULL;
    const uint8_t *bytes;

    if (!shape && len != sizeof(int))
        return kind_bytes(ctx, addr, len);
    bytes = size ? kind_peek(ctx, addr, size) : NULL;
    if (bytes)
        value = shape ? shape_value(ctx, shape, bytes, size) : shape_int(ctx, bytes, size);
    return value ? value : kind_pointer(ctx->arena, addr);
}

static const struct value *decode_optval_in(const struct argctx *ctx)
{
    int64_t len = (int)kind_other(ctx);

    return len < 0 ? kind_pointer(ctx->arena, kind_reg(ctx)) : optval(ctx, shape_of(ctx, false), (size_t)len);
}

/* The kernel shortens what does not fit: less than a number or struct is shown as bytes, nothing as the
 * address. */
static const struct value *decode_optval_out(const struct argctx *ctx)
{
    const struct shape *shape = shape_of(ctx, true);
    const struct value *value;
    int32_t len;

    if (ctx->raw->is_error || !kind_peek_into(ctx, kind_other(ctx), &len, sizeof(len)) || len <= 0)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    value = optval(ctx, shape, (size_t)len);
    return value->kind == VALUE_ADDR ? kind_bytes(ctx, kind_reg(ctx), (uint64_t)len) : value;
}

const struct argkind kind_optval_in = {decode_optval_in, 1};
const struct argkind kind_optval_out = {decode_optval_out, 2};
