/* unit/rules/test_stream.c: rules that look at a trace while it goes by: logs that draw each, and the nearest
 * that must not. */
#include "../suite.h"

#include "format/format.h"
#include "model/model.h"
#include "rules/rules.h"

#include <stdio.h>
#include <string.h>

/* Lines of a log, as strace -f writes them. */
#define IN(port, host)         "{sa_family=AF_INET, sin_port=htons(" #port "), sin_addr=inet_addr(\"" host "\")}"
#define TCP(fd)                "1 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = " #fd "\n"
#define UDP(fd)                "1 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = " #fd "\n"
#define REUSE                  "1 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0\n"
#define BIND                   "1 bind(3, " IN(7000, "0.0.0.0") ", 16) = 0\n"
#define LISTEN                 "1 listen(3, 5) = 0\n"
#define SERVER                 TCP(3) REUSE BIND LISTEN
#define ACCEPT(fd)             "1 accept(3, NULL, NULL) = " #fd "\n"
#define CONN                   SERVER ACCEPT(4)
#define RECV(fd, s, n)         "1 recvfrom(" #fd ", \"" s "\", 1024, 0, NULL, NULL) = " #n "\n"
#define SEND(fd, s, n, result) "1 sendto(" #fd ", \"" s "\", " #n ", 0, NULL, 0) = " result "\n"
#define CLOSE(fd)              "1 close(" #fd ") = 0\n"
#define CONNECT(result)        "1 connect(3, " IN(7000, "127.0.0.1") ", 16) = " result "\n"
#define OTHER                  "2 execve(\"./q\", [\"./q\"], 0x7ffd /* 9 vars */) = 0\n"
#define SERVER_AT(host)        TCP(3) REUSE "1 bind(3, " IN(7000, host) ", 16) = 0\n" LISTEN
#define CLIENT_TO(host, result)                                                                              \
    OTHER "2 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3\n2 connect(3, " IN(7000, host) ", 16) = " result   \
                                                                                         "\n"
#define CLIENT_SIX                                                                                           \
    OTHER                                                                                                    \
    "2 socket(AF_INET6, SOCK_STREAM, IPPROTO_IP) = 3\n2 connect(3, {sa_family=AF_INET6, "                    \
    "sin6_port=htons(7000), "                                                                                \
    "sin6_flowinfo=htonl(0), inet_pton(AF_INET6, \"::1\", &sin6_addr), sin6_scope_id=0}, 28) = " REFUSED     \
    "\n"
#define EXITS   "1 +++ exited with 0 +++\n"
#define KILLED  "1 +++ killed by SIGTERM +++\n"
#define REFUSED "-1 ECONNREFUSED (Connection refused)"
#define AGAIN   "-1 EAGAIN (Resource temporarily unavailable)"

struct row {
    const char *log, *drawn; /* code and call of each finding above style, in order */
};

