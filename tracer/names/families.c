/* names/families.c: tables of what stands in the addresses of the rarer families, and of their protocols. */
#include "names/nametab.h"
#include "names/rows.h"

#include <linux/caif/caif_socket.h>
#include <linux/can.h>
#include <linux/if_xdp.h>
#include <linux/kcm.h>
#include <linux/mctp.h>
#include <linux/nfc.h>
#include <linux/phonet.h>
#include <linux/qrtr.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>

/* --- vsock(7) --- */

static const struct name vm_cid_rows[] = {
    N(VMADDR_CID_HYPERVISOR),
    N(VMADDR_CID_LOCAL),
    N(VMADDR_CID_HOST),
    N(VMADDR_CID_ANY),
};

const struct nametab nametab_vm_cid = {.id = "VMADDR_CID", ROWS(vm_cid_rows)};

static const struct name vm_port_rows[] = {
    N(VMADDR_PORT_ANY),
};

const struct nametab nametab_vm_port = {.id = "VMADDR_PORT", ROWS(vm_port_rows)};

static const struct name vm_flags_rows[] = {
    N(VMADDR_FLAG_TO_HOST),
};

const struct nametab nametab_vm_flags = {
    .id = "VMADDR_FLAG", .unknown = "VMADDR_FLAG_???", ROWS(vm_flags_rows), .is_flags = true};

/* --- AF_ALG, AF_XDP --- */

static const struct name crypto_alg_rows[] = {
    {0x1000, "CRYPTO_ALG_KERN_DRIVER_ONLY"},
};

const struct nametab nametab_crypto_alg = {.id = "CRYPTO_ALG",
                                           .unknown = "CRYPTO_ALG_???",
                                           ROWS(crypto_alg_rows),
                                           .is_flags = true,
                                           .is_private = true};

static const struct name xdp_rows[] = {
    N(XDP_SHARED_UMEM),
    N(XDP_COPY),
    N(XDP_ZEROCOPY),
    N(XDP_USE_NEED_WAKEUP),
};

const struct nametab nametab_xdp = {.id = "XDP", .unknown = "XDP_???", ROWS(xdp_rows), .is_flags = true};

/* --- Bluetooth, whose headers come with its library --- */

static const struct name btproto_rows[] = {
    {0, "BTPROTO_L2CAP"}, {1, "BTPROTO_HCI"},  {2, "BTPROTO_SCO"},  {3, "BTPROTO_RFCOMM"},
    {4, "BTPROTO_BNEP"},  {5, "BTPROTO_CMTP"}, {6, "BTPROTO_HIDP"}, {7, "BTPROTO_AVDTP"},
};

const struct nametab nametab_btproto = {.id = "BTPROTO", .unknown = "BTPROTO_???", ROWS(btproto_rows)};

static const struct name hci_channel_rows[] = {
    {0, "HCI_CHANNEL_RAW"},     {1, "HCI_CHANNEL_USER"},    {2, "HCI_CHANNEL_MONITOR"},
    {3, "HCI_CHANNEL_CONTROL"}, {4, "HCI_CHANNEL_LOGGING"},
};

const struct nametab nametab_hci_channel = {
    .id = "HCI_CHANNEL", .unknown = "HCI_CHANNEL_???", ROWS(hci_channel_rows)};

enum { PSM_DYN_START = 0x1001, CID_DYN_START = 0x40 };

static const struct name l2cap_psm_rows[] = {
    {0x01, "L2CAP_PSM_SDP"},
    {0x03, "L2CAP_PSM_RFCOMM"},
    {0x21, "L2CAP_PSM_3DSP"},
    {0x23, "L2CAP_PSM_IPSP"},
    {0x80, "L2CAP_PSM_LE_DYN_START"},
    {0xff, "L2CAP_PSM_LE_DYN_END"},
    {PSM_DYN_START, "L2CAP_PSM_DYN_START"},
    {0x10ff, "L2CAP_PSM_AUTO_END"},
    {0xffff, "L2CAP_PSM_DYN_END"},
};

const struct nametab nametab_l2cap_psm = {.id = "L2CAP_PSM",
                                          .unknown = "L2CAP_PSM_???",
                                          ROWS(l2cap_psm_rows),
                                          .order = "htobs",
                                          .count_from = PSM_DYN_START};

static const struct name l2cap_cid_rows[] = {
    {0x01, "L2CAP_CID_SIGNALING"}, {0x02, "L2CAP_CID_CONN_LESS"},          {0x03, "L2CAP_CID_A2MP"},
    {0x04, "L2CAP_CID_ATT"},       {0x05, "L2CAP_CID_LE_SIGNALING"},       {0x06, "L2CAP_CID_SMP"},
    {0x07, "L2CAP_CID_SMP_BREDR"}, {CID_DYN_START, "L2CAP_CID_DYN_START"}, {0xffff, "L2CAP_CID_DYN_END"},
};

