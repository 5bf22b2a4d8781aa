/* unread-close/hasty-server.c: answers the first line of each client and closes; with its first client in
 * haste, with the second one as it should. */
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

static int accept_one(int listener)
{
    for (;;) {
        int conn = accept(listener, NULL, NULL);
        if (conn != -1)
            return conn;
        if (errno != EINTR && errno != ECONNABORTED)
            die("accept");
    }
}

/* Takes one line, byte by byte so as to take no more, and answers it. */
static void answer(int conn)
{
    char byte;
    do {
        if (recv(conn, &byte, 1, 0) != 1)
            die("recv");
    } while (byte != '\n');
    static const char pong[] = "pong\n";
    if (send(conn, pong, sizeof pong - 1, MSG_NOSIGNAL) != (ssize_t)sizeof pong - 1) /* there is room */
        die("send");
}

/* First "I say no more", then whatever still comes, to its end: now nothing is unread. */
static void close_in_peace(int conn)
{
    if (shutdown(conn, SHUT_WR) == -1)
        die("shutdown");
    char rest[64];
    ssize_t got;
    while ((got = recv(conn, rest, sizeof rest, 0)) > 0)
        ;
    if (got == -1)
        die("recv");
    close(conn);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(argv[1])),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 4) == -1)
        die("listen");

    int conn = accept_one(listener);
    answer(conn);
    close(conn); /* the second line is there, and nobody has read it: TCP tells the client so */

    conn = accept_one(listener);
    answer(conn);
    close_in_peace(conn);

    close(listener);
    return 0;
}
