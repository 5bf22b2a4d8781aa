/* decode/opts_tcp.c: values of the options of TCP and MPTCP (tcp(7)). */
#include "base/alloc.h"
#include "decode/opts.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/mptcp.h>
#include <linux/tcp.h>

/* It grew from kernel to kernel: the members at the end are not in every header, nor in every answer. */
static const struct member tcp_info[] = {
    MEMBER_OF(tcp_info, tcpi_state, SHAPE_SYM, &nametab_tcp_info_state),
    MEMBER_OF(tcp_info, tcpi_ca_state, SHAPE_SYM, &nametab_tcp_ca_state),
    MEMBER(tcp_info, tcpi_retransmits, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_probes, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_backoff, SHAPE_UDEC),
    MEMBER_OF(tcp_info, tcpi_options, SHAPE_FLAGS, &nametab_tcp_info_opt),
    MEMBER_BITS("tcpi_snd_wscale", 6, 1, SHAPE_UDEC, 0, 4),
    MEMBER_BITS("tcpi_rcv_wscale", 6, 1, SHAPE_UDEC, 4, 4),
    MEMBER_BITS("tcpi_delivery_rate_app_limited", 7, 1, SHAPE_UDEC, 0, 1),
    MEMBER_BITS("tcpi_fastopen_client_fail", 7, 1, SHAPE_UDEC, 1, 2),
    MEMBER(tcp_info, tcpi_rto, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_ato, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_snd_mss, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_rcv_mss, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_unacked, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_sacked, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_lost, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_retrans, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_fackets, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_last_data_sent, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_last_ack_sent, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_last_data_recv, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_last_ack_recv, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_pmtu, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_rcv_ssthresh, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_rtt, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_rttvar, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_snd_ssthresh, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_snd_cwnd, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_advmss, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_reordering, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_rcv_rtt, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_rcv_space, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_total_retrans, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_pacing_rate, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_max_pacing_rate, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_bytes_acked, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_bytes_received, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_segs_out, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_segs_in, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_notsent_bytes, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_min_rtt, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_data_segs_in, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_data_segs_out, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_delivery_rate, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_busy_time, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_rwnd_limited, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_sndbuf_limited, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_delivered, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_delivered_ce, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_bytes_sent, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_bytes_retrans, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_dsack_dups, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_reord_seen, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_rcv_ooopack, SHAPE_UDEC),
    MEMBER(tcp_info, tcpi_snd_wnd, SHAPE_UDEC),
    MEMBER_AT("tcpi_rcv_wnd", 232, 4, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_rehash", 236, 4, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_total_rto", 240, 2, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_total_rto_recoveries", 242, 2, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_total_rto_time", 244, 4, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_received_ce", 248, 4, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_delivered_e1_bytes", 252, 4, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_delivered_e0_bytes", 256, 4, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_delivered_ce_bytes", 260, 4, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_received_e1_bytes", 264, 4, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_received_e0_bytes", 268, 4, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_received_ce_bytes", 272, 4, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_accecn_fail_mode", 276, 2, SHAPE_UDEC, NULL),
    MEMBER_AT("tcpi_accecn_opt_seen", 278, 2, SHAPE_UDEC, NULL),
};

static const struct member tcp_repair_opt[] = {
    MEMBER_OF(tcp_repair_opt, opt_code, SHAPE_SYM, &nametab_tcp_opt_kind),
    MEMBER(tcp_repair_opt, opt_val, SHAPE_UDEC),
};

static const struct member tcp_repair_window[] = {
    MEMBER(tcp_repair_window, snd_wl1, SHAPE_UDEC),    MEMBER(tcp_repair_window, snd_wnd, SHAPE_UDEC),
    MEMBER(tcp_repair_window, max_window, SHAPE_UDEC), MEMBER(tcp_repair_window, rcv_wnd, SHAPE_UDEC),
    MEMBER(tcp_repair_window, rcv_wup, SHAPE_UDEC),
};

static const struct member tcp_md5sig[] = {
    MEMBER(tcp_md5sig, tcpm_addr, SHAPE_SOCKADDR),
    MEMBER_OF(tcp_md5sig, tcpm_flags, SHAPE_FLAGS, &nametab_tcp_md5sig),
    MEMBER(tcp_md5sig, tcpm_prefixlen, SHAPE_UDEC),
    MEMBER(tcp_md5sig, tcpm_keylen, SHAPE_UDEC),
    MEMBER(tcp_md5sig, tcpm_ifindex, SHAPE_IFINDEX),
};

