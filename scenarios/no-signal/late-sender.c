/* no-signal/late-sender.c: sends to a server that is gone, with a signal or without. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
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

static int connected(const char *address, const char *port)
{
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(port))};
    if (inet_pton(AF_INET, address, &there.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", address);
        exit(2);
    }

    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server == -1)
        die("socket");
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");
    return server;
}

/* Which flags say how the end of the connection is to be told? 0 leaves it to the signal. */
static int flags_for(const char *way)
{
    if (strcmp(way, "signal") == 0)
        return 0;
    if (strcmp(way, "nosignal") == 0)
        return MSG_NOSIGNAL; /* for this one call; other libraries in the program notice nothing */
    if (strcmp(way, "ignore") == 0) {
        signal(SIGPIPE, SIG_IGN); /* for the whole program: for write too, and for pipes */
        return 0;
    }
    fprintf(stderr, "no way to hear of it: %s\n", way);
    exit(2);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s ADDRESS PORT signal|nosignal|ignore\n", argv[0]);
        return 2;
    }

    int flags = flags_for(argv[3]);
    int server = connected(argv[1], argv[2]);
    char none;
    ssize_t got = recv(server, &none, 1, 0);
    if (got == -1)
        die("recv");
    if (got != 0) {
        fprintf(stderr, "the server has something to say\n");
        return 1;
    }

    /* The end of its stream says only that the server will send no more. It could still receive, so this one
     * is taken, and sent. But there is no socket any more: a reset comes back. */
    if (send(server, "ping\n", 5, flags) == -1)
        die("send");
    struct pollfd reset = {.fd = server}; /* POLLHUP and POLLERR need not be asked for */
    if (poll(&reset, 1, -1) == -1)
        die("poll");

    /* Now the kernel knows, and no byte is sent: -1 with EPIPE, and SIGPIPE, which ends a program that has
     * said nothing else about it. It gets no time to look at the result. */
    if (send(server, "ping\n", 5, flags) != -1 || errno != EPIPE) {
        fprintf(stderr, "who took that?\n");
        return 1;
    }
    fprintf(stderr, "the server is gone\n");
    if (close(server) == -1)
        die("close");
    return 0;
}
