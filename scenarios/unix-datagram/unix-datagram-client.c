/* unix-datagram/unix-datagram-client.c: binds a name, asks, and receives the answer there. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static struct sockaddr_un make_address(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (strlen(path) >= sizeof address.sun_path) {
        fprintf(stderr, "%s is too long\n", path);
        exit(2);
    }
    strcpy(address.sun_path, path);
    return address;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s PATH SERVER-PATH\n", argv[0]);
        return 2;
    }
    struct sockaddr_un here = make_address(argv[1]);
    struct sockaddr_un server = make_address(argv[2]);

    int sock = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (sock == -1)
        die("socket");
    if (unlink(here.sun_path) == -1 && errno != ENOENT)
        die("unlink");
    if (bind(sock, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");

    /* Nothing is lost on the way, but the server may have ended. */
    struct timeval limit = {.tv_sec = 2};
    if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == -1)
        die("setsockopt");
    if (sendto(sock, "ping\n", 5, 0, (struct sockaddr *)&server, sizeof server) == -1)
        die("sendto");
    char answer[512];
    ssize_t got = recvfrom(sock, answer, sizeof answer, 0, NULL, NULL);
    if (got == -1)
        die("recvfrom");
    if (got != 5 || memcmp(answer, "pong\n", 5) != 0) {
        fprintf(stderr, "the server answered something else\n");
        return 1;
    }

    if (close(sock) == -1)
        die("close");
    if (unlink(here.sun_path) == -1)
        die("unlink");
    return 0;
}
