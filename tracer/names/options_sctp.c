/* names/options_sctp.c: options of SCTP and DCCP, and what stands in their values. */
#include "names/nametab.h"
#include "names/rows.h"

#include <sys/socket.h>

#include <linux/dccp.h>
#include <linux/sctp.h>

static const struct name sctp_rows[] = {
    N(SCTP_RTOINFO),
    N(SCTP_ASSOCINFO),
    N(SCTP_INITMSG),
    N(SCTP_NODELAY),
    N(SCTP_AUTOCLOSE),
    N(SCTP_SET_PEER_PRIMARY_ADDR),
    N(SCTP_PRIMARY_ADDR),
    N(SCTP_ADAPTATION_LAYER),
    N(SCTP_DISABLE_FRAGMENTS),
    N(SCTP_PEER_ADDR_PARAMS),
    N(SCTP_DEFAULT_SEND_PARAM),
    N(SCTP_EVENTS),
    N(SCTP_I_WANT_MAPPED_V4_ADDR),
    N(SCTP_MAXSEG),
    N(SCTP_STATUS),
    N(SCTP_GET_PEER_ADDR_INFO),
    {16, "SCTP_DELAYED_SACK"},
    N(SCTP_CONTEXT),
    N(SCTP_FRAGMENT_INTERLEAVE),
    N(SCTP_PARTIAL_DELIVERY_POINT),
    N(SCTP_MAX_BURST),
    N(SCTP_AUTH_CHUNK),
    N(SCTP_HMAC_IDENT),
    N(SCTP_AUTH_KEY),
    N(SCTP_AUTH_ACTIVE_KEY),
    N(SCTP_AUTH_DELETE_KEY),
    N(SCTP_PEER_AUTH_CHUNKS),
    N(SCTP_LOCAL_AUTH_CHUNKS),
    N(SCTP_GET_ASSOC_NUMBER),
    N(SCTP_GET_ASSOC_ID_LIST),
    N(SCTP_AUTO_ASCONF),
    N(SCTP_PEER_ADDR_THLDS),
    N(SCTP_RECVRCVINFO),
    N(SCTP_RECVNXTINFO),
    N(SCTP_DEFAULT_SNDINFO),
    N(SCTP_AUTH_DEACTIVATE_KEY),
    N(SCTP_REUSE_PORT),
    N(SCTP_PEER_ADDR_THLDS_V2),
    N(SCTP_SOCKOPT_BINDX_ADD),
    N(SCTP_SOCKOPT_BINDX_REM),
    N(SCTP_SOCKOPT_PEELOFF),
    {103, "SCTP_GET_PEER_ADDRS_NUM_OLD"},
    {104, "SCTP_GET_PEER_ADDRS_OLD"},
    {105, "SCTP_GET_LOCAL_ADDRS_NUM_OLD"},
    {106, "SCTP_GET_LOCAL_ADDRS_OLD"},
    N(SCTP_SOCKOPT_CONNECTX_OLD),
    N(SCTP_GET_PEER_ADDRS),
    N(SCTP_GET_LOCAL_ADDRS),
    N(SCTP_SOCKOPT_CONNECTX),
    N(SCTP_SOCKOPT_CONNECTX3),
    N(SCTP_GET_ASSOC_STATS),
    N(SCTP_PR_SUPPORTED),
    N(SCTP_DEFAULT_PRINFO),
    N(SCTP_PR_ASSOC_STATUS),
    N(SCTP_PR_STREAM_STATUS),
    N(SCTP_RECONFIG_SUPPORTED),
    N(SCTP_ENABLE_STREAM_RESET),
    N(SCTP_RESET_STREAMS),
    N(SCTP_RESET_ASSOC),
    N(SCTP_ADD_STREAMS),
    N(SCTP_SOCKOPT_PEELOFF_FLAGS),
    N(SCTP_STREAM_SCHEDULER),
    N(SCTP_STREAM_SCHEDULER_VALUE),
    N(SCTP_INTERLEAVING_SUPPORTED),
    N(SCTP_SENDMSG_CONNECT),
    N(SCTP_EVENT),
    N(SCTP_ASCONF_SUPPORTED),
    N(SCTP_AUTH_SUPPORTED),
    N(SCTP_ECN_SUPPORTED),
    N(SCTP_EXPOSE_POTENTIALLY_FAILED_STATE),
    N(SCTP_REMOTE_UDP_ENCAPS_PORT),
    N(SCTP_PLPMTUD_PROBE_INTERVAL),
};

const struct nametab nametab_sctp = {.id = "SCTP", .unknown = "SCTP_???", ROWS(sctp_rows)};

