/* udp-connect/udp-two-answers.c: answers from a socket that nobody asked, and then from the one that was. */
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

static void answer(int sock, const char *words, const struct sockaddr_in *client)
{
    if (sendto(sock, words, strlen(words), 0, (const struct sockaddr *)client, sizeof *client) == -1)
        die("sendto");
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

    char question[512];
    struct sockaddr_in client;
    socklen_t len = sizeof client;
    if (recvfrom(sock, question, sizeof question, 0, (struct sockaddr *)&client, &len) == -1)
        die("recvfrom");

    int stranger = socket(AF_INET, SOCK_DGRAM, 0);
    if (stranger == -1)
        die("socket");
    answer(stranger, "wrong\n", &client);
    answer(sock, "right\n", &client);

    if (close(stranger) == -1)
        die("close");
    if (close(sock) == -1)
        die("close");
    return 0;
}