static const struct row rows[] = {
    {CONN RECV(4, "ping\\n", 5) SEND(4, "ping\\n", 5, "5") RECV(4, "", 0) CLOSE(4), ""},

    /* SD002: the rest is not sent at the next opportunity, or never; SD004: sent from the beginning again. */
    {CONN SEND(4, "abcdef", 6, "2") SEND(4, "cdef", 4, "4") CLOSE(4), ""},
    {CONN SEND(4, "abcdef", 6, "2") SEND(4, "cdefgh", 6, "6") CLOSE(4), ""},
    {CONN SEND(4, "abcdef", 6, "2") CLOSE(4), "SD002 send\n"},
    {CONN SEND(4, "abcdef", 6, "2") "1 shutdown(4, SHUT_WR) = 0\n" CLOSE(4), "SD002 send\n"},
    {CONN SEND(4, "abcdef", 6, "2") SEND(4, "xyz", 3, "3") CLOSE(4), "SD002 send\n"},
    {CONN SEND(4, "abcdef", 6, "2") SEND(4, "cdef", 4, "-1 EPIPE (Broken pipe)") CLOSE(4), ""},
    {CONN SEND(4, "abcdef", 6, "2") KILLED, ""},
    {CONN SEND(4, "abcdef", 6, "2") "1 recvfrom(4,  <unfinished ...>) = ?\n" KILLED, "SD002 send\n"},
    {CONN SEND(4, "abcdef", 6, "2") SEND(4, "abcdef", 6, "2"), "SD004 send\n"},
    {CONN SEND(4, "abcdef", 6, "2") SEND(4, "abcd", 4, "4"), "SD004 send\n"},
    {CONN SEND(4, "aaaaaa", 6, "2") SEND(4, "aaaa", 4, "4") CLOSE(4), ""},

    /* SD005: bind failed, and its socket is used. */
    {TCP(3) REUSE "1 bind(3, " IN(7000, "0.0.0.0") ", 16) = -1 EADDRINUSE (Address already in use)\n" LISTEN,
     "SD005 bind\n"},
    {TCP(3) REUSE "1 bind(3, " IN(7000, "0.0.0.0") ", 16) = -1 EADDRINUSE (Address already in use)\n"
                                                   "1 bind(3, " IN(7001, "0.0.0.0") ", 16) = 0\n" LISTEN,
     ""},
    {UDP(3) "1 bind(3, " IN(7000, "0.0.0.0") ", 16) = -1 EADDRINUSE (Address already in use)\n"
                                             "1 recvfrom(3,  <unfinished ...>) = ?\n" KILLED,
     "SD005 bind\n"},

    /* SD008: a length in the order of this machine, with what follows or ahead of it. */
    {CONN SEND(4, "\\5\\0\\0\\0hello", 9, "9"), "SD008 send\n"},
    {CONN SEND(4, "\\5\\0hello", 7, "7"), "SD008 send\n"},
    {CONN SEND(4, "\\0\\0\\0\\5hello", 9, "9"), ""},
    {CONN SEND(4, "\\6\\0\\0\\0hello", 9, "9"), ""},
    {CONN SEND(4, "\\5\\0\\0\\0", 4, "4") SEND(4, "hello", 5, "5"), "SD008 send\n"},
    {CONN SEND(4, "\\0\\0\\0\\5", 4, "4") SEND(4, "hello", 5, "5"), ""},

    /* SD009: what inet_addr returns for no address. */
    {TCP(3) "1 connect(3, " IN(7000, "255.255.255.255") ", 16) = -1 ENETUNREACH (Network is unreachable)\n",
     "SD009 connect\n"},
    {TCP(3) "1 connect(3, " IN(7000, "192.0.2.1") ", 16) = -1 ENETUNREACH (Network is unreachable)\n", ""},
    {UDP(3) "1 sendto(3, \"x\", 1, 0, " IN(7000, "255.255.255.255") ", 16) = -1 EACCES (Permission denied)\n",
     "SD009 sendto\n"},
    {UDP(3) "1 setsockopt(3, SOL_SOCKET, SO_BROADCAST, [1], 4) = 0\n"
            "1 sendto(3, \"x\", 1, 0, " IN(7000, "255.255.255.255") ", 16) = 1\n",
     ""},

    /* SD010: no family, or not the socket's. */
    {TCP(3) "1 connect(3, {sa_family=AF_UNSPEC, sa_data=\"\\33X\\177\\0\\0\\1\\0\\0\\0\\0\\0\\0\\0\\0\"}, "
            "16) = 0\n",
     "SD010 connect\n"},
    {UDP(3) CONNECT("0") "1 connect(3, {sa_family=AF_UNSPEC, "
                         "sa_data=\"\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}, 16) = 0\n",
     ""},
    {TCP(3) "1 bind(3, {sa_family=AF_INET6, sin6_port=htons(7000), sin6_flowinfo=htonl(0), "
            "inet_pton(AF_INET6, "
            "\"::\", &sin6_addr), sin6_scope_id=0}, 28) = -1 EAFNOSUPPORT (Address family not supported by "
            "protocol)\n",
     "SD010 bind\n"},

    /* SD011: the length of a pointer. */
    {TCP(3) "1 bind(3, {sa_family=AF_INET, sa_data=\"\\33X\\0\\0\\0\\0\"}, 8) = -1 EINVAL (Invalid "
            "argument)\n",
     "SD011 bind\n"},
    {TCP(3) BIND "1 bind(3, " IN(7000, "0.0.0.0") ", 16) = -1 EINVAL (Invalid argument)\n", ""},

    /* SD012: room that nobody set; SD013: room that an earlier call left. */
    {SERVER "1 accept(3, 0x7ffd, [-1]) = -1 EINVAL (Invalid argument)\n", "SD012 accept\n"},
    {SERVER "1 accept(3, " IN(40000, "127.0.0.1") ", [32765 => 16]) = 4\n", "SD012 accept\n"},
    {SERVER "1 accept(3, " IN(40000, "127.0.0.1") ", [128 => 16]) = 4\n"
                                                  "1 accept(3, " IN(40001, "127.0.0.1") ", [16]) = 5\n",
     ""},
    {SERVER "1 accept(3, " IN(40000, "127.0.0.1") ", [16]) = 4\n"
                                                  "1 recvfrom(4, \"x\", 9, 0, 0x7ffd, [16 => 0]) = 1\n"
                                                  "1 accept(3, 0x7ffd, [0 => 16]) = 5\n",
     "SD013 accept\n"},
    {SERVER "1 accept(3, {sa_family=AF_INET, sa_data=\"\\234@\"}, [4 => 16]) = 4\n", ""},

    /* SD014: eight bytes of a longer text. */
    {"1 execve(\"./say\", [\"./say\", \"a long text\"], 0x7ffd /* 9 vars */) = 0\n" TCP(3) CONNECT("0")
         SEND(3, "a long t", 8, "8"),
     "SD014 send\n"},
    {"1 execve(\"./say\", [\"./say\", \"eight ch\"], 0x7ffd /* 9 vars */) = 0\n" TCP(3) CONNECT("0")
         SEND(3, "eight ch", 8, "8"),
     ""},
    {CONN RECV(4, "a long text", 11) SEND(4, "a long t", 8, "8") RECV(4, "", 0) CLOSE(4), "SD014 send\n"},
    {CONN RECV(4, "a long text", 11) SEND(4, "a long t", 8, "8") SEND(4, "ext", 3, "3") RECV(4, "", 0)
         CLOSE(4),
     ""},

    /* SD015: a whole buffer; SD016: up to a NUL that stands where an earlier message put it. */
    {CONN "1 recvfrom(4, \"hi\\n\", 16, 0, NULL, NULL) = 3\n" SEND(
         4, "hi\\n\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0", 16, "16"),
     "SD015 send\n"},
    {TCP(3) CONNECT("0") SEND(3, "hi\\n\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0", 16, "16"), "SD015 send\n"},
    {TCP(3) CONNECT("0") SEND(3, "hi\\n\\0", 4, "4"), ""},
    {CONN "1 recvfrom(4, \"hi\\n\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\", 64, 0, NULL, NULL) = 16\n" SEND(
         4, "hi\\n\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0", 16, "16"),
     ""},
    {TCP(3) CONNECT("0") SEND(3, "hi\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\1", 16, "16"), ""},
    {CONN RECV(4, "hello\\n", 6) SEND(4, "hello\\n", 6, "6") RECV(4, "ok\\n", 3)
         SEND(4, "ok\\nlo\\n", 6, "6"),
     "SD016 send\n"},
    {CONN RECV(4, "hello\\n", 6) RECV(4, "ok\\n", 3) SEND(4, "ok\\nlo\\n", 6, "6"), ""},
    {CONN RECV(4, "hello\\n", 6) SEND(4, "hello\\n", 6, "6") RECV(4, "ok\\n", 3)
         SEND(4, "ok\\nand more", 11, "11"),
     ""},

    /* SD017: the end again and again. */
    {CONN RECV(4, "", 0) RECV(4, "", 0) RECV(4, "", 0) CLOSE(4), ""},
    {CONN RECV(4, "", 0) RECV(4, "", 0) RECV(4, "", 0) RECV(4, "", 0) RECV(4, "", 0) RECV(4, "", 0)
         RECV(4, "", 0) RECV(4, "", 0) CLOSE(4),
     "SD017 recv\n"},

    /* SD018: -1 as a length. */
    {CONN RECV(4, "ping",
               4) "1 sendto(4, \"ping\", 18446744073709551615, 0, NULL, 0) = -1 EFAULT (Bad address)\n",
     "SD018 send\n"},

    /* SD024 above style: after bind. */
    {TCP(3) BIND REUSE LISTEN, "SD024 setsockopt\n"},
    {TCP(3) "1 bind(3, " IN(0, "0.0.0.0") ", 16) = 0\n" REUSE LISTEN, ""},

    /* SD027 and SD050: a server gives up. */
    {SERVER
     "1 accept(3, NULL, NULL) = -1 EINTR (Interrupted system call)\n"
     "1 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=2, si_uid=0, si_status=0} ---\n" EXITS,
     "SD027 accept\n"},
    {SERVER "1 accept(3, NULL, NULL) = -1 EINTR (Interrupted system call)\n" ACCEPT(4) RECV(4, "", 0) CLOSE(4)
         EXITS,
     ""},
    {SERVER "1 --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=2, si_uid=0} ---\n"
            "1 accept(3, NULL, NULL) = -1 EINTR (Interrupted system call)\n" EXITS,
     ""},
    {SERVER "1 accept(3, NULL, NULL) = -1 ECONNABORTED (Software caused connection abort)\n" EXITS,
     "SD050 accept\n"},
    {SERVER "1 accept(3, NULL, NULL) = -1 ECONNABORTED (Software caused connection abort)\n" ACCEPT(4)
         RECV(4, "", 0) CLOSE(4) EXITS,
     ""},

    /* SD029: the parent keeps what its child has finished with. */
    {CONN "1 clone(child_stack=NULL, flags=SIGCHLD) = 2\n2 recvfrom(4, \"\", 1024, 0, NULL, NULL) = 0\n"
          "2 close(4) = 0\n2 +++ exited with 0 +++\n1 accept(3, NULL, NULL) = 5\n" KILLED,
     "SD029 accept\n"},
    {CONN "1 clone(child_stack=NULL, flags=SIGCHLD) = 2\n" CLOSE(
         4) "2 recvfrom(4, \"\", 1024, 0, NULL, NULL) = 0\n"
            "2 close(4) = 0\n2 +++ exited with 0 +++\n1 accept(3, NULL, NULL) = 4\n" KILLED,
     ""},
    {CONN "1 clone(child_stack=NULL, flags=SIGCHLD) = 2\n2 close(4) = 0\n" RECV(
         4, "x", 1) "1 accept(3, NULL, NULL) = 5\n" KILLED,
     ""},

    /* SD031: left open when the client is done. */
    {CONN RECV(4, "x", 1) RECV(4, "", 0) ACCEPT(5) KILLED, "SD031 recv\n"},
    {CONN RECV(4, "x", 1) RECV(4, "", 0) CLOSE(4) ACCEPT(4) KILLED, ""},
    {CONN RECV(4, "x", 1) RECV(4, "", 0) EXITS, ""},
    {CONN RECV(4, "x", 1) ACCEPT(5) RECV(4, "", 0) KILLED, ""},

    /* SD033: no listener any more. */
    {CONN RECV(4, "", 0) CLOSE(4) CLOSE(3) "1 accept(3, NULL, NULL) = -1 EBADF (Bad file descriptor)\n",
     "SD033 accept\n"},
    {CONN RECV(4, "", 0) CLOSE(4) "1 accept(9, NULL, NULL) = -1 EBADF (Bad file descriptor)\n", ""},

    /* SD039: a connect that has only begun. */
    {"1 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 3\n" CONNECT(
         "-1 EINPROGRESS (Operation now in progress)") SEND(3, "x", 1, AGAIN),
     "SD039 send\n"},
    {"1 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 3\n" CONNECT(
         "-1 EINPROGRESS (Operation now in progress)") "1 poll([{fd=3, events=POLLOUT}], 1, -1) = 1 ([{fd=3, "
                                                       "revents=POLLOUT}])\n" SEND(3, "x", 1, "1"),
     ""},
    {"1 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 3\n" CONNECT(
         "-1 EINPROGRESS (Operation now in progress)") "1 getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = "
                                                       "0\n" SEND(3, "x", 1, "1"),
     ""},

    /* SD042: nothing is looked at; the set of the last call goes in again. */
    {SERVER "1 select(3, [], NULL, NULL, NULL <unfinished ...>) = ?\n" KILLED, "SD042 wait\n"},
    {SERVER "1 select(4, [3], NULL, NULL, NULL <unfinished ...>) = ?\n" KILLED, ""},
    {SERVER "1 select(4, [3], NULL, NULL, NULL) = 1 (in [3])\n" ACCEPT(
         4) "1 select(5, [3 4], NULL, NULL, NULL) = 1 (in [4])\n" RECV(4, "x",
                                                                       1) "1 select(5, [4], NULL, NULL, "
                                                                          "NULL) = 1 (in [4])\n",
     "SD042 wait\n"},
    {SERVER "1 select(4, [3], NULL, NULL, NULL) = 1 (in [3])\n" ACCEPT(
         4) "1 select(5, [3 4], NULL, NULL, NULL) = 1 (in [4])\n" RECV(4, "x",
                                                                       1) "1 select(5, [3 4], NULL, NULL, "
                                                                          "NULL) = 1 (in [4])\n",
     ""},

    /* SD043: a datagram that did not fit. */
    {UDP(3) BIND OTHER "2 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3\n"
                       "2 sendto(3, \"a long story\", 12, 0, " IN(
                           7000, "127.0.0.1") ", 16) = 12\n"
                                              "1 recvfrom(3, \"a long\", 6, 0, NULL, NULL) = 6\n",
     "SD043 recv\n"},
    {UDP(3) BIND OTHER "2 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3\n"
                       "2 sendto(3, \"a long story\", 12, 0, " IN(
                           7000, "127.0.0.1") ", 16) = 12\n"
                                              "1 recvfrom(3, \"a long story\", 12, 0, NULL, NULL) = 12\n",
     ""},

    {UDP(3) BIND "1 recvfrom(3,  <unfinished ...>\n" OTHER "2 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3\n"
                 "2 sendto(3, \"a long story\", 12, 0, " IN(
                     7000, "127.0.0.1") ", 16 <unfinished ...>\n"
                                        "1 <... recvfrom resumed>\"a long\", 6, 0, NULL, NULL) = 6\n2 <... "
                                        "sendto resumed>) = 12\n",
     "SD043 recv\n"},

    /* SD044: an answer that may never come. */
    {UDP(3) "1 sendto(3, \"ping\", 4, 0, " IN(7000,
                                              "127.0.0.1") ", 16) = 4\n"
                                                           "1 recvfrom(3,  <unfinished ...>) = ?\n" KILLED,
     "SD044 recv\n"},
    {UDP(3) "1 setsockopt(3, SOL_SOCKET, SO_RCVTIMEO_OLD, "
            "\"\\2\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\", 16) = 0\n"
            "1 sendto(3, \"ping\", 4, 0, " IN(7000,
                                              "127.0.0.1") ", 16) = 4\n"
                                                           "1 recvfrom(3,  <unfinished ...>) = ?\n" KILLED,
     ""},

    /* SD046: nobody has the port yet. */
    {OTHER "2 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3\n"
           "2 sendto(3, \"ping\", 4, 0, " IN(7000, "127.0.0.1") ", 16) = 4\n" UDP(3) BIND,
     "SD046 sendto\n"},
    {OTHER "2 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3\n"
           "2 sendto(3, \"ping\", 4, 0, " IN(7000, "127.0.0.1") ", 16) = 4\n" UDP(3) BIND
     "2 sendto(3, \"ping\", 4, 0, " IN(7000, "127.0.0.1") ", 16) = 4\n",
     ""},

    {OTHER "2 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3\n"
           "2 sendto(3, \"ping\", 4, 0, " IN(7000, "127.0.0.1") ", 16) = 4\n" UDP(3) BIND
     "1 recvfrom(3, \"ping\", 1024, 0, NULL, NULL) = 4\n",
     ""},

    /* SD025: another address of the machine. */
    {SERVER_AT("127.0.0.1") CLIENT_TO("127.0.0.2", REFUSED), "SD025 bind\n"},
    {SERVER_AT("127.0.0.1") CLIENT_TO("127.0.0.1", REFUSED), ""},
    {SERVER_AT("127.0.0.1") CLIENT_TO("127.0.0.2", REFUSED) "2 close(3) = 0\n" CLIENT_TO("127.0.0.1", "0"),
     ""},
    {SERVER_AT("127.0.0.3") CLIENT_TO("127.0.0.2", REFUSED), ""},

    /* SD034: a second client finds nobody. */
    {SERVER ACCEPT(4) RECV(4, "", 0) CLOSE(4) CLOSE(3) EXITS CLIENT_TO("127.0.0.1", REFUSED),
     "SD034 accept\n"},
    {SERVER ACCEPT(4) RECV(4, "", 0) CLOSE(4) ACCEPT(4) RECV(4, "", 0) CLOSE(4) CLOSE(3)
         EXITS CLIENT_TO("127.0.0.1", REFUSED),
     ""},
    {SERVER ACCEPT(4) RECV(4, "", 0) CLOSE(4) KILLED CLIENT_TO("127.0.0.1", REFUSED), ""},

    /* SD049: only the first of the addresses is tried; two families at one port. */
    {SERVER CLIENT_SIX, "SD049 connect\n"},
    {SERVER CLIENT_SIX "2 close(3) = 0\n" CLIENT_TO("127.0.0.1", "0"), ""},
    {CLIENT_SIX, ""},
    {TCP(3) REUSE BIND LISTEN "1 socket(AF_INET6, SOCK_STREAM, IPPROTO_IP) = 4\n"
                              "1 bind(4, {sa_family=AF_INET6, sin6_port=htons(7000), sin6_flowinfo=htonl(0), "
                              "inet_pton(AF_INET6, \"::\", "
                              "&sin6_addr), sin6_scope_id=0}, 28) = -1 EADDRINUSE (Address already in use)\n",
     "SD049 bind\n"},
};

