/* listen-opens/listen-opens.c: connects to its own socket, bound only and then listening; both ends are in
 * one process. */
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

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(argv[1])),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };

    int listener = stream();
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");

    /* The port is taken, but nobody listens at it yet. */
    int early = stream();
    if (connect(early, (struct sockaddr *)&here, sizeof here) == 0 || errno != ECONNREFUSED) {
        fprintf(stderr, "connect was not refused\n");
        return 1;
    }
    close(early); /* a socket whose connect failed is of no more use */

    if (listen(listener, 4) == -1)
        die("listen");
    int client = stream();
    if (connect(client, (struct sockaddr *)&here, sizeof here) == -1)
        die("connect");
    if (send(client, "hello\n", 6, MSG_NOSIGNAL) != 6)
        die("send");

    /* Only now does the program ask for the connection that the kernel has made. */
    int conn = accept(listener, NULL, NULL);
    if (conn == -1)
        die("accept");
    char text[6];
    if (recv(conn, text, sizeof text, MSG_WAITALL) != sizeof text)
        die("recv");
    close(conn);
    close(client);
    close(listener);
    return 0;
}
