/* connect-nonblocking/selecting-client.c: both connects go on at once, and one select waits for them. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* A connect that may still go on: `error` is known once `over`. */
struct attempt {
    const char *name;
    int sock, over, error;
};

static void end(struct attempt *attempt, int error)
{
    attempt->over = 1;
    attempt->error = error;
    close(attempt->sock);
}

static void begin(struct attempt *attempt, const struct sockaddr_in *there)
{
    attempt->sock = socket(AF_INET, SOCK_STREAM, 0);
    if (attempt->sock == -1)
        die("socket");
    int flags = fcntl(attempt->sock, F_GETFL);
    if (flags == -1 || fcntl(attempt->sock, F_SETFL, flags | O_NONBLOCK) == -1)
        die("fcntl");
    if (connect(attempt->sock, (const struct sockaddr *)there, sizeof *there) == 0)
        end(attempt, 0);
    else if (errno != EINPROGRESS)
        end(attempt, errno);
}

static void ask(struct attempt *attempt)
{
    int error;
    socklen_t len = sizeof error;
    if (getsockopt(attempt->sock, SOL_SOCKET, SO_ERROR, &error, &len) == -1)
        die("getsockopt");
    end(attempt, error);
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
    struct sockaddr_in nobody = {
        .sin_family = AF_INET,
        .sin_port = htons(1),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1),
    };

    struct attempt all[] = {{.name = "nobody"}, {.name = "the server"}};
    begin(&all[0], &nobody);
    begin(&all[1], &there);
    while (!all[0].over || !all[1].over) {
        fd_set writable;
        int most = -1;
        FD_ZERO(&writable);
        for (int i = 0; i < 2; i++)
            if (!all[i].over) {
                FD_SET(all[i].sock, &writable);
                most = all[i].sock > most ? all[i].sock : most;
            }
        if (select(most + 1, NULL, &writable, NULL, NULL) == -1) {
            if (errno == EINTR)
                continue;
            die("select");
        }
        for (int i = 0; i < 2; i++)
            if (!all[i].over && FD_ISSET(all[i].sock, &writable))
                ask(&all[i]);
    }
    for (int i = 0; i < 2; i++)
        printf("%s: %s\n", all[i].name, strerror(all[i].error));
    return 0;
}
