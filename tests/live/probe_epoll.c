/* tests/live/probe_epoll.c: epoll_create, epoll_ctl, epoll_wait, epoll_pwait and epoll_pwait2. */
#include "probe.h"

#include <signal.h>
#include <sys/epoll.h>

static void control(int ep, int fd)
{
    struct epoll_event ev = {.events = EPOLLIN | EPOLLET, .data.u64 = 0x100000005},
                       *nowhere = probe_nowhere();

    CALL(epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev),
         "epoll_ctl(%d, EPOLL_CTL_ADD, %d, {events=EPOLLIN|EPOLLET, data={u32=5, u64=4294967301}})", ep, fd);
    CALL(epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev),
         "epoll_ctl(%d, EPOLL_CTL_ADD, %d, {events=EPOLLIN|EPOLLET, data={u32=5, u64=4294967301}})", ep, fd);
    ev = (struct epoll_event){.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP, .data.fd = fd};
    CALL(epoll_ctl(ep, EPOLL_CTL_MOD, fd, &ev),
         "epoll_ctl(%d, EPOLL_CTL_MOD, %d, {events=EPOLLIN|EPOLLOUT|EPOLLRDHUP, data={u32=%d, u64=%d}})", ep,
         fd, fd, fd);
    CALL(epoll_ctl(ep, EPOLL_CTL_MOD, fd, NULL), "epoll_ctl(%d, EPOLL_CTL_MOD, %d, NULL)", ep, fd);
    CALL(epoll_ctl(ep, EPOLL_CTL_MOD, fd, nowhere), "epoll_ctl(%d, EPOLL_CTL_MOD, %d, %p)", ep, fd,
         (void *)nowhere);
    CALL(epoll_ctl(ep, 9, fd, NULL), "epoll_ctl(%d, 0x9 /* EPOLL_CTL_??? */, %d, NULL)", ep, fd);
    CALL(epoll_ctl(ep, EPOLL_CTL_DEL, 99, NULL), "epoll_ctl(%d, EPOLL_CTL_DEL, 99, NULL)", ep);
    CALL(epoll_ctl(fd, EPOLL_CTL_DEL, fd, NULL), "epoll_ctl(%d, EPOLL_CTL_DEL, %d, NULL)", fd, fd);
}

static void waits(int ep, int fd, int peer)
{
    struct epoll_event got[4], *nowhere = probe_nowhere();
    int64_t limit[] = {1, 0}; /* a struct timespec of 64 bits, in every program */
    uint64_t mask = 1 << (SIGINT - 1);

#ifdef SYS_epoll_wait
    CALL(syscall(SYS_epoll_wait, ep, got, 4, 1000),
         "epoll_wait(%d, [{events=EPOLLOUT, data={u32=%d, u64=%d}}], 4, 1000)", ep, fd, fd);
#endif
    CALL(send(peer, "x", 1, 0), "sendto(%d, \"x\", 1, 0, NULL, 0)", peer);
    CALL(syscall(SYS_epoll_pwait, ep, got, 4, -1, &mask, sizeof mask),
         "epoll_pwait(%d, [{events=EPOLLIN|EPOLLOUT, data={u32=%d, u64=%d}}], 4, -1, [INT], 8)", ep, fd, fd);
    CALL(syscall(SYS_epoll_pwait2, ep, got, 4, limit, NULL, 8),
         "epoll_pwait2(%d, [{events=EPOLLIN|EPOLLOUT, data={u32=%d, u64=%d}}], 4, {tv_sec=1, tv_nsec=0}, "
         "NULL, 8)",
         ep, fd, fd);
    CALL(syscall(SYS_epoll_pwait, ep, NULL, 4, 0, NULL, 8), "epoll_pwait(%d, NULL, 4, 0, NULL, 8)", ep);
    CALL(syscall(SYS_epoll_pwait, ep, nowhere, 4, 0, NULL, 8), "epoll_pwait(%d, %p, 4, 0, NULL, 8)", ep,
         (void *)nowhere);
    CALL(syscall(SYS_epoll_pwait, ep, got, 0, 0, NULL, 8), "epoll_pwait(%d, %p, 0, 0, NULL, 8)", ep,
         (void *)got);
    CALL(syscall(SYS_epoll_pwait, ep, got, -1, 0, NULL, 8), "epoll_pwait(%d, %p, -1, 0, NULL, 8)", ep,
         (void *)got);
    CALL(epoll_ctl(ep, EPOLL_CTL_DEL, fd, NULL), "epoll_ctl(%d, EPOLL_CTL_DEL, %d, NULL)", ep, fd);
    CALL(syscall(SYS_epoll_pwait, ep, got, 4, 0, NULL, 8), "epoll_pwait(%d, [], 4, 0, NULL, 8)", ep);
    CALL(syscall(SYS_epoll_pwait, 99, got, 4, 0, NULL, 8), "epoll_pwait(99, %p, 4, 0, NULL, 8)", (void *)got);
}

int main(void)
{
    int pair[2], ep = -1, second = -1;

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
#ifdef SYS_epoll_create
    CALL(second = (int)syscall(SYS_epoll_create, 4), "epoll_create(4)");
    close(second);
    CALL(syscall(SYS_epoll_create, 0), "epoll_create(0)");
#endif
    CALL(ep = epoll_create1(EPOLL_CLOEXEC), "epoll_create1(EPOLL_CLOEXEC)");
    CALL(second = epoll_create1(0), "epoll_create1(0)");
    close(second);
    CALL(epoll_create1(1), "epoll_create1(0x1 /* EPOLL_??? */)");
    control(ep, pair[0]);
    waits(ep, pair[0], pair[1]);
    close(ep);
    probe_close(pair[0]);
    probe_close(pair[1]);
    return 0;
}
