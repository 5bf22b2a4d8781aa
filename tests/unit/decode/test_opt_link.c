/* unit/decode/test_opt_link.c: values of options of packet, netlink, XDP, CAN, vsock, SCTP, TLS and other
 * sockets, of every shape, set and read. */
#include "opt_rows.h"

#include <linux/can.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <linux/netlink.h>
#include <linux/rds.h>
#include <linux/rxrpc.h>
#include <linux/sctp.h>
#include <linux/tipc.h>
#include <linux/tls.h>
#include <linux/vm_sockets.h>

/* clang-format off */
const struct row rows[] = {
    /* packet */
    SET(SOL_PACKET, PACKET_ADD_MEMBERSHIP, 16, "SOL_PACKET, PACKET_ADD_MEMBERSHIP, {mr_ifindex=if_nametoindex(\"lo\"), mr_type=PACKET_MR_MULTICAST, mr_alen=6, mr_address=01:02:03:ab:05:06}, 16", (struct packet_mreq){1, PACKET_MR_MULTICAST, 6, {1, 2, 3, 0xab, 5, 6, 7, 8}}),
    SET(SOL_PACKET, PACKET_DROP_MEMBERSHIP, 16, "SOL_PACKET, PACKET_DROP_MEMBERSHIP, {mr_ifindex=if_nametoindex(\"lo\"), mr_type=PACKET_MR_MULTICAST, mr_alen=999, mr_address=01:02:03:ab:05:06:07:08}, 16", (struct packet_mreq){1, PACKET_MR_MULTICAST, 999, {1, 2, 3, 0xab, 5, 6, 7, 8}}),
    SET(SOL_PACKET, PACKET_ADD_MEMBERSHIP, 15, "SOL_PACKET, PACKET_ADD_MEMBERSHIP, 0x10000, 15", (struct packet_mreq){1, PACKET_MR_MULTICAST, 6, {1, 2, 3, 0xab, 5, 6, 7, 8}}),
    SET(SOL_PACKET, PACKET_ADD_MEMBERSHIP, 17, "SOL_PACKET, PACKET_ADD_MEMBERSHIP, 0x10000, 17", (uint8_t[17]){1}),
    SET(SOL_PACKET, PACKET_RX_RING, 16, "SOL_PACKET, PACKET_RX_RING, {tp_block_size=4096, tp_block_nr=2, tp_frame_size=2048, tp_frame_nr=4}, 16", (struct tpacket_req){4096, 2, 2048, 4}),
    SET(SOL_PACKET, PACKET_TX_RING, 28, "SOL_PACKET, PACKET_TX_RING, {tp_block_size=4096, tp_block_nr=2, tp_frame_size=2048, tp_frame_nr=4, tp_retire_blk_tov=60, tp_sizeof_priv=0, tp_feature_req_word=0x1}, 28", (struct tpacket_req3){4096, 2, 2048, 4, 60, 0, 1}),
    SET(SOL_PACKET, PACKET_TX_RING, 20, "SOL_PACKET, PACKET_TX_RING, 0x10000, 20", (struct tpacket_req3){4096, 2, 2048, 4, 60, 0, 1}),
    GET(SOL_PACKET, PACKET_STATISTICS, 8, "SOL_PACKET, PACKET_STATISTICS, {tp_packets=7, tp_drops=1}, [8]", (struct tpacket_stats_v3){7, 1, 2}),
    GET(SOL_PACKET, PACKET_STATISTICS, 12, "SOL_PACKET, PACKET_STATISTICS, {tp_packets=7, tp_drops=1, tp_freeze_q_cnt=2}, [12]", (struct tpacket_stats_v3){7, 1, 2}),
    GET(SOL_PACKET, PACKET_STATISTICS, 5, "SOL_PACKET, PACKET_STATISTICS, {tp_packets=7, tp_drops=\"\\x01\"}, [5]", (struct tpacket_stats_v3){7, 1, 2}),
    SET(SOL_PACKET, PACKET_STATISTICS, 4, "SOL_PACKET, PACKET_STATISTICS, [7], 4", (struct tpacket_stats_v3){7, 1, 2}),
    SET(SOL_PACKET, PACKET_FANOUT, 4, "SOL_PACKET, PACKET_FANOUT, {id=7, type_flags=PACKET_FANOUT_CPU|PACKET_FANOUT_FLAG_DEFRAG}, 4", (uint32_t){0x80020007}),
    SET(SOL_PACKET, PACKET_FANOUT, 8, "SOL_PACKET, PACKET_FANOUT, {id=7, type_flags=PACKET_FANOUT_HASH, max_num_members=3}, 8", (struct fanout_args){.id = 7, .max_num_members = 3}),
    GET(SOL_PACKET, PACKET_ROLLOVER_STATS, 24, "SOL_PACKET, PACKET_ROLLOVER_STATS, {tp_all=1, tp_huge=2, tp_failed=3}, [24]", (struct tpacket_rollover_stats){1, 2, 3}),

    /* netlink: all are ints, but for what can be read of groups */
    SET(SOL_NETLINK, NETLINK_EXT_ACK, 8, "SOL_NETLINK, NETLINK_EXT_ACK, [1], 8", (int[2]){1, 2}),
    SET(SOL_NETLINK, 77, 2, "SOL_NETLINK, 0x4d /* NETLINK_??? */, 0x10000, 2", (int){1}),
    SET(SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, 8, "SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, [1], 8", (int[2]){1, 2}),
    GET_FROM(SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, 64, 8, "SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, [1, 2], [64 => 8]", (int[2]){1, 2}),
    GET_FROM(SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, 4, 8, "SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, [1], [4 => 8]", (int[2]){1, 2}),
    GET_FROM(SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, 2, 8, "SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, [], [2 => 8]", (int[2]){1, 2}),
    GET_FROM(SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, 0, 8, "SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, 0x10000, [0 => 8]", (int[2]){1, 2}),

    /* XDP */
    GET(SOL_XDP, XDP_MMAP_OFFSETS, 128, "SOL_XDP, XDP_MMAP_OFFSETS, {rx={producer=1, consumer=2, desc=3, flags=4}, tx={producer=5, consumer=6, desc=7, flags=8}, fr={producer=9, consumer=10, desc=11, flags=12}, cr={producer=13, consumer=14, desc=15, flags=16}}, [128]", (struct xdp_mmap_offsets){{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}, {13, 14, 15, 16}}),
    GET(SOL_XDP, XDP_MMAP_OFFSETS, 96, "SOL_XDP, XDP_MMAP_OFFSETS, {rx={producer=1, consumer=2, desc=3}, tx={producer=4, consumer=5, desc=6}, fr={producer=7, consumer=8, desc=9}, cr={producer=10, consumer=11, desc=12}}, [96]", (uint64_t[12]){1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}),
    SET(SOL_XDP, XDP_UMEM_REG, 28, "SOL_XDP, XDP_UMEM_REG, {addr=0x7000, len=8192, chunk_size=2048, headroom=5, flags=XDP_UMEM_UNALIGNED_CHUNK_FLAG}, 28", (struct xdp_umem_reg){0x7000, 8192, 2048, 5, 1}),
    SET(SOL_XDP, XDP_UMEM_REG, 24, "SOL_XDP, XDP_UMEM_REG, {addr=0x7000, len=8192, chunk_size=2048, headroom=5}, 24", (struct xdp_umem_reg){0x7000, 8192, 2048, 5, 1}),
    GET(SOL_XDP, XDP_STATISTICS, 24, "SOL_XDP, XDP_STATISTICS, {rx_dropped=1, rx_invalid_descs=2, tx_invalid_descs=3}, [24]", (uint64_t[3]){1, 2, 3}),
    GET(SOL_XDP, XDP_STATISTICS, 48, "SOL_XDP, XDP_STATISTICS, {rx_dropped=1, rx_invalid_descs=2, tx_invalid_descs=3, rx_ring_full=4, rx_fill_ring_empty_descs=5, tx_ring_empty_descs=6}, [48]", (struct xdp_statistics){1, 2, 3, 4, 5, 6}),
    GET(SOL_XDP, XDP_OPTIONS, 4, "SOL_XDP, XDP_OPTIONS, {flags=XDP_OPTIONS_ZEROCOPY}, [4]", (uint32_t){1}),

    /* CAN */
    SET(SOL_CAN_RAW, CAN_RAW_FILTER, 16, "SOL_CAN_RAW, CAN_RAW_FILTER, [{can_id=0x123, can_mask=0x7ff}, {can_id=0x20000000, can_mask=0}], 16", (struct can_filter[2]){{0x123, 0x7ff}, {0x20000000, 0}}),
    SET(SOL_CAN_RAW, CAN_RAW_FILTER, 9, "SOL_CAN_RAW, CAN_RAW_FILTER, \"\\1\\0\\0\\0\\2\\0\\0\\0\\3\", 9", (uint32_t[3]){1, 2, 3}),
    SET(SOL_CAN_ISOTP, CAN_ISOTP_OPTS, 12, "SOL_CAN_ISOTP, CAN_ISOTP_OPTS, {flags=0x4, frame_txtime=7, ext_address=0x1, txpad_content=0xcc, rxpad_content=0x2, rx_ext_address=0x3}, 12", (struct can_isotp_options){4, 7, 1, 0xcc, 2, 3}),
    SET_BYTES(SOL_CAN_ISOTP, CAN_ISOTP_RECV_FC, "\1\2\3", "SOL_CAN_ISOTP, CAN_ISOTP_RECV_FC, {bs=1, stmin=2, wftmax=3}, 3"),
    SET_BYTES(SOL_CAN_ISOTP, CAN_ISOTP_LL_OPTS, "\20\10\1", "SOL_CAN_ISOTP, CAN_ISOTP_LL_OPTS, {mtu=16, tx_dl=8, tx_flags=0x1}, 3"),
    SET(SOL_CAN_BASE + CAN_J1939, SO_J1939_FILTER, 32, "SOL_CAN_J1939, SO_J1939_FILTER, [{name=0x1, name_mask=0x2, pgn=0x3, pgn_mask=0x4, addr=0x5, addr_mask=0x6}], 32", (struct j1939_filter){1, 2, 3, 4, 5, 6}),

    /* vsock */
    SET(AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, 8, "AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, [262144], 8", (uint64_t){262144}),
    GET(AF_VSOCK, SO_VM_SOCKETS_BUFFER_MAX_SIZE, 4, "AF_VSOCK, SO_VM_SOCKETS_BUFFER_MAX_SIZE, [262144], [4]", (uint64_t){262144}),
    SET(AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD, 16, "AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD, {tv_sec=2, tv_usec=5}, 16", (struct timeval){2, 5}),
    SET(AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW, 15, "AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW, \"\\2\\0\\0\\0\\0\\0\\0\\0\\5\\0\\0\\0\\0\\0\\0\", 15", (struct timeval){2, 5}),

    /* SCTP */
    SET(IPPROTO_SCTP, SCTP_RTOINFO, 16, "SOL_SCTP, SCTP_RTOINFO, {srto_assoc_id=-1, srto_initial=3000, srto_max=60000, srto_min=1000}, 16", (struct sctp_rtoinfo){-1, 3000, 60000, 1000}),
    SET(IPPROTO_SCTP, SCTP_RTOINFO, 5, "SOL_SCTP, SCTP_RTOINFO, \"\\5\\0\\0\\0\\270\", 5", (struct sctp_rtoinfo){5, 3000, 60000, 1000}),
    SET(IPPROTO_SCTP, SCTP_ASSOCINFO, 20, "SOL_SCTP, SCTP_ASSOCINFO, {sasoc_assoc_id=1, sasoc_asocmaxrxt=2, sasoc_number_peer_destinations=3, sasoc_peer_rwnd=4, sasoc_local_rwnd=5, sasoc_cookie_life=6}, 20", (struct sctp_assocparams){1, 2, 3, 4, 5, 6}),
    SET(IPPROTO_SCTP, SCTP_INITMSG, 8, "SOL_SCTP, SCTP_INITMSG, {sinit_num_ostreams=10, sinit_max_instreams=11, sinit_max_attempts=3, sinit_max_init_timeo=0}, 8", (struct sctp_initmsg){10, 11, 3, 0}),
    GET(IPPROTO_SCTP, SCTP_INITMSG, 7, "SOL_SCTP, SCTP_INITMSG, {sinit_num_ostreams=10, sinit_max_instreams=11, sinit_max_attempts=3, sinit_max_init_timeo=\"\\x00\"}, [7]", (struct sctp_initmsg){10, 11, 3, 0}),
    SET(IPPROTO_SCTP, SCTP_SET_PEER_PRIMARY_ADDR, 132, "SOL_SCTP, SCTP_SET_PEER_PRIMARY_ADDR, {sspp_assoc_id=1, sspp_addr=" IN_TEXT("127.0.0.1") "}, 132", (struct sctp_setpeerprim){1, {AF_INET, {0, 7, 127, 0, 0, 1}, 0}}),
    SET(IPPROTO_SCTP, SCTP_PRIMARY_ADDR, 132, "SOL_SCTP, SCTP_PRIMARY_ADDR, {ssp_assoc_id=1, ssp_addr=" IN_TEXT("127.0.0.1") "}, 132", (struct sctp_prim){1, {AF_INET, {0, 7, 127, 0, 0, 1}, 0}}),
    SET(IPPROTO_SCTP, SCTP_ADAPTATION_LAYER, 4, "SOL_SCTP, SCTP_ADAPTATION_LAYER, {ssb_adaptation_ind=7}, 4", (uint32_t){7}),
    SET(IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, 156, "SOL_SCTP, SCTP_PEER_ADDR_PARAMS, {spp_assoc_id=1, spp_address=" IN_TEXT("127.0.0.1") ", spp_hbinterval=2, spp_pathmaxrxt=3, spp_pathmtu=4, spp_sackdelay=5, spp_flags=SPP_HB_ENABLE|SPP_DSCP, spp_ipv6_flowlabel=6, spp_dscp=7}, 156", (struct sctp_paddrparams){1, {AF_INET, {0, 7, 127, 0, 0, 1}, 0}, 2, 3, 4, 5, SPP_HB_ENABLE | SPP_DSCP, 6, 7}),
    SET(IPPROTO_SCTP, SCTP_DEFAULT_SEND_PARAM, 32, "SOL_SCTP, SCTP_DEFAULT_SEND_PARAM, {sinfo_stream=1, sinfo_ssn=2, sinfo_flags=SCTP_UNORDERED, sinfo_ppid=htonl(4), sinfo_context=5, sinfo_timetolive=6, sinfo_tsn=7, sinfo_cumtsn=8, sinfo_assoc_id=9}, 32", (struct sctp_sndrcvinfo){1, 2, SCTP_UNORDERED, NET(4), 5, 6, 7, 8, 9}),
    SET(IPPROTO_SCTP, SCTP_EVENTS, 3, "SOL_SCTP, SCTP_EVENTS, {sctp_data_io_event=1, sctp_association_event=0, sctp_address_event=1}, 3", (uint8_t[3]){1, 0, 1}),
    SET(IPPROTO_SCTP, SCTP_EVENTS, 14, "SOL_SCTP, SCTP_EVENTS, {sctp_data_io_event=1, sctp_association_event=0, sctp_address_event=1, sctp_send_failure_event=0, sctp_peer_error_event=0, sctp_shutdown_event=1, sctp_partial_delivery_event=0, sctp_adaptation_layer_event=0, sctp_authentication_event=0, sctp_sender_dry_event=0, sctp_stream_reset_event=0, sctp_assoc_reset_event=0, sctp_stream_change_event=0, sctp_send_failure_event_event=1}, 14", (struct sctp_event_subscribe){1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1}),
    SET(IPPROTO_SCTP, SCTP_MAXSEG, 4, "SOL_SCTP, SCTP_MAXSEG, [1200], 4", (int){1200}),
    SET(IPPROTO_SCTP, SCTP_MAXSEG, 8, "SOL_SCTP, SCTP_MAXSEG, {assoc_id=1, assoc_value=1200}, 8", (struct sctp_assoc_value){1, 1200}),
    GET(IPPROTO_SCTP, SCTP_STATUS, 176, "SOL_SCTP, SCTP_STATUS, {sstat_assoc_id=1, sstat_state=SCTP_ESTABLISHED, sstat_rwnd=2, sstat_unackdata=3, sstat_penddata=4, sstat_instrms=5, sstat_outstrms=6, sstat_fragmentation_point=7, sstat_primary={spinfo_assoc_id=8, spinfo_address=" IN_TEXT("127.0.0.1") ", spinfo_state=SCTP_ACTIVE, spinfo_cwnd=9, spinfo_srtt=10, spinfo_rto=11, spinfo_mtu=12}}, [176]", (struct sctp_status){1, SCTP_ESTABLISHED, 2, 3, 4, 5, 6, 7, {8, {AF_INET, {0, 7, 127, 0, 0, 1}, 0}, SCTP_ACTIVE, 9, 10, 11, 12}}),
    GET(IPPROTO_SCTP, SCTP_GET_PEER_ADDR_INFO, 152, "SOL_SCTP, SCTP_GET_PEER_ADDR_INFO, {spinfo_assoc_id=8, spinfo_address=" IN_TEXT("127.0.0.1") ", spinfo_state=SCTP_UNCONFIRMED, spinfo_cwnd=9, spinfo_srtt=10, spinfo_rto=11, spinfo_mtu=12}, [152]", (struct sctp_paddrinfo){8, {AF_INET, {0, 7, 127, 0, 0, 1}, 0}, SCTP_UNCONFIRMED, 9, 10, 11, 12}),
    SET(IPPROTO_SCTP, 16, 12, "SOL_SCTP, SCTP_DELAYED_SACK, {sack_assoc_id=1, sack_delay=200, sack_freq=2}, 12", (struct sctp_sack_info){1, 200, 2}),
    SET_BYTES(IPPROTO_SCTP, SCTP_AUTH_CHUNK, "\5", "SOL_SCTP, SCTP_AUTH_CHUNK, {sauth_chunk=5}, 1"),
    SET_BYTES(IPPROTO_SCTP, SCTP_HMAC_IDENT, "\2\0\0\0\3\0\1\0", "SOL_SCTP, SCTP_HMAC_IDENT, {shmac_num_idents=2, shmac_idents=[SCTP_AUTH_HMAC_ID_SHA256, SCTP_AUTH_HMAC_ID_SHA1]}, 8"),
    SET_BYTES(IPPROTO_SCTP, SCTP_AUTH_KEY, "\1\0\0\0\2\0\3\0key", "SOL_SCTP, SCTP_AUTH_KEY, {sca_assoc_id=1, sca_keynumber=2, sca_keylength=3, sca_key=\"key\"}, 11"),
    SET(IPPROTO_SCTP, SCTP_AUTH_ACTIVE_KEY, 8, "SOL_SCTP, SCTP_AUTH_ACTIVE_KEY, {scact_assoc_id=1, scact_keynumber=2}, 8", (struct sctp_authkeyid){1, 2}),
    GET_BYTES(IPPROTO_SCTP, SCTP_PEER_AUTH_CHUNKS, "\1\0\0\0\2\0\0\0\300\301", "SOL_SCTP, SCTP_PEER_AUTH_CHUNKS, {gauth_assoc_id=1, gauth_number_of_chunks=2, gauth_chunks=\"\\300\\301\"}, [10]"),
    GET(IPPROTO_SCTP, SCTP_GET_ASSOC_ID_LIST, 12, "SOL_SCTP, SCTP_GET_ASSOC_ID_LIST, {gaids_number_of_ids=2, gaids_assoc_id=[5, -1]}, [12]", (int32_t[3]){2, 5, -1}),
    SET(IPPROTO_SCTP, SCTP_PEER_ADDR_THLDS, 144, "SOL_SCTP, SCTP_PEER_ADDR_THLDS, {spt_assoc_id=1, spt_address=" IN_TEXT("127.0.0.1") ", spt_pathmaxrxt=2, spt_pathpfthld=3}, 144", (struct sctp_paddrthlds){1, {AF_INET, {0, 7, 127, 0, 0, 1}, 0}, 2, 3}),
    SET(IPPROTO_SCTP, SCTP_PEER_ADDR_THLDS_V2, 144, "SOL_SCTP, SCTP_PEER_ADDR_THLDS_V2, {spt_assoc_id=1, spt_address=" IN_TEXT("127.0.0.1") ", spt_pathmaxrxt=2, spt_pathpfthld=3, spt_pathcpthld=4}, 144", (struct sctp_paddrthlds_v2){1, {AF_INET, {0, 7, 127, 0, 0, 1}, 0}, 2, 3, 4}),
    SET(IPPROTO_SCTP, SCTP_DEFAULT_SNDINFO, 16, "SOL_SCTP, SCTP_DEFAULT_SNDINFO, {snd_sid=1, snd_flags=SCTP_EOF, snd_ppid=htonl(2), snd_context=3, snd_assoc_id=4}, 16", (struct sctp_sndinfo){1, SCTP_EOF, NET(2), 3, 4}),
    SET(IPPROTO_SCTP, SCTP_SOCKOPT_BINDX_ADD, 44, "SOL_SCTP, SCTP_SOCKOPT_BINDX_ADD, [" IN_TEXT("127.0.0.1") ", {sa_family=AF_INET6, sin6_port=htons(7), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, \"::1\", &sin6_addr), sin6_scope_id=0}], 44", (struct {struct sockaddr_in in; struct sockaddr_in6 in6;}){{AF_INET, 0x0700, IN(127, 0, 0, 1), {0}}, {AF_INET6, 0x0700, 0, {{{[15] = 1}}}, 0}}),
    GET(IPPROTO_SCTP, SCTP_GET_LOCAL_ADDRS, 24, "SOL_SCTP, SCTP_GET_LOCAL_ADDRS, {assoc_id=1, addr_num=1, addrs=[" IN_TEXT("127.0.0.1") "]}, [24]", (struct {int id; unsigned num; struct sockaddr_in in;}){1, 1, {AF_INET, 0x0700, IN(127, 0, 0, 1), {0}}}),
    GET(IPPROTO_SCTP, SCTP_GET_LOCAL_ADDRS, 8, "SOL_SCTP, SCTP_GET_LOCAL_ADDRS, {assoc_id=1, addr_num=0}, [8]", (int[2]){1, 0}),
    GET(IPPROTO_SCTP, SCTP_SOCKOPT_PEELOFF, 8, "SOL_SCTP, SCTP_SOCKOPT_PEELOFF, {associd=1, sd=7}, [8]", (sctp_peeloff_arg_t){1, 7}),
    GET(IPPROTO_SCTP, SCTP_SOCKOPT_PEELOFF_FLAGS, 12, "SOL_SCTP, SCTP_SOCKOPT_PEELOFF_FLAGS, {associd=1, sd=7, flags=SOCK_CLOEXEC}, [12]", (sctp_peeloff_flags_arg_t){{1, 7}, SOCK_CLOEXEC}),
    GET(IPPROTO_SCTP, SCTP_GET_ASSOC_STATS, 152, "SOL_SCTP, SCTP_GET_ASSOC_STATS, {sas_assoc_id=1, sas_obs_rto_ipaddr=" IN_TEXT("127.0.0.1") ", sas_maxrto=2, sas_isacks=3}, [152]", (struct sctp_assoc_stats){.sas_assoc_id = 1, .sas_obs_rto_ipaddr = {AF_INET, {0, 7, 127, 0, 0, 1}, 0}, .sas_maxrto = 2, .sas_isacks = 3}),
    SET(IPPROTO_SCTP, SCTP_DEFAULT_PRINFO, 12, "SOL_SCTP, SCTP_DEFAULT_PRINFO, {pr_assoc_id=1, pr_value=2, pr_policy=SCTP_PR_SCTP_RTX}, 12", (struct sctp_default_prinfo){1, 2, SCTP_PR_SCTP_RTX}),
    GET(IPPROTO_SCTP, SCTP_PR_ASSOC_STATUS, 24, "SOL_SCTP, SCTP_PR_ASSOC_STATUS, {sprstat_assoc_id=1, sprstat_sid=2, sprstat_policy=SCTP_PR_SCTP_TTL, sprstat_abandoned_unsent=3, sprstat_abandoned_sent=4}, [24]", (struct sctp_prstatus){1, 2, SCTP_PR_SCTP_TTL, 3, 4}),
    SET_BYTES(IPPROTO_SCTP, SCTP_RESET_STREAMS, "\1\0\0\0\2\0\2\0\5\0\6\0", "SOL_SCTP, SCTP_RESET_STREAMS, {srs_assoc_id=1, srs_flags=SCTP_STREAM_RESET_OUTGOING, srs_number_streams=2, srs_stream_list=[5, 6]}, 12"),
    SET(IPPROTO_SCTP, SCTP_ADD_STREAMS, 8, "SOL_SCTP, SCTP_ADD_STREAMS, {sas_assoc_id=1, sas_instrms=2, sas_outstrms=3}, 8", (struct sctp_add_streams){1, 2, 3}),
    SET(IPPROTO_SCTP, SCTP_STREAM_SCHEDULER_VALUE, 8, "SOL_SCTP, SCTP_STREAM_SCHEDULER_VALUE, {assoc_id=1, stream_id=2, stream_value=3}, 8", (struct sctp_stream_value){1, 2, 3}),
    SET(IPPROTO_SCTP, SCTP_EVENT, 8, "SOL_SCTP, SCTP_EVENT, {se_assoc_id=1, se_type=SCTP_SHUTDOWN_EVENT, se_on=1}, 8", (struct sctp_event){1, SCTP_SHUTDOWN_EVENT, 1}),
    SET(IPPROTO_SCTP, SCTP_REMOTE_UDP_ENCAPS_PORT, 144, "SOL_SCTP, SCTP_REMOTE_UDP_ENCAPS_PORT, {sue_assoc_id=1, sue_address=" IN_TEXT("127.0.0.1") ", sue_port=2}, 144", (struct sctp_udpencaps){1, {AF_INET, {0, 7, 127, 0, 0, 1}, 0}, 2}),
    SET(IPPROTO_SCTP, SCTP_PLPMTUD_PROBE_INTERVAL, 144, "SOL_SCTP, SCTP_PLPMTUD_PROBE_INTERVAL, {spi_assoc_id=1, spi_address=" IN_TEXT("127.0.0.1") ", spi_interval=2}, 144", (struct sctp_probeinterval){1, {AF_INET, {0, 7, 127, 0, 0, 1}, 0}, 2}),

    /* TLS: what follows depends on the cipher */
    SET(SOL_TLS, TLS_TX, 40, "SOL_TLS, TLS_TX, {info={version=TLS_1_2_VERSION, cipher_type=TLS_CIPHER_AES_GCM_128}, iv=\"iiiiiiii\", key=\"kkkkkkkkkkkkkkkk\", salt=\"ssss\", rec_seq=\"qqqqqqqq\"}, 40", (struct tls12_crypto_info_aes_gcm_128){{TLS_1_2_VERSION, TLS_CIPHER_AES_GCM_128}, "iiiiiiii", "kkkkkkkkkkkkkkkk", "ssss", "qqqqqqqq"}),
    SET(SOL_TLS, TLS_TX, 56, "SOL_TLS, TLS_TX, {info={version=TLS_1_3_VERSION, cipher_type=TLS_CIPHER_AES_GCM_256}, iv=\"iiiiiiii\", key=\"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\", salt=\"ssss\", rec_seq=\"qqqqqqqq\"}, 56", (struct tls12_crypto_info_aes_gcm_256){{TLS_1_3_VERSION, TLS_CIPHER_AES_GCM_256}, "iiiiiiii", "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "ssss", "qqqqqqqq"}),
    SET(SOL_TLS, TLS_TX, 40, "SOL_TLS, TLS_TX, {info={version=TLS_1_2_VERSION, cipher_type=TLS_CIPHER_AES_CCM_128}, iv=\"iiiiiiii\", key=\"kkkkkkkkkkkkkkkk\", salt=\"ssss\", rec_seq=\"qqqqqqqq\"}, 40", (struct tls12_crypto_info_aes_ccm_128){{TLS_1_2_VERSION, TLS_CIPHER_AES_CCM_128}, "iiiiiiii", "kkkkkkkkkkkkkkkk", "ssss", "qqqqqqqq"}),
    SET(SOL_TLS, TLS_TX, 56, "SOL_TLS, TLS_TX, {info={version=TLS_1_3_VERSION, cipher_type=TLS_CIPHER_CHACHA20_POLY1305}, iv=\"iiiiiiiiiiii\", key=\"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\", rec_seq=\"qqqqqqqq\"}, 56", (struct tls12_crypto_info_chacha20_poly1305){{TLS_1_3_VERSION, TLS_CIPHER_CHACHA20_POLY1305}, "iiiiiiiiiiii", "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", .rec_seq = "qqqqqqqq"}),
    SET(SOL_TLS, TLS_TX, 40, "SOL_TLS, TLS_TX, {info={version=TLS_1_3_VERSION, cipher_type=TLS_CIPHER_SM4_GCM}, iv=\"iiiiiiii\", key=\"kkkkkkkkkkkkkkkk\", salt=\"ssss\", rec_seq=\"qqqqqqqq\"}, 40", (struct tls12_crypto_info_sm4_gcm){{TLS_1_3_VERSION, TLS_CIPHER_SM4_GCM}, "iiiiiiii", "kkkkkkkkkkkkkkkk", "ssss", "qqqqqqqq"}),
    SET(SOL_TLS, TLS_TX, 40, "SOL_TLS, TLS_TX, {info={version=TLS_1_3_VERSION, cipher_type=TLS_CIPHER_SM4_CCM}, iv=\"iiiiiiii\", key=\"kkkkkkkkkkkkkkkk\", salt=\"ssss\", rec_seq=\"qqqqqqqq\"}, 40", (struct tls12_crypto_info_sm4_ccm){{TLS_1_3_VERSION, TLS_CIPHER_SM4_CCM}, "iiiiiiii", "kkkkkkkkkkkkkkkk", "ssss", "qqqqqqqq"}),
    SET(SOL_TLS, TLS_TX, 40, "SOL_TLS, TLS_TX, {info={version=TLS_1_2_VERSION, cipher_type=TLS_CIPHER_ARIA_GCM_128}, iv=\"iiiiiiii\", key=\"kkkkkkkkkkkkkkkk\", salt=\"ssss\", rec_seq=\"qqqqqqqq\"}, 40", (struct tls12_crypto_info_aria_gcm_128){{TLS_1_2_VERSION, TLS_CIPHER_ARIA_GCM_128}, "iiiiiiii", "kkkkkkkkkkkkkkkk", "ssss", "qqqqqqqq"}),
    SET(SOL_TLS, TLS_TX, 56, "SOL_TLS, TLS_TX, {info={version=TLS_1_2_VERSION, cipher_type=TLS_CIPHER_ARIA_GCM_256}, iv=\"iiiiiiii\", key=\"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\", salt=\"ssss\", rec_seq=\"qqqqqqqq\"}, 56", (struct tls12_crypto_info_aria_gcm_256){{TLS_1_2_VERSION, TLS_CIPHER_ARIA_GCM_256}, "iiiiiiii", "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "ssss", "qqqqqqqq"}),
    GET(SOL_TLS, TLS_RX, 4, "SOL_TLS, TLS_RX, {version=TLS_1_2_VERSION, cipher_type=0x63 /* TLS_CIPHER_??? */}, [4]", (struct tls_crypto_info){TLS_1_2_VERSION, 99}),
    SET(SOL_TLS, TLS_RX, 5, "SOL_TLS, TLS_RX, \"\\3\\3c\\0\\0\", 5", (struct {struct tls_crypto_info info; int n;}){{TLS_1_2_VERSION, 99}, 0}),

    /* the others */
    SET_BYTES(SOL_ALG, ALG_SET_KEY, "key4", "SOL_ALG, ALG_SET_KEY, \"key4\", 4"),
    SET_BYTES(SOL_RXRPC, RXRPC_SECURITY_KEY, "user", "SOL_RXRPC, RXRPC_SECURITY_KEY, \"user\", 4"),
    SET(SOL_TIPC, TIPC_GROUP_JOIN, 16, "SOL_TIPC, TIPC_GROUP_JOIN, {type=4711, instance=7, scope=TIPC_CLUSTER_SCOPE, flags=TIPC_GROUP_LOOPBACK}, 16", (struct tipc_group_req){4711, 7, TIPC_CLUSTER_SCOPE, TIPC_GROUP_LOOPBACK}),
    SET_BYTES(SOL_BLUETOOTH, 4, "\3\20", "SOL_BLUETOOTH, BT_SECURITY, {level=BT_SECURITY_HIGH, key_size=16}, 2"),
    SET_BYTES(SOL_BLUETOOTH, 9, "\1", "SOL_BLUETOOTH, BT_POWER, {force_active=1}, 1"),
    SET_BYTES(SOL_BLUETOOTH, 11, "\140\0", "SOL_BLUETOOTH, BT_VOICE, {setting=0x60}, 2"),
    GET_BYTES(18, 2, "\5\0abc", "SOL_RFCOMM, RFCOMM_CONNINFO, {hci_handle=5, dev_class=\"abc\"}, [5]"),
    SET(SOL_RDS, RDS_GET_MR, 32, "SOL_RDS, RDS_GET_MR, {vec={addr=0x7000, bytes=4096}, cookie_addr=0x8000, flags=0x1}, 32", (struct rds_get_mr_args){{0x7000, 4096}, 0x8000, 1}),
    SET(SOL_RDS, RDS_GET_MR_FOR_DEST, 160, "SOL_RDS, RDS_GET_MR_FOR_DEST, {dest_addr=" IN_TEXT("127.0.0.1") ", vec={addr=0x7000, bytes=4096}, cookie_addr=0x8000, flags=0x1}, 160", (struct {struct sockaddr_storage to; uint64_t n[4];}){{AF_INET, {0, 7, 127, 0, 0, 1}, 0}, {0x7000, 4096, 0x8000, 1}}),
    SET(SOL_RDS, RDS_FREE_MR, 16, "SOL_RDS, RDS_FREE_MR, {cookie=0x5, flags=0x1}, 16", (struct rds_free_mr_args){5, 1}),
};
/* clang-format on */

const size_t rows_len = ARRAY_LEN(rows);

ROWS_MAIN("opt_link")
