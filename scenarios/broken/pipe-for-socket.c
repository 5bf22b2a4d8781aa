/* not-a-socket · both · sends on a pipe, and looks at no result. */
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    char buf[5];
    int ends[2];
    if (pipe(ends) == -1) {
        perror("pipe");
        return 1;
    }

    send(ends[1], "ping\n", 5, MSG_NOSIGNAL);
    recv(ends[0], buf, sizeof buf, 0);
    send(ends[1], "pong\n", 5, MSG_NOSIGNAL);
    recv(ends[0], buf, sizeof buf, 0);

    close(ends[0]);
    close(ends[1]);
    return 0;
}
