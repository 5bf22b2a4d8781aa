/* live/waits.c: two programs, server and client, that wait for each other for ever; or for something that
 * comes. waits KIND server|client PORT */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in at;
static char many[1 << 20];

static int need(int result)
{
    if (result < 0) {
        perror("waits");
        exit(1);
    }
    return result;
}

static int listener(void)
{
    int fd = need(socket(AF_INET, SOCK_STREAM, 0)), on = 1;

    need(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)));
    need(bind(fd, (struct sockaddr *)&at, sizeof(at)));
    need(listen(fd, 5));
    return fd;
}

static int accepted(void)
{
    return need(accept(listener(), NULL, NULL));
}

static int connected(void)
{
    int fd = need(socket(AF_INET, SOCK_STREAM, 0));

    need(connect(fd, (struct sockaddr *)&at, sizeof(at)));
    return fd;
}

static int datagrams(void)
{
    int fd = need(socket(AF_INET, SOCK_DGRAM, 0));

    need(bind(fd, (struct sockaddr *)&at, sizeof(at)));
    return fd;
}

static void get(int fd)
{
    char byte;

    need((int)recv(fd, &byte, 1, 0));
}

static void put(int fd)
{
    need((int)send(fd, "x", 1, MSG_NOSIGNAL));
}

static void drain(int fd)
{
    while (recv(fd, many, sizeof(many), 0) > 0)
        ;
}

static void fill(int fd)
{
    for (int i = 0; i < 64; i++)
        need((int)send(fd, many, sizeof(many), MSG_NOSIGNAL));
}

static void nap(int ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000L};

    nanosleep(&time, NULL);
}

enum { LONG_MS = 1200 }; /* far longer than it takes to be called hung */

/* ---- those that hang ---- */

static void server_recvs(void)
{
    get(accepted());
}
static void client_recvs(void)
{
    get(connected());
}

/* The child is done; the parent has the connection open as well. */
static void server_parent_keeps(void)
{
    int fd = listener(), conn = need(accept(fd, NULL, NULL));

    if (need(fork()) == 0)
        exit(0);
    wait(NULL);
    need(accept(fd, NULL, NULL));
    close(conn);
}

/* The parent has closed it; a child that waits for another connection has it as well. */
static void server_child_keeps(void)
{
    int fd = listener(), conn = need(accept(fd, NULL, NULL));

    if (need(fork()) == 0) {
        need(accept(fd, NULL, NULL));
        exit(0);
    }
    close(conn);
    wait(NULL);
}

static void server_fills(void)
{
    fill(accepted());
}
static void client_fills(void)
{
    fill(connected());
}

/* It waits for a word of nobody, and never accepts. */
static void server_never_accepts(void)
{
    int pair[2];

    listener();
    need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    get(pair[0]);
}

static void client_asks(void)
{
    int fd = connected();

    put(fd);
    get(fd);
}

static void server_datagrams(void)
{
    struct sockaddr_in from;
    socklen_t len = sizeof(from);
    int fd = datagrams();
    char byte;

    need((int)recvfrom(fd, &byte, 1, 0, (struct sockaddr *)&from, &len));
    need((int)sendto(fd, &byte, 1, 0, (struct sockaddr *)&from, len));
}

static void client_datagrams(void)
{
    int fd = need(socket(AF_INET, SOCK_DGRAM, 0));

    need((int)sendto(fd, "x", 1, 0, (struct sockaddr *)&at, sizeof(at)));
    get(fd);
}

static void server_until_end(void)
{
    int fd = accepted();

    drain(fd);
    put(fd);
}

static void server_takes_all(void)
{
    char bytes[10];

    need((int)recv(accepted(), bytes, sizeof(bytes), MSG_WAITALL));
}

static void server_polls_listener(void)
{
    int fd = listener(), conn = need(accept(fd, NULL, NULL));
    struct pollfd wait = {.fd = fd, .events = POLLIN};

    poll(&wait, 1, -1);
    get(conn);
}

static void server_edge(void)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLET};
    int fd = accepted(), epoll = need(epoll_create1(0));

    need(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
    for (;;) {
        need(epoll_wait(epoll, &event, 1, -1));
        get(fd);
    }
}

static void client_word(void)
{
    int fd = connected();

    need((int)send(fd, "word", 4, MSG_NOSIGNAL));
    get(fd);
}

static void *get_in_thread(void *arg)
{
    get(*(int *)arg);
    return NULL;
}

/* Two threads, each at one end of a pair. */
static void server_threads(void)
{
    pthread_t thread;
    int pair[2];

    need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    pthread_create(&thread, NULL, get_in_thread, &pair[0]);
    get_in_thread(&pair[1]);
    pthread_join(thread, NULL);
}

static void client_joins(void)
{
    pthread_t thread;
    int fd = connected();

    pthread_create(&thread, NULL, get_in_thread, &fd);
    pthread_join(thread, NULL);
}

static void server_then_accepts(void)
{
    int fd = listener();

    need(accept(fd, NULL, NULL));
    need(accept(fd, NULL, NULL));
}

/* ---- those that live ---- */

static void server_sleeps(void)
{
    int fd = accepted();

    nap(LONG_MS);
    put(fd);
}

static void server_polls_with_limit(void)
{
    int fd = accepted();
    struct pollfd wait = {.fd = fd, .events = POLLIN};

    poll(&wait, 1, LONG_MS);
    put(fd);
}

static void server_timerfd(void)
{
    struct itimerspec time = {.it_value = {1, 200000000}};
    struct epoll_event event = {.events = EPOLLIN};
    int fd = accepted(), epoll = need(epoll_create1(0)), timer = need(timerfd_create(CLOCK_MONOTONIC, 0));

    need(timerfd_settime(timer, 0, &time, NULL));
    need(epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &event));
    need(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
    need(epoll_wait(epoll, &event, 1, -1));
    put(fd);
}

