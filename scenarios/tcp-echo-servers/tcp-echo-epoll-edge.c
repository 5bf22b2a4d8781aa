/* tcp-echo-servers/tcp-echo-epoll-edge.c: epoll_wait() tells once of each change (edge-triggered), so that
 * every socket has to be worked on until it says EAGAIN. Nothing here waits but epoll_wait. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* A connection, and what of its bytes is not sent back yet: piece[done..got). */
struct conn {
    int fd;
    size_t done, got;
    char piece[4096];
};

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* Receive and send until one of them would have to wait; epoll_wait tells when it need not any more. False at
 * the end of the stream, or when the connection is broken. */
static int echo_all(struct conn *conn)
{
    for (;;) {
        ssize_t n;

        if (conn->done < conn->got)
            n = send(conn->fd, conn->piece + conn->done, conn->got - conn->done, MSG_NOSIGNAL);
        else
            n = recv(conn->fd, conn->piece, sizeof conn->piece, 0);

        if (n == -1 && errno == EAGAIN)
            return 1;
        if (n == -1 && errno == EINTR)
            continue;
        if (n == -1)
            perror("connection");
        if (n <= 0)
            return 0;
        if (conn->done < conn->got) {
            conn->done += (size_t)n;
        } else {
            conn->done = 0;
            conn->got = (size_t)n;
        }
    }
}

/* All that wait in the queue: of those left there, no one would tell again. */
static void accept_all(int epoll, int listener)
{
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK); /* it does not inherit the listener's flag */
        if (fd == -1 && errno == EAGAIN)
            return;
        if (fd == -1 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (fd == -1)
            die("accept4");

        struct conn *conn = calloc(1, sizeof *conn);
        if (!conn)
            die("calloc");
        conn->fd = fd;
        struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = conn};
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == -1)
            die("epoll_ctl");
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

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
    struct epoll_event clients = {.events = EPOLLIN | EPOLLET, .data.ptr = NULL}; /* NULL: the listener */
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &clients) == -1)
        die("epoll_ctl");
    for (;;) {
        struct epoll_event ready[16];
        int n = epoll_wait(epoll, ready, 16, -1);
        if (n == -1) {
            if (errno == EINTR)
                continue;
            die("epoll_wait");
        }
        for (int i = 0; i < n; i++) {
            struct conn *conn = ready[i].data.ptr;

            if (!conn) {
                accept_all(epoll, listener);
            } else if (!echo_all(conn)) {
                if (close(conn->fd) == -1)
                    perror("close");
                free(conn);
            }
        }
    }
}
