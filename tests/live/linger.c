/* tests/live/linger.c: linger MARK [ignore]: a family of processes and threads that wait for ever, to be
 * ended by others. MARK is any word by which they are found; with `ignore` they pass over SIGINT and SIGTERM.
 */
#include "probe.h"

#include <pthread.h>
#include <signal.h>

static void *wait_for_ever(void *arg)
{
    char byte;

    for (;;)
        recv(*(int *)arg, &byte, 1, 0);
    return NULL;
}

int main(int argc, char **argv)
{
    int pair[2];
    pthread_t thread;

    if (argc < 2)
        return 2;
    if (argc > 2 && strcmp(argv[2], "ignore") == 0) {
        signal(SIGINT, SIG_IGN);
        signal(SIGTERM, SIG_IGN);
    }
    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    for (int i = 0; i < 3; i++)
        if (fork() == 0)
            break;
    probe_need(pthread_create(&thread, NULL, wait_for_ever, &pair[0]) == 0, "pthread_create");
    printf("waiting\n");
    fflush(stdout);
    wait_for_ever(&pair[1]);
}
