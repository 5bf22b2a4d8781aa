/* decode/kinds_ioctl.c: what ioctl(2) takes and gives on sockets, by its request: netdevice(7), arp(7). */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/route.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>

enum { IFREQ_SIZE32 = 32 };

/* --- struct ifreq: a name and one of many things --- */

/* The members of a union, told apart by the request. In 32-bit programs they lie in the same place. */
/* clang-format off */
#define IFR_NAME            MEMBER_OF(ifreq, ifr_name, SHAPE_CSTRING, NULL)
#define IFR(name, size, form, of) {name, sizeof(((struct ifreq *)NULL)->ifr_name), size,                     \
                                   sizeof(((struct ifreq *)NULL)->ifr_name), size, form, of, 0, 0}
#define IFREQ(array)        LAYOUT_32(ifreq, array, IFREQ_SIZE32)
/* clang-format on */

/* How long an address is depends on the hardware. What is not listed is shown as all there is room for. */
static size_t hwaddr_len(uint16_t arphrd, size_t room)
{
    static const struct {
        uint16_t arphrd, len;
    } lens[] = {
        {ARPHRD_NETROM, 7},     {ARPHRD_ETHER, 6},
        {ARPHRD_AX25, 7},       {ARPHRD_IEEE802, 6},
        {ARPHRD_ARCNET, 1},     {ARPHRD_DLCI, 2},
        {ARPHRD_EUI64, 8},      {ARPHRD_ROSE, 5},
        {ARPHRD_X25, 5},        {ARPHRD_MCTP, 1},
        {ARPHRD_LOOPBACK, 6},   {ARPHRD_LOCALTLK, 1},
        {ARPHRD_FDDI, 6},       {ARPHRD_TUNNEL, 4},
        {ARPHRD_SIT, 4},        {ARPHRD_IPDDP, 4},
        {ARPHRD_IPGRE, 4},      {ARPHRD_PIMREG, 4},
        {ARPHRD_HIPPI, 6},      {ARPHRD_IRDA, 4},
        {ARPHRD_IEEE80211, 6},  {ARPHRD_IEEE80211_PRISM, 6},
        {ARPHRD_IEEE802154, 8}, {ARPHRD_IEEE802154_MONITOR, 8},
        {ARPHRD_PHONET, 1},     {ARPHRD_PHONET_PIPE, 1},
        {ARPHRD_CAIF, 1},       {ARPHRD_IEEE80211_RADIOTAP, 6},
        {ARPHRD_6LOWPAN, 8},    {ARPHRD_VSOCKMON, 8},
    };

    for (size_t i = 0; i < ARRAY_LEN(lens); i++)
        if (lens[i].arphrd == arphrd)
            return lens[i].len < room ? lens[i].len : room;
    return room;
}

/* A struct sockaddr that holds the address of a card. */
static const struct value *shape_hwaddr(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    size_t head = offsetof(struct sockaddr, sa_data);
    struct field fields[2];
    uint16_t arphrd;
    size_t size;

    if (len < sizeof(struct sockaddr))
        return NULL;
    arphrd = (uint16_t)shape_uint(bytes, sizeof(arphrd));
    size = hwaddr_len(arphrd, sizeof(struct sockaddr) - head);
    fields[0] = (struct field){"sa_family", value_sym(ctx->arena, &nametab_arphrd, arphrd)};
    fields[1] = (struct field){"sa_data", value_bytes(ctx->arena, bytes + head, size, size)};
    return value_struct(ctx->arena, "hwaddr", fields, ARRAY_LEN(fields));
}

static const struct shape hwaddr = SHAPE_BY(shape_hwaddr);

static const struct member ifmap[] = {
    MEMBER_32(ifmap, mem_start, 0, 4, SHAPE_HEX), MEMBER_32(ifmap, mem_end, 4, 4, SHAPE_HEX),
    MEMBER_32(ifmap, base_addr, 8, 2, SHAPE_HEX), MEMBER_32(ifmap, irq, 10, 1, SHAPE_HEX),
    MEMBER_32(ifmap, dma, 11, 1, SHAPE_HEX),      MEMBER_32(ifmap, port, 12, 1, SHAPE_HEX),
};

