/* shutdown-ways · both · takes SHUT_RD for the end of what comes in: the peer's bytes stay unread. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* Both ends of a connection: the one that shuts down, and its peer. */
struct ends {
    int ours;
    int theirs;
};

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static struct ends connect_ends(int listener, const struct sockaddr_in *here)
{
    struct ends ends = {.theirs = socket(AF_INET, SOCK_STREAM, 0)};
    if (ends.theirs == -1)
        die("socket");
    if (connect(ends.theirs, (const struct sockaddr *)here, sizeof *here) == -1)
        die("connect");
    while ((ends.ours = accept(listener, NULL, NULL)) == -1)
        if (errno != EINTR)
            die("accept");
    return ends;
}

static void say(int sock, const char *word, size_t len)
{
    if (send(sock, word, len, MSG_NOSIGNAL) != (ssize_t)len) /* so few bytes have room */
        die("send");
}

static void hear(int sock)
{
    char word[16];
    ssize_t got = recv(sock, word, sizeof word, 0);
    if (got == -1)
        die("recv");
    printf("heard %zd bytes\n", got);
}

static void fail_to_say(int sock)
{
    if (send(sock, "?", 1, MSG_NOSIGNAL) != -1 || errno != EPIPE)
        die("send");
}

/* close() waits until the peer's kernel has all that was sent. */
static void close_when_delivered(int sock)
{
    struct linger wait = {.l_onoff = 1, .l_linger = 5};
    if (setsockopt(sock, SOL_SOCKET, SO_LINGER, &wait, sizeof wait) == -1)
        die("setsockopt");
    close(sock);
}

/* Nothing is connected: there is nothing to end. */
static void fail_to_shut_down(void)
{
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (sock == -1)
        die("socket");
    if (shutdown(sock, SHUT_WR) != -1 || errno != ENOTCONN)
        die("shutdown");
    close(sock);
}

/* We send no more. They are told so, and may go on. */
static void no_more_from_us(struct ends ends)
{
    if (shutdown(ends.ours, SHUT_WR) == -1)
        die("shutdown");
    fail_to_say(ends.ours);
    hear(ends.theirs);
    say(ends.theirs, "still", 5);
    hear(ends.ours);
    close(ends.ours);
    close(ends.theirs);
}

/* We receive no more: from now on what they send is thrown away. */
static void no_more_to_us(struct ends ends)
{
    if (shutdown(ends.ours, SHUT_RD) == -1)
        die("shutdown");
    hear(ends.ours);
    say(ends.theirs, "late", 4);
    close_when_delivered(ends.theirs);
    close(ends.ours);
}

/* Both. They are told of the one; what they send is answered with a reset. */
static void no_more_at_all(struct ends ends)
{
    if (shutdown(ends.ours, SHUT_RDWR) == -1)
        die("shutdown");
    hear(ends.ours);
    fail_to_say(ends.ours);
    hear(ends.theirs);
    say(ends.theirs, "late", 4);
    struct pollfd reset = {.fd = ends.theirs}; /* POLLERR needs no asking for */
    while (poll(&reset, 1, 1000) != 1)
        if (errno != EINTR)
            die("poll");
    fail_to_say(ends.theirs);
    close(ends.ours);
    close(ends.theirs);
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
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
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

    fail_to_shut_down();
    no_more_from_us(connect_ends(listener, &here));
    no_more_to_us(connect_ends(listener, &here));
    no_more_at_all(connect_ends(listener, &here));
    close(listener);
    return 0;
}
