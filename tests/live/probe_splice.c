/* tests/live/probe_splice.c: splice, sendfile, tee and vmsplice, where one end is a socket. */
#include "probe.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/uio.h>

/* The calls of the kernel: libc's may not know all of them. Offsets are of 64 bits here. */
#if defined SYS_sendfile64
#define SENDFILE      SYS_sendfile64
#define SENDFILE_NAME "sendfile64"
#else
#define SENDFILE      SYS_sendfile
#define SENDFILE_NAME "sendfile"
#endif

static long splice_at(int in, int64_t *off_in, int out, int64_t *off_out, size_t len, unsigned flags)
{
    return syscall(SYS_splice, in, (void *)probe_hide((uintptr_t)off_in), out,
                   (void *)probe_hide((uintptr_t)off_out), len, flags);
}

static void splices(int sock, const int pipes[2])
{
    int64_t off = -3, *nowhere = probe_nowhere();

    CALL(splice_at(sock, NULL, pipes[1], NULL, 100, SPLICE_F_MOVE | SPLICE_F_NONBLOCK),
         "splice(%d, NULL, %d, NULL, 100, SPLICE_F_MOVE|SPLICE_F_NONBLOCK)", sock, pipes[1]);
    CALL(splice_at(sock, NULL, pipes[1], NULL, 100, SPLICE_F_NONBLOCK),
         "splice(%d, NULL, %d, NULL, 100, SPLICE_F_NONBLOCK)", sock, pipes[1]);
    CALL(splice_at(pipes[0], NULL, sock, NULL, 3, SPLICE_F_MORE),
         "splice(%d, NULL, %d, NULL, 3, SPLICE_F_MORE)", pipes[0], sock);
    CALL(splice_at(pipes[0], &off, sock, &off, 1, 0x100),
         "splice(%d, [-3], %d, [-3], 1, 0x100 /* SPLICE_F_??? */)", pipes[0], sock);
    CALL(splice_at(pipes[0], nowhere, sock, NULL, SIZE_MAX, ~0U),
         "splice(%d, %p, %d, NULL, %zu, "
         "SPLICE_F_MOVE|SPLICE_F_NONBLOCK|SPLICE_F_MORE|SPLICE_F_GIFT|0xfffffff0)",
         pipes[0], (void *)nowhere, sock, SIZE_MAX);
    CALL(splice_at(pipes[0], NULL, sock, NULL, 0, 0), "splice(%d, NULL, %d, NULL, 0, 0)", pipes[0], sock);
    CALL(splice_at(sock, NULL, sock, NULL, 1, 0), "splice(%d, NULL, %d, NULL, 1, 0)", sock, sock);
    CALL(splice_at(-1, NULL, -1, &off, 1, 0), "splice(-1, NULL, -1, [-3], 1, 0)");
}

/* A descriptor below 3 beside the socket: whichever of the two a filter looks at, the call is of interest. */
static void low_ends(int sock, const int pipes[2])
{
    int in = dup(0), err = dup(2);

    probe_need(in >= 0 && err >= 0 && dup2(pipes[0], 0) == 0 && dup2(pipes[1], 2) == 2, "dup2");
    CALL(splice_at(0, NULL, sock, NULL, 1, 0), "splice(0, NULL, %d, NULL, 1, 0)", sock);
    CALL(splice_at(sock, NULL, 2, NULL, 1, SPLICE_F_NONBLOCK),
         "splice(%d, NULL, 2, NULL, 1, SPLICE_F_NONBLOCK)", sock);
    probe_need(dup2(in, 0) == 0 && dup2(err, 2) == 2, "dup2");
    close(in);
    close(err);
}

static void sendfiles(int sock, int peer, const int pipes[2])
{
    int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    int64_t off = 1, bad = -1, *nowhere = probe_nowhere();
    char into[8];

    probe_need(file >= 0, "/proc/self/exe");
    CALL(syscall(SENDFILE, sock, file, &off, (size_t)3), SENDFILE_NAME "(%d, %d, [1] => [4], 3)", sock, file);
    CALL(recv(peer, into, 8, 0), "recvfrom(%d, \"ELF\", 8, 0, NULL, NULL)", peer);
    CALL(syscall(SENDFILE, sock, file, NULL, (size_t)4), SENDFILE_NAME "(%d, %d, NULL, 4)", sock, file);
    CALL(recv(peer, into, 8, 0), "recvfrom(%d, \"\\177ELF\", 8, 0, NULL, NULL)", peer);
    CALL(syscall(SENDFILE, sock, file, nowhere, (size_t)4), SENDFILE_NAME "(%d, %d, %p, 4)", sock, file,
         (void *)nowhere);
    CALL(syscall(SENDFILE, sock, file, &bad, (size_t)4), SENDFILE_NAME "(%d, %d, [18446744073709551615], 4)",
         sock, file);
    CALL(syscall(SENDFILE, sock, pipes[0], NULL, (size_t)4), SENDFILE_NAME "(%d, %d, NULL, 4)", sock,
         pipes[0]);
    CALL(syscall(SENDFILE, sock, peer, NULL, (size_t)4), SENDFILE_NAME "(%d, %d, NULL, 4)", sock, peer);
    CALL(syscall(SENDFILE, -1, file, NULL, (size_t)4), SENDFILE_NAME "(-1, %d, NULL, 4)", file);
    close(file);
}

static void never_on_sockets(int sock, const int pipes[2])
{
    struct iovec iov[2] = {{(char *)"abc", 3}, {(char *)"de", 2}}, *nowhere = probe_nowhere();

    CALL(syscall(SYS_tee, sock, pipes[1], 5UL, 0), "tee(%d, %d, 5, 0)", sock, pipes[1]);
    CALL(syscall(SYS_tee, pipes[0], sock, 5UL, SPLICE_F_NONBLOCK), "tee(%d, %d, 5, SPLICE_F_NONBLOCK)",
         pipes[0], sock);
    CALL(syscall(SYS_vmsplice, sock, iov, 2UL, SPLICE_F_GIFT),
         "vmsplice(%d, [{iov_base=\"abc\", iov_len=3}, {iov_base=\"de\", iov_len=2}], 2, SPLICE_F_GIFT)",
         sock);
    CALL(syscall(SYS_vmsplice, sock, NULL, 2UL, 0), "vmsplice(%d, NULL, 2, 0)", sock);
    CALL(syscall(SYS_vmsplice, sock, nowhere, 1UL, 0), "vmsplice(%d, %p, 1, 0)", sock, (void *)nowhere);
    CALL(syscall(SYS_vmsplice, -2, iov, 1UL, 0), "vmsplice(-2, [{iov_base=\"abc\", iov_len=3}], 1, 0)");
}

int main(void)
{
    int pair[2], pipes[2];
    char into[16];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    probe_need(pipe2(pipes, O_CLOEXEC) == 0, "pipe");
    CALL(send(pair[1], "hello", 5, 0), "sendto(%d, \"hello\", 5, 0, NULL, 0)", pair[1]);
    splices(pair[0], pipes);
    low_ends(pair[0], pipes);
    CALL(recv(pair[1], into, 16, 0), "recvfrom(%d, \"hell\", 16, 0, NULL, NULL)", pair[1]);
    never_on_sockets(pair[0], pipes);
    sendfiles(pair[0], pair[1], pipes);
    probe_close(pair[0]);
    probe_close(pair[1]);
    CALL(splice_at(pipes[0], NULL, pair[0], NULL, 1, 0), "splice(%d, NULL, %d, NULL, 1, 0)", pipes[0],
         pair[0]);
    return 0;
}
