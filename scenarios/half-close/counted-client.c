/* half-close/counted-client.c: says two lines, says that this was all, and hears how many bytes it was. */
#include <arpa/inet.h>
#include <netinet/in.h>
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
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");

    static const char first[] = "what was said\n", second[] = "is counted\n";
    send_all(server, first, sizeof first - 1);
    send_all(server, second, sizeof second - 1);

    /* close() would end both directions, and the answer would find nobody. */
    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");

    char piece[64];
    ssize_t got;
    while ((got = recv(server, piece, sizeof piece, 0)) > 0)
        fwrite(piece, 1, (size_t)got, stdout);
    if (got == -1)
        die("recv");
    close(server);
    return 0;
}
