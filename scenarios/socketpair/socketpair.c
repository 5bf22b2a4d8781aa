/* socketpair/socketpair.c: a parent and its child talk over a pair of sockets. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void send_all(int peer, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(peer, bytes, len, MSG_NOSIGNAL);
        if (sent == -1)
            die("send");
        bytes += sent;
        len -= (size_t)sent;
    }
}

/* Receives until the other end has no more to say: exactly `words` must come. */
static void expect_all(int peer, const char *words)
{
    char bytes[64];
    size_t len = 0;

    for (;;) {
        ssize_t got = recv(peer, bytes + len, sizeof bytes - len, 0);
        if (got == -1)
            die("recv");
        if (got == 0)
            break;
        len += (size_t)got;
    }
    if (len != strlen(words) || memcmp(bytes, words, len) != 0) {
        fprintf(stderr, "expected \"%s\"\n", words);
        exit(1);
    }
}

int main(void)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == -1)
        die("socketpair");
    int ours = pair[0], theirs = pair[1];

    pid_t child = fork();
    if (child == -1)
        die("fork");
    /* Both processes have both ends now. The child that kept `ours` would wait for ever for an end of the
     * stream that only its own copy holds back. */
    if (close(child == 0 ? ours : theirs) == -1)
        die("close");

    if (child == 0) {
        expect_all(theirs, "ping\n");
        send_all(theirs, "pong\n", 5);
        if (close(theirs) == -1)
            die("close");
        return 0;
    }
    send_all(ours, "ping\n", 5);
    if (shutdown(ours, SHUT_WR) == -1) /* for both copies of the end: shutdown works on the connection */
        die("shutdown");
    expect_all(ours, "pong\n");
    if (close(ours) == -1)
        die("close");

    int status;
    while (waitpid(child, &status, 0) == -1)
        if (errno != EINTR)
            die("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
