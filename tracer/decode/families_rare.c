/* decode/families_rare.c: socket addresses of the rarer families: tables of members, and functions for those
 * that have unions, or lengths, inside. */
#include "decode/families.h"

#include "base/alloc.h"
#include "decode/kinds.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Before linux/rxrpc.h, which would declare the same on its own. */
#include <netinet/in.h>

#include <linux/atalk.h>
#include <linux/can.h>
#include <linux/llc.h>
#include <linux/mctp.h>
#include <linux/nfc.h>
#include <linux/phonet.h>
#include <linux/qrtr.h>
#include <linux/rxrpc.h>
#include <linux/tipc.h>
#include <linux/x25.h>
#include <netax25/ax25.h>
#include <netipx/ipx.h>
#include <netiucv/iucv.h>
#include <sys/socket.h>

/* --- CAN, TIPC --- */

static const struct member can_tp[] = {
    MEMBER_AT("rx_id", 0, 4, SHAPE_HEX, NULL),
    MEMBER_AT("tx_id", 4, 4, SHAPE_HEX, NULL),
};
static const struct layout layout_can_tp = LAYOUT_FROM(tp, can_tp, 8);

static const struct member can_j1939[] = {
    MEMBER_AT("name", 0, 8, SHAPE_HEX, NULL),
    MEMBER_AT("pgn", 8, 4, SHAPE_HEX, NULL),
    MEMBER_AT("addr", 12, 1, SHAPE_HEX, NULL),
};
static const struct layout layout_can_j1939 = LAYOUT_FROM(j1939, can_j1939, 16);

/* Which of the two it is only the socket's protocol tells; CAN_RAW looks at neither. */
static const struct member can_addr[] = {
    MEMBER_AT("tp", 0, 8, SHAPE_STRUCT, &layout_can_tp),
    MEMBER_AT("j1939", 0, 16, SHAPE_STRUCT, &layout_can_j1939),
};
static const struct layout layout_can_addr = LAYOUT_FROM(can_addr, can_addr, 8);

static const struct member can[] = {
    FAMILY,
    MEMBER(sockaddr_can, can_ifindex, SHAPE_IFINDEX),
    MEMBER_AT("can_addr", offsetof(struct sockaddr_can, can_addr), 0, SHAPE_STRUCT, &layout_can_addr),
};
static const struct layout layout_can =
    LAYOUT_FROM(sockaddr_can, can, offsetof(struct sockaddr_can, can_addr));

static const struct member tipc_id[] = {
    MEMBER(tipc_socket_addr, ref, SHAPE_UDEC),
    MEMBER(tipc_socket_addr, node, SHAPE_HEX),
};
static const struct member tipc_nameseq[] = {
    MEMBER(tipc_service_range, type, SHAPE_UDEC),
    MEMBER(tipc_service_range, lower, SHAPE_UDEC),
    MEMBER(tipc_service_range, upper, SHAPE_UDEC),
};
static const struct member tipc_service[] = {
    MEMBER(tipc_service_addr, type, SHAPE_UDEC),
    MEMBER(tipc_service_addr, instance, SHAPE_UDEC),
};
static const struct layout layout_tipc_service = LAYOUT(tipc_service_addr, tipc_service);
static const struct member tipc_name[] = {
    MEMBER_AT("name", 0, 8, SHAPE_STRUCT, &layout_tipc_service),
    MEMBER_AT("domain", 8, 4, SHAPE_HEX, NULL),
};

static const struct member tipc[] = {
    FAMILY,
    MEMBER_OF(sockaddr_tipc, addrtype, SHAPE_SYM, &nametab_tipc_addr),
    MEMBER_OF(sockaddr_tipc, scope, SHAPE_SYM, &nametab_tipc_scope),
};
static const struct layout layout_tipc = LAYOUT(sockaddr_tipc, tipc);

