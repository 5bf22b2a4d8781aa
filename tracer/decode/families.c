/* decode/families.c: socket addresses by family: tables of members of those in daily use, and the choice
 * among all. */
#include "decode/families.h"

#include "base/alloc.h"
#include "decode/kinds.h"

#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

/* --- ip(7), ipv6(7) --- */

static const struct member in[] = {
    FAMILY,
    MEMBER(sockaddr_in, sin_port, SHAPE_PORT),
    MEMBER(sockaddr_in, sin_addr, SHAPE_IP),
};
const struct layout layout_in = LAYOUT(sockaddr_in, in);

static const struct member in6[] = {
    FAMILY,
    MEMBER(sockaddr_in6, sin6_port, SHAPE_PORT),
    MEMBER(sockaddr_in6, sin6_flowinfo, SHAPE_NET),
    MEMBER(sockaddr_in6, sin6_addr, SHAPE_IP),
};

/* The kernel takes it without the scope, as RFC 2133 had it. */
static const struct layout layout_in6 =
    LAYOUT_FROM(sockaddr_in6, in6, offsetof(struct sockaddr_in6, sin6_scope_id));

/* RFC 4007: only of a link-local address is the scope an interface. */
const struct value *families_in6(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *st = shape_struct(ctx, &layout_in6, bytes, len);
    struct sockaddr_in6 addr;
    bool is_link;

    if (!st || len < sizeof(addr))
        return st;
    memcpy(&addr, bytes, sizeof(addr));
    is_link = IN6_IS_ADDR_LINKLOCAL(&addr.sin6_addr) || IN6_IS_ADDR_MC_LINKLOCAL(&addr.sin6_addr);
    return shape_append(ctx->arena, st, "sin6_scope_id",
                        is_link ? shape_ifindex(ctx, addr.sin6_scope_id)
                                : value_uint(ctx->arena, addr.sin6_scope_id, INT_UDEC));
}

/* --- unix(7) --- */

/* A path ends at its NUL, or with the length; an abstract name begins with a NUL and has all of the length;
 * an unnamed socket has none. */
static const struct value *shape_un(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const char *path = (const char *)bytes + FAMILY_SIZE;
    size_t room = len - FAMILY_SIZE;
    struct field fields[2] = {{"sa_family", value_sym(ctx->arena, &nametab_af, AF_UNIX)}};

    if (room > MEMBER_SIZE(sockaddr_un, sun_path))
        room = MEMBER_SIZE(sockaddr_un, sun_path);
    if (room && path[0])
        room = strnlen(path, room);
    if (room)
        fields[1] = (struct field){"sun_path", value_bytes(ctx->arena, path, room, room)};
    return value_struct(ctx->arena, "sockaddr_un", fields, room ? 2 : 1);
}

/* --- netlink(7), packet(7), vsock(7), AF_XDP, AF_ALG --- */

static const struct member nl[] = {
    FAMILY,
    MEMBER(sockaddr_nl, nl_pad, SHAPE_SPARE),
    MEMBER(sockaddr_nl, nl_pid, SHAPE_DEC),
    MEMBER(sockaddr_nl, nl_groups, SHAPE_HEX8),
};
static const struct layout layout_nl = LAYOUT(sockaddr_nl, nl);

static const struct member ll[] = {
    FAMILY,
    MEMBER_OF(sockaddr_ll, sll_protocol, SHAPE_NET_SYM, &nametab_eth_p),
    MEMBER(sockaddr_ll, sll_ifindex, SHAPE_IFINDEX),
    MEMBER_OF(sockaddr_ll, sll_hatype, SHAPE_SYM, &nametab_arphrd),
    MEMBER_OF(sockaddr_ll, sll_pkttype, SHAPE_SYM, &nametab_packet_type),
    MEMBER(sockaddr_ll, sll_halen, SHAPE_UDEC),
};
static const struct layout layout_ll = LAYOUT_FROM(sockaddr_ll, ll, offsetof(struct sockaddr_ll, sll_addr));

