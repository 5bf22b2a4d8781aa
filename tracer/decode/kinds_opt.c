/* decode/kinds_opt.c: values of socket options: which table knows the option, and what holds for all of them.
 */
#include "base/alloc.h"
#include "decode/kinds.h"
#include "decode/opts.h"

#include <string.h>

enum { OPT_SIZE_MAX = 4096 }; /* of what has a shape */

static const struct opts *const tables[] = {
    &opts_sock, &opts_inet, &opts_tcp, &opts_sctp, &opts_link, &opts_rare,
};

const struct opts *opts_at(size_t i)
{
    return i < ARRAY_LEN(tables) ? tables[i] : NULL;
}

const struct opt *opt_find(int level, int name, bool is_read)
{
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        for (size_t k = 0; k < tables[i]->len; k++) {
            const struct opt *opt = &tables[i]->rows[k];

            if (opt->level == level && (opt->name == name || opt->name == OPT_ANY) &&
                (is_read || opt->use != OPT_READ))
                return opt;
        }
    return NULL;
}

const struct value *opt_text(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    size_t size = ctx->at_exit ? strnlen((const char *)bytes, len) : len;

    return value_bytes(ctx->arena, bytes, size, size);
}

const struct value *opt_bytes(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    return value_bytes(ctx->arena, bytes, len, len);
}

static const struct opt *row_of(const struct argctx *ctx, bool is_read)
{
    return opt_find((int)ctx->raw->args[1], (int)ctx->raw->args[2], is_read);
}

/* What no table knows is an int where it has the size of one, else bytes. */
static const struct value *plain(const struct argctx *ctx, size_t len)
{
    const uint8_t *bytes;

    if (len != sizeof(int))
        return kind_bytes(ctx, kind_reg(ctx), len);
    bytes = kind_peek(ctx, kind_reg(ctx), len);
    return bytes ? shape_int(ctx, bytes, len) : kind_pointer(ctx->arena, kind_reg(ctx));
}

/*
 * Of what is longer than its shape only the beginning need be readable; what strace shows as bytes must be
 * so all.
 */
static const uint8_t *peek_value(const struct argctx *ctx, const struct opt *opt, size_t *len)
{
    size_t size = *len < OPT_SIZE_MAX ? *len : OPT_SIZE_MAX;

    if (!size)
        return NULL;
    if (opt->use == OPT_OURS) {
        *len = size;
        return kind_peek(ctx, kind_reg(ctx), size);
    }
    return kind_reg(ctx) ? kind_peek_array(ctx, kind_reg(ctx), 1, size, len) : NULL;
}

static const struct value *decode_optval_in(const struct argctx *ctx)
{
    const struct opt *opt = row_of(ctx, false);
    const struct value *value = NULL;
    int64_t len = (int)kind_other(ctx);
    size_t size = (size_t)len;
    const uint8_t *bytes;

    if (len < 0)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    if (!opt)
        return plain(ctx, (size_t)len);
    bytes = peek_value(ctx, opt, &size);
    if (bytes)
        value = shape_value(ctx, &opt->shape, bytes, size);
    if (value)
        return value;
    return opt->use == OPT_OURS ? plain(ctx, (size_t)len) : kind_pointer(ctx->arena, kind_reg(ctx));
}

/* The kernel gives no more than there is room for: a struct may end early, and a number be bytes. */
static const struct value *decode_optval_out(const struct argctx *ctx)
{
    const struct opt *opt = row_of(ctx, true);
    const struct value *value;
    int64_t room;
    int32_t len;
    size_t size;
    const uint8_t *bytes;

    if (ctx->raw->is_error || !value_number(kind_entered(ctx->fields[ctx->spec->other].value), &room) ||
        !kind_peek_into(ctx, kind_other(ctx), &len, sizeof(len)))
        return kind_pointer(ctx->arena, kind_reg(ctx));
    len = len < room ? len : (int32_t)room;
    if (len <= 0)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    size = (size_t)len;
    if (!opt)
        return plain(ctx, size);
    bytes = peek_value(ctx, opt, &size);
    if (!bytes)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    value = opt->shape.layout ? shape_cut(ctx, opt->shape.layout, bytes, size)
                              : shape_value(ctx, &opt->shape, bytes, size);
    if (value)
        return value;
    return opt->use == OPT_OURS ? plain(ctx, size) : value_bytes_as(ctx->arena, BYTES_HEX, bytes, size, size);
}

/* The value and what it points to; before them, its length. */
const struct argkind kind_optval_in = {decode_optval_in, 2};
const struct argkind kind_optval_out = {decode_optval_out, 3};
