/* half-close · client · shuts down both directions, and with them the one that brings the answer. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void send_all(int sock, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(sock, bytes, len, MSG_NOSIGNAL);
        if (n == -1) {
            perror("send");
            exit(1);
        }
        bytes += n;
        len -= n;
    }
}

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

    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (sock == -1) {
        perror("socket");
        return 1;
    }
    if (connect(sock, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("connect");
        return 1;
    }

    send_all(sock, "what was said\n", 14);
    send_all(sock, "is counted\n", 11);
    if (shutdown(sock, SHUT_RDWR) == -1) {
        perror("shutdown");
        return 1;
    }

    char buf[64];
    ssize_t n;
    while ((n = recv(sock, buf, sizeof buf, 0)) > 0)
        fwrite(buf, 1, n, stdout);
    if (n == -1) {
        perror("recv");
        return 1;
    }
    close(sock);
    return 0;
}
