/* tests/live/orphans.c: parents that are killed while they fork: no child of theirs may hang, or be lost
 * sight of. */
#include "probe.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

enum { ROUNDS = 60 };

static _Noreturn void parent(void)
{
    for (;;) {
        pid_t pid = fork();
        int pair[2];

        if (pid == 0)
            _exit(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == -1 || send(pair[0], "o", 1, 0) != 1);
        waitpid(pid, NULL, 0);
    }
}

int main(void)
{
    int status, killed = 0, bad = 0;

    probe_need(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0, "prctl");
    srand(1);
    for (int i = 0; i < ROUNDS; i++) {
        struct timespec moment = {0, rand() % 3000 * 1000L};
        pid_t pid = fork();

        probe_need(pid >= 0, "fork");
        if (pid == 0)
            parent();
        nanosleep(&moment, NULL);
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        killed += WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    }
    while (wait(&status) > 0)
        bad += !WIFEXITED(status) || WEXITSTATUS(status);
    printf("%d killed, %d orphans ended badly\n", killed, bad);
    return 0;
}