static const struct layout layout_ifmap = LAYOUT_32(ifmap, ifmap, 16);

/* clang-format off */
static const struct member of_flags[] = {IFR_NAME, IFR("ifr_flags", 2, SHAPE_FLAGS, &nametab_iff)};
static const struct member of_addr[] = {IFR_NAME, IFR("ifr_addr", 16, SHAPE_SOCKADDR, NULL)};
static const struct member of_dst[] = {IFR_NAME, IFR("ifr_dstaddr", 16, SHAPE_SOCKADDR, NULL)};
static const struct member of_broad[] = {IFR_NAME, IFR("ifr_broadaddr", 16, SHAPE_SOCKADDR, NULL)};
static const struct member of_mask[] = {IFR_NAME, IFR("ifr_netmask", 16, SHAPE_SOCKADDR, NULL)};
static const struct member of_hw[] = {IFR_NAME, IFR("ifr_hwaddr", 16, SHAPE_MADE, &hwaddr)};
static const struct member of_metric[] = {IFR_NAME, IFR("ifr_metric", 4, SHAPE_DEC, NULL)};
static const struct member of_mtu[] = {IFR_NAME, IFR("ifr_mtu", 4, SHAPE_DEC, NULL)};
static const struct member of_qlen[] = {IFR_NAME, IFR("ifr_qlen", 4, SHAPE_DEC, NULL)};
static const struct member of_index[] = {IFR_NAME, IFR("ifr_ifindex", 4, SHAPE_DEC, NULL)};
static const struct member of_slave[] = {IFR_NAME, IFR("ifr_slave", 16, SHAPE_CSTRING, NULL)};
static const struct member of_newname[] = {IFR_NAME, IFR("ifr_newname", 16, SHAPE_CSTRING, NULL)};
static const struct member of_map[] = {
    IFR_NAME, {"ifr_map", 16, sizeof(struct ifmap), 16, 16, SHAPE_STRUCT, &layout_ifmap, 0, 0}};
static const struct member of_name[] = {IFR("ifr_ifindex", 4, SHAPE_DEC, NULL), IFR_NAME};
static const struct member of_port[] = {IFR("ifr_ifindex", 4, SHAPE_IFINDEX, NULL)};
/* clang-format on */

static const struct layout layout_flags = IFREQ(of_flags);
static const struct layout layout_addr = IFREQ(of_addr);
static const struct layout layout_dst = IFREQ(of_dst);
static const struct layout layout_broad = IFREQ(of_broad);
static const struct layout layout_mask = IFREQ(of_mask);
static const struct layout layout_hw = IFREQ(of_hw);
static const struct layout layout_metric = IFREQ(of_metric);
static const struct layout layout_mtu = IFREQ(of_mtu);
static const struct layout layout_qlen = IFREQ(of_qlen);
static const struct layout layout_index = IFREQ(of_index);
static const struct layout layout_slave = IFREQ(of_slave);
static const struct layout layout_newname = IFREQ(of_newname);
static const struct layout layout_map = IFREQ(of_map);
static const struct layout layout_name = IFREQ(of_name);
static const struct layout layout_port = IFREQ(of_port);

/* --- neighbours and routes --- */

static const struct member arpreq[] = {
    MEMBER(arpreq, arp_pa, SHAPE_SOCKADDR),
    MEMBER_OF(arpreq, arp_ha, SHAPE_MADE, &hwaddr),
    MEMBER_OF(arpreq, arp_flags, SHAPE_FLAGS, &nametab_atf),
    MEMBER(arpreq, arp_netmask, SHAPE_SOCKADDR),
    MEMBER(arpreq, arp_dev, SHAPE_CSTRING),
};

