/* names/options_inet.c: options of IP, IPv6, ICMP, UDP and UDP-Lite, and what stands in their values. */
#include "names/nametab.h"
#include "names/rows.h"

#include <linux/icmp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/udp.h>

/* Packet filters and multicast routing take their options at these levels too. */
static const struct name ip_rows[] = {
    N(IP_TOS),
    N(IP_TTL),
    N(IP_HDRINCL),
    N(IP_OPTIONS),
    N(IP_ROUTER_ALERT),
    N(IP_RECVOPTS),
    N(IP_RETOPTS),
    N(IP_PKTINFO),
    N(IP_PKTOPTIONS),
    N(IP_MTU_DISCOVER),
    N(IP_RECVERR),
    N(IP_RECVTTL),
    N(IP_RECVTOS),
    N(IP_MTU),
    N(IP_FREEBIND),
    N(IP_IPSEC_POLICY),
    N(IP_XFRM_POLICY),
    N(IP_PASSSEC),
    N(IP_TRANSPARENT),
    N(IP_ORIGDSTADDR),
    N(IP_MINTTL),
    N(IP_NODEFRAG),
    N(IP_CHECKSUM),
    N(IP_BIND_ADDRESS_NO_PORT),
    N(IP_RECVFRAGSIZE),
    N(IP_RECVERR_RFC4884),
    N(IP_MULTICAST_IF),
    N(IP_MULTICAST_TTL),
    N(IP_MULTICAST_LOOP),
    N(IP_ADD_MEMBERSHIP),
    N(IP_DROP_MEMBERSHIP),
    N(IP_UNBLOCK_SOURCE),
    N(IP_BLOCK_SOURCE),
    N(IP_ADD_SOURCE_MEMBERSHIP),
    N(IP_DROP_SOURCE_MEMBERSHIP),
    N(IP_MSFILTER),
    N(MCAST_JOIN_GROUP),
    N(MCAST_BLOCK_SOURCE),
    N(MCAST_UNBLOCK_SOURCE),
    N(MCAST_LEAVE_GROUP),
    N(MCAST_JOIN_SOURCE_GROUP),
    N(MCAST_LEAVE_SOURCE_GROUP),
    N(MCAST_MSFILTER),
    N(IP_MULTICAST_ALL),
    N(IP_UNICAST_IF),
    {64, "IPT_SO_SET_REPLACE"},
    {65, "IPT_SO_SET_ADD_COUNTERS"},
    {96, "ARPT_SO_SET_REPLACE"},
    {97, "ARPT_SO_SET_ADD_COUNTERS"},
    {128, "EBT_SO_SET_ENTRIES"},
    {129, "EBT_SO_SET_COUNTERS"},
    {51, "IP_LOCAL_PORT_RANGE"},
    {52, "IP_PROTOCOL"},
    {200, "MRT_INIT"},
    {201, "MRT_DONE"},
    {202, "MRT_ADD_VIF"},
    {203, "MRT_DEL_VIF"},
    {204, "MRT_ADD_MFC"},
    {205, "MRT_DEL_MFC"},
    {206, "MRT_VERSION"},
    {207, "MRT_ASSERT"},
    {208, "MRT_PIM"},
    {209, "MRT_TABLE"},
    {210, "MRT_ADD_MFC_PROXY"},
    {211, "MRT_DEL_MFC_PROXY"},
    {212, "MRT_FLUSH"},
};

const struct nametab nametab_ip = {.id = "IP", .unknown = "IP_???", ROWS(ip_rows)};

/* What getsockopt(2) calls otherwise than setsockopt(2). */
static const struct name ip_read_rows[] = {
    {64, "IPT_SO_GET_INFO"},           {65, "IPT_SO_GET_ENTRIES"},
    {66, "IPT_SO_GET_REVISION_MATCH"}, {67, "IPT_SO_GET_REVISION_TARGET"},
    {80, "SO_ORIGINAL_DST"},           {96, "ARPT_SO_GET_INFO"},
    {97, "ARPT_SO_GET_ENTRIES"},       {99, "ARPT_SO_GET_REVISION_TARGET"},
    {128, "EBT_SO_GET_INFO"},          {129, "EBT_SO_GET_ENTRIES"},
    {130, "EBT_SO_GET_INIT_INFO"},     {131, "EBT_SO_GET_INIT_ENTRIES"},
};

const struct nametab nametab_ip_read = {.id = "IP_GET", .unknown = "IP_???", ROWS(ip_read_rows)};

