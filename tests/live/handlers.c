/* tests/live/handlers.c: a handler that is there only once (SA_RESETHAND), and one that is left by
 * siglongjmp(3): what becomes of the call that they interrupt. */
#include "probe.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>

static int pair[2];
static sigjmp_buf again;
static volatile sig_atomic_t jumps;

static void nothing(int signo)
{
    (void)signo;
}

/* SIGURG's default is to be ignored, so the second one interrupts nothing. */
static void once(void)
{
    struct sigaction action = {.sa_handler = nothing, .sa_flags = SA_RESETHAND};
    pid_t pid, self = getpid();
    char byte;

    probe_need(sigaction(SIGURG, &action, NULL) == 0, "sigaction");
    pid = fork();
    if (pid == 0) {
        for (int i = 0; i < 2; i++) {
            usleep(50000);
            kill(self, SIGURG);
        }
        usleep(50000);
        _exit(send(pair[1], "x", 1, 0) != 1);
    }
    for (int i = 0; i < 2; i++)
        printf("once: %zd\n", recv(pair[0], &byte, 1, 0));
    waitpid(pid, NULL, 0);
}

static void jump(int signo)
{
    (void)signo;
    if (++jumps < 3)
        siglongjmp(again, 1);
    if (send(pair[1], "y", 1, 0) != 1)
        _exit(1);
}

/* Two calls are given up, the third goes on after its handler. */
static void jumping(void)
{
    struct sigaction action = {.sa_handler = jump, .sa_flags = SA_RESTART};
    struct itimerval timer = {.it_value.tv_usec = 50000, .it_interval.tv_usec = 50000}, off = {0};
    ssize_t got;
    char byte;

    probe_need(sigaction(SIGALRM, &action, NULL) == 0 && setitimer(ITIMER_REAL, &timer, NULL) == 0,
               "setitimer");
    sigsetjmp(again, 1);
    got = recv(pair[0], &byte, 1, 0);
    setitimer(ITIMER_REAL, &off, NULL);
    printf("jumping: %zd after %d signals\n", got, (int)jumps);
}

int main(void)
{
    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    setvbuf(stdout, NULL, _IONBF, 0);
    once();
    jumping();
    return 0;
}
