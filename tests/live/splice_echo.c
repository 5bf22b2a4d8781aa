/* tests/live/splice_echo.c: an echo server whose bytes never are in its memory: each piece goes from the
 * connection into a pipe and from there back into the connection. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void need(int ok, const char *what)
{
    if (!ok) {
        perror(what);
        exit(1);
    }
}

static void echo(int conn, const int pipes[2])
{
    ssize_t got, sent;

    while ((got = splice(conn, NULL, pipes[1], NULL, 65536, SPLICE_F_MOVE)) > 0)
        for (; got; got -= sent) {
            sent = splice(pipes[0], NULL, conn, NULL, (size_t)got, SPLICE_F_MOVE);
            need(sent > 0, "splice");
        }
    need(got == 0, "splice");
}

int main(int argc, char **argv)
{
    struct sockaddr_in here = {.sin_family = AF_INET,
                               .sin_port = htons((in_port_t)atoi(argc > 1 ? argv[1] : "0"))};
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1, pipes[2], conn;

    need(pipe(pipes) == 0, "pipe");
    need(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0, "setsockopt");
    need(bind(listener, (struct sockaddr *)&here, sizeof here) == 0, "bind");
    need(listen(listener, 1) == 0, "listen");
    while ((conn = accept(listener, NULL, NULL)) >= 0) {
        echo(conn, pipes);
        close(conn);
    }
    perror("accept");
    return 1;
}
