/* tests/live/spinners.c: processes that never sleep wait for one that is older and has work to do: a tracer
 * must not serve only them. */
#include "probe.h"

#include <sys/wait.h>

enum { SPINNERS = 8, WORK = 200 };

static void spin(int fd)
{
    char byte;

    while (recv(fd, &byte, 1, MSG_DONTWAIT) != 1)
        ;
}

static void work(int from, int to)
{
    char byte = 'w';

    for (int i = 0; i < WORK; i++)
        probe_need(send(from, &byte, 1, 0) == 1 && recv(to, &byte, 1, 0) == 1, "work");
}

int main(void)
{
    int work_pair[2], end_pair[2];

    /* A tracer finds a child of its own before all others, so none of these is one. */
    if (fork() == 0) {
        probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, work_pair) == 0 &&
                       socketpair(AF_UNIX, SOCK_STREAM, 0, end_pair) == 0,
                   "socketpair");
        for (int i = 0; i < SPINNERS; i++)
            if (fork() == 0) {
                spin(end_pair[1]);
                _exit(0);
            }
        work(work_pair[0], work_pair[1]);
        probe_need(send(end_pair[0], "12345678", SPINNERS, 0) == SPINNERS, "send");
        while (wait(NULL) > 0)
            ;
        puts("all have ended");
        exit(0);
    }
    wait(NULL);
    return 0;
}