/* The rules' findings on a log; with those of style: `~` in front. `stamp` begins its lines. The caller frees
 * it. */
static char *drawn_by(const char *stamp, const char *log, bool with_style)
{
    struct trace trace;
    struct model *model = model_new();
    struct arena arena = {0};
    struct findings findings = {0};
    struct buf out = {0};
    struct err err = {0};
    struct buf whole = {0};
    const char *rest = log;
    bool cut;
    FILE *in;

    /* A whole log: how the program began, and that read, write and close were traced. */
    if (strncmp(log, "1 execve", 8) == 0)
        rest = strchr(log, '\n') + 1;
    buf_add(&whole, log, (size_t)(rest - log));
    if (rest == log)
        buf_addf(&whole, "%sexecve(\"./p\", [\"./p\"], 0x7ffd /* 9 vars */) = 0\n", stamp);
    buf_addf(&whole, "%sread(0, \"\", 1) = 0\n%swrite(1, \"\\n\", 1) = 1\n%sclose(9) = 0\n%s", stamp, stamp,
             stamp, rest);
    in = fmemopen(whole.data, whole.len, "r");
    trace_init(&trace);
    ck_assert_msg(format_by_name("strace")->read(in, "log", &trace.sink, &cut, &err), "%s: %s", err.msg, log);
    fclose(in);
    buf_release(&whole);
    vec_each (struct event *, it, &trace.events)
        ck_assert_msg((*it)->kind != EVENT_LOST, "%s", event_text(*it, "why", &arena));
    vec_each (struct event *, it, &trace.events)
        model_fold(model, *it);
    rules_run(&(struct rules_input){.trace = &trace, .model = model}, &arena, &findings);
    buf_adds(&out, "");
    vec_each (struct finding, it, &findings.list) {
        ck_assert_msg(!strstr(it->what, "{n}") && !strstr(it->what, "{m}") && !strstr(it->what, "{event}"),
                      "%s", it->what);
        if (it->confidence != FINDING_STYLE || with_style)
            buf_addf(&out, "%s%s %s\n", it->confidence == FINDING_STYLE ? "~" : "", it->code,
                     canon_name(it->event->canon));
    }
    vec_release(&findings.list);
    arena_release(&arena);
    model_free(model);
    trace_release(&trace);
    return out.data;
}

