/* partial-send · client · takes a send that did not fail for one that has sent everything. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { MEGABYTE = 1048576 };

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void print_answer(int server)
{
    char piece[64];
    ssize_t got;
    while ((got = recv(server, piece, sizeof piece, 0)) > 0)
        fwrite(piece, 1, (size_t)got, stdout);
    if (got == -1)
        die("recv");
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
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server == -1)
        die("socket");
    int size = 65536; /* a small buffer, so that a megabyte does not fit; left alone it grows as needed */
    if (setsockopt(server, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) == -1)
        die("setsockopt");
    struct timeval limit = {.tv_usec = 50000}; /* each send may wait so long */
    if (setsockopt(server, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == -1)
        die("setsockopt");
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");
    static char bytes[MEGABYTE];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = "0123456789abcdef"[i % 16];
    if (send(server, bytes, sizeof bytes, MSG_NOSIGNAL) == -1)
        die("send");
    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");
    print_answer(server);
    close(server);
    return 0;
}
