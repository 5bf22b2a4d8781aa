/* socketpair · both · asks for a pair of internet sockets: Linux has pairs of Unix-domain sockets only. */
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int pair[2];
    if (socketpair(AF_INET, SOCK_STREAM, 0, pair) == -1) {
        perror("socketpair");
        return 1;
    }

    pid_t child = fork();
    if (child == -1) {
        perror("fork");
        return 1;
    }
    char buf[64];
    if (child == 0) {
        close(pair[0]);
        while (recv(pair[1], buf, sizeof buf, 0) > 0)
            continue;
        if (send(pair[1], "pong\n", 5, MSG_NOSIGNAL) == -1)
            perror("send");
        close(pair[1]);
        return 0;
    }
    close(pair[1]);
    if (send(pair[0], "ping\n", 5, MSG_NOSIGNAL) == -1)
        perror("send");
    shutdown(pair[0], SHUT_WR);
    while (recv(pair[0], buf, sizeof buf, 0) > 0)
        continue;
    close(pair[0]);
    wait(NULL);
    return 0;
}
