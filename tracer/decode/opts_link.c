/* decode/opts_link.c: values of the options of sockets below IP: packet(7), netlink(7), XDP, CAN, vsock(7).
 */
#include "base/alloc.h"
#include "decode/opts.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <linux/can.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>

/* --- packet --- */

static const struct member packet_mreq[] = {
    MEMBER(packet_mreq, mr_ifindex, SHAPE_IFINDEX),
    MEMBER_OF(packet_mreq, mr_type, SHAPE_SYM, &nametab_packet_mr),
    MEMBER(packet_mreq, mr_alen, SHAPE_UDEC),
};

static const struct layout layout_packet_mreq =
    LAYOUT_EXACT(packet_mreq, packet_mreq, sizeof(struct packet_mreq));

/* As much of the address as there is of it. */
static const struct value *membership(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *value = shape_struct(ctx, &layout_packet_mreq, bytes, len);
    struct packet_mreq mreq;
    size_t address_len;

    if (!value)
        return NULL;
    memcpy(&mreq, bytes, sizeof(mreq));
    address_len = mreq.mr_alen < sizeof(mreq.mr_address) ? mreq.mr_alen : sizeof(mreq.mr_address);
    return shape_append(ctx->arena, value, "mr_address",
                        value_bytes(ctx->arena, mreq.mr_address, address_len, address_len));
}

static const struct member tpacket_req3[] = {
    MEMBER(tpacket_req3, tp_block_size, SHAPE_UDEC),      MEMBER(tpacket_req3, tp_block_nr, SHAPE_UDEC),
    MEMBER(tpacket_req3, tp_frame_size, SHAPE_UDEC),      MEMBER(tpacket_req3, tp_frame_nr, SHAPE_UDEC),
    MEMBER(tpacket_req3, tp_retire_blk_tov, SHAPE_UDEC),  MEMBER(tpacket_req3, tp_sizeof_priv, SHAPE_UDEC),
    MEMBER(tpacket_req3, tp_feature_req_word, SHAPE_HEX),
};

static const struct member tpacket_stats[] = {
    MEMBER(tpacket_stats_v3, tp_packets, SHAPE_UDEC),
    MEMBER(tpacket_stats_v3, tp_drops, SHAPE_UDEC),
    MEMBER(tpacket_stats_v3, tp_freeze_q_cnt, SHAPE_UDEC),
};

static const struct member tpacket_rollover_stats[] = {
    MEMBER(tpacket_rollover_stats, tp_all, SHAPE_UDEC),
    MEMBER(tpacket_rollover_stats, tp_huge, SHAPE_UDEC),
    MEMBER(tpacket_rollover_stats, tp_failed, SHAPE_UDEC),
};

static const struct member fanout_args[] = {
    MEMBER(fanout_args, id, SHAPE_UDEC),
    MEMBER_OF(fanout_args, type_flags, SHAPE_FLAGS, &nametab_packet_fanout),
    MEMBER(fanout_args, max_num_members, SHAPE_UDEC),
};

/* The second version begins as the first does. */
static const struct layout layout_tpacket_req = {
    "tpacket_req", tpacket_req3, 4, sizeof(struct tpacket_req), sizeof(struct tpacket_req), true};
static const struct layout layout_tpacket_req3 =
    LAYOUT_EXACT(tpacket_req3, tpacket_req3, sizeof(struct tpacket_req3));
static const struct layout layout_stats =
    LAYOUT_FROM(tpacket_stats, tpacket_stats, sizeof(struct tpacket_stats));
static const struct layout layout_rollover = LAYOUT(tpacket_rollover_stats, tpacket_rollover_stats);
/* An int holds the first two. */
static const struct layout layout_fanout = LAYOUT_FROM(fanout_args, fanout_args, sizeof(int));

static const struct value *ring(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *value = shape_struct(ctx, &layout_tpacket_req, bytes, len);

    return value ? value : shape_struct(ctx, &layout_tpacket_req3, bytes, len);
}

/* --- XDP --- */

static const struct member ring_offset[] = {
    MEMBER(xdp_ring_offset, producer, SHAPE_UDEC),
    MEMBER(xdp_ring_offset, consumer, SHAPE_UDEC),
    MEMBER(xdp_ring_offset, desc, SHAPE_UDEC),
    MEMBER(xdp_ring_offset, flags, SHAPE_UDEC),
};

/* Rings had no flags at first. */
enum { RING = sizeof(struct xdp_ring_offset), RING_V1 = offsetof(struct xdp_ring_offset, flags) };

static const struct layout layout_ring = LAYOUT_FROM(xdp_ring_offset, ring_offset, RING_V1);

