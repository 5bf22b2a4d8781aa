/* tests/live/probe_close_range.c: close_range with every flag, and what is left after it. */
#include "probe.h"

#include <fcntl.h>
#include <linux/close_range.h>

static void place(int fd, int at)
{
    CALL(dup3(fd, at, 0), "dup3(%d, %d, 0)", fd, at);
}

static void is_there(int fd)
{
    CALL(send(fd, "x", 1, MSG_NOSIGNAL), "sendto(%d, \"x\", 1, MSG_NOSIGNAL, NULL, 0)", fd);
}

int main(void)
{
    int pair[2];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    for (int fd = 50; fd < 54; fd++)
        place(pair[0], fd);
    CALL(syscall(SYS_close_range, 50, 50, 0), "close_range(50, 50, 0)");
    is_there(50);
    is_there(51);
    CALL(syscall(SYS_close_range, 51, 51, CLOSE_RANGE_UNSHARE), "close_range(51, 51, CLOSE_RANGE_UNSHARE)");
    is_there(51);
    CALL(syscall(SYS_close_range, 52, 53, CLOSE_RANGE_CLOEXEC), "close_range(52, 53, CLOSE_RANGE_CLOEXEC)");
    is_there(52);
    CALL(syscall(SYS_close_range, 52, 52, CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC),
         "close_range(52, 52, CLOSE_RANGE_UNSHARE|CLOSE_RANGE_CLOEXEC)");
    CALL(syscall(SYS_close_range, 52, 53, 1), "close_range(52, 53, 0x1 /* CLOSE_RANGE_??? */)");
    CALL(syscall(SYS_close_range, 52, 53, 0x12), "close_range(52, 53, CLOSE_RANGE_UNSHARE|0x10)");
    CALL(syscall(SYS_close_range, 53, 52, 0), "close_range(53, 52, 0)");
    is_there(53);
    CALL(syscall(SYS_close_range, 52, -1, 0), "close_range(52, 4294967295, 0)");
    is_there(53);
    CALL(write(52, "x", 1), "write(52, \"x\", 1)");
    probe_close(pair[0]);
    probe_close(pair[1]);
    return 0;
}