static const struct layout layout_arp = LAYOUT(arpreq, arpreq);

static const struct member rtentry[] = {
    MEMBER_32(rtentry, rt_dst, 4, 16, SHAPE_SOCKADDR),
    MEMBER_32(rtentry, rt_gateway, 20, 16, SHAPE_SOCKADDR),
    MEMBER_32(rtentry, rt_genmask, 36, 16, SHAPE_SOCKADDR),
    {"rt_flags", offsetof(struct rtentry, rt_flags), 2, 52, 2, SHAPE_FLAGS, &nametab_rtf, 0, 0},
    MEMBER_32(rtentry, rt_metric, 64, 2, SHAPE_DEC),
    MEMBER_32(rtentry, rt_dev, 68, 4, SHAPE_POINTER),
    MEMBER_32(rtentry, rt_mtu, 72, 4, SHAPE_UDEC),
    MEMBER_32(rtentry, rt_window, 76, 4, SHAPE_UDEC),
    MEMBER_32(rtentry, rt_irtt, 80, 2, SHAPE_UDEC),
};

static const struct layout layout_route = LAYOUT_32(rtentry, rtentry, 84);

/* --- how the argument is looked at --- */

/* `layout` is that of the row. What can't be read is the address. */
typedef const struct value *(*look_fn)(const struct argctx *ctx, const struct layout *layout);

static const struct value *look_number(const struct argctx *ctx, const struct layout *layout)
{
    (void)layout;
    return value_int(ctx->arena, (int)kind_reg(ctx));
}

static const struct value *look_int(const struct argctx *ctx, const struct layout *layout)
{
    const uint8_t *bytes = kind_peek(ctx, kind_reg(ctx), sizeof(int32_t));

    (void)layout;
    return bytes ? shape_int(ctx, bytes, sizeof(int32_t)) : kind_pointer(ctx->arena, kind_reg(ctx));
}

static const struct value *look_struct(const struct argctx *ctx, const struct layout *layout)
{
    return shape_peek(ctx, layout, kind_reg(ctx));
}

/* The kernel reads as many bytes as a name has room for. */
static const struct value *look_name(const struct argctx *ctx, const struct layout *layout)
{
    size_t got, len;
    const uint8_t *bytes = kind_peek_array(ctx, kind_reg(ctx), 1, IFNAMSIZ, &got);

    (void)layout;
    len = bytes ? strnlen((const char *)bytes, got) : 0;
    if (!bytes || (len == got && got < IFNAMSIZ))
        return kind_pointer(ctx->arena, kind_reg(ctx));
    return value_bytes(ctx->arena, bytes, len, len < IFNAMSIZ ? len : len + 1);
}

/* Bytes, and how many ifreqs they are where they are nothing else. */
static const struct value *conf_len(const struct argctx *ctx, int32_t len)
{
    size_t size = shape_size(&layout_addr, ctx->raw->abi);
    const struct value *bytes = value_int(ctx->arena, len);
    struct field fields[2] = {{"bytes", bytes},
                              {"ifreqs", value_uint(ctx->arena, (uint32_t)len / size, INT_UDEC)}};

    if (len <= 0 || (uint32_t)len % size)
        return bytes;
    return value_struct(ctx->arena, "ifc_len", fields, ARRAY_LEN(fields));
}

static const struct value *conf_items(const struct argctx *ctx, uint64_t addr, int32_t len)
{
    size_t size = shape_size(&layout_addr, ctx->raw->abi), count, got;
    const struct value **items;
    const uint8_t *bytes;

    count = len > 0 ? (size_t)len / size : 0;
    if (!addr || !count)
        return addr ? value_array(ctx->arena, NULL, 0, 0) : value_null(ctx->arena);
    if (count > KIND_IOV_MAX)
        count = KIND_IOV_MAX;
    bytes = kind_peek_array(ctx, addr, size, count, &got);
    if (!bytes)
        return value_addr(ctx->arena, addr);
    items = ARENA_ARRAY(ctx->arena, const struct value *, got + 1);
    for (size_t i = 0; i < got; i++)
        items[i] = shape_struct(ctx, &layout_addr, bytes + i * size, size);
    return kind_array(ctx, items, got, count, (uint64_t)len / size, addr + got * size);
}

