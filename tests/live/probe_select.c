/* tests/live/probe_select.c: select and pselect6. The raw calls: libc has its own mind about which it uses.
 */
#include "probe.h"

#include <signal.h>
#include <sys/select.h>
#include <time.h>

struct sets {
    fd_set in, out, except;
};

static struct sets all(const int pair[2])
{
    struct sets sets;

    FD_ZERO(&sets.in);
    FD_ZERO(&sets.out);
    FD_ZERO(&sets.except);
    FD_SET(pair[0], &sets.in);
    FD_SET(pair[1], &sets.in);
    FD_SET(pair[1], &sets.out);
    FD_SET(pair[0], &sets.except);
    return sets;
}

#ifdef SYS__newselect /* select(2) is another call then, with its arguments in memory */
#undef SYS_select
#define SYS_select SYS__newselect
#define SELECT     "_newselect"
#else
#define SELECT "select"
#endif

/* Not every architecture has select(2). */
#ifdef SYS_select
static void selects(int pair[2])
{
    struct sets s = all(pair);
    struct timeval limit = {.tv_sec = 5}, none = {0};
    fd_set *nowhere = probe_nowhere();
    int nfds = pair[1] + 1;

    CALL_AUX(syscall(SYS_select, nfds, &s.in, &s.out, NULL, &limit),
             probe_text("out [%d], left {tv_sec=%ld, tv_usec=%ld}", pair[1], limit.tv_sec, limit.tv_usec),
             SELECT "(%d, [%d %d], [%d], NULL, {tv_sec=5, tv_usec=0})", nfds, pair[0], pair[1], pair[1]);
    s = all(pair);
    CALL_AUX(syscall(SYS_select, nfds, &s.in, NULL, &s.except, &none), "Timeout",
             SELECT "(%d, [%d %d], NULL, [%d], {tv_sec=0, tv_usec=0})", nfds, pair[0], pair[1], pair[0]);
    CALL(send(pair[1], "x", 1, 0), "sendto(%d, \"x\", 1, 0, NULL, 0)", pair[1]);
    s = all(pair);
    CALL_AUX(syscall(SYS_select, nfds, &s.in, &s.out, &s.except, NULL),
             probe_text("in [%d], out [%d]", pair[0], pair[1]), SELECT "(%d, [%d %d], [%d], [%d], NULL)",
             nfds, pair[0], pair[1], pair[1], pair[0]);
    CALL_AUX(syscall(SYS_select, 0, NULL, NULL, NULL, &none), "Timeout",
             SELECT "(0, NULL, NULL, NULL, {tv_sec=0, tv_usec=0})");
    s = all(pair);
    CALL_AUX(syscall(SYS_select, pair[0], &s.in, NULL, NULL, &none), "Timeout",
             SELECT "(%d, [], NULL, NULL, {tv_sec=0, tv_usec=0})", pair[0]);
    CALL(syscall(SYS_select, -1, NULL, NULL, NULL, &none),
         SELECT "(-1, NULL, NULL, NULL, {tv_sec=0, tv_usec=0})");
    CALL(syscall(SYS_select, nfds, nowhere, NULL, NULL, &none),
         SELECT "(%d, %p, NULL, NULL, {tv_sec=0, tv_usec=0})", nfds, (void *)nowhere);
    FD_SET(63, &s.out);
    CALL(syscall(SYS_select, 64, NULL, &s.out, NULL, NULL), SELECT "(64, NULL, [%d 63], NULL, NULL)",
         pair[1]);
}
#else
static void selects(int pair[2])
{
    CALL(send(pair[1], "x", 1, 0), "sendto(%d, \"x\", 1, 0, NULL, 0)", pair[1]);
}
#endif

static void pselects(int pair[2])
{
    struct sets s = all(pair);
    struct timespec limit = {.tv_sec = 5}, none = {0};
    uint64_t mask = 1 << (SIGTERM - 1);
    struct {
        const void *mask;
        size_t len;
    } sig = {&mask, sizeof mask};
    int nfds = pair[1] + 1;

    CALL_AUX(syscall(SYS_pselect6, nfds, &s.in, &s.out, &s.except, &limit, NULL),
             probe_text("in [%d], out [%d], left {tv_sec=%ld, tv_nsec=%ld}", pair[0], pair[1], limit.tv_sec,
                        limit.tv_nsec),
             "pselect6(%d, [%d %d], [%d], [%d], {tv_sec=5, tv_nsec=0}, NULL)", nfds, pair[0], pair[1],
             pair[1], pair[0]);
    s = all(pair);
    CALL_AUX(syscall(SYS_pselect6, nfds, NULL, NULL, &s.except, &none, &sig), "Timeout",
             "pselect6(%d, NULL, NULL, [%d], {tv_sec=0, tv_nsec=0}, {sigmask=[TERM], sigsetsize=8})", nfds,
             pair[0]);
    sig.mask = NULL;
    CALL_AUX(syscall(SYS_pselect6, nfds, &s.in, NULL, NULL, &none, &sig),
             probe_text("in [%d], left {tv_sec=0, tv_nsec=0}", pair[0]),
             "pselect6(%d, [%d %d], NULL, NULL, {tv_sec=0, tv_nsec=0}, {sigmask=NULL, sigsetsize=8})", nfds,
             pair[0], pair[1]);
}

/* Only for 32-bit programs: others have but one size of time. */
static void wide_time(int pair[2])
{
#ifdef SYS_pselect6_time64
    struct sets s = all(pair);
    int64_t limit[] = {5, 0};
    uint64_t mask = 1 << (SIGTERM - 1);
    struct {
        const void *mask;
        size_t len;
    } sig = {&mask, sizeof mask};
    int nfds = pair[1] + 1;

    CALL_AUX(
        syscall(SYS_pselect6_time64, nfds, &s.in, NULL, NULL, limit, &sig),
        probe_text("in [%d], left {tv_sec=%d, tv_nsec=%d}", pair[0], (int)limit[0], (int)limit[1]),
        "pselect6_time64(%d, [%d %d], NULL, NULL, {tv_sec=5, tv_nsec=0}, {sigmask=[TERM], sigsetsize=8})",
        nfds, pair[0], pair[1]);
#else
    (void)pair;
#endif
}

int main(void)
{
    int pair[2];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    selects(pair);
    pselects(pair);
    wide_time(pair);
    probe_close(pair[0]);
    probe_close(pair[1]);
    return 0;
}
