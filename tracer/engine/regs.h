/* engine/regs.h: the few registers that the engine ever changes, and those that a stack is unwound from. The
 * only code here that knows an architecture. */
#ifndef ENGINE_REGS_H
#define ENGINE_REGS_H

#include "decode/abi.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Change argument `i`, from 0 to 5, of the call that the task is about to make. */
void regs_set_arg(pid_t tid, enum abi abi, unsigned i, uint64_t value);

/* After the call: the register that held the argument holds this value again (where it is not the result's
 * too). */
void regs_restore_arg(pid_t tid, enum abi abi, unsigned i, uint64_t value);

/* In the stop after a call: let the task make the same call once more (number `nr`, first argument `arg0`).
 */
void regs_repeat_call(pid_t tid, enum abi abi, uint64_t nr, uint64_t arg0);

/* The call that the task is about to make is not made; what it returns must be put there by regs_set_result.
 */
void regs_skip_call(pid_t tid, enum abi abi);

/* In the stop after a call: what the program sees as its result (a negative errno where it failed). */
void regs_set_result(pid_t tid, enum abi abi, int64_t result);

enum { REGS_MOST = 33 };

/* The registers of a stopped task, numbered as its architecture's DWARF supplement has them. */
struct regs_dwarf {
    uint64_t reg[REGS_MOST];
    unsigned len;   /* of them */
    unsigned width; /* bytes of a register, and of a word on the stack */
    uint64_t sp, pc;
};

bool regs_dwarf(pid_t tid, struct regs_dwarf *regs);

#endif