/* A program gives all of the struct; the kernel's own ends with the last byte of the hardware address. */
static const struct value *shape_ll(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *st = shape_struct(ctx, &layout_ll, bytes, len);
    size_t at = offsetof(struct sockaddr_ll, sll_addr), said, room;

    if (!st)
        return NULL;
    said = bytes[offsetof(struct sockaddr_ll, sll_halen)];
    room = len - at;
    if (len < sizeof(struct sockaddr_ll) && room != said)
        return NULL;
    return said ? shape_append(ctx->arena, st, "sll_addr",
                               value_bytes(ctx->arena, bytes + at, said < room ? said : room, said))
                : st;
}

static const struct member vm[] = {
    FAMILY,
    MEMBER(sockaddr_vm, svm_reserved1, SHAPE_SPARE),
    MEMBER_OF(sockaddr_vm, svm_cid, SHAPE_SYM, &nametab_vm_cid),
    MEMBER_OF(sockaddr_vm, svm_port, SHAPE_SYM, &nametab_vm_port),
    MEMBER_OF(sockaddr_vm, svm_flags, SHAPE_FLAGS, &nametab_vm_flags),
    MEMBER(sockaddr_vm, svm_zero, SHAPE_SPARE),
};
static const struct layout layout_vm = LAYOUT(sockaddr_vm, vm);

static const struct member xdp[] = {
    FAMILY,
    MEMBER_OF(sockaddr_xdp, sxdp_flags, SHAPE_FLAGS, &nametab_xdp),
    MEMBER(sockaddr_xdp, sxdp_ifindex, SHAPE_IFINDEX),
    MEMBER(sockaddr_xdp, sxdp_queue_id, SHAPE_UDEC),
};
static const struct layout layout_xdp = LAYOUT(sockaddr_xdp, xdp);

/* The last member is a descriptor only where a flag says so. */
static const struct value *shape_xdp(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *st = shape_struct(ctx, &layout_xdp, bytes, len), *fd = NULL;
    struct sockaddr_xdp addr;

    if (!st)
        return NULL;
    memcpy(&addr, bytes, sizeof(addr));
    if (addr.sxdp_flags & XDP_SHARED_UMEM)
        fd = value_fd(ctx->arena, (int)addr.sxdp_shared_umem_fd);
    else if (addr.sxdp_shared_umem_fd)
        fd = value_uint(ctx->arena, addr.sxdp_shared_umem_fd, INT_HEX);
    return fd ? shape_append(ctx->arena, st, "sxdp_shared_umem_fd", fd) : st;
}

static const struct member alg[] = {
    FAMILY,
    MEMBER(sockaddr_alg_new, salg_type, SHAPE_CSTRING),
    MEMBER_OF(sockaddr_alg_new, salg_feat, SHAPE_FLAGS, &nametab_crypto_alg),
    MEMBER_OF(sockaddr_alg_new, salg_mask, SHAPE_FLAGS, &nametab_crypto_alg),
    MEMBER_AT("salg_name", offsetof(struct sockaddr_alg_new, salg_name), 0, SHAPE_CSTRING, NULL),
};
static const struct layout layout_alg =
    LAYOUT_FROM(sockaddr_alg, alg, offsetof(struct sockaddr_alg_new, salg_name) + 1);

/* --- Bluetooth: the protocol isn't in the address, but each has another length --- */

static const struct member hci_old[] = {FAMILY, MEMBER_AT("hci_dev", 2, 2, SHAPE_LE, NULL)};
static const struct layout layout_hci_old = LAYOUT_EXACT(sockaddr_hci, hci_old, 4);

static const struct member hci[] = {
    FAMILY,
    MEMBER_AT("hci_dev", 2, 2, SHAPE_LE, NULL),
    MEMBER_AT("hci_channel", 4, 2, SHAPE_SYM, &nametab_hci_channel),
};
static const struct layout layout_hci = LAYOUT_EXACT(sockaddr_hci, hci, 6);

