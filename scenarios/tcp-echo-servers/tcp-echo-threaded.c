/* tcp-echo-servers/tcp-echo-threaded.c: a thread of its own for each client. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
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

/* send() may take fewer bytes than it was given: go on with the rest until all are sent. */
static int send_all(int conn, const char *bytes, size_t len)
{
    while (len > 0) {
        /* Without MSG_NOSIGNAL a client that is gone would kill the process, with all its threads. */
        ssize_t sent = send(conn, bytes, len, MSG_NOSIGNAL);
        if (sent == -1)
            return -1;
        bytes += sent;
        len -= (size_t)sent;
    }
    return 0;
}

/* What goes wrong here ends this client's thread, not the server. */
static void *serve(void *arg)
{
    int conn = (int)(intptr_t)arg;
    char piece[4096];
    ssize_t got;

    while ((got = recv(conn, piece, sizeof piece, 0)) > 0)
        if (send_all(conn, piece, (size_t)got) == -1) {
            perror("send");
            break;
        }
    if (got == -1)
        perror("recv");
    /* Threads share their descriptors: there is one reference only, and this closes it. */
    if (close(conn) == -1)
        perror("close");
    return NULL;
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

        /* The number itself is handed over. A pointer to `conn` would show the thread the next client's, if
         * it comes to look too late. */
        pthread_t thread;
        int wrong = pthread_create(&thread, NULL, serve, (void *)(intptr_t)conn);
        if (wrong) {
            fprintf(stderr, "pthread_create: %s\n", strerror(wrong));
            if (close(conn) == -1)
                perror("close");
            continue;
        }
        wrong = pthread_detach(thread); /* nobody will join it */
        if (wrong)
            fprintf(stderr, "pthread_detach: %s\n", strerror(wrong));
    }
}