START_TEST(what_is_drawn)
{
    char *drawn = drawn_by("1 ", rows[_i].log, false);

    ck_assert_msg(strcmp(drawn, rows[_i].drawn) == 0, "%sdraws\n%sexpected\n%s", rows[_i].log, drawn,
                  rows[_i].drawn);
    free(drawn);
}
END_TEST

static const struct row styles[] = {
    {SERVER, ""},
    {TCP(3) BIND LISTEN, "~SD024 listen\n"},
    {TCP(3) "1 bind(3, {sa_family=AF_UNSPEC, sa_data=\"\\33X\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}, 16) = "
            "0\n",
     "~SD010 bind\n"},
    {CONN "1 clone(child_stack=NULL, flags=SIGCHLD) = 2\n" CLOSE(
         4) "2 recvfrom(4, \"\", 1024, 0, NULL, NULL) = 0\n"
            "2 close(4) = 0\n2 +++ exited with 0 +++\n" KILLED,
     "~SD030 recv\n"},
    {CONN "1 clone(child_stack=NULL, flags=SIGCHLD) = 2\n" CLOSE(
         4) "2 close(3) = 0\n"
            "2 recvfrom(4, \"\", 1024, 0, NULL, NULL) = 0\n2 close(4) = 0\n2 +++ exited with 0 +++\n" KILLED,
     ""},
    {TCP(3) CONNECT(REFUSED) CONNECT(REFUSED), "~SD038 connect\n"},
    {TCP(3) CONNECT(REFUSED) CLOSE(3) TCP(3) CONNECT(REFUSED), ""},
    {TCP(3) CONNECT("0") SEND(3, "a", 1, "1") SEND(3, "b", 1, "1") RECV(3, "x", 1) SEND(3, "a", 1, "1")
         SEND(3, "b", 1, "1") RECV(3, "x", 1) SEND(3, "a", 1, "1") SEND(3, "b", 1, "1") RECV(3, "x", 1)
             RECV(3, "", 0),
     "~SD047 send\n"},
    {TCP(3) CONNECT("0") SEND(3, "ab", 2, "2") RECV(3, "x", 1) SEND(3, "ab", 2, "2") RECV(3, "x", 1)
         SEND(3, "ab", 2, "2") RECV(3, "x", 1) RECV(3, "", 0),
     ""},
};

