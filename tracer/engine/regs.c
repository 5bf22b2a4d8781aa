/* engine/regs.c: PTRACE_GETREGSET and PTRACE_SETREGSET: where each architecture keeps what the engine
 * changes, and what it unwinds from. */
#include "engine/regs.h"

#include "base/alloc.h"

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

enum reg {
    REG_ARG0, /* of the call, and five more */
    REG_RESULT = REG_ARG0 + 6,
    REG_AGAIN, /* where the number must stand for the call to be made again */
    REG_IP,
    REG_NR, /* of the call that is about to be made */
    REG_COUNT,
};

/* Where the registers with the numbers 0, 1, … of DWARF stand. */
struct dwarf_order {
    uint8_t len, sp; /* how many; which of them is the stack pointer */
    uint16_t at[REGS_MOST];
};

/*
 * One set of registers, as the kernel gives it: a 32-bit program has another set than a 64-bit one, and a
 * 64-bit program may make the calls of 32-bit ones (int $0x80).
 */
struct regset {
    size_t size;   /* which tells what kind of program it is */
    enum abi abi;  /* of the call */
    uint8_t width; /* bytes of a register */
    uint8_t insn;  /* bytes of the instruction that makes a call */
    uint16_t at[REG_COUNT];
    const struct dwarf_order *order;
};

#define AT(member) offsetof(struct user_regs_struct, member)

#if defined(__x86_64__)
/* linux/arch/x86/include/asm/user_32.h: seventeen registers of four bytes. */
enum {
    I386_SIZE = 68,
    EBX = 0,
    ECX = 4,
    EDX = 8,
    ESI = 12,
    EDI = 16,
    EBP = 20,
    EAX = 24,
    ORIG_EAX = 44,
    EIP = 48,
    ESP = 60,
};

/* System V ABI, AMD64 and Intel386 Architecture Processor Supplement, "DWARF Register Number Mapping". */
static const struct dwarf_order amd64_order = {17,
                                               7,
                                               {AT(rax), AT(rdx), AT(rcx), AT(rbx), AT(rsi), AT(rdi), AT(rbp),
                                                AT(rsp), AT(r8), AT(r9), AT(r10), AT(r11), AT(r12), AT(r13),
                                                AT(r14), AT(r15), AT(rip)}};
static const struct dwarf_order i386_order = {9, 4, {EAX, ECX, EDX, EBX, ESP, EBP, ESI, EDI, EIP}};

static const struct regset sets[] = {
    {sizeof(struct user_regs_struct),
     ABI_NATIVE,
     8,
     2,
     {AT(rdi), AT(rsi), AT(rdx), AT(r10), AT(r8), AT(r9), AT(rax), AT(rax), AT(rip), AT(orig_rax)},
     &amd64_order},
    {sizeof(struct user_regs_struct),
     ABI_32,
     8,
     2,
     {AT(rbx), AT(rcx), AT(rdx), AT(rsi), AT(rdi), AT(rbp), AT(rax), AT(rax), AT(rip), AT(orig_rax)},
     &amd64_order},
    {I386_SIZE, ABI_32, 4, 2, {EBX, ECX, EDX, ESI, EDI, EBP, EAX, EAX, EIP, ORIG_EAX}, &i386_order},
};
#elif defined(__aarch64__)
/* Eighteen registers of four bytes. Programs are Thumb code as a rule, where svc has two bytes. */
enum { ARM_SIZE = 72, R0 = 0, R7 = 28, PC = 60, NO_NR = 0 };
enum { R1 = 4, R2 = 8, R3 = 12, R4 = 16, R5 = 20 };

/* DWARF for the Arm 64-bit and Arm Architecture: the general registers as they are numbered anyway. */
static const struct dwarf_order arm64_order = {
    32, 31, {0,   8,   16,  24,  32,  40,  48,  56,  64,  72,  80,  88,  96,  104, 112, 120,
             128, 136, 144, 152, 160, 168, 176, 184, 192, 200, 208, 216, 224, 232, 240, AT(sp)}};
static const struct dwarf_order arm_order = {
    16, 13, {0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60}};

