/* engine/stop.h: what waitpid(2) said of a traced task, as one enum. */
#ifndef ENGINE_STOP_H
#define ENGINE_STOP_H

#include <sys/types.h>

/* Sources: ptrace(2), "Stopped states" and "PTRACE_SEIZE". In brackets: how the task goes on. */
enum stop_kind {
    STOP_EXITED,  /* gone: `value` is the exit status */
    STOP_KILLED,  /* gone: `value` is the signal */
    STOP_SYSCALL, /* before or after a system call, or picked by the filter: PTRACE_GET_SYSCALL_INFO tells
                     [on] */
    STOP_FORK,    /* fork, vfork, clone: `value` is the new tid, `forked` says which [on] */
    STOP_EXEC,    /* `value` is the tid that the caller had before [on] */
    STOP_DYING,   /* PTRACE_EVENT_EXIT: `value` is the wait status to come [on] */
    STOP_GROUP,   /* job control: every thread of the process is stopped [listen, until SIGCONT] */
    STOP_TRAP,    /* the first stop of a new task, or PTRACE_INTERRUPT [on] */
    STOP_SIGNAL,  /* about to be delivered: `value` is the signal [on, with it] */
};

struct stop {
    enum stop_kind kind;
    pid_t tid;
    long value;
    int forked; /* STOP_FORK: PTRACE_EVENT_FORK, _VFORK or _CLONE */
};

/* Read a wait status. Asks the kernel for the event message where the kind has one; a task killed meanwhile
 * gives 0. */
struct stop stop_read(pid_t tid, int status);

#endif