START_TEST(what_style_is_drawn)
{
    char *drawn = drawn_by("1 ", styles[_i].log, true);

    ck_assert_msg(strcmp(drawn, styles[_i].drawn) == 0, "%sdraws\n%sexpected\n%s", styles[_i].log, drawn,
                  styles[_i].drawn);
    free(drawn);
}
END_TEST

/* SD040: a hundred in a row, at once; not where each takes its time, or where something else comes between.
 */
START_TEST(busy_waiting)
{
    static const char *const between[] = {"0.000010", "0.020000", "0.000010"};
    struct buf log = {0};
    char *drawn;

    buf_adds(&log, "1 0.000010 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 3\n"
                   "1 0.000010 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0\n"
                   "1 0.000010 bind(3, " IN(7000, "0.0.0.0") ", 16) = 0\n1 0.000010 listen(3, 5) = 0\n");
    for (int i = 0; i < 120; i++) {
        buf_addf(&log, "1 %s accept(3, NULL, NULL) = " AGAIN "\n", between[_i]);
        if (_i == 2 && i % 50 == 49)
            buf_adds(&log, "1 0.000010 poll([{fd=3, events=POLLIN}], 1, 10) = 0 (Timeout)\n");
    }
    drawn = drawn_by("1 0.000010 ", buf_str(&log), false);
    ck_assert_str_eq(drawn, _i == 0 ? "SD040 accept\n" : "");
    free(drawn);
    buf_release(&log);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "rows", what_is_drawn, (int)ARRAY_LEN(rows));
    suite_add_loop(suite, "style", what_style_is_drawn, (int)ARRAY_LEN(styles));
    suite_add_loop(suite, "busy", busy_waiting, 3);
}
SUITE_MAIN("stream", add)