static const struct name ipv6_rows[] = {
    N(IPV6_ADDRFORM),
    N(IPV6_2292PKTINFO),
    N(IPV6_2292HOPOPTS),
    N(IPV6_2292DSTOPTS),
    N(IPV6_2292RTHDR),
    N(IPV6_2292PKTOPTIONS),
    N(IPV6_CHECKSUM),
    N(IPV6_2292HOPLIMIT),
    N(IPV6_NEXTHOP),
    N(IPV6_AUTHHDR),
    {11, "IPV6_FLOWINFO"},
    N(IPV6_UNICAST_HOPS),
    N(IPV6_MULTICAST_IF),
    N(IPV6_MULTICAST_HOPS),
    N(IPV6_MULTICAST_LOOP),
    N(IPV6_ADD_MEMBERSHIP),
    N(IPV6_DROP_MEMBERSHIP),
    N(IPV6_ROUTER_ALERT),
    N(IPV6_MTU_DISCOVER),
    N(IPV6_MTU),
    N(IPV6_RECVERR),
    N(IPV6_V6ONLY),
    N(IPV6_JOIN_ANYCAST),
    N(IPV6_LEAVE_ANYCAST),
    N(IPV6_MULTICAST_ALL),
    N(IPV6_ROUTER_ALERT_ISOLATE),
    N(IPV6_RECVERR_RFC4884),
    {32, "IPV6_FLOWLABEL_MGR"},
    {33, "IPV6_FLOWINFO_SEND"},
    N(IPV6_IPSEC_POLICY),
    N(IPV6_XFRM_POLICY),
    N(IPV6_HDRINCL),
    N(MCAST_JOIN_GROUP),
    N(MCAST_BLOCK_SOURCE),
    N(MCAST_UNBLOCK_SOURCE),
    N(MCAST_LEAVE_GROUP),
    N(MCAST_JOIN_SOURCE_GROUP),
    N(MCAST_LEAVE_SOURCE_GROUP),
    N(MCAST_MSFILTER),
    N(IPV6_RECVPKTINFO),
    N(IPV6_PKTINFO),
    N(IPV6_RECVHOPLIMIT),
    N(IPV6_HOPLIMIT),
    N(IPV6_RECVHOPOPTS),
    N(IPV6_HOPOPTS),
    N(IPV6_RTHDRDSTOPTS),
    N(IPV6_RECVRTHDR),
    N(IPV6_RTHDR),
    N(IPV6_RECVDSTOPTS),
    N(IPV6_DSTOPTS),
    N(IPV6_RECVPATHMTU),
    N(IPV6_PATHMTU),
    N(IPV6_DONTFRAG),
    {63, "IPV6_USE_MIN_MTU"},
    {64, "IP6T_SO_SET_REPLACE"},
    {65, "IP6T_SO_SET_ADD_COUNTERS"},
    N(IPV6_RECVTCLASS),
    N(IPV6_TCLASS),
    N(IPV6_AUTOFLOWLABEL),
    N(IPV6_ADDR_PREFERENCES),
    N(IPV6_MINHOPCOUNT),
    N(IPV6_ORIGDSTADDR),
    N(IPV6_TRANSPARENT),
    N(IPV6_UNICAST_IF),
    N(IPV6_RECVFRAGSIZE),
    N(IPV6_FREEBIND),
    {200, "MRT6_INIT"},
    {201, "MRT6_DONE"},
    {202, "MRT6_ADD_MIF"},
    {203, "MRT6_DEL_MIF"},
    {204, "MRT6_ADD_MFC"},
    {205, "MRT6_DEL_MFC"},
    {206, "MRT6_VERSION"},
    {207, "MRT6_ASSERT"},
    {208, "MRT6_PIM"},
    {209, "MRT6_TABLE"},
    {210, "MRT6_ADD_MFC_PROXY"},
    {211, "MRT6_DEL_MFC_PROXY"},
    {212, "MRT6_FLUSH"},
    N(IPV6_JOIN_GROUP),
    N(IPV6_LEAVE_GROUP),
};

const struct nametab nametab_ipv6 = {.id = "IPV6", .unknown = "IPV6_???", ROWS(ipv6_rows)};

static const struct name ipv6_read_rows[] = {
    {64, "IP6T_SO_GET_INFO"},           {65, "IP6T_SO_GET_ENTRIES"},
    {68, "IP6T_SO_GET_REVISION_MATCH"}, {69, "IP6T_SO_GET_REVISION_TARGET"},
    {80, "IP6T_SO_ORIGINAL_DST"},
};

const struct nametab nametab_ipv6_read = {.id = "IPV6_GET", .unknown = "IPV6_???", ROWS(ipv6_read_rows)};

