/* names/links.c: tables of the link layer: protocols in frames, kinds of hardware, whom a packet was for. */
#include "names/nametab.h"
#include "names/rows.h"

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>

static const struct name eth_p_rows[] = {
    N(ETH_P_802_3),     N(ETH_P_AX25),      N(ETH_P_ALL),       N(ETH_P_802_2),     N(ETH_P_SNAP),
    N(ETH_P_DDCMP),     N(ETH_P_WAN_PPP),   N(ETH_P_PPP_MP),    N(ETH_P_LOCALTALK), N(ETH_P_CAN),
    N(ETH_P_CANFD),     N(ETH_P_CANXL),     N(ETH_P_PPPTALK),   N(ETH_P_TR_802_2),  N(ETH_P_MOBITEX),
    N(ETH_P_CONTROL),   N(ETH_P_IRDA),      N(ETH_P_ECONET),    N(ETH_P_HDLC),      N(ETH_P_ARCNET),
    N(ETH_P_DSA),       N(ETH_P_TRAILER),   N(ETH_P_LOOP),      N(ETH_P_PHONET),    N(ETH_P_IEEE802154),
    N(ETH_P_CAIF),      N(ETH_P_XDSA),      N(ETH_P_MAP),       N(ETH_P_MCTP),      N(ETH_P_PUP),
    N(ETH_P_PUPAT),     N(ETH_P_802_3_MIN), N(ETH_P_IP),        N(ETH_P_X25),       N(ETH_P_ARP),
    N(ETH_P_BPQ),       N(ETH_P_IEEEPUP),   N(ETH_P_IEEEPUPAT), N(ETH_P_ERSPAN2),   N(ETH_P_TSN),
    N(ETH_P_BATMAN),    N(ETH_P_DEC),       N(ETH_P_DNA_DL),    N(ETH_P_DNA_RC),    N(ETH_P_DNA_RT),
    N(ETH_P_LAT),       N(ETH_P_DIAG),      N(ETH_P_CUST),      N(ETH_P_SCA),       N(ETH_P_TEB),
    N(ETH_P_RARP),      N(ETH_P_ATALK),     N(ETH_P_AARP),      N(ETH_P_8021Q),     N(ETH_P_IPX),
    N(ETH_P_IPV6),      N(ETH_P_PAUSE),     N(ETH_P_SLOW),      N(ETH_P_WCCP),      N(ETH_P_MPLS_UC),
    N(ETH_P_MPLS_MC),   N(ETH_P_ATMMPOA),   N(ETH_P_PPP_DISC),  N(ETH_P_PPP_SES),   N(ETH_P_LINK_CTL),
    N(ETH_P_ATMFATE),   N(ETH_P_PAE),       N(ETH_P_REALTEK),   N(ETH_P_AOE),       N(ETH_P_8021AD),
    N(ETH_P_802_EX1),   N(ETH_P_ERSPAN),    N(ETH_P_PREAUTH),   N(ETH_P_TIPC),      N(ETH_P_LLDP),
    N(ETH_P_MRP),       N(ETH_P_MACSEC),    N(ETH_P_8021AH),    N(ETH_P_MVRP),      N(ETH_P_1588),
    N(ETH_P_NCSI),      N(ETH_P_PRP),       N(ETH_P_CFM),       N(ETH_P_FCOE),      N(ETH_P_TDLS),
    N(ETH_P_FIP),       N(ETH_P_IBOE),      N(ETH_P_80221),     N(ETH_P_HSR),       N(ETH_P_NSH),
    N(ETH_P_LOOPBACK),  N(ETH_P_QINQ1),     N(ETH_P_QINQ2),     N(ETH_P_QINQ3),     N(ETH_P_EDSA),
    N(ETH_P_DSA_8021Q), N(ETH_P_DSA_A5PSW), N(ETH_P_IFE),       N(ETH_P_AF_IUCV),
};

const struct nametab nametab_eth_p = {
    .id = "ETH_P", .unknown = "ETH_P_???", ROWS(eth_p_rows), .order = "htons"};

static const struct name arphrd_rows[] = {
    N(ARPHRD_NETROM),
    N(ARPHRD_ETHER),
    N(ARPHRD_EETHER),
    N(ARPHRD_AX25),
    N(ARPHRD_PRONET),
    N(ARPHRD_CHAOS),
    N(ARPHRD_IEEE802),
    N(ARPHRD_ARCNET),
    N(ARPHRD_APPLETLK),
    N(ARPHRD_DLCI),
    N(ARPHRD_ATM),
    N(ARPHRD_METRICOM),
    N(ARPHRD_IEEE1394),
    N(ARPHRD_EUI64),
    N(ARPHRD_INFINIBAND),
    N(ARPHRD_SLIP),
    N(ARPHRD_CSLIP),
    N(ARPHRD_SLIP6),
    N(ARPHRD_CSLIP6),
    N(ARPHRD_RSRVD),
    N(ARPHRD_ADAPT),
    N(ARPHRD_ROSE),
    N(ARPHRD_X25),
    N(ARPHRD_HWX25),
    N(ARPHRD_CAN),
    N(ARPHRD_MCTP),
    N(ARPHRD_PPP),
    N(ARPHRD_CISCO),
    N(ARPHRD_LAPB),
    N(ARPHRD_DDCMP),
    N(ARPHRD_RAWHDLC),
    N(ARPHRD_RAWIP),
    N(ARPHRD_TUNNEL),
    N(ARPHRD_TUNNEL6),
    N(ARPHRD_FRAD),
    N(ARPHRD_SKIP),
    N(ARPHRD_LOOPBACK),
    N(ARPHRD_LOCALTLK),
    N(ARPHRD_FDDI),
    N(ARPHRD_BIF),
    N(ARPHRD_SIT),
    N(ARPHRD_IPDDP),
    N(ARPHRD_IPGRE),
    N(ARPHRD_PIMREG),
    N(ARPHRD_HIPPI),
    N(ARPHRD_ASH),
    N(ARPHRD_ECONET),
    N(ARPHRD_IRDA),
    N(ARPHRD_FCPP),
    N(ARPHRD_FCAL),
    N(ARPHRD_FCPL),
    N(ARPHRD_FCFABRIC),
    N(ARPHRD_IEEE802_TR),
    N(ARPHRD_IEEE80211),
    N(ARPHRD_IEEE80211_PRISM),
    N(ARPHRD_IEEE80211_RADIOTAP),
    N(ARPHRD_IEEE802154),
    N(ARPHRD_IEEE802154_MONITOR),
    N(ARPHRD_PHONET),
    N(ARPHRD_PHONET_PIPE),
    N(ARPHRD_CAIF),
    N(ARPHRD_IP6GRE),
    N(ARPHRD_NETLINK),
    N(ARPHRD_6LOWPAN),
    N(ARPHRD_VSOCKMON),
    N(ARPHRD_NONE),
    N(ARPHRD_VOID),
};

const struct nametab nametab_arphrd = {.id = "ARPHRD", .unknown = "ARPHRD_???", ROWS(arphrd_rows)};

static const struct name packet_type_rows[] = {
    N(PACKET_HOST),     N(PACKET_BROADCAST), N(PACKET_MULTICAST), N(PACKET_OTHERHOST),
    N(PACKET_OUTGOING), N(PACKET_LOOPBACK),  N(PACKET_USER),      N(PACKET_KERNEL),
};

const struct nametab nametab_packet_type = {
    .id = "PACKET_TYPE", .unknown = "PACKET_???", ROWS(packet_type_rows)};