static const struct value *shape_tipc(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    static const struct {
        uint8_t type;
        const char *name;
        struct layout layout;
    } unions[] = {
        {TIPC_SOCKET_ADDR, "id", LAYOUT(tipc_socket_addr, tipc_id)},
        {TIPC_SERVICE_RANGE, "nameseq", LAYOUT(tipc_service_range, tipc_nameseq)},
        {TIPC_SERVICE_ADDR, "name", LAYOUT_FROM(name, tipc_name, 12)},
    };
    const struct value *st = shape_struct(ctx, &layout_tipc, bytes, len);
    size_t at = offsetof(struct sockaddr_tipc, addr), size = MEMBER_SIZE(sockaddr_tipc, addr);

    if (!st)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(unions); i++) {
        struct field field = {unions[i].name, NULL};

        if (unions[i].type != bytes[offsetof(struct sockaddr_tipc, addrtype)])
            continue;
        field.value = shape_struct(ctx, &unions[i].layout, bytes + at, size);
        return shape_append(ctx->arena, st, "addr", value_struct(ctx->arena, "addr", &field, 1));
    }
    return shape_append(ctx->arena, st, "addr", value_bytes(ctx->arena, bytes + at, size, size));
}

/* --- QRTR, MCTP, Phonet, LLC, AppleTalk, IUCV, IPX, X.25 --- */

static const struct member qrtr[] = {
    FAMILY,
    MEMBER_OF(sockaddr_qrtr, sq_node, SHAPE_SYM, &nametab_qrtr_node),
    MEMBER_OF(sockaddr_qrtr, sq_port, SHAPE_SYM, &nametab_qrtr_port),
};
static const struct layout layout_qrtr = LAYOUT(sockaddr_qrtr, qrtr);

static const struct member mctp_addr[] = {MEMBER_OF(mctp_addr, s_addr, SHAPE_SYM, &nametab_mctp_addr)};
static const struct layout layout_mctp_addr = LAYOUT(mctp_addr, mctp_addr);

static const struct member mctp[] = {
    FAMILY,
    MEMBER(sockaddr_mctp, __smctp_pad0, SHAPE_SPARE),
    MEMBER_OF(sockaddr_mctp, smctp_network, SHAPE_SYM, &nametab_mctp_net),
    MEMBER_OF(sockaddr_mctp, smctp_addr, SHAPE_STRUCT, &layout_mctp_addr),
    MEMBER(sockaddr_mctp, smctp_type, SHAPE_HEX),
    MEMBER(sockaddr_mctp, smctp_tag, SHAPE_HEX),
    MEMBER(sockaddr_mctp, __smctp_pad1, SHAPE_SPARE),
};
static const struct layout layout_mctp = LAYOUT(sockaddr_mctp, mctp);

static const struct member pn[] = {
    FAMILY,
    MEMBER(sockaddr_pn, spn_obj, SHAPE_HEX),
    MEMBER(sockaddr_pn, spn_dev, SHAPE_HEX),
    MEMBER(sockaddr_pn, spn_resource, SHAPE_HEX),
};
static const struct layout layout_pn = LAYOUT(sockaddr_pn, pn);

static const struct member llc[] = {
    FAMILY,
    MEMBER_OF(sockaddr_llc, sllc_arphrd, SHAPE_SYM, &nametab_arphrd),
    MEMBER(sockaddr_llc, sllc_test, SHAPE_UDEC),
    MEMBER(sockaddr_llc, sllc_xid, SHAPE_UDEC),
    MEMBER(sockaddr_llc, sllc_ua, SHAPE_UDEC),
    MEMBER(sockaddr_llc, sllc_sap, SHAPE_HEX),
    MEMBER(sockaddr_llc, sllc_mac, SHAPE_BYTES),
};
static const struct layout layout_llc = LAYOUT(sockaddr_llc, llc);

static const struct member atalk_addr[] = {
    MEMBER(atalk_addr, s_net, SHAPE_PORT),
    MEMBER(atalk_addr, s_node, SHAPE_UDEC),
};
static const struct layout layout_atalk_addr = LAYOUT(atalk_addr, atalk_addr);

static const struct member atalk[] = {
    FAMILY,
    MEMBER(sockaddr_at, sat_port, SHAPE_UDEC),
    MEMBER_OF(sockaddr_at, sat_addr, SHAPE_STRUCT, &layout_atalk_addr),
};
static const struct layout layout_atalk = LAYOUT(sockaddr_at, atalk);

