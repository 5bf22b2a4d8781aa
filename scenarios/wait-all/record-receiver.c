/* wait-all/record-receiver.c: receives records of twelve bytes, each by one call that waits for all. */
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

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    int listener = listening(argv[1]);
    int conn = accepted(listener);

    /* MSG_WAITALL waits until the buffer is full, and spares a loop. Still the result has to be looked at:
     * at the end of the stream, at an error or when a signal comes it returns with what there is. */
    enum { RECORD = 12 };
    char record[RECORD];
    ssize_t got;
    while ((got = recv(conn, record, RECORD, MSG_WAITALL)) == RECORD)
        send_all(conn, "ok\n", 3);
    if (got == -1)
        die("recv");
    if (got > 0)
        fprintf(stderr, "the last record has %zd bytes only\n", got);

    if (close(conn) == -1)
        die("close");
    if (close(listener) == -1)
        die("close");
    return 0;
}
