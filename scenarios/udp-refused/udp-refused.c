/* udp-refused/udp-refused.c: sends to a port that nobody has, from a socket that is connected and one that is
 * not. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static const char message[] = "anybody?\n";

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* Datagrams get lost, and nobody tells: never wait for one without a limit. */
static int make_socket(struct timeval limit)
{
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock == -1)
        die("socket");
    if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == -1)
        die("setsockopt");
    return sock;
}

/* No answer can come; what comes is the error `wanted`. */
static void expect_error(int sock, int wanted)
{
    char answer[64];

    if (recv(sock, answer, sizeof answer, 0) != -1) {
        fprintf(stderr, "somebody answered\n");
        exit(1);
    }
    if (errno != wanted)
        die("recv");
    printf("recv: %s\n", strerror(wanted));
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }
    struct sockaddr_in nobody = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(argv[1])),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };

    /* Such a socket may talk with many: an error would not say whom it is about. So none is reported. */
    int open = make_socket((struct timeval){.tv_usec = 50000});
    if (sendto(open, message, strlen(message), 0, (struct sockaddr *)&nobody, sizeof nobody) == -1)
        die("sendto");
    expect_error(open, EAGAIN); /* what a receive time-out is called */
    if (close(open) == -1)
        die("close");

    /* This one has one peer only. The error belongs to the send, but that has returned long ago. */
    int connected = make_socket((struct timeval){.tv_sec = 2});
    if (connect(connected, (struct sockaddr *)&nobody, sizeof nobody) == -1)
        die("connect");
    if (send(connected, message, strlen(message), 0) == -1)
        die("send");
    expect_error(connected, ECONNREFUSED);
    if (close(connected) == -1)
        die("close");
    return 0;
}
