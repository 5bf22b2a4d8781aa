/* decode/kinds_opt.c: values of socket options. */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <linux/if_packet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { OPT_SIZE_MAX = 64 }; /* of what has a shape */

/* A value from `len` bytes; NULL where they are too few. */
typedef const struct value *(*opt_shape)(struct arena *arena, const uint8_t *bytes, size_t len);

static const struct value *shape_errno(struct arena *arena, const uint8_t *bytes, size_t len)
{
    const struct value *number = kind_int_item(arena, bytes, len), *item;
    int64_t n;

    if (!value_number(number, &n) || !nametab_name(&nametab_errno, (uint64_t)n))
        return number;
    item = value_sym(arena, &nametab_errno, (uint64_t)n);
    return value_array(arena, &item, 1, 1);
}

static const struct value *shape_linger(struct arena *arena, const uint8_t *bytes, size_t len)
{
    struct linger linger;
    struct field fields[2];

    if (len < sizeof(linger))
        return NULL;
    memcpy(&linger, bytes, sizeof(linger));
    fields[0] = (struct field){"l_onoff", value_int(arena, linger.l_onoff)};
    fields[1] = (struct field){"l_linger", value_int(arena, linger.l_linger)};
    return value_struct(arena, "linger", fields, ARRAY_LEN(fields));
}

static const struct value *shape_mreq(struct arena *arena, const uint8_t *bytes, size_t len)
{
    struct ip_mreq mreq;
    struct field fields[2];

    if (len < sizeof(mreq))
        return NULL;
    memcpy(&mreq, bytes, sizeof(mreq));
    fields[0] = (struct field){"imr_multiaddr", value_ip(arena, &mreq.imr_multiaddr, 4)};
    fields[1] = (struct field){"imr_interface", value_ip(arena, &mreq.imr_interface, 4)};
    return value_struct(arena, "ip_mreq", fields, ARRAY_LEN(fields));
}

static const struct value *shape_mreq6(struct arena *arena, const uint8_t *bytes, size_t len)
{
    struct ipv6_mreq mreq;
    struct field fields[2];

    if (len < sizeof(mreq))
        return NULL;
    memcpy(&mreq, bytes, sizeof(mreq));
    fields[0] = (struct field){"ipv6mr_multiaddr", value_ip(arena, &mreq.ipv6mr_multiaddr, 16)};
    fields[1] = (struct field){"ipv6mr_interface", value_uint(arena, mreq.ipv6mr_interface, INT_UDEC)};
    return value_struct(arena, "ipv6_mreq", fields, ARRAY_LEN(fields));
}

/* Longer is another version's struct, which strace leaves alone. */
static const struct value *shape_ring(struct arena *arena, const uint8_t *bytes, size_t len)
{
    struct tpacket_req ring;
    struct field fields[4];

    if (len != sizeof(ring))
        return NULL;
    memcpy(&ring, bytes, sizeof(ring));
    fields[0] = (struct field){"tp_block_size", value_uint(arena, ring.tp_block_size, INT_UDEC)};
    fields[1] = (struct field){"tp_block_nr", value_uint(arena, ring.tp_block_nr, INT_UDEC)};
    fields[2] = (struct field){"tp_frame_size", value_uint(arena, ring.tp_frame_size, INT_UDEC)};
    fields[3] = (struct field){"tp_frame_nr", value_uint(arena, ring.tp_frame_nr, INT_UDEC)};
    return value_struct(arena, "tpacket_req", fields, ARRAY_LEN(fields));
}

enum { ANY = -1 }; /* every option of a level that has no row above */

/* Where an option can only be read, strace shows what a program tries to set as it does an unknown one. */
enum opt_use { BOTH, READ_ONLY };

