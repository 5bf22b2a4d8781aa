/* unix-abstract · client · gives the size of the whole struct: the name then ends with 90 NULs, and nobody
 * has that one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s @NAME\n", argv[0]);
        return 2;
    }

    int sock = socket(AF_UNIX, SOCK_STREAM, 0);
    if (sock == -1) {
        perror("socket");
        return 1;
    }

    struct sockaddr_un addr;
    memset(&addr, 0, sizeof addr);
    addr.sun_family = AF_UNIX;
    strncpy(addr.sun_path, argv[1], sizeof addr.sun_path - 1);
    addr.sun_path[0] = '\0';
    if (connect(sock, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("connect");
        return 1;
    }

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
