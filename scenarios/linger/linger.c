/* linger/linger.c: closes three connections with itself: as usual, with a reset, and waiting for delivery. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* Connects with our own listener and says "bye\n". What the other end is: *peer. */
static int speaker(int listener, const struct sockaddr_in *here, int *peer)
{
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (sock == -1)
        die("socket");
    if (connect(sock, (const struct sockaddr *)here, sizeof *here) == -1)
        die("connect");
    while ((*peer = accept(listener, NULL, NULL)) == -1)
        if (errno != EINTR)
            die("accept");
    if (send(sock, "bye\n", 4, MSG_NOSIGNAL) != 4) /* so few bytes have room */
        die("send");
    return sock;
}

static void set_linger(int sock, int seconds)
{
    struct linger linger = {.l_onoff = 1, .l_linger = seconds};
    if (setsockopt(sock, SOL_SOCKET, SO_LINGER, &linger, sizeof linger) == -1)
        die("setsockopt");
}

/* What the other end receives, and how that ends. */
static void hear_out(int peer, int flags)
{
    char piece[16];
    ssize_t got;
    while ((got = recv(peer, piece, sizeof piece, flags)) > 0)
        fwrite(piece, 1, (size_t)got, stdout);
    printf("%s\n", got == 0 ? "the end" : strerror(errno));
    close(peer);
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

    /* As usual: close returns at once, and the kernel sees to what was sent. */
    int peer, sock = speaker(listener, &here, &peer);
    close(sock);
    hear_out(peer, 0);

    /* No lingering at all: the connection is thrown away, with what was not sent yet. */
    sock = speaker(listener, &here, &peer);
    set_linger(sock, 0);
    close(sock);
    hear_out(peer, 0);

    /* Up to five seconds: close returns when the other end has it all, so there is nothing to wait for. */
    sock = speaker(listener, &here, &peer);
    set_linger(sock, 5);
    close(sock);
    hear_out(peer, MSG_DONTWAIT);

    close(listener);
    return 0;
}
