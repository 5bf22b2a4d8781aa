/* decode/bpf.c: programs of classic BPF, which sockets filter with (socket(7), bpf(4)). */
#include "base/alloc.h"
#include "decode/kinds.h"
#include "decode/opts.h"

#include <linux/filter.h>
#include <string.h>

enum { INSN_SIZE = sizeof(struct sock_filter) };

/* What an instruction works with: a load from negative offsets names what it loads. */
static const struct value *operand(const struct argctx *ctx, const struct sock_filter *insn)
{
    bool is_load = BPF_CLASS(insn->code) == BPF_LD && BPF_MODE(insn->code) == BPF_ABS;

    if (is_load && nametab_name(&nametab_bpf_aux, insn->k))
        return value_sym(ctx->arena, &nametab_bpf_aux, insn->k);
    return value_uint(ctx->arena, insn->k, INT_HEX);
}

static const struct value *instruction(const struct argctx *ctx, const uint8_t *bytes)
{
    struct sock_filter insn;
    bool jumps;

    memcpy(&insn, bytes, sizeof(insn));
    jumps = insn.jt || insn.jf;
    return value_struct(ctx->arena, jumps ? "BPF_JUMP" : "BPF_STMT",
                        (struct field[]){
                            {"code", value_sym(ctx->arena, &nametab_bpf, insn.code)},
                            {"k", operand(ctx, &insn)},
                            {"jt", value_uint(ctx->arena, insn.jt, INT_HEX)},
                            {"jf", value_uint(ctx->arena, insn.jf, INT_HEX)},
                        },
                        jumps ? 4 : 2);
}

static const struct value *program(const struct argctx *ctx, uint64_t addr, size_t len)
{
    size_t asked = len < BPF_MAXINSNS ? len : BPF_MAXINSNS, got = 0;
    const uint8_t *bytes = asked ? kind_peek_array(ctx, addr, INSN_SIZE, asked, &got) : NULL;
    const struct value **items;

    if (!addr || (asked && !bytes))
        return kind_pointer(ctx->arena, addr);
    items = ARENA_ARRAY(ctx->arena, const struct value *, got + 1);
    for (size_t i = 0; i < got; i++)
        items[i] = instruction(ctx, bytes + i * INSN_SIZE);
    return kind_array(ctx, items, got, asked, len, addr + got * INSN_SIZE);
}

const struct value *opt_fprog(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    size_t word = abi_word(ctx->raw->abi);
    uint64_t count;

    if (len != 2 * word)
        return NULL;
    count = shape_uint(bytes, sizeof(uint16_t));
    return value_struct(ctx->arena, "sock_fprog",
                        (struct field[]){
                            {"len", value_uint(ctx->arena, count, INT_UDEC)},
                            {"filter", program(ctx, shape_uint(bytes + word, word), (size_t)count)},
                        },
                        2);
}

const struct value *opt_filter(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    (void)bytes;
    return program(ctx, kind_reg(ctx), len);
}
