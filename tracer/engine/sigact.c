/* engine/sigact.c: handlers and SA_RESTART, per process. */
#include "engine/sigact.h"

#include "base/alloc.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>

/* include/linux/errno.h of the kernel; never seen by programs. ERESTARTNOINTR (513) always restarts. */
enum { ERESTARTSYS = 512, ERESTARTNOHAND = 514, ERESTART_RESTARTBLOCK = 516 };

static uint64_t bit(int sig)
{
    return sig > 0 && sig < SIGACT_MAX ? UINT64_C(1) << (sig - 1) : 0;
}

static void put(uint64_t *set, uint64_t mask, bool on)
{
    *set = on ? *set | mask : *set & ~mask;
}

void sigacts_set(struct sigacts *acts, int sig, uint64_t handler, uint64_t flags)
{
    put(&acts->caught, bit(sig),
        handler != (uint64_t)(uintptr_t)SIG_DFL && handler != (uint64_t)(uintptr_t)SIG_IGN);
    put(&acts->restart, bit(sig), flags & SA_RESTART);
    put(&acts->once, bit(sig), flags & SA_RESETHAND);
}

void sigacts_delivered(struct sigacts *acts, int sig)
{
    acts->caught &= ~(acts->once & bit(sig));
}

void sigacts_exec(struct sigacts *acts)
{
    *acts = (struct sigacts){0};
}

/* Signal sets of /proc/PID/status. */
struct sets {
    uint64_t pending, shared_pending, blocked, ignored, caught;
};

static bool read_sets(pid_t pid, struct sets *sets)
{
    const struct {
        const char *format;
        uint64_t *set;
    } lines[] = {
        {"SigPnd: %" SCNx64, &sets->pending}, {"ShdPnd: %" SCNx64, &sets->shared_pending},
        {"SigBlk: %" SCNx64, &sets->blocked}, {"SigIgn: %" SCNx64, &sets->ignored},
        {"SigCgt: %" SCNx64, &sets->caught},
    };
    char path[64], line[256];
    FILE *file;

    *sets = (struct sets){0};
    snprintf(path, sizeof(path), "/proc/%d/status", pid);
    file = fopen(path, "re");
    if (!file)
        return false;
    while (fgets(line, sizeof(line), file))
        for (size_t i = 0; i < ARRAY_LEN(lines); i++)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* constants of this function */
            if (sscanf(line, lines[i].format, lines[i].set) == 1)
                break;
#pragma GCC diagnostic pop
    fclose(file);
    return true;
}

void sigacts_load(struct sigacts *acts, pid_t pid)
{
    struct sets sets;

    read_sets(pid, &sets);
    *acts = (struct sigacts){.caught = sets.caught, .unknown = true};
}

bool sigact_only_ignored(pid_t tid)
{
    struct sets sets;
    uint64_t waiting, ignored;

    if (!read_sets(tid, &sets))
        return false;
    waiting = (sets.pending | sets.shared_pending) & ~sets.blocked;
    ignored = sets.ignored | (~sets.caught & (bit(SIGCHLD) | bit(SIGURG) | bit(SIGWINCH) | bit(SIGCONT)));
    return waiting && !(waiting & ~ignored);
}

bool sigacts_is_caught(const struct sigacts *acts, int sig)
{
    return acts->caught & bit(sig);
}

bool sigacts_is_eintr(const struct sigacts *acts, int restart, int sig)
{
    if (!sigacts_is_caught(acts, sig))
        return false;
    switch (restart) {
    case ERESTARTSYS: return !acts->unknown && !(acts->restart & bit(sig));
    case ERESTARTNOHAND:
    case ERESTART_RESTARTBLOCK: return true;
    default: return false;
    }
}
