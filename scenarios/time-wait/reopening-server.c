/* time-wait/reopening-server.c: ends its one connection first, closes all, and opens its port as a new
 * program would: with one more socket for each try. `prepared` sets SO_REUSEADDR from the first try on. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
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

/* A listener at the port; -1: its address is in use. */
static int open_port(const char *port, int reuse)
{
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(port)),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (sock == -1)
        die("socket");
    if (reuse && setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse) == -1)
        die("setsockopt");
    if (bind(sock, (struct sockaddr *)&here, sizeof here) == -1) {
        if (errno != EADDRINUSE)
            die("bind");
        close(sock);
        return -1;
    }
    if (listen(sock, 4) == -1)
        die("listen");
    return sock;
}

int main(int argc, char **argv)
{
    if (argc != 2 && (argc != 3 || strcmp(argv[2], "prepared") != 0)) {
        fprintf(stderr, "usage: %s PORT [prepared]\n", argv[0]);
        return 2;
    }
    int listener = open_port(argv[1], 1);
    if (listener == -1) {
        fprintf(stderr, "port %s is in use\n", argv[1]);
        return 1;
    }
    int conn = accept(listener, NULL, NULL);
    if (conn == -1)
        die("accept");
    close(listener);
    close(
        conn); /* the client says nothing, so nothing is left unread, and this ends the connection in order */

    int again = open_port(argv[1], argc == 3);
    if (again == -1)
        again = open_port(argv[1], 1);
    if (again == -1) {
        fprintf(stderr, "port %s is still in use\n", argv[1]);
        return 1;
    }
    close(again);
    return 0;
}
