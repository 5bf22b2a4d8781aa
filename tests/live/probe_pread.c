/* tests/live/probe_pread.c: reading and writing at a position, which a socket has not. */
#include "probe.h"

#include <sys/uio.h>

#ifndef RWF_NOWAIT
#define RWF_NOWAIT 0x8
#endif

/* A position is two registers wide: its lower half and its upper one; on 64-bit machines the lower one is
 * all of it. */
#define POS(n) (long)(n), (long)(sizeof(long) == 8 ? 0 : (int64_t)(n) >> 32)

static void at_position(int fd)
{
    char into[8], *nowhere = probe_nowhere();
    struct iovec iov = {into, 8}, out[2] = {{(char *)"pi", 2}, {(char *)"ng", 2}};

    CALL(syscall(SYS_pread64, fd, into, 8UL, POS(0)), "pread64(%d, %p, 8, 0)", fd, (void *)into);
    CALL(syscall(SYS_pread64, fd, nowhere, 8UL, POS(0x123456789)), "pread64(%d, %p, 8, 4886718345)", fd,
         (void *)nowhere);
    CALL(syscall(SYS_pread64, fd, into, 8UL, POS(-1)), "pread64(%d, %p, 8, -1)", fd, (void *)into);
    CALL(syscall(SYS_pwrite64, fd, "ping", 4UL, POS(7)), "pwrite64(%d, \"ping\", 4, 7)", fd);
    CALL(syscall(SYS_pwrite64, fd, NULL, 4UL, POS(0)), "pwrite64(%d, NULL, 4, 0)", fd);
    CALL(syscall(SYS_preadv, fd, &iov, 1UL, POS(0)), "preadv(%d, [{iov_base=%p, iov_len=8}], 1, 0)", fd,
         (void *)into);
    CALL(syscall(SYS_preadv, fd, &iov, 1UL, POS(-1)), "preadv(%d, [{iov_base=%p, iov_len=8}], 1, -1)", fd,
         (void *)into);
    CALL(syscall(SYS_pwritev, fd, out, 2UL, POS(0x100000000)),
         "pwritev(%d, [{iov_base=\"pi\", iov_len=2}, {iov_base=\"ng\", iov_len=2}], 2, 4294967296)", fd);
    CALL(syscall(SYS_pwritev, fd, nowhere, 2UL, POS(0)), "pwritev(%d, %p, 2, 0)", fd, (void *)nowhere);
    CALL(syscall(SYS_pread64, -1, into, 8UL, POS(0)), "pread64(-1, %p, 8, 0)", (void *)into);
    CALL(syscall(SYS_pwritev, -1, out, 1UL, POS(0)), "pwritev(-1, [{iov_base=\"pi\", iov_len=2}], 1, 0)");
}

/* At -1 they are readv and writev with flags, and sockets take them. */
static void without_position(int fd, int peer)
{
    char into[8];
    struct iovec iov = {into, 8}, out[2] = {{(char *)"pi", 2}, {(char *)"ng", 2}};

    CALL(syscall(SYS_pwritev2, peer, out, 2UL, POS(-1), 0),
         "pwritev2(%d, [{iov_base=\"pi\", iov_len=2}, {iov_base=\"ng\", iov_len=2}], 2, -1, 0)", peer);
    CALL(syscall(SYS_preadv2, fd, &iov, 1UL, POS(-1), 0),
         "preadv2(%d, [{iov_base=\"ping\", iov_len=8}], 1, -1, 0)", fd);
    CALL(syscall(SYS_preadv2, fd, &iov, 1UL, POS(-1), RWF_NOWAIT),
         "preadv2(%d, [{iov_base=%p, iov_len=8}], 1, -1, RWF_NOWAIT)", fd, (void *)into);
    CALL(syscall(SYS_preadv2, fd, &iov, 1UL, POS(-1), 1 << 30),
         "preadv2(%d, [{iov_base=%p, iov_len=8}], 1, -1, 0x40000000 /* RWF_??? */)", fd, (void *)into);
    CALL(syscall(SYS_preadv2, fd, &iov, 1UL, POS(0), 0), "preadv2(%d, [{iov_base=%p, iov_len=8}], 1, 0, 0)",
         fd, (void *)into);
    CALL(syscall(SYS_pwritev2, fd, out, 1UL, POS(-2), 3),
         "pwritev2(%d, [{iov_base=\"pi\", iov_len=2}], 1, -2, RWF_HIPRI|RWF_DSYNC)", fd);
    CALL(syscall(SYS_pwritev2, fd, NULL, 1UL, POS(-1), 0), "pwritev2(%d, NULL, 1, -1, 0)", fd);
    CALL(syscall(SYS_preadv2, fd, NULL, 0UL, POS(-1), 0), "preadv2(%d, NULL, 0, -1, 0)", fd);
}

int main(void)
{
    int pair[2];

    probe_pair(SOCK_STREAM | SOCK_NONBLOCK, "SOCK_STREAM|SOCK_NONBLOCK", pair);
    at_position(pair[0]);
    without_position(pair[0], pair[1]);
    probe_close(pair[0]);
    probe_close(pair[1]);
    return 0;
}
