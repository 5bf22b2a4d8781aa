/* decode/opts_inet.c: values of the options of IP, IPv6, ICMP and UDP (ip(7), ipv6(7), raw(7), udp(7)). */
#include "base/alloc.h"
#include "decode/families.h"
#include "decode/kinds.h"
#include "decode/opts.h"

#include <arpa/inet.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <string.h>

/* --- groups --- */

static const struct member ip_mreq[] = {
    MEMBER(ip_mreq, imr_multiaddr, SHAPE_IP),
    MEMBER(ip_mreq, imr_interface, SHAPE_IP),
};

static const struct member ip_mreqn[] = {
    MEMBER(ip_mreqn, imr_multiaddr, SHAPE_IP),
    MEMBER(ip_mreqn, imr_address, SHAPE_IP),
    MEMBER(ip_mreqn, imr_ifindex, SHAPE_IFINDEX),
};

static const struct member ip_mreq_source[] = {
    MEMBER(ip_mreq_source, imr_multiaddr, SHAPE_IP),
    MEMBER(ip_mreq_source, imr_interface, SHAPE_IP),
    MEMBER(ip_mreq_source, imr_sourceaddr, SHAPE_IP),
};

static const struct member ip_address = MEMBER_AT(NULL, 0, sizeof(struct in_addr), SHAPE_IP, NULL);

static const struct member ip_msfilter[] = {
    MEMBER(ip_msfilter, imsf_multiaddr, SHAPE_IP),
    MEMBER(ip_msfilter, imsf_interface, SHAPE_IP),
    MEMBER_OF(ip_msfilter, imsf_fmode, SHAPE_SYM, &nametab_mcast_mode),
    MEMBER(ip_msfilter, imsf_numsrc, SHAPE_UDEC),
    MEMBER_REST(ip_msfilter, imsf_slist, SHAPE_ARRAY, &ip_address),
};

static const struct member ipv6_mreq[] = {
    MEMBER(ipv6_mreq, ipv6mr_multiaddr, SHAPE_IP),
    MEMBER(ipv6_mreq, ipv6mr_interface, SHAPE_IFINDEX),
};

/* A sockaddr_storage is aligned as a pointer is. */
enum { STORAGE = sizeof(struct sockaddr_storage) };

static const struct member group_req[] = {
    MEMBER(group_req, gr_interface, SHAPE_IFINDEX),
    MEMBER_32(group_req, gr_group, 4, STORAGE, SHAPE_SOCKADDR),
};

static const struct member group_source_req[] = {
    MEMBER(group_source_req, gsr_interface, SHAPE_IFINDEX),
    MEMBER_32(group_source_req, gsr_group, 4, STORAGE, SHAPE_SOCKADDR),
    MEMBER_32(group_source_req, gsr_source, 4 + STORAGE, STORAGE, SHAPE_SOCKADDR),
};

static const struct member storage = MEMBER_AT(NULL, 0, STORAGE, SHAPE_SOCKADDR, NULL);

static const struct member group_filter[] = {
    MEMBER(group_filter, gf_interface, SHAPE_IFINDEX),
    MEMBER_32(group_filter, gf_group, 4, STORAGE, SHAPE_SOCKADDR),
    {"gf_fmode", offsetof(struct group_filter, gf_fmode), 4, 4 + STORAGE, 4, SHAPE_SYM, &nametab_mcast_mode,
     0, 0},
    MEMBER_32(group_filter, gf_numsrc, 8 + STORAGE, 4, SHAPE_UDEC),
    {"gf_slist", offsetof(struct group_filter, gf_slist), 0, 12 + STORAGE, 0, SHAPE_ARRAY, &storage, 0, 0},
};

static const struct layout layout_ip_mreq = LAYOUT(ip_mreq, ip_mreq);
static const struct layout layout_ip_mreqn = LAYOUT(ip_mreqn, ip_mreqn);
static const struct layout layout_ip_mreq_source = LAYOUT(ip_mreq_source, ip_mreq_source);
static const struct layout layout_ip_msfilter = LAYOUT_FROM(ip_msfilter, ip_msfilter, IP_MSFILTER_SIZE(0));
static const struct layout layout_ipv6_mreq = LAYOUT(ipv6_mreq, ipv6_mreq);
static const struct layout layout_group_req = LAYOUT_32(group_req, group_req, 4 + STORAGE);
static const struct layout layout_group_source_req =
    LAYOUT_32(group_source_req, group_source_req, 4 + 2 * STORAGE);
static const struct layout layout_group_filter =
    LAYOUT_FROM_32(group_filter, group_filter, GROUP_FILTER_SIZE(0), 12 + STORAGE);

