/* unix-echo/unix-echo-client.c: sends "ping\n" over a Unix-domain socket and expects it back. */
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

/* `want` bytes, in whatever pieces they come; fewer only where the stream ends. */
static size_t recv_some(int server, char *bytes, size_t want)
{
    size_t len = 0;

    while (len < want) {
        ssize_t got = recv(server, bytes + len, want - len, 0);
        if (got == -1)
            die("recv");
        if (got == 0)
            break;
        len += (size_t)got;
    }
    return len;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PATH|@NAME\n", argv[0]);
        return 2;
    }
    struct sockaddr_un there;
    socklen_t there_len = make_address(&there, argv[1]);

    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    if (server == -1)
        die("socket");
    /* ENOENT: no such name. ECONNREFUSED: the file is there, and nobody listens behind it. */
    if (connect(server, (struct sockaddr *)&there, there_len) == -1)
        die("connect");

    static const char message[] = "ping\n";
    send_all(server, message, sizeof message - 1);
    char answer[sizeof message];
    if (recv_some(server, answer, sizeof message - 1) != sizeof message - 1 ||
        memcmp(answer, message, sizeof message - 1) != 0) {
        fprintf(stderr, "the server answered something else\n");
        return 1;
    }

    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");
    if (recv_some(server, answer, 1) != 0) {
        fprintf(stderr, "the server sent more than it was sent\n");
        return 1;
    }
    if (close(server) == -1)
        die("close");
    return 0;
}
