/* interrupted/reaping-server.c: a process of its own for each client, and a signal at the end of each. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int listening(const char *port)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(port)),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 4) == -1)
        die("listen");
    return listener;
}

/* send() may take fewer bytes than it was given: go on with the rest until all are sent. */
static void send_all(int sock, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(sock, bytes, len, MSG_NOSIGNAL);
        if (sent == -1)
            die("send");
        bytes += sent;
        len -= (size_t)sent;
    }
}

static void echo(int conn)
{
    char piece[64];
    ssize_t got;

    while ((got = recv(conn, piece, sizeof piece, 0)) > 0)
        send_all(conn, piece, (size_t)got);
    if (got == -1)
        die("recv");
}

/* Several children may have ended for one signal. errno belongs to what was interrupted. */
static void reap(int sig)
{
    int saved = errno;

    (void)sig;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        continue;
    errno = saved;
}

int main(int argc, char **argv)
{
    int restarts = argc == 3 && strcmp(argv[2], "restart") == 0;
    if (argc != 2 && !restarts) {
        fprintf(stderr, "usage: %s PORT [restart]\n", argv[0]);
        return 2;
    }

    /* SA_RESTART: where reap() returns into a call that waits, the kernel waits on. Not all calls know that
     * (poll, select and epoll_wait don't, nor does a recv with a timeout), so EINTR has to be thought of. */
    struct sigaction on_end = {.sa_handler = reap, .sa_flags = restarts ? SA_RESTART : 0};
    if (sigaction(SIGCHLD, &on_end, NULL) == -1)
        die("sigaction");

    int listener = listening(argv[1]);
    for (;;) {
        int conn = accept(listener, NULL, NULL);
        if (conn == -1) {
            if (errno == EINTR || errno == ECONNABORTED) /* nothing is wrong: there was no client yet */
                continue;
            die("accept");
        }

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
        if (close(conn) == -1)
            perror("close");
    }
}
