/* udp-connect · client · takes the first datagram that comes for the answer, whoever sent it. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s ADDRESS PORT\n", argv[0]);
        return 2;
    }

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock == -1) {
        perror("socket");
        return 1;
    }

    struct sockaddr_in addr;
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[2]));
    if (inet_pton(AF_INET, argv[1], &addr.sin_addr) != 1) {
        fprintf(stderr, "wrong address: %s\n", argv[1]);
        return 2;
    }

    if (sendto(sock, "ping\n", 5, 0, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("sendto");
        return 1;
    }
    char buf[512];
    ssize_t n = recvfrom(sock, buf, sizeof buf, 0, NULL, NULL);
    if (n == -1) {
        perror("recvfrom");
        return 1;
    }
    printf("%.*s", (int)n, buf);

    close(sock);
    return 0;
}
