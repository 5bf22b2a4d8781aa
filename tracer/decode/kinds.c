/* decode/kinds.c: what the kinds of arguments share: registers, reading memory, arrays that end early. */
#include "decode/kinds.h"

#include <string.h>

enum { PAGE = 4096, ELEMENT_COST = 64 };

uint64_t kind_reg(const struct argctx *ctx)
{
    return ctx->raw->args[ctx->i];
}

uint64_t kind_other(const struct argctx *ctx)
{
    return ctx->raw->args[ctx->spec->other];
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

uint64_t kind_word(const struct argctx *ctx, const uint8_t **bytes)
{
    size_t size = abi_word(ctx->raw->abi);
    uint64_t word = shape_uint(*bytes, size);

    *bytes += size;
    return word;
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

size_t kind_afford(const struct argctx *ctx, uint64_t count)
{
    size_t most = *ctx->budget / ELEMENT_COST, n = most < KIND_IOV_MAX ? most : KIND_IOV_MAX;

    n = count < n ? (size_t)count : n;
    *ctx->budget -= n * ELEMENT_COST;
    return n;
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
