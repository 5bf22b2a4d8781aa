/* pass-fd/pass-fd-worker.c: echoes on connections that another process has accepted. */
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

/* The next descriptor that `front` gives, or -1 when it gives no more. */
static int take(int front)
{
    char byte;
    struct iovec data = {.iov_base = &byte, .iov_len = 1};
    union { /* aligned as a header has to be; what there is no room for is closed (MSG_CTRUNC) */
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {
        .msg_iov = &data,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    int fd;

    ssize_t got = recvmsg(front, &message, MSG_CMSG_CLOEXEC);
    if (got == -1)
        die("recvmsg");
    if (got == 0)
        return -1;
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    if (!rights || rights->cmsg_level != SOL_SOCKET || rights->cmsg_type != SCM_RIGHTS ||
        rights->cmsg_len != CMSG_LEN(sizeof fd)) {
        fprintf(stderr, "a byte without a descriptor\n");
        exit(1);
    }
    memcpy(&fd, CMSG_DATA(rights), sizeof fd);
    return fd;
}

static int send_all(int conn, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(conn, bytes, len, MSG_NOSIGNAL);
        if (sent == -1)
            return -1;
        bytes += sent;
        len -= (size_t)sent;
    }
    return 0;
}

static void echo(int conn)
{
    char piece[4096];
    ssize_t got;

    while ((got = recv(conn, piece, sizeof piece, 0)) > 0)
        if (send_all(conn, piece, (size_t)got) == -1) {
            perror("send");
            return;
        }
    if (got == -1)
        perror("recv");
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PATH\n", argv[0]);
        return 2;
    }
    struct sockaddr_un here = {.sun_family = AF_UNIX};
    if (strlen(argv[1]) >= sizeof here.sun_path) {
        fprintf(stderr, "the path is too long\n");
        return 2;
    }
    strcpy(here.sun_path, argv[1]);

    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    if (unlink(here.sun_path) == -1 && errno != ENOENT) /* left over from a worker that has ended */
        die("unlink");
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 1) == -1)
        die("listen");
    int front = accept(listener, NULL, NULL);
    if (front == -1)
        die("accept");

    int conn;
    while ((conn = take(front)) != -1) {
        echo(conn);
        if (close(conn) == -1)
            perror("close");
    }

    if (close(front) == -1)
        die("close");
    if (close(listener) == -1)
        die("close");
    if (unlink(here.sun_path) == -1)
        die("unlink");
    return 0;
}
