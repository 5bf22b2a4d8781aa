/* tests/bench/bare.c: bare COMMAND…: a ptrace loop that stops at the entry and the exit of every call and
 * does nothing else: the floor under any tracer that works by stops.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static void resume(pid_t tid, int status)
{
    int sig = WSTOPSIG(status), event = status >> 16;

    if (event == PTRACE_EVENT_STOP && sig != SIGTRAP) /* a group-stop: it stays stopped */
        ptrace(PTRACE_LISTEN, tid, 0, 0);
    else
        ptrace(PTRACE_SYSCALL, tid, 0, event || sig == (SIGTRAP | 0x80) ? 0 : sig);
}

int main(int argc, char **argv)
{
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
                   PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
    int status, ended = 0;
    pid_t first, tid;

    if (argc < 2) {
        fprintf(stderr, "usage: %s COMMAND [ARGUMENT...]\n", argv[0]);
        return 2;
    }
    first = fork();
    if (first == 0) {
        raise(SIGSTOP);
        execvp(argv[1], argv + 1);
        perror(argv[1]);
        _exit(127);
    }
    if (first == -1 || waitpid(first, &status, WUNTRACED) != first ||
        ptrace(PTRACE_SEIZE, first, 0, options) == -1) {
        perror("cannot trace");
        return 3;
    }
    kill(first, SIGCONT);
    while ((tid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
        if (tid > 0 && WIFSTOPPED(status))
            resume(tid, status);
        else if (tid == first)
            ended = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return ended;
}
