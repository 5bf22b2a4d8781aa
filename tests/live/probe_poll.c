/* tests/live/probe_poll.c: poll and ppoll on a socketpair. The raw calls: libc has its own mind about which
 * it uses. */
#include "probe.h"

#include <poll.h>
#include <signal.h>
#include <time.h>

/* Not every architecture has poll(2). */
#ifdef SYS_poll
static void polls(int pair[2])
{
    struct pollfd fds[] = {{pair[0], POLLIN, 0}, {pair[1], POLLOUT | POLLIN, 0}, {-1, POLLIN, 0}, {99, 0, 0}};
    struct pollfd *nowhere = probe_nowhere(), *edge = (struct pollfd *)probe_edge(sizeof *edge);

    *edge = fds[0];
    CALL_AUX(syscall(SYS_poll, fds, 1, 0), "Timeout", "poll([{fd=%d, events=POLLIN}], 1, 0)", pair[0]);
    CALL_AUX(syscall(SYS_poll, fds, 2, 1000), probe_text("[{fd=%d, revents=POLLOUT}]", pair[1]),
             "poll([{fd=%d, events=POLLIN}, {fd=%d, events=POLLIN|POLLOUT}], 2, 1000)", pair[0], pair[1]);
    CALL(send(pair[1], "x", 1, 0), "sendto(%d, \"x\", 1, 0, NULL, 0)", pair[1]);
    CALL_AUX(
        syscall(SYS_poll, fds, 4, -1),
        probe_text("[{fd=%d, revents=POLLIN}, {fd=%d, revents=POLLOUT}, {fd=99, revents=POLLNVAL}]", pair[0],
                   pair[1]),
        "poll([{fd=%d, events=POLLIN}, {fd=%d, events=POLLIN|POLLOUT}, {fd=-1}, {fd=99, events=0}], 4, -1)",
        pair[0], pair[1]);
    CALL_AUX(syscall(SYS_poll, NULL, 0, 1), "Timeout", "poll(NULL, 0, 1)");
    CALL_AUX(syscall(SYS_poll, fds, 0, 0), "Timeout", "poll([], 0, 0)");
    CALL(syscall(SYS_poll, nowhere, 1, 0), "poll(%p, 1, 0)", (void *)nowhere);
    CALL(syscall(SYS_poll, NULL, 1, 0), "poll(NULL, 1, 0)");
    CALL(syscall(SYS_poll, edge, 3, 0), "poll([{fd=%d, events=POLLIN}, ... /* %p */], 3, 0)", pair[0],
         (void *)(edge + 1));
    CALL(syscall(SYS_poll, edge, 0xffffffffU, 0),
         "poll([{fd=%d, events=POLLIN}, ... /* %p */], 4294967295, 0)", pair[0], (void *)(edge + 1));
}
#else
static void polls(int pair[2])
{
    CALL(send(pair[1], "x", 1, 0), "sendto(%d, \"x\", 1, 0, NULL, 0)", pair[1]);
}
#endif

static void ppolls(int pair[2])
{
    struct pollfd fds[] = {{pair[0], POLLIN | POLLPRI, 0}};
    struct timespec limit = {.tv_sec = 2}, none = {0}, *nowhere = probe_nowhere(), wrong = {.tv_nsec = -1};
    uint64_t mask = 1 << (SIGINT - 1) | 1 << (SIGUSR1 - 1);

    CALL_AUX(syscall(SYS_ppoll, fds, 1, &limit, NULL, 0),
             probe_text("[{fd=%d, revents=POLLIN}], left {tv_sec=%ld, tv_nsec=%ld}", pair[0], limit.tv_sec,
                        limit.tv_nsec),
             "ppoll([{fd=%d, events=POLLIN|POLLPRI}], 1, {tv_sec=2, tv_nsec=0}, NULL, 0)", pair[0]);
    CALL_AUX(syscall(SYS_ppoll, fds, 1, NULL, &mask, sizeof mask),
             probe_text("[{fd=%d, revents=POLLIN}]", pair[0]),
             "ppoll([{fd=%d, events=POLLIN|POLLPRI}], 1, NULL, [INT USR1], 8)", pair[0]);
    fds[0].events = POLLPRI;
    mask = 0;
    CALL_AUX(syscall(SYS_ppoll, fds, 1, &none, &mask, sizeof mask), "Timeout",
             "ppoll([{fd=%d, events=POLLPRI}], 1, {tv_sec=0, tv_nsec=0}, [], 8)", pair[0]);
    CALL(syscall(SYS_ppoll, fds, 1, &wrong, NULL, 0),
         "ppoll([{fd=%d, events=POLLPRI}], 1, {tv_sec=0, tv_nsec=%lu}, NULL, 0)", pair[0],
         (unsigned long)wrong.tv_nsec);
    CALL(syscall(SYS_ppoll, fds, 1, nowhere, NULL, 0), "ppoll([{fd=%d, events=POLLPRI}], 1, %p, NULL, 0)",
         pair[0], (void *)nowhere);
    CALL(syscall(SYS_ppoll, NULL, 1, NULL, NULL, 0), "ppoll(NULL, 1, NULL, NULL, 0)");
}

/* Only for 32-bit programs: others have but one size of time. */
static void wide_time(const int pair[2])
{
#ifdef SYS_ppoll_time64
    struct pollfd fds[] = {{pair[0], POLLIN | POLLPRI, 0}};
    int64_t limit[] = {2, 0}, wrong[] = {0, -1}, *nowhere = probe_nowhere();
    uint64_t mask = 1 << (SIGINT - 1);

    CALL_AUX(syscall(SYS_ppoll_time64, fds, 1, limit, &mask, sizeof mask),
             probe_text("[{fd=%d, revents=POLLIN}], left {tv_sec=%d, tv_nsec=%d}", pair[0], (int)limit[0],
                        (int)limit[1]),
             "ppoll_time64([{fd=%d, events=POLLIN|POLLPRI}], 1, {tv_sec=2, tv_nsec=0}, [INT], 8)", pair[0]);
    CALL(syscall(SYS_ppoll_time64, fds, 1, wrong, NULL, 0),
         "ppoll_time64([{fd=%d, events=POLLIN|POLLPRI}], 1, {tv_sec=0, tv_nsec=18446744073709551615}, NULL, "
         "0)",
         pair[0]);
    CALL(syscall(SYS_ppoll_time64, fds, 1, nowhere, NULL, 0),
         "ppoll_time64([{fd=%d, events=POLLIN|POLLPRI}], 1, %p, NULL, 0)", pair[0], (void *)nowhere);
#else
    (void)pair;
#endif
}

int main(void)
{
    int pair[2];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    polls(pair);
    ppolls(pair);
    wide_time(pair);
    probe_close(pair[0]);
    probe_close(pair[1]);
    return 0;
}
