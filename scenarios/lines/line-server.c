/* lines/line-server.c: sends each line back with its number. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LONGEST = 1024 };

static void die(const char *what)
{
    perror(what);
    exit(1);
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

/* `line` is no C string: it ends at its newline, not with a NUL, and may hold one. */
static int answer(int conn, int number, const char *line, size_t len)
{
    char text[LONGEST + 16];
    int digits = snprintf(text, 16, "%d: ", number);

    memcpy(text + digits, line, len);
    return send_all(conn, text, (size_t)digits + len);
}

static void serve(int conn)
{
    char lines[LONGEST]; /* what came and is not answered yet */
    size_t len = 0;
    int number = 0;

    for (;;) {
        ssize_t got = recv(conn, lines + len, sizeof lines - len, 0);
        if (got == -1)
            perror("recv");
        if (got <= 0)
            break;
        len += (size_t)got;

        /* There may be several whole lines now, or none. */
        const char *end;
        while ((end = memchr(lines, '\n', len))) {
            size_t line_len = (size_t)(end - lines) + 1;
            if (answer(conn, ++number, lines, line_len) == -1) {
                perror("send");
                return;
            }
            len -= line_len;
            memmove(lines, lines + line_len, len); /* the beginning of the next line, if any */
        }
        if (len == sizeof lines) {
            fprintf(stderr, "a line is too long\n");
            return;
        }
    }
    if (len > 0)
        fprintf(stderr, "the stream ended inside a line\n");
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
        serve(conn);
        if (close(conn) == -1)
            perror("close");
    }
}
