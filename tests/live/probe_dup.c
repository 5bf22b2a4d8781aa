/* tests/live/probe_dup.c: dup, dup2, dup3, fcntl and close_range: which numbers a socket has. */
#include "probe.h"

#include <fcntl.h>
#include <linux/close_range.h>

/* fcntl's answer is flags for some commands, and is printed as such. */
#define CALL_FLAGS(call, expected, hex, ...)                                                                 \
    do {                                                                                                     \
        probe_need((call) == (expected), "fcntl");                                                           \
        printf(__VA_ARGS__);                                                                                 \
        printf(" = %s\n", hex);                                                                              \
    } while (0)

static void dups(int fd)
{
    int copy = -1;

    CALL(copy = dup(fd), "dup(%d)", fd);
    CALL(send(copy, "x", 1, 0), "sendto(%d, \"x\", 1, 0, NULL, 0)", copy);
#ifdef SYS_dup2
    CALL(syscall(SYS_dup2, fd, 20), "dup2(%d, 20)", fd);
    CALL(syscall(SYS_dup2, fd, fd), "dup2(%d, %d)", fd, fd);
    CALL(syscall(SYS_dup2, 99, fd), "dup2(99, %d)", fd);
    CALL(syscall(SYS_dup2, fd, -1), "dup2(%d, -1)", fd);
    probe_close(20);
#endif
    CALL(dup3(fd, 21, O_CLOEXEC), "dup3(%d, 21, O_CLOEXEC)", fd);
    CALL(dup3(copy, 21, 0), "dup3(%d, 21, 0)", copy);
    CALL(dup3(fd, fd, 0), "dup3(%d, %d, 0)", fd, fd);
    CALL(dup(-1), "dup(-1)");
    CALL(dup(-2), "dup(-2)");
    probe_close(copy);
    probe_close(21);
    CALL(send(21, "x", 1, 0), "sendto(21, \"x\", 1, 0, NULL, 0)");
}

/* Another file in the place of a socket; and a socket in the place of another file, on a number whose calls a
 * tracer would like to let pass: the first of them must not be missed. */
static void replaced(int fd)
{
    int file = open("/dev/null", O_RDWR), saved = dup(0);

    probe_need(file >= 0 && saved >= 0, "files");
    CALL(dup3(fd, 20, 0), "dup3(%d, 20, 0)", fd);
    CALL(dup3(file, 20, 0), "dup3(%d, 20, 0)", file);
    probe_need(write(20, "no event", 8) == 8, "write");
    CALL(dup3(fd, 0, 0), "dup3(%d, 0, 0)", fd);
    CALL(write(0, "x", 1), "write(0, \"x\", 1)");
    CALL(dup3(saved, 0, 0), "dup3(%d, 0, 0)", saved);
    close(20);
    close(saved);
    close(file);
}

static void fcntls(int fd)
{
    CALL(fcntl(fd, F_DUPFD, 30), FCNTL "(%d, F_DUPFD, 30)", fd);
    CALL(fcntl(fd, F_DUPFD_CLOEXEC, 30), FCNTL "(%d, F_DUPFD_CLOEXEC, 30)", fd);
    CALL_FLAGS(fcntl(31, F_GETFD), FD_CLOEXEC, "0x1 (flags FD_CLOEXEC)", FCNTL "(31, F_GETFD)");
    CALL(fcntl(31, F_SETFD, 0), FCNTL "(31, F_SETFD, 0)");
    CALL_FLAGS(fcntl(31, F_GETFD), 0, "0", FCNTL "(31, F_GETFD)");
    CALL(fcntl(30, F_SETFD, FD_CLOEXEC), FCNTL "(30, F_SETFD, FD_CLOEXEC)");
    CALL_FLAGS(fcntl(fd, F_GETFL), O_RDWR, "0x2 (flags O_RDWR)", FCNTL "(%d, F_GETFL)", fd);
    CALL(fcntl(fd, F_SETFL, O_RDWR | O_NONBLOCK), FCNTL "(%d, F_SETFL, O_RDWR|O_NONBLOCK)", fd);
    CALL_FLAGS(fcntl(30, F_GETFL), O_RDWR | O_NONBLOCK, "0x802 (flags O_RDWR|O_NONBLOCK)",
               FCNTL "(30, F_GETFL)");
    CALL(fcntl(fd, F_DUPFD, -1), FCNTL "(%d, F_DUPFD, 4294967295)", fd);
    CALL(fcntl(fd, 9999, 7), FCNTL "(%d, 0x270f /* F_??? */, 0x7)", fd);
    CALL(fcntl(-1, F_GETFD), FCNTL "(-1, F_GETFD)");
    CALL(fcntl(-1, F_DUPFD, 0), FCNTL "(-1, F_DUPFD, 0)");
}

int main(void)
{
    int pair[2];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    dups(pair[0]);
    replaced(pair[0]);
    fcntls(pair[0]);
    CALL(syscall(SYS_close_range, 30, 40, CLOSE_RANGE_CLOEXEC), "close_range(30, 40, CLOSE_RANGE_CLOEXEC)");
    CALL(syscall(SYS_close_range, 30, 40, 0), "close_range(30, 40, 0)");
    CALL(syscall(SYS_close_range, 40, 30, 0), "close_range(40, 30, 0)");
    probe_close(30);
    probe_close(pair[0]);
    probe_close(pair[1]);
    return 0;
}
