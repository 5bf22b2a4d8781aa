/* unit/compare/test_compare.c: pairs of logs, and what is told of them. */
#include "../suite.h"

#include "base/buf.h"
#include "compare/compare.h"
#include "format/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Lines of a log, as strace -f writes them. */
#define IN(port, host)        "{sa_family=AF_INET, sin_port=htons(" #port "), sin_addr=inet_addr(\"" host "\")}"
#define UN(path)              "{sa_family=AF_UNIX, sun_path=\"" path "\"}"
#define TCP(fd)               "1 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = " #fd "\n"
#define UDP(fd)               "1 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = " #fd "\n"
#define REUSE(fd)             "1 setsockopt(" #fd ", SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0\n"
#define BIND(fd, port)        "1 bind(" #fd ", " IN(port, "0.0.0.0") ", 16) = 0\n"
#define LISTEN(fd, n)         "1 listen(" #fd ", " #n ") = 0\n"
#define SERVER                TCP(3) BIND(3, 7000) LISTEN(3, 5)
#define ACCEPT(fd)            "1 accept(3, NULL, NULL) = " #fd "\n"
#define ACCEPT_FROM(fd, port) "1 accept(3, " IN(port, "127.0.0.1") ", [16]) = " #fd "\n"
#define CONN                  SERVER ACCEPT(4)
#define RECV(fd, s, n)        "1 recvfrom(" #fd ", \"" s "\", 1024, 0, NULL, NULL) = " #n "\n"
#define SEND(fd, s, n)        "1 sendto(" #fd ", \"" s "\", " #n ", 0, NULL, 0) = " #n "\n"
#define WRITE(fd, s, n)       "1 write(" #fd ", \"" s "\", " #n ") = " #n "\n"
#define END(fd)               RECV(fd, "", 0)
#define SHUT(fd)              "1 shutdown(" #fd ", SHUT_WR) = 0\n"
#define CLOSE(fd)             "1 close(" #fd ") = 0\n"
#define CONNECT(fd, port)     "1 connect(" #fd ", " IN(port, "127.0.0.1") ", 16) = 0\n"
#define AGAIN                 " = -1 EAGAIN (Resource temporarily unavailable)\n"
#define EXITS                 "1 +++ exited with 0 +++\n"
#define FROM(fd, s, n, port)                                                                                 \
    "1 recvfrom(" #fd ", \"" s "\", 1024, 0, " IN(port, "127.0.0.1") ", [16]) = " #n "\n"
#define TO(fd, s, n, port) "1 sendto(" #fd ", \"" s "\", " #n ", 0, " IN(port, "127.0.0.1") ", 16) = " #n "\n"
#define POLL               "1 poll([{fd=3, events=POLLIN}, {fd=4, events=POLLIN}], 2, -1) = 1 ([{fd=4, revents=POLLIN}])\n"

/* Two processes, each with one of two listeners. */
#define LISTENERS                                                                                            \
    TCP(3)                                                                                                   \
    BIND(3, 7000)                                                                                            \
    LISTEN(3, 5)                                                                                             \
    TCP(4)                                                                                                   \
    BIND(4, 7000)                                                                                            \
    LISTEN(4, 5)                                                                                             \
    "1 clone(child_stack=NULL, flags=SIGCHLD) = 2\n2 close(3) = 0\n" CLOSE(4)

/* A program with a port of the kernel's tells somebody else. */
#define SAY(port, s, n)                                                                                      \
    TCP(3)                                                                                                   \
    BIND(3, 0)                                                                                               \
    "1 getsockname(3, " IN(port, "0.0.0.0") ", [16]) = 0\n" TCP(4) CONNECT(4, 80) WRITE(4, s, n)

struct row {
    const char *old, *now, *told;
};

