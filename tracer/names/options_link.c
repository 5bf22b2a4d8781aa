/* names/options_link.c: options of sockets below IP (packet, netlink, XDP, CAN, vsock), and what stands in
 * their values. */
#include "names/nametab.h"
#include "names/rows.h"

#include <sys/socket.h>

#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <linux/llc.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>

static const struct name sol_netlink_rows[] = {
    N(NETLINK_ADD_MEMBERSHIP),  N(NETLINK_BROADCAST_ERROR),  N(NETLINK_CAP_ACK),
    N(NETLINK_DROP_MEMBERSHIP), N(NETLINK_EXT_ACK),          N(NETLINK_GET_STRICT_CHK),
    N(NETLINK_LISTEN_ALL_NSID), N(NETLINK_LIST_MEMBERSHIPS), N(NETLINK_NO_ENOBUFS),
    N(NETLINK_PKTINFO),         N(NETLINK_RX_RING),          N(NETLINK_TX_RING),
};

const struct nametab nametab_sol_netlink = {
    .id = "SOL_NETLINK", .unknown = "NETLINK_???", ROWS(sol_netlink_rows)};

static const struct name packet_rows[] = {
    N(PACKET_ADD_MEMBERSHIP), N(PACKET_AUXDATA),        N(PACKET_COPY_THRESH),      N(PACKET_DROP_MEMBERSHIP),
    N(PACKET_FANOUT),         N(PACKET_FANOUT_DATA),    N(PACKET_HDRLEN),           N(PACKET_IGNORE_OUTGOING),
    N(PACKET_LOSS),           N(PACKET_ORIGDEV),        N(PACKET_QDISC_BYPASS),     N(PACKET_RECV_OUTPUT),
    N(PACKET_RESERVE),        N(PACKET_ROLLOVER_STATS), N(PACKET_RX_RING),          N(PACKET_STATISTICS),
    N(PACKET_TIMESTAMP),      N(PACKET_TX_HAS_OFF),     N(PACKET_TX_RING),          N(PACKET_TX_TIMESTAMP),
    N(PACKET_VERSION),        N(PACKET_VNET_HDR),       {24, "PACKET_VNET_HDR_SZ"},
};

const struct nametab nametab_packet = {.id = "PACKET", .unknown = "PACKET_???", ROWS(packet_rows)};

static const struct name packet_mr_rows[] = {
    N(PACKET_MR_MULTICAST),
    N(PACKET_MR_PROMISC),
    N(PACKET_MR_ALLMULTI),
    N(PACKET_MR_UNICAST),
};

const struct nametab nametab_packet_mr = {
    .id = "PACKET_MR", .unknown = "PACKET_MR_???", ROWS(packet_mr_rows)};

static const struct name packet_fanout_rows[] = {
    N(PACKET_FANOUT_HASH),
    N(PACKET_FANOUT_LB),
    N(PACKET_FANOUT_CPU),
    N(PACKET_FANOUT_ROLLOVER),
    N(PACKET_FANOUT_RND),
    N(PACKET_FANOUT_QM),
    N(PACKET_FANOUT_CBPF),
    N(PACKET_FANOUT_EBPF),
    N(PACKET_FANOUT_FLAG_ROLLOVER),
    N(PACKET_FANOUT_FLAG_UNIQUEID),
    {0x4000, "PACKET_FANOUT_FLAG_IGNORE_OUTGOING"},
    N(PACKET_FANOUT_FLAG_DEFRAG),
};

const struct nametab nametab_packet_fanout = {.id = "PACKET_FANOUT",
                                              .unknown = "PACKET_FANOUT_???",
                                              ROWS(packet_fanout_rows),
                                              .is_flags = true,
                                              .enum_mask = 0xff};

