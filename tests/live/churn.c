/* tests/live/churn.c: churn TENTHS: threads that fork, vfork, make threads and use sockets for that many
 * tenths of a second. Prints how often something went wrong. */
#include "probe.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>

static atomic_int stop, wrong;

static void *use_sockets(void *arg)
{
    int pair[2];
    char byte = 'c';

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == -1 || send(pair[0], &byte, 1, 0) != 1 ||
        recv(pair[1], &byte, 1, 0) != 1 || close(pair[0]) || close(pair[1]))
        wrong++;
    return arg;
}

static void expect_status(pid_t pid, int wanted)
{
    int status;

    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != wanted)
        wrong++;
}

static void *forks(void *arg)
{
    while (!stop) {
        pid_t pid = fork();

        if (pid == 0) {
            use_sockets(NULL);
            _exit(7);
        }
        expect_status(pid, 7);
    }
    return arg;
}

/* Between the two execs the parent waits where no signal reaches it. */
static void *vforks(void *arg)
{
    while (!stop) {
        pid_t pid = vfork();

        if (pid == 0) {
            execl("/nonexistent/program", "none", (char *)NULL);
            execl("/bin/true", "true", (char *)NULL);
            _exit(9);
        }
        expect_status(pid, 0);
    }
    return arg;
}

static void *threads(void *arg)
{
    while (!stop) {
        pthread_t thread;

        if (pthread_create(&thread, NULL, use_sockets, NULL) || pthread_join(thread, NULL))
            wrong++;
    }
    return arg;
}

int main(int argc, char **argv)
{
    void *(*const runs[])(void *) = {forks, vforks, threads};
    pthread_t all[3];

    for (int i = 0; i < 3; i++)
        probe_need(pthread_create(&all[i], NULL, runs[i], NULL) == 0, "pthread_create");
    usleep(100000u * (unsigned)atoi(argc > 1 ? argv[1] : "10"));
    stop = 1;
    for (int i = 0; i < 3; i++)
        pthread_join(all[i], NULL);
    printf("%d went wrong\n", wrong);
    return wrong != 0;
}
