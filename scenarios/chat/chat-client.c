/* chat/chat-client.c: talks with a chat server as its arguments say: `hear LINE` waits for a line, `say LINE`
 * sends one. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int server;
static char heard[1024]; /* what has come and is not used up yet */
static size_t len;
static int misheard;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void send_all(const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(server, bytes, n, MSG_NOSIGNAL);
        if (sent == -1)
            die("send");
        bytes += sent;
        n -= (size_t)sent;
    }
}

/* Waits for the next line, which may be here already: one recv can bring several. */
static void hear(const char *wanted)
{
    char *end;

    while (!(end = memchr(heard, '\n', len))) {
        ssize_t got = len < sizeof heard ? recv(server, heard + len, sizeof heard - len, 0) : 0;
        if (got == -1)
            die("recv");
        if (got == 0) {
            fprintf(stderr, "no whole line came\n");
            exit(1);
        }
        len += (size_t)got;
    }
    size_t n = (size_t)(end - heard);
    if (n != strlen(wanted) || memcmp(heard, wanted, n) != 0) {
        fprintf(stderr, "heard \"%.*s\", expected \"%s\"\n", (int)n, heard, wanted);
        misheard = 1; /* the others wait for our answer all the same */
    }
    len -= n + 1;
    memmove(heard, end + 1, len);
}

/* All that is said in one breath goes out in one send. Returns how many arguments it used. */
static int say(char **args)
{
    char text[1024];
    size_t n = 0;
    int used = 0;

    for (; args[used] && args[used + 1] && strcmp(args[used], "say") == 0; used += 2) {
        int more = snprintf(text + n, sizeof text - n, "%s\n", args[used + 1]);
        if ((size_t)more >= sizeof text - n) {
            fprintf(stderr, "too much to say\n");
            exit(2);
        }
        n += (size_t)more;
    }
    send_all(text, n);
    return used;
}

static void connect_to(const char *address, const char *port)
{
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(port))};
    if (inet_pton(AF_INET, address, &there.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", address);
        exit(2);
    }

    server = socket(AF_INET, SOCK_STREAM, 0);
    if (server == -1)
        die("socket");
    if (connect(server, (struct sockaddr *)&there, sizeof there) == -1)
        die("connect");
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc % 2 != 0) {
        fprintf(stderr, "usage: %s ADDRESS PORT NAME [hear LINE | say LINE]...\n", argv[0]);
        return 2;
    }
    connect_to(argv[1], argv[2]);

    char introduction[64], welcome[64];
    snprintf(introduction, sizeof introduction, "%s\n", argv[3]);
    snprintf(welcome, sizeof welcome, "welcome, %s", argv[3]);
    send_all(introduction, strlen(introduction));
    hear(welcome);
    for (int i = 4; i < argc;) {
        if (strcmp(argv[i], "say") == 0) {
            i += say(argv + i);
        } else if (strcmp(argv[i], "hear") == 0) {
            hear(argv[i + 1]);
            i += 2;
        } else {
            fprintf(stderr, "%s is neither hear nor say\n", argv[i]);
            return 2;
        }
    }

    if (shutdown(server, SHUT_WR) == -1)
        die("shutdown");
    char none;
    ssize_t got = recv(server, &none, 1, 0);
    if (got == -1)
        die("recv");
    if (got != 0 || len != 0) {
        fprintf(stderr, "there was more to hear\n");
        return 1;
    }
    if (close(server) == -1)
        die("close");
    return misheard;
}
