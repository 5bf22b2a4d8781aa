/* tests/live/probe_mmsg.c: sendmmsg and recvmmsg: several messages in one call. */
#include "probe.h"

#include <time.h>

#define HEADER(text, len)                                                                                    \
    "{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=" text ", iov_len=" len                      \
    "}], msg_iovlen=1, msg_controllen=0, msg_flags="

static void fill(struct mmsghdr *vec, struct iovec *iov, unsigned len)
{
    memset(vec, 0, len * sizeof *vec);
    for (unsigned i = 0; i < len; i++) {
        vec[i].msg_hdr.msg_iov = &iov[i];
        vec[i].msg_hdr.msg_iovlen = 1;
    }
}

/* recvmmsg(3) makes the one with a time of 64 bits where there is one: each is called by its number here. */
static long receive(int fd, struct mmsghdr *vec, unsigned len, int flags, void *limit)
{
    return syscall(SYS_recvmmsg, fd, vec, len, flags, limit);
}

/* Only for 32-bit programs: others have but one size of time. */
static void wide_time(const int pair[2])
{
#ifdef SYS_recvmmsg_time64
    char bytes[8];
    struct iovec iov = {bytes, sizeof bytes};
    struct mmsghdr vec[1];
    int64_t limit[] = {1, 0}, *nowhere = probe_nowhere();

    CALL(send(pair[0], "wide", 4, 0), "sendto(%d, \"wide\", 4, 0, NULL, 0)", pair[0]);
    fill(vec, &iov, 1);
    CALL_AUX(syscall(SYS_recvmmsg_time64, pair[1], vec, 1, 0, limit),
             probe_text("left {tv_sec=%d, tv_nsec=%d}", (int)limit[0], (int)limit[1]),
             "recvmmsg_time64(%d, [" HEADER("\"wide\"", "8") "0}, msg_len=4}], 1, 0, {tv_sec=1, tv_nsec=0})",
             pair[1]);
    CALL(syscall(SYS_recvmmsg_time64, pair[1], vec, 1, 0, nowhere), "recvmmsg_time64(%d, %p, 1, 0, %p)",
         pair[1], (void *)vec, (void *)nowhere);
#else
    (void)pair;
#endif
}

int main(void)
{
    int pair[2];
    char bytes[3][8] = {{0}};
    struct iovec out[] = {{(char *)"first", 5}, {(char *)"the second", 10}}, in[3];
    struct mmsghdr vec[3], *nowhere = probe_nowhere();
    struct timespec limit = {.tv_sec = 1};

    for (unsigned i = 0; i < 3; i++)
        in[i] = (struct iovec){bytes[i], sizeof bytes[i]};
    probe_pair(SOCK_DGRAM, "SOCK_DGRAM", pair);

    fill(vec, out, 2);
    CALL(sendmmsg(pair[0], vec, 2, 0),
         "sendmmsg(%d, [" HEADER("\"first\"", "5") "0}, msg_len=5}, " HEADER("\"the second\"",
                                                                             "10") "0}, msg_len=10}], 2, 0)",
         pair[0]);
    fill(vec, in, 3);
    CALL_AUX(receive(pair[1], vec, 3, MSG_WAITFORONE, &limit),
             probe_text("left {tv_sec=%ld, tv_nsec=%ld}", limit.tv_sec, limit.tv_nsec),
             "recvmmsg(%d, [" HEADER("\"first\"", "8") "0}, msg_len=5}, " HEADER(
                 "\"the seco\"", "8") "MSG_TRUNC}, msg_len=8}], 3, MSG_WAITFORONE, {tv_sec=1, tv_nsec=0})",
             pair[1]);

    fill(vec, out, 1);
    CALL(sendmmsg(pair[0], vec, 1, MSG_NOSIGNAL),
         "sendmmsg(%d, [" HEADER("\"first\"", "5") "0}, msg_len=5}], 1, MSG_NOSIGNAL)", pair[0]);
    fill(vec, in, 1);
    CALL(receive(pair[1], vec, 1, 0, NULL),
         "recvmmsg(%d, [" HEADER("\"first\"", "8") "0}, msg_len=5}], 1, 0, NULL)", pair[1]);

    CALL(receive(pair[1], vec, 1, MSG_DONTWAIT, NULL), "recvmmsg(%d, %p, 1, MSG_DONTWAIT, NULL)", pair[1],
         (void *)vec);
    CALL(sendmmsg(pair[0], NULL, 1, 0), "sendmmsg(%d, NULL, 1, 0)", pair[0]);
    CALL(sendmmsg(pair[0], nowhere, 2, 0), "sendmmsg(%d, %p, 2, 0)", pair[0], (void *)nowhere);
    CALL(sendmmsg(pair[0], vec, 0, 0), "sendmmsg(%d, [], 0, 0)", pair[0]);
    CALL(receive(pair[1], nowhere, 2, 0, NULL), "recvmmsg(%d, %p, 2, 0, NULL)", pair[1], (void *)nowhere);
    CALL(sendmmsg(99, vec, 1, 0), "sendmmsg(99, [" HEADER("\"first\\0\\0\\0\"", "8") "0}}], 1, 0)");
    CALL(receive(99, vec, 1, 0, NULL), "recvmmsg(99, %p, 1, 0, NULL)", (void *)vec);
    wide_time(pair);
    probe_close(pair[0]);
    probe_close(pair[1]);
    return 0;
}
