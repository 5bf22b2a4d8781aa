/* decode/kinds_file.c: what calls give that make descriptors: the pair of socketpair. */
#include "decode/kinds.h"

static const struct value *decode_fd_pair(const struct argctx *ctx)
{
    const struct value *items[2];
    int fds[2];

    if (ctx->raw->is_error || !kind_peek_into(ctx, kind_reg(ctx), fds, sizeof(fds)))
        return kind_pointer(ctx->arena, kind_reg(ctx));
    items[0] = value_fd(ctx->arena, fds[0]);
    items[1] = value_fd(ctx->arena, fds[1]);
    return value_array(ctx->arena, items, 2, 2);
}

const struct argkind kind_fd_pair = {decode_fd_pair, 1};
