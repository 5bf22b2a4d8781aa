/* tests/live/stacks.c: calls on sockets by way of functions of every kind. Each call has a number of its own
 * as its protocol, and fails: what -k must say below it stands in tests/live/run_stacks. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NO_TYPE = 99 };

/* Keeps a call from being the last thing that its function does, which would leave no frame of it. */
static volatile int sink;

static inline __attribute__((always_inline)) void inlined(int protocol)
{
    sink = socket(AF_INET, NO_TYPE, protocol); /* line: inlined */
}

static __attribute__((noinline)) void plain(int protocol)
{
    sink = socket(AF_INET, NO_TYPE, protocol); /* line: plain */
}

static __attribute__((noinline)) void around(int protocol)
{
    inlined(protocol); /* line: around */
    sink++;
}

static __attribute__((noinline)) void deep(int protocol, int n)
{
    if (n)
        deep(protocol, n - 1); /* line: deep */
    else
        plain(protocol); /* line: bottom */
    sink++;
}

/* A frame of changing size: its caller is found by the frame pointer. */
static __attribute__((noinline)) void varying(int protocol, size_t size)
{
    char *room = __builtin_alloca(size);

    memset(room, 0, size);
    plain(protocol); /* line: varying */
    sink += room[size - 1];
}

static void *thread(void *arg)
{
    (void)arg;
    plain(5); /* line: thread */
    return NULL;
}

static void handler(int sig)
{
    (void)sig;
    plain(6); /* line: handler */
    sink++;
}

static void on_signal(void)
{
    static char above[1 << 16];
    stack_t stack = {.ss_sp = above, .ss_size = sizeof(above)};
    struct sigaction act = {.sa_handler = handler, .sa_flags = SA_ONSTACK};

    sigaltstack(&stack, NULL);
    sigaction(SIGUSR1, &act, NULL);
    raise(SIGUSR1); /* line: raise */
    sink++;
}

static void in_child(void)
{
    pid_t pid = fork();

    if (pid == 0) {
        plain(7); /* line: child */
        _exit(0);
    }
    waitpid(pid, NULL, 0);
}

/* Many calls from one place, and some more by other ways to it: a stack that is known again is told as it is.
 */
static void many(int n)
{
    for (int i = 0; i < n; i++) {
        plain(8); /* line: many */
        if (i % 4 == 0)
            around(9); /* line: now and then */
        if (i % 4 == 1)
            deep(10, i % 3); /* line: by turns */
        if (i % 4 == 2)
            varying(11, 16 + 160 * (size_t)(i % 3)); /* line: sizes */
    }
}

int main(int argc, char **argv)
{
    pthread_t other;

    if (argc > 1 && strcmp(argv[1], "again") == 0) {
        plain(12); /* line: again */
        return 0;
    }
    plain(1);       /* line: main plain */
    around(2);      /* line: main around */
    deep(3, 4);     /* line: main deep */
    varying(4, 64); /* line: main varying */
    pthread_create(&other, NULL, thread, NULL);
    pthread_join(other, NULL);
    on_signal();                         /* line: main signal */
    in_child();                          /* line: main child */
    many(argc > 1 ? atoi(argv[1]) : 12); /* line: main many */
    puts("called");
    fflush(stdout);
    execl("/proc/self/exe", argv[0], "again", (char *)NULL);
    return 1;
}
