/* tests/live/sigkill.c: a child is killed in the middle of recv, then the program kills itself. */
#include "probe.h"

#include <signal.h>
#include <sys/wait.h>

int main(void)
{
    int pair[2], status = 0;
    char byte;
    pid_t pid;

    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    pid = fork();
    if (pid == 0) {
        close(pair[1]);
        send(pair[0], "r", 1, 0);
        recv(pair[0], &byte, 1, 0);
        _exit(1);
    }
    close(pair[0]);
    probe_need(recv(pair[1], &byte, 1, 0) == 1, "recv");
    usleep(50000);
    kill(pid, SIGKILL);
    probe_need(waitpid(pid, &status, 0) == pid, "waitpid");
    printf("killed by %d\n", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    printf("its socket is closed: %s\n", recv(pair[1], &byte, 1, 0) == 0 ? "yes" : "no");
    fflush(stdout);
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}
