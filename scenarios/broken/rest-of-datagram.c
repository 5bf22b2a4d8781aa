/* datagrams · server · receives the rest of a long datagram with a second call, as if it were a stream. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
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
    addr.sin_port = htons(atoi(argv[1]));
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(sock, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("bind");
        return 1;
    }

    char buf[64];
    for (int i = 0; i < 3; i++) {
        if (recvfrom(sock, buf, sizeof buf, 0, NULL, NULL) == -1) {
            perror("recvfrom");
            return 1;
        }
    }

    /* "a long story\n": its first four bytes, then the other nine */
    if (recvfrom(sock, buf, 4, 0, NULL, NULL) == -1) { /* SD043 */
        perror("recvfrom");
        return 1;
    }
    if (recvfrom(sock, buf + 4, 9, 0, NULL, NULL) == -1) {
        perror("recvfrom");
        return 1;
    }
    printf("%.13s", buf);

    close(sock);
    return 0;
}
