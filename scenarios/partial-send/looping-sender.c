/* partial-send/looping-sender.c: sends a megabyte in blocking calls that wait no longer than a moment each,
 * and hears how much arrived. */
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

/* A blocking send() waits until there is room for everything, but a signal or its time limit may end that
 * before: then it says how much it has taken, or fails with EAGAIN (its time is up) or EINTR (a signal) if
 * that was nothing. Whatever it was, the rest goes on from there. */
static void send_all(int server, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(server, bytes, len, MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes += sent;
            len -= (size_t)sent;
        } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
            die("send");
        }
    }
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
    send_all(server, bytes, sizeof bytes);
    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");
    print_answer(server);
    close(server);
    return 0;
}
