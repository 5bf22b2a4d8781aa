/* decode/kinds_cmsg.c: control messages (cmsg(3)): what stands behind each header, by level and type. */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum { CMSGS_MAX = 64, CONTROL_MAX = 64 * 1024 };

static const struct value *shape_rights(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    size_t count = len / sizeof(int);
    const struct value **items = ARENA_ARRAY(ctx->arena, const struct value *, count);

    for (size_t i = 0; i < count; i++)
        items[i] = value_fd(ctx->arena, (int)shape_uint(bytes + i * sizeof(int), sizeof(int)));
    return count ? value_array(ctx->arena, items, count, count) : NULL;
}

static const struct {
    int level, type;
    struct shape shape;
} cmsgs[] = {
    {SOL_SOCKET, SCM_RIGHTS, SHAPE_BY(shape_rights)},
    {SOL_SOCKET, SCM_CREDENTIALS, SHAPE_OF(layout_ucred)},
    {IPPROTO_IP, IP_TTL, SHAPE_BY(shape_int)},
};

/* Types that are not in one of these are shown as numbers. */
static const struct {
    int level;
    const struct nametab *types;
} levels[] = {
    {SOL_SOCKET, &nametab_scm},
    {IPPROTO_IP, &nametab_ip},
};

/* The header: a size_t and two ints. */
struct cmsg {
    uint64_t len;
    int level, type;
};

static const struct value *cmsg_type(struct arena *arena, const struct cmsg *cmsg)
{
    for (size_t i = 0; i < ARRAY_LEN(levels); i++)
        if (levels[i].level == cmsg->level)
            return value_sym(arena, levels[i].types, (uint32_t)cmsg->type);
    return value_uint(arena, (uint32_t)cmsg->type, INT_HEX);
}

/* What no row knows is bytes; NULL where there are none, or too few. */
static const struct value *cmsg_data(const struct argctx *ctx, const struct cmsg *cmsg, const uint8_t *bytes,
                                     size_t len)
{
    if (!len)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(cmsgs); i++)
        if (cmsgs[i].level == cmsg->level && cmsgs[i].type == cmsg->type)
            return shape_value(ctx, &cmsgs[i].shape, bytes, len);
    return value_bytes(ctx->arena, bytes, len, len);
}

static const struct value *decode_cmsg(const struct argctx *ctx, const struct cmsg *cmsg, const uint8_t *data,
                                       size_t data_len)
{
    struct field fields[4] = {
        {"cmsg_len", value_uint(ctx->arena, cmsg->len, INT_UDEC)},
        {"cmsg_level", value_sym(ctx->arena, &nametab_sol, (uint32_t)cmsg->level)},
        {"cmsg_type", cmsg_type(ctx->arena, cmsg)},
        {"cmsg_data", cmsg_data(ctx, cmsg, data, data_len)},
    };

    return value_struct(ctx->arena, "cmsghdr", fields, fields[3].value ? 4 : 3);
}

static struct cmsg cmsg_read(const struct argctx *ctx, const uint8_t *bytes)
{
    struct cmsg cmsg = {.len = kind_word(ctx, &bytes)};

    cmsg.level = (int)shape_uint(bytes, sizeof(int));
    cmsg.type = (int)shape_uint(bytes + sizeof(int), sizeof(int));
    return cmsg;
}

/* A length may lie: what a message claims is cut to what there is, and a length shorter than a header counts
 * as one. */
const struct value *kind_control(const struct argctx *ctx, uint64_t addr, uint64_t len)
{
    size_t word = abi_word(ctx->raw->abi), header = word + 2 * sizeof(int), count = 0, at = 0;
    const struct value *items[CMSGS_MAX + 1];
    const uint8_t *bytes;

    if (len < header || len > CONTROL_MAX)
        return kind_pointer(ctx->arena, addr);
    bytes = kind_peek(ctx, addr, (size_t)len);
    if (!bytes)
        return kind_pointer(ctx->arena, addr);
    while (len - at >= header && count < CMSGS_MAX) {
        struct cmsg cmsg = cmsg_read(ctx, bytes + at);
        size_t room = (size_t)len - at, size = cmsg.len < header ? header : cmsg.len;
        size_t next;

        size = size < room ? size : room;
        next = (size + word - 1) & ~(word - 1);
        items[count++] = decode_cmsg(ctx, &cmsg, bytes + at + header, size - header);
        at = next < room ? at + next : (size_t)len;
    }
    return kind_array(ctx, items, count, at < len ? count + 1 : count, count, addr + at);
}