static const struct name udp_rows[] = {
    N(UDP_CORK), N(UDP_ENCAP), N(UDP_NO_CHECK6_TX), N(UDP_NO_CHECK6_RX), N(UDP_SEGMENT), N(UDP_GRO),
};

const struct nametab nametab_udp = {.id = "UDP", .unknown = "UDP_???", ROWS(udp_rows)};

static const struct name udplite_rows[] = {
    {10, "UDPLITE_SEND_CSCOV"},
    {11, "UDPLITE_RECV_CSCOV"},
};

const struct nametab nametab_udplite = {.id = "UDPLITE", .unknown = "UDPLITE_???", ROWS(udplite_rows)};

static const struct name raw_rows[] = {
    N(ICMP_FILTER),
};

const struct nametab nametab_raw = {.id = "RAW", .unknown = "RAW_???", ROWS(raw_rows)};

static const struct name icmpv6_rows[] = {
    {1, "ICMPV6_FILTER"},
    {1, "ICMP6_FILTER"},
};

const struct nametab nametab_icmpv6 = {.id = "ICMPV6", .unknown = "ICMPV6_???", ROWS(icmpv6_rows)};

static const struct name icmp_type_rows[] = {
    N(ICMP_ECHOREPLY),      N(ICMP_DEST_UNREACH),  N(ICMP_SOURCE_QUENCH), N(ICMP_REDIRECT),
    N(ICMP_ECHO),           N(ICMP_TIME_EXCEEDED), N(ICMP_PARAMETERPROB), N(ICMP_TIMESTAMP),
    N(ICMP_TIMESTAMPREPLY), N(ICMP_INFO_REQUEST),  N(ICMP_INFO_REPLY),    N(ICMP_ADDRESS),
    N(ICMP_ADDRESSREPLY),
};

const struct nametab nametab_icmp_type = {.id = "ICMP", .unknown = "ICMP_???", ROWS(icmp_type_rows)};

static const struct name icmp6_type_rows[] = {
    N(ICMP6_DST_UNREACH),          N(ICMP6_PACKET_TOO_BIG), N(ICMP6_TIME_EXCEEDED),
    N(ICMP6_PARAM_PROB),           N(ICMP6_ECHO_REQUEST),   N(ICMP6_ECHO_REPLY),
    N(MLD_LISTENER_QUERY),         N(MLD_LISTENER_REPORT),  N(MLD_LISTENER_REDUCTION),
    N(ND_ROUTER_SOLICIT),          N(ND_ROUTER_ADVERT),     N(ND_NEIGHBOR_SOLICIT),
    N(ND_NEIGHBOR_ADVERT),         N(ND_REDIRECT),          N(ICMP6_ROUTER_RENUMBERING),
    {143, "MLD2_LISTENER_REPORT"},
};

const struct nametab nametab_icmp6_type = {.id = "ICMP6", .unknown = "ICMP6_???", ROWS(icmp6_type_rows)};

static const struct name mcast_mode_rows[] = {
    N(MCAST_EXCLUDE),
    N(MCAST_INCLUDE),
};

const struct nametab nametab_mcast_mode = {.id = "MCAST", .unknown = "MCAST_???", ROWS(mcast_mode_rows)};

/* linux/in6.h, which does not go together with netinet/in.h. */
static const struct name flowlabel_action_rows[] = {
    {0, "IPV6_FL_A_GET"},
    {1, "IPV6_FL_A_PUT"},
    {2, "IPV6_FL_A_RENEW"},
};

const struct nametab nametab_flowlabel_action = {
    .id = "IPV6_FL_A", .unknown = "IPV6_FL_A_???", ROWS(flowlabel_action_rows)};

static const struct name flowlabel_flag_rows[] = {
    {1, "IPV6_FL_F_CREATE"},
    {2, "IPV6_FL_F_EXCL"},
    {4, "IPV6_FL_F_REFLECT"},
    {8, "IPV6_FL_F_REMOTE"},
};

const struct nametab nametab_flowlabel_flags = {
    .id = "IPV6_FL_F", .unknown = "IPV6_FL_F_???", .is_flags = true, ROWS(flowlabel_flag_rows)};

static const struct name flowlabel_share_rows[] = {
    {0, "IPV6_FL_S_NONE"}, {1, "IPV6_FL_S_EXCL"},  {2, "IPV6_FL_S_PROCESS"},
    {3, "IPV6_FL_S_USER"}, {255, "IPV6_FL_S_ANY"},
};

const struct nametab nametab_flowlabel_share = {
    .id = "IPV6_FL_S", .unknown = "IPV6_FL_S_???", ROWS(flowlabel_share_rows)};
