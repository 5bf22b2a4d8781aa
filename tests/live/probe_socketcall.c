/* tests/live/probe_socketcall.c: socketcall(2), the one number under which all of sockets was called in
 * 32-bit programs: it is told as the call that it carries, or as itself where it carries none. */
#include "probe.h"

#ifdef SYS_socketcall
#include <linux/net.h>

/* Six words, as the call reads them. */
#define SUB(number, ...) syscall(SYS_socketcall, number, ((const long[6]){__VA_ARGS__}))

static long word(const void *pointer)
{
    return (long)(uintptr_t)pointer;
}

static void streams(void)
{
    int listener = -1, client = -1, server = -1;
    struct sockaddr_in here = probe_in("127.0.0.1", 0), seen = {0};
    socklen_t len = sizeof seen;
    int one = 1;

    CALL(listener = (int)SUB(SYS_SOCKET, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0),
         "socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP)");
    CALL(SUB(SYS_SETSOCKOPT, listener, SOL_SOCKET, SO_REUSEADDR, word(&one), 4),
         "setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, [1], 4)", listener);
    len = sizeof one;
    CALL(SUB(SYS_GETSOCKOPT, listener, SOL_SOCKET, SO_TYPE, word(&one), word(&len)),
         "getsockopt(%d, SOL_SOCKET, SO_TYPE, [1], [4])", listener);
    CALL(SUB(SYS_BIND, listener, word(&here), 16), "bind(%d, %s, 16)", listener, probe_in_text(&here));
    CALL(SUB(SYS_LISTEN, listener, 5), "listen(%d, 5)", listener);
    len = 64;
    CALL(SUB(SYS_GETSOCKNAME, listener, word(&here), word(&len)), "getsockname(%d, %s, [64 => 16])", listener,
         probe_in_text(&here));
    CALL(client = (int)SUB(SYS_SOCKET, AF_INET, SOCK_STREAM, IPPROTO_TCP),
         "socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)");
    CALL(SUB(SYS_GETPEERNAME, client, word(&seen), word(&len)), "getpeername(%d, %p, [16])", client,
         (void *)&seen);
    CALL(SUB(SYS_CONNECT, client, word(&here), 16), "connect(%d, %s, 16)", client, probe_in_text(&here));
    CALL(server = (int)SUB(SYS_ACCEPT, listener, word(&seen), word(&len)), "accept(%d, %s, [16])", listener,
         probe_in_text(&seen));
    CALL(SUB(SYS_SHUTDOWN, client, SHUT_RDWR), "shutdown(%d, SHUT_RDWR)", client);
    probe_close(client);
    probe_close(server);
    CALL(client = (int)SUB(SYS_SOCKET, AF_INET, SOCK_STREAM, 0), "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)");
    CALL(SUB(SYS_CONNECT, client, word(&here), 16), "connect(%d, %s, 16)", client, probe_in_text(&here));
    CALL(server = (int)SUB(SYS_ACCEPT4, listener, 0, 0, SOCK_CLOEXEC),
         "accept4(%d, NULL, NULL, SOCK_CLOEXEC)", listener);
    probe_close(server);
    probe_close(client);
    probe_close(listener);
}

