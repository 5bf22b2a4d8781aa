/* last-reference/sharing-server.c: two connections that each have two descriptors; one is shut down, of the
 * other first one descriptor is closed and then the second. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int accept_one(int listener)
{
    for (;;) {
        int conn = accept(listener, NULL, NULL);
        if (conn != -1)
            return conn;
        if (errno != EINTR && errno != ECONNABORTED)
            die("accept");
    }
}

static void share_by_dup(int conn)
{
    int copy = dup(conn);
    if (copy == -1)
        die("dup");
    if (shutdown(conn, SHUT_WR) == -1) /* acts on the connection, through whichever descriptor */
        die("shutdown");
    char none;
    if (recv(copy, &none, 1, 0) != 0) /* the client has seen the end, or it would not have closed */
        die("recv");
    close(copy);
    close(conn);
}

/* The child's copy is as good as ours: it sends through it when ours is long closed. */
static void speak_later(int conn, int parent_closed)
{
    char none;
    if (read(parent_closed, &none, 1) != 0) /* the end of a pipe follows the same rule */
        die("read");
    static const char word[] = "still open\n";
    if (send(conn, word, sizeof word - 1, MSG_NOSIGNAL) != (ssize_t)sizeof word - 1) /* there is room */
        die("send");
    close(conn); /* the last one: now the client is told */
    _exit(0);
}

static void share_by_fork(int conn)
{
    int ends[2];
    if (pipe(ends) == -1)
        die("pipe");
    pid_t child = fork();
    if (child == -1)
        die("fork");
    if (child == 0) {
        close(ends[1]);
        speak_later(conn, ends[0]);
    }
    close(ends[0]);
    close(conn); /* the connection does not notice: it has another descriptor */
    close(ends[1]);
    int status;
    if (waitpid(child, &status, 0) == -1)
        die("waitpid");
    if (status != 0)
        exit(1); /* it has said why */
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

    share_by_dup(accept_one(listener));
    share_by_fork(accept_one(listener));
    close(listener);
    return 0;
}
