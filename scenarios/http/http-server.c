/* http/http-server.c: an HTTP/1.0 server that has one page, and closes each connection after its answer. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void send_all(int conn, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(conn, bytes, len, MSG_NOSIGNAL);
        if (sent == -1) {
            perror("send");
            return;
        }
        bytes += sent;
        len -= (size_t)sent;
    }
}

/* Everything up to the empty line that ends the headers, as a string. It may come in many pieces, cut
 * anywhere. False where the client is gone, too slow or has too much to say. */
static int recv_request(int conn, char *request, size_t room)
{
    size_t len = 0;

    request[0] = '\0';
    while (!strstr(request, "\r\n\r\n")) {
        if (len == room - 1)
            return 0;
        ssize_t got = recv(conn, request + len, room - 1 - len, 0);
        if (got <= 0)
            return 0;
        len += (size_t)got;
        request[len] = '\0'; /* recv puts none */
    }
    return 1;
}

static void answer(int conn, const char *status, const char *body)
{
    char text[1024];
    /* What counts is bytes: strlen, since the NUL is no part of the page. */
    int len = snprintf(text, sizeof text,
                       "HTTP/1.0 %s\r\n"
                       "Content-Type: text/plain\r\n"
                       "Content-Length: %zu\r\n"
                       "\r\n"
                       "%s",
                       status, strlen(body), body);

    send_all(conn, text, (size_t)len);
}

static void serve(int conn)
{
    char request[4096];

    if (!recv_request(conn, request, sizeof request))
        answer(conn, "400 Bad Request", "that was no request\n");
    else if (strncmp(request, "GET ", 4) != 0)
        answer(conn, "501 Not Implemented", "only GET is known here\n");
    else if (strncmp(request, "GET / HTTP/1.", 13) != 0)
        answer(conn, "404 Not Found", "there is no such page\n");
    else
        answer(conn, "200 OK", "hello\n");
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

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

    for (;;) {
        int conn = accept(listener, NULL, NULL);
        if (conn == -1) {
            if (errno == EINTR || errno == ECONNABORTED)
                continue;
            die("accept");
        }
        /* One after the other: whoever connects and says nothing must not keep the others waiting for ever.
         */
        struct timeval limit = {.tv_sec = 5};
        if (setsockopt(conn, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == -1)
            perror("setsockopt");
        serve(conn);
        if (close(conn) == -1)
            perror("close");
    }
}
