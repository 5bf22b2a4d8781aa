/* tests/live/threads.c: eight threads accept from one listener and close at the same time as others connect.
 */
#include "probe.h"

#include <pthread.h>

enum { THREADS = 8, EACH = 25 };

struct place {
    int listener;
    struct sockaddr_in address;
};

static void *serve(void *arg)
{
    const struct place *place = arg;
    long served = 0;

    for (int i = 0; i < EACH; i++) {
        int conn = accept(place->listener, NULL, NULL);
        char byte;

        served += conn >= 0 && recv(conn, &byte, 1, 0) == 1 && send(conn, &byte, 1, MSG_NOSIGNAL) == 1;
        close(conn);
    }
    return (void *)served;
}

static void *visit(void *arg)
{
    const struct place *place = arg;
    long answered = 0;

    for (int i = 0; i < EACH; i++) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        char byte = (char)i;

        if (connect(fd, (const struct sockaddr *)&place->address, sizeof place->address) == 0)
            answered +=
                send(fd, &byte, 1, MSG_NOSIGNAL) == 1 && recv(fd, &byte, 1, 0) == 1 && byte == (char)i;
        close(fd);
    }
    return (void *)answered;
}

int main(void)
{
    struct place place = {.listener = socket(AF_INET, SOCK_STREAM, 0), .address = probe_in("127.0.0.1", 0)};
    socklen_t len = sizeof place.address;
    pthread_t servers[THREADS], visitors[THREADS];
    long served = 0, answered = 0;

    probe_need(bind(place.listener, (struct sockaddr *)&place.address, len) == 0, "bind");
    probe_need(listen(place.listener, 100) == 0, "listen");
    probe_need(getsockname(place.listener, (struct sockaddr *)&place.address, &len) == 0, "getsockname");
    for (int i = 0; i < THREADS; i++) {
        probe_need(pthread_create(&servers[i], NULL, serve, &place) == 0, "pthread_create");
        probe_need(pthread_create(&visitors[i], NULL, visit, &place) == 0, "pthread_create");
    }
    for (int i = 0; i < THREADS; i++) {
        void *count;

        pthread_join(servers[i], &count);
        served += (long)count;
        pthread_join(visitors[i], &count);
        answered += (long)count;
    }
    printf("served %ld, answered %ld\n", served, answered);
    return 0;
}
