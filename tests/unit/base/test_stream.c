/* unit/base/test_stream.c: nothing is lost on a slow pipe while signals come. */
#include "../suite.h"
#include "base/stream.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BYTES = 1024 * 1024 };

static void on_alarm(int sig)
{
    (void)sig;
}

/* Reads slowly at first, so that the writer sits in a full pipe while its timer ticks; says whether all came.
 */
static int reader(int fd)
{
    char piece[4096];
    size_t total = 0;
    ssize_t n;

    usleep(50000);
    while ((n = read(fd, piece, sizeof(piece))) > 0)
        total += (size_t)n;
    return total == BYTES ? 0 : 1;
}

START_TEST(loses_nothing)
{
    struct itimerval tick = {.it_value.tv_usec = 1000, .it_interval.tv_usec = 1000}, none = {0};
    struct sigaction act = {.sa_handler = on_alarm}, old;
    int fds[2], status;
    FILE *stream;
    pid_t pid;

    ck_assert_int_eq(pipe(fds), 0);
    pid = fork();
    if (pid == 0) {
        close(fds[1]);
        _exit(reader(fds[0]));
    }
    close(fds[0]);
    if (_i)
        fcntl(fds[1], F_SETFL, O_NONBLOCK);
    sigaction(SIGALRM, &act, &old);
    setitimer(ITIMER_REAL, &tick, NULL);
    stream = stream_open(fds[1]);
    for (int i = 0; i < BYTES; i++)
        putc('x', stream);
    ck_assert_int_eq(fclose(stream), 0);
    setitimer(ITIMER_REAL, &none, NULL);
    sigaction(SIGALRM, &old, NULL);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(tells_errors)
{
    int fd = open("/dev/full", O_WRONLY);
    FILE *stream = stream_open(fd);

    putc('x', stream);
    ck_assert_int_ne(fclose(stream), 0);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "whole", loses_nothing, 2);
    suite_add(suite, "errors", tells_errors);
}

SUITE_MAIN("stream", add)
