/* names/options_rare.c: options of TLS, of the kernel's cryptography, and of protocols that few machines
 * have. */
#include "names/nametab.h"
#include "names/rows.h"

#include <linux/if_alg.h>
#include <linux/kcm.h>
#include <linux/rds.h>
#include <linux/rxrpc.h>
#include <linux/tipc.h>
#include <linux/tls.h>

static const struct name tls_rows[] = {
    N(TLS_TX), N(TLS_RX), N(TLS_TX_ZEROCOPY_RO), N(TLS_RX_EXPECT_NO_PAD), {5, "TLS_TX_MAX_PAYLOAD_LEN"},
};

const struct nametab nametab_tls = {.id = "TLS", .unknown = "TLS_???", ROWS(tls_rows)};

static const struct name tls_version_rows[] = {
    N(TLS_1_2_VERSION),
    N(TLS_1_3_VERSION),
};

const struct nametab nametab_tls_version = {
    .id = "TLS_VERSION", .unknown = "TLS_VERSION_???", ROWS(tls_version_rows)};

static const struct name tls_cipher_rows[] = {
    N(TLS_CIPHER_AES_GCM_128),       N(TLS_CIPHER_AES_GCM_256),  N(TLS_CIPHER_AES_CCM_128),
    N(TLS_CIPHER_CHACHA20_POLY1305), N(TLS_CIPHER_SM4_GCM),      N(TLS_CIPHER_SM4_CCM),
    N(TLS_CIPHER_ARIA_GCM_128),      N(TLS_CIPHER_ARIA_GCM_256),
};

const struct nametab nametab_tls_cipher = {
    .id = "TLS_CIPHER", .unknown = "TLS_CIPHER_???", ROWS(tls_cipher_rows)};

static const struct name alg_rows[] = {
    N(ALG_SET_KEY),
    N(ALG_SET_IV),
    N(ALG_SET_OP),
    N(ALG_SET_AEAD_ASSOCLEN),
    N(ALG_SET_AEAD_AUTHSIZE),
    N(ALG_SET_DRBG_ENTROPY),
    {7, "ALG_SET_KEY_BY_KEY_SERIAL"},
};

const struct nametab nametab_alg = {.id = "ALG", .unknown = "ALG_???", ROWS(alg_rows)};

static const struct name tipc_rows[] = {
    N(TIPC_IMPORTANCE),       N(TIPC_SRC_DROPPABLE),    N(TIPC_DEST_DROPPABLE),  N(TIPC_CONN_TIMEOUT),
    N(TIPC_NODE_RECVQ_DEPTH), N(TIPC_SOCK_RECVQ_DEPTH), N(TIPC_MCAST_BROADCAST), N(TIPC_MCAST_REPLICAST),
    N(TIPC_GROUP_JOIN),       N(TIPC_GROUP_LEAVE),      N(TIPC_SOCK_RECVQ_USED), N(TIPC_NODELAY),
};

const struct nametab nametab_tipc = {.id = "TIPC", .unknown = "TIPC_???", ROWS(tipc_rows)};

static const struct name tipc_group_rows[] = {
    N(TIPC_GROUP_LOOPBACK),
    N(TIPC_GROUP_MEMBER_EVTS),
};

const struct nametab nametab_tipc_group = {
    .id = "TIPC_GROUP", .unknown = "TIPC_GROUP_???", .is_flags = true, ROWS(tipc_group_rows)};

static const struct name bluetooth_rows[] = {
    {4, "BT_SECURITY"}, {7, "BT_DEFER_SETUP"},     {8, "BT_FLUSHABLE"},
    {9, "BT_POWER"},    {10, "BT_CHANNEL_POLICY"}, {11, "BT_VOICE"},
    {12, "BT_SNDMTU"},  {13, "BT_RCVMTU"},         {14, "BT_PHY"},
    {15, "BT_MODE"},    {16, "BT_PKT_STATUS"},     {17, "BT_ISO_QOS"},
    {19, "BT_CODEC"},   {20, "BT_ISO_BASE"},
};

const struct nametab nametab_bluetooth = {.id = "BT", .unknown = "BT_???", ROWS(bluetooth_rows)};

static const struct name bt_security_rows[] = {
    {0, "BT_SECURITY_SDP"},  {1, "BT_SECURITY_LOW"},  {2, "BT_SECURITY_MEDIUM"},
    {3, "BT_SECURITY_HIGH"}, {4, "BT_SECURITY_FIPS"},
};

const struct nametab nametab_bt_security = {
    .id = "BT_SECURITY", .unknown = "BT_SECURITY_???", ROWS(bt_security_rows)};

static const struct name rfcomm_rows[] = {
    {2, "RFCOMM_CONNINFO"},
    {3, "RFCOMM_LM"},
};

const struct nametab nametab_rfcomm = {.id = "RFCOMM", .unknown = "RFCOMM_???", ROWS(rfcomm_rows)};

static const struct name kcm_rows[] = {
    N(KCM_RECV_DISABLE),
};

const struct nametab nametab_kcm = {.id = "KCM", .unknown = "KCM_???", ROWS(kcm_rows)};

static const struct name rxrpc_rows[] = {
    N(RXRPC_SECURITY_KEY),       N(RXRPC_SECURITY_KEYRING),    N(RXRPC_EXCLUSIVE_CONNECTION),
    N(RXRPC_MIN_SECURITY_LEVEL), N(RXRPC_UPGRADEABLE_SERVICE), N(RXRPC_SUPPORTED_CMSG),
};

const struct nametab nametab_rxrpc = {.id = "RXRPC", .unknown = "RXRPC_???", ROWS(rxrpc_rows)};

