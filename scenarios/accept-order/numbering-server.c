/* accept-order/numbering-server.c: tells each client which number it has: 1, 2, 3. */
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

/* The one that has waited longest is the next. */
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

    for (int number = 1; number <= 3; number++) {
        int conn = accept_one(listener);
        char text[32];
        int len = snprintf(text, sizeof text, "you are number %d\n", number);
        if (send(conn, text, (size_t)len, MSG_NOSIGNAL) != len) /* so few bytes have room */
            die("send");
        close(conn);
    }
    close(listener);
    return 0;
}
