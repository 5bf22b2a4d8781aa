/* decode/kinds_plain.c: arguments that are in the register itself. */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <arpa/inet.h>
#include <sys/socket.h>

static const struct value *decode_fd(const struct argctx *ctx)
{
    return value_fd(ctx->arena, (int)kind_reg(ctx));
}

static const struct value *decode_int(const struct argctx *ctx)
{
    return value_int(ctx->arena, (int)kind_reg(ctx));
}

static const struct value *decode_uint(const struct argctx *ctx)
{
    return value_uint(ctx->arena, (uint32_t)kind_reg(ctx), INT_UDEC);
}

static const struct value *decode_size(const struct argctx *ctx)
{
    return value_uint(ctx->arena, kind_reg(ctx), INT_UDEC);
}

static const struct value *decode_hex(const struct argctx *ctx)
{
    return value_uint(ctx->arena, (uint32_t)kind_reg(ctx), INT_HEX);
}

static const struct value *decode_pos(const struct argctx *ctx)
{
    uint64_t pos = kind_reg(ctx);

    if (ctx->raw->abi == ABI_32)
        pos = (uint32_t)pos | ctx->raw->args[ctx->i + 1] << 32;
    return value_int(ctx->arena, (int64_t)pos);
}

static const struct value *decode_pointer(const struct argctx *ctx)
{
    return kind_pointer(ctx->arena, kind_reg(ctx));
}

/* Constants are ints for the kernel. */
static const struct value *decode_sym(const struct argctx *ctx)
{
    return value_sym(ctx->arena, ctx->spec->tab, (uint32_t)kind_reg(ctx));
}

static const struct value *decode_name(const struct argctx *ctx)
{
    return nametab_name(ctx->spec->tab, (uint32_t)kind_reg(ctx)) ? decode_sym(ctx) : decode_int(ctx);
}

static const struct value *decode_flags(const struct argctx *ctx)
{
    return value_flags(ctx->arena, ctx->spec->tab, (uint32_t)kind_reg(ctx));
}

/* Of a family without protocols of its own it is a number. */
static const struct value *decode_flags_behind(const struct argctx *ctx)
{
    return value_flags(ctx->arena, ctx->spec->tab, (uint32_t)ctx->raw->args[ctx->i + 1]);
}

static const struct value *decode_protocol(const struct argctx *ctx)
{
    static const struct {
        int family;
        const struct nametab *tab;
    } families[] = {
        {AF_INET, &nametab_ipproto},      {AF_INET6, &nametab_ipproto},     {AF_AX25, &nametab_ax25_p},
        {AF_NETLINK, &nametab_netlink},   {AF_PACKET, &nametab_eth_p},      {AF_IRDA, &nametab_irdaproto},
        {AF_CAN, &nametab_can},           {AF_BLUETOOTH, &nametab_btproto}, {AF_RXRPC, &nametab_af},
        {AF_ISDN, &nametab_isdn_p},       {AF_PHONET, &nametab_pn_proto},   {AF_CAIF, &nametab_caifproto},
        {AF_NFC, &nametab_nfc_sockproto}, {AF_KCM, &nametab_kcmproto},      {AF_SMC, &nametab_smcproto},
    };
    uint32_t n = (uint32_t)kind_reg(ctx);
    int family = (int)kind_other(ctx);

    for (size_t i = 0; i < ARRAY_LEN(families); i++)
        if (families[i].family == family)
            return value_sym(ctx->arena, families[i].tab, family == AF_PACKET ? ntohs((uint16_t)n) : n);
    return value_int(ctx->arena, (int32_t)n);
}

static const struct value *optname(const struct argctx *ctx, bool is_read)
{
    uint32_t name = (uint32_t)kind_reg(ctx);
    const struct nametab *tab = nametab_of_option((uint32_t)kind_other(ctx), name, is_read);

    return tab ? value_sym(ctx->arena, tab, name) : decode_int(ctx);
}

static const struct value *decode_optname(const struct argctx *ctx)
{
    return optname(ctx, false);
}

static const struct value *decode_optname_read(const struct argctx *ctx)
{
    return optname(ctx, true);
}

const struct argkind kind_fd = {decode_fd, 0};
const struct argkind kind_int = {decode_int, 0};
const struct argkind kind_uint = {decode_uint, 0};
const struct argkind kind_size = {decode_size, 0};
const struct argkind kind_hex = {decode_hex, 0};
const struct argkind kind_pos = {decode_pos, 0};
const struct argkind kind_pointer_arg = {decode_pointer, 0};
const struct argkind kind_sym = {decode_sym, 0};
const struct argkind kind_name = {decode_name, 0};
const struct argkind kind_flags = {decode_flags, 0};
const struct argkind kind_flags_behind = {decode_flags_behind, 0};
const struct argkind kind_protocol = {decode_protocol, 0};
const struct argkind kind_optname = {decode_optname, 0};
const struct argkind kind_optname_read = {decode_optname_read, 0};
