/* tcp-echo-servers · server · edge-triggered, and one recv for each event: what it leaves behind is not told
 * again. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
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

    int ep = epoll_create1(0);
    if (ep == -1) {
        perror("epoll_create1");
        return 1;
    }
    struct epoll_event ev = {.events = EPOLLIN, .data.fd = listener};
    if (epoll_ctl(ep, EPOLL_CTL_ADD, listener, &ev) == -1) {
        perror("epoll_ctl");
        return 1;
    }
    while (1) {
        if (epoll_wait(ep, &ev, 1, -1) == -1) {
            perror("epoll_wait");
            return 1;
        }
        if (ev.data.fd == listener) {
            int conn = accept(listener, NULL, NULL);
            if (conn == -1) {
                perror("accept");
                return 1;
            }
            ev.events = EPOLLIN | EPOLLET;
            ev.data.fd = conn;
            if (epoll_ctl(ep, EPOLL_CTL_ADD, conn, &ev) == -1) {
                perror("epoll_ctl");
                return 1;
            }
            continue;
        }
        char buf[2];
        ssize_t n = recv(ev.data.fd, buf, sizeof buf, 0); /* SD041 */
        if (n > 0 && send(ev.data.fd, buf, n, MSG_NOSIGNAL) == n)
            continue;
        close(ev.data.fd);
    }
}
