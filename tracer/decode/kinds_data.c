/* decode/kinds_data.c: buffers, whole and scattered. */
#include "decode/kinds.h"

#include <string.h>
#include <sys/uio.h>

/* All the bytes that are kept of one array of buffers, each of which may have as many as the snap length. */
enum { IOV_BYTES_MAX = 4 * 1024 * 1024 };

static const struct value *decode_buf_in(const struct argctx *ctx)
{
    return kind_bytes(ctx, kind_reg(ctx), ctx->raw->args[ctx->spec->other]);
}

/* With MSG_TRUNC the result may be more than the buffer holds. */
static const struct value *decode_buf_out(const struct argctx *ctx)
{
    uint64_t room = ctx->raw->args[ctx->spec->other], moved = (uint64_t)ctx->raw->ret;

    if (ctx->raw->is_error)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    return kind_bytes(ctx, kind_reg(ctx), moved < room ? moved : room);
}

static const struct value *decode_iovec(const struct argctx *ctx, const struct iovec *iov, uint64_t *moved,
                                        size_t *budget)
{
    uint64_t base = (uint64_t)(uintptr_t)iov->iov_base, len = iov->iov_len;
    struct field fields[2] = {{"iov_base", NULL}, {"iov_len", value_uint(ctx->arena, len, INT_UDEC)}};

    if (moved) {
        len = len < *moved ? len : *moved;
        *moved -= len;
    }
    if (ctx->at_exit && ctx->raw->is_error && moved) {
        fields[0].value = kind_pointer(ctx->arena, base);
    } else {
        struct decode_opts opts = {.snaplen = ctx->opts->snaplen < *budget ? ctx->opts->snaplen : *budget};
        struct argctx part = *ctx;

        part.opts = &opts;
        fields[0].value = kind_bytes(&part, base, len);
        if (fields[0].value->kind == VALUE_BYTES)
            *budget -= fields[0].value->bytes.len;
    }
    return value_struct(ctx->arena, "iovec", fields, 2);
}

const struct value *kind_iovecs(const struct argctx *ctx, uint64_t addr, uint64_t count, uint64_t *moved)
{
    size_t asked = count < KIND_IOV_MAX ? (size_t)count : KIND_IOV_MAX, got = 0, budget = IOV_BYTES_MAX;
    const struct value **items = ARENA_ARRAY(ctx->arena, const struct value *, asked + 1);
    const uint8_t *bytes = NULL;

    if (!addr)
        return value_null(ctx->arena);
    if (!asked)
        return value_array(ctx->arena, items, 0, 0);
    /* As strace: an array that would end beyond the address space is none. */
    if (count <= (UINT64_MAX - addr) / sizeof(struct iovec))
        bytes = kind_peek_array(ctx, addr, sizeof(struct iovec), asked, &got);
    if (!bytes)
        return value_addr(ctx->arena, addr);
    for (size_t i = 0; i < got; i++) {
        struct iovec iov;

        memcpy(&iov, bytes + i * sizeof(iov), sizeof(iov));
        items[i] = decode_iovec(ctx, &iov, moved, &budget);
    }
    return kind_array(ctx, items, got, asked, count, addr + got * sizeof(struct iovec));
}

static const struct value *decode_iov_in(const struct argctx *ctx)
{
    return kind_iovecs(ctx, kind_reg(ctx), ctx->raw->args[ctx->spec->other], NULL);
}

static const struct value *decode_iov_out(const struct argctx *ctx)
{
    uint64_t moved = ctx->raw->is_error ? 0 : (uint64_t)ctx->raw->ret;

    return kind_iovecs(ctx, kind_reg(ctx), ctx->raw->args[ctx->spec->other], &moved);
}

static const struct value *decode_offset(const struct argctx *ctx)
{
    const struct value *before = kind_entered(ctx->entered), *now;
    int64_t offset;

    if (ctx->at_exit && (ctx->raw->is_error || ctx->raw->ret == 0 || before->kind != VALUE_ARRAY))
        return before;
    if (!kind_peek_into(ctx, kind_reg(ctx), &offset, sizeof(offset)))
        return ctx->at_exit ? before : kind_pointer(ctx->arena, kind_reg(ctx));
    now = value_int(ctx->arena, offset);
    now = value_array(ctx->arena, &now, 1, 1);
    return ctx->at_exit ? value_changed(ctx->arena, CHANGED_ARROW, NULL, before, now) : now;
}

const struct argkind kind_buf_in = {decode_buf_in, 1};
const struct argkind kind_buf_out = {decode_buf_out, 1};
const struct argkind kind_iov_in = {decode_iov_in, 2};
const struct argkind kind_iov_out = {decode_iov_out, 2};
const struct argkind kind_offset = {decode_offset, 1};
