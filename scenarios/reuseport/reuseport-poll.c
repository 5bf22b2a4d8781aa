/* reuseport/reuseport-poll.c: opens both listeners side by side, hears them with poll, and forks for each
 * client. */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LISTENERS = 2 };

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void echo(int conn)
{
    char piece[4096];
    ssize_t got;

    while ((got = recv(conn, piece, sizeof piece, 0)) > 0)
        for (ssize_t at = 0, sent; at < got; at += sent) {
            sent = send(conn, piece + at, (size_t)(got - at), MSG_NOSIGNAL);
            if (sent == -1) {
                perror("send");
                return;
            }
        }
    if (got == -1)
        perror("recv");
}

static void serve_next(int listener)
{
    int conn = accept(listener, NULL, NULL);
    if (conn == -1) {
        if (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED)
            return;
        die("accept");
    }
    pid_t child = fork();
    if (child == -1)
        die("fork");
    if (child == 0) {
        echo(conn);
        close(conn);
        exit(0);
    }
    close(conn); /* the child has it */
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
    if (signal(SIGCHLD, SIG_IGN) == SIG_ERR) /* nobody waits for the children */
        die("signal");
    struct pollfd listeners[LISTENERS];
    int on = 1;

    for (int i = 0; i < LISTENERS; i++) {
        /* Non-blocking: between poll's answer and accept the client may be gone again. */
        int sock = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        if (sock == -1)
            die("socket");
        if (setsockopt(sock, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == -1)
            die("setsockopt");
        listeners[i] = (struct pollfd){.fd = sock, .events = POLLIN};
    }
    for (int i = 0; i < LISTENERS; i++)
        if (bind(listeners[i].fd, (struct sockaddr *)&here, sizeof here) == -1)
            die("bind");
    for (int i = 0; i < LISTENERS; i++)
        if (listen(listeners[i].fd, 16) == -1)
            die("listen");

    for (;;) {
        if (poll(listeners, LISTENERS, -1) == -1) {
            if (errno == EINTR)
                continue;
            die("poll");
        }
        for (int i = 0; i < LISTENERS; i++)
            if (listeners[i].revents)
                serve_next(listeners[i].fd);
    }
}
