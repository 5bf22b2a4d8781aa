/* connect-nonblocking · client · takes POLLOUT for success: it never asks for SO_ERROR. */
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

/* What became of a connect that was not waited for: 0, or its error. */
static int outcome(const struct sockaddr_in *there)
{
    int sock = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (sock == -1)
        die("socket");
    if (connect(sock, (const struct sockaddr *)there, sizeof *there) == -1 && errno != EINPROGRESS)
        die("connect");

    struct pollfd over = {.fd = sock, .events = POLLOUT};
    while (poll(&over, 1, 1000) != 1)
        if (errno != EINTR)
            die("poll");

    close(sock);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s ADDRESS PORT\n", argv[0]);
        return 2;
    }
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(argv[2]))};
    if (inet_pton(AF_INET, argv[1], &there.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", argv[1]);
        return 2;
    }
    printf("the server: %s\n", strerror(outcome(&there)));

    struct sockaddr_in nobody = {
        .sin_family = AF_INET,
        .sin_port = htons(1),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1),
    };
    printf("nobody: %s\n", strerror(outcome(&nobody)));
    return 0;
}
