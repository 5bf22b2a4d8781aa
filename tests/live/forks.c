/* tests/live/forks.c: a storm of 200 children, each with a socketpair of its own and an exit status of its
 * own. */
#include "probe.h"

#include <sys/wait.h>

enum { CHILDREN = 200 };

static int child(int i)
{
    int pair[2];
    char byte = (char)i;

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == -1 || send(pair[0], &byte, 1, 0) != 1 ||
        recv(pair[1], &byte, 1, 0) != 1 || byte != (char)i)
        return 255;
    return i % 100;
}

int main(void)
{
    long sum = 0, ended = 0;

    for (int i = 0; i < CHILDREN; i++) {
        pid_t pid = fork();

        probe_need(pid >= 0, "fork");
        if (pid == 0)
            _exit(child(i));
    }
    for (int status; wait(&status) > 0; ended++) {
        if (!WIFEXITED(status) || WEXITSTATUS(status) == 255)
            printf("a child ended with wait status %#x\n", (unsigned)status);
        sum += WEXITSTATUS(status);
    }
    printf("%ld ended, statuses add up to %ld\n", ended, sum);
    return 0;
}
