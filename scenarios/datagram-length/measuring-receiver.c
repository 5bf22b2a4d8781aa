/* datagram-length/measuring-receiver.c: asks for the length of a datagram, and makes room for it. */
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

/* MSG_TRUNC: the result is the length of the datagram, not that of the part for which there was room. And
 * MSG_PEEK lets the datagram stay, so there need not be any room yet. */
static size_t next_length(int sock)
{
    ssize_t len = recv(sock, NULL, 0, MSG_PEEK | MSG_TRUNC);
    if (len == -1)
        die("recv");
    return (size_t)len;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock == -1)
        die("socket");
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(argv[1])),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    if (bind(sock, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");

    for (int is_last = 0; !is_last;) {
        size_t len = next_length(sock);
        char *datagram = malloc(len + 1); /* one more: the length may be 0 */
        if (datagram == NULL)
            die("malloc");
        ssize_t got = recvfrom(sock, datagram, len, 0, NULL, NULL);
        if (got == -1)
            die("recvfrom");
        fwrite(datagram, 1, (size_t)got, stdout);
        is_last = got == 8 && memcmp(datagram, "the end\n", 8) == 0;
        free(datagram);
    }

    if (close(sock) == -1)
        die("close");
    return 0;
}