static const struct member iucv[] = {
    FAMILY,
    MEMBER(sockaddr_iucv, siucv_user_id, SHAPE_TEXT),
    MEMBER(sockaddr_iucv, siucv_name, SHAPE_TEXT),
};
static const struct layout layout_iucv = LAYOUT(sockaddr_iucv, iucv);

static const struct member ipx[] = {
    FAMILY,
    MEMBER(sockaddr_ipx, sipx_port, SHAPE_PORT),
    MEMBER(sockaddr_ipx, sipx_network, SHAPE_NET_HEX),
    MEMBER(sockaddr_ipx, sipx_node, SHAPE_BYTES),
    MEMBER(sockaddr_ipx, sipx_type, SHAPE_HEX),
    MEMBER(sockaddr_ipx, sipx_zero, SHAPE_SPARE),
};
static const struct layout layout_ipx = LAYOUT(sockaddr_ipx, ipx);

static const struct member x25_addr[] = {MEMBER(x25_address, x25_addr, SHAPE_CSTRING)};
static const struct layout layout_x25_addr = LAYOUT(x25_address, x25_addr);

static const struct member x25[] = {
    FAMILY,
    MEMBER_OF(sockaddr_x25, sx25_addr, SHAPE_STRUCT, &layout_x25_addr),
};
static const struct layout layout_x25 = LAYOUT(sockaddr_x25, x25);

/* --- AX.25 --- */

enum { CALL_SIZE = 7, CALL_LETTERS = 6 };

/* `GP6ABC-1`: letters shifted by a bit, blanks behind them, and a station number. false: no call sign. */
static bool call_sign(const uint8_t *bytes, char text[CALL_LETTERS + sizeof("-15")])
{
    size_t len = 0;

    for (size_t i = 0; i < CALL_LETTERS; i++) {
        char c = (char)(bytes[i] >> 1);

        if (!isprint(c) || c == '*' || c == '/')
            return false;
        text[i] = c;
        if (c != ' ')
            len = i + 1;
    }
    if (len)
        sprintf(text + len, "-%d", bytes[CALL_LETTERS] >> 1 & 0xf);
    else
        strcpy(text, "*");
    return true;
}

static const struct value *ax25_call(const struct argctx *ctx, const uint8_t *bytes)
{
    struct field fields[2] = {{"ax25_call", value_bytes(ctx->arena, bytes, CALL_SIZE, CALL_SIZE)}};
    char text[CALL_LETTERS + sizeof("-15")];
    bool is_sign = call_sign(bytes, text);

    if (is_sign)
        fields[1] = (struct field){"callsign", value_bytes(ctx->arena, text, strlen(text), strlen(text))};
    return value_struct(ctx->arena, "ax25_address", fields, is_sign ? 2 : 1);
}

/* As many digipeaters as the address says, and has. */
static const struct value *digipeaters(const struct argctx *ctx, const uint8_t *bytes, size_t said,
                                       size_t there)
{
    const struct value *calls[AX25_MAX_DIGIS];
    size_t got = said < there ? said : there;

    for (size_t i = 0; i < got; i++)
        calls[i] = ax25_call(ctx, bytes + i * CALL_SIZE);
    return value_array(ctx->arena, calls, got, said);
}

/* sockaddr_ax25, or a full_sockaddr_ax25: with digipeaters behind it, as far as there are any. */
static const struct value *shape_ax25(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    struct field fields[4] = {{"sa_family", value_sym(ctx->arena, &nametab_af, AF_AX25)}};
    size_t n = 1, at = sizeof(struct sockaddr_ax25), said, there;
    int32_t digis;

    if (len < at)
        return NULL;
    memcpy(&digis, bytes + offsetof(struct sockaddr_ax25, sax25_ndigis), sizeof(digis));
    fields[1] = (struct field){"sax25_call", ax25_call(ctx, bytes + FAMILY_SIZE)};
    fields[2] = (struct field){"sax25_ndigis", value_int(ctx->arena, digis)};
    if (len == at && !digis)
        return value_struct(ctx->arena, "sockaddr_ax25", fields, 3);
    said = digis < 0 ? 0 : digis > AX25_MAX_DIGIS ? AX25_MAX_DIGIS : (size_t)digis;
    there = (len - at) / CALL_SIZE;
    fields[n++] = (struct field){"fsa_ax25", value_struct(ctx->arena, "fsa_ax25", fields + 1, 2)};
    if (said)
        fields[n++] = (struct field){"fsa_digipeater", digipeaters(ctx, bytes + at, said, there)};
    at += CALL_SIZE * (said < there ? said : there);
    if (at < len)
        fields[n++] = (struct field){"rest", value_bytes(ctx->arena, bytes + at, len - at, len - at)};
    return value_struct(ctx->arena, "sockaddr_ax25", fields, n);
}

