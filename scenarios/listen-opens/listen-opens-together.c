/* listen-opens/listen-opens-together.c: makes all its sockets first, writes and reads as with a file, and
 * lets the exit close them. */
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
    int client = socket(AF_INET, SOCK_STREAM, 0);
    int early = socket(AF_INET, SOCK_STREAM, 0);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (client == -1 || early == -1 || listener == -1)
        die("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(early, (struct sockaddr *)&here, sizeof here) == 0 || errno != ECONNREFUSED) {
        fprintf(stderr, "connect was not refused\n");
        return 1;
    }
    if (listen(listener, 1) == -1)
        die("listen");
    if (connect(client, (struct sockaddr *)&here, sizeof here) == -1)
        die("connect");
    if (write(client, "hello\n", 6) != 6)
        die("write");

    int conn = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (conn == -1)
        die("accept4");
    char byte = 0;
    ssize_t got = 1;
    while (byte != '\n' && got > 0)
        got = read(conn, &byte, 1);
    if (got != 1)
        die("read");
    return 0;
}
