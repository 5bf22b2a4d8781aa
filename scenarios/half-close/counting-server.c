/* half-close/counting-server.c: reads all that a client has to say, and only then answers how much it was. */
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

/* send() may take fewer bytes than it was given: go on with the rest until all are sent. */
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

/* The end of the stream says that nothing more will come. It does not say that nobody listens: the other
 * direction is open until we close it. */
static void serve(int conn)
{
    char piece[16384], answer[64];
    size_t total = 0;
    ssize_t got;

    while ((got = recv(conn, piece, sizeof piece, 0)) > 0)
        total += (size_t)got;
    if (got == -1) {
        perror("recv");
        return;
    }
    int len = snprintf(answer, sizeof answer, "%zu bytes\n", total);
    if (send_all(conn, answer, (size_t)len) == -1)
        perror("send");
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
    if (listen(listener, 16) == -1)
        die("listen");

    for (;;) {
        int conn = accept(listener, NULL, NULL);
        if (conn == -1) {
            if (errno == EINTR || errno == ECONNABORTED)
                continue;
            die("accept");
        }
        serve(conn);
        close(conn);
    }
}
