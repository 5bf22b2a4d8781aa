/* tcp-echo-servers/tcp-echo-many-client.c: three connections at the same time, each with words of its own. */
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

/* All bytes until the end of the stream; those that there is no room for are only counted. */
static size_t recv_all(int server, char *bytes, size_t room)
{
    size_t len = 0;

    for (;;) {
        char rest[64];
        ssize_t got =
            len < room ? recv(server, bytes + len, room - len, 0) : recv(server, rest, sizeof rest, 0);
        if (got == -1)
            die("recv");
        if (got == 0)
            return len;
        len += (size_t)got;
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

    /* All three connect and speak before the first one listens: a server that takes one client after the
     * other finds two of them in its queue, with their words behind them. */
    static const char *const words[] = {"one\n", "two\n", "three\n"};
    int servers[3];
    for (int i = 0; i < 3; i++) {
        servers[i] = socket(AF_INET, SOCK_STREAM, 0);
        if (servers[i] == -1)
            die("socket");
        if (connect(servers[i], (struct sockaddr *)&there, sizeof there) == -1)
            die("connect");
    }
    for (int i = 0; i < 3; i++)
        send_all(servers[i], words[i], strlen(words[i]));

    for (int i = 0; i < 3; i++) {
        char answer[16];

        if (shutdown(servers[i], SHUT_WR) == -1)
            die("shutdown");
        size_t len = recv_all(servers[i], answer, sizeof answer);
        if (len != strlen(words[i]) || memcmp(answer, words[i], len) != 0) {
            fprintf(stderr, "the server answered something else\n");
            return 1;
        }
        if (close(servers[i]) == -1)
            die("close");
    }
    return 0;
}
