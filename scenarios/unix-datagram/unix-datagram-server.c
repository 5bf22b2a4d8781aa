/* unix-datagram/unix-datagram-server.c: answers one datagram, if its sender has a name. */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PATH\n", argv[0]);
        return 2;
    }
    struct sockaddr_un here = {.sun_family = AF_UNIX};
    if (strlen(argv[1]) >= sizeof here.sun_path) {
        fprintf(stderr, "the path is too long\n");
        return 2;
    }
    strcpy(here.sun_path, argv[1]);

    int sock = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (sock == -1)
        die("socket");
    if (unlink(here.sun_path) == -1 && errno != ENOENT) /* left over from a server that has ended */
        die("unlink");
    if (bind(sock, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");

    char question[512];
    struct sockaddr_un client;
    socklen_t len = sizeof client;
    ssize_t got = recvfrom(sock, question, sizeof question, 0, (struct sockaddr *)&client, &len);
    if (got == -1)
        die("recvfrom");
    /* A socket that never was bound has no name: the address is empty, and there is no way back. */
    if (len <= offsetof(struct sockaddr_un, sun_path)) {
        fprintf(stderr, "the client has no name to answer to\n");
        return 1;
    }
    if (got != 5 || memcmp(question, "ping\n", 5) != 0) {
        fprintf(stderr, "the client asked something else\n");
        return 1;
    }
    if (sendto(sock, "pong\n", 5, 0, (struct sockaddr *)&client, len) == -1)
        die("sendto");

    if (close(sock) == -1)
        die("close");
    if (unlink(here.sun_path) == -1)
        die("unlink");
    return 0;
}
