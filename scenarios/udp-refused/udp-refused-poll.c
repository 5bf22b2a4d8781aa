/* udp-refused/udp-refused-poll.c: the connected socket first, and a wait with poll in place of a time-out. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char message[] = "anybody?\n";

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int datagram_socket(void)
{
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock == -1)
        die("socket");
    return sock;
}

/* Does anything come, an answer or an error? */
static int has_news(int sock, int milliseconds)
{
    struct pollfd news = {.fd = sock, .events = POLLIN};
    int n;
    while ((n = poll(&news, 1, milliseconds)) == -1)
        if (errno != EINTR)
            die("poll");
    return n;
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

    int connected = datagram_socket();
    if (connect(connected, (struct sockaddr *)&nobody, sizeof nobody) == -1)
        die("connect");
    if (write(connected, message, strlen(message)) == -1)
        die("write");
    char answer[64];
    if (!has_news(connected, 2000) || read(connected, answer, sizeof answer) != -1 || errno != ECONNREFUSED) {
        fprintf(stderr, "it was not refused\n");
        return 1;
    }

    int open = datagram_socket();
    if (sendto(open, message, strlen(message), 0, (struct sockaddr *)&nobody, sizeof nobody) == -1)
        die("sendto");
    if (has_news(open, 50)) {
        fprintf(stderr, "somebody answered\n");
        return 1;
    }
    close(open);
    close(connected);
    return 0;
}
