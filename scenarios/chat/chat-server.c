/* chat/chat-server.c: what one client says, all others hear, with its name before it. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 64, LONGEST = 512 };

struct client {
    char name[32]; /* empty until its first line has come */
    char text[LONGEST];
    size_t len; /* what has come of its next line */
};

/* The listener is watched[0]; clients[i] belongs to watched[i]. */
static struct pollfd watched[MOST + 1];
static struct client clients[MOST + 1];
static nfds_t len = 1;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* (A client that does not read keeps all others waiting here, once its buffers are full. A server for people
 * one does not know would not let it.) */
static void send_all(int conn, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(conn, bytes, n, MSG_NOSIGNAL);
        if (sent == -1) {
            perror("send"); /* its recv will tell as well, and it is dropped there */
            return;
        }
        bytes += sent;
        n -= (size_t)sent;
    }
}

/* One whole line, without its newline. */
static void take_line(nfds_t from, const char *line, size_t n)
{
    struct client *client = &clients[from];
    char text[LONGEST + 64];

    if (!client->name[0]) {
        snprintf(client->name, sizeof client->name, "%.*s", (int)n, line);
        int total = snprintf(text, sizeof text, "welcome, %s\n", client->name);
        send_all(watched[from].fd, text, (size_t)total);
        return;
    }
    int total = snprintf(text, sizeof text, "%s: %.*s\n", client->name, (int)n, line);
    for (nfds_t i = 1; i < len; i++)
        if (i != from)
            send_all(watched[i].fd, text, (size_t)total);
}

/* One recv, no loop: a second one might wait for this client while all others wait for us. It may bring a
 * part of a line, or several. False at the end. */
static int listen_to(nfds_t from)
{
    struct client *client = &clients[from];
    ssize_t got = recv(watched[from].fd, client->text + client->len, sizeof client->text - client->len, 0);

    if (got == -1)
        perror("recv");
    if (got <= 0)
        return 0;
    client->len += (size_t)got;

    const char *end;
    while ((end = memchr(client->text, '\n', client->len))) {
        size_t n = (size_t)(end - client->text);
        take_line(from, client->text, n);
        client->len -= n + 1;
        memmove(client->text, end + 1, client->len);
    }
    return client->len < sizeof client->text; /* full, and still no end: nobody talks like that */
}

static void welcome_one(int listener)
{
    int conn = accept(listener, NULL, NULL);

    if (conn == -1) {
        if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
            die("accept");
        return;
    }
    if (len > MOST) {
        fprintf(stderr, "too many clients\n");
        if (close(conn) == -1)
            perror("close");
        return;
    }
    memset(&clients[len], 0, sizeof clients[len]);
    watched[len++] = (struct pollfd){.fd = conn, .events = POLLIN};
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

    watched[0] = (struct pollfd){.fd = listener, .events = POLLIN};
    for (;;) {
        if (poll(watched, len, -1) == -1) {
            if (errno == EINTR)
                continue;
            die("poll");
        }
        /* From the end, so that filling a gap with the last one moves none that is still to be looked at. */
        for (nfds_t i = len - 1; i > 0; i--) {
            if (!watched[i].revents || listen_to(i))
                continue;
            if (close(watched[i].fd) == -1)
                perror("close");
            len--;
            watched[i] = watched[len];
            clients[i] = clients[len];
        }
        if (watched[0].revents)
            welcome_one(listener);
    }
}
