/* names/files.c: tables of what calls on file descriptors take: poll, epoll, fcntl, splice, close_range. */
#include "names/nametab.h"
#include "names/rows.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/uio.h>
#include <unistd.h>

static const struct name poll_rows[] = {
    N(POLLIN),     N(POLLPRI),
    N(POLLOUT),    N(POLLERR),
    N(POLLHUP),    N(POLLNVAL),
    N(POLLRDNORM), N(POLLRDBAND),
    N(POLLWRNORM), N(POLLWRBAND),
    N(POLLMSG),    N(POLLREMOVE),
    N(POLLRDHUP),  {0x8000, "POLL_BUSY_LOOP"},
};

const struct nametab nametab_poll = {.id = "POLL", .unknown = "POLL???", ROWS(poll_rows), .is_flags = true};

static const struct name epoll_event_rows[] = {
    N(EPOLLIN),        N(EPOLLPRI),    N(EPOLLOUT),     N(EPOLLERR),    N(EPOLLHUP), {0x20, "EPOLLNVAL"},
    N(EPOLLRDNORM),    N(EPOLLRDBAND), N(EPOLLWRNORM),  N(EPOLLWRBAND), N(EPOLLMSG), N(EPOLLRDHUP),
    N(EPOLLEXCLUSIVE), N(EPOLLWAKEUP), N(EPOLLONESHOT), N(EPOLLET),
};

const struct nametab nametab_epoll_event = {
    .id = "EPOLL", .unknown = "EPOLL???", ROWS(epoll_event_rows), .is_flags = true};

static const struct name epoll_op_rows[] = {
    N(EPOLL_CTL_ADD),
    N(EPOLL_CTL_DEL),
    N(EPOLL_CTL_MOD),
};

const struct nametab nametab_epoll_op = {.id = "EPOLL_CTL", .unknown = "EPOLL_CTL_???", ROWS(epoll_op_rows)};

static const struct name epoll_flags_rows[] = {
    N(EPOLL_CLOEXEC),
};

const struct nametab nametab_epoll_flags = {
    .id = "EPOLL_FLAGS", .unknown = "EPOLL_???", ROWS(epoll_flags_rows), .is_flags = true};

/* On 64-bit machines glibc gives F_GETLK64 the number of F_GETLK; the numbers are those of the kernel. */
static const struct name fcntl_rows[] = {
    {5, "F_GETLK"},
    {6, "F_SETLK"},
    {7, "F_SETLKW"},
    N(F_DUPFD),
    N(F_GETFD),
    N(F_SETFD),
    N(F_GETFL),
    N(F_SETFL),
    N(F_SETOWN),
    N(F_GETOWN),
    N(F_SETSIG),
    N(F_GETSIG),
    {12, "F_GETLK64"},
    {13, "F_SETLK64"},
    {14, "F_SETLKW64"},
    N(F_SETOWN_EX),
    N(F_GETOWN_EX),
    {17, "F_GETOWNER_UIDS"},
    N(F_OFD_GETLK),
    N(F_OFD_SETLK),
    N(F_OFD_SETLKW),
    N(F_SETLEASE),
    N(F_GETLEASE),
    N(F_NOTIFY),
    {1027, "F_DUPFD_QUERY"},
    {1028, "F_CREATED_QUERY"},
    {1029, "F_CANCELLK"},
    N(F_DUPFD_CLOEXEC),
    N(F_SETPIPE_SZ),
    N(F_GETPIPE_SZ),
    N(F_ADD_SEALS),
    N(F_GET_SEALS),
    N(F_GET_RW_HINT),
    N(F_SET_RW_HINT),
    N(F_GET_FILE_RW_HINT),
    N(F_SET_FILE_RW_HINT),
};

const struct nametab nametab_fcntl = {.id = "F", .unknown = "F_???", ROWS(fcntl_rows)};

static const struct name lock_rows[] = {
    N(F_RDLCK), N(F_WRLCK), N(F_UNLCK), N(F_EXLCK), N(F_SHLCK),
};

const struct nametab nametab_lock = {.id = "F_LCK", .unknown = "F_???", ROWS(lock_rows)};

static const struct name seek_rows[] = {
    N(SEEK_SET), N(SEEK_CUR), N(SEEK_END), N(SEEK_DATA), N(SEEK_HOLE),
};

const struct nametab nametab_seek = {.id = "SEEK", .unknown = "SEEK_???", ROWS(seek_rows)};

static const struct name owner_rows[] = {
    N(F_OWNER_TID),
    N(F_OWNER_PID),
    N(F_OWNER_PGRP),
};