static void on_signal(int sig)
{
    (void)sig;
}

static void catch_signal(int sig)
{
    struct sigaction act = {.sa_handler = on_signal};

    sigaction(sig, &act, NULL);
}

static void server_alarm(void)
{
    int fd = accepted();
    char byte;

    catch_signal(SIGALRM);
    alarm(1);
    if (recv(fd, &byte, 1, 0) < 0 && errno == EINTR)
        put(fd);
}

static void server_itimer(void)
{
    struct itimerval time = {.it_value = {1, 200000}};
    int fd = accepted();
    char byte;

    catch_signal(SIGALRM);
    setitimer(ITIMER_REAL, &time, NULL);
    if (recv(fd, &byte, 1, 0) < 0 && errno == EINTR)
        put(fd);
}

static void server_posix_timer(void)
{
    struct itimerspec time = {.it_value = {1, 200000000}};
    int fd = accepted();
    timer_t timer;
    char byte;

    catch_signal(SIGALRM);
    need(timer_create(CLOCK_MONOTONIC, NULL, &timer));
    need(timer_settime(timer, 0, &time, NULL));
    if (recv(fd, &byte, 1, 0) < 0 && errno == EINTR)
        put(fd);
}

static void compute(void)
{
    struct timespec from, now;

    clock_gettime(CLOCK_MONOTONIC, &from);
    do
        clock_gettime(CLOCK_MONOTONIC, &now);
    while ((now.tv_sec - from.tv_sec) * 1000 + (now.tv_nsec - from.tv_nsec) / 1000000 < LONG_MS);
}

static void server_child_computes(void)
{
    int fd = accepted();

    if (need(fork()) == 0) {
        compute();
        exit(0);
    }
    wait(NULL);
    put(fd);
}

static void server_computes(void)
{
    int fd = accepted();

    compute();
    put(fd);
}

static void server_pipe(void)
{
    int fd = accepted();
    FILE *helper = popen("sleep 1.2; echo x", "r");

    if (!helper || fgetc(helper) != 'x')
        exit(1);
    pclose(helper);
    put(fd);
}

static void server_rcvtimeo(void)
{
    struct timeval limit = {1, 200000};
    int fd = accepted();
    char byte;

    need(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)));
    if (recv(fd, &byte, 1, 0) < 0 && errno == EAGAIN)
        put(fd);
}

static void server_signalled(void)
{
    int fd = accepted();
    char byte;

    catch_signal(SIGUSR1);
    if (need(fork()) == 0) {
        nap(LONG_MS);
        kill(getppid(), SIGUSR1);
        exit(0);
    }
    if (recv(fd, &byte, 1, 0) < 0 && errno == EINTR)
        put(fd);
    wait(NULL);
}

/* Nobody listens yet: it tries again, later each time. */
static void server_late(void)
{
    nap(LONG_MS);
    put(accepted());
}

static void client_tries_again(void)
{
    int fd = need(socket(AF_INET, SOCK_STREAM, 0));

    for (int ms = 100; connect(fd, (struct sockaddr *)&at, sizeof(at)) < 0; ms *= 2) {
        close(fd);
        nap(ms);
        fd = need(socket(AF_INET, SOCK_STREAM, 0));
    }
    get(fd);
}

/* The queue is full: the kernel sends the last SYN again after a second. */
static void server_full_queue(void)
{
    int fd = need(socket(AF_INET, SOCK_STREAM, 0));

    need(bind(fd, (struct sockaddr *)&at, sizeof(at)));
    need(listen(fd, 0));
    nap(LONG_MS);
    for (int i = 0; i < 3; i++)
        put(need(accept(fd, NULL, NULL)));
}

static void client_many(void)
{
    int fds[3];

    for (int i = 0; i < 3; i++)
        fds[i] = connected();
    for (int i = 0; i < 3; i++)
        get(fds[i]);
}

static void nothing(void)
{
}

static const struct {
    const char *name;
    void (*server)(void), (*client)(void);
} kinds[] = {
    {"both-recv", server_recvs, client_recvs},
    {"parent-keeps", server_parent_keeps, client_recvs},
    {"child-keeps", server_child_keeps, client_recvs},
    {"both-full", server_fills, client_fills},
    {"never-accepts", server_never_accepts, client_asks},
    {"reply-lost", server_datagrams, client_datagrams},
    {"no-half-close", server_until_end, client_asks},
    {"takes-all", server_takes_all, client_asks},
    {"wrong-fd", server_polls_listener, client_asks},
    {"edge", server_edge, client_word},
    {"threads", server_threads, nothing},
    {"joins", server_recvs, client_joins},
    {"accepts-again", server_then_accepts, client_recvs},
    {"sleeps", server_sleeps, client_recvs},
    {"poll-limit", server_polls_with_limit, client_recvs},
    {"timerfd", server_timerfd, client_recvs},
    {"alarm", server_alarm, client_recvs},
    {"itimer", server_itimer, client_recvs},
    {"posix-timer", server_posix_timer, client_recvs},
    {"child-computes", server_child_computes, client_recvs},
    {"computes", server_computes, client_recvs},
    {"pipe", server_pipe, client_recvs},
    {"rcvtimeo", server_rcvtimeo, client_recvs},
    {"signalled", server_signalled, client_recvs},
    {"tries-again", server_late, client_tries_again},
    {"full-queue", server_full_queue, client_many},
};

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    at.sin_family = AF_INET;
    at.sin_port = htons((uint16_t)atoi(argv[3]));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (!strcmp(kinds[i].name, argv[1])) {
            (!strcmp(argv[2], "server") ? kinds[i].server : kinds[i].client)();
            return 0;
        }
    return 2;
}
