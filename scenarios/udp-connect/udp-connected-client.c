/* udp-connect/udp-connected-client.c: asks over a connected socket, and prints the answer. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
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
    if (connect(sock, (struct sockaddr *)&server, sizeof server) == -1)
        die("connect");

    static const char question[] = "ping\n";
    if (send(sock, question, sizeof question - 1, 0) == -1)
        die("send");
    char answer[512];
    ssize_t got = recv(sock, answer, sizeof answer, 0);
    if (got == -1) {
        if (errno == EAGAIN) /* what a receive time-out is called */
            fprintf(stderr, "no answer within %ld s\n", (long)limit.tv_sec);
        else
            perror("recv"); /* ECONNREFUSED: nobody has that port */
        return 1;
    }
    printf("%.*s", (int)got, answer);
    if (close(sock) == -1)
        die("close");
    return 0;
}
