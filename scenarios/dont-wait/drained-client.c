/* dont-wait/drained-client.c: makes sure that nothing is left to receive before it asks. */
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

static int connected(const char *address, const char *port)
{
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(port))};
    if (inet_pton(AF_INET, address, &there.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", address);
        exit(2);
    }

    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server == -1)
        die("socket");
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");
    return server;
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

/* Throws away what is there already. MSG_DONTWAIT is for this one call; O_NONBLOCK would be for all. */
static void drain(int server)
{
    char piece[64];
    ssize_t got;

    while ((got = recv(server, piece, sizeof piece, MSG_DONTWAIT)) > 0)
        continue;
    if (got == 0) {
        fprintf(stderr, "the server has closed the connection\n");
        exit(1);
    }
    if (errno != EAGAIN && errno != EWOULDBLOCK) /* "nothing now" is no failure, and no end either */
        die("recv");
}

/* recv() may bring fewer bytes than were asked for: go on until all are there. */
static void expect(int sock, const char *bytes, size_t len)
{
    char piece[64];

    for (size_t done = 0; done < len;) {
        ssize_t got = recv(sock, piece, len - done, 0);
        if (got == -1)
            die("recv");
        if (got == 0 || memcmp(piece, bytes + done, (size_t)got) != 0) {
            fprintf(stderr, "expected \"%s\"\n", bytes);
            exit(1);
        }
        done += (size_t)got;
    }
}

static void expect_end(int sock)
{
    char none;
    ssize_t got = recv(sock, &none, 1, 0);

    if (got == -1)
        die("recv");
    if (got != 0) {
        fprintf(stderr, "more came than was expected\n");
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s ADDRESS PORT\n", argv[0]);
        return 2;
    }

    int server = connected(argv[1], argv[2]);
    drain(server);
    send_all(server, "ping\n", 5);
    expect(server, "ping\n", 5);
    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");
    expect_end(server);
    if (close(server) == -1)
        die("close");
    return 0;
}
