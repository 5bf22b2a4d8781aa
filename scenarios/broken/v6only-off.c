/* two-families · server · forgets IPV6_V6ONLY: the IPv6 listener wants the port of IPv4 too, which is taken.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    int four = socket(AF_INET, SOCK_STREAM, 0);
    if (four == -1) {
        perror("socket");
        return 1;
    }

    int on = 1;
    if (setsockopt(four, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1) {
        perror("setsockopt");
        return 1;
    }

    struct sockaddr_in addr;
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[1]));
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(four, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("bind");
        return 1;
    }
    if (listen(four, 5) == -1) {
        perror("listen");
        return 1;
    }

    int six = socket(AF_INET6, SOCK_STREAM, 0);
    if (six == -1) {
        perror("socket");
        return 1;
    }
    if (setsockopt(six, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1) {
        perror("setsockopt");
        return 1;
    }
    struct sockaddr_in6 addr6;
    memset(&addr6, 0, sizeof addr6);
    addr6.sin6_family = AF_INET6;
    addr6.sin6_port = htons(atoi(argv[1]));
    addr6.sin6_addr = in6addr_any;
    if (bind(six, (struct sockaddr *)&addr6, sizeof addr6) == -1) { /* SD049 */
        perror("bind");
        return 1;
    }
    if (listen(six, 5) == -1) {
        perror("listen");
        return 1;
    }

    struct pollfd pfds[2] = {{.fd = four, .events = POLLIN}, {.fd = six, .events = POLLIN}};
    while (poll(pfds, 2, -1) != -1) {
        int conn = accept(pfds[0].revents ? four : six, NULL, NULL);
        if (conn == -1) {
            perror("accept");
            return 1;
        }

        char buf[1024];
        ssize_t n;
        while ((n = recv(conn, buf, sizeof buf, 0)) > 0) {
            if (send(conn, buf, n, MSG_NOSIGNAL) != n) {
                perror("send");
                return 1;
            }
        }
        if (n == -1)
            perror("recv");
        close(conn);
    }
    perror("poll");
    return 1;
}