const struct nametab nametab_owner = {.id = "F_OWNER", .unknown = "F_OWNER_???", ROWS(owner_rows)};

static const struct name notify_rows[] = {
    N(DN_ACCESS), N(DN_MODIFY), N(DN_CREATE), N(DN_DELETE), N(DN_RENAME), N(DN_ATTRIB), N(DN_MULTISHOT),
};

const struct nametab nametab_notify = {.id = "DN", .unknown = "DN_???", ROWS(notify_rows), .is_flags = true};

static const struct name seal_rows[] = {
    N(F_SEAL_SEAL), N(F_SEAL_SHRINK), N(F_SEAL_GROW), N(F_SEAL_WRITE), N(F_SEAL_FUTURE_WRITE),
};

const struct nametab nametab_seal = {
    .id = "F_SEAL", .unknown = "F_SEAL_???", ROWS(seal_rows), .is_flags = true};

static const struct name rw_hint_rows[] = {
    N(RWH_WRITE_LIFE_NOT_SET), N(RWH_WRITE_LIFE_NONE), N(RWH_WRITE_LIFE_SHORT),
    N(RWH_WRITE_LIFE_MEDIUM),  N(RWH_WRITE_LIFE_LONG), N(RWH_WRITE_LIFE_EXTREME),
};

const struct nametab nametab_rw_hint = {.id = "RWH", .unknown = "RWH_???", ROWS(rw_hint_rows)};

static const struct name splice_rows[] = {
    N(SPLICE_F_MOVE),
    N(SPLICE_F_NONBLOCK),
    N(SPLICE_F_MORE),
    N(SPLICE_F_GIFT),
};

const struct nametab nametab_splice = {
    .id = "SPLICE_F", .unknown = "SPLICE_F_???", ROWS(splice_rows), .is_flags = true};

static const struct name rwf_rows[] = {
    N(RWF_HIPRI), N(RWF_DSYNC), N(RWF_SYNC), N(RWF_NOWAIT), N(RWF_APPEND),
};

const struct nametab nametab_rwf = {.id = "RWF", .unknown = "RWF_???", ROWS(rwf_rows), .is_flags = true};

static const struct name fd_flags_rows[] = {
    N(FD_CLOEXEC),
};

const struct nametab nametab_fd_flags = {
    .id = "FD", .unknown = "FD_???", ROWS(fd_flags_rows), .is_flags = true};

/* glibc's O_LARGEFILE is 0 where files are large anyway. */
#if defined __x86_64__ || defined __i386__ || defined __riscv || defined __s390__ || defined __loongarch__
#define KERNEL_LARGEFILE 0100000
#elif defined __powerpc__
#define KERNEL_LARGEFILE 0200000
#elif defined __arm__ || defined __aarch64__
#define KERNEL_LARGEFILE 0400000
#else
#define KERNEL_LARGEFILE __O_LARGEFILE
#endif

static const struct name open_rows[] = {
    N(O_RDONLY),    N(O_WRONLY),  N(O_RDWR),
    N(O_ACCMODE),   N(O_CREAT),   N(O_EXCL),
    N(O_NOCTTY),    N(O_TRUNC),   N(O_APPEND),
    N(O_NONBLOCK),  N(O_SYNC),    {O_SYNC & ~O_DSYNC, "__O_SYNC"},
    N(O_DSYNC),     N(O_DIRECT),  {KERNEL_LARGEFILE, "O_LARGEFILE"},
    N(O_NOFOLLOW),  N(O_NOATIME), N(O_CLOEXEC),
    N(O_PATH),      N(O_TMPFILE), {O_TMPFILE & ~O_DIRECTORY, "__O_TMPFILE"},
    N(O_DIRECTORY), N(FASYNC),    N(O_NDELAY),
    N(O_ASYNC),
};

const struct nametab nametab_open = {
    .id = "O",
    .unknown = "O_???",
    ROWS(open_rows),
    .is_flags = true,
    .enum_mask = O_ACCMODE,
    .quiet = KERNEL_LARGEFILE}; /* musl sets it always; on a socket it is nothing */

static const struct name dup_rows[] = {
    N(O_CLOEXEC),
};

const struct nametab nametab_dup = {.id = "DUP", .unknown = "O_???", ROWS(dup_rows), .is_flags = true};

static const struct name close_range_rows[] = {
    N(CLOSE_RANGE_UNSHARE),
    N(CLOSE_RANGE_CLOEXEC),
};

const struct nametab nametab_close_range = {
    .id = "CLOSE_RANGE", .unknown = "CLOSE_RANGE_???", ROWS(close_range_rows), .is_flags = true};
