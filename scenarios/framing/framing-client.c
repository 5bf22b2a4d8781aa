/* framing/framing-client.c: three messages, cut where it hurts, and their answers. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
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

static void send_all(int server, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(server, bytes, len, MSG_NOSIGNAL);
        if (sent == -1)
            die("send");
        bytes += sent;
        len -= (size_t)sent;
    }
}

static void recv_all(int server, void *bytes, size_t len)
{
    char *rest = bytes;

    while (len > 0) {
        ssize_t got = recv(server, rest, len, 0);
        if (got == -1)
            die("recv");
        if (got == 0) {
            fprintf(stderr, "the server closed the connection too early\n");
            exit(1);
        }
        rest += got;
        len -= (size_t)got;
    }
}

/* Appends a message to the `len` bytes of `stream`: its length in network byte order, then its bytes. */
static size_t append(char *stream, size_t len, const char *message)
{
    uint32_t header = htonl((uint32_t)strlen(message));

    memcpy(stream + len, &header, sizeof header);
    memcpy(stream + len + sizeof header, message, strlen(message));
    return len + sizeof header + strlen(message);
}

static void expect(int server, const char *message)
{
    uint32_t header;
    char answer[64];

    recv_all(server, &header, sizeof header);
    size_t len = ntohl(header);
    if (len != strlen(message)) {
        fprintf(stderr, "an answer of %zu bytes in place of %zu\n", len, strlen(message));
        exit(1);
    }
    recv_all(server, answer, len);
    if (memcmp(answer, message, len) != 0) {
        fprintf(stderr, "the server answered something else\n");
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s ADDRESS PORT\n", argv[0]);
        return 2;
    }

    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(argv[2]))};
    if (inet_pton(AF_INET, argv[1], &there.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", argv[1]);
        return 2;
    }

    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server == -1)
        die("socket");
    int on = 1; /* each piece is to go out at once, not to be gathered with the next (Nagle's algorithm) */
    if (setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == -1)
        die("setsockopt");
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");

    char stream[64];
    size_t len = append(stream, 0, "hello");
    len = append(stream, len, "");
    len = append(stream, len, "big world");

    /* Two bytes of the first header; then all but the last three bytes; then those. */
    send_all(server, stream, 2);
    send_all(server, stream + 2, len - 5);
    send_all(server, stream + len - 3, 3);
    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");

    expect(server, "HELLO");
    expect(server, "");
    expect(server, "BIG WORLD");
    char none;
    ssize_t got = recv(server, &none, 1, 0);
    if (got == -1)
        die("recv");
    if (got != 0) {
        fprintf(stderr, "the server sent more than it was asked for\n");
        return 1;
    }
    if (close(server) == -1)
        die("close");
    return 0;
}
