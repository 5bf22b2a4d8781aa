/* decode/bpf.c: programs of classic BPF, which sockets filter with (socket(7), bpf(4)). */
#include "base/alloc.h"
#include "decode/kinds.h"
#include "decode/opts.h"

#include <linux/filter.h>
#include <string.h>

enum { INSN_SIZE = sizeof(struct sock_filter) };

enum {
    CLASS_BITS = 0x07,
    SIZE_BITS = 0x18,
    MODE_BITS = 0xe0,
    SOURCE_BITS = 0x08,
    OP_BITS = 0xf0,
    RVAL_BITS = 0x18
};

/* What stands in a code beside its class, in the order in which it is written. */
static const struct part {
    const char *name;
    uint16_t bits;
    const struct nametab *tab;
} parts[][2] = {
    [BPF_LD] = {{"size", SIZE_BITS, &nametab_bpf_size}, {"mode", MODE_BITS, &nametab_bpf_mode}},
    [BPF_LDX] = {{"size", SIZE_BITS, &nametab_bpf_size}, {"mode", MODE_BITS, &nametab_bpf_mode}},
    [BPF_ALU] = {{"src", SOURCE_BITS, &nametab_bpf_source}, {"op", OP_BITS, &nametab_bpf_alu}},
    [BPF_JMP] = {{"src", SOURCE_BITS, &nametab_bpf_source}, {"op", OP_BITS, &nametab_bpf_jump}},
    [BPF_RET] = {{"src", RVAL_BITS, &nametab_bpf_source}},
    [BPF_MISC] = {{"op", MODE_BITS | SIZE_BITS, &nametab_bpf_misc}},
};

static const struct value *code_value(const struct argctx *ctx, uint16_t code)
{
    const struct part *part = parts[code & CLASS_BITS];
    struct field fields[4] = {{"class", value_sym(ctx->arena, &nametab_bpf_class, code & CLASS_BITS)}};
    size_t count = 1;

    code &= (uint16_t)~CLASS_BITS;
    for (size_t i = 0; i < 2 && part[i].name; i++) {
        fields[count++] =
            (struct field){part[i].name, value_sym(ctx->arena, part[i].tab, code & part[i].bits)};
        code &= (uint16_t)~part[i].bits;
    }
    if (code)
        fields[count++] = (struct field){"rest", value_uint(ctx->arena, code, INT_HEX)};
    return value_struct(ctx->arena, "bpf_code", fields, count);
}

/* A load from far behind the end loads something else: what the kernel knows of the packet, or its headers.
 */
static const struct value *operand(const struct argctx *ctx, const struct sock_filter *insn)
{
    static const int bases[] = {SKF_AD_OFF, SKF_NET_OFF, SKF_LL_OFF};
    bool is_load = BPF_CLASS(insn->code) == BPF_LD && BPF_MODE(insn->code) == BPF_ABS;
    size_t i = 0;
    uint32_t offset;

    while (i < ARRAY_LEN(bases) && insn->k < (uint32_t)bases[i])
        i++;
    if (!is_load || i == ARRAY_LEN(bases))
        return value_uint(ctx->arena, insn->k, INT_HEX);
    offset = insn->k - (uint32_t)bases[i];
    return value_struct(
        ctx->arena, "bpf_offset",
        (struct field[]){
            {"base", value_sym(ctx->arena, &nametab_bpf_base, (uint32_t)bases[i])},
            {"offset", bases[i] == SKF_AD_OFF ? value_sym(ctx->arena, &nametab_bpf_aux, offset)
                                              : value_uint(ctx->arena, offset, INT_UDEC)},
        },
        2);
}

static const struct value *instruction(const struct argctx *ctx, const uint8_t *bytes)
{
    struct sock_filter insn;
    bool jumps;

    memcpy(&insn, bytes, sizeof(insn));
    jumps = insn.jt || insn.jf;
    return value_struct(ctx->arena, jumps ? "BPF_JUMP" : "BPF_STMT",
                        (struct field[]){
                            {"code", code_value(ctx, insn.code)},
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
