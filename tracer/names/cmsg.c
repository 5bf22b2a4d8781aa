/* names/cmsg.c: types of control messages by level, and the constants inside them. */
#include "names/nametab.h"
#include "names/rows.h"

/* The kernel's headers leave to the C library's what both define, where those come first. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/dccp.h>
#include <linux/errqueue.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/rds.h>
#include <linux/rxrpc.h>
#include <linux/sctp.h>
#include <linux/tipc.h>
#include <linux/tls.h>

/* What an option asks for arrives under the option's number. */
static const struct name scm_rows[] = {
    N(SCM_RIGHTS),
    N(SCM_CREDENTIALS),
    {3, "SCM_SECURITY"},
    {4, "SCM_PIDFD"},
    N(SO_PRIORITY),
    N(SO_TIMESTAMP_OLD),
    N(SO_TIMESTAMPNS_OLD),
    N(SO_MARK),
    N(SO_TIMESTAMPING_OLD),
    N(SO_RXQ_OVFL),
    N(SO_WIFI_STATUS),
    N(SCM_TIMESTAMPING_OPT_STATS),
    N(SCM_TIMESTAMPING_PKTINFO),
    N(SO_TXTIME),
    N(SO_TIMESTAMP_NEW),
    N(SO_TIMESTAMPNS_NEW),
    N(SO_TIMESTAMPING_NEW),
    {78, "SCM_DEVMEM_LINEAR"},
    {79, "SCM_DEVMEM_DMABUF"},
    {81, "SCM_TS_OPT_ID"},
    {84, "SCM_INQ"},
    N(SCM_TIMESTAMP),
    N(SCM_TIMESTAMPNS),
    N(SCM_TIMESTAMPING),
    N(SCM_WIFI_STATUS),
    N(SCM_TXTIME),
};

const struct nametab nametab_scm = {.id = "SCM", .unknown = "SCM_???", ROWS(scm_rows)};

static const struct name ip_rows[] = {
    N(IP_TOS),      N(IP_TTL),          {3, "SCM_SECURITY"}, N(IP_RECVOPTS),
    N(IP_RETOPTS),  N(IP_PKTINFO),      N(IP_RECVERR),       N(IP_ORIGDSTADDR),
    N(IP_CHECKSUM), N(IP_RECVFRAGSIZE), {52, "IP_PROTOCOL"},
};

const struct nametab nametab_ip_cmsg = {.id = "IP_CMSG", .unknown = "IP_???", ROWS(ip_rows)};

static const struct name tcp_rows[] = {N(TCP_CM_INQ)};

const struct nametab nametab_tcp_cmsg = {.id = "TCP_CM", .unknown = "TCP_CM_???", ROWS(tcp_rows)};

static const struct name tls_rows[] = {N(TLS_SET_RECORD_TYPE), N(TLS_GET_RECORD_TYPE)};

const struct nametab nametab_tls_cmsg = {.id = "TLS_CMSG", .unknown = "TLS_???", ROWS(tls_rows)};

static const struct name alg_rows[] = {
    N(ALG_SET_KEY),           N(ALG_SET_IV),           N(ALG_SET_OP), N(ALG_SET_AEAD_ASSOCLEN),
    N(ALG_SET_AEAD_AUTHSIZE), N(ALG_SET_DRBG_ENTROPY),
};

const struct nametab nametab_alg_cmsg = {.id = "ALG_CMSG", .unknown = "ALG_???", ROWS(alg_rows)};

static const struct name sctp_rows[] = {
    N(SCTP_INIT),   N(SCTP_SNDRCV),   N(SCTP_SNDINFO),   N(SCTP_RCVINFO),   N(SCTP_NXTINFO),
    N(SCTP_PRINFO), N(SCTP_AUTHINFO), N(SCTP_DSTADDRV4), N(SCTP_DSTADDRV6),
};

const struct nametab nametab_sctp_cmsg = {.id = "SCTP_CMSG", .unknown = "SCTP_???", ROWS(sctp_rows)};

static const struct name rxrpc_rows[] = {
    N(RXRPC_USER_CALL_ID),
    N(RXRPC_ABORT),
    N(RXRPC_ACK),
    N(RXRPC_NET_ERROR),
    N(RXRPC_BUSY),
    N(RXRPC_LOCAL_ERROR),
    N(RXRPC_NEW_CALL),
    N(RXRPC_EXCLUSIVE_CALL),
    N(RXRPC_UPGRADE_SERVICE),
    N(RXRPC_TX_LENGTH),
    N(RXRPC_SET_CALL_TIMEOUT),
    N(RXRPC_CHARGE_ACCEPT),
};

const struct nametab nametab_rxrpc_cmsg = {.id = "RXRPC_CMSG", .unknown = "RXRPC_???", ROWS(rxrpc_rows)};

static const struct name rds_rows[] = {
    N(RDS_CMSG_RDMA_ARGS),      N(RDS_CMSG_RDMA_DEST),          N(RDS_CMSG_RDMA_MAP),
    N(RDS_CMSG_RDMA_STATUS),    N(RDS_CMSG_CONG_UPDATE),        N(RDS_CMSG_ATOMIC_FADD),
    N(RDS_CMSG_ATOMIC_CSWP),    N(RDS_CMSG_MASKED_ATOMIC_FADD), N(RDS_CMSG_MASKED_ATOMIC_CSWP),
    N(RDS_CMSG_RXPATH_LATENCY), N(RDS_CMSG_ZCOPY_COOKIE),       N(RDS_CMSG_ZCOPY_COMPLETION),
};

