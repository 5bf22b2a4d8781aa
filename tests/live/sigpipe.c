/* tests/live/sigpipe.c: dies of SIGPIPE, and before that, of nothing: MSG_NOSIGNAL. */
#include "probe.h"

int main(void)
{
    int pair[2];

    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    close(pair[1]);
    printf("with MSG_NOSIGNAL: %s\n",
           send(pair[0], "x", 1, MSG_NOSIGNAL) == -1 ? strerrorname_np(errno) : "sent");
    fflush(stdout);
    send(pair[0], "x", 1, 0);
    printf("not reached\n");
    return 0;
}
