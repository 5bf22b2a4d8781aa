/* write-is-send/any-way-client.c: says the same in one of the ways that there are to send and to receive. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
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

/* Ways to send and to receive. Each may move fewer bytes than it was asked to. */
struct way {
    const char *name;
    ssize_t (*put)(int sock, const char *bytes, size_t len);
    ssize_t (*get)(int sock, char *bytes, size_t len);
};

static ssize_t by_write(int sock, const char *bytes, size_t len)
{
    return write(sock, bytes, len);
}

static ssize_t by_read(int sock, char *bytes, size_t len)
{
    return read(sock, bytes, len);
}

/* Two pieces of memory by one call: their bytes are one stream all the same. */
static ssize_t by_writev(int sock, const char *bytes, size_t len)
{
    struct iovec pieces[] = {{(void *)bytes, len / 2}, {(void *)(bytes + len / 2), len - len / 2}};
    return writev(sock, pieces, 2);
}

static ssize_t by_readv(int sock, char *bytes, size_t len)
{
    struct iovec pieces[] = {{bytes, len / 2}, {bytes + len / 2, len - len / 2}};
    return readv(sock, pieces, 2);
}

/* No options, 0: what write and read do. */
static ssize_t by_send(int sock, const char *bytes, size_t len)
{
    return send(sock, bytes, len, 0);
}

static ssize_t by_recv(int sock, char *bytes, size_t len)
{
    return recv(sock, bytes, len, 0);
}

/* With no address either, since the socket is connected. */
static ssize_t by_sendto(int sock, const char *bytes, size_t len)
{
    return sendto(sock, bytes, len, 0, NULL, 0);
}

static ssize_t by_recvfrom(int sock, char *bytes, size_t len)
{
    return recvfrom(sock, bytes, len, 0, NULL, NULL);
}

/* writev with options, and with more that a message may have. */
static ssize_t by_sendmsg(int sock, const char *bytes, size_t len)
{
    struct iovec pieces[] = {{(void *)bytes, len / 2}, {(void *)(bytes + len / 2), len - len / 2}};
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = 2};
    return sendmsg(sock, &message, 0);
}

static ssize_t by_recvmsg(int sock, char *bytes, size_t len)
{
    struct iovec pieces[] = {{bytes, len / 2}, {bytes + len / 2, len - len / 2}};
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = 2};
    return recvmsg(sock, &message, 0);
}

static const struct way ways[] = {
    {.name = "send", .put = by_send, .get = by_recv},
    {.name = "write", .put = by_write, .get = by_read},
    {.name = "writev", .put = by_writev, .get = by_readv},
    {.name = "sendto", .put = by_sendto, .get = by_recvfrom},
    {.name = "sendmsg", .put = by_sendmsg, .get = by_recvmsg},
};

static const struct way *way_find(const char *name)
{
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (strcmp(ways[i].name, name) == 0)
            return &ways[i];
    fprintf(stderr, "no way to send: %s\n", name);
    exit(2);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s ADDRESS PORT send|write|writev|sendto|sendmsg\n", argv[0]);
        return 2;
    }

    const struct way *way = way_find(argv[3]);
    signal(SIGPIPE, SIG_IGN); /* write has no MSG_NOSIGNAL */

    int server = connected(argv[1], argv[2]);
    static const char message[] = "ping\n";
    const size_t len = sizeof message - 1;
    for (size_t done = 0; done < len;) {
        ssize_t sent = way->put(server, message + done, len - done);
        if (sent == -1)
            die(argv[3]);
        done += (size_t)sent;
    }
    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");

    char answer[64];
    size_t got = 0;
    for (;;) {
        ssize_t more = way->get(server, answer + got, sizeof answer - got);
        if (more == -1)
            die("receive");
        if (more == 0)
            break;
        got += (size_t)more;
    }
    if (got != len || memcmp(answer, message, len) != 0) {
        fprintf(stderr, "the server answered something else\n");
        return 1;
    }
    if (close(server) == -1)
        die("close");
    return 0;
}
