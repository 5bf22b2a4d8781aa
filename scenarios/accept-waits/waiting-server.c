/* accept-waits/waiting-server.c: accepts with a time-out, without waiting (or that first: `at-once`), and
 * waiting for as long as it takes. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void set_timeout(int sock, suseconds_t micros)
{
    struct timeval limit = {.tv_usec = micros}; /* 0: no limit */
    if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == -1)
        die("setsockopt");
}

static void set_nonblocking(int sock, int on)
{
    int flags = fcntl(sock, F_GETFL);
    if (flags == -1)
        die("fcntl");
    if (fcntl(sock, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK) == -1)
        die("fcntl");
}

/* Nobody is in the queue: accept says so with EAGAIN (EWOULDBLOCK is the same number). */
static void find_nobody(int listener)
{
    if (accept(listener, NULL, NULL) != -1 || errno != EAGAIN) {
        fprintf(stderr, "accept did not find an empty queue\n");
        exit(1);
    }
}

static void find_nobody_in_time(int listener)
{
    set_timeout(listener, 50000);
    find_nobody(listener);
    set_timeout(listener, 0);
}

static void find_nobody_at_once(int listener)
{
    set_nonblocking(listener, 1);
    find_nobody(listener);
    set_nonblocking(listener, 0);
}

int main(int argc, char **argv)
{
    int at_once_first = argc == 3 && strcmp(argv[2], "at-once") == 0;
    if (argc != 2 && !at_once_first) {
        fprintf(stderr, "usage: %s PORT [at-once]\n", argv[0]);
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

    if (at_once_first)
        find_nobody_at_once(listener);
    find_nobody_in_time(listener);
    if (!at_once_first)
        find_nobody_at_once(listener);

    int conn;
    while ((conn = accept(listener, NULL, NULL)) == -1)
        if (errno != EINTR)
            die("accept");
    char none;
    if (recv(conn, &none, 1, 0) != 0)
        die("recv");
    close(conn);
    close(listener);
    return 0;
}
