/* urgent/urgent-receiver.c: an urgent byte takes back all that was said before it. What comes behind it is
 * answered. */
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

static int listening(const char *port)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(port)),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 4) == -1)
        die("listen");
    return listener;
}

static int accepted(int listener)
{
    int conn;

    /* A client that gave up meanwhile, or a signal: the next may come. */
    while ((conn = accept(listener, NULL, NULL)) == -1)
        if (errno != EINTR && errno != ECONNABORTED)
            die("accept");
    return conn;
}

/* send() may take fewer bytes than it was given: go on with the rest until all are sent. */
static void send_all(int sock, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(sock, bytes, len, MSG_NOSIGNAL);
        if (sent == -1)
            die("send");
        bytes += sent;
        len -= (size_t)sent;
    }
}

/* The urgent byte does not wait behind the others: it is here, although nothing was received yet. */
static void take_urgent(int conn)
{
    char urgent;

    if (recv(conn, &urgent, 1, MSG_OOB) == -1)
        die("recv");
    fprintf(stderr, "urgent: '%c'\n", urgent);
}

/* One recv never goes beyond the mark, the place in the stream where the urgent byte was sent. */
static void discard_to_mark(int conn)
{
    char piece[64];
    ssize_t got = 1;
    int there;

    while (got > 0 && (there = sockatmark(conn)) == 0)
        got = recv(conn, piece, sizeof piece, 0);
    if (got == -1)
        die("recv");
    if (there == -1)
        die("sockatmark");
}

static void echo(int conn)
{
    char piece[64];
    ssize_t got;

    while ((got = recv(conn, piece, sizeof piece, 0)) > 0)
        send_all(conn, piece, (size_t)got);
    if (got == -1)
        die("recv");
}

int main(int argc, char **argv)
{
    int is_inline = argc == 3 && strcmp(argv[2], "inline") == 0;
    if (argc != 2 && !is_inline) {
        fprintf(stderr, "usage: %s PORT [inline]\n", argv[0]);
        return 2;
    }

    int listener = listening(argv[1]);
    int conn = accepted(listener);
    /* The urgent byte stays where it was sent, the first one at the mark, and MSG_OOB is not needed. */
    if (is_inline && setsockopt(conn, SOL_SOCKET, SO_OOBINLINE, &is_inline, sizeof is_inline) == -1)
        die("setsockopt");

    struct pollfd news = {.fd = conn, .events = POLLPRI}; /* POLLIN would be for all other bytes */
    if (poll(&news, 1, -1) == -1)
        die("poll");
    if (!is_inline)
        take_urgent(conn);
    discard_to_mark(conn);
    echo(conn);

    if (close(conn) == -1)
        die("close");
    if (close(listener) == -1)
        die("close");
    return 0;
}
