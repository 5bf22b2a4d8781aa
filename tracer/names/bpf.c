/* names/bpf.c: instructions of classic BPF programs, as linux/filter.h spells them. */
#include "names/nametab.h"
#include "names/rows.h"

#include <linux/filter.h>

/* clang-format off */
#define LOAD(class, size, mode)  {BPF_##class | BPF_##size | BPF_##mode, "BPF_" #class "|BPF_" #size "|BPF_" #mode}
#define COUNT(class, source, op) {BPF_##class | BPF_##source | BPF_##op, "BPF_" #class "|BPF_" #source "|BPF_" #op}
#define OTHER(class, what)       {BPF_##class | BPF_##what, "BPF_" #class "|BPF_" #what}
#define AUX(what)                {(uint32_t)(SKF_AD_OFF + SKF_AD_##what), "SKF_AD_OFF+SKF_AD_" #what}
/* clang-format on */

#define LOADS(class, size)                                                                                   \
    LOAD(class, size, IMM), LOAD(class, size, ABS), LOAD(class, size, IND), LOAD(class, size, MEM),          \
        LOAD(class, size, LEN), LOAD(class, size, MSH)
#define BOTH(class, op) COUNT(class, K, op), COUNT(class, X, op)

/* The bits of a code mean what its class makes of them, so each code is one constant. */
static const struct name bpf_rows[] = {
    LOADS(LD, W),   LOADS(LD, H),   LOADS(LD, B),   LOADS(LDX, W),    LOADS(LDX, H),    LOADS(LDX, B),
    N(BPF_ST),      N(BPF_STX),     BOTH(ALU, ADD), BOTH(ALU, SUB),   BOTH(ALU, MUL),   BOTH(ALU, DIV),
    BOTH(ALU, OR),  BOTH(ALU, AND), BOTH(ALU, LSH), BOTH(ALU, RSH),   BOTH(ALU, NEG),   BOTH(ALU, MOD),
    BOTH(ALU, XOR), BOTH(JMP, JA),  BOTH(JMP, JEQ), BOTH(JMP, JGT),   BOTH(JMP, JGE),   BOTH(JMP, JSET),
    OTHER(RET, K),  OTHER(RET, X),  OTHER(RET, A),  OTHER(MISC, TAX), OTHER(MISC, TXA),
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
