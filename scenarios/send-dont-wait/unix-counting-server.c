/* send-dont-wait/unix-counting-server.c: receives until the end, and answers how many bytes that were. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static struct sockaddr_un named(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (strlen(path) >= sizeof address.sun_path) {
        fprintf(stderr, "%s: too long for the name of a socket\n", path);
        exit(2);
    }
    strcpy(address.sun_path, path);
    return address;
}

static int listening(const char *path)
{
    struct sockaddr_un here = named(path);
    if (unlink(path) == -1 && errno != ENOENT) /* a file that is left of an earlier run is in the way */
        die("unlink");

    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 4) == -1)
        die("listen");
    return listener;
}

static int accepted(int listener)
{
    int conn;

    /* A client that gave up meanwhile, or a signal: the next may come. */
    while ((conn = accept(listener, NULL, NULL)) == -1)
        if (errno != EINTR && errno != ECONNABORTED)
            die("accept");
    return conn;
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

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PATH\n", argv[0]);
        return 2;
    }

    int listener = listening(argv[1]);
    int conn = accepted(listener);

    char piece[4096];
    size_t total = 0;
    ssize_t got;
    while ((got = recv(conn, piece, sizeof piece, 0)) > 0)
        total += (size_t)got;
    if (got == -1)
        die("recv");

    char answer[32];
    int len = snprintf(answer, sizeof answer, "%zu\n", total);
    send_all(conn, answer, (size_t)len);
    if (close(conn) == -1)
        die("close");
    if (close(listener) == -1)
        die("close");
    return 0;
}
