/* names/options_tcp.c: options of TCP and MPTCP, and what stands in their values. */
#include "names/nametab.h"
#include "names/rows.h"

#include <linux/mptcp.h>
#include <linux/tcp.h>

static const struct name tcp_rows[] = {
    N(TCP_NODELAY),
    N(TCP_MAXSEG),
    N(TCP_CORK),
    N(TCP_KEEPIDLE),
    N(TCP_KEEPINTVL),
    N(TCP_KEEPCNT),
    N(TCP_SYNCNT),
    N(TCP_LINGER2),
    N(TCP_DEFER_ACCEPT),
    N(TCP_WINDOW_CLAMP),
    N(TCP_INFO),
    N(TCP_QUICKACK),
    N(TCP_CONGESTION),
    N(TCP_MD5SIG),
    {15, "TCP_COOKIE_TRANSACTIONS"},
    N(TCP_THIN_LINEAR_TIMEOUTS),
    N(TCP_THIN_DUPACK),
    N(TCP_USER_TIMEOUT),
    N(TCP_REPAIR),
    N(TCP_REPAIR_QUEUE),
    N(TCP_QUEUE_SEQ),
    N(TCP_REPAIR_OPTIONS),
    N(TCP_FASTOPEN),
    N(TCP_TIMESTAMP),
    N(TCP_NOTSENT_LOWAT),
    N(TCP_CC_INFO),
    N(TCP_SAVE_SYN),
    N(TCP_SAVED_SYN),
    N(TCP_REPAIR_WINDOW),
    N(TCP_FASTOPEN_CONNECT),
    N(TCP_ULP),
    N(TCP_MD5SIG_EXT),
    N(TCP_FASTOPEN_KEY),
    N(TCP_FASTOPEN_NO_COOKIE),
    N(TCP_ZEROCOPY_RECEIVE),
    N(TCP_INQ),
    N(TCP_TX_DELAY),
    {38, "TCP_AO_ADD_KEY"},
    {39, "TCP_AO_DEL_KEY"},
    {40, "TCP_AO_INFO"},
    {41, "TCP_AO_GET_KEYS"},
    {42, "TCP_AO_REPAIR"},
    {43, "TCP_IS_MPTCP"},
    {44, "TCP_RTO_MAX_MS"},
    {45, "TCP_RTO_MIN_US"},
    {46, "TCP_DELACK_MAX_US"},
};

const struct nametab nametab_tcp = {.id = "TCP", .unknown = "TCP_???", ROWS(tcp_rows)};

static const struct name mptcp_rows[] = {
    N(MPTCP_INFO),
    N(MPTCP_TCPINFO),
    N(MPTCP_SUBFLOW_ADDRS),
    {4, "MPTCP_FULL_INFO"},
};

const struct nametab nametab_mptcp = {.id = "MPTCP", .unknown = "MPTCP_???", ROWS(mptcp_rows)};

/* The state as programs name it; nametab_tcp_state has the short names. */
static const struct name tcp_info_state_rows[] = {
    {1, "TCP_ESTABLISHED"}, {2, "TCP_SYN_SENT"},  {3, "TCP_SYN_RECV"}, {4, "TCP_FIN_WAIT1"},
    {5, "TCP_FIN_WAIT2"},   {6, "TCP_TIME_WAIT"}, {7, "TCP_CLOSE"},    {8, "TCP_CLOSE_WAIT"},
    {9, "TCP_LAST_ACK"},    {10, "TCP_LISTEN"},   {11, "TCP_CLOSING"}, {12, "TCP_NEW_SYN_RECV"},
};

const struct nametab nametab_tcp_info_state = {
    .id = "TCP_INFO_STATE", .unknown = "TCP_???", ROWS(tcp_info_state_rows)};

static const struct name tcp_ca_state_rows[] = {
    N(TCP_CA_Open), N(TCP_CA_Disorder), N(TCP_CA_CWR), N(TCP_CA_Recovery), N(TCP_CA_Loss),
};

const struct nametab nametab_tcp_ca_state = {
    .id = "TCP_CA", .unknown = "TCP_CA_???", ROWS(tcp_ca_state_rows)};

static const struct name tcp_info_opt_rows[] = {
    N(TCPI_OPT_TIMESTAMPS), N(TCPI_OPT_SACK),     N(TCPI_OPT_WSCALE),       N(TCPI_OPT_ECN),
    N(TCPI_OPT_ECN_SEEN),   N(TCPI_OPT_SYN_DATA), {64, "TCPI_OPT_USEC_TS"}, {128, "TCPI_OPT_TFO_CHILD"},
};

const struct nametab nametab_tcp_info_opt = {
    .id = "TCPI_OPT", .unknown = "TCPI_OPT_???", .is_flags = true, ROWS(tcp_info_opt_rows)};

static const struct name tcp_md5sig_rows[] = {
    N(TCP_MD5SIG_FLAG_PREFIX),
    N(TCP_MD5SIG_FLAG_IFINDEX),
};

const struct nametab nametab_tcp_md5sig = {
    .id = "TCP_MD5SIG_FLAG", .unknown = "TCP_MD5SIG_FLAG_???", .is_flags = true, ROWS(tcp_md5sig_rows)};

static const struct name tcp_opt_kind_rows[] = {
    {2, "TCPOPT_MAXSEG"}, {3, "TCPOPT_WINDOW"},    {4, "TCPOPT_SACK_PERMITTED"},
    {5, "TCPOPT_SACK"},   {8, "TCPOPT_TIMESTAMP"},
};

const struct nametab nametab_tcp_opt_kind = {
    .id = "TCPOPT", .unknown = "TCPOPT_???", ROWS(tcp_opt_kind_rows)};

static const struct name tcp_zc_rows[] = {
    {1, "TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT"},
};

const struct nametab nametab_tcp_zerocopy = {.id = "TCP_RECEIVE_ZEROCOPY_FLAG",
                                             .unknown = "TCP_RECEIVE_ZEROCOPY_FLAG_???",
                                             .is_flags = true,
                                             ROWS(tcp_zc_rows)};

static const struct name mptcp_flag_rows[] = {
    N(MPTCP_INFO_FLAG_FALLBACK),
    N(MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED),
};

const struct nametab nametab_mptcp_flags = {
    .id = "MPTCP_INFO_FLAG", .unknown = "MPTCP_INFO_FLAG_???", .is_flags = true, ROWS(mptcp_flag_rows)};
