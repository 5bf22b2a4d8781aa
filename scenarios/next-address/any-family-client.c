/* next-address/any-family-client.c: sends "ping\n" and expects it back, over IPv6 or IPv4, whichever works.
 */
#include <netdb.h>
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

/* A name may have several addresses, of both families. Nobody promises that the server can be reached at the
 * first one: the next is tried, each with a new socket of its family. */
static int connect_to(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *addresses;

    int wrong = getaddrinfo(host, port, &hints, &addresses); /* NULL for a host: this machine */
    if (wrong) {
        fprintf(stderr, "%s: %s\n", host ? host : "this machine", gai_strerror(wrong));
        exit(1);
    }

    int server = -1;
    for (struct addrinfo *one = addresses; one && server == -1; one = one->ai_next) {
        server = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (server == -1) {
            perror("socket"); /* perhaps a family that this kernel lacks */
            continue;
        }
        if (connect(server, one->ai_addr, one->ai_addrlen) == -1) {
            perror("connect");
            /* It is not to be used again: it is of the wrong family for the next one, and in an undefined
             * state on many systems. */
            if (close(server) == -1)
                die("close");
            server = -1;
        }
    }
    freeaddrinfo(addresses);
    return server;
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
    if (argc != 2 && argc != 3) {
        fprintf(stderr, "usage: %s PORT [HOST]\n", argv[0]);
        return 2;
    }
    int server = connect_to(argc == 3 ? argv[2] : NULL, argv[1]);
    if (server == -1)
        return 1;

    static const char message[] = "ping\n";
    const size_t len = sizeof message - 1;
    char answer[sizeof message];
    send_all(server, message, len);
    if (recv_some(server, answer, len) != len || memcmp(answer, message, len) != 0) {
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
