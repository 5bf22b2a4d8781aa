/* no-signal/goodbye-server.c: takes so many connections, one after the other, and closes each at once. */
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

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s PORT CONNECTIONS\n", argv[0]);
        return 2;
    }

    int listener = listening(argv[1]);
    for (int left = atoi(argv[2]); left > 0; left--)
        if (close(accepted(listener)) == -1)
            die("close");
    if (close(listener) == -1)
        die("close");
    return 0;
}
