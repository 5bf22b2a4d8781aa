/* udp-refused · both · sends twice without looking at what send returns: the error that was meant for recv is
 * taken, and gone. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    struct sockaddr_in addr;
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[1]));
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

    struct timeval tv = {.tv_usec = 50000};
    char buf[64];

    int open = socket(AF_INET, SOCK_DGRAM, 0);
    if (open == -1 || setsockopt(open, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv) == -1) {
        perror("socket");
        return 1;
    }
    if (sendto(open, "anybody?\n", 9, 0, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("sendto");
        return 1;
    }
    if (recv(open, buf, sizeof buf, 0) == -1)
        perror("recv");
    close(open);

    int conn = socket(AF_INET, SOCK_DGRAM, 0);
    if (conn == -1 || setsockopt(conn, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv) == -1) {
        perror("socket");
        return 1;
    }
    if (connect(conn, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("connect");
        return 1;
    }
    send(conn, "anybody?\n", 9, 0);
    send(conn, "anybody?\n", 9, 0);
    if (recv(conn, buf, sizeof buf, 0) == -1)
        perror("recv");
    close(conn);
    return 0;
}