/* --- RxRPC, IEEE 802.15.4, NFC --- */

static const struct member rxrpc[] = {
    FAMILY,
    MEMBER_OF(sockaddr_rxrpc, srx_service, SHAPE_SYM, &nametab_rxrpc_service),
    MEMBER_OF(sockaddr_rxrpc, transport_type, SHAPE_SYM, &nametab_sock),
    MEMBER(sockaddr_rxrpc, transport_len, SHAPE_UDEC),
};
static const struct layout layout_rxrpc = LAYOUT(sockaddr_rxrpc, rxrpc);

/* Another address is inside: a union, where it is of a family that it may be of, else bytes. */
static const struct value *transport(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    static const struct {
        sa_family_t family;
        const char *member, *first;
        struct shape shape;
    } unions[] = {
        {AF_INET, "sin", "sin_family", SHAPE_OF(layout_in)},
        {AF_INET6, "sin6", "sin6_family", SHAPE_BY(families_in6)},
    };
    uint64_t family = shape_uint(bytes, FAMILY_SIZE);
    struct field fields[2] = {{"family", value_sym(ctx->arena, &nametab_af, family)}};
    size_t room = len > FAMILY_SIZE ? len - FAMILY_SIZE : 0;

    for (size_t i = 0; i < ARRAY_LEN(unions); i++) {
        const struct value *inner =
            unions[i].family == family ? shape_value(ctx, &unions[i].shape, bytes, len) : NULL;
        struct field *named;

        if (!inner)
            continue;
        named = (struct field *)arena_memdup(ctx->arena, inner->st.fields, inner->st.len * sizeof(*named));
        named[0].name = unions[i].first;
        inner = value_struct(ctx->arena, unions[i].member, named, inner->st.len);
        fields[0] = (struct field){unions[i].member, inner};
        return value_struct(ctx->arena, "transport", fields, 1);
    }
    if (room)
        fields[1] = (struct field){"sa_data", value_bytes(ctx->arena, bytes + FAMILY_SIZE, room, room)};
    return value_struct(ctx->arena, "transport", fields, room ? 2 : 1);
}

static const struct value *shape_rxrpc(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *st = shape_struct(ctx, &layout_rxrpc, bytes, len);
    size_t at = offsetof(struct sockaddr_rxrpc, transport), said;

    if (!st)
        return NULL;
    said = shape_uint(bytes + offsetof(struct sockaddr_rxrpc, transport_len), sizeof(uint16_t));
    return shape_append(ctx->arena, st, "transport",
                        transport(ctx, bytes + at, said < len - at ? said : len - at));
}

/* linux/ieee802154.h is the kernel's own. */
enum { IEEE802154_SIZE = 20, IEEE802154_AT = 4, IEEE802154_NONE = 0, IEEE802154_SHORT = 2 };

#define IEEE802154                                                                                           \
    MEMBER_AT("addr_type", 0, 4, SHAPE_SYM, &nametab_ieee802154_type),                                       \
        MEMBER_AT("pan_id", 4, 2, SHAPE_SYM, &nametab_ieee802154_pan)

static const struct member ieee802154_none[] = {IEEE802154};
static const struct member ieee802154_short[] = {
    IEEE802154, MEMBER_AT("short_addr", 6, 2, SHAPE_SYM, &nametab_ieee802154_addr)};
static const struct member ieee802154_long[] = {IEEE802154, MEMBER_AT("hwaddr", 6, 8, SHAPE_BYTES, NULL)};

static const struct layout layout_ieee802154_none = LAYOUT_FROM(ieee802154_addr, ieee802154_none, 6);
static const struct layout layout_ieee802154_short = LAYOUT_FROM(ieee802154_addr, ieee802154_short, 8);
static const struct layout layout_ieee802154_long = LAYOUT_FROM(ieee802154_addr, ieee802154_long, 14);