/* ip(7): the kernel takes an ip_mreqn where the length is one's. */
static const struct value *membership(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *value = shape_struct(ctx, &layout_ip_mreqn, bytes, len);

    return value ? value : shape_struct(ctx, &layout_ip_mreq, bytes, len);
}

/* An address alone too. */
static const struct value *multicast_if(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    return len == sizeof(struct in_addr) ? value_ip(ctx->arena, bytes, len) : membership(ctx, bytes, len);
}

/* --- packets --- */

static const struct value *net_item(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *value;

    if (len != sizeof(uint32_t))
        return NULL;
    value = value_uint(ctx->arena, ntohl((uint32_t)shape_uint(bytes, len)), INT_HTONL);
    return value_array(ctx->arena, &value, 1, 1);
}

/* What would come with a packet, as the control messages of recvmsg(2). */
static const struct value *control(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *value = kind_control(ctx, kind_reg(ctx), len);

    (void)bytes;
    return value->kind == VALUE_ADDR ? NULL : value;
}

/* linux/in6.h, which does not go together with netinet/in.h. */
struct in6_flowlabel_req {
    struct in6_addr flr_dst;
    uint32_t flr_label;
    uint8_t flr_action, flr_share;
    uint16_t flr_flags, flr_expires, flr_linger;
    uint32_t pad;
};

static const struct member in6_flowlabel_req[] = {
    MEMBER(in6_flowlabel_req, flr_dst, SHAPE_IP),
    MEMBER(in6_flowlabel_req, flr_label, SHAPE_NET),
    MEMBER_OF(in6_flowlabel_req, flr_action, SHAPE_SYM, &nametab_flowlabel_action),
    MEMBER_OF(in6_flowlabel_req, flr_share, SHAPE_SYM, &nametab_flowlabel_share),
    MEMBER_OF(in6_flowlabel_req, flr_flags, SHAPE_FLAGS, &nametab_flowlabel_flags),
    MEMBER(in6_flowlabel_req, flr_expires, SHAPE_UDEC),
    MEMBER(in6_flowlabel_req, flr_linger, SHAPE_UDEC),
};

static const struct layout layout_flowlabel_req = LAYOUT(in6_flowlabel_req, in6_flowlabel_req);

/* --- filters of ICMP: sets of types that are not let through --- */

enum { ICMP_TYPES = 32, ICMP6_TYPES = 256, TYPES_IN_WORD = 32 };

static bool has_type(const uint32_t *words, uint64_t type)
{
    return words[type / TYPES_IN_WORD] >> type % TYPES_IN_WORD & 1;
}

/* Told by those that are let through where these are fewer. */
static const struct value *type_set(const struct argctx *ctx, const char *name, const struct nametab *types,
                                    const uint32_t *words, uint64_t n_types)
{
    const struct value *items[ICMP6_TYPES];
    struct field fields[2] = {{"types", NULL}, {"not", value_int(ctx->arena, 1)}};
    size_t in = 0, count = 0;
    bool inverse;

    for (uint64_t type = 0; type < n_types; type++)
        in += has_type(words, type);
    inverse = in > n_types / 2;
    for (uint64_t type = 0; type < n_types; type++)
        if (has_type(words, type) != inverse)
            items[count++] = value_sym(ctx->arena, types, type);
    fields[0].value = value_array(ctx->arena, items, count, count);
    return value_struct(ctx->arena, name, fields, inverse ? 2 : 1);
}

/* Of a word that is cut short the rest counts as set, as strace has it. */
static const struct value *icmp_filter(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    uint32_t word = UINT32_MAX;

    memcpy(&word, bytes, len < sizeof(word) ? len : sizeof(word));
    return type_set(ctx, "icmp_filter", &nametab_icmp_type, &word, ICMP_TYPES);
}

static const struct value *icmp6_filter(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    struct icmp6_filter filter;

    if (len < sizeof(filter))
        return NULL;
    memcpy(&filter, bytes, sizeof(filter));
    return type_set(ctx, "icmp6_filter", &nametab_icmp6_type, filter.icmp6_filt, ICMP6_TYPES);
}

/* clang-format off */
#define IP(name, shape, use)   {IPPROTO_IP, name, shape, use}
#define IPV6(name, shape, use) {IPPROTO_IPV6, name, shape, use}
/* clang-format on */

