/* not-a-socket/not-a-socket.c: read and write work on any descriptor, send and recv on sockets only. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void close_it(int sock)
{
    if (close(sock) == -1)
        die("close");
}

static void expect_enotsock(ssize_t result, const char *call)
{
    if (result != -1 || errno != ENOTSOCK) {
        fprintf(stderr, "%s took it for a socket\n", call);
        exit(1);
    }
}

/* Five bytes into an empty buffer, and five out again: here no part of them can be left behind. */
static void expect_five(ssize_t result, const char *call)
{
    if (result == -1)
        die(call);
    if (result != 5) {
        fprintf(stderr, "%s moved %zd bytes\n", call, result);
        exit(1);
    }
}

int main(void)
{
    char bytes[5];

    /* A pipe: two descriptors, and a stream of bytes from one to the other. */
    int ends[2];
    if (pipe(ends) == -1)
        die("pipe");
    expect_enotsock(send(ends[1], "ping\n", 5, MSG_NOSIGNAL), "send");
    expect_five(write(ends[1], "ping\n", 5), "write");
    expect_enotsock(recv(ends[0], bytes, sizeof bytes, 0), "recv");
    expect_five(read(ends[0], bytes, sizeof bytes), "read");
    close_it(ends[0]);
    close_it(ends[1]);

    /* A pair of sockets. Whatever one end was told by, the other end may take it as it likes. */
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == -1)
        die("socketpair");
    expect_five(send(pair[0], "ping\n", 5, MSG_NOSIGNAL), "send");
    expect_five(read(pair[1], bytes, sizeof bytes), "read");
    expect_five(write(pair[1], "pong\n", 5), "write"); /* the other end is ours too: no SIGPIPE */
    expect_five(recv(pair[0], bytes, sizeof bytes, 0), "recv");
    close_it(pair[0]);
    close_it(pair[1]);
    return 0;
}
