/* engine/engine.h: runs programs under ptrace(2) and emits what they say to the kernel. Linux only. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/err.h"
#include "event/sink.h"
#include "model/waits.h"

#include <sys/types.h>

struct engine;

/* What is to become of a call that a task is about to make. */
struct engine_order {
    bool hold; /* the task stays in the stop before it until engine_release */
    struct inject inject;
};

struct engine_opts {
    size_t snaplen;     /* bytes kept of each buffer */
    bool no_filter;     /* stop at every call: slower, but setuid programs run as they do untraced */
    bool no_kernel;     /* do not ask the kernel for the state of sockets */
    bool deny_io_uring; /* io_uring_setup(2) fails with ENOSYS, so that programs do their I/O in calls that
                           are seen */
    unsigned
        stacks;   /* with each call and signal the stack of the program, at most so many functions; 0: not */
    bool sources; /* where that is 0: with each call and signal its place in the program's own source */
    unsigned
        fail_read; /* for tests: that read of a tracee's memory fails, counted from 1 in each stop; 0: none */
    /*
     * Asked once about each call of the table that a program which the engine has started makes, before it
     * begins: `event` as a sink's `enter` gives it, socket and canonical form included. NULL: no call is held
     * or changed. The event of the call says what was put into it, where that could be done
     * (engine/inject.h).
     */
    struct engine_order (*direct)(void *arg, const struct event *event);
    void *direct_arg;
};

/* What a program is started with. fds of -1 are inherited. All borrowed during engine_spawn only. */
struct spawn {
    const char *role; /* copied */
    const char *path; /* the file to execute */
    char *const *argv;
    char *const *envp;
    int in_fd, out_fd, err_fd;
    bool own_group;      /* a process group of its own, so that it is not hit by the terminal's Ctrl-C */
    uint64_t file_limit; /* RLIMIT_FSIZE, in bytes; 0: as it is */
};

/* How a program that was started or attached ended. */
struct ending {
    bool ended;
    bool killed; /* by `status` as a signal, else it exited with it */
    int status;
};

enum engine_turn {
    ENGINE_WORKED, /* one or more stops were served */
    ENGINE_IDLE,   /* the deadline passed first */
    ENGINE_SIGNAL, /* a signal handler of the caller asked for attention (engine_wake) */
    ENGINE_DONE,   /* no traced task is left */
};

/* One at a time in a process (it uses SIGALRM and ITIMER_REAL). `sink` is borrowed; the caller calls its
 * begin and end. NULL with a message where this machine cannot trace. */
struct engine *engine_new(const struct engine_opts *opts, struct sink *sink, struct err *err);

/*
 * Ends tracing: kills (SIGKILL) and reaps what is left, detaches what was attached; calls that had not
 * returned are told as unfinished.
 */
void engine_finish(struct engine *engine);

/* engine_finish, where that has not been done, and frees. NULL is fine. */
void engine_free(struct engine *engine);

/* Starts a program, traced from its first instruction. The pid, or -1 with a message that names the program.
 */
pid_t engine_spawn(struct engine *engine, const struct spawn *spawn, struct err *err);

/* Traces a running process with all its threads. */
bool engine_attach(struct engine *engine, pid_t pid, struct err *err);

/* Serves stops until something was served, or `deadline_ns` (clock_mono_ns; 0: none) passes. */
enum engine_turn engine_turn(struct engine *engine, uint64_t deadline_ns);

/* Lets a held task go on with its call. Nothing happens where it is not held, or has been killed. */
void engine_release(struct engine *engine, pid_t tid);

/* Sends `sig` to every process of `role` (NULL: all that the engine started; attached ones are left alone).
 */
void engine_signal(struct engine *engine, const char *role, int sig);

/* Has every process a task that is in a stop, and waits to be served? So it is soon after a signal to all:
 * none of them sees any more what becomes of another by it. */
bool engine_all_stopped(const struct engine *engine);

/* How the program with this pid, as given by engine_spawn or engine_attach, ended. */
struct ending engine_ending(const struct engine *engine, pid_t pid);

/* Tasks of the role that are alive (NULL: all). */
size_t engine_alive(const struct engine *engine, const char *role);

/* true where every task of the role sleeps in the kernel (state S of proc(5)): none runs, or is stopped, or
 * about to. */
bool engine_sleeps(const struct engine *engine, const char *role);

/* The same of one task. */
bool engine_task_sleeps(const struct engine *engine, pid_t tid);

/*
 * What every task waits for at this moment, and their sockets, in `waits` (zeroed; the caller releases it).
 * false: one of them runs, or not all could be seen. On a task's own part WAIT_ELSE is what is not known to
 * be something better.
 */
bool engine_waits(struct engine *engine, struct waits *waits);

/* true where it has started a program that is still there: attached ones are not its to end. */
bool engine_owns_any(const struct engine *engine);

/* Emit an event of the caller's own (EVENT_ROLE) among the others: numbered, and dated now. */
void engine_tell(struct engine *engine, struct event *event);

/*
 * true where loading the filter will need no_new_privs (prctl(2)), which changes how setuid programs run:
 * without CAP_SYS_ADMIN (seccomp(2)), unless the tracer itself runs so already.
 */
bool engine_needs_no_new_privs(void);

/* Async-signal-safe: the running or next engine_turn returns ENGINE_SIGNAL, within 10 ms. */
void engine_wake(void);

#endif