/* struct ifconf: the room that there is, then what the kernel put there. Without a buffer it only says how
 * much room there has to be. */
static const struct value *look_conf(const struct argctx *ctx, const struct layout *layout)
{
    size_t word = abi_word(ctx->raw->abi);
    const uint8_t *bytes = kind_peek(ctx, kind_reg(ctx), 2 * word);
    struct field fields[2] = {{"ifc_len", NULL}, {"ifc_buf", NULL}};
    const struct value *before;
    uint64_t addr;
    int32_t len;

    (void)layout;
    if (!bytes)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    len = (int32_t)shape_uint(bytes, sizeof(len));
    addr = shape_uint(bytes + word, word);
    fields[0].value = conf_len(ctx, len);
    fields[1].value = kind_pointer(ctx->arena, addr);
    if (ctx->at_exit) {
        before = addr ? kind_entered(value_field(ctx->entered, "ifc_len")) : NULL;
        fields[0].value = value_changed(ctx->arena, CHANGED_ARROW, NULL, before, fields[0].value);
        fields[1].value = conf_items(ctx, addr, len);
    }
    return value_struct(ctx->arena, "ifconf", fields, ARRAY_LEN(fields));
}

static const struct value *look_nowhere(const struct argctx *ctx, const struct layout *layout)
{
    (void)layout;
    return kind_pointer(ctx->arena, kind_reg(ctx));
}

/* clang-format off */
#define NUMBER              look_number, NULL
#define INT                 look_int, NULL
#define STRUCT(layout)      look_struct, &layout_##layout
#define POINTER             look_nowhere, NULL
/* clang-format on */

/*
 * AT_BOTH: the first member at entry, all of them at exit. What has no row is a number. Pointers are those of
 * requests that strace knows, to things that only one driver or another understands.
 */
