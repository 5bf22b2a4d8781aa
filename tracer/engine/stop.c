/* engine/stop.c: wait status → enum. */
#include "engine/stop.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

static const struct {
    int event;
    enum stop_kind kind;
} event_stops[] = {
    {PTRACE_EVENT_FORK, STOP_FORK}, {PTRACE_EVENT_VFORK, STOP_FORK}, {PTRACE_EVENT_CLONE, STOP_FORK},
    {PTRACE_EVENT_EXEC, STOP_EXEC}, {PTRACE_EVENT_EXIT, STOP_DYING}, {PTRACE_EVENT_SECCOMP, STOP_SYSCALL},
};

/* A task that is killed goes on to PTRACE_EVENT_EXIT by itself, and the message is that one's then. */
static long event_message(pid_t tid, int event)
{
    unsigned long message = 0;
    siginfo_t now;

    if (ptrace(PTRACE_GETEVENTMSG, tid, 0, &message) == -1)
        return 0;
    if (event == PTRACE_EVENT_EXIT)
        return (long)message;
    if (ptrace(PTRACE_GETSIGINFO, tid, 0, &now) == -1 || now.si_code != (SIGTRAP | event << 8))
        return 0;
    return (long)message;
}

struct stop stop_read(pid_t tid, int status)
{
    struct stop stop = {.tid = tid};
    int event = status >> 16, sig;

    if (WIFEXITED(status)) {
        stop.kind = STOP_EXITED;
        stop.value = WEXITSTATUS(status);
        return stop;
    }
    if (WIFSIGNALED(status)) {
        stop.kind = STOP_KILLED;
        stop.value = WTERMSIG(status);
        return stop;
    }
    sig = WSTOPSIG(status);
    if (event == PTRACE_EVENT_STOP) {
        stop.kind = sig == SIGTRAP ? STOP_TRAP : STOP_GROUP;
        return stop;
    }
    for (size_t i = 0; i < sizeof(event_stops) / sizeof(event_stops[0]); i++) {
        if (event_stops[i].event != event)
            continue;
        stop.kind = event_stops[i].kind;
        stop.forked = event;
        if (stop.kind != STOP_SYSCALL)
            stop.value = event_message(tid, event);
        return stop;
    }
    if (sig == (SIGTRAP | 0x80)) {
        stop.kind = STOP_SYSCALL;
        return stop;
    }
    stop.kind = STOP_SIGNAL;
    stop.value = sig;
    return stop;
}
