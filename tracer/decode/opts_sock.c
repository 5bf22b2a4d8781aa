/* decode/opts_sock.c: values of the options of SOL_SOCKET (socket(7)). */
#include "base/alloc.h"
#include "decode/families.h"
#include "decode/opts.h"

#include <linux/net_tstamp.h>
#include <sys/socket.h>

static const struct value *errno_item(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    return shape_sym_item(ctx, &nametab_errno, bytes, len);
}

static const struct value *txrehash(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    return shape_sym_item(ctx, &nametab_txrehash, bytes, len);
}

static const struct value *fd_item(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *fd;

    if (len != sizeof(int))
        return NULL;
    fd = value_fd(ctx->arena, (int)shape_uint(bytes, len));
    return value_array(ctx->arena, &fd, 1, 1);
}

static const struct member linger[] = {
    MEMBER(linger, l_onoff, SHAPE_DEC),
    MEMBER(linger, l_linger, SHAPE_DEC),
};

static const struct member so_timestamping[] = {
    MEMBER_OF(so_timestamping, flags, SHAPE_FLAGS, &nametab_timestamping),
    MEMBER(so_timestamping, bind_phc, SHAPE_DEC),
};

static const struct member sock_txtime[] = {
    MEMBER_OF(sock_txtime, clockid, SHAPE_SYM, &nametab_clock),
    MEMBER_OF(sock_txtime, flags, SHAPE_FLAGS, &nametab_txtime),
};

/* uapi/linux/uio.h of later kernels. */
static const struct member dmabuf_token[] = {
    MEMBER_AT("token_start", 0, 4, SHAPE_UDEC, NULL),
    MEMBER_AT("token_count", 4, 4, SHAPE_UDEC, NULL),
};

static const struct layout layout_dmabuf_token = {"dmabuf_token", dmabuf_token, 2, 8, 8, false};
static const struct layout layout_linger = LAYOUT(linger, linger);
static const struct layout layout_timestamping = LAYOUT(so_timestamping, so_timestamping);
static const struct layout layout_txtime = LAYOUT(sock_txtime, sock_txtime);

/* The flags alone, or what stands behind them too. */
static const struct value *timestamping(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *value = shape_struct(ctx, &layout_timestamping, bytes, len);

    return value ? value : shape_int(ctx, bytes, len);
}

static const struct value *dmabuf_tokens(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    size_t size = shape_size(&layout_dmabuf_token, ctx->raw->abi);

    return len % size ? NULL : shape_structs(ctx, &layout_dmabuf_token, bytes, len);
}

/* clang-format off */
#define INT(name)         {SOL_SOCKET, name, SHAPE_BY(shape_int), OPT_BOTH}
#define OURS(name, shape) {SOL_SOCKET, name, shape, OPT_OURS}
/* clang-format on */

static const struct opt rows[] = {
    INT(SO_DEBUG),
    INT(SO_REUSEADDR),
    INT(SO_DONTROUTE),
    INT(SO_BROADCAST),
    INT(SO_SNDBUF),
    INT(SO_RCVBUF),
    INT(SO_KEEPALIVE),
    INT(SO_OOBINLINE),
    INT(SO_NO_CHECK),
    INT(SO_PRIORITY),
    INT(SO_BSDCOMPAT),
    INT(SO_REUSEPORT),
    INT(SO_PASSCRED),
    INT(SO_RCVLOWAT),
    INT(SO_SNDLOWAT),
    INT(SO_DETACH_FILTER),
    INT(SO_TIMESTAMP_OLD),
    INT(SO_ACCEPTCONN),
    INT(SO_SNDBUFFORCE),
    INT(SO_RCVBUFFORCE),
    INT(SO_PASSSEC),
    INT(SO_TIMESTAMPNS_OLD),
    INT(SO_MARK),
    INT(SO_RXQ_OVFL),
    INT(SO_WIFI_STATUS),
    INT(SO_PEEK_OFF),
    INT(SO_NOFCS),
    INT(SO_LOCK_FILTER),
    INT(SO_SELECT_ERR_QUEUE),
    INT(SO_BUSY_POLL),
    INT(SO_INCOMING_CPU),
    INT(SO_CNX_ADVICE),
    INT(SO_INCOMING_NAPI_ID),
    INT(SO_TIMESTAMP_NEW),
    INT(SO_TIMESTAMPNS_NEW),
    INT(SO_ZEROCOPY),
    INT(SO_DETACH_REUSEPORT_BPF),
    INT(SO_PREFER_BUSY_POLL),
    INT(SO_BUSY_POLL_BUDGET),
    INT(SO_RESERVE_MEM),
    INT(SO_RCVMARK),
    {SOL_SOCKET, SO_TIMESTAMPING_OLD, SHAPE_BY(timestamping), OPT_BOTH},
    {SOL_SOCKET, SO_TIMESTAMPING_NEW, SHAPE_BY(timestamping), OPT_BOTH},
    {SOL_SOCKET, SO_TXREHASH, SHAPE_BY(txrehash), OPT_BOTH},
    {SOL_SOCKET, SO_ERROR, SHAPE_BY(errno_item), OPT_READ},
    {SOL_SOCKET, SO_LINGER, SHAPE_OF(layout_linger), OPT_BOTH},
    {SOL_SOCKET, SO_PEERCRED, SHAPE_OF(layout_ucred), OPT_READ},
    {SOL_SOCKET, SO_GET_FILTER, SHAPE_BY(opt_filter), OPT_READ},
    {SOL_SOCKET, SO_ATTACH_FILTER, SHAPE_BY(opt_fprog), OPT_BOTH},
    {SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, SHAPE_BY(opt_fprog), OPT_BOTH},
    OURS(SO_ATTACH_BPF, SHAPE_BY(fd_item)),
    OURS(SO_ATTACH_REUSEPORT_EBPF, SHAPE_BY(fd_item)),
    OURS(77 /* SO_PEERPIDFD */, SHAPE_BY(fd_item)),
    OURS(SO_RCVTIMEO_OLD, SHAPE_OF(layout_timeval)),
    OURS(SO_SNDTIMEO_OLD, SHAPE_OF(layout_timeval)),
    OURS(SO_RCVTIMEO_NEW, SHAPE_OF(layout_timeval64)),
    OURS(SO_SNDTIMEO_NEW, SHAPE_OF(layout_timeval64)),
    OURS(SO_BINDTODEVICE, SHAPE_BY(opt_bytes)),
    OURS(SO_PEERSEC, SHAPE_BY(opt_text)),
    OURS(SO_PEERNAME, SHAPE_BY(families_sockaddr)),
    OURS(SO_MAX_PACING_RATE, SHAPE_BY(shape_uint64_item)),
    OURS(SO_MEMINFO, SHAPE_BY(shape_uints)),
    OURS(SO_PEERGROUPS, SHAPE_BY(shape_uints)),
    OURS(SO_COOKIE, SHAPE_BY(shape_uint64_item)),
    OURS(SO_NETNS_COOKIE, SHAPE_BY(shape_uint64_item)),
    OURS(80 /* SO_DEVMEM_DONTNEED */, SHAPE_BY(dmabuf_tokens)),
    OURS(SO_TXTIME, SHAPE_OF(layout_txtime)),
};

const struct opts opts_sock = {rows, ARRAY_LEN(rows)};
