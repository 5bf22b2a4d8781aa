/* no-boundaries/pieces-receiver.c: lets all bytes come in, and only then takes them out, in pieces of its
 * own. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* POLLRDHUP: the other end has shut down its half. What it sent before is in our receive buffer by then,
 * since a stream keeps its order. */
static void wait_for_the_end(int conn)
{
    struct pollfd watched = {.fd = conn, .events = POLLRDHUP};

    while (poll(&watched, 1, -1) == -1)
        if (errno != EINTR)
            die("poll");
}

/* One recv with room for `len` bytes. Here we know that so many wait; in general it may return fewer, and
 * nothing says that they are what a single send sent. */
static void expect(int conn, const char *bytes, size_t len)
{
    char piece[64];
    ssize_t got = recv(conn, piece, len, 0);

    if (got == -1)
        die("recv");
    if ((size_t)got != len || memcmp(piece, bytes, len) != 0) {
        fprintf(stderr, "expected \"%s\"\n", bytes);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    int listener = socket(AF_INET, SOCK_STREAM, 0);
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
    if (listen(listener, 4) == -1)
        die("listen");
    int conn = accept(listener, NULL, NULL);
    if (conn == -1)
        die("accept");

    wait_for_the_end(conn);
    expect(conn, "hello world\n", 12); /* sent as "hello " and "world\n" */
    expect(conn, "good", 4);           /* sent as "goodbye\n" */
    expect(conn, "bye\n", 4);
    char none;
    if (recv(conn, &none, 1, 0) != 0) { /* 0: the end of the stream, and only then */
        fprintf(stderr, "more came than was expected\n");
        return 1;
    }

    if (close(conn) == -1)
        die("close");
    if (close(listener) == -1)
        die("close");
    return 0;
}
