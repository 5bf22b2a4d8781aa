/* live/ignored.c: signals that nobody handles must not end a wait: a tracer is shown them, and the kernel
 * then wakes the call. Prints how each wait ended; under a tracer that is the same. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child that sends SIGURG, SIGWINCH and SIGUSR1 (ignored), ends (SIGCHLD), but first writes a byte, late.
 */
static pid_t disturber(int fd)
{
    pid_t pid = fork();

    if (pid == 0) {
        for (int i = 0; i < 5; i++) {
            usleep(10000);
            kill(getppid(), i % 2 ? SIGURG : SIGWINCH);
            kill(getppid(), SIGUSR1);
        }
        if (fork() == 0)
            _exit(0);
        wait(NULL);
        _exit(write(fd, "x", 1) != 1);
    }
    return pid;
}

static void end(const char *what, long got, int error, pid_t pid)
{
    int status;

    waitpid(pid, &status, 0);
    printf("%s: %ld %s\n", what, got, got < 0 ? strerror(error) : "");
}

int main(void)
{
    struct timeval limit = {.tv_sec = 10};
    struct epoll_event event = {.events = EPOLLIN};
    int pair[2], epoll = epoll_create1(0);
    char byte;
    pid_t pid;
    long got;

    signal(SIGUSR1, SIG_IGN);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 ||
        epoll_ctl(epoll, EPOLL_CTL_ADD, pair[0], &event) < 0 ||
        setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) < 0)
        return 1;
    fflush(stdout);
    pid = disturber(pair[1]);
    got = epoll_wait(epoll, &event, 1, 10000);
    end("epoll_wait", got, errno, pid);
    got = recv(pair[0], &byte, 1, 0);
    printf("recv: %ld\n", got);
    fflush(stdout);
    pid = disturber(pair[1]);
    got = recv(pair[0], &byte, 1, 0);
    end("recv with a time limit", got, errno, pid);
    return 0;
}
