/* unit/format/test_log_read.c: what comes of logs of strace: as lines for people, and as traces. */
#include "../suite.h"

#include "format/format.h"

#include <string.h>

/* The trace as text, a line each; what could not be read is the message. */
static char *as_text(const char *log)
{
    struct trace trace;
    struct err err = {0};
    char *text;
    size_t len;
    FILE *in = fmemopen((void *)log, strlen(log), "r"), *out = open_memstream(&text, &len);
    struct format_opts opts = FORMAT_OPTS_DEFAULT;
    struct sink *sink = format_by_name("text")->writer(out, &opts);

    trace_init(&trace);
    if (format_by_name("strace")->read(in, "log", &trace.sink, &trace.cut, &err)) {
        sink_begin(sink, &trace.head);
        for (size_t i = 0; i < trace.events.len; i++)
            sink_event(sink, trace.events.items[i]);
        fputs(trace.cut ? "cut\n" : "", out);
    } else {
        fprintf(out, "%s\n", err.msg);
    }
    sink_end(sink);
    fclose(out);
    fclose(in);
    trace_release(&trace);
    return text;
}

/* As people read it: whatever stands between has one space. */
static void squeeze(char *text)
{
    char *to = text;

    for (const char *from = text; *from; from++)
        if (*from != ' ' || (to > text && to[-1] != ' ' && to[-1] != '\n'))
            *to++ = *from;
    *to = '\0';
}

#define START  "7 execve(\"/lab/s\", [\"s\"], 0x7f /* 1 var */) = 0\n7 brk(NULL) = 0x1000\n"
#define SOCKET "7 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3\n"
#define BEGUN  "s + started s\ns socket(AF_INET, SOCK_STREAM) = 3\n"

