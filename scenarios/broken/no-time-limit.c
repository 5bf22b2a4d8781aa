/* lost-datagram · client · waits for the answer without a time limit. */
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

    struct sockaddr_in addr;
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[2]));
    if (inet_pton(AF_INET, argv[1], &addr.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", argv[1]);
        return 2;
    }

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock == -1) {
        perror("socket");
        return 1;
    }
    if (sendto(sock, "ping\n", 5, 0, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("sendto");
        return 1;
    }

    char answer[512];
    ssize_t n = recvfrom(sock, answer, sizeof answer, 0, NULL, NULL); /* SD044 */
    if (n == -1) {
        perror("recvfrom");
        return 1;
    }
    fwrite(answer, 1, n, stdout);
    close(sock);
    return 0;
}
