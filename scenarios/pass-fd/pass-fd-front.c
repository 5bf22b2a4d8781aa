/* pass-fd/pass-fd-front.c: accepts one TCP client, and gives its connection to the worker. */
#include <arpa/inet.h>
#include <netinet/in.h>
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

/* A descriptor travels in a control message (SCM_RIGHTS), beside at least one byte of data. The kernel does
 * not send the number: it makes another descriptor for the same socket in the process that receives it. */
static void give(int worker, int fd)
{
    char byte = 'c';
    struct iovec data = {.iov_base = &byte, .iov_len = 1};
    union { /* aligned as a header has to be */
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof fd)];
    } control;
    memset(&control, 0, sizeof control);
    struct msghdr message = {
        .msg_iov = &data,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(rights), &fd, sizeof fd);

    if (sendmsg(worker, &message, MSG_NOSIGNAL) == -1)
        die("sendmsg");
}

static int connect_to_worker(const char *path)
{
    struct sockaddr_un there = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof there.sun_path) {
        fprintf(stderr, "the path is too long\n");
        exit(2);
    }
    strcpy(there.sun_path, path);

    int worker = socket(AF_UNIX, SOCK_STREAM, 0);
    if (worker == -1)
        die("socket");
    if (connect(worker, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");
    return worker;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s PORT WORKER-PATH\n", argv[0]);
        return 2;
    }
    int worker = connect_to_worker(argv[2]);

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    struct sockaddr_in here = {
        .sin_family = AF_INET,
        .sin_port = htons((in_port_t)atoi(argv[1])),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1)
        die("bind");
    if (listen(listener, 16) == -1)
        die("listen");

    int conn = accept(listener, NULL, NULL);
    if (conn == -1)
        die("accept");
    give(worker, conn);
    /* The worker has its own reference now, even before it receives it: closing ours ends nothing. */
    if (close(conn) == -1)
        die("close");
    if (close(listener) == -1)
        die("close");
    if (close(worker) == -1)
        die("close");
    return 0;
}
