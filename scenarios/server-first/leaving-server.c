/* server-first/leaving-server.c: says what it has to say, ends its direction, and waits for the client's last
 * word. */
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

static void send_all(int conn, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(conn, bytes, len, MSG_NOSIGNAL);
        if (sent == -1)
            die("send");
        bytes += sent;
        len -= (size_t)sent;
    }
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
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 4) == -1)
        die("listen");

    int conn;
    while ((conn = accept(listener, NULL, NULL)) == -1)
        if (errno != EINTR && errno != ECONNABORTED)
            die("accept");
    close(listener); /* one client is all we serve */

    static const char news[] = "it rains\nbring a coat\n";
    send_all(conn, news, sizeof news - 1);

    /* close() would end the client's direction too: what it says then is answered with a reset. */
    if (shutdown(conn, SHUT_WR) == -1)
        die("shutdown");

    char piece[64];
    ssize_t got;
    while ((got = recv(conn, piece, sizeof piece, 0)) > 0)
        fwrite(piece, 1, (size_t)got, stdout);
    if (got == -1)
        die("recv");
    close(conn);
    return 0;
}
