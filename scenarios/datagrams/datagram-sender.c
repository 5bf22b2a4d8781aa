/* datagrams/datagram-sender.c: six datagrams, one of them empty. */
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

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock == -1)
        die("socket");

    /* No loop for the rest: a datagram is sent whole, or not at all. */
    static const char *const words[] = {"one\n",          "two\n",          "",
                                        "a long story\n", "a long story\n", "the end\n"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (sendto(sock, words[i], strlen(words[i]), 0, (struct sockaddr *)&there, sizeof there) == -1)
            die("sendto");
    if (close(sock) == -1)
        die("close");
    return 0;
}
