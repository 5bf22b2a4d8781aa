/* accept-order · server · fills its list from the end, and so the last that came is number 1. */
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
    if (listen(listener, 16) == -1)
        die("listen");

    int waiting[3];
    for (int i = 2; i >= 0; i--)
        waiting[i] = accept_one(listener);

    for (int i = 0; i < 3; i++) {
        char text[32];
        int len = snprintf(text, sizeof text, "you are number %d\n", i + 1);
        if (send(waiting[i], text, (size_t)len, MSG_NOSIGNAL) != len)
            die("send");
        close(waiting[i]);
    }
    close(listener);
    return 0;
}
