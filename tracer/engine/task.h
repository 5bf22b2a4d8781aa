/* engine/task.h: the threads and processes under trace, and the calls that they are in. */
#ifndef ENGINE_TASK_H
#define ENGINE_TASK_H

#include "base/intmap.h"
#include "decode/decode.h"
#include "engine/sigact.h"

#include <stdbool.h>
#include <sys/types.h>

/* What was changed of a call, until it returns: a word of memory, or, without a width, an argument. */
struct change {
    uint64_t addr, was;
    unsigned arg;
    uint8_t width;
};

/* A call from its entry to its completion. Interrupted calls wait, newest first, to be restarted or to fail
 * with EINTR. */
struct pending {
    struct pending *next;
    struct arena arena; /* of the event and its values */
    const struct call *call;
    struct rawcall raw;
    uint64_t arg0;       /* as the register has it: `raw` may be of a call that this one carries */
    uint64_t nr, ip, sp; /* number, instruction and stack pointer: a restart has all three again */
    int restart;         /* 0, or the ERESTART* number that the kernel keeps to itself */
    bool on_socket;      /* one of its file descriptors was a socket when it was entered */
    unsigned depth;      /* handlers that ran when it was interrupted: it goes on where there are no more */
    uint64_t carried_at; /* where the arguments are, of a call that another one carries; 0: in registers */
    bool is_directed;    /* engine_opts.direct has been asked about it */
    struct inject inject;
    struct change changes[2];
    unsigned nchanges;
    bool is_skipped; /* it is not made: the program sees `result` */
    int64_t result;
    struct event event;
};

/* What the threads of a process share. */
struct proc {
    pid_t pid;
    unsigned tasks;   /* that have not yet told that they are dying */
    unsigned members; /* that have not yet been waited for */
    char *role;
    bool every_call; /* stops at every call: its own seccomp filter, a socket on fd 0-2, or it was attached */
    bool foreign_told; /* the trace says that its calls of another architecture are not decoded */
    bool attached;     /* not ours to kill */
    bool leaving;      /* its tasks are detached, each in its next stop */
    int pidfd;         /* for pidfd_getfd(2); -1: not opened */
    uint64_t timer_ns; /* a timer of its own may send it a signal until then (clock_mono_ns); UINT64_MAX: for
                          ever */
    struct sigacts sigacts;
    struct image *image; /* what is mapped into it, for engine/stack.c; NULL: not looked at yet */
};

struct task {
    pid_t tid;
    struct proc *proc; /* NULL: seen before the fork that made it was, and held (engine/birth.c) */
    uint64_t held_ns;  /* … since then */
    int held_status;   /* … with this wait status */
    bool in_call;      /* between the entry and the exit of a call that stops at both */
    bool told_dying;
    bool left;                 /* detached */
    bool held;                 /* in the stop before its current call, until engine_release */
    struct pending *current;   /* the call that it is in, where that is of interest */
    struct pending *suspended; /* interrupted by signals, newest first */
    unsigned handlers;         /* of signals, that have been entered and not returned from */
    const struct watch *watch; /* the watched call that it is in */
    uint64_t watch_args[6];
    enum abi watch_abi;
    const char *lost;                 /* set by a watch: what the trace must admit */
    uint64_t clone_flags;             /* of the clone or clone3 that it is in */
    uint64_t clone3_at, clone3_flags; /* where CLONE_UNTRACED was taken out of its memory; 0: nowhere */
};

struct tasks {
    struct intmap by_tid;
    struct pending *free_pendings; /* kept for the next call, arenas included */
};

/* NULL where the tid is unknown. */
struct task *tasks_get(const struct tasks *tasks, pid_t tid);

/* A task without process; owned by `tasks`. */
struct task *tasks_add(struct tasks *tasks, pid_t tid);

/* A process without tasks, owned by its tasks from the first task_join on. `role` is copied. */
struct proc *proc_new(pid_t pid, const char *role);
void task_join(struct task *task, struct proc *proc);

/* One member less; frees the process with its last. */
void proc_leave(struct proc *proc);

/* Forget it, its pending calls, and its process where it was the last. */
void tasks_remove(struct tasks *tasks, struct task *task);

/* Let a stopped task go on, delivering `sig` (0: none): to its next stop, and that of every call where it
 * must be. Where its process is leaving it is detached. */
void task_resume(struct task *task, int sig);

/* A task in a STOP_GROUP: it stays there until SIGCONT, and that is told. */
void task_stay_stopped(struct task *task);

/* Every task of the process stops at every call from now on; `stopped` (NULL: none) is in a stop already. */
void tasks_watch_every_call(struct tasks *tasks, struct proc *proc, const struct task *stopped);

/* The state letter of proc(5), '?' where it can't be had. */
char task_state(const struct task *task);

/* An empty pending call; goes back with pending_put. */
struct pending *pending_get(struct tasks *tasks);
void pending_put(struct tasks *tasks, struct pending *pending);

void tasks_release(struct tasks *tasks);

#endif
