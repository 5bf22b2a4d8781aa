/* names/bpf.c: instructions of classic BPF programs, as linux/filter.h spells them. */
#include "names/nametab.h"
#include "names/rows.h"

#include <linux/filter.h>

/* clang-format off */
#define LOAD(class, size, mode) {class | BPF_##size | BPF_##mode, #class "|BPF_" #size "|BPF_" #mode}
#define COUNT(class, source, op) {class | BPF_##source | BPF_##op, #class "|BPF_" #source "|BPF_" #op}
#define OTHER(class, what) {class | BPF_##what, #class "|BPF_" #what}
#define AUX(what) {(uint32_t)(SKF_AD_OFF + SKF_AD_##what), "SKF_AD_OFF+SKF_AD_" #what}
/* clang-format on */

#define LOADS(class, size)                                                                                   \
    LOAD(class, size, IMM), LOAD(class, size, ABS), LOAD(class, size, IND), LOAD(class, size, MEM),          \
        LOAD(class, size, LEN), LOAD(class, size, MSH)
#define BOTH(class, op) COUNT(class, K, op), COUNT(class, X, op)

/* The bits of a code mean what its class makes of them, so each code is one constant. */
static const struct name bpf_rows[] = {
    LOADS(BPF_LD, W),   LOADS(BPF_LD, H),   LOADS(BPF_LD, B),     LOADS(BPF_LDX, W),    LOADS(BPF_LDX, H),
    LOADS(BPF_LDX, B),  N(BPF_ST),          N(BPF_STX),           BOTH(BPF_ALU, ADD),   BOTH(BPF_ALU, SUB),
    BOTH(BPF_ALU, MUL), BOTH(BPF_ALU, DIV), BOTH(BPF_ALU, OR),    BOTH(BPF_ALU, AND),   BOTH(BPF_ALU, LSH),
    BOTH(BPF_ALU, RSH), BOTH(BPF_ALU, NEG), BOTH(BPF_ALU, MOD),   BOTH(BPF_ALU, XOR),   BOTH(BPF_JMP, JA),
    BOTH(BPF_JMP, JEQ), BOTH(BPF_JMP, JGT), BOTH(BPF_JMP, JGE),   BOTH(BPF_JMP, JSET),  OTHER(BPF_RET, K),
    OTHER(BPF_RET, X),  OTHER(BPF_RET, A),  OTHER(BPF_MISC, TAX), OTHER(BPF_MISC, TXA),
};

const struct nametab nametab_bpf = {.id = "BPF", .unknown = "BPF_???", ROWS(bpf_rows)};

/* Loads from here do not read the packet, but what the kernel knows of it. */
static const struct name bpf_aux_rows[] = {
    AUX(PROTOCOL),         AUX(PKTTYPE),    AUX(IFINDEX),   AUX(NLATTR),
    AUX(NLATTR_NEST),      AUX(MARK),       AUX(QUEUE),     AUX(HATYPE),
    AUX(RXHASH),           AUX(CPU),        AUX(ALU_XOR_X), AUX(VLAN_TAG),
    AUX(VLAN_TAG_PRESENT), AUX(PAY_OFFSET), AUX(RANDOM),    AUX(VLAN_TPID),
};

const struct nametab nametab_bpf_aux = {.id = "SKF_AD", .unknown = "SKF_AD_???", ROWS(bpf_aux_rows)};
