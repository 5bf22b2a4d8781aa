/* more/piecewise-client.c: puts one datagram together from two pieces of memory, and expects it back. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* The kernel keeps the first piece, and sends it with the one that comes without MSG_MORE. */
static void send_by_more(int sock, const struct iovec *pieces)
{
    if (send(sock, pieces[0].iov_base, pieces[0].iov_len, MSG_MORE) == -1)
        die("send");
    if (send(sock, pieces[1].iov_base, pieces[1].iov_len, 0) == -1)
        die("send");
}

/* The other way: one call that gets all pieces. */
static void send_by_sendmsg(int sock, struct iovec *pieces)
{
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = 2};
    if (sendmsg(sock, &message, 0) == -1)
        die("sendmsg");
}

int main(int argc, char **argv)
{
    int by_more = argc == 4 && strcmp(argv[3], "more") == 0;
    if (!by_more && (argc != 4 || strcmp(argv[3], "sendmsg") != 0)) {
        fprintf(stderr, "usage: %s ADDRESS PORT more|sendmsg\n", argv[0]);
        return 2;
    }

    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(argv[2]))};
    if (inet_pton(AF_INET, argv[1], &there.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", argv[1]);
        return 2;
    }
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock == -1)
        die("socket");
    struct timeval limit = {.tv_sec = 1};
    if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == -1)
        die("setsockopt");
    if (connect(sock, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");

    char head[] = "hello ", body[] = "world\n";
    struct iovec pieces[] = {{head, sizeof head - 1}, {body, sizeof body - 1}};
    if (by_more)
        send_by_more(sock, pieces);
    else
        send_by_sendmsg(sock, pieces);

    char answer[64];
    ssize_t got = recv(sock, answer, sizeof answer, 0);
    if (got == -1)
        die("recv");
    if (got != 12 || memcmp(answer, "hello world\n", 12) != 0) {
        fprintf(stderr, "that is not what was said\n");
        return 1;
    }
    if (close(sock) == -1)
        die("close");
    return 0;
}