static const struct name dccp_rows[] = {
    N(DCCP_SOCKOPT_PACKET_SIZE),  N(DCCP_SOCKOPT_SERVICE),        N(DCCP_SOCKOPT_CHANGE_L),
    N(DCCP_SOCKOPT_CHANGE_R),     N(DCCP_SOCKOPT_GET_CUR_MPS),    N(DCCP_SOCKOPT_SERVER_TIMEWAIT),
    N(DCCP_SOCKOPT_SEND_CSCOV),   N(DCCP_SOCKOPT_RECV_CSCOV),     N(DCCP_SOCKOPT_AVAILABLE_CCIDS),
    N(DCCP_SOCKOPT_CCID),         N(DCCP_SOCKOPT_TX_CCID),        N(DCCP_SOCKOPT_RX_CCID),
    N(DCCP_SOCKOPT_QPOLICY_ID),   N(DCCP_SOCKOPT_QPOLICY_TXQLEN), N(DCCP_SOCKOPT_CCID_RX_INFO),
    N(DCCP_SOCKOPT_CCID_TX_INFO),
};

const struct nametab nametab_dccp = {.id = "DCCP", .unknown = "DCCP_SOCKOPT_???", ROWS(dccp_rows)};

static const struct name sctp_spp_rows[] = {
    N(SPP_HB_ENABLE),         N(SPP_HB_DISABLE),
    N(SPP_HB_DEMAND),         N(SPP_PMTUD_ENABLE),
    N(SPP_PMTUD_DISABLE),     N(SPP_SACKDELAY_ENABLE),
    N(SPP_SACKDELAY_DISABLE), N(SPP_HB_TIME_IS_ZERO),
    N(SPP_IPV6_FLOWLABEL),    N(SPP_DSCP),
};

const struct nametab nametab_sctp_spp = {
    .id = "SPP", .unknown = "SPP_???", .is_flags = true, ROWS(sctp_spp_rows)};

static const struct name sctp_peer_state_rows[] = {
    N(SCTP_INACTIVE), N(SCTP_PF), N(SCTP_ACTIVE), N(SCTP_UNCONFIRMED), N(SCTP_UNKNOWN),
};

const struct nametab nametab_sctp_peer_state = {
    .id = "SCTP_PEER_STATE", .unknown = "SCTP_???", ROWS(sctp_peer_state_rows)};

static const struct name sctp_state_rows[] = {
    N(SCTP_EMPTY),
    N(SCTP_CLOSED),
    N(SCTP_COOKIE_WAIT),
    N(SCTP_COOKIE_ECHOED),
    N(SCTP_ESTABLISHED),
    N(SCTP_SHUTDOWN_PENDING),
    N(SCTP_SHUTDOWN_SENT),
    N(SCTP_SHUTDOWN_RECEIVED),
    N(SCTP_SHUTDOWN_ACK_SENT),
};

const struct nametab nametab_sctp_state = {.id = "SCTP_STATE", .unknown = "SCTP_???", ROWS(sctp_state_rows)};

static const struct name sctp_event_rows[] = {
    N(SCTP_DATA_IO_EVENT),          N(SCTP_ASSOC_CHANGE),
    N(SCTP_PEER_ADDR_CHANGE),       N(SCTP_SEND_FAILED),
    N(SCTP_REMOTE_ERROR),           N(SCTP_SHUTDOWN_EVENT),
    N(SCTP_PARTIAL_DELIVERY_EVENT), N(SCTP_ADAPTATION_INDICATION),
    N(SCTP_AUTHENTICATION_EVENT),   N(SCTP_SENDER_DRY_EVENT),
    N(SCTP_STREAM_RESET_EVENT),     N(SCTP_ASSOC_RESET_EVENT),
    N(SCTP_STREAM_CHANGE_EVENT),    N(SCTP_SEND_FAILED_EVENT),
};

const struct nametab nametab_sctp_event = {.id = "SCTP_EVENT", .unknown = "SCTP_???", ROWS(sctp_event_rows)};

static const struct name sctp_hmac_rows[] = {
    N(SCTP_AUTH_HMAC_ID_SHA1),
    N(SCTP_AUTH_HMAC_ID_SHA256),
};

const struct nametab nametab_sctp_hmac = {
    .id = "SCTP_AUTH_HMAC", .unknown = "SCTP_AUTH_HMAC_ID_???", ROWS(sctp_hmac_rows)};

static const struct name sctp_reset_rows[] = {
    N(SCTP_STREAM_RESET_INCOMING),
    N(SCTP_STREAM_RESET_OUTGOING),
};

const struct nametab nametab_sctp_reset = {
    .id = "SCTP_STREAM_RESET", .unknown = "SCTP_STREAM_RESET_???", .is_flags = true, ROWS(sctp_reset_rows)};
