/* lines/line-client.c: sends three lines, cut in other places than where they end, and prints the answers. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
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

static void send_all(int server, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(server, bytes, len, MSG_NOSIGNAL);
        if (sent == -1)
            die("send");
        bytes += sent;
        len -= (size_t)sent;
    }
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
    int on = 1; /* each piece is to go out at once, not to be gathered with the next (Nagle's algorithm) */
    if (setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == -1)
        die("setsockopt");
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");

    static const char *const pieces[] = {"first li", "ne\nsecond\nth", "ird\n"};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++)
        send_all(server, pieces[i], strlen(pieces[i]));
    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");

    char answer[256];
    ssize_t got;
    while ((got = recv(server, answer, sizeof answer, 0)) > 0)
        if (fwrite(answer, 1, (size_t)got, stdout) != (size_t)got)
            die("stdout");
    if (got == -1)
        die("recv");
    if (close(server) == -1)
        die("close");
    return 0;
}