static const struct member mmap_offsets[] = {
    MEMBER_OF(xdp_mmap_offsets, rx, SHAPE_STRUCT, &layout_ring),
    MEMBER_OF(xdp_mmap_offsets, tx, SHAPE_STRUCT, &layout_ring),
    MEMBER_OF(xdp_mmap_offsets, fr, SHAPE_STRUCT, &layout_ring),
    MEMBER_OF(xdp_mmap_offsets, cr, SHAPE_STRUCT, &layout_ring),
};

static const struct member mmap_offsets_v1[] = {
    MEMBER_AT("rx", 0, RING_V1, SHAPE_STRUCT, &layout_ring),
    MEMBER_AT("tx", RING_V1, RING_V1, SHAPE_STRUCT, &layout_ring),
    MEMBER_AT("fr", 2 * RING_V1, RING_V1, SHAPE_STRUCT, &layout_ring),
    MEMBER_AT("cr", 3 * RING_V1, RING_V1, SHAPE_STRUCT, &layout_ring),
};

static const struct member xdp_umem_reg[] = {
    MEMBER(xdp_umem_reg, addr, SHAPE_POINTER),
    MEMBER(xdp_umem_reg, len, SHAPE_UDEC),
    MEMBER(xdp_umem_reg, chunk_size, SHAPE_UDEC),
    MEMBER(xdp_umem_reg, headroom, SHAPE_UDEC),
    MEMBER_OF(xdp_umem_reg, flags, SHAPE_FLAGS, &nametab_xdp_umem),
    MEMBER_AT("tx_metadata_len", 28, 4, SHAPE_UDEC, NULL),
};

static const struct member xdp_statistics[] = {
    MEMBER(xdp_statistics, rx_dropped, SHAPE_UDEC),
    MEMBER(xdp_statistics, rx_invalid_descs, SHAPE_UDEC),
    MEMBER(xdp_statistics, tx_invalid_descs, SHAPE_UDEC),
    MEMBER(xdp_statistics, rx_ring_full, SHAPE_UDEC),
    MEMBER(xdp_statistics, rx_fill_ring_empty_descs, SHAPE_UDEC),
    MEMBER(xdp_statistics, tx_ring_empty_descs, SHAPE_UDEC),
};

static const struct member xdp_options[] = {
    MEMBER_OF(xdp_options, flags, SHAPE_FLAGS, &nametab_xdp_options),
};

static const struct layout layout_mmap_offsets = LAYOUT(xdp_mmap_offsets, mmap_offsets);
static const struct layout layout_mmap_offsets_v1 =
    LAYOUT_FROM(xdp_mmap_offsets, mmap_offsets_v1, 4 * RING_V1);
static const struct layout layout_umem_reg =
    LAYOUT_FROM(xdp_umem_reg, xdp_umem_reg, offsetof(struct xdp_umem_reg, flags));
static const struct layout layout_xdp_statistics = LAYOUT(xdp_statistics, xdp_statistics);
static const struct layout layout_xdp_options = LAYOUT(xdp_options, xdp_options);

static const struct value *offsets(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *value = shape_struct(ctx, &layout_mmap_offsets, bytes, len);

    return value ? value : shape_struct(ctx, &layout_mmap_offsets_v1, bytes, len);
}

/* --- CAN --- */

static const struct member can_filter[] = {
    MEMBER(can_filter, can_id, SHAPE_HEX),
    MEMBER(can_filter, can_mask, SHAPE_HEX),
};

static const struct member can_isotp_options[] = {
    MEMBER(can_isotp_options, flags, SHAPE_HEX),         MEMBER(can_isotp_options, frame_txtime, SHAPE_UDEC),
    MEMBER(can_isotp_options, ext_address, SHAPE_HEX),   MEMBER(can_isotp_options, txpad_content, SHAPE_HEX),
    MEMBER(can_isotp_options, rxpad_content, SHAPE_HEX), MEMBER(can_isotp_options, rx_ext_address, SHAPE_HEX),
};

static const struct member can_isotp_fc_options[] = {
    MEMBER(can_isotp_fc_options, bs, SHAPE_UDEC),
    MEMBER(can_isotp_fc_options, stmin, SHAPE_UDEC),
    MEMBER(can_isotp_fc_options, wftmax, SHAPE_UDEC),
};

static const struct member can_isotp_ll_options[] = {
    MEMBER(can_isotp_ll_options, mtu, SHAPE_UDEC),
    MEMBER(can_isotp_ll_options, tx_dl, SHAPE_UDEC),
    MEMBER(can_isotp_ll_options, tx_flags, SHAPE_HEX),
};