static const struct row rows[] = {
    /* Numbers, names of calls, waits and retries, questions asked again. */
    {CONN RECV(4, "ping", 4) SEND(4, "ping", 4) CLOSE(4),
     TCP(8) "1 bind(8, " IN(7000, "0.0.0.0") ", 16) = 0\n"
                                             "1 listen(8, 5) = 0\n1 accept4(8, NULL, NULL, SOCK_CLOEXEC) = "
                                             "9\n1 read(9, \"ping\", 1024) = 4\n" WRITE(9, "ping", 4)
                                                 CLOSE(9),
     ""},
    {CONN,
     SERVER "1 accept(3, NULL, NULL)" AGAIN POLL
            "1 accept(3, NULL, NULL) = -1 EINTR (Interrupted system call)\n" ACCEPT(4),
     ""},
    {SERVER "1 getsockname(3, " IN(7000, "0.0.0.0") ", [16]) = 0\n",
     SERVER "1 getsockname(3, " IN(7000, "0.0.0.0") ", [16]) = 0\n"
                                                    "1 getsockname(3, " IN(7000, "0.0.0.0") ", [16]) = 0\n",
     ""},
    {SERVER "1 getsockopt(3, SOL_TCP, TCP_INFO, \"\\1\", [1]) = 0\n",
     SERVER "1 getsockopt(3, SOL_TCP, TCP_INFO, \"\\2\", [1]) = 0\n", ""},
    {TCP(3) "1 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0\n",
     TCP(3) "1 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK|O_LARGEFILE) = 0\n", ""},

    /* Which of two listeners on one address gets all of the connections. */
    {LISTENERS "1 accept(3, NULL, NULL) = 5\n1 close(5) = 0\n"
               "1 accept(3, NULL, NULL) = 5\n1 close(5) = 0\n"
               "1 accept(3, NULL, NULL) = 5\n1 close(5) = 0\n"
               "2 +++ exited with 0 +++\n" EXITS,
     LISTENERS "2 accept(4, NULL, NULL) = 5\n2 close(5) = 0\n"
               "2 accept(4, NULL, NULL) = 5\n2 close(5) = 0\n"
               "2 accept(4, NULL, NULL) = 5\n2 close(5) = 0\n"
               "2 +++ exited with 0 +++\n" EXITS,
     ""},

    /* Arguments and results, each by its name. */
    {SERVER, TCP(3) BIND(3, 7001) LISTEN(3, 5),
     "listener 1: changed bind, address: 0.0.0.0:7000 -> 0.0.0.0:7001\n"},
    {SERVER, TCP(3) BIND(3, 7000) LISTEN(3, 6), "listener 1: changed listen, backlog: 5 -> 6\n"},
    {TCP(3) REUSE(3), TCP(3) "1 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [0], 4) = 0\n",
     "socket 1: changed setsockopt, value: [1] -> [0]\n"},
    {TCP(3) REUSE(3), TCP(3) "1 setsockopt(3, SOL_SOCKET, SO_KEEPALIVE, [1], 4) = 0\n",
     "socket 1: missing setsockopt\nsocket 1: new setsockopt\n"},
    {TCP(3) REUSE(3) BIND(3, 7000), TCP(3) BIND(3, 7000), "socket 1: missing setsockopt\n"},
    {TCP(3) "1 bind(3, " IN(7000, "0.0.0.0") ", 16) = -1 EADDRINUSE (Address already in use)\n",
     TCP(3) BIND(3, 7000), "socket 1: changed bind, result: -1 EADDRINUSE -> 0\n"},
    {"1 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3\n", TCP(3),
     "socket 1: changed socket, type: SOCK_STREAM|SOCK_CLOEXEC -> SOCK_STREAM\n"},
    {CONN SEND(4, "x", 1), CONN "1 sendto(4, \"x\", 1, MSG_NOSIGNAL, NULL, 0) = 1\n",
     "connection 1: flags, flags: 0 -> MSG_NOSIGNAL\n"},
    {CONN WRITE(4, "x", 1), CONN "1 sendto(4, \"x\", 1, MSG_NOSIGNAL, NULL, 0) = 1\n", ""},
    {CONN WRITE(4, "x", 1), CONN "1 sendto(4, \"x\", 1, MSG_MORE, NULL, 0) = 1\n",
     "connection 1: flags, flags: 0 -> MSG_MORE\n"},
    {CONN CLOSE(4) EXITS, CONN EXITS, "connection 1: changed close, way: by close -> by exit\n"},
    {CONN CLOSE(4), CONN, "connection 1: missing close\n"},
    {CONN CLOSE(4) EXITS, CONN CLOSE(4) "1 +++ exited with 1 +++\n", "p: exits 0 -> exits 1\n"},
    {"1 send(9, \"x\", 1, 0) = -1 EBADF (Bad file descriptor)\n", TCP(3) CLOSE(3),
     "no socket: missing send\nsocket 1: new\n"},

    /* Ports of the kernel's, and those that a program asks for. */
    {SERVER ACCEPT_FROM(4, 40000), SERVER ACCEPT_FROM(4, 50000), ""},
    {TCP(3) CONNECT(3, 7000), TCP(3) CONNECT(3, 7001),
     "socket 1: changed connect, address: 127.0.0.1:7000 -> 127.0.0.1:7001\n"},
    {TCP(3) BIND(3, 0) "1 getsockname(3, " IN(40001, "0.0.0.0") ", [16]) = 0\n" TCP(4) CONNECT(4, 40001),
     TCP(3) BIND(3, 0) "1 getsockname(3, " IN(40002, "0.0.0.0") ", [16]) = 0\n" TCP(4) CONNECT(4, 40002), ""},
    {TCP(3) BIND(3, 0) "1 getsockname(3, " IN(40001, "0.0.0.0") ", [16]) = 0\n" TCP(4) CONNECT(4, 40001),
     TCP(3) BIND(3, 0) "1 getsockname(3, " IN(40002, "0.0.0.0") ", [16]) = 0\n" TCP(4) CONNECT(4, 80),
     "socket 2: changed connect, address: 127.0.0.1:{port of socket 1} -> 127.0.0.1:80\n"},

    {SAY(40001, "port 40001", 10), SAY(40002, "port 40002", 10), ""},
    {SAY(40001, "port 40001", 10), SAY(40002, "port 40003", 10), "socket 2: data sent, [9, 10) -> [9, 10)\n"},
    {SAY(40001, "port 40001", 10), SAY(40002, "port 400020", 11),
     "socket 2: data sent, [9, 10) -> [9, 11)\n"},

    /* Paths. */
    {"1 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n1 connect(3, " UN("/tmp/x.aB3dE6/s") ", 110) = 0\n",
     "1 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n1 connect(3, " UN("/tmp/x.Zk9LmN/s") ", 110) = 0\n", ""},
    {"1 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n1 connect(3, " UN("/tmp/server") ", 110) = 0\n",
     "1 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n1 connect(3, " UN("/tmp/client") ", 110) = 0\n",
     "socket 1: changed connect, address: unix:\"/tmp/server\" -> unix:\"/tmp/client\"\n"},
    {"1 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n1 connect(3, " UN("/srv/x.aB3dE6/s") ", 110) = 0\n",
     "1 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n1 connect(3, " UN("/srv/x.Zk9LmN/s") ", 110) = 0\n",
     "socket 1: changed connect, address: unix:\"/srv/x.aB3dE6/s\" -> unix:\"/srv/x.Zk9LmN/s\"\n"},

    /* Segments. */
    {CONN RECV(4, "abcdef", 6), CONN RECV(4, "ab", 2) RECV(4, "cdef", 4), ""},
    {CONN RECV(4, "abcd", 4) SEND(4, "abcd", 4),
     CONN RECV(4, "a", 1) SEND(4, "a", 1) RECV(4, "bcd", 3) SEND(4, "bcd", 3), ""},
    {CONN RECV(4, "ab", 2) SEND(4, "ab", 2) RECV(4, "cd", 2) SEND(4, "cd", 2),
     CONN RECV(4, "abc", 3) SEND(4, "abc", 3) RECV(4, "d", 1) SEND(4, "d", 1), ""},
    {CONN SEND(4, "abcdef", 6), CONN SEND(4, "abc", 3) SEND(4, "def", 3), ""},

    /* Bytes. */
    {CONN RECV(4, "ping", 4), CONN RECV(4, "pi", 2) RECV(4, "nk", 2),
     "connection 1: data received, [3, 4) -> [3, 4)\n"},
    {CONN SEND(4, "ping", 4), CONN, "connection 1: data sent, [0, 4) -> [0, 0)\n"},
    {CONN SEND(4, "0123456789", 10), CONN SEND(4, "x0123456789y", 12),
     "connection 1: data sent, [0, 0) -> [0, 1), [10, 10) -> [11, 12)\n"},
    {CONN SEND(4, "0123456789", 10), CONN SEND(4, "x012y3456789", 12),
     "connection 1: data sent, [0, 3) -> [0, 5)\n"},

    /* Order, on one socket. */
    {TCP(3) REUSE(3) BIND(3, 7000), TCP(3) BIND(3, 7000) REUSE(3), "socket 1: order bind\n"},
    {CONN SHUT(4) END(4) CLOSE(4), CONN END(4) SHUT(4) CLOSE(4), "connection 1: order recv\n"},
    {CONN SEND(4, "a", 1) RECV(4, "b", 1) SEND(4, "c", 1) RECV(4, "d", 1),
     CONN SEND(4, "a", 1) SEND(4, "c", 1) RECV(4, "b", 1) RECV(4, "d", 1), "connection 1: order\n"},
    {CONN SEND(4, "a", 1) RECV(4, "b", 1) SHUT(4), CONN SEND(4, "a", 1) SHUT(4) RECV(4, "b", 1),
     "connection 1: order shutdown\n"},
    {CONN RECV(4, "a", 1) RECV(4, "b", 1) SHUT(4), CONN RECV(4, "a", 1) SHUT(4) RECV(4, "b", 1), ""},
    {CONN RECV(4, "ab", 2) END(4) SEND(4, "ab", 2), CONN RECV(4, "ab", 2) SEND(4, "ab", 2) END(4),
     "connection 1: order recv\n"},
    {CONN POLL RECV(4, "ab", 2) END(4) SEND(4, "ab", 2),
     CONN POLL RECV(4, "ab", 2) SEND(4, "ab", 2) POLL END(4), ""},

    /* Order, between sockets. */
    {TCP(3) TCP(4) CONNECT(3, 7000) CONNECT(4, 7001), TCP(3) TCP(4) CONNECT(4, 7001) CONNECT(3, 7000),
     "p: order connect\n"},
    {TCP(3) CONNECT(3, 7000) TCP(4) CONNECT(4, 7001) POLL CLOSE(3) CLOSE(4),
     TCP(3) CONNECT(3, 7000) TCP(4) CONNECT(4, 7001) POLL CLOSE(4) CLOSE(3), ""},
    {SERVER ACCEPT(4) ACCEPT(5) SEND(4, "a", 1) SEND(5, "b", 1) CLOSE(4) CLOSE(5),
     SERVER ACCEPT(4) ACCEPT(5) SEND(5, "a", 1) SEND(4, "b", 1) CLOSE(4) CLOSE(5), ""},

    /* Which is which. */
    {SERVER ACCEPT(4) SEND(4, "one", 3) CLOSE(4) ACCEPT(4) SEND(4, "two", 3) CLOSE(4),
     SERVER ACCEPT(4) SEND(4, "two", 3) CLOSE(4) ACCEPT(4) SEND(4, "one", 3) CLOSE(4), ""},
    {SERVER ACCEPT(4) SEND(4, "one", 3) CLOSE(4),
     SERVER ACCEPT(4) SEND(4, "two", 3) CLOSE(4) ACCEPT(4) SEND(4, "one", 3) CLOSE(4),
     "listener 1: new accept\nconnection 2: new\n"},
    {TCP(3) CONNECT(3, 7000) CLOSE(3) UDP(3) CLOSE(3), TCP(3) CONNECT(3, 7000) CLOSE(3),
     "socket 2: missing\n"},

    /* Datagrams: each is a call of its own; those of different peers come as they come. */
    {UDP(3) BIND(3, 7000) FROM(3, "a", 1, 40000) TO(3, "a", 1, 40000) FROM(3, "b", 1, 40001)
         TO(3, "b", 1, 40001),
     UDP(3) BIND(3, 7000) FROM(3, "b", 1, 40001) TO(3, "b", 1, 40001) FROM(3, "a", 1, 40000)
         TO(3, "a", 1, 40000),
     ""},
    {UDP(3) BIND(3, 7000) FROM(3, "ab", 2, 40000),
     UDP(3) BIND(3, 7000) FROM(3, "a", 1, 40000) FROM(3, "b", 1, 40000),
     "socket 1: changed recvfrom, data: \"ab\" -> \"a\", result: 2 -> 1\nsocket 1: new recvfrom\n"},
    {UDP(3) BIND(3, 7000) FROM(3, "a", 1, 40000) FROM(3, "b", 1, 40000),
     UDP(3) BIND(3, 7000) FROM(3, "b", 1, 40000) FROM(3, "a", 1, 40000), "socket 1: order recvfrom\n"},
};

