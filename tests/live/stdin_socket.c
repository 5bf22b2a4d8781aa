/* tests/live/stdin_socket.c: sockets on the descriptors 0 to 2, which a tracer would like not to look at. */
#include "probe.h"

#include <sys/wait.h>

int main(void)
{
    int pair[2], status = 0;
    pid_t pid;
    char text[16] = "";

    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    pid = fork();
    if (pid == 0) {
        dup2(pair[1], 0);
        dup2(pair[1], 1);
        close(pair[0]);
        close(pair[1]);
        execlp("sh", "sh", "-c", "read word && echo \"got $word\"", (char *)NULL);
        _exit(127);
    }
    close(pair[1]);
    probe_need(write(pair[0], "inetd\n", 6) == 6, "write");
    probe_need(waitpid(pid, &status, 0) == pid, "waitpid");
    probe_need(read(pair[0], text, sizeof text - 1) > 0, "read");
    printf("child ended with %d: %s", WEXITSTATUS(status), text);
    return 0;
}
