/* tests/live/exec_thread.c: a thread that is not the first calls execve while others sit in recv: it takes
 * over the pid. */
#include "probe.h"

#include <fcntl.h>
#include <pthread.h>

static int pair[2];

static void *wait_for_ever(void *arg)
{
    char byte;

    recv(pair[1], &byte, 1, 0);
    return arg;
}

static void *replace(void *arg)
{
    char pid[16], fd[16], gone[16];

    snprintf(pid, sizeof pid, "%d", getpid());
    snprintf(fd, sizeof fd, "%d", pair[0]);
    snprintf(gone, sizeof gone, "%d", pair[1]);
    execl("/proc/self/exe", "exec_thread", pid, fd, gone, (char *)NULL);
    perror("execl");
    return arg;
}

/* What is left of the first program: its pid, and the descriptors that exec did not close. */
static int after(char **argv)
{
    int kept = atoi(argv[2]), gone = atoi(argv[3]);

    printf("same pid: %s\n", getpid() == atoi(argv[1]) ? "yes" : "no");
    printf("the only thread: %s\n", gettid() == getpid() ? "yes" : "no");
    printf("kept: %s\n", send(kept, "x", 1, MSG_NOSIGNAL) == 1 ? "sent" : strerrorname_np(errno));
    printf("closed by exec: %s\n", send(gone, "x", 1, MSG_NOSIGNAL) == 1 ? "sent" : strerrorname_np(errno));
    return 7;
}

int main(int argc, char **argv)
{
    pthread_t thread;

    if (argc == 4)
        return after(argv);
    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    probe_need(dup(pair[1]) >= 0, "dup");
    probe_need(fcntl(pair[1], F_SETFD, FD_CLOEXEC) == 0, "fcntl");
    for (int i = 0; i < 3; i++)
        probe_need(pthread_create(&thread, NULL, wait_for_ever, NULL) == 0, "pthread_create");
    probe_need(pthread_create(&thread, NULL, replace, NULL) == 0, "pthread_create");
    for (;;)
        pause();
}