static void load(const char *log, struct trace *trace)
{
    struct buf whole = {0};
    struct err err;
    bool cut;
    FILE *in;

    /* How the program began, and that read, write and close were traced. */
    buf_adds(&whole,
             "1 execve(\"./p\", [\"./p\"], 0x7ffd /* 9 vars */) = 0\n1 read(0, \"\", 1) = 0\n1 write(1, "
             "\"\\n\", 1) = 1\n1 close(19) = 0\n");
    buf_adds(&whole, log);
    in = fmemopen(whole.data, whole.len, "r");
    trace_init(trace);
    ck_assert_msg(format_by_name("strace")->read(in, "log", &trace->sink, &cut, &err), "%s: %s", err.msg,
                  log);
    fclose(in);
    buf_release(&whole);
}

static void tell_change(struct buf *out, const char *name, const struct change *change)
{
    const struct item *item = change->old ? change->old : change->now;

    buf_addf(out, "%s: %s", name, change_name(change->kind));
    if (item)
        buf_addf(out, " %s", item->name);
    if (change->kind == CHANGE_BYTES)
        buf_adds(out, change->direction == MODEL_SEND ? " sent" : " received");
    for (size_t i = 0; i < change->nargs; i++)
        buf_addf(out, ", %s: %s -> %s", change->args[i].what, change->args[i].old, change->args[i].now);
    for (size_t i = 0; i < change->nhunks; i++)
        buf_addf(out, ", [%zu, %zu) -> [%zu, %zu)", change->hunks[i].at[0],
                 change->hunks[i].at[0] + change->hunks[i].len[0], change->hunks[i].at[1],
                 change->hunks[i].at[1] + change->hunks[i].len[1]);
    buf_addc(out, '\n');
}

