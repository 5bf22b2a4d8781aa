/* tests/live/daemon.c: forks twice and lets the first process go; the daemon speaks once that one has ended.
 */
#include "probe.h"

#include <sys/wait.h>

int main(void)
{
    int alive[2], pair[2], status = 0;
    char byte;
    pid_t pid;

    probe_need(pipe(alive) == 0, "pipe");
    pid = fork();
    if (pid > 0) {
        probe_need(waitpid(pid, &status, 0) == pid, "waitpid");
        printf("started, status %d\n", WEXITSTATUS(status));
        return 3;
    }
    setsid();
    if (fork() > 0)
        _exit(0);
    close(alive[1]);
    if (read(alive[0], &byte, 1) != 0) /* its other end closes with the first process */
        _exit(1);
    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    probe_need(send(pair[0], "x", 1, 0) == 1 && recv(pair[1], &byte, 1, 0) == 1, "send");
    printf("the daemon is done\n");
    return 0;
}
