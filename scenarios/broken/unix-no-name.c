/* unix-datagram · client · binds no name of its own, as a UDP client need not: the server can't answer. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s PATH SERVER-PATH\n", argv[0]);
        return 2;
    }

    struct sockaddr_un addr;
    memset(&addr, 0, sizeof addr);
    addr.sun_family = AF_UNIX;
    strncpy(addr.sun_path, argv[2], sizeof addr.sun_path - 1);

    int sock = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (sock == -1) {
        perror("socket");
        return 1;
    }
    struct timeval tv = {.tv_usec = 100000};
    if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv) == -1) {
        perror("setsockopt");
        return 1;
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
    fwrite(buf, 1, n, stdout);

    close(sock);
    return 0;
}
