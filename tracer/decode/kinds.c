/* decode/kinds.c: what the kinds of arguments share: registers, reading memory, arrays that end early. */
#include "decode/kinds.h"

#include "base/alloc.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { PAGE = 4096 };

uint64_t kind_reg(const struct argctx *ctx)
{
    return ctx->raw->args[ctx->i];
}

const struct value *kind_pointer(struct arena *arena, uint64_t addr)
{
    return addr ? value_addr(arena, addr) : value_null(arena);
}

const uint8_t *kind_peek(const struct argctx *ctx, uint64_t addr, size_t len)
{
    bool wraps = addr + len < addr;

    return addr && !wraps ? ctx->peek->read(ctx->peek, addr, len) : NULL;
}

bool kind_peek_into(const struct argctx *ctx, uint64_t addr, void *into, size_t len)
{
    const uint8_t *bytes = kind_peek(ctx, addr, len);

    if (bytes)
        memcpy(into, bytes, len);
    return bytes != NULL;
}

const uint8_t *kind_peek_array(const struct argctx *ctx, uint64_t addr, size_t size, size_t count,
                               size_t *got)
{
    const uint8_t *bytes = kind_peek(ctx, addr, size * count);
    size_t on_page = (size_t)(PAGE - addr % PAGE) / size;

    *got = count;
    if (bytes)
        return bytes;
    *got = on_page < count ? on_page : 0;
    bytes = *got ? kind_peek(ctx, addr, size * *got) : NULL;
    if (!bytes)
        *got = 0;
    return bytes;
}

const struct value *kind_array(const struct argctx *ctx, const struct value **items, size_t got, size_t asked,
                               uint64_t full, uint64_t rest_addr)
{
    if (got < asked) {
        items[got++] = value_addr(ctx->arena, rest_addr);
        full = got;
    }
    return value_array(ctx->arena, items, got, full);
}

const struct value *kind_bytes(const struct argctx *ctx, uint64_t addr, uint64_t len)
{
    size_t keep = len < ctx->opts->snaplen ? (size_t)len : ctx->opts->snaplen;
    const uint8_t *bytes = NULL;

    if (!addr)
        return value_null(ctx->arena);
    if (keep) {
        bytes = kind_peek(ctx, addr, keep);
        if (!bytes)
            return value_addr(ctx->arena, addr);
    }
    return value_bytes(ctx->arena, bytes, keep, len);
}

const struct value *kind_entered(const struct value *value)
{
    return value && value->kind == VALUE_CHANGED ? value->changed.before : value;
}

const struct value *kind_int_item(struct arena *arena, const uint8_t *bytes, size_t len)
{
    const struct value *item;
    int32_t n;

    if (len < sizeof(n))
        return NULL;
    memcpy(&n, bytes, sizeof(n));
    item = value_int(arena, n);
    return value_array(arena, &item, 1, 1);
}

const struct value *kind_ucred(struct arena *arena, const uint8_t *bytes, size_t len)
{
    struct ucred ucred;
    struct field fields[3];

    if (len < sizeof(ucred))
        return NULL;
    memcpy(&ucred, bytes, sizeof(ucred));
    fields[0] = (struct field){"pid", value_int(arena, ucred.pid)};
    fields[1] = (struct field){"uid", value_int(arena, (int32_t)ucred.uid)};
    fields[2] = (struct field){"gid", value_int(arena, (int32_t)ucred.gid)};
    return value_struct(arena, "ucred", fields, ARRAY_LEN(fields));
}

const struct value *kind_timeval(struct arena *arena, const uint8_t *bytes, size_t len)
{
    struct timeval tv;
    struct field fields[2];

    if (len < sizeof(tv))
        return NULL;
    memcpy(&tv, bytes, sizeof(tv));
    fields[0] = (struct field){"tv_sec", value_int(arena, tv.tv_sec)};
    fields[1] = (struct field){"tv_usec", value_uint(arena, (uint64_t)tv.tv_usec, INT_UDEC)};
    return value_struct(arena, "timeval", fields, ARRAY_LEN(fields));
}
