/* framing/framing-server.c: receives messages with their length before them, and answers each in capitals. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LONGEST = 4096 };

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int send_all(int conn, const void *bytes, size_t len)
{
    const char *rest = bytes;

    while (len > 0) {
        ssize_t sent = send(conn, rest, len, MSG_NOSIGNAL);
        if (sent == -1)
            return -1;
        rest += sent;
        len -= (size_t)sent;
    }
    return 0;
}

/* Exactly `len` bytes, whatever pieces they come in. Fewer are returned only where the stream ends, -1 where
 * it breaks. */
static ssize_t recv_all(int conn, void *bytes, size_t len)
{
    size_t done = 0;

    while (done < len) {
        ssize_t got = recv(conn, (char *)bytes + done, len - done, 0);
        if (got == -1)
            return -1;
        if (got == 0)
            break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

/* One message and its answer. False where there are no more. */
static int answer_one(int conn)
{
    struct {
        uint32_t len; /* in network byte order: the two machines need not agree on theirs */
        char bytes[LONGEST];
    } message;

    ssize_t got = recv_all(conn, &message.len, sizeof message.len);
    if (got == -1) {
        perror("recv");
        return 0;
    }
    if (got == 0)
        return 0;
    size_t len = ntohl(message.len);
    /* Whoever is at the other end could say four billion: never believe a length without looking at it. */
    if ((size_t)got < sizeof message.len || len > sizeof message.bytes) {
        fprintf(stderr, "a broken header\n");
        return 0;
    }

    got = recv_all(conn, message.bytes, len);
    if (got == -1) {
        perror("recv");
        return 0;
    }
    if ((size_t)got < len) {
        fprintf(stderr, "the stream ended inside a message\n");
        return 0;
    }
    for (size_t i = 0; i < len; i++)
        message.bytes[i] = (char)toupper((unsigned char)message.bytes[i]);

    /* Length and bytes in one send: a tiny one before a larger one waits for an acknowledgement (Nagle). */
    if (send_all(conn, &message, sizeof message.len + len) == -1) {
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
        while (answer_one(conn))
            ;
        if (close(conn) == -1)
            perror("close");
    }
}
