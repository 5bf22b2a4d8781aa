/* dora: one process, all clients at once. */
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 64 };

int main(int argc, char **argv)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argc > 1 ? argv[1] : "0"))};
    struct pollfd fds[MOST];
    int one = 1, n = 1;

    fds[0] = (struct pollfd){.fd = socket(AF_INET, SOCK_STREAM, 0), .events = POLLIN};
    setsockopt(fds[0].fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fds[0].fd, (struct sockaddr *)&here, sizeof here) < 0 || listen(fds[0].fd, MOST) < 0) {
        perror("server");
        return 1;
    }
    while (poll(fds, (nfds_t)n, -1) > 0) {
        for (int i = n - 1; i > 0; i--) {
            char buf[2048];
            ssize_t got;

            if (!fds[i].revents)
                continue;
            got = recv(fds[i].fd, buf, sizeof buf, 0);
            if (got > 0 && send(fds[i].fd, buf, (size_t)got, MSG_NOSIGNAL) == got)
                continue;
            close(fds[i].fd);
            fds[i] = fds[--n];
        }
        if ((fds[0].revents & POLLIN) && n < MOST) {
            int conn = accept(fds[0].fd, NULL, NULL);

            if (conn >= 0)
                fds[n++] = (struct pollfd){.fd = conn, .events = POLLIN};
        }
    }
    return 1;
}
