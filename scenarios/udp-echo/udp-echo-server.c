/* udp-echo/udp-echo-server.c: sends each datagram back to where it came from. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
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
        .sin_port = htons((in_port_t)atoi(argv[1])), /* ports and addresses travel in network byte order */
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    if (bind(sock, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");

    /* No connections: one socket serves all clients, and each datagram says whom to answer. */
    for (;;) {
        static char datagram[65536]; /* the largest that there is: what doesn't fit would be lost */
        struct sockaddr_in client;
        socklen_t len = sizeof client; /* set anew each time: recvfrom overwrites it */

        ssize_t got = recvfrom(sock, datagram, sizeof datagram, 0, (struct sockaddr *)&client, &len);
        if (got == -1)
            die("recvfrom");
        /* A datagram is sent whole or not at all; that one answer can't be sent is no reason to stop. */
        if (sendto(sock, datagram, (size_t)got, 0, (struct sockaddr *)&client, len) == -1)
            perror("sendto");
    }
}
