/* decode/calls.c: the table of system calls. */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <string.h>

enum {
    SOCK = CALL_NETWORK,
    DATA = CALL_NETWORK | CALL_BLOCKS,
    WAIT = CALL_DESC | CALL_BLOCKS,
    FILE_CALL = CALL_DESC | CALL_IF_SOCK,
    FILE_DATA = CALL_DESC | CALL_IF_SOCK | CALL_BLOCKS,
};

/* A table is read by its columns: clang-format would take them apart. */
/* clang-format off */

/* Arguments: name, kind, when, table of names, the argument that it depends on. */
#define SOCKFD               {"sockfd", &kind_fd, AT_ENTRY, NULL, 0}
#define FD                   {"fd", &kind_fd, AT_ENTRY, NULL, 0}
#define EPFD                 {"epfd", &kind_fd, AT_ENTRY, NULL, 0}
#define OLDFD                {"oldfd", &kind_fd, AT_ENTRY, NULL, 0}
#define NEWFD                {"newfd", &kind_fd, AT_ENTRY, NULL, 0}
#define OUT_FD               {"out_fd", &kind_fd, AT_ENTRY, NULL, 0}
#define IN_FD                {"in_fd", &kind_fd, AT_ENTRY, NULL, 0}
#define FD_IN                {"fd_in", &kind_fd, AT_ENTRY, NULL, 0}
#define FD_OUT               {"fd_out", &kind_fd, AT_ENTRY, NULL, 0}
#define PIDFD                {"pidfd", &kind_fd, AT_ENTRY, NULL, 0}
#define OFFSET               {"offset", &kind_offset, AT_BOTH, NULL, 0}
#define OFFSET64             {"offset", &kind_offset64, AT_BOTH, NULL, 0}
#define OFFSET_IN(name)      {name, &kind_offset_in, AT_ENTRY, NULL, 0}
#define POS                  {"offset", &kind_pos, AT_ENTRY, NULL, 0}
#define INT(name)            {name, &kind_int, AT_ENTRY, NULL, 0}
#define UINT(name)           {name, &kind_uint, AT_ENTRY, NULL, 0}
#define SIZE(name)           {name, &kind_size, AT_ENTRY, NULL, 0}
#define HEX(name)            {name, &kind_hex, AT_ENTRY, NULL, 0}
#define POINTER(name)        {name, &kind_pointer_arg, AT_ENTRY, NULL, 0}
#define SYM(name, tab)       {name, &kind_sym, AT_ENTRY, &nametab_##tab, 0}
#define NAME(name, tab)      {name, &kind_name, AT_ENTRY, &nametab_##tab, 0}
#define FLAGS(name, tab)     {name, &kind_flags, AT_ENTRY, &nametab_##tab, 0}
#define FLAGS_BEHIND(name, tab) {name, &kind_flags_behind, AT_ENTRY, &nametab_##tab, 0}
#define PROTOCOL(domain)     {"protocol", &kind_protocol, AT_ENTRY, NULL, domain}
#define ADDR_IN(name, len)   {name, &kind_addr_in, AT_ENTRY, NULL, len}
#define ADDR_OUT(name, len)  {name, &kind_addr_out, AT_EXIT, NULL, len}
#define LENGTH(name, buf)    {name, &kind_length_out, AT_BOTH, NULL, buf}
#define BUF_IN(len)          {"buf", &kind_buf_in, AT_ENTRY, NULL, len}
#define BUF_OUT(len)         {"buf", &kind_buf_out, AT_EXIT, NULL, len}
#define IOV_IN(len)          {"iov", &kind_iov_in, AT_ENTRY, NULL, len}
#define IOV_OUT(len)         {"iov", &kind_iov_out, AT_EXIT, NULL, len}
#define MSG_IN               {"msg", &kind_msg_in, AT_ENTRY, NULL, 0}
#define MSG_OUT              {"msg", &kind_msg_out, AT_BOTH, NULL, 0}
#define MMSG_IN(len)         {"msgvec", &kind_mmsg_in, AT_BOTH, NULL, len}
#define MMSG_OUT(len)        {"msgvec", &kind_mmsg_out, AT_BOTH, NULL, len}
#define OPTNAME(level)       {"optname", &kind_optname, AT_ENTRY, NULL, level}
#define OPTNAME_READ(level)  {"optname", &kind_optname_read, AT_ENTRY, NULL, level}
#define OPTVAL_IN(len)       {"optval", &kind_optval_in, AT_ENTRY, NULL, len}
#define OPTVAL_OUT(len)      {"optval", &kind_optval_out, AT_EXIT, NULL, len}
#define POLLFDS(len)         {"fds", &kind_pollfds, AT_BOTH, NULL, len}
#define FDSET(set, nfds)     {#set, &kind_##set, AT_BOTH, NULL, nfds}
#define TIMESPEC64_OUT(name) {name, &kind_timespec64, AT_EXIT, NULL, 0}
#define TIMESPEC_LEFT(name)  {name, &kind_timespec_left, AT_BOTH, NULL, 0}
#define TIMESPEC64_LEFT(name) {name, &kind_timespec64_left, AT_BOTH, NULL, 0}
#define TIMEVAL_LEFT(name)   {name, &kind_timeval_left, AT_BOTH, NULL, 0}
#define SIGSET(size)         {"sigmask", &kind_sigset, AT_ENTRY, NULL, size}
#define SIGSET_OUT(size)     {"sigmask", &kind_sigset, AT_EXIT, NULL, size}
#define SIGSET_ARG           {"sigmask", &kind_sigset_arg, AT_ENTRY, NULL, 0}
#define EVENT(op)            {"event", &kind_epoll_event, AT_ENTRY, NULL, op}
#define EVENTS               {"events", &kind_epoll_events, AT_EXIT, NULL, 0}
#define FD_PAIR              {"sv", &kind_fd_pair, AT_EXIT, NULL, 0}
#define FCNTL_ARG(cmd)       {"arg", &kind_fcntl_arg, AT_BOTH, NULL, cmd}
#define IOCTL_ARG(request)   {"arg", &kind_ioctl_arg, AT_BOTH, NULL, request}

