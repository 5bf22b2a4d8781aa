/* dual-stack · server · sets IPV6_V6ONLY, as one does for two listeners, and has only one: IPv4 clients are
 * refused. */
#include <arpa/inet.h>
#include <netinet/in.h>
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

    int listener = socket(AF_INET6, SOCK_STREAM, 0);
    if (listener == -1) {
        perror("socket");
        return 1;
    }

    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1) {
        perror("setsockopt");
        return 1;
    }
    if (setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) == -1) {
        perror("setsockopt");
        return 1;
    }

    struct sockaddr_in6 addr;
    memset(&addr, 0, sizeof addr);
    addr.sin6_family = AF_INET6;
    addr.sin6_port = htons(atoi(argv[1]));
    addr.sin6_addr = in6addr_any;
    if (bind(listener, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("bind");
        return 1;
    }
    if (listen(listener, 5) == -1) {
        perror("listen");
        return 1;
    }

    while (1) {
        struct sockaddr_in6 client;
        socklen_t len = sizeof client;
        int conn = accept(listener, (struct sockaddr *)&client, &len);
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
}
