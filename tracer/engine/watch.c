/* engine/watch.c: calls that make tasks, set signal handlers, or take a task out of sight. */
#include "engine/watch.h"

#include "base/clock.h"
#include "engine/memory.h"
#include "engine/regs.h"
#include "engine/stack.h"

#include <linux/sched.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>

/*
 * The flags tell threads from processes when the new task shows up. CLONE_UNTRACED is taken out: such a child
 * would escape, and get ENOSYS from the filter that it inherits.
 */
static void clone_enter(struct task *task)
{
    uint64_t flags = task->watch_args[0];

    task->clone_flags = flags;
    if (flags & CLONE_UNTRACED)
        regs_set_arg(task->tid, task->watch_abi, 0, flags & ~(uint64_t)CLONE_UNTRACED);
}

/* System calls preserve their argument registers, so the program's own value goes back. */
static void clone_leave(struct task *task, int64_t result)
{
    (void)result;
    if (task->watch_args[0] & CLONE_UNTRACED)
        regs_restore_arg(task->tid, task->watch_abi, 0, task->watch_args[0]);
}

/* clone3(2) has its flags in memory, as the first word of struct clone_args. */
static void clone3_enter(struct task *task)
{
    uint64_t flags, without;

    task->clone_flags = 0;
    if (!memory_read(task->tid, task->watch_args[0], &flags, sizeof(flags)))
        return;
    task->clone_flags = flags;
    without = flags & ~(uint64_t)CLONE_UNTRACED;
    if (without != flags && memory_write(task->tid, task->watch_args[0], &without, sizeof(without))) {
        task->clone3_at = task->watch_args[0];
        task->clone3_flags = flags;
    }
}

/* What the program wrote into its clone_args stands there again. In the parent: the child has its own copy or
 * shares. */
static void clone3_leave(struct task *task, int64_t result)
{
    (void)result;
    if (task->clone3_at)
        memory_write(task->tid, task->clone3_at, &task->clone3_flags, sizeof(task->clone3_flags));
    task->clone3_at = 0;
}

/* Handler and flags lead struct kernel_sigaction on every architecture. */
static void rt_sigaction_leave(struct task *task, int64_t result)
{
    uint64_t act[2];
    uint32_t act32[2];

    if (result != 0 || !task->watch_args[1])
        return;
    if (task->watch_abi == ABI_32 && memory_read(task->tid, task->watch_args[1], act32, sizeof(act32)))
        sigacts_set(&task->proc->sigacts, (int)task->watch_args[0], act32[0], act32[1]);
    else if (task->watch_abi == ABI_NATIVE && memory_read(task->tid, task->watch_args[1], act, sizeof(act)))
        sigacts_set(&task->proc->sigacts, (int)task->watch_args[0], act[0], act[1]);
}

/* The older call of 32-bit programs has the mask between the two. */
static void sigaction_leave(struct task *task, int64_t result)
{
    uint32_t act[3];

    if (result == 0 && task->watch_args[1] && memory_read(task->tid, task->watch_args[1], act, sizeof(act)))
        sigacts_set(&task->proc->sigacts, (int)task->watch_args[0], act[0], act[2]);
}

/* signal(2) as a system call of its own. */
static void signal_leave(struct task *task, int64_t result)
{
    if (result >= 0)
        sigacts_set(&task->proc->sigacts, (int)task->watch_args[0], task->watch_args[1],
                    SA_RESETHAND | SA_NODEFER);
}

/* A filter of the program's own that answers ERRNO, TRAP or KILL outranks our TRACE: its calls would go
 * unseen. */
static void seccomp_leave(struct task *task, int64_t result)
{
    if (result >= 0)
        task->proc->every_call = true;
}

/* A handler that is left by siglongjmp(3) never gets here, and what it interrupted never goes on. */
static void sigreturn_enter(struct task *task)
{
    if (task->handlers)
        task->handlers--;
}

static void unshare_leave(struct task *task, int64_t result)
{
    if (result == 0 && (task->watch_args[0] & CLONE_FILES))
        task->lost =
            "a thread took a file descriptor table of its own (unshare(CLONE_FILES)): what it does with "
            "descriptors from here on may be told of the wrong socket";
}

static void io_uring_leave(struct task *task, int64_t result)
{
    if (result >= 0)
        task->lost = "this process set up an io_uring: what it does on sockets through that is no system "
                     "call and is not seen";
}

/* A library, or a part of one, maybe where another was before. */
static void mmap_leave(struct task *task, int64_t result)
{
    (void)result;
    if ((task->watch_args[2] & PROT_EXEC) && !(task->watch_args[3] & MAP_ANONYMOUS))
        stack_forget(task->proc);
}

/* A timer may end what the process waits for. How long: until it is over, and a second for busy machines. */
static void set_timer(struct task *task, uint64_t seconds)
{
    if (task->proc->timer_ns != UINT64_MAX)
        task->proc->timer_ns = seconds ? clock_mono_ns() + (seconds + 1) * (uint64_t)CLOCK_NS_PER_S : 0;
}

static void alarm_leave(struct task *task, int64_t result)
{
    (void)result;
    set_timer(task, (uint32_t)task->watch_args[0]);
}

/* struct itimerval: interval, then value, each of two words. */
static void setitimer_leave(struct task *task, int64_t result)
{
    uint64_t words[4] = {0};
    uint32_t words32[4];

    if (result != 0 || !task->watch_args[1])
        return;
    if (task->watch_abi == ABI_32 && memory_read(task->tid, task->watch_args[1], words32, sizeof(words32)))
        for (size_t i = 0; i < 4; i++)
            words[i] = words32[i];
    else if (task->watch_abi == ABI_32 || !memory_read(task->tid, task->watch_args[1], words, sizeof(words)))
        words[0] = 1;
    if (words[0] || words[1])
        task->proc->timer_ns = UINT64_MAX;
    else
        set_timer(task, words[2] + (words[3] != 0));
}

static void timer_create_leave(struct task *task, int64_t result)
{
    if (result == 0)
        task->proc->timer_ns = UINT64_MAX;
}

static const struct watch table[] = {
    {.name = "clone", .enter = clone_enter, .leave = clone_leave},
    {.name = "clone3", .enter = clone3_enter, .leave = clone3_leave},
    {.name = "rt_sigaction", .leave = rt_sigaction_leave},
    {.name = "sigaction", .leave = sigaction_leave},
    {.name = "signal", .leave = signal_leave},
    {.name = "seccomp", .leave = seccomp_leave},
    {.name = "prctl", .only_arg0 = true, .arg0 = PR_SET_SECCOMP, .leave = seccomp_leave},
    {.name = "unshare", .leave = unshare_leave},
    {.name = "mmap", .leave = mmap_leave, .maps_code = true},
    {.name = "mmap2", .leave = mmap_leave, .maps_code = true},
    {.name = "io_uring_setup", .leave = io_uring_leave, .is_deniable = true},
    {.name = "alarm", .leave = alarm_leave},
    {.name = "setitimer", .only_arg0 = true, .arg0 = ITIMER_REAL, .leave = setitimer_leave},
    {.name = "timer_create", .leave = timer_create_leave},
    {.name = "rt_sigreturn", .enter = sigreturn_enter},
    {.name = "sigreturn", .enter = sigreturn_enter},
    {.name = "restart_syscall"}, /* goes on with a suspended call (engine/calls.c) */
    {0},
};

const struct watch *watch_at(size_t i)
{
    return table[i].name ? &table[i] : NULL;
}