static void tell_actor(struct buf *out, const struct actor_diff *actor)
{
    vec_each (struct strand_diff *const, it, &actor->strands) {
        const char *name = ((*it)->old ? (*it)->old : (*it)->now)->name;

        if (!(*it)->old || !(*it)->now)
            buf_addf(out, "%s: %s\n", name, (*it)->old ? "missing" : "new");
        vec_each (const struct change, change, &(*it)->changes)
            tell_change(out, name, change);
    }
    vec_each (const struct change, change, &actor->order)
        tell_change(out, actor->old->role, change);
    if (actor->ends_otherwise)
        buf_addf(out, "%s: %s -> %s\n", actor->old->role, actor->old->end, actor->now->end);
}

static void told(struct buf *out, size_t *ndiffs, const char *old, const char *now)
{
    struct trace traces[2];
    struct comparison comparison;

    load(old, &traces[0]);
    load(now, &traces[1]);
    compare(&comparison, &traces[0], &traces[1]);
    vec_each (struct actor_diff *const, it, &comparison.actors)
        tell_actor(out, *it);
    *ndiffs = comparison.ndiffs;
    comparison_release(&comparison);
    trace_release(&traces[0]);
    trace_release(&traces[1]);
}

START_TEST(what_is_told)
{
    const struct row *row = &rows[_i];
    struct buf out = {0};
    size_t ndiffs, lines = 0;

    told(&out, &ndiffs, row->old, row->now);
    for (const char *at = row->told; *at; at++)
        lines += *at == '\n';
    ck_assert_msg(strcmp(buf_str(&out), row->told) == 0, "%s---\n%stells\n%sexpected\n%s", row->old, row->now,
                  buf_str(&out), row->told);
    ck_assert_uint_eq(ndiffs, lines);
    buf_release(&out);
}
END_TEST

/* Each log is its own story, and whether two differ does not depend on which is the older one. */
START_TEST(either_way_round)
{
    const struct row *row = &rows[_i];
    const char *const pairs[][2] = {{row->old, row->old}, {row->now, row->now}, {row->now, row->old}};
    struct buf out = {0};
    size_t ndiffs;

    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        told(&out, &ndiffs, pairs[i][0], pairs[i][1]);
        ck_assert_msg((ndiffs != 0) == (i == 2 && *row->told), "%s---\n%s%zu: %s", pairs[i][0], pairs[i][1],
                      i, buf_str(&out));
        buf_reset(&out);
    }
    buf_release(&out);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "told", what_is_told, ARRAY_LEN(rows));
    suite_add_loop(suite, "either way", either_way_round, ARRAY_LEN(rows));
}
SUITE_MAIN("compare", add)
