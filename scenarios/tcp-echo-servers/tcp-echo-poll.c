/* tcp-echo-servers/tcp-echo-poll.c: one thread asks poll() which of its sockets have something to read. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
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

    /* Non-blocking: between poll's answer and accept the client may be gone again. */
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

    enum { MOST = 1000 };
    static struct pollfd watched[MOST]; /* the listener first, then the connections */
    nfds_t len = 1;
    watched[0] = (struct pollfd){.fd = listener, .events = POLLIN};
    for (;;) {
        if (poll(watched, len, -1) == -1) {
            if (errno == EINTR)
                continue;
            die("poll");
        }
        /* From the end, so that filling a gap with the last one moves none that is still to be looked at.
         * POLLHUP and POLLERR come unasked: recv tells what happened. */
        for (nfds_t i = len - 1; i > 0; i--) {
            if (!watched[i].revents || echo_once(watched[i].fd))
                continue;
            if (close(watched[i].fd) == -1)
                perror("close");
            watched[i] = watched[--len];
        }
        if (watched[0].revents) {
            int conn = accept(listener, NULL, NULL);
            if (conn == -1 && errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
                die("accept");
            if (conn != -1 && len == MOST) {
                fprintf(stderr, "too many clients\n");
                if (close(conn) == -1)
                    perror("close");
            } else if (conn != -1) {
                watched[len++] = (struct pollfd){.fd = conn, .events = POLLIN};
            }
        }
    }
}