const struct nametab nametab_l2cap_cid = {.id = "L2CAP_CID",
                                          .unknown = "L2CAP_CID_???",
                                          ROWS(l2cap_cid_rows),
                                          .order = "htobs",
                                          .count_from = CID_DYN_START};

static const struct name bdaddr_rows[] = {
    {0, "BDADDR_BREDR"},
    {1, "BDADDR_LE_PUBLIC"},
    {2, "BDADDR_LE_RANDOM"},
};

const struct nametab nametab_bdaddr = {.id = "BDADDR", .unknown = "BDADDR_???", ROWS(bdaddr_rows)};

/* --- TIPC, CAN, QRTR, MCTP, NFC --- */

static const struct name tipc_addr_rows[] = {
    N(TIPC_SERVICE_RANGE), N(TIPC_SERVICE_ADDR), N(TIPC_SOCKET_ADDR), N(TIPC_ADDR_MCAST),
    N(TIPC_ADDR_NAMESEQ),  N(TIPC_ADDR_NAME),    N(TIPC_ADDR_ID),
};

const struct nametab nametab_tipc_addr = {.id = "TIPC_ADDR", .unknown = "TIPC_???", ROWS(tipc_addr_rows)};

static const struct name tipc_scope_rows[] = {
    N(TIPC_ZONE_SCOPE),
    N(TIPC_CLUSTER_SCOPE),
    N(TIPC_NODE_SCOPE),
};

const struct nametab nametab_tipc_scope = {
    .id = "TIPC_SCOPE", .unknown = "TIPC_???_SCOPE", ROWS(tipc_scope_rows)};

static const struct name can_rows[] = {
    N(CAN_RAW), N(CAN_BCM), N(CAN_TP16), N(CAN_TP20), N(CAN_MCNET), N(CAN_ISOTP), N(CAN_J1939),
};

const struct nametab nametab_can = {.id = "CAN", .unknown = "CAN_???", ROWS(can_rows)};

static const struct name qrtr_node_rows[] = {
    N(QRTR_NODE_BCAST),
};

const struct nametab nametab_qrtr_node = {.id = "QRTR_NODE", ROWS(qrtr_node_rows)};

static const struct name qrtr_port_rows[] = {
    N(QRTR_PORT_CTRL),
};

const struct nametab nametab_qrtr_port = {.id = "QRTR_PORT", ROWS(qrtr_port_rows)};

static const struct name mctp_net_rows[] = {
    N(MCTP_NET_ANY),
};

const struct nametab nametab_mctp_net = {.id = "MCTP_NET", ROWS(mctp_net_rows)};

static const struct name mctp_addr_rows[] = {
    N(MCTP_ADDR_NULL),
    N(MCTP_ADDR_ANY),
};

const struct nametab nametab_mctp_addr = {.id = "MCTP_ADDR", ROWS(mctp_addr_rows)};

static const struct name nfc_proto_rows[] = {
    N(NFC_PROTO_JEWEL),   N(NFC_PROTO_MIFARE),     N(NFC_PROTO_FELICA),   N(NFC_PROTO_ISO14443),
    N(NFC_PROTO_NFC_DEP), N(NFC_PROTO_ISO14443_B), N(NFC_PROTO_ISO15693),
};

const struct nametab nametab_nfc_proto = {
    .id = "NFC_PROTO", .unknown = "NFC_PROTO_???", ROWS(nfc_proto_rows)};

static const struct name nfc_sockproto_rows[] = {
    N(NFC_SOCKPROTO_RAW),
    N(NFC_SOCKPROTO_LLCP),
};

const struct nametab nametab_nfc_sockproto = {
    .id = "NFC_SOCKPROTO", .unknown = "NFC_SOCKPROTO_???", ROWS(nfc_sockproto_rows)};

static const struct name llcp_sap_rows[] = {
    {1, "LLCP_SAP_SDP"},  {2, "LLCP_SAP_IP"},    {3, "LLCP_SAP_OBEX"},
    {4, "LLCP_SAP_SNEP"}, {255, "LLCP_SAP_MAX"},
};

const struct nametab nametab_llcp_sap = {.id = "LLCP_SAP", ROWS(llcp_sap_rows), .is_private = true};

/* --- RxRPC, IEEE 802.15.4 --- */

static const struct name rxrpc_service_rows[] = {
    {1, "CM_SERVICE"},
    {2500, "YFS_FS_SERVICE"},
    {2501, "YFS_CM_SERVICE"},
    {2503, "YFS_VL_SERVICE"},
};

const struct nametab nametab_rxrpc_service = {
    .id = "RXRPC_SERVICE", .unknown = "???_SERVICE", ROWS(rxrpc_service_rows), .is_private = true};

