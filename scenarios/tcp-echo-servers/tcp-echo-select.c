/* tcp-echo-servers/tcp-echo-select.c: one thread asks select() which of its sockets have something to read.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
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

/* One recv, no loop: a second one might wait for this client while all others wait for us. (So may a send to
 * a client that does not read; tcp-echo-epoll-edge.c shows how that is avoided.) False at the end. */
static int echo_once(int conn)
{
    char piece[4096];
    ssize_t got = recv(conn, piece, sizeof piece, 0);

    if (got == -1)
        perror("recv");
    if (got <= 0)
        return 0;
    if (send_all(conn, piece, (size_t)got) == -1) {
        perror("send");
        return 0;
    }
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    /* Non-blocking: between select's answer and accept the client may be gone again. */
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
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

    fd_set watched;
    int highest = listener;
    FD_ZERO(&watched);
    FD_SET(listener, &watched);
    for (;;) {
        fd_set ready = watched; /* select overwrites the set that it is given: give it a copy */

        if (select(highest + 1, &ready, NULL, NULL, NULL) == -1) { /* the first number *not* to look at */
            if (errno == EINTR)
                continue;
            die("select");
        }
        if (FD_ISSET(listener, &ready)) {
            int conn = accept(listener, NULL, NULL);
            if (conn == -1 && errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
                die("accept");
            if (conn >= FD_SETSIZE) { /* an fd_set has no room for it */
                fprintf(stderr, "too many clients\n");
                if (close(conn) == -1)
                    perror("close");
            } else if (conn != -1) {
                FD_SET(conn, &watched);
                highest = conn > highest ? conn : highest;
            }
        }
        for (int fd = 0; fd <= highest; fd++) {
            if (fd == listener || !FD_ISSET(fd, &ready) || echo_once(fd))
                continue;
            FD_CLR(fd, &watched); /* before the close: the number may soon be another client's */
            if (close(fd) == -1)
                perror("close");
        }
    }
}