static void data(void)
{
    struct sockaddr_in here = probe_in("127.0.0.1", 0), seen = {0};
    socklen_t len = sizeof seen;
    char into[8];
    int fd = -1;
    int pair[2];

    CALL(SUB(SYS_SOCKETPAIR, AF_UNIX, SOCK_DGRAM, 0, word(pair)),
         "socketpair(AF_UNIX, SOCK_DGRAM, 0, [%d, %d])", pair[0], pair[1]);
    CALL(SUB(SYS_SEND, pair[0], word("ping\n"), 5, MSG_NOSIGNAL), "send(%d, \"ping\\n\", 5, MSG_NOSIGNAL)",
         pair[0]);
    CALL(SUB(SYS_RECV, pair[1], word(into), 8, 0), "recv(%d, \"ping\\n\", 8, 0)", pair[1]);
    CALL(SUB(SYS_RECV, pair[1], word(into), 8, MSG_DONTWAIT), "recv(%d, %p, 8, MSG_DONTWAIT)", pair[1],
         (void *)into);
    CALL(SUB(SYS_SEND, pair[0], 0, 5, 0), "send(%d, NULL, 5, 0)", pair[0]);
    CALL(SUB(SYS_SEND, 99, word("ping"), 4, 0), "send(99, \"ping\", 4, 0)");
    CALL(SUB(SYS_RECV, -1, word(into), 8, 0), "recv(-1, %p, 8, 0)", (void *)into);
    CALL(fd = (int)SUB(SYS_SOCKET, AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    CALL(SUB(SYS_BIND, fd, word(&here), 16), "bind(%d, %s, 16)", fd, probe_in_text(&here));
    here = probe_bound(fd);
    CALL(SUB(SYS_SENDTO, fd, word("ping"), 4, 0, word(&here), 16), "sendto(%d, \"ping\", 4, 0, %s, 16)", fd,
         probe_in_text(&here));
    CALL(SUB(SYS_RECVFROM, fd, word(into), 8, 0, word(&seen), word(&len)),
         "recvfrom(%d, \"ping\", 8, 0, %s, [16])", fd, probe_in_text(&seen));
    probe_close(fd);
    probe_close(pair[0]);
    probe_close(pair[1]);
}

#define MESSAGE(text, len, flags)                                                                            \
    "{msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=" text ", iov_len=" len                               \
    "}], msg_iovlen=1, msg_controllen=0, msg_flags=" flags "}"

static void messages(void)
{
    char bytes[8];
    struct iovec out = {(char *)"first", 5}, in = {bytes, sizeof bytes};
    struct mmsghdr sent = {.msg_hdr = {.msg_iov = &out, .msg_iovlen = 1}},
                   got = {.msg_hdr = {.msg_iov = &in, .msg_iovlen = 1}};
    long limit[] = {1, 0}; /* a struct timespec of the program's words */
    int pair[2];

    probe_pair(SOCK_DGRAM, "SOCK_DGRAM", pair);
    CALL(SUB(SYS_SENDMSG, pair[0], word(&sent.msg_hdr), 0),
         "sendmsg(%d, " MESSAGE("\"first\"", "5", "0") ", 0)", pair[0]);
    CALL(SUB(SYS_RECVMSG, pair[1], word(&got.msg_hdr), 0),
         "recvmsg(%d, " MESSAGE("\"first\"", "8", "0") ", 0)", pair[1]);
    CALL(SUB(SYS_SENDMMSG, pair[0], word(&sent), 1, 0),
         "sendmmsg(%d, [{msg_hdr=" MESSAGE("\"first\"", "5", "0") ", msg_len=5}], 1, 0)", pair[0]);
    CALL_AUX(SUB(SYS_RECVMMSG, pair[1], word(&got), 1, 0, word(limit)),
             probe_text("left {tv_sec=%ld, tv_nsec=%ld}", limit[0], limit[1]),
             "recvmmsg(%d, [{msg_hdr=" MESSAGE("\"first\"", "8",
                                               "0") ", msg_len=5}], 1, 0, {tv_sec=1, tv_nsec=0})",
             pair[1]);
    CALL(SUB(SYS_SENDMSG, pair[0], 0, 0), "sendmsg(%d, NULL, 0)", pair[0]);
    probe_close(pair[0]);
    probe_close(pair[1]);
}

/* What carries no call: the number is none, or what should be its arguments can't be read. */
static void none(void)
{
    static const struct {
        int number;
        const char *name;
    } subs[] = {
        {SYS_SOCKET, "SYS_SOCKET"},
        {SYS_BIND, "SYS_BIND"},
        {SYS_CONNECT, "SYS_CONNECT"},
        {SYS_LISTEN, "SYS_LISTEN"},
        {SYS_ACCEPT, "SYS_ACCEPT"},
        {SYS_GETSOCKNAME, "SYS_GETSOCKNAME"},
        {SYS_GETPEERNAME, "SYS_GETPEERNAME"},
        {SYS_SOCKETPAIR, "SYS_SOCKETPAIR"},
        {SYS_SEND, "SYS_SEND"},
        {SYS_RECV, "SYS_RECV"},
        {SYS_SENDTO, "SYS_SENDTO"},
        {SYS_RECVFROM, "SYS_RECVFROM"},
        {SYS_SHUTDOWN, "SYS_SHUTDOWN"},
        {SYS_SETSOCKOPT, "SYS_SETSOCKOPT"},
        {SYS_GETSOCKOPT, "SYS_GETSOCKOPT"},
        {SYS_SENDMSG, "SYS_SENDMSG"},
        {SYS_RECVMSG, "SYS_RECVMSG"},
        {SYS_ACCEPT4, "SYS_ACCEPT4"},
        {SYS_RECVMMSG, "SYS_RECVMMSG"},
        {SYS_SENDMMSG, "SYS_SENDMMSG"},
    };
    static const int no_numbers[] = {0, 21, -1, 1000};
    const long words[6] = {AF_UNIX, SOCK_STREAM};
    void *nowhere = probe_nowhere();
    long *two = (long *)(void *)probe_edge(2 * sizeof *two), *one = two + 1;

    for (size_t i = 0; i < sizeof subs / sizeof subs[0]; i++)
        CALL(syscall(SYS_socketcall, subs[i].number, i % 2 ? NULL : nowhere), "socketcall(%s, %s)",
             subs[i].name, i % 2 ? "NULL" : probe_text("%p", nowhere));
    for (size_t i = 0; i < sizeof no_numbers / sizeof no_numbers[0]; i++)
        CALL(syscall(SYS_socketcall, no_numbers[i], words), "socketcall(%d, %p)", no_numbers[i],
             (const void *)words);
    CALL(syscall(SYS_socketcall, 0, NULL), "socketcall(0, NULL)");
    two[0] = 99;
    two[1] = SHUT_WR;
    CALL(syscall(SYS_socketcall, SYS_SHUTDOWN, two), "shutdown(99, SHUT_WR)");
    CALL(syscall(SYS_socketcall, SYS_BIND, two), "socketcall(SYS_BIND, %p)", (void *)two);
    CALL(syscall(SYS_socketcall, SYS_SHUTDOWN, one), "socketcall(SYS_SHUTDOWN, %p)", (void *)one);
}

int main(void)
{
    streams();
    data();
    messages();
    none();
    return 0;
}
#else
int main(void)
{
    probe_nothing_to_do("there is no socketcall in this program's system calls");
}
#endif
