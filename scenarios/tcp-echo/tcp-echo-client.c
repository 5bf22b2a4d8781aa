/* tcp-echo/tcp-echo-client.c: sends "ping\n" and expects it back. */
#include <arpa/inet.h>
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

/* send() may take fewer bytes than it was given: go on with the rest until all are sent. */
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

/* recv() may bring fewer bytes than were asked for: go on until all are there. */
static void recv_all(int server, char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t got = recv(server, bytes, len, 0);
        if (got == -1)
            die("recv");
        if (got == 0) {
            fprintf(stderr, "the server closed the connection too early\n");
            exit(1);
        }
        bytes += got;
        len -= (size_t)got;
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
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");

    static const char message[] = "ping\n";
    char answer[sizeof message - 1];
    send_all(server, message, sizeof answer);
    recv_all(server, answer, sizeof answer);
    if (memcmp(answer, message, sizeof answer) != 0) {
        fprintf(stderr, "the server answered something else\n");
        return 1;
    }

    /* "I have no more to say": the server's recv returns 0, and it closes; only then does ours return 0. */
    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");
    char rest;
    ssize_t got = recv(server, &rest, 1, 0);
    if (got == -1)
        die("recv");
    if (got != 0) {
        fprintf(stderr, "the server sent more than it was sent\n");
        return 1;
    }
    if (close(server) == -1)
        die("close");
    return 0;
}