static const struct name sol_xdp_rows[] = {
    N(XDP_MMAP_OFFSETS), N(XDP_RX_RING),        N(XDP_TX_RING),
    N(XDP_UMEM_REG),     N(XDP_UMEM_FILL_RING), N(XDP_UMEM_COMPLETION_RING),
    N(XDP_STATISTICS),   N(XDP_OPTIONS),        {9, "XDP_MAX_TX_SKB_BUDGET"},
};

const struct nametab nametab_sol_xdp = {.id = "SOL_XDP", .unknown = "XDP_???", ROWS(sol_xdp_rows)};

static const struct name xdp_umem_rows[] = {
    N(XDP_UMEM_UNALIGNED_CHUNK_FLAG),
    {2, "XDP_UMEM_TX_SW_CSUM"},
    {4, "XDP_UMEM_TX_METADATA_LEN"},
};

const struct nametab nametab_xdp_umem = {
    .id = "XDP_UMEM", .unknown = "XDP_UMEM_???", .is_flags = true, ROWS(xdp_umem_rows)};

static const struct name xdp_option_rows[] = {
    N(XDP_OPTIONS_ZEROCOPY),
};

const struct nametab nametab_xdp_options = {
    .id = "XDP_OPTIONS", .unknown = "XDP_OPTIONS_???", .is_flags = true, ROWS(xdp_option_rows)};

static const struct name can_raw_rows[] = {
    N(CAN_RAW_FILTER),    N(CAN_RAW_ERR_FILTER),   N(CAN_RAW_LOOPBACK),      N(CAN_RAW_RECV_OWN_MSGS),
    N(CAN_RAW_FD_FRAMES), N(CAN_RAW_JOIN_FILTERS), {7, "CAN_RAW_XL_FRAMES"}, {8, "CAN_RAW_XL_VCID_OPTS"},
};

const struct nametab nametab_can_raw = {.id = "CAN_RAW", .unknown = "CAN_RAW_???", ROWS(can_raw_rows)};

static const struct name can_isotp_rows[] = {
    N(CAN_ISOTP_OPTS),     N(CAN_ISOTP_RECV_FC), N(CAN_ISOTP_TX_STMIN),
    N(CAN_ISOTP_RX_STMIN), N(CAN_ISOTP_LL_OPTS),
};

const struct nametab nametab_can_isotp = {
    .id = "CAN_ISOTP", .unknown = "CAN_ISOTP_???", ROWS(can_isotp_rows)};

static const struct name can_j1939_rows[] = {
    N(SO_J1939_FILTER),
    N(SO_J1939_PROMISC),
    N(SO_J1939_SEND_PRIO),
    N(SO_J1939_ERRQUEUE),
};

const struct nametab nametab_can_j1939 = {.id = "J1939", .unknown = "SO_J1939_???", ROWS(can_j1939_rows)};

static const struct name vsock_rows[] = {
    N(SO_VM_SOCKETS_BUFFER_SIZE),     N(SO_VM_SOCKETS_BUFFER_MIN_SIZE),
    N(SO_VM_SOCKETS_BUFFER_MAX_SIZE), N(SO_VM_SOCKETS_PEER_HOST_VM_ID),
    N(SO_VM_SOCKETS_TRUSTED),         N(SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD),
    N(SO_VM_SOCKETS_NONBLOCK_TXRX),   N(SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW),
};

const struct nametab nametab_vsock = {.id = "SO_VM", .unknown = "SO_VM_???", ROWS(vsock_rows)};

static const struct name llc_rows[] = {
    N(LLC_OPT_UNKNOWN),   N(LLC_OPT_RETRY),       N(LLC_OPT_SIZE),         N(LLC_OPT_ACK_TMR_EXP),
    N(LLC_OPT_P_TMR_EXP), N(LLC_OPT_REJ_TMR_EXP), N(LLC_OPT_BUSY_TMR_EXP), N(LLC_OPT_TX_WIN),
    N(LLC_OPT_RX_WIN),    N(LLC_OPT_PKTINFO),
};

const struct nametab nametab_llc = {.id = "LLC_OPT", .unknown = "LLC_OPT_???", ROWS(llc_rows)};