static const struct request {
    uint32_t request;
    enum arg_when when;
    look_fn look; /* NULL: there is no argument */
    const struct layout *layout;
} requests[] = {
    {FIOCLEX, AT_ENTRY, NULL, NULL},
    {FIONCLEX, AT_ENTRY, NULL, NULL},
    {FIONBIO, AT_ENTRY, INT},
    {FIOASYNC, AT_ENTRY, INT},
    {FIONREAD, AT_EXIT, INT},
    {TIOCOUTQ, AT_EXIT, INT},
    {SIOCOUTQNSD, AT_EXIT, INT},
    {SIOCATMARK, AT_EXIT, INT},
    {FIOSETOWN, AT_ENTRY, INT},
    {SIOCSPGRP, AT_ENTRY, INT},
    {FIOGETOWN, AT_EXIT, INT},
    {SIOCGPGRP, AT_EXIT, INT},
    {SIOCGSTAMP_OLD, AT_EXIT, STRUCT(timeval)},
    {SIOCGSTAMPNS_OLD, AT_EXIT, STRUCT(timespec)},
    {SIOCGSTAMP_NEW, AT_EXIT, STRUCT(timeval64)},
    {SIOCGSTAMPNS_NEW, AT_EXIT, STRUCT(timespec64)},
    {SIOCGSKNS, AT_ENTRY, POINTER},

    {SIOCGIFCONF, AT_BOTH, look_conf, NULL},
    {SIOCGIFNAME, AT_BOTH, STRUCT(name)},
    {SIOCGIFINDEX, AT_BOTH, STRUCT(index)},
    {SIOCGIFFLAGS, AT_BOTH, STRUCT(flags)},
    {SIOCSIFFLAGS, AT_ENTRY, STRUCT(flags)},
    {SIOCGIFADDR, AT_BOTH, STRUCT(addr)},
    {SIOCSIFADDR, AT_ENTRY, STRUCT(addr)},
    {SIOCGIFDSTADDR, AT_BOTH, STRUCT(dst)},
    {SIOCSIFDSTADDR, AT_ENTRY, STRUCT(dst)},
    {SIOCGIFBRDADDR, AT_BOTH, STRUCT(broad)},
    {SIOCSIFBRDADDR, AT_ENTRY, STRUCT(broad)},
    {SIOCGIFNETMASK, AT_BOTH, STRUCT(mask)},
    {SIOCSIFNETMASK, AT_ENTRY, STRUCT(mask)},
    {SIOCGIFMETRIC, AT_BOTH, STRUCT(metric)},
    {SIOCSIFMETRIC, AT_ENTRY, STRUCT(metric)},
    {SIOCGIFMTU, AT_BOTH, STRUCT(mtu)},
    {SIOCSIFMTU, AT_ENTRY, STRUCT(mtu)},
    {SIOCGIFTXQLEN, AT_BOTH, STRUCT(qlen)},
    {SIOCSIFTXQLEN, AT_ENTRY, STRUCT(qlen)},
    {SIOCGIFHWADDR, AT_BOTH, STRUCT(hw)},
    {SIOCSIFHWADDR, AT_ENTRY, STRUCT(hw)},
    {SIOCSIFHWBROADCAST, AT_ENTRY, STRUCT(hw)},
    {SIOCADDMULTI, AT_ENTRY, STRUCT(hw)},
    {SIOCDELMULTI, AT_ENTRY, STRUCT(hw)},
    {SIOCGIFSLAVE, AT_BOTH, STRUCT(slave)},
    {SIOCSIFSLAVE, AT_ENTRY, STRUCT(slave)},
    {SIOCGIFMAP, AT_BOTH, STRUCT(map)},
    {SIOCSIFMAP, AT_ENTRY, STRUCT(map)},
    {SIOCSIFNAME, AT_ENTRY, STRUCT(newname)},
    {SIOCSIFENCAP, AT_ENTRY, INT},
    {SIOCBRADDBR, AT_ENTRY, look_name, NULL},
    {SIOCBRDELBR, AT_ENTRY, look_name, NULL},
    {SIOCBRADDIF, AT_ENTRY, STRUCT(port)},
    {SIOCBRDELIF, AT_ENTRY, STRUCT(port)},
    {SIOCSARP, AT_ENTRY, STRUCT(arp)},
    {SIOCDARP, AT_ENTRY, STRUCT(arp)},
    {SIOCGARP, AT_BOTH, STRUCT(arp)},
    {SIOCADDRT, AT_ENTRY, STRUCT(route)},
    {SIOCDELRT, AT_ENTRY, STRUCT(route)},
    {SIOCRTMSG, AT_ENTRY, POINTER},
    {SIOCSIFLINK, AT_ENTRY, POINTER},
    {SIOCGIFMEM, AT_ENTRY, POINTER},
    {SIOCSIFMEM, AT_ENTRY, POINTER},
    {SIOCGIFENCAP, AT_ENTRY, POINTER},
    {SIOCGIFPFLAGS, AT_ENTRY, POINTER},
    {SIOCSIFPFLAGS, AT_ENTRY, POINTER},
    {SIOCDIFADDR, AT_ENTRY, POINTER},
    {SIOCGIFCOUNT, AT_ENTRY, POINTER},
    {SIOCGIFBR, AT_ENTRY, POINTER},
    {SIOCSIFBR, AT_ENTRY, POINTER},
    {SIOCETHTOOL, AT_ENTRY, POINTER},
    {SIOCGMIIPHY, AT_ENTRY, POINTER},
    {SIOCGMIIREG, AT_ENTRY, POINTER},
    {SIOCSMIIREG, AT_ENTRY, POINTER},
    {SIOCWANDEV, AT_ENTRY, POINTER},
    {SIOCDRARP, AT_ENTRY, POINTER},
    {SIOCGRARP, AT_ENTRY, POINTER},
    {SIOCSRARP, AT_ENTRY, POINTER},
    {SIOCADDDLCI, AT_ENTRY, POINTER},
    {SIOCDELDLCI, AT_ENTRY, POINTER},
    {SIOCGIFVLAN, AT_ENTRY, POINTER},
    {SIOCSIFVLAN, AT_ENTRY, POINTER},
    {SIOCBONDENSLAVE, AT_ENTRY, POINTER},
    {SIOCBONDRELEASE, AT_ENTRY, POINTER},
    {SIOCBONDSETHWADDR, AT_ENTRY, POINTER},
    {SIOCBONDSLAVEINFOQUERY, AT_ENTRY, POINTER},
    {SIOCBONDINFOQUERY, AT_ENTRY, POINTER},
    {SIOCBONDCHANGEACTIVE, AT_ENTRY, POINTER},
    {SIOCSHWTSTAMP, AT_ENTRY, POINTER},
    {SIOCGHWTSTAMP, AT_ENTRY, POINTER},

    {TIOCEXCL, AT_ENTRY, NULL, NULL},
    {TIOCNXCL, AT_ENTRY, NULL, NULL},
    {TIOCCONS, AT_ENTRY, NULL, NULL},
    {TIOCNOTTY, AT_ENTRY, NULL, NULL},
    {TIOCSBRK, AT_ENTRY, NULL, NULL},
    {TIOCCBRK, AT_ENTRY, NULL, NULL},
    {TIOCVHANGUP, AT_ENTRY, NULL, NULL},
    {TIOCSSERIAL, AT_ENTRY, NULL, NULL},
    {TCSBRK, AT_ENTRY, NUMBER},
    {TCSBRKP, AT_ENTRY, NUMBER},
    {TIOCSCTTY, AT_ENTRY, NUMBER},
    {TIOCSPGRP, AT_ENTRY, INT},
    {TIOCSSOFTCAR, AT_ENTRY, INT},
    {TIOCPKT, AT_ENTRY, INT},
    {TIOCSETD, AT_ENTRY, INT},
    {TIOCSPTLCK, AT_ENTRY, INT},
    {TCGETS, AT_ENTRY, POINTER},
    {TCSETS, AT_ENTRY, POINTER},
    {TCSETSW, AT_ENTRY, POINTER},
    {TCSETSF, AT_ENTRY, POINTER},
    {TCGETA, AT_ENTRY, POINTER},
    {TIOCGWINSZ, AT_ENTRY, POINTER},
    {TIOCGPGRP, AT_ENTRY, POINTER},
    {TIOCGSID, AT_ENTRY, POINTER},
    {TIOCGETD, AT_ENTRY, POINTER},
};

static const struct request *request_of(uint32_t request)
{
    for (size_t i = 0; i < ARRAY_LEN(requests); i++)
        if (requests[i].request == request)
            return &requests[i];
    return NULL;
}

static const struct value *at_entry(const struct argctx *ctx, const struct request *request)
{
    struct layout first;

    if (!request)
        return value_uint(ctx->arena, kind_reg(ctx), INT_HEX);
    if (request->when == AT_EXIT)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    if (!request->look)
        return NULL;
    if (request->when == AT_ENTRY || !request->layout)
        return request->look(ctx, request->layout);
    first = *request->layout;
    first.len = 1;
    return request->look(ctx, &first);
}

static const struct value *decode_ioctl_arg(const struct argctx *ctx)
{
    const struct request *request = request_of((uint32_t)kind_other(ctx));
    const struct value *value;

    if (!ctx->at_exit)
        return at_entry(ctx, request);
    if (!request || request->when == AT_ENTRY || ctx->raw->is_error)
        return ctx->entered;
    value = request->look(ctx, request->layout);
    return value->kind == VALUE_ADDR ? ctx->entered : value;
}

const struct argkind kind_ioctl_arg = {decode_ioctl_arg, 2};