static const struct name ieee802154_type_rows[] = {
    {0, "IEEE802154_ADDR_NONE"},
    {2, "IEEE802154_ADDR_SHORT"},
    {3, "IEEE802154_ADDR_LONG"},
};

const struct nametab nametab_ieee802154_type = {.id = "IEEE802154_TYPE",
                                                .unknown = "IEEE802154_ADDR_???",
                                                ROWS(ieee802154_type_rows),
                                                .is_private = true};

static const struct name ieee802154_pan_rows[] = {
    {0xffff, "IEEE802154_PANID_BROADCAST"},
};

const struct nametab nametab_ieee802154_pan = {
    .id = "IEEE802154_PANID", ROWS(ieee802154_pan_rows), .is_private = true};

static const struct name ieee802154_addr_rows[] = {
    {0xfffe, "IEEE802154_ADDR_UNDEF"},
    {0xffff, "IEEE802154_ADDR_BROADCAST"},
};

const struct nametab nametab_ieee802154_addr = {
    .id = "IEEE802154_ADDR", ROWS(ieee802154_addr_rows), .is_private = true};

/* --- protocols of families that need nothing else --- */

static const struct name ax25_p_rows[] = {
    {0x01, "AX25_P_ROSE"},   {0x06, "AX25_P_VJCOMP"}, {0x07, "AX25_P_VJUNCOMP"}, {0x08, "AX25_P_SEGMENT"},
    {0xc3, "AX25_P_TEXNET"}, {0xc4, "AX25_P_LQ"},     {0xca, "AX25_P_ATALK"},    {0xcb, "AX25_P_ATALK_ARP"},
    {0xcc, "AX25_P_IP"},     {0xcd, "AX25_P_ARP"},    {0xce, "AX25_P_FLEXNET"},  {0xcf, "AX25_P_NETROM"},
    {0xf0, "AX25_P_TEXT"},
};

const struct nametab nametab_ax25_p = {
    .id = "AX25_P", .unknown = "AX25_P_???", ROWS(ax25_p_rows), .is_private = true};

static const struct name isdn_p_rows[] = {
    {0x00, "ISDN_P_BASE"},        {0x01, "ISDN_P_TE_S0"},    {0x02, "ISDN_P_NT_S0"},
    {0x03, "ISDN_P_TE_E1"},       {0x04, "ISDN_P_NT_E1"},    {0x10, "ISDN_P_LAPD_TE"},
    {0x11, "ISDN_P_LAPD_NT"},     {0x21, "ISDN_P_B_RAW"},    {0x22, "ISDN_P_B_HDLC"},
    {0x23, "ISDN_P_B_X75SLP"},    {0x24, "ISDN_P_B_L2DTMF"}, {0x25, "ISDN_P_B_L2DSP"},
    {0x26, "ISDN_P_B_L2DSPHDLC"},
};

const struct nametab nametab_isdn_p = {.id = "ISDN_P", .unknown = "ISDN_P_???", ROWS(isdn_p_rows)};

static const struct name irdaproto_rows[] = {
    {0, "IRDAPROTO_UNITDATA"},
    {1, "IRDAPROTO_ULTRA"},
};

const struct nametab nametab_irdaproto = {
    .id = "IRDAPROTO", .unknown = "IRDAPROTO_???", ROWS(irdaproto_rows)};

static const struct name pn_proto_rows[] = {
    N(PN_PROTO_TRANSPORT),
    N(PN_PROTO_PHONET),
    N(PN_PROTO_PIPE),
};

const struct nametab nametab_pn_proto = {.id = "PN_PROTO", .unknown = "PN_PROTO_???", ROWS(pn_proto_rows)};

static const struct name caifproto_rows[] = {
    N(CAIFPROTO_AT),   N(CAIFPROTO_DATAGRAM), N(CAIFPROTO_DATAGRAM_LOOP),
    N(CAIFPROTO_UTIL), N(CAIFPROTO_RFM),      N(CAIFPROTO_DEBUG),
};

const struct nametab nametab_caifproto = {
    .id = "CAIFPROTO", .unknown = "CAIFPROTO_???", ROWS(caifproto_rows)};

static const struct name kcmproto_rows[] = {
    N(KCMPROTO_CONNECTED),
};

const struct nametab nametab_kcmproto = {.id = "KCMPROTO", .unknown = "KCMPROTO_???", ROWS(kcmproto_rows)};

static const struct name smcproto_rows[] = {
    {0, "SMCPROTO_SMC"},
    {1, "SMCPROTO_SMC6"},
};

const struct nametab nametab_smcproto = {.id = "SMCPROTO", .unknown = "SMCPROTO_???", ROWS(smcproto_rows)};
