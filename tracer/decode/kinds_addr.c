/* decode/kinds_addr.c: socket addresses and their lengths. */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

enum {
    FAMILY_SIZE = sizeof(sa_family_t),
    IN6_SIZE_MIN = offsetof(struct sockaddr_in6, sin6_scope_id), /* what the kernel takes, RFC 2133 */
    FIELDS_MAX = 5,
};

/* Fields are collected here; the family is the first. */
struct fields {
    struct field list[FIELDS_MAX];
    size_t len;
};

static void add(struct fields *fields, const char *name, const struct value *value)
{
    fields->list[fields->len++] = (struct field){.name = name, .value = value};
}

static const char *add_in(struct arena *arena, const uint8_t *bytes, size_t len, struct fields *fields)
{
    struct sockaddr_in in;

    if (len < sizeof(in))
        return NULL;
    memcpy(&in, bytes, sizeof(in));
    add(fields, "sin_port", value_uint(arena, ntohs(in.sin_port), INT_HTONS));
    add(fields, "sin_addr", value_ip(arena, &in.sin_addr, sizeof(in.sin_addr)));
    return "sockaddr_in";
}

static const char *add_in6(struct arena *arena, const uint8_t *bytes, size_t len, struct fields *fields)
{
    struct sockaddr_in6 in6 = {0};

    if (len < IN6_SIZE_MIN)
        return NULL;
    memcpy(&in6, bytes, len < sizeof(in6) ? len : sizeof(in6));
    add(fields, "sin6_port", value_uint(arena, ntohs(in6.sin6_port), INT_HTONS));
    add(fields, "sin6_flowinfo", value_uint(arena, ntohl(in6.sin6_flowinfo), INT_HTONL));
    add(fields, "sin6_addr", value_ip(arena, &in6.sin6_addr, sizeof(in6.sin6_addr)));
    if (len > IN6_SIZE_MIN)
        add(fields, "sin6_scope_id", value_uint(arena, in6.sin6_scope_id, INT_UDEC));
    return "sockaddr_in6";
}

/* unix(7): a path ends at its NUL, or with the length; an abstract name begins with a NUL and has all of the
 * length. */
static const char *add_un(struct arena *arena, const uint8_t *bytes, size_t len, struct fields *fields)
{
    const char *path = (const char *)bytes + FAMILY_SIZE;
    size_t room = len - FAMILY_SIZE;

    if (room > sizeof(((struct sockaddr_un *)NULL)->sun_path))
        room = sizeof(((struct sockaddr_un *)NULL)->sun_path);
    if (room && path[0])
        room = strnlen(path, room);
    if (room)
        add(fields, "sun_path", value_bytes(arena, path, room, room));
    return "sockaddr_un";
}

static const char *add_nl(struct arena *arena, const uint8_t *bytes, size_t len, struct fields *fields)
{
    struct sockaddr_nl nl;

    if (len < sizeof(nl))
        return NULL;
    memcpy(&nl, bytes, sizeof(nl));
    add(fields, "nl_pid", value_uint(arena, nl.nl_pid, INT_UDEC));
    add(fields, "nl_groups", value_uint(arena, nl.nl_groups, INT_HEX8));
    return "sockaddr_nl";
}

const struct value *decode_sockaddr(struct arena *arena, const uint8_t *bytes, size_t len)
{
    static const struct {
        sa_family_t family;
        /* The type; NULL where the bytes are too few for it. */
        const char *(*add)(struct arena *arena, const uint8_t *bytes, size_t len, struct fields *fields);
    } families[] = {{AF_INET, add_in}, {AF_INET6, add_in6}, {AF_UNIX, add_un}, {AF_NETLINK, add_nl}};
    struct fields fields = {0};
    const char *type = NULL;
    sa_family_t family;

    if (len < FAMILY_SIZE)
        return value_bytes(arena, bytes, len, len);
    memcpy(&family, bytes, FAMILY_SIZE);
    add(&fields, "sa_family", value_sym(arena, &nametab_af, family));
    for (size_t i = 0; i < ARRAY_LEN(families); i++)
        if (families[i].family == family)
            type = families[i].add(arena, bytes, len, &fields);
    if (!type) {
        type = "sockaddr";
        len -= FAMILY_SIZE;
        if (len)
            add(&fields, "sa_data", value_bytes(arena, bytes + FAMILY_SIZE, len, len));
    }
    return value_struct(arena, type, fields.list, fields.len);
}

const struct value *kind_sockaddr(const struct argctx *ctx, uint64_t addr, int64_t len)
{
    size_t room = len < KIND_ADDR_MAX ? (size_t)len : KIND_ADDR_MAX;
    const uint8_t *bytes = addr && len >= FAMILY_SIZE ? kind_peek(ctx, addr, room) : NULL;

    return bytes ? decode_sockaddr(ctx->arena, bytes, room) : kind_pointer(ctx->arena, addr);
}

static const struct value *decode_addr_in(const struct argctx *ctx)
{
    return kind_sockaddr(ctx, kind_reg(ctx), (int)ctx->raw->args[ctx->spec->other]);
}

static const struct value *decode_addr_out(const struct argctx *ctx)
{
    uint64_t length_addr = ctx->raw->args[ctx->spec->other];
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

    if (!ctx->raw->args[ctx->spec->other])
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
