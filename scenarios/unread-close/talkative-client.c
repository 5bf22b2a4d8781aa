/* unread-close/talkative-client.c: says two lines at once, to a server that answers one, and sees how the
 * connection ends. Does so twice. */
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

static void talk(const struct sockaddr_in *there)
{
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server == -1)
        die("socket");
    if (connect(server, (const struct sockaddr *)there, sizeof *there) == -1)
        die("connect");
    static const char lines[] = "ping\nmore\n";
    if (send(server, lines, sizeof lines - 1, MSG_NOSIGNAL) != (ssize_t)sizeof lines - 1) /* there is room */
        die("send");

    char piece[64];
    ssize_t got;
    while ((got = recv(server, piece, sizeof piece, 0)) > 0)
        fwrite(piece, 1, (size_t)got, stdout);
    if (got == 0)
        printf("the end\n");
    else if (errno == ECONNRESET)
        printf("reset\n");
    else
        die("recv");
    close(server);
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
    talk(&there);
    talk(&there);
    return 0;
}
