/* time-wait/restarting-server.c: ends its one connection first, and then wants its port again. */
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

static int stream(void)
{
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (sock == -1)
        die("socket");
    return sock;
}

static void reuse_address(int sock)
{
    int on = 1;
    if (setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
}

/* The server has nothing to say. It ends its half first, and so it is its end that goes to TIME_WAIT. */
static void serve_one(int listener)
{
    int conn = accept(listener, NULL, NULL);
    if (conn == -1)
        die("accept");
    if (shutdown(conn, SHUT_WR) == -1)
        die("shutdown");
    char none;
    if (recv(conn, &none, 1, 0) != 0)
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

    int old = stream();
    reuse_address(old);
    if (bind(old, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(old, 4) == -1)
        die("listen");
    serve_one(old);
    close(old);

    /* What a restarted server does. The listener is gone; the connection in TIME_WAIT still holds the port.
     * That can't be counted on: a packet that comes late may end TIME_WAIT early (RFC 1337). */
    int new = stream();
    if (bind(new, (struct sockaddr *)&here, sizeof here) == 0) {
        close(new);
        new = stream();
    } else if (errno != EADDRINUSE) {
        die("bind");
    }
    reuse_address(new);
    if (bind(new, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(new, 4) == -1)
        die("listen");
    close(new);
    return 0;
}
