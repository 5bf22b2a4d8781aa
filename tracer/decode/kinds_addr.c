/* decode/kinds_addr.c: socket addresses and their lengths. */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <linux/netlink.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

enum {
    FAMILY_SIZE = sizeof(sa_family_t),
    IN6_SIZE_MIN = offsetof(struct sockaddr_in6, sin6_scope_id), /* what the kernel takes, RFC 2133 */
};

/* Every layout begins with the family, whatever its header calls it. */
#define FAMILY                                                                                               \
    {                                                                                                        \
        "sa_family", 0, FAMILY_SIZE, 0, FAMILY_SIZE, SHAPE_SYM, &nametab_af, 0, 0                            \
    }

static const struct member in[] = {
    FAMILY,
    MEMBER(sockaddr_in, sin_port, SHAPE_PORT),
    MEMBER(sockaddr_in, sin_addr, SHAPE_IP),
};

static const struct member in6[] = {
    FAMILY,
    MEMBER(sockaddr_in6, sin6_port, SHAPE_PORT),
    MEMBER(sockaddr_in6, sin6_flowinfo, SHAPE_NET),
    MEMBER(sockaddr_in6, sin6_addr, SHAPE_IP),
    MEMBER(sockaddr_in6, sin6_scope_id, SHAPE_UDEC),
};

static const struct member nl[] = {
    FAMILY,
    MEMBER(sockaddr_nl, nl_pid, SHAPE_UDEC),
    MEMBER(sockaddr_nl, nl_groups, SHAPE_HEX8),
};

static const struct layout layout_in = LAYOUT(sockaddr_in, in);
static const struct layout layout_in6 = {"sockaddr_in6", in6,          ARRAY_LEN(in6),
                                         IN6_SIZE_MIN,   IN6_SIZE_MIN, false};
static const struct layout layout_nl = LAYOUT(sockaddr_nl, nl);

/* unix(7): a path ends at its NUL, or with the length; an abstract name begins with a NUL and has all of the
 * length; an unnamed socket has none. */
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

/* What is of no family below, or too short for it. */
static const struct value *shape_unknown(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    size_t room = len - FAMILY_SIZE;
    struct field fields[2] = {
        {"sa_family", value_sym(ctx->arena, &nametab_af, shape_uint(bytes, FAMILY_SIZE))}};

    if (room)
        fields[1] = (struct field){"sa_data", value_bytes(ctx->arena, bytes + FAMILY_SIZE, room, room)};
    return value_struct(ctx->arena, "sockaddr", fields, room ? 2 : 1);
}

static const struct {
    sa_family_t family;
    struct shape shape;
} families[] = {
    {AF_UNIX, SHAPE_BY(shape_un)},
    {AF_INET, SHAPE_OF(layout_in)},
    {AF_INET6, SHAPE_OF(layout_in6)},
    {AF_NETLINK, SHAPE_OF(layout_nl)},
};

static const struct value *sockaddr(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *value = NULL;

    if (len < FAMILY_SIZE)
        return value_bytes(ctx->arena, bytes, len, len);
    for (size_t i = 0; i < ARRAY_LEN(families); i++)
        if (families[i].family == shape_uint(bytes, FAMILY_SIZE))
            value = shape_value(ctx, &families[i].shape, bytes, len);
    return value ? value : shape_unknown(ctx, bytes, len);
}

const struct value *decode_sockaddr(struct arena *arena, const struct decode_opts *opts, const uint8_t *bytes,
                                    size_t len)
{
    static const struct rawcall native = {.abi = ABI_NATIVE};

    return sockaddr(&(struct argctx){.raw = &native, .arena = arena, .opts = opts}, bytes, len);
}

const struct value *kind_sockaddr(const struct argctx *ctx, uint64_t addr, int64_t len)
{
    size_t room = len < KIND_ADDR_MAX ? (size_t)len : KIND_ADDR_MAX;
    const uint8_t *bytes = addr && len >= FAMILY_SIZE ? kind_peek(ctx, addr, room) : NULL;

    return bytes ? sockaddr(ctx, bytes, room) : kind_pointer(ctx->arena, addr);
}

static const struct value *decode_addr_in(const struct argctx *ctx)
{
    return kind_sockaddr(ctx, kind_reg(ctx), (int)kind_other(ctx));
}

static const struct value *decode_addr_out(const struct argctx *ctx)
{
    uint64_t length_addr = kind_other(ctx);
    int64_t room;
    int32_t len;

    if (ctx->raw->is_error || !value_number(kind_entered(ctx->fields[ctx->spec->other].value), &room) ||
        !kind_peek_into(ctx, length_addr, &len, sizeof(len)))
        return kind_pointer(ctx->arena, kind_reg(ctx));
    return kind_sockaddr(ctx, kind_reg(ctx), len < room ? len : room);
}

/* The length of a buffer that is not there is not looked at by the kernel, and was often never set. */
static const struct value *decode_length_out(const struct argctx *ctx)
{
    const struct value *before = kind_entered(ctx->entered), *after = NULL;
    int32_t len;

    if (!kind_other(ctx))
        return kind_pointer(ctx->arena, kind_reg(ctx));
    if (!ctx->at_exit) {
        if (!kind_peek_into(ctx, kind_reg(ctx), &len, sizeof(len)))
            return kind_pointer(ctx->arena, kind_reg(ctx));
        before = value_int(ctx->arena, len);
    } else if (!before || before->kind != VALUE_INT) {
        return before;
    } else if (!ctx->raw->is_error && kind_peek_into(ctx, kind_reg(ctx), &len, sizeof(len))) {
        after = value_int(ctx->arena, len);
    }
    return value_changed(ctx->arena, CHANGED_ARROW, NULL, before, after);
}

const struct argkind kind_addr_in = {decode_addr_in, 1};
const struct argkind kind_addr_out = {decode_addr_out, 2};
const struct argkind kind_length_out = {decode_length_out, 1};