static const struct member tcp_zerocopy_receive[] = {
    MEMBER(tcp_zerocopy_receive, address, SHAPE_POINTER),
    MEMBER(tcp_zerocopy_receive, length, SHAPE_UDEC),
    MEMBER(tcp_zerocopy_receive, recv_skip_hint, SHAPE_UDEC),
    MEMBER(tcp_zerocopy_receive, inq, SHAPE_UDEC),
    MEMBER(tcp_zerocopy_receive, err, SHAPE_DEC),
    MEMBER(tcp_zerocopy_receive, copybuf_address, SHAPE_POINTER),
    MEMBER(tcp_zerocopy_receive, copybuf_len, SHAPE_DEC),
    MEMBER_OF(tcp_zerocopy_receive, flags, SHAPE_FLAGS, &nametab_tcp_zerocopy),
    MEMBER(tcp_zerocopy_receive, msg_control, SHAPE_POINTER),
    MEMBER(tcp_zerocopy_receive, msg_controllen, SHAPE_UDEC),
    MEMBER_OF(tcp_zerocopy_receive, msg_flags, SHAPE_FLAGS, &nametab_msg),
};

static const struct member mptcp_info[] = {
    MEMBER(mptcp_info, mptcpi_subflows, SHAPE_UDEC),
    MEMBER(mptcp_info, mptcpi_add_addr_signal, SHAPE_UDEC),
    MEMBER(mptcp_info, mptcpi_add_addr_accepted, SHAPE_UDEC),
    MEMBER(mptcp_info, mptcpi_subflows_max, SHAPE_UDEC),
    MEMBER(mptcp_info, mptcpi_add_addr_signal_max, SHAPE_UDEC),
    MEMBER(mptcp_info, mptcpi_add_addr_accepted_max, SHAPE_UDEC),
    MEMBER_OF(mptcp_info, mptcpi_flags, SHAPE_FLAGS, &nametab_mptcp_flags),
    MEMBER(mptcp_info, mptcpi_token, SHAPE_UDEC),
    MEMBER(mptcp_info, mptcpi_write_seq, SHAPE_UDEC),
    MEMBER(mptcp_info, mptcpi_snd_una, SHAPE_UDEC),
    MEMBER(mptcp_info, mptcpi_rcv_nxt, SHAPE_UDEC),
    MEMBER(mptcp_info, mptcpi_local_addr_used, SHAPE_UDEC),
    MEMBER(mptcp_info, mptcpi_local_addr_max, SHAPE_UDEC),
    MEMBER(mptcp_info, mptcpi_csum_enabled, SHAPE_UDEC),
};

static const struct layout layout_tcp_info = LAYOUT(tcp_info, tcp_info);
static const struct layout layout_md5sig = LAYOUT(tcp_md5sig, tcp_md5sig);
static const struct layout layout_repair_opt = LAYOUT(tcp_repair_opt, tcp_repair_opt);
static const struct layout layout_repair_window = LAYOUT(tcp_repair_window, tcp_repair_window);
/* What the first kernels with it had: an address and two lengths. */
static const struct layout layout_zerocopy = LAYOUT_FROM(tcp_zerocopy_receive, tcp_zerocopy_receive, 16);
static const struct layout layout_mptcp_info = LAYOUT(mptcp_info, mptcp_info);

/* Of the key's 80 bytes those that it has. */
static const struct value *md5sig(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *value = shape_struct(ctx, &layout_md5sig, bytes, len);
    struct tcp_md5sig sig;
    size_t key_len;

    if (!value)
        return NULL;
    memcpy(&sig, bytes, sizeof(sig));
    key_len = sig.tcpm_keylen < sizeof(sig.tcpm_key) ? sig.tcpm_keylen : sizeof(sig.tcpm_key);
    return shape_append(ctx->arena, value, "tcpm_key",
                        value_bytes(ctx->arena, sig.tcpm_key, key_len, key_len));
}

static const struct value *repair_options(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    return len < sizeof(struct tcp_repair_opt) ? NULL : shape_structs(ctx, &layout_repair_opt, bytes, len);
}

/* clang-format off */
#define TCP(name, shape)   {IPPROTO_TCP, name, shape, OPT_OURS}
/* clang-format on */

static const struct opt rows[] = {
    TCP(TCP_INFO, SHAPE_OF(layout_tcp_info)),
    TCP(TCP_CONGESTION, SHAPE_BY(opt_text)),
    TCP(TCP_ULP, SHAPE_BY(opt_text)),
    TCP(TCP_MD5SIG, SHAPE_BY(md5sig)),
    TCP(TCP_MD5SIG_EXT, SHAPE_BY(md5sig)),
    TCP(TCP_REPAIR_OPTIONS, SHAPE_BY(repair_options)),
    TCP(TCP_REPAIR_WINDOW, SHAPE_OF(layout_repair_window)),
    TCP(TCP_ZEROCOPY_RECEIVE, SHAPE_OF(layout_zerocopy)),
    TCP(TCP_FASTOPEN_KEY, SHAPE_BY(opt_bytes)),
    {SOL_MPTCP, MPTCP_INFO, SHAPE_OF(layout_mptcp_info), OPT_OURS},
};

const struct opts opts_tcp = {rows, ARRAY_LEN(rows)};
