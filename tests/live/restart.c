/* tests/live/restart.c: what a signal does to a call that waits: EINTR or a restart, as sigaction(2) and
 * signal(7) say. */
#include "probe.h"

#include <poll.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>

static int pair[2];
static volatile sig_atomic_t ticks;

/* From the second tick on there is something to receive. */
static void tick(int signo)
{
    (void)signo;
    if (++ticks == 2 && send(pair[1], "late", 4, 0) != 4)
        _exit(1);
}

static void arm(int flags)
{
    struct sigaction action = {.sa_handler = tick, .sa_flags = flags};
    struct itimerval timer = {.it_value.tv_usec = 60000, .it_interval.tv_usec = 60000};

    ticks = 0;
    probe_need(sigaction(SIGALRM, &action, NULL) == 0 && setitimer(ITIMER_REAL, &timer, NULL) == 0,
               "setitimer");
}

static void receive(const char *how)
{
    char text[8];
    ssize_t got = recv(pair[0], text, sizeof text, 0);
    int error = errno;
    struct itimerval off = {0};

    setitimer(ITIMER_REAL, &off, NULL);
    printf("%s: %s after %d ticks\n", how, got == 4 ? "4 bytes" : strerrorname_np(error), (int)ticks);
}

/* A stop and a continuation without a handler: no call ends early, poll goes on with the time that is left.
 */
static void stop_and_continue(void)
{
    pid_t pid = fork();
    int status = 0;

    if (pid == 0) {
        struct pollfd fd = {.fd = pair[0], .events = POLLPRI};
        int ready = poll(&fd, 1, 300);

        _exit(ready == 0 ? 0 : ready == -1 ? errno : 255);
    }
    usleep(60000);
    kill(pid, SIGSTOP);
    probe_need(waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status), "stop");
    kill(pid, SIGCONT);
    probe_need(waitpid(pid, &status, 0) == pid, "waitpid");
    printf("poll across a stop: %s\n",
           WEXITSTATUS(status) == 0 ? "timed out" : strerrorname_np(WEXITSTATUS(status)));
}

int main(void)
{
    struct timeval limit = {.tv_sec = 5};

    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    arm(SA_RESTART);
    receive("SA_RESTART");
    arm(0);
    receive("no SA_RESTART");
    probe_need(setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0, "setsockopt");
    arm(SA_RESTART);
    receive("SA_RESTART with SO_RCVTIMEO");
    fflush(stdout);
    stop_and_continue();
    return 0;
}
