/* backlog · both · gives listen a backlog of 1, and its queue is full with two clients. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* A client that is connected to `there`, in whatever queue it now waits; its own address is asked for, to
 * know it again. */
static int client(const struct sockaddr_in *there)
{
    struct sockaddr_in mine;
    socklen_t len = sizeof mine;
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (sock == -1)
        die("socket");
    if (connect(sock, (const struct sockaddr *)there, sizeof *there) == -1)
        die("connect");
    if (getsockname(sock, (struct sockaddr *)&mine, &len) == -1)
        die("getsockname");
    return sock;
}

/* For a listener these two fields of TCP_INFO mean something else than for a connection: the queue's length
 * and its limit. */
static void print_queue(int listener)
{
    struct tcp_info info;
    socklen_t len = sizeof info;
    if (getsockopt(listener, IPPROTO_TCP, TCP_INFO, &info, &len) == -1)
        die("getsockopt");
    printf("queue %u/%u\n", info.tcpi_unacked, info.tcpi_sacked);
}

/* A client that does not wait for its connection, since it would have to wait long. */
static void fail_to_enter(const struct sockaddr_in *there)
{
    struct tcp_info info;
    socklen_t len = sizeof info;
    int sock = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (sock == -1)
        die("socket");
    if (connect(sock, (const struct sockaddr *)there, sizeof *there) == 0 || errno != EINPROGRESS)
        die("connect");
    if (getsockopt(sock, IPPROTO_TCP, TCP_INFO, &info, &len) == -1)
        die("getsockopt");
    printf("the next one: %s\n", info.tcpi_state == TCP_SYN_SENT ? "SYN_SENT" : "something else");
    close(sock);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(argv[1])),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 1) == -1)
        die("listen");
    print_queue(listener);

    int clients[2], conns[2];
    clients[0] = client(&here);
    clients[1] = client(&here);
    print_queue(listener);
    fail_to_enter(&here);

    for (int i = 0; i < 2; i++) {
        struct sockaddr_in from;
        socklen_t len = sizeof from;
        conns[i] = accept(listener, (struct sockaddr *)&from, &len);
        if (conns[i] == -1)
            die("accept");
        printf("accepted port %d\n", ntohs(from.sin_port));
        print_queue(listener);
    }
    for (int i = 0; i < 2; i++) {
        close(conns[i]);
        close(clients[i]);
    }
    close(listener);
    return 0;
}
