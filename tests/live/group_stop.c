/* tests/live/group_stop.c: a parent stops and continues its child, and tells what waitpid said. */
#include "probe.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

static void *also_wait(void *arg)
{
    char byte;

    recv(*(int *)arg, &byte, 1, 0);
    return NULL;
}

/* A second thread, so that the whole group has to stop; then it answers each byte. */
static int child(int fd)
{
    int idle[2];
    pthread_t thread;
    char byte;

    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, idle) == 0, "socketpair");
    probe_need(pthread_create(&thread, NULL, also_wait, &idle[0]) == 0, "pthread_create");
    while (recv(fd, &byte, 1, 0) == 1)
        send(fd, &byte, 1, 0);
    return 5;
}

static void told(pid_t pid, const char *after)
{
    int status = 0;

    probe_need(waitpid(pid, &status, WUNTRACED | WCONTINUED) == pid, "waitpid");
    if (WIFSTOPPED(status))
        printf("after %s: stopped by %s\n", after, sigabbrev_np(WSTOPSIG(status)));
    else if (WIFCONTINUED(status))
        printf("after %s: continued\n", after);
    else if (WIFEXITED(status))
        printf("after %s: exited with %d\n", after, WEXITSTATUS(status));
    else
        printf("after %s: killed by %s\n", after, sigabbrev_np(WTERMSIG(status)));
}

/* Is an answer there within `ms`? A stopped child must give none. With poll, which goes on after a signal
 * that is ignored; a recv with SO_RCVTIMEO ends with EINTR for it under any tracer, since the kernel keeps
 * ignored signals for tracers. */
static const char *answers(int fd, int ms)
{
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    char byte;

    return poll(&wait, 1, ms) == 1 && recv(fd, &byte, 1, 0) == 1 ? "answers" : "is silent";
}

int main(void)
{
    int pair[2];
    pid_t pid;

    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    pid = fork();
    if (pid == 0) {
        close(pair[0]);
        _exit(child(pair[1]));
    }
    close(pair[1]);
    send(pair[0], "a", 1, 0);
    printf("running, it %s\n", answers(pair[0], 5000));
    kill(pid, SIGSTOP);
    told(pid, "SIGSTOP");
    send(pair[0], "b", 1, 0);
    printf("stopped, it %s\n", answers(pair[0], 200));
    kill(pid, SIGCONT);
    told(pid, "SIGCONT");
    printf("continued, it %s\n", answers(pair[0], 5000));
    shutdown(pair[0], SHUT_WR);
    told(pid, "the end of the stream");
    return 0;
}
