/* client-pattern/plain-client.c: the calls of a client, one after the other, and what each of them gives
 * back. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s ADDRESS PORT\n", argv[0]);
        return 2;
    }

    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(argv[2]))};
    if (inet_pton(AF_INET, argv[1], &there.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", argv[1]);
        return 2;
    }

    /* This is the one descriptor that there will be. It is connected with nobody yet. */
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server == -1)
        die("socket");
    struct sockaddr_in peer;
    socklen_t len = sizeof peer;
    if (getpeername(server, (struct sockaddr *)&peer, &len) == 0 || errno != ENOTCONN) {
        fprintf(stderr, "who is that?\n");
        return 1;
    }

    /* 0 or -1, that is all that connect returns: `server` itself is the connection from now on. */
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");
    len = sizeof peer;
    if (getpeername(server, (struct sockaddr *)&peer, &len) == -1)
        die("getpeername");

    static const char message[] = "ping\n";
    for (size_t done = 0; done < sizeof message - 1;) {
        ssize_t sent = send(server, message + done, sizeof message - 1 - done, MSG_NOSIGNAL);
        if (sent == -1)
            die("send");
        done += (size_t)sent;
    }

    /* "I have no more to say": the server hears the end of the stream, answers what it has still to answer,
     * and closes. What it says until then is for us to receive. */
    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");
    char piece[64];
    ssize_t got;
    while ((got = recv(server, piece, sizeof piece, 0)) > 0)
        fwrite(piece, 1, (size_t)got, stdout);
    if (got == -1)
        die("recv");

    if (close(server) == -1)
        die("close");
    return 0;
}
