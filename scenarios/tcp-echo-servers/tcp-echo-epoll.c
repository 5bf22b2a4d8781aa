/* tcp-echo-servers/tcp-echo-epoll.c: the kernel keeps the list of sockets, and epoll_wait() tells of those
 * that have something to read, for as long as they have (level-triggered). */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int send_all(int conn, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(conn, bytes, len, MSG_NOSIGNAL);
        if (sent == -1)
            return -1;
        bytes += sent;
        len -= (size_t)sent;
    }
    return 0;
}

/* One recv, no loop: what it leaves behind, the next epoll_wait tells again. False at the end. */
static int echo_once(int conn)
{
    char piece[4096];
    ssize_t got = recv(conn, piece, sizeof piece, 0);

    if (got == -1)
        perror("recv");
    if (got <= 0)
        return 0;
    if (send_all(conn, piece, (size_t)got) == -1) {
        perror("send");
        return 0;
    }
    return 1;
}

static void watch(int epoll, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd}; /* `data` comes back from epoll_wait */

    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == -1)
        die("epoll_ctl");
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    /* Non-blocking: between epoll_wait's answer and accept the client may be gone again. */
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (listener == -1)
        die("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(argv[1])),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 16) == -1)
        die("listen");

    int epoll = epoll_create1(0);
    if (epoll == -1)
        die("epoll_create1");
    watch(epoll, listener);
    for (;;) {
        struct epoll_event ready[16];
        int n = epoll_wait(epoll, ready, 16, -1);
        if (n == -1) {
            if (errno == EINTR)
                continue;
            die("epoll_wait");
        }
        for (int i = 0; i < n; i++) {
            int fd = ready[i].data.fd;

            if (fd == listener) {
                int conn = accept(listener, NULL, NULL);
                if (conn == -1 && errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
                    die("accept");
                if (conn != -1)
                    watch(epoll, conn);
            } else if (!echo_once(fd)) {
                /* The last close of a socket takes it off the list. */
                if (close(fd) == -1)
                    perror("close");
            }
        }
    }
}
