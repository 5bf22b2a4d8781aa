/* urgent/urgent-sender.c: changes its mind, and says so by a byte that is urgent. */
#include <arpa/inet.h>
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

static int connected(const char *address, const char *port)
{
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(port))};
    if (inet_pton(AF_INET, address, &there.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", address);
        exit(2);
    }

    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server == -1)
        die("socket");
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");
    return server;
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
    if (argc != 3) {
        fprintf(stderr, "usage: %s ADDRESS PORT\n", argv[0]);
        return 2;
    }

    int server = connected(argv[1], argv[2]);
    send_all(server, "make tea\n", 9);
    /* One byte, since TCP keeps one urgent byte at a time: of several only the last would be urgent. */
    if (send(server, "!", 1, MSG_OOB | MSG_NOSIGNAL) == -1)
        die("send");
    send_all(server, "make coffee\n", 12);
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
