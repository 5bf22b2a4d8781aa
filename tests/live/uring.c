/* tests/live/uring.c: sets up an io_uring, or says why it can't and does its I/O in ordinary calls. */
#include "probe.h"

#include <linux/io_uring.h>

int main(void)
{
    struct io_uring_params params = {0};
    char got[8] = "";
    int pair[2];
    long ring = syscall(SYS_io_uring_setup, 1, &params);

    printf("io_uring_setup: %s\n", ring == -1 ? strerrorname_np(errno) : "done");
    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    printf("send: %zd\n", send(pair[0], "x", 1, 0));
    printf("recv: %zd\n", recv(pair[1], got, sizeof got, 0));
    return 0;
}
