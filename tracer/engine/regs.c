/* engine/regs.c: PTRACE_GETREGSET and PTRACE_SETREGSET, per architecture. */
#include "engine/regs.h"

#include <elf.h>
#include <stdbool.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

#if defined(__x86_64__)
#define ARG0(regs)     ((regs)->rdi)
#define RESULT(regs)   ((regs)->rax) /* at entry: the number */
#define IP(regs)       ((regs)->rip)
#define CALL_LEN       2 /* syscall */
#define ARG0_IS_RESULT false
#elif defined(__aarch64__)
#define ARG0(regs)     ((regs)->regs[0])
#define RESULT(regs)   ((regs)->regs[8]) /* the number has a register of its own */
#define IP(regs)       ((regs)->pc)
#define CALL_LEN       4 /* svc #0 */
#define ARG0_IS_RESULT true
#else
#error "sockdrill runs on x86-64 and arm64: add the registers of this architecture here"
#endif

static bool get_regs(pid_t tid, struct user_regs_struct *regs)
{
    struct iovec io = {regs, sizeof(*regs)};

    return ptrace(PTRACE_GETREGSET, tid, NT_PRSTATUS, &io) == 0;
}

static void set_regs(pid_t tid, struct user_regs_struct *regs)
{
    struct iovec io = {regs, sizeof(*regs)};

    ptrace(PTRACE_SETREGSET, tid, NT_PRSTATUS, &io);
}

void regs_set_arg0(pid_t tid, uint64_t value)
{
    struct user_regs_struct regs;

    if (!get_regs(tid, &regs))
        return;
    ARG0(&regs) = value;
    set_regs(tid, &regs);
}

void regs_restore_arg0(pid_t tid, uint64_t value)
{
    if (!ARG0_IS_RESULT)
        regs_set_arg0(tid, value);
}

void regs_repeat_call(pid_t tid, uint64_t nr, uint64_t arg0)
{
    struct user_regs_struct regs;

    if (!get_regs(tid, &regs))
        return;
    ARG0(&regs) = arg0;
    RESULT(&regs) = nr;
    IP(&regs) -= CALL_LEN;
    set_regs(tid, &regs);
}
