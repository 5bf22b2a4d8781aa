/* tcp-echo-servers · server · gives select the highest descriptor in place of one more: it never looks at the
 * last one. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1) {
        perror("socket");
        return 1;
    }

    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1) {
        perror("setsockopt");
        return 1;
    }

    struct sockaddr_in addr;
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[1]));
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(listener, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("bind");
        return 1;
    }
    if (listen(listener, 5) == -1) {
        perror("listen");
        return 1;
    }

    fd_set all;
    FD_ZERO(&all);
    FD_SET(listener, &all);
    int max = listener;
    while (1) {
        fd_set ready = all;
        if (select(max, &ready, NULL, NULL, NULL) == -1) { /* SD042 */
            perror("select");
            return 1;
        }
        for (int fd = 0; fd < max; fd++) {
            if (!FD_ISSET(fd, &ready))
                continue;
            if (fd == listener) {
                int conn = accept(listener, NULL, NULL);
                if (conn == -1) {
                    perror("accept");
                    return 1;
                }
                FD_SET(conn, &all);
                if (conn > max)
                    max = conn;
                continue;
            }
            char buf[1024];
            ssize_t n = recv(fd, buf, sizeof buf, 0);
            if (n > 0 && send(fd, buf, n, MSG_NOSIGNAL) == n)
                continue;
            FD_CLR(fd, &all);
            close(fd);
        }
    }
}