static const struct member sco[] = {FAMILY, MEMBER_AT("sco_bdaddr", 2, 6, SHAPE_BYTES, NULL)};
static const struct layout layout_sco = LAYOUT_EXACT(sockaddr_sco, sco, 8);

static const struct member rc[] = {
    FAMILY,
    MEMBER_AT("rc_bdaddr", 2, 6, SHAPE_BYTES, NULL),
    MEMBER_AT("rc_channel", 8, 1, SHAPE_UDEC, NULL),
};
static const struct layout layout_rc = LAYOUT_EXACT(sockaddr_rc, rc, 10);

#define L2                                                                                                   \
    FAMILY, MEMBER_AT("l2_psm", 2, 2, SHAPE_LE_SYM, &nametab_l2cap_psm),                                     \
        MEMBER_AT("l2_bdaddr", 4, 6, SHAPE_BYTES, NULL),                                                     \
        MEMBER_AT("l2_cid", 10, 2, SHAPE_LE_SYM, &nametab_l2cap_cid)

static const struct member l2_old[] = {L2};
static const struct layout layout_l2_old = LAYOUT_EXACT(sockaddr_l2, l2_old, 12);

static const struct member l2[] = {L2, MEMBER_AT("l2_bdaddr_type", 12, 1, SHAPE_SYM, &nametab_bdaddr)};
static const struct layout layout_l2 = LAYOUT_EXACT(sockaddr_l2, l2, 14);

/* --- the families --- */

static const struct family families[] = {
    {AF_UNIX, SHAPE_BY(shape_un)},        {AF_INET, SHAPE_OF(layout_in)},
    {AF_INET6, SHAPE_BY(families_in6)},   {AF_NETLINK, SHAPE_OF(layout_nl)},
    {AF_PACKET, SHAPE_BY(shape_ll)},      {AF_BLUETOOTH, SHAPE_OF(layout_hci_old)},
    {AF_BLUETOOTH, SHAPE_OF(layout_hci)}, {AF_BLUETOOTH, SHAPE_OF(layout_sco)},
    {AF_BLUETOOTH, SHAPE_OF(layout_rc)},  {AF_BLUETOOTH, SHAPE_OF(layout_l2_old)},
    {AF_BLUETOOTH, SHAPE_OF(layout_l2)},  {AF_ALG, SHAPE_OF(layout_alg)},
    {AF_VSOCK, SHAPE_OF(layout_vm)},      {AF_XDP, SHAPE_BY(shape_xdp)},
};

static const struct value *shape_unknown(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    size_t room = len - FAMILY_SIZE;
    struct field fields[2] = {
        {"sa_family", value_sym(ctx->arena, &nametab_af, shape_uint(bytes, FAMILY_SIZE))}};

    if (room)
        fields[1] = (struct field){"sa_data", value_bytes(ctx->arena, bytes + FAMILY_SIZE, room, room)};
    return value_struct(ctx->arena, "sockaddr", fields, room ? 2 : 1);
}

/* Of a family that has several rows the first that fits. */
static const struct value *of_table(const struct argctx *ctx, const struct family *table, size_t rows,
                                    const uint8_t *bytes, size_t len)
{
    const struct value *value = NULL;

    for (size_t i = 0; i < rows && !value; i++)
        if (table[i].family == shape_uint(bytes, FAMILY_SIZE))
            value = shape_value(ctx, &table[i].shape, bytes, len);
    return value;
}

const struct value *families_sockaddr(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *value;

    if (len < FAMILY_SIZE)
        return value_bytes(ctx->arena, bytes, len, len);
    value = of_table(ctx, families, ARRAY_LEN(families), bytes, len);
    if (!value)
        value = of_table(ctx, families_rare, families_rare_len, bytes, len);
    return value ? value : shape_unknown(ctx, bytes, len);
}