static const struct member j1939_filter[] = {
    MEMBER(j1939_filter, name, SHAPE_HEX), MEMBER(j1939_filter, name_mask, SHAPE_HEX),
    MEMBER(j1939_filter, pgn, SHAPE_HEX),  MEMBER(j1939_filter, pgn_mask, SHAPE_HEX),
    MEMBER(j1939_filter, addr, SHAPE_HEX), MEMBER(j1939_filter, addr_mask, SHAPE_HEX),
};

static const struct layout layout_can_filter = LAYOUT(can_filter, can_filter);
static const struct layout layout_isotp_options = LAYOUT(can_isotp_options, can_isotp_options);
static const struct layout layout_isotp_fc = LAYOUT(can_isotp_fc_options, can_isotp_fc_options);
static const struct layout layout_isotp_ll = LAYOUT(can_isotp_ll_options, can_isotp_ll_options);
/* An i386 program aligns 64 bits as 32. */
static const struct layout layout_j1939_filter =
    LAYOUT_32(j1939_filter, j1939_filter, offsetof(struct j1939_filter, addr_mask) + 3);

static const struct value *can_filters(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    return len % sizeof(struct can_filter) ? NULL : shape_structs(ctx, &layout_can_filter, bytes, len);
}

static const struct value *j1939_filters(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    size_t size = shape_size(&layout_j1939_filter, ctx->raw->abi);

    return len % size ? NULL : shape_structs(ctx, &layout_j1939_filter, bytes, len);
}

/* clang-format off */
#define PACKET(name, shape, use) {SOL_PACKET, name, shape, use}
#define XDP(name, shape)         {SOL_XDP, name, shape, OPT_OURS}
#define VSOCK(name, shape)       {AF_VSOCK, name, shape, OPT_OURS}
/* clang-format on */

static const struct opt rows[] = {
    PACKET(PACKET_ADD_MEMBERSHIP, SHAPE_BY(membership), OPT_BOTH),
    PACKET(PACKET_DROP_MEMBERSHIP, SHAPE_BY(membership), OPT_BOTH),
    PACKET(PACKET_RX_RING, SHAPE_BY(ring), OPT_BOTH),
    PACKET(PACKET_TX_RING, SHAPE_BY(ring), OPT_BOTH),
    PACKET(PACKET_STATISTICS, SHAPE_OF(layout_stats), OPT_READ),
    PACKET(PACKET_FANOUT, SHAPE_OF(layout_fanout), OPT_OURS),
    PACKET(PACKET_FANOUT_DATA, SHAPE_BY(opt_fprog), OPT_OURS),
    PACKET(PACKET_ROLLOVER_STATS, SHAPE_OF(layout_rollover), OPT_OURS),
    {SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, SHAPE_BY(shape_uints), OPT_READ},
    {SOL_NETLINK, OPT_ANY, SHAPE_BY(shape_int), OPT_BOTH},
    XDP(XDP_MMAP_OFFSETS, SHAPE_BY(offsets)),
    XDP(XDP_UMEM_REG, SHAPE_OF(layout_umem_reg)),
    XDP(XDP_STATISTICS, SHAPE_OF(layout_xdp_statistics)),
    XDP(XDP_OPTIONS, SHAPE_OF(layout_xdp_options)),
    {SOL_CAN_RAW, CAN_RAW_FILTER, SHAPE_BY(can_filters), OPT_OURS},
    {SOL_CAN_ISOTP, CAN_ISOTP_OPTS, SHAPE_OF(layout_isotp_options), OPT_OURS},
    {SOL_CAN_ISOTP, CAN_ISOTP_RECV_FC, SHAPE_OF(layout_isotp_fc), OPT_OURS},
    {SOL_CAN_ISOTP, CAN_ISOTP_LL_OPTS, SHAPE_OF(layout_isotp_ll), OPT_OURS},
    {SOL_CAN_BASE + CAN_J1939, SO_J1939_FILTER, SHAPE_BY(j1939_filters), OPT_OURS},
    VSOCK(SO_VM_SOCKETS_BUFFER_SIZE, SHAPE_BY(shape_uint64_item)),
    VSOCK(SO_VM_SOCKETS_BUFFER_MIN_SIZE, SHAPE_BY(shape_uint64_item)),
    VSOCK(SO_VM_SOCKETS_BUFFER_MAX_SIZE, SHAPE_BY(shape_uint64_item)),
    VSOCK(SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD, SHAPE_OF(layout_timeval)),
    VSOCK(SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW, SHAPE_OF(layout_timeval64)),
};

const struct opts opts_link = {rows, ARRAY_LEN(rows)};
