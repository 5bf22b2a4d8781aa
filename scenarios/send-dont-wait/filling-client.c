/* send-dont-wait/filling-client.c: sends more than there is room for, without a send that waits. */
#include <errno.h>
#include <poll.h>
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

static int connected(const char *path)
{
    struct sockaddr_un there = named(path);

    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    if (server == -1)
        die("socket");
    int size = 8192; /* a small buffer, to see it full soon */
    if (setsockopt(server, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) == -1)
        die("setsockopt");
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");
    return server;
}

/* Here a program would do something else meanwhile. This one has nothing else to do. */
static void wait_for_room(int sock)
{
    struct pollfd room = {.fd = sock, .events = POLLOUT};

    if (poll(&room, 1, -1) == -1)
        die("poll");
}

/* What was not taken is still to be sent: all of it after EAGAIN, the rest of it where send took a part. */
static void send_all(int sock, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(sock, bytes, len, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes += sent;
            len -= (size_t)sent;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            wait_for_room(sock);
        } else {
            die("send");
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PATH\n", argv[0]);
        return 2;
    }

    int server = connected(argv[1]);
    char piece[4096];
    memset(piece, '.', sizeof piece);
    for (int i = 0; i < 16; i++)
        send_all(server, piece, sizeof piece);
    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");

    char answer[32];
    ssize_t got;
    while ((got = recv(server, answer, sizeof answer, 0)) > 0)
        fwrite(answer, 1, (size_t)got, stdout);
    if (got == -1)
        die("recv");
    if (close(server) == -1)
        die("close");
    return 0;
}