static const struct opt rows[] = {
    IP(IP_OPTIONS, SHAPE_BY(opt_bytes), OPT_OURS),
    IP(IP_PKTOPTIONS, SHAPE_BY(control), OPT_OURS),
    IP(IP_MULTICAST_IF, SHAPE_BY(multicast_if), OPT_OURS),
    IP(IP_UNICAST_IF, SHAPE_BY(net_item), OPT_OURS),
    IP(IP_ADD_MEMBERSHIP, SHAPE_BY(membership), OPT_BOTH),
    IP(IP_DROP_MEMBERSHIP, SHAPE_BY(membership), OPT_BOTH),
    IP(IP_BLOCK_SOURCE, SHAPE_OF(layout_ip_mreq_source), OPT_OURS),
    IP(IP_UNBLOCK_SOURCE, SHAPE_OF(layout_ip_mreq_source), OPT_OURS),
    IP(IP_ADD_SOURCE_MEMBERSHIP, SHAPE_OF(layout_ip_mreq_source), OPT_OURS),
    IP(IP_DROP_SOURCE_MEMBERSHIP, SHAPE_OF(layout_ip_mreq_source), OPT_OURS),
    IP(IP_MSFILTER, SHAPE_OF(layout_ip_msfilter), OPT_OURS),
    IP(MCAST_JOIN_GROUP, SHAPE_OF(layout_group_req), OPT_BOTH),
    IP(MCAST_LEAVE_GROUP, SHAPE_OF(layout_group_req), OPT_BOTH),
    IP(MCAST_BLOCK_SOURCE, SHAPE_OF(layout_group_source_req), OPT_OURS),
    IP(MCAST_UNBLOCK_SOURCE, SHAPE_OF(layout_group_source_req), OPT_OURS),
    IP(MCAST_JOIN_SOURCE_GROUP, SHAPE_OF(layout_group_source_req), OPT_OURS),
    IP(MCAST_LEAVE_SOURCE_GROUP, SHAPE_OF(layout_group_source_req), OPT_OURS),
    IP(MCAST_MSFILTER, SHAPE_OF(layout_group_filter), OPT_OURS),
    IP(80 /* SO_ORIGINAL_DST */, SHAPE_BY(families_sockaddr), OPT_READ),
    IPV6(IPV6_2292PKTOPTIONS, SHAPE_BY(control), OPT_OURS),
    IPV6(IPV6_PKTINFO, SHAPE_OF(layout_in6_pktinfo), OPT_OURS),
    IPV6(IPV6_NEXTHOP, SHAPE_BY(families_sockaddr), OPT_OURS),
    IPV6(IPV6_PATHMTU, SHAPE_OF(layout_ip6_mtuinfo), OPT_OURS),
    IPV6(IPV6_UNICAST_IF, SHAPE_BY(net_item), OPT_OURS),
    IPV6(32 /* IPV6_FLOWLABEL_MGR */, SHAPE_OF(layout_flowlabel_req), OPT_OURS),
    IPV6(IPV6_ADD_MEMBERSHIP, SHAPE_OF(layout_ipv6_mreq), OPT_BOTH),
    IPV6(IPV6_DROP_MEMBERSHIP, SHAPE_OF(layout_ipv6_mreq), OPT_BOTH),
    IPV6(IPV6_JOIN_ANYCAST, SHAPE_OF(layout_ipv6_mreq), OPT_BOTH),
    IPV6(IPV6_LEAVE_ANYCAST, SHAPE_OF(layout_ipv6_mreq), OPT_BOTH),
    IPV6(MCAST_JOIN_GROUP, SHAPE_OF(layout_group_req), OPT_BOTH),
    IPV6(MCAST_LEAVE_GROUP, SHAPE_OF(layout_group_req), OPT_BOTH),
    IPV6(MCAST_BLOCK_SOURCE, SHAPE_OF(layout_group_source_req), OPT_OURS),
    IPV6(MCAST_UNBLOCK_SOURCE, SHAPE_OF(layout_group_source_req), OPT_OURS),
    IPV6(MCAST_JOIN_SOURCE_GROUP, SHAPE_OF(layout_group_source_req), OPT_OURS),
    IPV6(MCAST_LEAVE_SOURCE_GROUP, SHAPE_OF(layout_group_source_req), OPT_OURS),
    IPV6(MCAST_MSFILTER, SHAPE_OF(layout_group_filter), OPT_OURS),
    IPV6(80 /* IP6T_SO_ORIGINAL_DST */, SHAPE_BY(families_sockaddr), OPT_READ),
    {SOL_RAW, 1 /* ICMP_FILTER */, SHAPE_BY(icmp_filter), OPT_BOTH},
    {SOL_ICMPV6, ICMP6_FILTER, SHAPE_BY(icmp6_filter), OPT_OURS},
};

const struct opts opts_inet = {rows, ARRAY_LEN(rows)};
