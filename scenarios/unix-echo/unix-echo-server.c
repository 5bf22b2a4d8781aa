/* unix-echo/unix-echo-server.c: echoes over a Unix-domain socket, named by a path or, with @, without a file.
 */
#include <errno.h>
#include <stddef.h>
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

/* Fills in the address, and returns how many of its bytes count. A path ends with a NUL; an abstract name has
 * one in front, and ends where the length says. */
static socklen_t make_address(struct sockaddr_un *address, const char *name)
{
    size_t len = strlen(name);
    int is_abstract = name[0] == '@';

    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    if (len == 0 || len >= sizeof address->sun_path) { /* 108 bytes, NUL included */
        fprintf(stderr, "%s is too long or too short for a name\n", name);
        exit(2);
    }
    memcpy(address->sun_path, name, len);
    if (is_abstract)
        address->sun_path[0] = '\0';
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len + !is_abstract);
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
        fprintf(stderr, "usage: %s PATH|@NAME\n", argv[0]);
        return 2;
    }
    struct sockaddr_un here;
    socklen_t len = make_address(&here, argv[1]);

    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (listener == -1)
        die("socket");
    /* The file of a server that has ended is still there, and bind would say EADDRINUSE. SO_REUSEADDR does
     * not help with files: the name has to go. */
    if (here.sun_path[0] && unlink(here.sun_path) == -1 && errno != ENOENT)
        die("unlink");
    if (bind(listener, (struct sockaddr *)&here, len) == -1)
        die("bind");
    if (listen(listener, 16) == -1)
        die("listen");

    for (;;) {
        int conn = accept(listener, NULL, NULL);
        if (conn == -1) {
            if (errno == EINTR || errno == ECONNABORTED)
                continue;
            die("accept");
        }
        echo(conn);
        if (close(conn) == -1)
            perror("close");
    }
}