static const struct {
    const char *log, *text;
} rows[] = {
    /* a call that is interrupted and restarted is one call, which ends when it ends at last */
    {START SOCKET
     "7 rt_sigaction(SIGCHLD, {sa_handler=0x55, sa_mask=[], sa_flags=SA_RESTORER|SA_RESTART, "
     "sa_restorer=0x7}, NULL, 8) = 0\n"
     "7 accept(3, 0x7f, [16]) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)\n"
     "7 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=8, si_uid=0, si_status=5, si_utime=0, "
     "si_stime=0} ---\n"
     "7 rt_sigreturn({mask=[]}) = 43\n"
     "7 accept(3, {sa_family=AF_INET, sin_port=htons(4000), sin_addr=inet_addr(\"127.0.0.1\")}, [16]) = 4\n"
     "7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s ! SIGCHLD from 8\n"
     "s accept(3, 127.0.0.1:4000) = 4\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"
     "s - 4 closed (exit)\n"},
    /* where the handler says so it fails */
    {START SOCKET
     "7 rt_sigaction(SIGALRM, {sa_handler=0x55, sa_mask=[], sa_flags=SA_RESTORER, sa_restorer=0x7}, NULL, 8) "
     "= 0\n"
     "7 accept(3, NULL, NULL) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)\n"
     "7 --- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---\n"
     "7 rt_sigreturn({mask=[]}) = -1 EINTR (Interrupted system call)\n"
     "7 accept(3, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable)\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s accept(3, NULL) = -1 EINTR (Interrupted system call)\n"
     "s ! SIGALRM\n"
     "s accept(3, NULL) = -1 EAGAIN (Resource temporarily unavailable)\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"},
    /* restart_syscall goes on with what there was */
    {START SOCKET
     "7 poll([{fd=3, events=POLLIN}], 1, 5000) = ? ERESTART_RESTARTBLOCK (Interrupted by signal)\n"
     "7 --- SIGWINCH {si_signo=SIGWINCH, si_code=SI_KERNEL} ---\n"
     "7 restart_syscall(<... resuming interrupted poll ...>) = 1 ([{fd=3, revents=POLLIN}])\n7 +++ exited "
     "with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s ! SIGWINCH\n"
     "s wait([{fd=3, events=POLLIN}] → [{fd=3, revents=POLLIN}]) = 1\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"},
    /* a child has what its parent had, and may be seen before fork returns */
    {START SOCKET
     "7 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD <unfinished ...>\n"
     "8 close(3) = 0\n7 <... clone resumed>, child_tidptr=0x7f) = 8\n8 +++ exited with 5 +++\n"
     "7 send(3, \"a\", 1, 0) = 1\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s + forked 8\n"
     "s 8 close(3) = 0 (open elsewhere)\n"
     "s 8 - exited 5\n"
     "s 7 send(3, \"a\") = 1\n"
     "s 7 - exited 0\n"
     "s 7 - 3 closed (exit)\n"},
    /* vfork, and what closes on exec */
    {START
     "7 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3\n7 vfork( <unfinished ...>\n"
     "8 execve(\"/bin/echo\", [\"echo\", \"a\"], 0x7f) = 0\n7 <... vfork resumed>) = 8\n8 exit_group(0) = ?\n"
     "8 +++ exited with 0 +++\n7 close(3) = 0\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC) = 3\n"
     "s + forked 8\n"
     "s 8 + runs /bin/echo\n"
     "s 8 - 3 closed (exec, open elsewhere)\n"
     "echo 8 + started echo a\n"
     "echo 8 - exited 0\n"
     "s 7 close(3) = 0\n"
     "s 7 - exited 0\n"},
    /* threads share */
    {START SOCKET "7 clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD, child_tid=0x7f, "
                  "exit_signal=0} => {parent_tid=[8]}, 88) = 8\n"
                  "8 close(3) = 0\n7 close(3) = -1 EBADF (Bad file descriptor)\n8 +++ exited with 0 +++\n7 "
                  "+++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s + thread 8\n"
     "s 8 close(3) = 0\n"
     "s 7 close(3) = -1 EBADF (Bad file descriptor)\n"
     "s 8 - thread ended\n"
     "s 7 - exited 0\n"},
    /* who waits when it is killed never returns */
    {START SOCKET "7 accept(3,  <unfinished ...>\n7 +++ killed by SIGSEGV (core dumped) +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s accept(3, NULL) = ? (did not return)\n"
     "s - killed by SIGSEGV (core dumped)\n"
     "s - 3 closed (exit)\n"},
    {START SOCKET "7 accept(3,  <unfinished ...>) = ?\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s accept(3, NULL) = ? (did not return)\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"},
    /* -y, -yy, -x, -xx, -X */
    {START "7 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<TCP:[99]>\n"
           "7 bind(3<TCP:[99]>, {sa_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr(\"0.0.0.0\")}, "
           "16) = 0\n"
           "7 dup2(3<TCP:[0.0.0.0:7000]>, 5</dev/null<char 1:3>>) = 5<TCP:[0.0.0.0:7000]>\n7 +++ exited with "
           "0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s bind(3, 0.0.0.0:7000) = 0\n"
     "s dup(3, 5) = 5\n"
     "s - exited 0\n"
     "s - 3 closed (exit, open elsewhere)\n"
     "s - 5 closed (exit)\n"},
    {START SOCKET "7 sendto(3, \"\\x70\\x69\\x6e\\x67\\x0a\", 5, 0, NULL, 0) = 5\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s send(3, \"ping\\n\") = 5\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"},
    {START
     "7 socket(0x2 /* AF_INET */, 0x1 /* SOCK_STREAM */, 0 /* IPPROTO_IP */) = 3\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"},
    /* options whose structs strace does not know */
    {START SOCKET
     "7 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0\n"
     "7 getsockopt(3, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0\n"
     "7 setsockopt(3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=0}, 8) = 0\n"
     "7 getsockopt(3, SOL_TCP, TCP_INFO, \"\\n\\0\\0\\0\\0\\0\\0\\0\", [8]) = 0\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1]) = 0\n"
     "s getsockopt(3, SOL_SOCKET, SO_ERROR, [ECONNREFUSED]) = 0\n"
     "s setsockopt(3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=0}) = 0\n"
     "s getsockopt(3, SOL_TCP, TCP_INFO, {tcpi_state=TCP_LISTEN, tcpi_ca_state=TCP_CA_Open, "
     "tcpi_retransmits=0, tcpi_probes=0, tcpi_backoff=0, tcpi_options=0, tcpi_snd_wscale=0, "
     "tcpi_rcv_wscale=0, tcpi_delivery_rate_app_limited=0, tcpi_fastopen_client_fail=0}) = 0\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"},
    /* messages with descriptors, and of netlink */
    {START "7 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0\n"
           "7 sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"x\", iov_len=1}], msg_iovlen=1, "
           "msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[4]}], "
           "msg_controllen=24, msg_flags=0}, 0) = 1\n"
           "7 recvmsg(4, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"x\", iov_len=10}], "
           "msg_iovlen=1, msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, "
           "cmsg_data=[5]}], msg_controllen=24, msg_flags=0}, 0) = 1\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0\n"
     "s send(3, \"x\") = 1 with SCM_RIGHTS [4]\n"
     "s recv(4, \"x\") = 1 with SCM_RIGHTS [5]\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"
     "s - 4 closed (exit, open elsewhere)\n"
     "s - 5 closed (exit)\n"},
    {START "7 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3\n"
           "7 sendto(3, [{nlmsg_len=20, nlmsg_type=RTM_GETADDR, nlmsg_flags=NLM_F_REQUEST|NLM_F_DUMP, "
           "nlmsg_seq=1, nlmsg_pid=0}, {ifa_family=AF_UNSPEC, ...}], 20, 0, {sa_family=AF_NETLINK, nl_pid=0, "
           "nl_groups=00000000}, 12) = 20\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3\n"
     "s sendto(3, \"\"... 20 bytes, 0, netlink:0) = 20\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"},
    /* names that nobody knows are what is written */
    {START SOCKET "7 setsockopt(3, SOL_SOCKET, SO_FROB, [1], 4) = 0\n7 sendto(3, \"a\", 1, "
                  "MSG_FROB|MSG_DONTWAIT, NULL, 0) = 1\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s setsockopt(3, SOL_SOCKET, \"SO_FROB\", [1]) = 0\n"
     "s send(3, \"a\", \"MSG_FROB|MSG_DONTWAIT\") = 1\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"},
    /* what is not there is said */
    {START SOCKET "7 sendto(3, \"pi\"..., 100, 0, NULL, 0) = 100\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s !! lost: log line 4: strace cut what sendto moved; take the log with all calls, from the start of "
     "the programs: `strace -f -ttt -v -s 65536 -o FILE COMMAND`\n"
     "s send(3, \"pi\"... 100 bytes) = 100\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"},
    {START SOCKET "7 clone(child_stack=NULL, flags=SIGCHLD) = 8\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s + forked 8\n"
     "s - exited 0\n"
     "s - 3 closed (exit, open elsewhere)\n"
     "s 8 !! lost: log line 5: the process 8 was made, but not followed; take the log with all calls, from "
     "the start of the programs: `strace -f -ttt -v -s 65536 -o FILE COMMAND`\n"},
    {"7 recvfrom(3, \"a\", 9, 0, NULL, NULL) = 1\n7 +++ exited with 0 +++\n",
     "+ attached to\n"
     "!! lost: log line 1: how the process 7 began, and with which descriptors, is not in the log; take the "
     "log with all calls, from the start of the programs: `strace -f -ttt -v -s 65536 -o FILE COMMAND`\n"
     "recv(3, \"a\") = 1\n"
     "- exited 0\n"
     "- 3 closed (exit)\n"
     "0 !! lost: log line 2: the log has no close: whether it was traced is not known; take the log with all "
     "calls, from the start of the programs: `strace -f -ttt -v -s 65536 -o FILE COMMAND`\n"},
    {START SOCKET "7 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3\n7 +++ exited with 0 +++\n",
     "s + started s\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s socket(AF_INET, SOCK_STREAM) = 3\n"
     "s - 3 closed (unseen)\n"
     "s !! lost: log line 4: descriptor 3 was closed, and the log does not say how; take the log with all "
     "calls, from the start of the programs: `strace -f -ttt -v -s 65536 -o FILE COMMAND`\n"
     "s - exited 0\n"
     "s - 3 closed (exit)\n"},
    {START SOCKET, "s + started s\n"
                   "s socket(AF_INET, SOCK_STREAM) = 3\n"
                   "cut\n"},
    {START SOCKET "7 close(3", "s + started s\n"
                               "s socket(AF_INET, SOCK_STREAM) = 3\n"
                               "cut\n"},
    /* no log */
    {START "7 socket(AF_INET, SOCK_STREAM, 0, 0, 0, 0, 0) = 3\n",
     "log:3: socket: it has too many arguments\n"},
    {START "7 socket(AF_INET, SOCK_STREAM 0) = 3\n",
     "log:3: socket: a comma is missing between two values\n"},
    {START "7 socket(AF_INET, SOCK_STREAM, 0) = three\n", "log:3: a result that is no number\n"},
    {START "7 socket(AF_INET, SOCK_STREAM, 0) = -1 EFROB (Frob)\n",
     "log:3: a failure for a reason that is not known\n"},
    {START "7 sendto(3, \"\\q\", 1, 0, NULL, 0) = 1\n",
     "log:3: sendto: an escape that strace does not write\n"},
    {START "gcc: done\n", "log:3: not a line of strace\n"},
};

START_TEST(each_log_is_read)
{
    char *text = as_text(rows[_i].log);

    squeeze(text);
    ck_assert_msg(strcmp(text, rows[_i].text) == 0, "of\n%s\ncomes\n%s\ninstead of\n%s", rows[_i].log, text,
                  rows[_i].text);
    free(text);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "logs", each_log_is_read, sizeof(rows) / sizeof(rows[0]));
}
SUITE_MAIN("log_read", add)
