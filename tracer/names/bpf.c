/* names/bpf.c: parts of the instructions of classic BPF programs (linux/filter.h): what the bits of a code
 * mean depends on its class. */
#include "names/nametab.h"
#include "names/rows.h"

#include <linux/filter.h>

static const struct name bpf_class_rows[] = {
    N(BPF_LD), N(BPF_LDX), N(BPF_ST), N(BPF_STX), N(BPF_ALU), N(BPF_JMP), N(BPF_RET), N(BPF_MISC),
};

const struct nametab nametab_bpf_class = {.id = "BPF_CLASS", .unknown = "BPF_???", ROWS(bpf_class_rows)};

static const struct name bpf_size_rows[] = {N(BPF_W), N(BPF_H), N(BPF_B), {0x18, "BPF_DW"}};

const struct nametab nametab_bpf_size = {.id = "BPF_SIZE", .unknown = "BPF_???", ROWS(bpf_size_rows)};

static const struct name bpf_mode_rows[] = {
    N(BPF_IMM), N(BPF_ABS), N(BPF_IND), N(BPF_MEM), N(BPF_LEN), N(BPF_MSH),
};

const struct nametab nametab_bpf_mode = {.id = "BPF_MODE", .unknown = "BPF_???", ROWS(bpf_mode_rows)};

static const struct name bpf_source_rows[] = {N(BPF_K), N(BPF_X), N(BPF_A)};

const struct nametab nametab_bpf_source = {.id = "BPF_SRC", .unknown = "BPF_???", ROWS(bpf_source_rows)};

static const struct name bpf_alu_rows[] = {
    N(BPF_ADD), N(BPF_SUB), N(BPF_MUL), N(BPF_DIV), N(BPF_OR),  N(BPF_AND),
    N(BPF_LSH), N(BPF_RSH), N(BPF_NEG), N(BPF_MOD), N(BPF_XOR),
};

const struct nametab nametab_bpf_alu = {.id = "BPF_ALU", .unknown = "BPF_???", ROWS(bpf_alu_rows)};

static const struct name bpf_jump_rows[] = {N(BPF_JA), N(BPF_JEQ), N(BPF_JGT), N(BPF_JGE), N(BPF_JSET)};

const struct nametab nametab_bpf_jump = {.id = "BPF_JMP", .unknown = "BPF_???", ROWS(bpf_jump_rows)};

static const struct name bpf_misc_rows[] = {N(BPF_TAX), N(BPF_TXA)};

const struct nametab nametab_bpf_misc = {.id = "BPF_MISC", .unknown = "BPF_???", ROWS(bpf_misc_rows)};

/* From where a load takes what it loads, if not from the packet's beginning. */
static const struct name bpf_base_rows[] = {N(SKF_AD_OFF), N(SKF_NET_OFF), N(SKF_LL_OFF)};

const struct nametab nametab_bpf_base = {.id = "SKF_OFF", .unknown = "SKF_???_OFF", ROWS(bpf_base_rows)};

static const struct name bpf_aux_rows[] = {
    N(SKF_AD_PROTOCOL),         N(SKF_AD_PKTTYPE),    N(SKF_AD_IFINDEX),   N(SKF_AD_NLATTR),
    N(SKF_AD_NLATTR_NEST),      N(SKF_AD_MARK),       N(SKF_AD_QUEUE),     N(SKF_AD_HATYPE),
    N(SKF_AD_RXHASH),           N(SKF_AD_CPU),        N(SKF_AD_ALU_XOR_X), N(SKF_AD_VLAN_TAG),
    N(SKF_AD_VLAN_TAG_PRESENT), N(SKF_AD_PAY_OFFSET), N(SKF_AD_RANDOM),    N(SKF_AD_VLAN_TPID),
};

const struct nametab nametab_bpf_aux = {.id = "SKF_AD", .unknown = "SKF_AD_???", ROWS(bpf_aux_rows)};
