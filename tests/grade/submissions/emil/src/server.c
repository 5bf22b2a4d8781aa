/* emil: a thread for each client. */
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void *serve(void *arg)
{
    int conn = (int)(intptr_t)arg;
    char buf[100];
    ssize_t got;

    while ((got = recv(conn, buf, sizeof buf, 0)) > 0)
        if (send(conn, buf, (size_t)got, MSG_NOSIGNAL) != got)
            break;
    close(conn);
    return NULL;
}

int main(int argc, char **argv)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argc > 1 ? argv[1] : "0"))};
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0), conn;
    pthread_t thread;

    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 16) < 0) {
        perror("server");
        return 1;
    }
    while ((conn = accept(listener, NULL, NULL)) >= 0)
        if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)conn) == 0)
            pthread_detach(thread);
        else
            close(conn);
    return 1;
}
