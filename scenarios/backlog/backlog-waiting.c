/* backlog/backlog-waiting.c: makes all sockets first, asks once, when the queue is full, and waits a while
 * for the connect that finds no room. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { BACKLOG = 2, ADMITTED = BACKLOG + 1 };

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static in_port_t port_of(int sock)
{
    struct sockaddr_in addr;
    socklen_t len = sizeof addr;
    if (getsockname(sock, (struct sockaddr *)&addr, &len) == -1)
        die("getsockname");
    return ntohs(addr.sin_port);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }
    struct sockaddr_in addr = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(argv[1])),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    int clients[ADMITTED + 1], listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    for (int i = 0; i <= ADMITTED; i++)
        if ((clients[i] = socket(AF_INET, SOCK_STREAM, 0)) == -1)
            die("socket");
    if (bind(listener, (struct sockaddr *)&addr, sizeof addr) == -1)
        die("bind");
    if (listen(listener, BACKLOG) == -1)
        die("listen");

    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < ADMITTED; i++)
        if (connect(clients[i], (struct sockaddr *)&addr, sizeof addr) == -1)
            die("connect");
    struct tcp_info info;
    socklen_t len = sizeof info;
    if (getsockopt(listener, IPPROTO_TCP, TCP_INFO, &info, &len) == -1)
        die("getsockopt");
    printf("queue %u/%u\n", info.tcpi_unacked, info.tcpi_sacked);

    /* A connect takes this limit too, and says EINPROGRESS when it is over. */
    struct timeval limit = {.tv_usec = 50000};
    if (setsockopt(clients[ADMITTED], SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == -1)
        die("setsockopt");
    if (connect(clients[ADMITTED], (struct sockaddr *)&addr, sizeof addr) == 0 || errno != EINPROGRESS)
        die("connect");

    for (int i = 0; i < ADMITTED; i++) {
        len = sizeof addr;
        int conn = accept(listener, (struct sockaddr *)&addr, &len);
        if (conn == -1)
            die("accept");
        printf("accepted port %d, client %d has port %d\n", ntohs(addr.sin_port), i + 1, port_of(clients[i]));
        close(conn);
    }
    for (int i = 0; i <= ADMITTED; i++)
        close(clients[i]);
    close(listener);
    return 0;
}
