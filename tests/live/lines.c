/* tests/live/lines.c: a connection that nobody takes, asked for in a place of each kind:
 * tests/cli/source.bats knows the lines. */
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int sink;

static void dial(int port)
{
    struct sockaddr_in addr = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int sock = socket(AF_INET, SOCK_STREAM, 0);

    sink = connect(sock, (struct sockaddr *)&addr, sizeof(addr)); /* line: dial */
}

static inline __attribute__((always_inline)) void inlined(int port)
{
    struct sockaddr_in addr = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};

    sink =
        connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&addr, sizeof(addr)); /* line: inlined */
}

static __attribute__((noinline)) void plain(int port)
{
    dial(port); /* line: plain */
    sink++;
}

static __attribute__((noinline)) void around(int port)
{
    inlined(port); /* line: around */
    sink++;
}

static void *thread(void *arg)
{
    plain(*(int *)arg);
    return NULL;
}

int main(int argc, char **argv)
{
    const char *kind = argc > 2 ? argv[1] : "";
    int port = argc > 2 ? atoi(argv[2]) : 0;

    if (strcmp(kind, "plain") == 0) {
        plain(port); /* line: main plain */
    } else if (strcmp(kind, "inlined") == 0) {
        around(port); /* line: main around */
    } else if (strcmp(kind, "child") == 0) {
        if (fork() == 0) {
            plain(port); /* line: main child */
            _exit(0);
        }
        wait(NULL);
    } else if (strcmp(kind, "thread") == 0) {
        pthread_t other;

        pthread_create(&other, NULL, thread, &port);
        pthread_join(other, NULL);
    } else if (strcmp(kind, "crash") == 0) {
        plain(port);
        raise(SIGSEGV); /* line: crash */
    } else if (strcmp(kind, "again") == 0) {
        plain(port);
        execl("/proc/self/exe", argv[0], "plain", argv[2], (char *)NULL);
    }
    return 0;
}