static const struct value *shape_ieee802154(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    struct field fields[2] = {{"sa_family", value_sym(ctx->arena, &nametab_af, AF_IEEE802154)}};
    const struct layout *layout = &layout_ieee802154_long;
    uint32_t type;

    if (len < IEEE802154_SIZE)
        return NULL;
    memcpy(&type, bytes + IEEE802154_AT, sizeof(type));
    if (type == IEEE802154_NONE || type == IEEE802154_SHORT)
        layout = type ? &layout_ieee802154_short : &layout_ieee802154_none;
    fields[1] = (struct field){"addr", shape_struct(ctx, layout, bytes + IEEE802154_AT, len - IEEE802154_AT)};
    return value_struct(ctx->arena, "sockaddr_ieee802154", fields, 2);
}

#define NFC                                                                                                  \
    FAMILY, MEMBER(sockaddr_nfc, dev_idx, SHAPE_UDEC), MEMBER(sockaddr_nfc, target_idx, SHAPE_HEX),          \
        MEMBER_OF(sockaddr_nfc, nfc_protocol, SHAPE_SYM, &nametab_nfc_proto)

static const struct member nfc[] = {NFC,
                                    MEMBER_AT("rest", sizeof(struct sockaddr_nfc), 0, SHAPE_BYTES, NULL)};
static const struct layout layout_nfc = LAYOUT(sockaddr_nfc, nfc);

enum { LLCP_SIZE_32 = 88, LLCP_LEN_AT_32 = 84 };

static const struct member nfc_llcp[] = {
    NFC,
    MEMBER_OF(sockaddr_nfc_llcp, dsap, SHAPE_SYM, &nametab_llcp_sap),
    MEMBER_OF(sockaddr_nfc_llcp, ssap, SHAPE_SYM, &nametab_llcp_sap),
};
static const struct layout layout_nfc_llcp = LAYOUT_32(sockaddr_nfc_llcp, nfc_llcp, LLCP_SIZE_32);

static const struct value *shape_nfc(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *st = shape_struct(ctx, &layout_nfc_llcp, bytes, len);
    bool is_32 = ctx->raw->abi == ABI_32;
    const uint8_t *name = bytes + offsetof(struct sockaddr_nfc_llcp, service_name), *word;
    uint64_t said;
    size_t room = MEMBER_SIZE(sockaddr_nfc_llcp, service_name);

    if (!st)
        return shape_struct(ctx, &layout_nfc, bytes, len);
    word = bytes + (is_32 ? LLCP_LEN_AT_32 : offsetof(struct sockaddr_nfc_llcp, service_name_len));
    said = kind_word(ctx, &word);
    room = said < room ? (size_t)said : room;
    st = shape_append(ctx->arena, st, "service_name", value_bytes(ctx->arena, name, room, room));
    return shape_append(ctx->arena, st, "service_name_len", value_uint(ctx->arena, said, INT_UDEC));
}

/* --- the families --- */

const struct family families_rare[] = {
    {AF_AX25, SHAPE_BY(shape_ax25)},
    {AF_IPX, SHAPE_OF(layout_ipx)},
    {AF_APPLETALK, SHAPE_OF(layout_atalk)},
    {AF_X25, SHAPE_OF(layout_x25)},
    {AF_LLC, SHAPE_OF(layout_llc)},
    {AF_CAN, SHAPE_OF(layout_can)},
    {AF_TIPC, SHAPE_BY(shape_tipc)},
    {AF_IUCV, SHAPE_OF(layout_iucv)},
    {AF_RXRPC, SHAPE_BY(shape_rxrpc)},
    {AF_PHONET, SHAPE_OF(layout_pn)},
    {AF_IEEE802154, SHAPE_BY(shape_ieee802154)},
    {AF_NFC, SHAPE_BY(shape_nfc)},
    {AF_QIPCRTR, SHAPE_OF(layout_qrtr)},
    {AF_MCTP, SHAPE_OF(layout_mctp)},
};

const size_t families_rare_len = ARRAY_LEN(families_rare);
