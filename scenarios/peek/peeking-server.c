/* peek/peeking-server.c: looks at the first byte of a connection to tell who is there, and leaves it where it
 * is. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
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

/* A piece of the stream at a time goes back. It knows nothing of the byte that was looked at before. */
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
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    int listener = listening(argv[1]);
    int conn = accepted(listener);

    /* MSG_PEEK: the byte is copied and stays in the receive buffer, for whoever will read the message. */
    char first;
    ssize_t got = recv(conn, &first, 1, MSG_PEEK);
    if (got == -1)
        die("recv");
    if (got == 1 && first == 'p')
        echo(conn);
    else if (got == 1)
        fprintf(stderr, "'%c': a client of another kind\n", first);

    if (close(conn) == -1)
        die("close");
    if (close(listener) == -1)
        die("close");
    return 0;
}
