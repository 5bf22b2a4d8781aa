/* http/http-client.c: asks an HTTP server for a page and prints it. */
#include <arpa/inet.h>
#include <netinet/in.h>
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

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s ADDRESS PORT PATH\n", argv[0]);
        return 2;
    }

    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(argv[2]))};
    if (inet_pton(AF_INET, argv[1], &there.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", argv[1]);
        return 2;
    }

    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server == -1)
        die("socket");
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");

    char request[1024];
    int request_len =
        snprintf(request, sizeof request, "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", argv[3], argv[1]);
    if ((size_t)request_len >= sizeof request) {
        fprintf(stderr, "the path is too long\n");
        return 2;
    }
    send_all(server, request, (size_t)request_len);

    /* HTTP/1.0: the answer ends where the connection ends. */
    char answer[8192];
    size_t len = 0;
    for (;;) {
        ssize_t got = recv(server, answer + len, sizeof answer - 1 - len, 0);
        if (got == -1)
            die("recv");
        if (got == 0)
            break;
        len += (size_t)got;
        if (len == sizeof answer - 1) {
            fprintf(stderr, "the answer is too long\n");
            return 1;
        }
    }
    answer[len] = '\0'; /* recv puts none, and the functions below want one */
    if (close(server) == -1)
        die("close");

    const char *body = strstr(answer, "\r\n\r\n");
    if (strncmp(answer, "HTTP/1.", 7) != 0 || !body) {
        fprintf(stderr, "that was no answer\n");
        return 1;
    }
    body += 4;
    if (fwrite(body, 1, len - (size_t)(body - answer), stdout) != len - (size_t)(body - answer))
        die("stdout");
    return strncmp(answer + 8, " 200 ", 5) == 0 ? 0 : 1;
}
