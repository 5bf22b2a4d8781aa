/* tcp-echo-servers/tcp-echo-forking.c: a process of its own for each client. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
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

/* It may block as it likes: this process has nobody else to serve. */
static void echo(int conn)
{
    char piece[4096];
    ssize_t got;

    while ((got = recv(conn, piece, sizeof piece, 0)) > 0)
        if (send_all(conn, piece, (size_t)got) == -1)
            die("send");
    if (got == -1)
        die("recv");
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }
    /* Whoever does not want to know how its children end says so, or they stay as zombies. */
    if (signal(SIGCHLD, SIG_IGN) == SIG_ERR)
        die("signal");

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(argv[1])),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
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

        /* From here on both processes have both sockets, and each closes the one that is not its business. */
        pid_t child = fork();
        if (child == -1)
            perror("fork"); /* this client can't be served; the next may be */
        if (child == 0) {
            if (close(listener) == -1)
                die("close");
            echo(conn);
            if (close(conn) == -1)
                die("close");
            return 0;
        }
        /* Kept open here, the connection would never end: the client sees its end at the last close only. */
        if (close(conn) == -1)
            perror("close");
    }
}
