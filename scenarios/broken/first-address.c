/* next-address · client · tries the first address that getaddrinfo gives, and gives up. */
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    struct addrinfo hints, *res;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    int err = getaddrinfo(NULL, argv[1], &hints, &res);
    if (err) {
        fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(err));
        return 1;
    }

    int sock = socket(res->ai_family, res->ai_socktype, res->ai_protocol);
    if (sock == -1) {
        perror("socket");
        return 1;
    }
    if (connect(sock, res->ai_addr, res->ai_addrlen) == -1) { /* SD049 */
        perror("connect");
        return 1;
    }
    freeaddrinfo(res);

    if (send(sock, "ping\n", 5, MSG_NOSIGNAL) != 5) {
        perror("send");
        return 1;
    }
    if (shutdown(sock, SHUT_WR) == -1) {
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