const struct nametab nametab_rds_cmsg = {.id = "RDS_CMSG", .unknown = "RDS_CMSG_???", ROWS(rds_rows)};

static const struct name tipc_rows[] = {N(TIPC_ERRINFO), N(TIPC_RETDATA), N(TIPC_DESTNAME)};

const struct nametab nametab_tipc_cmsg = {.id = "TIPC_CMSG", .unknown = "TIPC_???", ROWS(tipc_rows)};

static const struct name llc_rows[] = {{1, "LLC_CMSG_PKTINFO"}};

const struct nametab nametab_llc_cmsg = {.id = "LLC_CMSG", .unknown = "LLC_CMSG_???", ROWS(llc_rows)};

static const struct name dccp_rows[] = {N(DCCP_SCM_PRIORITY)};

const struct nametab nametab_dccp_cmsg = {.id = "DCCP_SCM", .unknown = "DCCP_SCM_???", ROWS(dccp_rows)};

static const struct name bt_rows[] = {{3, "BT_SCM_PKT_STATUS"}, {4, "BT_SCM_ERROR"}};

const struct nametab nametab_bt_cmsg = {.id = "BT_SCM", .unknown = "BT_SCM_???", ROWS(bt_rows)};

/* --- inside --- */

static const struct name ee_origin_rows[] = {
    N(SO_EE_ORIGIN_NONE),     N(SO_EE_ORIGIN_LOCAL),    N(SO_EE_ORIGIN_ICMP),   N(SO_EE_ORIGIN_ICMP6),
    N(SO_EE_ORIGIN_TXSTATUS), N(SO_EE_ORIGIN_ZEROCOPY), N(SO_EE_ORIGIN_TXTIME), N(SO_EE_ORIGIN_TIMESTAMPING),
};

const struct nametab nametab_ee_origin = {
    .id = "SO_EE_ORIGIN", .unknown = "SO_EE_ORIGIN_???", ROWS(ee_origin_rows)};

/* RFC 8446, 5.1; the names are the kernel's. */
static const struct name tls_record_rows[] = {
    {20, "TLS_RECORD_TYPE_CHANGE_CIPHER_SPEC"},
    {21, "TLS_RECORD_TYPE_ALERT"},
    {22, "TLS_RECORD_TYPE_HANDSHAKE"},
    {23, "TLS_RECORD_TYPE_DATA"},
    {24, "TLS_RECORD_TYPE_HEARTBEAT"},
    {25, "TLS_RECORD_TYPE_TLS12_CID"},
    {26, "TLS_RECORD_TYPE_ACK"},
};

const struct nametab nametab_tls_record = {
    .id = "TLS_RECORD_TYPE", .unknown = "TLS_RECORD_TYPE_???", ROWS(tls_record_rows)};

static const struct name alg_op_rows[] = {N(ALG_OP_DECRYPT), N(ALG_OP_ENCRYPT)};

const struct nametab nametab_alg_op = {.id = "ALG_OP", .unknown = "ALG_OP_???", ROWS(alg_op_rows)};

static const struct name tp_status_rows[] = {
    N(TP_STATUS_USER),
    N(TP_STATUS_COPY),
    N(TP_STATUS_LOSING),
    N(TP_STATUS_CSUMNOTREADY),
    N(TP_STATUS_VLAN_VALID),
    N(TP_STATUS_BLK_TMO),
    N(TP_STATUS_VLAN_TPID_VALID),
    N(TP_STATUS_CSUM_VALID),
    {1 << 8, "TP_STATUS_GSO_TCP"},
    N(TP_STATUS_TS_SOFTWARE),
    N(TP_STATUS_TS_SYS_HARDWARE),
    N(TP_STATUS_TS_RAW_HARDWARE),
};

const struct nametab nametab_tp_status = {
    .id = "TP_STATUS", .unknown = "TP_STATUS_???", ROWS(tp_status_rows), .is_flags = true};

/* How a message is given up (RFC 7496) is a number among the flags. */
static const struct name sctp_flags_rows[] = {
    N(SCTP_UNORDERED),   N(SCTP_ADDR_OVER),   N(SCTP_ABORT),        N(SCTP_SACK_IMMEDIATELY),
    N(SCTP_SENDALL),     N(SCTP_PR_SCTP_ALL), N(SCTP_EOF),          N(SCTP_NOTIFICATION),
    N(SCTP_PR_SCTP_TTL), N(SCTP_PR_SCTP_RTX), N(SCTP_PR_SCTP_PRIO),
};

const struct nametab nametab_sctp_flags = {.id = "SCTP_SINFO",
                                           .unknown = "SCTP_???",
                                           ROWS(sctp_flags_rows),
                                           .is_flags = true,
                                           .enum_mask = SCTP_PR_SCTP_MASK};

static const struct name sctp_pr_rows[] = {N(SCTP_PR_SCTP_NONE), N(SCTP_PR_SCTP_TTL), N(SCTP_PR_SCTP_RTX),
                                           N(SCTP_PR_SCTP_PRIO)};

const struct nametab nametab_sctp_pr = {.id = "SCTP_PR", .unknown = "SCTP_PR_SCTP_???", ROWS(sctp_pr_rows)};
