/* tests/live/signals.c: signals arrive as often, with the facts, and in the order in which they would without
 * a tracer. */
#include "probe.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/wait.h>

static sigjmp_buf back;
static volatile sig_atomic_t traps;

static void count_trap(int signo)
{
    traps += signo == SIGTRAP;
}

static void jump_back(int signo)
{
    siglongjmp(back, signo);
}

/* One SIGCHLD for each child, since each is waited for before the next is made. */
static void children(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    for (int i = 0; i < 5; i++) {
        struct timespec limit = {.tv_sec = 5};
        siginfo_t info;
        pid_t pid = fork();

        if (pid == 0) {
            if (i == 3)
                kill(getpid(), SIGKILL);
            _exit(i);
        }
        probe_need(sigtimedwait(&set, &info, &limit) == SIGCHLD, "sigtimedwait");
        printf("SIGCHLD: code %d status %d, of the right child: %s\n", info.si_code, info.si_status,
               info.si_pid == pid ? "yes" : "no");
        waitpid(pid, NULL, 0);
    }
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* Real-time signals queue up, each with its value. */
static void queued(void)
{
    sigset_t set;
    siginfo_t info;
    struct timespec limit = {.tv_sec = 5};

    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN);
    sigprocmask(SIG_BLOCK, &set, NULL);
    for (int i = 0; i < 4; i++)
        sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = i * 11});
    for (int i = 0; i < 4; i++)
        if (sigtimedwait(&set, &info, &limit) == SIGRTMIN)
            printf("SIGRTMIN: value %d code %d\n", info.si_value.sival_int, info.si_code);
}

/* A tracer's own stops are SIGTRAPs; the program's must still reach it. */
static void faults(void)
{
    volatile char *nowhere = probe_nowhere();
    int signo;

    signal(SIGTRAP, count_trap);
    raise(SIGTRAP);
    kill(getpid(), SIGTRAP);
    printf("SIGTRAP handled %d times\n", (int)traps);
    signal(SIGSEGV, jump_back);
    if ((signo = sigsetjmp(back, 1)) == 0)
        *nowhere = 1;
    printf("jumped out of SIG%s\n", sigabbrev_np(signo));
    signal(SIGTERM, SIG_IGN);
    raise(SIGTERM);
    printf("SIGTERM passed over\n");
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    children();
    queued();
    faults();
    return 0;
}
