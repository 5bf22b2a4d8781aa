/* datagrams/datagram-receiver.c: receives with room enough, and with too little of it. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* One datagram of `length` bytes, of which `bytes` fit into `room`. */
static void expect(int sock, size_t room, int flags, const char *bytes, size_t length)
{
    char datagram[64];
    ssize_t got = recvfrom(sock, datagram, room, flags, NULL, NULL);

    if (got == -1) {
        if (errno == EAGAIN) /* what a receive time-out is called */
            fprintf(stderr, "no datagram came in time\n");
        else
            perror("recvfrom");
        exit(1);
    }
    if ((size_t)got != length || memcmp(datagram, bytes, strlen(bytes)) != 0) {
        fprintf(stderr, "expected \"%s\" and %zu\n", bytes, length);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock == -1)
        die("socket");
    struct timeval limit = {.tv_sec = 2}; /* a datagram may be lost: never wait for one without a limit */
    if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == -1)
        die("setsockopt");
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(argv[1])),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    if (bind(sock, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");

    expect(sock, 64, 0, "one\n", 4);
    expect(sock, 64, 0, "two\n", 4);
    expect(sock, 64, 0, "", 0);
    /* Too little room: the call succeeds, returns what fits, and says nothing of the rest … */
    expect(sock, 4, 0, "a lo", 4);
    /* … but with MSG_TRUNC it returns the datagram's real length. (recvmsg tells in msg_flags, unasked.) */
    expect(sock, 4, MSG_TRUNC, "a lo", 13);
    expect(sock, 64, 0, "the end\n", 8);

    if (close(sock) == -1)
        die("close");
    return 0;
}
