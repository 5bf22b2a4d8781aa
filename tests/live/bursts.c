/* tests/live/bursts.c: 8 processes that fork 50 children each, all at once: ends and first stops come in any
 * order. */
#include "probe.h"

#include <sys/wait.h>

enum { FAMILIES = 8, CHILDREN = 50 };

static _Noreturn void child(void)
{
    int pair[2];
    char byte = 'b';

    _exit(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == -1 || send(pair[0], &byte, 1, 0) != 1 ||
          recv(pair[1], &byte, 1, 0) != 1);
}

/* How many children ended well. */
static int reap(void)
{
    int status, good = 0;

    while (wait(&status) > 0)
        good += WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return good;
}

int main(void)
{
    for (int i = 0; i < FAMILIES; i++) {
        if (fork() != 0)
            continue;
        for (int j = 0; j < CHILDREN; j++)
            if (fork() == 0)
                child();
        _exit(reap() != CHILDREN);
    }
    printf("%d families are well\n", reap());
    return 0;
}
