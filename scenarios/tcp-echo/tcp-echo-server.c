/* tcp-echo/tcp-echo-server.c: sends back what each client sends, one client after the other. */
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

/* send() may take fewer bytes than it was given: go on with the rest until all are sent. */
static int send_all(int conn, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(conn, bytes, len, MSG_NOSIGNAL); /* gone clients: an error, no SIGPIPE */
        if (sent == -1)
            return -1;
        bytes += sent;
        len -= (size_t)sent;
    }
    return 0;
}

/* A stream has no messages, only bytes: whatever piece arrives goes back as it is. */
static void echo(int conn)
{
    char piece[4096];
    ssize_t got;

    while ((got = recv(conn, piece, sizeof piece, 0)) > 0)
        if (send_all(conn, piece, (size_t)got) == -1) {
            perror("send");
            return;
        }
    if (got == -1)
        perror("recv");
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

    /* Without this, a restarted server can't have its port back for a minute. */
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");

    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(argv[1])), /* ports and addresses travel in network byte order */
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 16) == -1)
        die("listen");

    for (;;) {
        int conn = accept(listener, NULL, NULL);
        if (conn == -1) {
            if (errno == EINTR || errno == ECONNABORTED) /* this one client is lost; the next may come */
                continue;
            die("accept");
        }
        echo(conn);
        if (close(conn) == -1)
            perror("close");
    }
}
