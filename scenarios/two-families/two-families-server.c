/* two-families/two-families-server.c: a listener for IPv4 and one for IPv6, on the same port; which is made
 * first makes no difference (`six-first`). */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
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

static int send_all(int conn, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(conn, bytes, len, MSG_NOSIGNAL);
        if (sent == -1)
            return -1;
        bytes += sent;
        len -= (size_t)sent;
    }
    return 0;
}

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

/* A listener for one family alone. */
static int make_listener(const struct sockaddr *here, socklen_t len)
{
    /* Non-blocking: between poll's answer and accept the client may be gone again. */
    int listener = socket(here->sa_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (listener == -1)
        die("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    /* Otherwise :: stands for every IPv4 address too, and finds the port taken. */
    if (here->sa_family == AF_INET6 && setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) == -1)
        die("setsockopt");
    if (bind(listener, here, len) == -1)
        die("bind");
    if (listen(listener, 16) == -1)
        die("listen");
    return listener;
}

static void serve_next(int listener)
{
    int conn = accept(listener, NULL, NULL);
    if (conn == -1) {
        if (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED)
            return;
        die("accept");
    }
    echo(conn);
    if (close(conn) == -1)
        perror("close");
}

int main(int argc, char **argv)
{
    int six_first = argc == 3 && strcmp(argv[2], "six-first") == 0;
    if (argc != 2 && !six_first) {
        fprintf(stderr, "usage: %s PORT [six-first]\n", argv[0]);
        return 2;
    }
    in_port_t port = htons((in_port_t)atoi(argv[1]));
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = port, .sin_addr.s_addr = htonl(INADDR_ANY)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = port, .sin6_addr = IN6ADDR_ANY_INIT};

    /* Waiting in accept for the one would mean not to hear the other. */
    struct pollfd listeners[] = {{.events = POLLIN}, {.events = POLLIN}};
    for (int i = 0; i < 2; i++)
        listeners[i].fd = i == six_first ? make_listener((struct sockaddr *)&four, sizeof four)
                                         : make_listener((struct sockaddr *)&six, sizeof six);
    for (;;) {
        if (poll(listeners, 2, -1) == -1) {
            if (errno == EINTR)
                continue;
            die("poll");
        }
        for (int i = 0; i < 2; i++)
            if (listeners[i].revents)
                serve_next(listeners[i].fd);
    }
}
