/* dual-stack/dual-stack-server.c: one IPv6 listener that serves IPv4 clients as well, one after the other. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int send_all(int conn, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(conn, bytes, len, MSG_NOSIGNAL);
        if (sent == -1)
            return -1;
        bytes += sent;
        len -= (size_t)sent;
    }
    return 0;
}

static void echo(int conn)
{
    char piece[4096];
    ssize_t got;

    while ((got = recv(conn, piece, sizeof piece, 0)) > 0)
        if (send_all(conn, piece, (size_t)got) == -1) {
            perror("send");
            return;
        }
    if (got == -1)
        perror("recv");
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    int listener = socket(AF_INET6, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    int on = 1, off = 0;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    /* Not only IPv6. This is Linux's default, but an administrator may have changed it. */
    if (setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) == -1)
        die("setsockopt");
    struct sockaddr_in6 here = {
        .sin6_family = AF_INET6,
        .sin6_port = htons((in_port_t)atoi(argv[1])),
        .sin6_addr = IN6ADDR_ANY_INIT, /* :: */
    };
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 16) == -1)
        die("listen");

    for (;;) {
        struct sockaddr_in6 client; /* of the listener's family, whatever the client speaks */
        socklen_t len = sizeof client;
        char text[INET6_ADDRSTRLEN];

        int conn = accept(listener, (struct sockaddr *)&client, &len);
        if (conn == -1) {
            if (errno == EINTR || errno == ECONNABORTED)
                continue;
            die("accept");
        }
        if (!inet_ntop(AF_INET6, &client.sin6_addr, text, sizeof text))
            die("inet_ntop");
        printf("%s speaks %s\n", text, IN6_IS_ADDR_V4MAPPED(&client.sin6_addr) ? "IPv4" : "IPv6");
        fflush(stdout);
        echo(conn);
        if (close(conn) == -1)
            perror("close");
    }
}
