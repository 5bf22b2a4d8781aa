/* tests/live/vfork.c: vfork holds the parent until the child has replaced itself; both then use sockets. */
#include "probe.h"

#include <sys/wait.h>

int main(int argc, char **argv)
{
    int pair[2], status = 0;
    char text[8] = "";

    if (argc == 2)
        return send(atoi(argv[1]), "child", 5, 0) == 5 ? 3 : 4;
    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    for (int i = 0; i < 5; i++) {
        char fd[16];
        pid_t pid;

        snprintf(fd, sizeof fd, "%d", pair[1]);
        pid = vfork();
        if (pid == 0) {
            execl("/proc/self/exe", argv[0], fd, (char *)NULL);
            _exit(127);
        }
        probe_need(pid > 0 && waitpid(pid, &status, 0) == pid, "vfork");
        probe_need(recv(pair[0], text, 5, 0) == 5, "recv");
        printf("%s ended with %d\n", text, WEXITSTATUS(status));
    }
    return 0;
}
