/* reuseport/reuseport-server.c: two processes, each with a listener and a queue of its own, on one port. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
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

static int make_listener(in_port_t port)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    /* Each socket of the port has to say so, the first one too, before it binds. */
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == -1)
        die("setsockopt");
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = port,
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 16) == -1)
        die("listen");
    return listener;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }
    /* Both before the fork: no connection gets into a queue that nobody is there to empty. */
    in_port_t port = htons((in_port_t)atoi(argv[1]));
    int ours = make_listener(port), other = make_listener(port);

    pid_t parent = getpid();
    pid_t child = fork();
    if (child == -1)
        die("fork");
    if (child == 0) {
        /* Whoever stops the parent means both. (It may have ended before this was said.) */
        if (prctl(PR_SET_PDEATHSIG, SIGTERM) == -1)
            die("prctl");
        if (getppid() != parent)
            return 1;
        int mine = other;
        other = ours;
        ours = mine;
    }
    if (close(other) == -1)
        die("close");

    for (;;) {
        int conn = accept4(ours, NULL, NULL, SOCK_CLOEXEC); /* not for programs that we may start */
        if (conn == -1) {
            if (errno == EINTR || errno == ECONNABORTED)
                continue;
            die("accept4");
        }
        echo(conn);
        if (close(conn) == -1)
            perror("close");
    }
}
