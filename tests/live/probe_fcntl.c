/* tests/live/probe_fcntl.c: every command of fcntl that takes or gives more than a number, on a socket. */
#include "probe.h"

#include <fcntl.h>
#include <signal.h>

#if __SIZEOF_LONG__ == 4
#define NR SYS_fcntl64
#else
#define NR SYS_fcntl
#endif

/* The kernel's numbers. Those of 64 bits are for 32-bit programs only. */
enum { GETLK = 5, SETLK = 6, SETLKW = 7, GETLK64 = 12, SETLK64 = 13, OFD_GETLK = 36, OFD_SETLK = 37 };

#define LOCKED "{l_type=F_WRLCK, l_whence=SEEK_SET, l_start=1, l_len=2}"

/* A result that is printed with its meaning. */
#define CALL_NAMED(call, expected, text, ...)                                                                \
    do {                                                                                                     \
        probe_need((call) == (expected), "fcntl");                                                           \
        printf(FCNTL __VA_ARGS__);                                                                           \
        printf(" = %s\n", text);                                                                             \
    } while (0)

static long fcntl_of(int fd, int cmd, const void *arg)
{
    return syscall(NR, fd, cmd, (void *)probe_hide((uintptr_t)arg));
}

static long fcntl_number(int fd, int cmd, long arg)
{
    return syscall(NR, fd, cmd, arg);
}

static void locks(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = 2, .l_pid = 7};
    void *nowhere = probe_nowhere(), *half = probe_edge(8);

    CALL(fcntl_of(fd, SETLK, &lock), FCNTL "(%d, F_SETLK, " LOCKED ")", fd);
    CALL(fcntl_of(fd, SETLKW, &lock), FCNTL "(%d, F_SETLKW, " LOCKED ")", fd);
    CALL(fcntl_of(fd, GETLK, &lock),
         FCNTL "(%d, F_GETLK, {l_type=F_UNLCK, l_whence=SEEK_SET, l_start=1, l_len=2, l_pid=7})", fd);
    lock.l_type = 9;
    lock.l_whence = 9;
    lock.l_start = -5;
    CALL(fcntl_of(fd, SETLK, &lock),
         FCNTL "(%d, F_SETLK, {l_type=0x9 /* F_??? */, l_whence=0x9 /* SEEK_??? */, l_start=-5, l_len=2})",
         fd);
    CALL(fcntl_of(fd, GETLK, &lock), FCNTL "(%d, F_GETLK, %p)", fd, (void *)&lock);
    CALL(fcntl_of(fd, SETLK, NULL), FCNTL "(%d, F_SETLK, NULL)", fd);
    CALL(fcntl_of(fd, SETLK, nowhere), FCNTL "(%d, F_SETLK, %p)", fd, nowhere);
    CALL(fcntl_of(fd, SETLKW, half), FCNTL "(%d, F_SETLKW, %p)", fd, half);
    CALL(fcntl_of(fd, GETLK, nowhere), FCNTL "(%d, F_GETLK, %p)", fd, nowhere);
}

static void locks64(int fd)
{
    struct flock64 lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = 2};

#if __SIZEOF_LONG__ == 4
    CALL(fcntl_of(fd, SETLK64, &lock), FCNTL "(%d, F_SETLK64, " LOCKED ")", fd);
    lock.l_type = F_UNLCK;
    CALL(fcntl_of(fd, SETLK64, &lock),
         FCNTL "(%d, F_SETLK64, {l_type=F_UNLCK, l_whence=SEEK_SET, l_start=1, l_len=2})", fd);
    CALL(fcntl_of(fd, GETLK64, &lock), FCNTL "(%d, F_GETLK64, %p)", fd, (void *)&lock);
#else
    CALL(fcntl_of(fd, GETLK64, &lock), FCNTL "(%d, F_GETLK64, %p)", fd, (void *)&lock);
    CALL(fcntl_of(fd, SETLK64, &lock), FCNTL "(%d, F_SETLK64, %p)", fd, (void *)&lock);
    lock.l_type = F_UNLCK;
    CALL(fcntl_of(fd, SETLK, &lock),
         FCNTL "(%d, F_SETLK, {l_type=F_UNLCK, l_whence=SEEK_SET, l_start=1, l_len=2})", fd);
#endif
    lock.l_type = F_WRLCK;
    CALL(fcntl_of(fd, OFD_SETLK, &lock), FCNTL "(%d, F_OFD_SETLK, " LOCKED ")", fd);
    CALL(fcntl_of(fd, OFD_GETLK, &lock),
         FCNTL "(%d, F_OFD_GETLK, {l_type=F_UNLCK, l_whence=SEEK_SET, l_start=1, l_len=2, l_pid=0})", fd);
    CALL(fcntl_of(fd, OFD_GETLK, NULL), FCNTL "(%d, F_OFD_GETLK, NULL)", fd);
}

