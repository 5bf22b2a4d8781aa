/* no-signal · careful · writes, as to a file: nothing keeps SIGPIPE away. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
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

    int sock = socket(AF_INET, SOCK_STREAM, 0);
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
    if (connect(sock, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("connect");
        return 1;
    }

    char buf[1024];
    if (recv(sock, buf, sizeof buf, 0) != 0) {
        perror("recv");
        return 1;
    }
    if (write(sock, "ping\n", 5) != 5) {
        perror("write");
        return 1;
    }
    struct pollfd gone = {.fd = sock};
    if (poll(&gone, 1, -1) == -1) {
        perror("poll");
        return 1;
    }
    if (write(sock, "ping\n", 5) == -1)
        perror("write");
    close(sock);
    return 0;
}
