/* tests/live/probe_pidfd.c: pidfd_getfd: references to sockets of this process and of another. */
#include "probe.h"

#include <sys/wait.h>

static int get(int pidfd, int target)
{
    int fd = -1;

    CALL(fd = (int)syscall(SYS_pidfd_getfd, pidfd, target, 0), "pidfd_getfd(%d, %d, 0)", pidfd, target);
    return fd;
}

/* Closed where it could be had at all. */
static void use(int fd)
{
    if (fd < 0)
        return;
    CALL(send(fd, "x", 1, MSG_NOSIGNAL), "sendto(%d, \"x\", 1, MSG_NOSIGNAL, NULL, 0)", fd);
    probe_close(fd);
    CALL(write(fd, "x", 1), "write(%d, \"x\", 1)", fd);
}

static void own(int sock)
{
    int pidfd = (int)syscall(SYS_pidfd_open, getpid(), 0), file;

    probe_need(pidfd >= 0, "pidfd_open");
    use(get(pidfd, sock));
    file = get(pidfd, 0); /* no socket: nothing is told of it */
    close(file);
    get(pidfd, 99);
    get(pidfd, -1);
    CALL(syscall(SYS_pidfd_getfd, pidfd, sock, 5), "pidfd_getfd(%d, %d, 0x5)", pidfd, sock);
    get(sock, sock);
    get(-1, sock);
    close(pidfd);
}

/* The child has a socket that nobody else has, until the last pipe's end is closed. */
static _Noreturn void child(int ready, int end)
{
    int sock = -1;
    char byte;

    CALL(sock = socket(AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    fflush(stdout);
    probe_need(write(ready, &sock, sizeof sock) == sizeof sock, "write");
    while (read(end, &byte, 1) > 0)
        continue;
    _exit(0);
}

static void of_child(void)
{
    int ready[2], end[2], pidfd, target = -1;
    pid_t pid;

    probe_need(pipe(ready) == 0 && pipe(end) == 0, "pipe");
    fflush(stdout);
    pid = fork();
    probe_need(pid >= 0, "fork");
    if (!pid) {
        close(end[1]);
        child(ready[1], end[0]);
    }
    probe_need(read(ready[0], &target, sizeof target) == sizeof target, "read");
    pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    probe_need(pidfd >= 0, "pidfd_open");
    use(get(pidfd, target));
    close(end[1]);
    waitpid(pid, NULL, 0);
    get(pidfd, target);
}

int main(void)
{
    int pair[2], pidfd = (int)syscall(SYS_pidfd_open, getpid(), 0);

    if (pidfd < 0)
        probe_nothing_to_do("there is no pidfd_open");
    close(pidfd);
    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    own(pair[0]);
    of_child();
    probe_close(pair[0]);
    probe_close(pair[1]);
    return 0;
}