static const struct {
    int level, name;
    opt_shape shape;
    enum opt_use use;
} opts[] = {
    {SOL_SOCKET, SO_DEBUG, kind_int_item, BOTH},
    {SOL_SOCKET, SO_REUSEADDR, kind_int_item, BOTH},
    {SOL_SOCKET, SO_DONTROUTE, kind_int_item, BOTH},
    {SOL_SOCKET, SO_BROADCAST, kind_int_item, BOTH},
    {SOL_SOCKET, SO_SNDBUF, kind_int_item, BOTH},
    {SOL_SOCKET, SO_RCVBUF, kind_int_item, BOTH},
    {SOL_SOCKET, SO_KEEPALIVE, kind_int_item, BOTH},
    {SOL_SOCKET, SO_OOBINLINE, kind_int_item, BOTH},
    {SOL_SOCKET, SO_NO_CHECK, kind_int_item, BOTH},
    {SOL_SOCKET, SO_PRIORITY, kind_int_item, BOTH},
    {SOL_SOCKET, SO_BSDCOMPAT, kind_int_item, BOTH},
    {SOL_SOCKET, SO_REUSEPORT, kind_int_item, BOTH},
    {SOL_SOCKET, SO_PASSCRED, kind_int_item, BOTH},
    {SOL_SOCKET, SO_RCVLOWAT, kind_int_item, BOTH},
    {SOL_SOCKET, SO_SNDLOWAT, kind_int_item, BOTH},
    {SOL_SOCKET, SO_DETACH_FILTER, kind_int_item, BOTH},
    {SOL_SOCKET, SO_TIMESTAMP, kind_int_item, BOTH},
    {SOL_SOCKET, SO_ACCEPTCONN, kind_int_item, BOTH},
    {SOL_SOCKET, SO_SNDBUFFORCE, kind_int_item, BOTH},
    {SOL_SOCKET, SO_RCVBUFFORCE, kind_int_item, BOTH},
    {SOL_SOCKET, SO_PASSSEC, kind_int_item, BOTH},
    {SOL_SOCKET, SO_TIMESTAMPNS, kind_int_item, BOTH},
    {SOL_SOCKET, SO_MARK, kind_int_item, BOTH},
    {SOL_SOCKET, SO_TIMESTAMPING, kind_int_item, BOTH},
    {SOL_SOCKET, SO_TIMESTAMPING_NEW, kind_int_item, BOTH},
    {SOL_SOCKET, SO_RXQ_OVFL, kind_int_item, BOTH},
    {SOL_SOCKET, SO_WIFI_STATUS, kind_int_item, BOTH},
    {SOL_SOCKET, SO_PEEK_OFF, kind_int_item, BOTH},
    {SOL_SOCKET, SO_NOFCS, kind_int_item, BOTH},
    {SOL_SOCKET, SO_LOCK_FILTER, kind_int_item, BOTH},
    {SOL_SOCKET, SO_SELECT_ERR_QUEUE, kind_int_item, BOTH},
    {SOL_SOCKET, SO_BUSY_POLL, kind_int_item, BOTH},
    {SOL_SOCKET, SO_INCOMING_CPU, kind_int_item, BOTH},
    {SOL_SOCKET, SO_CNX_ADVICE, kind_int_item, BOTH},
    {SOL_SOCKET, SO_INCOMING_NAPI_ID, kind_int_item, BOTH},
    {SOL_SOCKET, SO_TIMESTAMP_NEW, kind_int_item, BOTH},
    {SOL_SOCKET, SO_TIMESTAMPNS_NEW, kind_int_item, BOTH},
    {SOL_SOCKET, SO_ZEROCOPY, kind_int_item, BOTH},
    {SOL_SOCKET, SO_DETACH_REUSEPORT_BPF, kind_int_item, BOTH},
    {SOL_SOCKET, SO_PREFER_BUSY_POLL, kind_int_item, BOTH},
    {SOL_SOCKET, SO_BUSY_POLL_BUDGET, kind_int_item, BOTH},
    {SOL_SOCKET, SO_RESERVE_MEM, kind_int_item, BOTH},
    {SOL_SOCKET, SO_RCVMARK, kind_int_item, BOTH},
    {SOL_SOCKET, SO_ERROR, shape_errno, READ_ONLY},
    {SOL_SOCKET, SO_LINGER, shape_linger, BOTH},
    {SOL_SOCKET, SO_RCVTIMEO, kind_timeval, BOTH},
    {SOL_SOCKET, SO_SNDTIMEO, kind_timeval, BOTH},
    {SOL_SOCKET, SO_PEERCRED, kind_ucred, READ_ONLY},
    {IPPROTO_IP, IP_ADD_MEMBERSHIP, shape_mreq, BOTH},
    {IPPROTO_IP, IP_DROP_MEMBERSHIP, shape_mreq, BOTH},
    {IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, shape_mreq6, BOTH},
    {IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, shape_mreq6, BOTH},
    {IPPROTO_IPV6, IPV6_JOIN_ANYCAST, shape_mreq6, BOTH},
    {IPPROTO_IPV6, IPV6_LEAVE_ANYCAST, shape_mreq6, BOTH},
    {SOL_PACKET, PACKET_RX_RING, shape_ring, BOTH},
    {SOL_PACKET, PACKET_TX_RING, shape_ring, BOTH},
    {SOL_NETLINK, ANY, kind_int_item, BOTH},
};

/* NULL: any other option, which is an int where it has the size of one, else bytes. */
static opt_shape shape_of(const struct argctx *ctx, bool is_read)
{
    for (size_t i = 0; i < ARRAY_LEN(opts); i++)
        if (opts[i].level == (int)ctx->raw->args[1] &&
            (opts[i].name == ANY || opts[i].name == (int)ctx->raw->args[2]) &&
            (is_read || opts[i].use == BOTH))
            return opts[i].shape;
    return NULL;
}

static const struct value *optval(const struct argctx *ctx, opt_shape shape, size_t len)
{
    uint64_t addr = kind_reg(ctx);
    size_t size = len < OPT_SIZE_MAX ? len : OPT_SIZE_MAX;
    const struct value *value = NULL;
    const uint8_t *bytes;

    if (!shape && len != sizeof(int))
        return kind_bytes(ctx, addr, len);
    bytes = size ? kind_peek(ctx, addr, size) : NULL;
    if (bytes)
        value = shape ? shape(ctx->arena, bytes, size) : kind_int_item(ctx->arena, bytes, size);
    return value ? value : kind_pointer(ctx->arena, addr);
}

static const struct value *decode_optval_in(const struct argctx *ctx)
{
    int64_t len = (int)ctx->raw->args[ctx->spec->other];

    return len < 0 ? kind_pointer(ctx->arena, kind_reg(ctx)) : optval(ctx, shape_of(ctx, false), (size_t)len);
}

/* The kernel shortens what does not fit: less than a number or struct is shown as bytes, nothing as the
 * address. */
static const struct value *decode_optval_out(const struct argctx *ctx)
{
    opt_shape shape = shape_of(ctx, true);
    const struct value *value;
    int32_t len;

    if (ctx->raw->is_error || !kind_peek_into(ctx, ctx->raw->args[ctx->spec->other], &len, sizeof(len)) ||
        len <= 0)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    value = optval(ctx, shape, (size_t)len);
    return value->kind == VALUE_ADDR ? kind_bytes(ctx, kind_reg(ctx), (uint64_t)len) : value;
}

const struct argkind kind_optval_in = {decode_optval_in, 1};
const struct argkind kind_optval_out = {decode_optval_out, 2};