static const struct regset sets[] = {
    {sizeof(struct user_regs_struct),
     ABI_NATIVE,
     8,
     4,
     {AT(regs[0]), AT(regs[1]), AT(regs[2]), AT(regs[3]), AT(regs[4]), AT(regs[5]), AT(regs[0]), AT(regs[8]),
      AT(pc), NO_NR},
     &arm64_order},
    {ARM_SIZE, ABI_32, 4, 2, {R0, R1, R2, R3, R4, R5, R0, R7, PC, NO_NR}, &arm_order},
};
#else
#error "sockdrill runs on x86-64 and arm64: add the registers of this architecture here"
#endif

struct regs {
    const struct regset *set;
    uint8_t bytes[sizeof(struct user_regs_struct)];
};

/* With the set that programs of this kind have, whichever ABI its calls are of. */
static bool regs_get_any(pid_t tid, struct regs *regs)
{
    struct iovec io = {regs->bytes, sizeof(regs->bytes)};

    regs->set = NULL;
    if (ptrace(PTRACE_GETREGSET, tid, NT_PRSTATUS, &io) < 0)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(sets) && !regs->set; i++)
        if (sets[i].size == io.iov_len)
            regs->set = &sets[i];
    return regs->set != NULL;
}

static bool regs_get(pid_t tid, enum abi abi, struct regs *regs)
{
    if (!regs_get_any(tid, regs))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(sets); i++)
        if (sets[i].size == regs->set->size && sets[i].abi == abi) {
            regs->set = &sets[i];
            return true;
        }
    return false;
}

static void regs_set(pid_t tid, struct regs *regs)
{
    struct iovec io = {regs->bytes, regs->set->size};

    ptrace(PTRACE_SETREGSET, tid, NT_PRSTATUS, &io);
}

/* Machines are little-endian here: the low bytes come first. */
static void put(struct regs *regs, enum reg reg, uint64_t value)
{
    memcpy(regs->bytes + regs->set->at[reg], &value, regs->set->width);
}

static uint64_t get_at(const struct regs *regs, uint16_t at)
{
    uint64_t value = 0;

    memcpy(&value, regs->bytes + at, regs->set->width);
    return value;
}

static uint64_t get(const struct regs *regs, enum reg reg)
{
    return get_at(regs, regs->set->at[reg]);
}

static void set_one(pid_t tid, enum abi abi, enum reg reg, uint64_t value)
{
    struct regs regs;

    if (!regs_get(tid, abi, &regs))
        return;
    put(&regs, reg, value);
    regs_set(tid, &regs);
}

void regs_set_arg(pid_t tid, enum abi abi, unsigned i, uint64_t value)
{
    set_one(tid, abi, REG_ARG0 + i, value);
}

void regs_restore_arg(pid_t tid, enum abi abi, unsigned i, uint64_t value)
{
    if (sets[0].at[REG_ARG0 + i] != sets[0].at[REG_RESULT])
        set_one(tid, abi, REG_ARG0 + i, value);
}

void regs_repeat_call(pid_t tid, enum abi abi, uint64_t nr, uint64_t arg0)
{
    struct regs regs;

    if (!regs_get(tid, abi, &regs))
        return;
    put(&regs, REG_ARG0, arg0);
    put(&regs, REG_AGAIN, nr);
    put(&regs, REG_IP, get(&regs, REG_IP) - regs.set->insn);
    regs_set(tid, &regs);
}

void regs_skip_call(pid_t tid, enum abi abi)
{
#if defined(__aarch64__)
    int none = -1;
    struct iovec io = {&none, sizeof(none)};

    /* A 32-bit program has no such set. All calls of the tables fail, and do nothing, with -1 for what is a
       descriptor, a family, a pointer or a count. */
    if (abi == ABI_32)
        set_one(tid, abi, REG_ARG0, UINT64_MAX);
    else
        ptrace(PTRACE_SETREGSET, tid, NT_ARM_SYSTEM_CALL, &io);
#else
    set_one(tid, abi, REG_NR, UINT64_MAX);
#endif
}

void regs_set_result(pid_t tid, enum abi abi, int64_t result)
{
    set_one(tid, abi, REG_RESULT, (uint64_t)result);
}

bool regs_dwarf(pid_t tid, struct regs_dwarf *out)
{
    const struct dwarf_order *order;
    struct regs regs;

    if (!regs_get_any(tid, &regs))
        return false;
    order = regs.set->order;
    out->len = order->len;
    out->width = regs.set->width;
    for (unsigned i = 0; i < order->len; i++)
        out->reg[i] = get_at(&regs, order->at[i]);
    out->sp = out->reg[order->sp];
    out->pc = get(&regs, REG_IP);
    return true;
}