static const struct call calls[] = {
    {"socket", CANON_SOCKET, SOCK, RET_FD, 3, {SYM("domain", af), FLAGS("type", sock), PROTOCOL(0)}},
    {"socketpair", CANON_SOCKETPAIR, SOCK, RET_INT, 4,
     {SYM("domain", af), FLAGS("type", sock), INT("protocol"), FD_PAIR}},
    {"bind", CANON_BIND, SOCK, RET_INT, 3, {SOCKFD, ADDR_IN("addr", 2), INT("addrlen")}},
    {"listen", CANON_LISTEN, SOCK, RET_INT, 2, {SOCKFD, INT("backlog")}},
    {"accept", CANON_ACCEPT, DATA, RET_FD, 3, {SOCKFD, ADDR_OUT("addr", 2), LENGTH("addrlen", 1)}},
    {"accept4", CANON_ACCEPT, DATA, RET_FD, 4,
     {SOCKFD, ADDR_OUT("addr", 2), LENGTH("addrlen", 1), FLAGS("flags", sock_flags)}},
    {"connect", CANON_CONNECT, DATA, RET_INT, 3, {SOCKFD, ADDR_IN("addr", 2), INT("addrlen")}},
    {"getsockname", CANON_GETSOCKNAME, SOCK, RET_INT, 3, {SOCKFD, ADDR_OUT("addr", 2), LENGTH("addrlen", 1)}},
    {"getpeername", CANON_GETPEERNAME, SOCK, RET_INT, 3, {SOCKFD, ADDR_OUT("addr", 2), LENGTH("addrlen", 1)}},
    {"sendto", CANON_SEND, DATA, RET_INT, 6,
     {SOCKFD, BUF_IN(2), SIZE("len"), FLAGS("flags", msg), ADDR_IN("dest_addr", 5), INT("addrlen")}},
    {"recvfrom", CANON_RECV, DATA, RET_INT, 6,
     {SOCKFD, BUF_OUT(2), SIZE("len"), FLAGS("flags", msg), ADDR_OUT("src_addr", 5), LENGTH("addrlen", 4)}},
    {"sendmsg", CANON_SEND, DATA, RET_INT, 3, {SOCKFD, MSG_IN, FLAGS("flags", msg)}},
    {"recvmsg", CANON_RECV, DATA, RET_INT, 3, {SOCKFD, MSG_OUT, FLAGS("flags", msg)}},
    {"sendmmsg", CANON_SEND, DATA, RET_INT, 4, {SOCKFD, MMSG_IN(2), UINT("vlen"), FLAGS("flags", msg)}},
    {"recvmmsg", CANON_RECV, DATA, RET_INT, 5,
     {SOCKFD, MMSG_OUT(2), UINT("vlen"), FLAGS("flags", msg), TIMESPEC_LEFT("timeout")}},
    {"read", CANON_RECV, FILE_DATA, RET_INT, 3, {FD, BUF_OUT(2), SIZE("count")}},
    {"write", CANON_SEND, FILE_DATA, RET_INT, 3, {FD, BUF_IN(2), SIZE("count")}},
    {"readv", CANON_RECV, FILE_DATA, RET_INT, 3, {FD, IOV_OUT(2), SIZE("iovcnt")}},
    {"writev", CANON_SEND, FILE_DATA, RET_INT, 3, {FD, IOV_IN(2), SIZE("iovcnt")}},
    {"sendfile", CANON_SEND, FILE_DATA | CALL_NETWORK, RET_INT, 4, {OUT_FD, IN_FD, OFFSET, SIZE("count")}},
    {"pread64", CANON_RECV, FILE_DATA, RET_INT, 4, {FD, BUF_OUT(2), SIZE("count"), POS}},
    {"pwrite64", CANON_SEND, FILE_DATA, RET_INT, 4, {FD, BUF_IN(2), SIZE("count"), POS}},
    {"preadv", CANON_RECV, FILE_DATA, RET_INT, 4, {FD, IOV_OUT(2), SIZE("iovcnt"), POS}},
    {"pwritev", CANON_SEND, FILE_DATA, RET_INT, 4, {FD, IOV_IN(2), SIZE("iovcnt"), POS}},
    {"preadv2", CANON_RECV, FILE_DATA, RET_INT, 5,
     {FD, IOV_OUT(2), SIZE("iovcnt"), POS, FLAGS_BEHIND("flags", rwf)}},
    {"pwritev2", CANON_SEND, FILE_DATA, RET_INT, 5,
     {FD, IOV_IN(2), SIZE("iovcnt"), POS, FLAGS_BEHIND("flags", rwf)}},
    {"splice", CANON_SEND, FILE_DATA, RET_INT, 6,
     {FD_IN, OFFSET_IN("off_in"), FD_OUT, OFFSET_IN("off_out"), SIZE("len"), FLAGS("flags", splice)}},
    {"tee", CANON_OTHER, FILE_CALL, RET_INT, 4,
     {FD_IN, FD_OUT, SIZE("len"), FLAGS("flags", splice)}},
    {"vmsplice", CANON_OTHER, FILE_CALL, RET_INT, 4,
     {FD, IOV_IN(2), SIZE("nr_segs"), FLAGS("flags", splice)}},
    {"shutdown", CANON_SHUTDOWN, SOCK, RET_INT, 2, {SOCKFD, SYM("how", shut)}},
    {"close", CANON_CLOSE, FILE_CALL, RET_INT, 1, {FD}},
    {"close_range", CANON_OTHER, 0, RET_INT, 3, {UINT("first"), UINT("last"), FLAGS("flags", close_range)}},
    {"setsockopt", CANON_SETSOCKOPT, SOCK, RET_INT, 5,
     {SOCKFD, SYM("level", sol), OPTNAME(1), OPTVAL_IN(4), INT("optlen")}},
    {"getsockopt", CANON_GETSOCKOPT, SOCK, RET_INT, 5,
     {SOCKFD, SYM("level", sol), OPTNAME_READ(1), OPTVAL_OUT(4), LENGTH("optlen", 4)}},
    {"poll", CANON_WAIT, WAIT, RET_INT, 3, {POLLFDS(1), UINT("nfds"), INT("timeout")}},
    {"ppoll", CANON_WAIT, WAIT, RET_INT, 5,
     {POLLFDS(1), UINT("nfds"), TIMESPEC_LEFT("tmo_p"), SIGSET(4), SIZE("sigsetsize")}},
    {"select", CANON_WAIT, WAIT, RET_INT, 5,
     {INT("nfds"), FDSET(readfds, 0), FDSET(writefds, 0), FDSET(exceptfds, 0), TIMEVAL_LEFT("timeout")}},
    {"pselect6", CANON_WAIT, WAIT, RET_INT, 6,
     {INT("nfds"), FDSET(readfds, 0), FDSET(writefds, 0), FDSET(exceptfds, 0),
      TIMESPEC_LEFT("timeout"), SIGSET_ARG}},
    {"epoll_create", CANON_EPOLL_CREATE, CALL_DESC, RET_FD, 1, {INT("size")}},
    {"epoll_create1", CANON_EPOLL_CREATE, CALL_DESC, RET_FD, 1, {FLAGS("flags", epoll_flags)}},
    {"epoll_ctl", CANON_EPOLL_CTL, CALL_DESC, RET_INT, 4, {EPFD, SYM("op", epoll_op), FD, EVENT(1)}},
    {"epoll_wait", CANON_WAIT, WAIT, RET_INT, 4, {EPFD, EVENTS, INT("maxevents"), INT("timeout")}},
    {"epoll_pwait", CANON_WAIT, WAIT, RET_INT, 6,
     {EPFD, EVENTS, INT("maxevents"), INT("timeout"), SIGSET_OUT(5), SIZE("sigsetsize")}},
    {"epoll_pwait2", CANON_WAIT, WAIT, RET_INT, 6,
     {EPFD, EVENTS, INT("maxevents"), TIMESPEC64_OUT("timeout"), SIGSET_OUT(5), SIZE("sigsetsize")}},
    {"dup", CANON_DUP, FILE_CALL, RET_FD, 1, {OLDFD}},
    {"dup2", CANON_DUP, FILE_CALL, RET_FD, 2, {OLDFD, NEWFD}},
    {"dup3", CANON_DUP, FILE_CALL, RET_FD, 3, {OLDFD, NEWFD, FLAGS("flags", dup)}},
    {"pidfd_getfd", CANON_OTHER, CALL_DESC | CALL_PIDFD, RET_FD, 3,
     {PIDFD, INT("targetfd"), HEX("flags")}},
    {"fcntl", CANON_FCNTL, FILE_CALL, RET_FCNTL, 3, {FD, SYM("cmd", fcntl), FCNTL_ARG(1)}},
    {"ioctl", CANON_IOCTL, FILE_CALL, RET_INT, 3, {FD, SYM("request", ioctl), IOCTL_ARG(1)}},

    /* Only 32-bit programs have these. */
    {"socketcall", CANON_OTHER, SOCK, RET_INT, 2, {NAME("call", socketcall), POINTER("args")}},
    {"send", CANON_SEND, DATA, RET_INT, 4, {SOCKFD, BUF_IN(2), SIZE("len"), FLAGS("flags", msg)}},
    {"recv", CANON_RECV, DATA, RET_INT, 4, {SOCKFD, BUF_OUT(2), SIZE("len"), FLAGS("flags", msg)}},
    {"recvmmsg_time64", CANON_RECV, DATA, RET_INT, 5,
     {SOCKFD, MMSG_OUT(2), UINT("vlen"), FLAGS("flags", msg), TIMESPEC64_LEFT("timeout")}},
    {"sendfile64", CANON_SEND, FILE_DATA | CALL_NETWORK, RET_INT, 4, {OUT_FD, IN_FD, OFFSET64, SIZE("count")}},
    {"fcntl64", CANON_FCNTL, FILE_CALL, RET_FCNTL, 3, {FD, SYM("cmd", fcntl), FCNTL_ARG(1)}},
    {"_newselect", CANON_WAIT, WAIT, RET_INT, 5,
     {INT("nfds"), FDSET(readfds, 0), FDSET(writefds, 0), FDSET(exceptfds, 0), TIMEVAL_LEFT("timeout")}},
    {"pselect6_time64", CANON_WAIT, WAIT, RET_INT, 6,
     {INT("nfds"), FDSET(readfds, 0), FDSET(writefds, 0), FDSET(exceptfds, 0),
      TIMESPEC64_LEFT("timeout"), SIGSET_ARG}},
    {"ppoll_time64", CANON_WAIT, WAIT, RET_INT, 5,
     {POLLFDS(1), UINT("nfds"), TIMESPEC64_LEFT("tmo_p"), SIGSET(4), SIZE("sigsetsize")}},
};

/* clang-format on */

const struct call *call_at(size_t i)
{
    return i < ARRAY_LEN(calls) ? &calls[i] : NULL;
}

const struct call *call_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(calls); i++)
        if (strcmp(calls[i].name, name) == 0)
            return &calls[i];
    return NULL;
}

unsigned call_fds(const struct call *call)
{
    unsigned fds = 0;

    for (unsigned i = 0; i < call->nargs; i++)
        if (call->args[i].kind == &kind_fd)
            fds |= 1U << i;
    return fds;
}

unsigned call_depth(const struct call *call, bool at_exit)
{
    enum arg_when other = at_exit ? AT_ENTRY : AT_EXIT;
    unsigned depth = 0;

    for (size_t i = 0; i < call->nargs; i++)
        if (call->args[i].when != other && call->args[i].kind->depth > depth)
            depth = call->args[i].kind->depth;
    return depth;
}
