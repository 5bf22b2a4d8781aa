/* engine/sigact.h: what a process does with signals, as far as it decides whether an interrupted call is
 * restarted. */
#ifndef ENGINE_SIGACT_H
#define ENGINE_SIGACT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { SIGACT_MAX = 65 }; /* signal numbers below this */

struct sigacts {
    uint64_t caught;  /* bit n: signal n has a handler */
    uint64_t restart; /* bit n: … with SA_RESTART */
    uint64_t once;    /* bit n: … with SA_RESETHAND */
    bool unknown;     /* attached: handlers are known (/proc), their flags are not */
};

/* A successful rt_sigaction(2) whose new action began with these two words (struct kernel_sigaction). */
void sigacts_set(struct sigacts *acts, int sig, uint64_t handler, uint64_t flags);

/* The signal has been delivered. */
void sigacts_delivered(struct sigacts *acts, int sig);

/* exec(2): caught signals go back to their default. */
void sigacts_exec(struct sigacts *acts);

/* A process that was attached: SigCgt of /proc/PID/status. */
void sigacts_load(struct sigacts *acts, pid_t pid);

/* true where the signal has a handler. */
bool sigacts_is_caught(const struct sigacts *acts, int sig);

/*
 * Is every signal that waits for the task one that it ignores, or whose default is to be ignored (proc(5):
 * SigPnd, ShdPnd, SigBlk, SigIgn, SigCgt)? Untraced, such a signal is thrown away when it is sent; for a
 * tracer the kernel keeps it, and that ends calls with EINTR that would have gone on. false where no signal
 * waits.
 */
bool sigact_only_ignored(pid_t tid);

/*
 * A call was interrupted with the kernel's internal number `restart` (ERESTARTSYS 512 … 516) and `sig` is
 * delivered now. true where the program gets EINTR; false where the call goes on (signal(7), "Interruption of
 * system calls").
 */
bool sigacts_is_eintr(const struct sigacts *acts, int restart, int sig);

#endif
