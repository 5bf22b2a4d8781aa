/* udp-echo/udp-echo-client.c: sends the datagram "ping\n" and expects it back. */
#include <arpa/inet.h>
#include <errno.h>
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

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s ADDRESS PORT\n", argv[0]);
        return 2;
    }

    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(argv[2]))};
    if (inet_pton(AF_INET, argv[1], &server.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", argv[1]);
        return 2;
    }

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock == -1)
        die("socket");

    /* Datagrams get lost, and nobody tells: never wait for one without a limit. */
    struct timeval limit = {.tv_sec = 2};
    if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == -1)
        die("setsockopt");

    static const char message[] = "ping\n";
    const size_t len = sizeof message - 1;
    if (sendto(sock, message, len, 0, (struct sockaddr *)&server, sizeof server) == -1)
        die("sendto");

    char answer[512];
    struct sockaddr_in from;
    socklen_t from_len = sizeof from;
    ssize_t got = recvfrom(sock, answer, sizeof answer, 0, (struct sockaddr *)&from, &from_len);
    if (got == -1) {
        if (errno == EAGAIN) /* what a receive time-out is called */
            fprintf(stderr, "no answer from %s within %ld s\n", argv[1], (long)limit.tv_sec);
        else
            perror("recvfrom");
        return 1;
    }
    /* Anybody can send a datagram to our port: look who it was. */
    if (from.sin_addr.s_addr != server.sin_addr.s_addr || from.sin_port != server.sin_port) {
        fprintf(stderr, "a stranger answered\n");
        return 1;
    }
    if ((size_t)got != len || memcmp(answer, message, len) != 0) {
        fprintf(stderr, "the server answered something else\n");
        return 1;
    }
    if (close(sock) == -1)
        die("close");
    return 0;
}