/* A process that is always there. No signal is asked for, so none is sent. */
static void owners(int fd)
{
    struct f_owner_ex owner = {.type = F_OWNER_PID, .pid = 1};
    void *nowhere = probe_nowhere();

    CALL(fcntl_number(fd, F_SETOWN, owner.pid), FCNTL "(%d, F_SETOWN, 1)", fd);
    CALL(fcntl_number(fd, F_GETOWN, 77), FCNTL "(%d, F_GETOWN)", fd);
    CALL(fcntl_number(fd, F_SETOWN, INT32_MIN), FCNTL "(%d, F_SETOWN, -2147483648)", fd);
    CALL(fcntl_of(fd, F_SETOWN_EX, &owner), FCNTL "(%d, F_SETOWN_EX, {type=F_OWNER_PID, pid=1})", fd);
    owner.pid = 0;
    CALL(fcntl_of(fd, F_GETOWN_EX, &owner), FCNTL "(%d, F_GETOWN_EX, {type=F_OWNER_PID, pid=1})", fd);
    owner.type = 9;
    CALL(fcntl_of(fd, F_SETOWN_EX, &owner), FCNTL "(%d, F_SETOWN_EX, {type=0x9 /* F_OWNER_??? */, pid=%d})",
         fd, owner.pid);
    CALL(fcntl_of(fd, F_SETOWN_EX, NULL), FCNTL "(%d, F_SETOWN_EX, NULL)", fd);
    CALL(fcntl_of(fd, F_GETOWN_EX, nowhere), FCNTL "(%d, F_GETOWN_EX, %p)", fd, nowhere);
    CALL(fcntl_of(-1, F_GETOWN_EX, &owner), FCNTL "(-1, F_GETOWN_EX, %p)", (void *)&owner);
}

static void signals(int fd)
{
    CALL(fcntl_number(fd, F_SETSIG, SIGIO), FCNTL "(%d, F_SETSIG, SIGIO)", fd);
    CALL_NAMED(fcntl_number(fd, F_GETSIG, 0), SIGIO, "29 (SIGIO)", "(%d, F_GETSIG)", fd);
    CALL(fcntl_number(fd, F_SETSIG, 64), FCNTL "(%d, F_SETSIG, SIGRT_32)", fd);
    CALL(fcntl_number(fd, F_SETSIG, 65), FCNTL "(%d, F_SETSIG, 65)", fd);
    CALL(fcntl_number(fd, F_SETSIG, -1), FCNTL "(%d, F_SETSIG, -1)", fd);
    CALL(fcntl_number(fd, F_SETSIG, 0), FCNTL "(%d, F_SETSIG, 0)", fd);
    CALL(fcntl_number(fd, F_GETSIG, 0), FCNTL "(%d, F_GETSIG)", fd);
}

/* What sockets refuse is decoded all the same. */
static void refused(int fd)
{
    CALL(fcntl_number(fd, F_SETLEASE, F_RDLCK), FCNTL "(%d, F_SETLEASE, F_RDLCK)", fd);
    CALL(fcntl_number(fd, F_SETLEASE, 9), FCNTL "(%d, F_SETLEASE, 0x9 /* F_??? */)", fd);
    CALL_NAMED(fcntl_number(fd, F_GETLEASE, 0), F_UNLCK, "0x2 (F_UNLCK)", "(%d, F_GETLEASE)", fd);
    CALL(fcntl_number(fd, F_NOTIFY, DN_ACCESS | DN_RENAME), FCNTL "(%d, F_NOTIFY, DN_ACCESS|DN_RENAME)", fd);
    CALL(fcntl_number(fd, F_NOTIFY, 0x100), FCNTL "(%d, F_NOTIFY, 0x100 /* DN_??? */)", fd);
    CALL(fcntl_number(fd, F_SETPIPE_SZ, -1), FCNTL "(%d, F_SETPIPE_SZ, %s)", fd,
         sizeof(long) == 8 ? "-1" : "4294967295");
    CALL(fcntl_number(fd, F_GETPIPE_SZ, 9), FCNTL "(%d, F_GETPIPE_SZ)", fd);
    CALL(fcntl_number(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_WRITE | 0x20),
         FCNTL "(%d, F_ADD_SEALS, F_SEAL_SEAL|F_SEAL_WRITE|0x20)", fd);
    CALL(fcntl_number(fd, F_GET_SEALS, 0), FCNTL "(%d, F_GET_SEALS)", fd);
    CALL(fcntl_number(fd, 1029, 0), FCNTL "(%d, F_CANCELLK, 0)", fd);
    CALL(fcntl_number(-1, F_SETLEASE, F_WRLCK), FCNTL "(-1, F_SETLEASE, F_WRLCK)");
}

/* Flags that the file can't have, and numbers that are none. */
static void flags(int fd)
{
    CALL(fcntl_number(fd, F_SETFD, 3), FCNTL "(%d, F_SETFD, FD_CLOEXEC|0x2)", fd);
    CALL_NAMED(fcntl_number(fd, F_GETFD, 5), FD_CLOEXEC, "0x1 (flags FD_CLOEXEC)", "(%d, F_GETFD)", fd);
    CALL(fcntl_number(fd, F_SETFD, 2), FCNTL "(%d, F_SETFD, 0x2 /* FD_??? */)", fd);
    CALL(fcntl_number(fd, F_SETFL, O_NONBLOCK), FCNTL "(%d, F_SETFL, O_RDONLY|O_NONBLOCK)", fd);
    CALL_NAMED(fcntl_number(fd, F_GETFL, 0), O_RDWR | O_NONBLOCK, "0x802 (flags O_RDWR|O_NONBLOCK)",
               "(%d, F_GETFL)", fd);
    CALL(fcntl_number(fd, F_SETFL, 0), FCNTL "(%d, F_SETFL, O_RDONLY)", fd);
    CALL(fcntl_number(fd, -1, -1), FCNTL "(%d, 0xffffffff /* F_??? */, %#lx)", fd, -1L);
}

int main(void)
{
    int pair[2];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    locks(pair[0]);
    locks64(pair[0]);
    owners(pair[0]);
    signals(pair[0]);
    refused(pair[0]);
    flags(pair[0]);
    probe_close(pair[0]);
    probe_close(pair[1]);
    return 0;
}
