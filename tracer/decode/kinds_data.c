/* decode/kinds_data.c: buffers, whole and scattered. */
#include "decode/kinds.h"

static const struct value *decode_buf_in(const struct argctx *ctx)
{
    return kind_bytes(ctx, kind_reg(ctx), kind_other(ctx));
}

/* With MSG_TRUNC the result may be more than the buffer holds. */
static const struct value *decode_buf_out(const struct argctx *ctx)
{
    uint64_t room = kind_other(ctx), moved = (uint64_t)ctx->raw->ret;

    if (ctx->raw->is_error)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    return kind_bytes(ctx, kind_reg(ctx), moved < room ? moved : room);
}

static const struct value *decode_iovec(const struct argctx *ctx, const uint8_t *bytes, uint64_t *moved)
{
    uint64_t base = kind_word(ctx, &bytes), len = kind_word(ctx, &bytes);
    struct field fields[2] = {{"iov_base", NULL}, {"iov_len", value_uint(ctx->arena, len, INT_UDEC)}};

    if (moved) {
        len = len < *moved ? len : *moved;
        *moved -= len;
    }
    if (ctx->at_exit && ctx->raw->is_error && moved) {
        fields[0].value = kind_pointer(ctx->arena, base);
    } else {
        size_t snaplen = ctx->opts->snaplen < *ctx->budget ? ctx->opts->snaplen : *ctx->budget;
        struct decode_opts opts = {.snaplen = snaplen};
        struct argctx part = *ctx;

        part.opts = &opts;
        fields[0].value = kind_bytes(&part, base, len);
        if (fields[0].value->kind == VALUE_BYTES)
            *ctx->budget -= fields[0].value->bytes.len;
    }
    return value_struct(ctx->arena, "iovec", fields, 2);
}

const struct value *kind_iovecs(const struct argctx *ctx, uint64_t addr, uint64_t count, uint64_t *moved)
{
    size_t asked = kind_afford(ctx, count), got = 0, size = 2 * abi_word(ctx->raw->abi);
    const struct value **items = ARENA_ARRAY(ctx->arena, const struct value *, asked + 1);
    const uint8_t *bytes = NULL;

    if (!addr)
        return value_null(ctx->arena);
    if (!asked)
        return value_array(ctx->arena, items, 0, count);
    /* As strace: an array that would end beyond the address space is none. */
    if (count <= (UINT64_MAX - addr) / size)
        bytes = kind_peek_array(ctx, addr, size, asked, &got);
    if (!bytes)
        return value_addr(ctx->arena, addr);
    for (size_t i = 0; i < got; i++)
        items[i] = decode_iovec(ctx, bytes + i * size, moved);
    return kind_array(ctx, items, got, asked, count, addr + got * size);
}

static const struct value *decode_iov_in(const struct argctx *ctx)
{
    return kind_iovecs(ctx, kind_reg(ctx), kind_other(ctx), NULL);
}

static const struct value *decode_iov_out(const struct argctx *ctx)
{
    uint64_t moved = ctx->raw->is_error ? 0 : (uint64_t)ctx->raw->ret;

    return kind_iovecs(ctx, kind_reg(ctx), kind_other(ctx), &moved);
}

/* Signed for the kernel; strace shows one that is negative as the large number that it is not. */
static const struct value *offset(const struct argctx *ctx, size_t size)
{
    const struct value *before = kind_entered(ctx->entered), *now;
    const uint8_t *bytes;

    if (ctx->at_exit && (ctx->raw->is_error || ctx->raw->ret == 0 || before->kind != VALUE_ARRAY))
        return before;
    bytes = kind_peek(ctx, kind_reg(ctx), size);
    if (!bytes)
        return ctx->at_exit ? before : kind_pointer(ctx->arena, kind_reg(ctx));
    now = value_uint(ctx->arena, shape_uint(bytes, size), INT_UDEC);
    now = value_array(ctx->arena, &now, 1, 1);
    return ctx->at_exit ? value_changed(ctx->arena, CHANGED_ARROW, NULL, before, now) : now;
}

static const struct value *decode_offset(const struct argctx *ctx)
{
    return offset(ctx, abi_word(ctx->raw->abi));
}

static const struct value *decode_offset64(const struct argctx *ctx)
{
    return offset(ctx, sizeof(uint64_t));
}

static const struct value *decode_offset_in(const struct argctx *ctx)
{
    const uint8_t *bytes = kind_peek(ctx, kind_reg(ctx), sizeof(int64_t));
    const struct value *now;

    if (!bytes)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    now = value_int(ctx->arena, (int64_t)shape_uint(bytes, sizeof(int64_t)));
    return value_array(ctx->arena, &now, 1, 1);
}

const struct argkind kind_buf_in = {decode_buf_in, 1};
const struct argkind kind_buf_out = {decode_buf_out, 1};
const struct argkind kind_iov_in = {decode_iov_in, 2};
const struct argkind kind_iov_out = {decode_iov_out, 2};
const struct argkind kind_offset = {decode_offset, 1};
const struct argkind kind_offset64 = {decode_offset64, 1};
const struct argkind kind_offset_in = {decode_offset_in, 1};
