/* tests/bench/bench_sock.c: system calls per second on sockets: bench_sock pair|tcp N [CPU]
 *
 * pair: one process sends 32 bytes on a socketpair and receives them, N times. tcp: two processes send 32
 * bytes to and fro over loopback, N times. With a CPU all runs on that one. Prints one number.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void need(int ok, const char *what)
{
    if (!ok) {
        perror(what);
        exit(1);
    }
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void give(int fd)
{
    char bytes[32] = "thirty-two bytes of a message.\n";

    need(send(fd, bytes, sizeof bytes, MSG_NOSIGNAL) == sizeof bytes, "send");
}

static void take(int fd)
{
    char bytes[32];

    need(recv(fd, bytes, sizeof bytes, MSG_WAITALL) == sizeof bytes, "recv");
}

static double pair(long n)
{
    int fds[2];
    double began;

    need(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0, "socketpair");
    began = now();
    for (long i = 0; i < n; i++) {
        give(fds[0]);
        take(fds[1]);
    }
    return 2 * (double)n / (now() - began);
}

static int no_delay(int fd)
{
    int on = 1;

    need(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0, "setsockopt");
    return fd;
}

static void answer(const struct sockaddr_in *there, long n)
{
    int fd = no_delay(socket(AF_INET, SOCK_STREAM, 0));

    need(connect(fd, (const struct sockaddr *)there, sizeof *there) == 0, "connect");
    for (long i = 0; i < n; i++) {
        take(fd);
        give(fd);
    }
}

static double tcp(long n)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof here;
    int listener = socket(AF_INET, SOCK_STREAM, 0), fd, status;
    double began, took;
    pid_t pid;

    need(bind(listener, (struct sockaddr *)&here, sizeof here) == 0 && listen(listener, 1) == 0, "listen");
    need(getsockname(listener, (struct sockaddr *)&here, &len) == 0, "getsockname");
    pid = fork();
    if (pid == 0) {
        answer(&here, n);
        _exit(0);
    }
    fd = no_delay(accept(listener, NULL, NULL));
    began = now();
    for (long i = 0; i < n; i++) {
        give(fd);
        take(fd);
    }
    took = now() - began;
    need(waitpid(pid, &status, 0) == pid && status == 0, "the other process");
    return 4 * (double)n / took;
}

int main(int argc, char **argv)
{
    cpu_set_t cpus;
    long n;

    if (argc < 3 || (n = atol(argv[2])) < 1) {
        fprintf(stderr, "usage: %s pair|tcp N [CPU]\n", argv[0]);
        return 2;
    }
    if (argc > 3) {
        CPU_ZERO(&cpus);
        CPU_SET((size_t)atoi(argv[3]), &cpus);
        need(sched_setaffinity(0, sizeof cpus, &cpus) == 0, "sched_setaffinity");
    }
    printf("%.0f\n", strcmp(argv[1], "tcp") == 0 ? tcp(n) : pair(n));
    return 0;
}