static const struct name rds_rows[] = {
    N(RDS_CANCEL_SENT_TO),    N(RDS_GET_MR),       N(RDS_FREE_MR),
    {4, "RDS_BARRIER"},       N(RDS_RECVERR),      N(RDS_CONG_MONITOR),
    N(RDS_GET_MR_FOR_DEST),   N(SO_RDS_TRANSPORT), N(SO_RDS_MSG_RXPATH_LATENCY),
    {29, "SO_TIMESTAMP_OLD"},
};

const struct nametab nametab_rds = {.id = "RDS", .unknown = "RDS_???", ROWS(rds_rows)};

static const struct name ipx_rows[] = {
    {1, "IPX_TYPE"},
};

const struct nametab nametab_ipx = {.id = "IPX", .unknown = "IPX_???", ROWS(ipx_rows)};

static const struct name ax25_rows[] = {
    {1, "AX25_WINDOW"}, {2, "AX25_T1"},      {3, "AX25_N2"},       {4, "AX25_T3"},
    {5, "AX25_T2"},     {6, "AX25_BACKOFF"}, {7, "AX25_EXTSEQ"},   {8, "AX25_PIDINCL"},
    {9, "AX25_IDLE"},   {10, "AX25_PACLEN"}, {12, "AX25_IAMDIGI"}, {25, "SO_BINDTODEVICE"},
};

const struct nametab nametab_ax25 = {.id = "AX25", .unknown = "AX25_???", ROWS(ax25_rows)};

static const struct name irda_rows[] = {
    {1, "IRLMP_ENUMDEVICES"}, {2, "IRLMP_IAS_SET"},        {3, "IRLMP_IAS_QUERY"},    {4, "IRLMP_HINTS_SET"},
    {5, "IRLMP_QOS_SET"},     {6, "IRLMP_QOS_GET"},        {7, "IRLMP_MAX_SDU_SIZE"}, {8, "IRLMP_IAS_GET"},
    {9, "IRLMP_IAS_DEL"},     {10, "IRLMP_HINT_MASK_SET"}, {11, "IRLMP_WAITDEVICE"},
};

const struct nametab nametab_irda = {.id = "IRLMP", .unknown = "IRLMP_???", ROWS(irda_rows)};

static const struct name pppol2tp_rows[] = {
    {1, "PPPOL2TP_SO_DEBUG"},   {2, "PPPOL2TP_SO_RECVSEQ"},   {3, "PPPOL2TP_SO_SENDSEQ"},
    {4, "PPPOL2TP_SO_LNSMODE"}, {5, "PPPOL2TP_SO_REORDERTO"},
};

const struct nametab nametab_pppol2tp = {.id = "PPPOL2TP", .unknown = "PPPOL2TP_SO_???", ROWS(pppol2tp_rows)};

static const struct name pnpipe_rows[] = {
    {1, "PNPIPE_ENCAP"},
    {2, "PNPIPE_IFINDEX"},
    {3, "PNPIPE_HANDLE"},
    {4, "PNPIPE_INITSTATE"},
};

const struct nametab nametab_pnpipe = {.id = "PNPIPE", .unknown = "PNPIPE_???", ROWS(pnpipe_rows)};

static const struct name iucv_rows[] = {
    {128, "SO_IPRMDATA_MSG"},
    {2048, "SO_MSGSIZE"},
    {4096, "SO_MSGLIMIT"},
};

const struct nametab nametab_iucv = {.id = "IUCV", .unknown = "SO_???", ROWS(iucv_rows)};

static const struct name caif_rows[] = {
    {127, "CAIFSO_LINK_SELECT"},
    {128, "CAIFSO_REQ_PARAM"},
    {129, "CAIFSO_RSP_PARAM"},
};

const struct nametab nametab_caif = {.id = "CAIF", .unknown = "CAIFSO_???", ROWS(caif_rows)};

static const struct name nfc_rows[] = {
    {0, "NFC_LLCP_RW"},         {1, "NFC_LLCP_MIUX"},      {2, "NFC_LLCP_REMOTE_MIU"},
    {3, "NFC_LLCP_REMOTE_LTO"}, {4, "NFC_LLCP_REMOTE_RW"},
};

const struct nametab nametab_nfc = {.id = "NFC_LLCP", .unknown = "NFC_LLCP_???", ROWS(nfc_rows)};

static const struct name netrom_rows[] = {
    {1, "NETROM_T1"}, {2, "NETROM_T2"}, {3, "NETROM_N2"}, {6, "NETROM_T4"}, {7, "NETROM_IDLE"},
};

const struct nametab nametab_netrom = {.id = "NETROM", .unknown = "NETROM_???", ROWS(netrom_rows)};

static const struct name rose_rows[] = {
    {1, "ROSE_DEFER"}, {2, "ROSE_T1"},       {3, "ROSE_T2"},       {4, "ROSE_T3"},
    {5, "ROSE_IDLE"},  {6, "ROSE_QBITINCL"}, {7, "ROSE_HOLDBACK"},
};

const struct nametab nametab_rose = {.id = "ROSE", .unknown = "ROSE_???", ROWS(rose_rows)};

static const struct name x25_rows[] = {
    {1, "X25_QBITINCL"},
};

const struct nametab nametab_x25 = {.id = "X25", .unknown = "X25_???", ROWS(x25_rows)};

static const struct name mctp_rows[] = {
    {1, "MCTP_OPT_ADDR_EXT"},
};

const struct nametab nametab_mctp = {.id = "MCTP", .unknown = "MCTP_???", ROWS(mctp_rows)};

static const struct name smc_rows[] = {
    {1, "SMC_LIMIT_HS"},
};

const struct nametab nametab_smc = {.id = "SMC", .unknown = "SMC_???", ROWS(smc_rows)};
