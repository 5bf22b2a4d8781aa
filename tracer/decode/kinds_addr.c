/* decode/kinds_addr.c: arguments that are socket addresses, and their lengths. */
#include "decode/families.h"
#include "decode/kinds.h"

const struct value *decode_sockaddr(struct arena *arena, const struct decode_opts *opts, const uint8_t *bytes,
                                    size_t len)
{
    static const struct rawcall native = {.abi = ABI_NATIVE};

    return families_sockaddr(&(struct argctx){.raw = &native, .arena = arena, .opts = opts}, bytes, len);
}

const struct value *kind_sockaddr(const struct argctx *ctx, uint64_t addr, int64_t len)
{
    size_t room = len < KIND_ADDR_MAX ? (size_t)len : KIND_ADDR_MAX;
    const uint8_t *bytes = addr && len >= FAMILY_SIZE ? kind_peek(ctx, addr, room) : NULL;

    return bytes ? families_sockaddr(ctx, bytes, room) : kind_pointer(ctx->arena, addr);
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
