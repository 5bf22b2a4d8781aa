/* unit/decode/test_decode.c: every kind of argument from registers and memory, as the line that strace
 * prints. */
#include "rows.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>

#define IN_7000  "\2\0\x1b\x58\x7f\0\0\1\0\0\0\0\0\0\0\0"
#define IN_LINE  "{sa_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr(\"127.0.0.1\")}"
#define IN6_7000 "\12\0\x1b\x58\0\0\0\5\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\7\0\0\0"

#define IN6_LINE                                                                                             \
    "{sa_family=AF_INET6, sin6_port=htons(7000), sin6_flowinfo=htonl(5)"                                     \
    ", inet_pton(AF_INET6, \"::1\", &sin6_addr)"

static const int64_t offset_before = 1, offset_after = 6;
static const struct iovec three_iovs[3] = {{PTR(B), 3}, {PTR(B + 8), 0}, {PTR(B + 3), 50}};
static const struct iovec bad_iovs[2] = {{PTR(B), 3}, {PTR(BAD), 5}};
static const struct iovec one_iov[1] = {{PTR(C), 5}};
static const struct iovec room_iov[1] = {{PTR(C), 10}};
static const struct pollfd polled[3] = {{4, POLLIN | POLLOUT, 0}, {-1, POLLIN, 0}, {9, POLLIN, 0}};
static const struct pollfd ready[3] = {
    {4, POLLIN | POLLOUT, POLLOUT}, {-1, POLLIN, 0}, {9, POLLIN, POLLNVAL}};
static const struct timespec second = {1, 5}, left_ns = {0, 999};
static const struct timeval seconds = {3, 0}, left_us = {2, 7};
static const struct epoll_event epolled[2] = {{EPOLLIN, {.u64 = 4}},
                                              {EPOLLOUT | EPOLLET, {.u64 = 0x500000001}}};
static const struct msghdr plain_msg = {.msg_iov = PTR(B), .msg_iovlen = 1};
static const struct msghdr named_msg = {
    .msg_name = PTR(D), .msg_namelen = 16, .msg_iov = PTR(B), .msg_iovlen = 1};
static const struct msghdr room_msg = {
    .msg_name = PTR(D), .msg_namelen = 128, .msg_iov = PTR(B), .msg_iovlen = 1};
static const struct msghdr wild_msg = {.msg_name = PTR(BAD),
                                       .msg_namelen = 16,
                                       .msg_iov = PTR(BAD),
                                       .msg_iovlen = 1,
                                       .msg_control = PTR(BAD),
                                       .msg_controllen = 40};
static const struct msghdr control_msg = {
    .msg_iov = PTR(B), .msg_iovlen = 1, .msg_control = PTR(D), .msg_controllen = 24};
static const struct msghdr short_control = {
    .msg_iov = PTR(B), .msg_iovlen = 1, .msg_control = PTR(D), .msg_controllen = 8};
static const struct mmsghdr two_sent[2] = {{{.msg_iov = PTR(B), .msg_iovlen = 1}, 5},
                                           {{.msg_iov = PTR(B), .msg_iovlen = 1}, 0}};
static const struct mmsghdr two_room[2] = {
    {{.msg_name = PTR(D), .msg_namelen = 28, .msg_iov = PTR(B), .msg_iovlen = 1}, 0},
    {{.msg_namelen = 0, .msg_iov = PTR(B), .msg_iovlen = 1}, 0}};
static const struct mmsghdr two_got[2] = {
    {{.msg_name = PTR(D), .msg_namelen = 16, .msg_iov = PTR(B), .msg_iovlen = 1}, 3},
    {{.msg_namelen = 0, .msg_iov = PTR(B), .msg_iovlen = 1}, 0}};

#define IOV_1 "iov_base=\"ping\\n\", iov_len=5"
#define MSG_1 "msg_iov=[{" IOV_1 "}], msg_iovlen=1"

/* A row is read by its line: clang-format would take it apart. */
/* clang-format off */
const struct row rows[] = {
    /* Registers. */
    {"socket", {AF_INET, SOCK_STREAM, 0}, 3, {{0}}, {{0}},
     "socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3"},
    {"socket", {AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0}, 3, {{0}}, {{0}},
     "socket(AF_UNIX, SOCK_DGRAM|SOCK_CLOEXEC, 0) = 3"},
    {"socket", {AF_NETLINK, SOCK_RAW, 0}, 3, {{0}}, {{0}},
     "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3"},
    {"socket", {99, SOCK_STREAM, 7}, -EAFNOSUPPORT, {{0}}, {{0}},
     "socket(0x63 /* AF_??? */, SOCK_STREAM, 7) = -1 EAFNOSUPPORT"},
    {"socket", {AF_INET | 0x500000000, SOCK_STREAM, 6}, 3, {{0}}, {{0}},
     "socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3"},
    {"listen", {3, (uint32_t)-1}, 0, {{0}}, {{0}},
     "listen(3, -1) = 0"},
    {"shutdown", {3, 5}, -EINVAL, {{0}}, {{0}},
     "shutdown(3, 0x5 /* SHUT_??? */) = -1 EINVAL"},
    {"close", {(uint32_t)-1}, -EBADF, {{0}}, {{0}},
     "close(-1) = -1 EBADF"},
    {"close_range", {3, UINT32_MAX, 4}, 0, {{0}}, {{0}},
     "close_range(3, 4294967295, CLOSE_RANGE_CLOEXEC) = 0"},
    {"dup3", {3, 9, 0}, 9, {{0}}, {{0}},
     "dup3(3, 9, 0) = 9"},
    {"dup3", {3, 9, O_CLOEXEC}, 9, {{0}}, {{0}},
     "dup3(3, 9, O_CLOEXEC) = 9"},

    /* Addresses in. */
    {"bind", {3, A, 16}, 0, {TEXT(A, IN_7000)}, {{0}},
     "bind(3, " IN_LINE ", 16) = 0"},
    {"bind", {3, A, 1000}, -EINVAL, {TEXT(A, IN_7000)}, {{0}},
     "bind(3, 0x10000, 1000) = -1 EINVAL"},
    {"bind", {3, A, 2}, -EINVAL, {TEXT(A, IN_7000)}, {{0}},
     "bind(3, {sa_family=AF_INET}, 2) = -1 EINVAL"},
    {"bind", {3, A, 4}, -EINVAL, {TEXT(A, IN_7000)}, {{0}},
     "bind(3, {sa_family=AF_INET, sa_data=\"\\33X\"}, 4) = -1 EINVAL"},
    {"bind", {3, A, 1}, -EINVAL, {TEXT(A, IN_7000)}, {{0}},
     "bind(3, 0x10000, 1) = -1 EINVAL"},
    {"bind", {3, A, 0}, -EINVAL, {TEXT(A, IN_7000)}, {{0}},
     "bind(3, 0x10000, 0) = -1 EINVAL"},
    {"bind", {3, A, (uint32_t)-1}, -EINVAL, {TEXT(A, IN_7000)}, {{0}},
     "bind(3, 0x10000, -1) = -1 EINVAL"},
    {"bind", {3, 0, 16}, -EFAULT, {{0}}, {{0}},
     "bind(3, NULL, 16) = -1 EFAULT"},
    {"bind", {3, BAD, 16}, -EFAULT, {{0}}, {{0}},
     "bind(3, 0x66000, 16) = -1 EFAULT"},
    {"bind", {3, A, 16}, -EFAULT, {TEXT(A, "\2\0\x1b\x58")}, {{0}},
     "bind(3, 0x10000, 16) = -1 EFAULT"},
    {"bind", {3, UINT64_MAX - 3, 16}, -EFAULT, {{0}}, {{0}},
     "bind(3, 0xfffffffffffffffc, 16) = -1 EFAULT"},
    {"bind", {3, A, 28}, 0, {TEXT(A, IN6_7000)}, {{0}},
     "bind(3, " IN6_LINE ", sin6_scope_id=7}, 28) = 0"},
    {"bind", {3, A, 24}, 0, {TEXT(A, IN6_7000)}, {{0}},
     "bind(3, " IN6_LINE "}, 24) = 0"},
    {"bind", {3, A, 2}, 0, {TEXT(A, "\1\0")}, {{0}},
     "bind(3, {sa_family=AF_UNIX}, 2) = 0"},
    {"bind", {3, A, 10}, 0, {TEXT(A, "\1\0/tmp/s\0x")}, {{0}},
     "bind(3, {sa_family=AF_UNIX, sun_path=\"/tmp/s\"}, 10) = 0"},
    {"bind", {3, A, 8}, 0, {TEXT(A, "\1\0/tmp/s\0x")}, {{0}},
     "bind(3, {sa_family=AF_UNIX, sun_path=\"/tmp/s\"}, 8) = 0"},
    {"bind", {3, A, 8}, 0, {TEXT(A, "\1\0\0abs\0d")}, {{0}},
     "bind(3, {sa_family=AF_UNIX, sun_path=@\"abs\\0d\"}, 8) = 0"},
    {"bind", {3, A, 3}, 0, {TEXT(A, "\1\0\0")}, {{0}},
     "bind(3, {sa_family=AF_UNIX, sun_path=@\"\"}, 3) = 0"},
    {"bind", {3, A, 7}, 0, {TEXT(A, "\1\0a\"\n\377/")}, {{0}},
     "bind(3, {sa_family=AF_UNIX, sun_path=\"a\\\"\\n\\377/\"}, 7) = 0"},
    {"connect", {3, A, 4}, -EINVAL, {TEXT(A, "\0\0ab")}, {{0}},
     "connect(3, {sa_family=AF_UNSPEC, sa_data=\"ab\"}, 4) = -1 EINVAL"},

    /* Addresses out. */
    {"accept", {3, A, B}, 4, {TEXT(B, "\x80\0\0\0")}, {TEXT(A, IN_7000), TEXT(B, "\20\0\0\0")},
     "accept(3, " IN_LINE ", [128 => 16]) = 4"},
    {"accept", {3, A, B}, 4, {TEXT(B, "\20\0\0\0")}, {TEXT(A, IN_7000), TEXT(B, "\20\0\0\0")},
     "accept(3, " IN_LINE ", [16]) = 4"},
    {"accept", {3, A, B}, 4, {TEXT(B, "\4\0\0\0")}, {TEXT(A, IN_7000), TEXT(B, "\20\0\0\0")},
     "accept(3, {sa_family=AF_INET, sa_data=\"\\33X\"}, [4 => 16]) = 4"},
    {"accept", {3, A, B}, -EAGAIN, {TEXT(A, IN_7000), TEXT(B, "\20\0\0\0")}, {{0}},
     "accept(3, 0x10000, [16]) = -1 EAGAIN"},
    {"accept", {3, 0, 0}, 4, {{0}}, {{0}},
     "accept(3, NULL, NULL) = 4"},
    {"accept", {3, 0, B}, 4, {TEXT(B, "\20\0\0\0")}, {{0}},
     "accept(3, NULL, 0x20000) = 4"},
    {"accept", {3, A, 0}, -EFAULT, {TEXT(A, IN_7000)}, {{0}},
     "accept(3, 0x10000, NULL) = -1 EFAULT"},
    {"accept4", {3, A, BAD, SOCK_CLOEXEC | SOCK_NONBLOCK}, -EFAULT, {{0}}, {{0}},
     "accept4(3, 0x10000, 0x66000, SOCK_CLOEXEC|SOCK_NONBLOCK) = -1 EFAULT"},
    {"accept4", {3, BAD, B, 0}, 4, {TEXT(B, "\20\0\0\0")}, {{0}},
     "accept4(3, 0x66000, [16], 0) = 4"},
    {"getsockname", {3, A, B}, 0, {TEXT(A, IN_7000), TEXT(B, "\0\0\0\0")}, {TEXT(A, IN_7000), TEXT(B, "\20\0\0\0")},
     "getsockname(3, 0x10000, [0 => 16]) = 0"},
    {"getsockname", {3, A, B}, -EINVAL, {TEXT(A, IN_7000), TEXT(B, "\377\377\377\377")}, {{0}},
     "getsockname(3, 0x10000, [-1]) = -1 EINVAL"},
    {"getpeername", {3, A, B}, 0, {TEXT(A, IN_7000), TEXT(B, "\x80\0\0\0")}, {TEXT(A, IN_7000), TEXT(B, "\377\377\377\177")},
     "getpeername(3, 0x10000, [128 => 2147483647]) = 0"},

    /* Buffers. */
    {"sendto", {3, A, 5, MSG_NOSIGNAL, 0, 0}, 5, {TEXT(A, "ping\n")}, {{0}},
     "sendto(3, \"ping\\n\", 5, MSG_NOSIGNAL, NULL, 0) = 5"},
    {"sendto", {3, A, 5, 0, B, 16}, 5, {TEXT(A, "pi\0g\n"), TEXT(B, IN_7000)}, {{0}},
     "sendto(3, \"pi\\0g\\n\", 5, 0, " IN_LINE ", 16) = 5"},
    {"sendto", {3, A, 0, 0, 0, 0}, 0, {{0}}, {{0}},
     "sendto(3, \"\", 0, 0, NULL, 0) = 0"},
    {"sendto", {3, 0, 5, 0, 0, 0}, -EFAULT, {{0}}, {{0}},
     "sendto(3, NULL, 5, 0, NULL, 0) = -1 EFAULT"},
    {"sendto", {3, A, 8, 0, BAD, 16}, -EFAULT, {TEXT(A, "ping")}, {{0}},
     "sendto(3, 0x10000, 8, 0, 0x66000, 16) = -1 EFAULT"},
    {"write", {3, A, UINT64_MAX}, -EFAULT, {TEXT(A, "ping")}, {{0}},
     "write(3, 0x10000, 18446744073709551615) = -1 EFAULT"},
    {"write", {3, A, 70}, 70, {TEXT(A, "0123456789012345678901234567890123456789012345678901234567890123456789")}, {{0}},
     "write(3, \"0123456789012345678901234567890123456789012345678901234567890123\"..., 70) = 70"},
    {"read", {3, A, 100}, 3, {{0}}, {TEXT(A, "abc")},
     "read(3, \"abc\", 100) = 3"},
    {"read", {3, A, 100}, 0, {{0}}, {{0}},
     "read(3, \"\", 100) = 0"},
    {"read", {3, A, 100}, -EAGAIN, {TEXT(A, "abc")}, {{0}},
     "read(3, 0x10000, 100) = -1 EAGAIN"},
    {"read", {3, 0, 0}, 0, {{0}}, {{0}},
     "read(3, NULL, 0) = 0"},
    {"recvfrom", {3, A, 3, MSG_TRUNC, 0, 0}, 5, {{0}}, {TEXT(A, "hel")},
     "recvfrom(3, \"hel\", 3, MSG_TRUNC, NULL, NULL) = 5"},
    {"recvfrom", {3, A, 9, 0, B, C}, 2, {TEXT(C, "\x80\0\0\0")}, {TEXT(A, "hi"), TEXT(B, IN_7000), TEXT(C, "\20\0\0\0")},
     "recvfrom(3, \"hi\", 9, 0, " IN_LINE ", [128 => 16]) = 2"},
    {"recvfrom", {3, A, 9, 0, B, C}, 2, {TEXT(C, "\4\0\0\0")}, {TEXT(A, "hi"), TEXT(B, IN_7000), TEXT(C, "\0\0\0\0")},
     "recvfrom(3, \"hi\", 9, 0, 0x20000, [4 => 0]) = 2"},

    /* Scattered buffers. */
    {"writev", {3, A, 3}, 8, {OBJ(A, three_iovs), TEXT(B, "012345678901234567890123456789012345678901234567890123456789")}, {{0}},
     "writev(3, [{iov_base=\"012\", iov_len=3}, {iov_base=\"\", iov_len=0}, "
     "{iov_base=\"34567890123456789012345678901234567890123456789012\", iov_len=50}], 3) = 8"},
    {"writev", {3, A, 2}, -EFAULT, {OBJ(A, bad_iovs), TEXT(B, "012")}, {{0}},
     "writev(3, [{iov_base=\"012\", iov_len=3}, {iov_base=0x66000, iov_len=5}], 2) = -1 EFAULT"},
    {"writev", {3, A, 0}, 0, {{0}}, {{0}},
     "writev(3, [], 0) = 0"},
    {"writev", {3, 0, 2}, -EFAULT, {{0}}, {{0}},
     "writev(3, NULL, 2) = -1 EFAULT"},
    {"writev", {3, BAD, 2}, -EFAULT, {{0}}, {{0}},
     "writev(3, 0x66000, 2) = -1 EFAULT"},
    {"writev", {3, PAGE_END - 16, UINT64_MAX}, -EINVAL, {OBJ(PAGE_END - 16, one_iov), TEXT(C, "ping\n")}, {{0}},
     "writev(3, 0x50ff0, 18446744073709551615) = -1 EINVAL"},
    {"sendfile", {3, 4, 0, 5}, 5, {{0}}, {{0}},
     "sendfile(3, 4, NULL, 5) = 5"},
    {"sendfile", {3, 4, BAD, 5}, -EFAULT, {{0}}, {{0}},
     "sendfile(3, 4, 0x66000, 5) = -1 EFAULT"},
    {"sendfile", {3, 4, A, 5}, 5, {OBJ(A, offset_before)}, {OBJ(A, offset_after)},
     "sendfile(3, 4, [1] => [6], 5) = 5"},
    {"sendfile", {3, 4, A, 5}, -EAGAIN, {OBJ(A, offset_before)}, {{0}},
     "sendfile(3, 4, [1], 5) = -1 EAGAIN"},
    {"readv", {3, A, 3}, 5, {OBJ(A, three_iovs)}, {OBJ(A, three_iovs), TEXT(B, "01234567")},
     "readv(3, [{iov_base=\"012\", iov_len=3}, {iov_base=\"\", iov_len=0}, "
     "{iov_base=\"34\", iov_len=50}], 3) = 5"},
    {"readv", {3, A, 2}, -EAGAIN, {OBJ(A, bad_iovs)}, {{0}},
     "readv(3, [{iov_base=0x20000, iov_len=3}, {iov_base=0x66000, iov_len=5}], 2) = -1 EAGAIN"},

    /* Messages. */
    {"sendmsg", {3, A, 0}, 5, {OBJ(A, plain_msg), OBJ(B, one_iov), TEXT(C, "ping\n")}, {{0}},
     "sendmsg(3, {msg_name=NULL, msg_namelen=0, " MSG_1 ", msg_controllen=0, msg_flags=0}, 0) = 5"},
    {"sendmsg", {3, A, 0}, 5, {OBJ(A, named_msg), OBJ(B, one_iov), TEXT(C, "ping\n"), TEXT(D, IN_7000)}, {{0}},
     "sendmsg(3, {msg_name=" IN_LINE ", msg_namelen=16, " MSG_1 ", msg_controllen=0, msg_flags=0}, 0) = 5"},
    {"sendmsg", {3, 0, 0}, -EFAULT, {{0}}, {{0}},
     "sendmsg(3, NULL, 0) = -1 EFAULT"},
    {"sendmsg", {3, BAD, 0}, -EFAULT, {{0}}, {{0}},
     "sendmsg(3, 0x66000, 0) = -1 EFAULT"},
    {"sendmsg", {3, A, 0}, -EFAULT, {OBJ(A, wild_msg)}, {{0}},
     "sendmsg(3, {msg_name=0x66000, msg_namelen=16, msg_iov=0x66000, msg_iovlen=1, "
     "msg_control=0x66000, msg_controllen=40, msg_flags=0}, 0) = -1 EFAULT"},
    {"sendmsg", {3, A, 0}, 5, {OBJ(A, control_msg), OBJ(B, one_iov), TEXT(C, "ping\n"), TEXT(D, "\30\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\4\0\0\0\6\0\0\0")}, {{0}},
     "sendmsg(3, {msg_name=NULL, msg_namelen=0, " MSG_1 ", "
     "msg_control=[{cmsg_len=24, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[4, 6]}], "
     "msg_controllen=24, msg_flags=0}, 0) = 5"},
    {"sendmsg", {3, A, 0}, -EINVAL, {OBJ(A, control_msg), OBJ(B, one_iov), TEXT(C, "ping\n"), TEXT(D, "\377\377\377\377\377\377\377\377\1\0\0\0\1\0\0\0\4\0\0\0\6\0\0\0")}, {{0}},
     "sendmsg(3, {msg_name=NULL, msg_namelen=0, " MSG_1 ", "
     "msg_control=[{cmsg_len=18446744073709551615, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[4, 6]}], "
     "msg_controllen=24, msg_flags=0}, 0) = -1 EINVAL"},
    {"sendmsg", {3, A, 0}, -EINVAL, {OBJ(A, control_msg), OBJ(B, one_iov), TEXT(C, "ping\n"), TEXT(D, "\0\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\4\0\0\0\6\0\0\0")}, {{0}},
     "sendmsg(3, {msg_name=NULL, msg_namelen=0, " MSG_1 ", "
     "msg_control=[{cmsg_len=0, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS}, ... /* 0x40010 */], "
     "msg_controllen=24, msg_flags=0}, 0) = -1 EINVAL"},
    {"sendmsg", {3, A, 0}, 5, {OBJ(A, short_control), OBJ(B, one_iov), TEXT(C, "ping\n"), TEXT(D, "\30\0\0\0\0\0\0\0")}, {{0}},
     "sendmsg(3, {msg_name=NULL, msg_namelen=0, " MSG_1 ", msg_control=0x40000, msg_controllen=8, "
     "msg_flags=0}, 0) = 5"},
    {"recvmsg", {3, A, 0}, -EAGAIN, {OBJ(A, room_msg), OBJ(B, one_iov)}, {{0}},
     "recvmsg(3, {msg_namelen=128}, 0) = -1 EAGAIN"},
    {"recvmsg", {3, A, 0}, 3, {OBJ(A, room_msg), OBJ(B, room_iov)}, {OBJ(A, named_msg), OBJ(B, room_iov), TEXT(C, "abc"), TEXT(D, IN_7000)},
     "recvmsg(3, {msg_name=" IN_LINE ", msg_namelen=128 => 16, "
     "msg_iov=[{iov_base=\"abc\", iov_len=10}], msg_iovlen=1, msg_controllen=0, "
     "msg_flags=0}, 0) = 3"},
    {"recvmsg", {3, BAD, 0}, -EFAULT, {{0}}, {{0}},
     "recvmsg(3, 0x66000, 0) = -1 EFAULT"},
    {"sendmmsg", {3, A, 2, 0}, 1, {OBJ(A, two_sent), OBJ(B, one_iov), TEXT(C, "ping\n")}, {{0}},
     "sendmmsg(3, [{msg_hdr={msg_name=NULL, msg_namelen=0, " MSG_1 ", msg_controllen=0, msg_flags=0}, "
     "msg_len=5}, {msg_hdr={msg_name=NULL, msg_namelen=0, " MSG_1 ", msg_controllen=0, "
     "msg_flags=0}}], 2, 0) = 1"},
    {"sendmmsg", {3, BAD, UINT32_MAX, 0}, -EFAULT, {{0}}, {{0}},
     "sendmmsg(3, 0x66000, 4294967295, 0) = -1 EFAULT"},
    {"recvmmsg", {3, A, 2, 0, 0}, 1, {OBJ(A, two_room), OBJ(B, room_iov)}, {OBJ(A, two_got), OBJ(B, room_iov), TEXT(C, "abc"), TEXT(D, IN_7000)},
     "recvmmsg(3, [{msg_hdr={msg_name=" IN_LINE ", msg_namelen=28 => 16, "
     "msg_iov=[{iov_base=\"abc\", iov_len=10}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, "
     "msg_len=3}], 2, 0, NULL) = 1"},
    {"recvmmsg", {3, A, 2, 0, D}, -EAGAIN, {OBJ(A, two_room), OBJ(D, second)}, {{0}},
     "recvmmsg(3, 0x10000, 2, 0, {tv_sec=1, tv_nsec=5}) = -1 EAGAIN"},

    /* Options. */
    {"setsockopt", {3, SOL_SOCKET, SO_REUSEADDR, A, 4}, 0, {TEXT(A, "\1\0\0\0")}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0"},
    {"setsockopt", {3, SOL_SOCKET, SO_REUSEADDR, A, 3}, -EINVAL, {TEXT(A, "\1\0\0\0")}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, 0x10000, 3) = -1 EINVAL"},
    {"setsockopt", {3, SOL_SOCKET, SO_REUSEADDR, A, (uint32_t)-1}, -EINVAL, {TEXT(A, "\1\0\0\0")}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, 0x10000, -1) = -1 EINVAL"},
    {"setsockopt", {3, SOL_SOCKET, SO_REUSEADDR, 0, 4}, -EFAULT, {{0}}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, NULL, 4) = -1 EFAULT"},
    {"setsockopt", {3, SOL_SOCKET, SO_REUSEADDR, A, 4}, -EFAULT, {TEXT(A, "\1\0")}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, 0x10000, 4) = -1 EFAULT"},
    {"setsockopt", {3, SOL_SOCKET, SO_LINGER, A, 8}, 0, {TEXT(A, "\1\0\0\0\5\0\0\0")}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, 8) = 0"},
    {"setsockopt", {3, SOL_SOCKET, SO_RCVTIMEO, A, sizeof(seconds)}, 0, {OBJ(A, seconds)}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_RCVTIMEO_OLD, {tv_sec=3, tv_usec=0}, 16) = 0"},
    {"setsockopt", {3, IPPROTO_TCP, TCP_NODELAY, A, 4}, 0, {TEXT(A, "\1\0\0\0")}, {{0}},
     "setsockopt(3, SOL_TCP, TCP_NODELAY, [1], 4) = 0"},
    {"setsockopt", {3, IPPROTO_TCP, TCP_CONGESTION, A, 5}, 0, {TEXT(A, "reno\0")}, {{0}},
     "setsockopt(3, SOL_TCP, TCP_CONGESTION, \"reno\\0\", 5) = 0"},
    {"setsockopt", {3, IPPROTO_IP, IP_ADD_MEMBERSHIP, A, 8}, 0, {TEXT(A, "\340\0\0\1\0\0\0\0")}, {{0}},
     "setsockopt(3, SOL_IP, IP_ADD_MEMBERSHIP, {imr_multiaddr=inet_addr(\"224.0.0.1\"), imr_interface=inet_addr(\"0.0.0.0\")}, 8) = 0"},
    {"setsockopt", {3, SOL_NETLINK, 1, A, 4}, 0, {TEXT(A, "\5\0\0\0")}, {{0}},
     "setsockopt(3, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, [5], 4) = 0"},
    {"setsockopt", {3, SOL_NETLINK, 1, A, 8}, 0, {TEXT(A, "\5\0\0\0abcd")}, {{0}},
     "setsockopt(3, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, [5], 8) = 0"},
    {"setsockopt", {3, SOL_NETLINK, 99, A, 2}, -EINVAL, {TEXT(A, "\5\0")}, {{0}},
     "setsockopt(3, SOL_NETLINK, 0x63 /* NETLINK_??? */, 0x10000, 2) = -1 EINVAL"},
    {"setsockopt", {3, SOL_PACKET, 10, A, 4}, 0, {TEXT(A, "\2\0\0\0")}, {{0}},
     "setsockopt(3, SOL_PACKET, PACKET_VERSION, [2], 4) = 0"},
    {"setsockopt", {3, SOL_PACKET, 5, A, 16}, 0, {TEXT(A, "\0\20\0\0\2\0\0\0\0\10\0\0\4\0\0\0")}, {{0}},
     "setsockopt(3, SOL_PACKET, PACKET_RX_RING, {tp_block_size=4096, tp_block_nr=2, tp_frame_size=2048, tp_frame_nr=4}, 16) = 0"},
    {"setsockopt", {3, SOL_PACKET, 5, A, 4}, -EINVAL, {TEXT(A, "\0\20\0\0")}, {{0}},
     "setsockopt(3, SOL_PACKET, PACKET_RX_RING, 0x10000, 4) = -1 EINVAL"},
    {"setsockopt", {3, SOL_RAW, 2, A, 4}, -ENOPROTOOPT, {TEXT(A, "\2\0\0\0")}, {{0}},
     "setsockopt(3, SOL_RAW, 0x2 /* RAW_??? */, [2], 4) = -1 ENOPROTOOPT"},
    {"setsockopt", {3, SOL_SOCKET, SO_ZEROCOPY, A, 8}, 0, {TEXT(A, "\1\0\0\0\0\0\0\0")}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ZEROCOPY, [1], 8) = 0"},
    {"setsockopt", {3, SOL_SOCKET, SO_ERROR, A, 4}, -ENOPROTOOPT, {TEXT(A, "\1\0\0\0")}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ERROR, [1], 4) = -1 ENOPROTOOPT"},
    {"setsockopt", {3, SOL_SOCKET, SO_PEERCRED, A, 2}, -ENOPROTOOPT, {TEXT(A, "\1\0")}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_PEERCRED, \"\\1\\0\", 2) = -1 ENOPROTOOPT"},
    {"setsockopt", {3, 77, 5, A, 2}, -ENOPROTOOPT, {TEXT(A, "ab")}, {{0}},
     "setsockopt(3, 0x4d /* SOL_?? */, 5, \"ab\", 2) = -1 ENOPROTOOPT"},
    {"getsockopt", {3, SOL_SOCKET, SO_ERROR, A, B}, 0, {TEXT(B, "\4\0\0\0")}, {TEXT(A, "\157\0\0\0"), TEXT(B, "\4\0\0\0")},
     "getsockopt(3, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0"},
    {"getsockopt", {3, SOL_SOCKET, SO_ERROR, A, B}, 0, {TEXT(B, "\4\0\0\0")}, {TEXT(A, "\0\0\0\0"), TEXT(B, "\4\0\0\0")},
     "getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0"},
    {"getsockopt", {3, SOL_SOCKET, SO_TYPE, A, B}, 0, {TEXT(B, "\10\0\0\0")}, {TEXT(A, "\1\0\0\0"), TEXT(B, "\4\0\0\0")},
     "getsockopt(3, SOL_SOCKET, SO_TYPE, [1], [8 => 4]) = 0"},
    {"getsockopt", {3, SOL_SOCKET, SO_SNDBUF, A, B}, 0, {TEXT(B, "\3\0\0\0")}, {TEXT(A, "\1\0\0\0"), TEXT(B, "\3\0\0\0")},
     "getsockopt(3, SOL_SOCKET, SO_SNDBUF, \"\\x01\\x00\\x00\", [3]) = 0"},
    {"getsockopt", {3, SOL_SOCKET, SO_TYPE, A, B}, 0, {TEXT(B, "\0\0\0\0")}, {{0}},
     "getsockopt(3, SOL_SOCKET, SO_TYPE, 0x10000, [0]) = 0"},
    {"getsockopt", {3, SOL_SOCKET, SO_TYPE, A, B}, -EBADF, {TEXT(A, "\1\0\0\0"), TEXT(B, "\4\0\0\0")}, {{0}},
     "getsockopt(3, SOL_SOCKET, SO_TYPE, 0x10000, [4]) = -1 EBADF"},
    {"getsockopt", {3, SOL_SOCKET, SO_PEERCRED, A, B}, 0, {TEXT(B, "\14\0\0\0")}, {TEXT(A, "\5\0\0\0\377\377\377\377\0\0\0\0"), TEXT(B, "\14\0\0\0")},
     "getsockopt(3, SOL_SOCKET, SO_PEERCRED, {pid=5, uid=-1, gid=0}, [12]) = 0"},
    {"getsockopt", {3, SOL_SOCKET, SO_TYPE, A, 0}, -EFAULT, {{0}}, {{0}},
     "getsockopt(3, SOL_SOCKET, SO_TYPE, 0x10000, NULL) = -1 EFAULT"},

    /* Waiting. */
    {"poll", {A, 3, 0}, 2, {OBJ(A, polled)}, {OBJ(A, ready)},
     "poll([{fd=4, events=POLLIN|POLLOUT}, {fd=-1}, "
     "{fd=9, events=POLLIN}], 3, 0) = 2 ([{fd=4, revents=POLLOUT}, {fd=9, revents=POLLNVAL}])"},
    {"poll", {A, 1, (uint32_t)-1}, 0, {OBJ(A, polled)}, {OBJ(A, ready)},
     "poll([{fd=4, events=POLLIN|POLLOUT}], 1, -1) = 0"},
    {"poll", {0, 0, 5}, 0, {{0}}, {{0}},
     "poll(NULL, 0, 5) = 0"},
    {"poll", {A, 0, 5}, 0, {{0}}, {{0}},
     "poll([], 0, 5) = 0"},
    {"poll", {BAD, 1, 5}, -EFAULT, {{0}}, {{0}},
     "poll(0x66000, 1, 5) = -1 EFAULT"},
    {"ppoll", {A, 1, B, C, 8}, 1, {OBJ(A, polled), OBJ(B, second), TEXT(C, "\2\0\0\0\0\0\0\0")}, {OBJ(A, ready), OBJ(B, left_ns)},
     "ppoll([{fd=4, events=POLLIN|POLLOUT}], 1, {tv_sec=1, tv_nsec=5}, [INT], 8) = 1 ([{fd=4, revents=POLLOUT}]) (left {tv_sec=0, tv_nsec=999})"},
    {"ppoll", {A, 1, 0, C, 8}, -EINTR, {OBJ(A, polled), TEXT(C, "\375\377\377\377\377\377\377\377")}, {{0}},
     "ppoll([{fd=4, events=POLLIN|POLLOUT}], 1, NULL, ~[INT], 8) = -1 EINTR"},
    {"ppoll", {A, 1, 0, C, 4}, -EINVAL, {OBJ(A, polled), TEXT(C, "\2\0\0\0\0\0\0\0")}, {{0}},
     "ppoll([{fd=4, events=POLLIN|POLLOUT}], 1, NULL, 0x30000, 4) = -1 EINVAL"},
    {"select", {5, A, B, 0, C}, 1, {TEXT(A, "\10\0\0\0\0\0\0\0"), TEXT(B, "\20\0\0\0\0\0\0\0"), OBJ(C, seconds)}, {TEXT(A, "\0\0\0\0\0\0\0\0"), TEXT(B, "\20\0\0\0\0\0\0\0"), OBJ(C, left_us)},
     "select(5, [3], [4], NULL, {tv_sec=3, tv_usec=0}) = 1 (out [4]) (left {tv_sec=2, tv_usec=7})"},
    {"select", {4, A, 0, A, 0}, 2, {TEXT(A, "\370\0\0\0\0\0\0\0")}, {{0}},
     "select(4, [3], NULL, [3], NULL) = 2 (in [3]) (except [3])"},
    {"select", {20, A, 0, 0, C}, 0, {TEXT(A, "\30\0\0\0\0\0\0\0"), OBJ(C, seconds)}, {TEXT(A, "\0\0\0\0\0\0\0\0"), OBJ(C, left_us)},
     "select(20, [3 4], NULL, NULL, {tv_sec=3, tv_usec=0}) = 0"},
    {"select", {(uint32_t)-1, A, 0, 0, BAD}, -EINVAL, {TEXT(A, "\30\0\0\0\0\0\0\0")}, {{0}},
     "select(-1, 0x10000, NULL, NULL, 0x66000) = -1 EINVAL"},
    {"select", {65, A, 0, 0, 0}, -EFAULT, {TEXT(A, "\30\0\0\0\0\0\0\0")}, {{0}},
     "select(65, 0x10000, NULL, NULL, NULL) = -1 EFAULT"},
    {"pselect6", {4, A, 0, 0, 0, B}, 1, {TEXT(A, "\10\0\0\0\0\0\0\0"), TEXT(B, "\0\0\3\0\0\0\0\0\10\0\0\0\0\0\0\0"), TEXT(C, "\0\0\0\0\0\0\0\0")}, {{0}},
     "pselect6(4, [3], NULL, NULL, NULL, {sigmask=[], sigsetsize=8}) = 1 (in [3])"},
    {"epoll_create1", {EPOLL_CLOEXEC}, 3, {{0}}, {{0}},
     "epoll_create1(EPOLL_CLOEXEC) = 3"},
    {"epoll_ctl", {3, EPOLL_CTL_ADD, 4, A}, 0, {OBJ(A, epolled)}, {{0}},
     "epoll_ctl(3, EPOLL_CTL_ADD, 4, {events=EPOLLIN, data={u32=4, u64=4}}) = 0"},
    {"epoll_ctl", {3, EPOLL_CTL_DEL, 4, A}, 0, {OBJ(A, epolled)}, {{0}},
     "epoll_ctl(3, EPOLL_CTL_DEL, 4, 0x10000) = 0"},
    {"epoll_ctl", {3, EPOLL_CTL_MOD, 4, BAD}, -EFAULT, {{0}}, {{0}},
     "epoll_ctl(3, EPOLL_CTL_MOD, 4, 0x66000) = -1 EFAULT"},
    {"epoll_wait", {3, A, 4, 0}, 2, {{0}}, {OBJ(A, epolled)},
     "epoll_wait(3, [{events=EPOLLIN, data={u32=4, u64=4}}, "
     "{events=EPOLLOUT|EPOLLET, data={u32=1, u64=21474836481}}], 4, 0) = 2"},
    {"epoll_wait", {3, A, 4, 0}, 0, {{0}}, {{0}},
     "epoll_wait(3, [], 4, 0) = 0"},
    {"epoll_wait", {3, A, (uint32_t)-1, 0}, -EINVAL, {OBJ(A, epolled)}, {{0}},
     "epoll_wait(3, 0x10000, -1, 0) = -1 EINVAL"},
    {"epoll_pwait2", {3, A, 4, B, 0, 8}, 0, {OBJ(B, second)}, {{0}},
     "epoll_pwait2(3, [], 4, {tv_sec=1, tv_nsec=5}, NULL, 8) = 0"},

    /* File descriptors. */
    {"socketpair", {AF_UNIX, SOCK_STREAM, 0, A}, 0, {{0}}, {TEXT(A, "\3\0\0\0\4\0\0\0")},
     "socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0"},
    {"socketpair", {AF_INET, SOCK_STREAM, 0, A}, -EOPNOTSUPP, {TEXT(A, "\3\0\0\0\4\0\0\0")}, {{0}},
     "socketpair(AF_INET, SOCK_STREAM, 0, 0x10000) = -1 EOPNOTSUPP"},
    {"fcntl", {3, F_GETFL, 0xdead}, O_RDWR, {{0}}, {{0}},
     "fcntl(3, F_GETFL) = O_RDWR"},
    {"fcntl", {3, F_SETFL, O_RDWR | O_NONBLOCK}, 0, {{0}}, {{0}},
     "fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0"},
    {"fcntl", {3, F_GETFD, 0}, 1, {{0}}, {{0}},
     "fcntl(3, F_GETFD) = FD_CLOEXEC"},
    {"fcntl", {3, F_SETFD, 1}, 0, {{0}}, {{0}},
     "fcntl(3, F_SETFD, FD_CLOEXEC) = 0"},
    {"fcntl", {3, F_DUPFD_CLOEXEC, 100}, 100, {{0}}, {{0}},
     "fcntl(3, F_DUPFD_CLOEXEC, 100) = 100"},
    {"fcntl", {3, 99, 5}, -EINVAL, {{0}}, {{0}},
     "fcntl(3, 0x63 /* F_??? */, 0x5) = -1 EINVAL"},
    {"ioctl", {3, FIONBIO, A}, 0, {TEXT(A, "\1\0\0\0")}, {{0}},
     "ioctl(3, FIONBIO, [1]) = 0"},
    {"ioctl", {3, FIONREAD, A}, 0, {TEXT(A, "\1\0\0\0")}, {TEXT(A, "\7\0\0\0")},
     "ioctl(3, FIONREAD, [7]) = 0"},
    {"ioctl", {3, FIONREAD, A}, -EBADF, {TEXT(A, "\1\0\0\0")}, {{0}},
     "ioctl(3, FIONREAD, 0x10000) = -1 EBADF"},
    {"ioctl", {3, FIONREAD, BAD}, -EFAULT, {{0}}, {{0}},
     "ioctl(3, FIONREAD, 0x66000) = -1 EFAULT"},
    {"ioctl", {3, FIOCLEX, 7}, 0, {{0}}, {{0}},
     "ioctl(3, FIOCLEX) = 0"},
    {"ioctl", {3, 0x5499, 5}, -ENOTTY, {{0}}, {{0}},
     "ioctl(3, _IOC(_IOC_NONE, 0x54, 0x99, 0), 0x5) = -1 ENOTTY"},
};
/* clang-format on */

const size_t rows_len = ARRAY_LEN(rows);

/* Less is kept than there was, and the length tells so. */
START_TEST(snaplen_cuts)
{
    static const struct decode_opts few = {.snaplen = 2}, none = {.snaplen = 0};
    const struct row *row = NULL;
    struct play play;

    for (size_t i = 0; !row; i++)
        row = strcmp(rows[i].call, "sendto") == 0 ? &rows[i] : NULL;
    play_begin(&play, row);
    play.memory.blocks = row->in;
    decode_enter(play.call, &play.raw, &play.memory.peek, &few, &play.arena, &play.event);
    ck_assert_uint_eq(play.event.args[1].value->bytes.len, 2);
    ck_assert_uint_eq(play.event.args[1].value->bytes.full, 5);
    decode_enter(play.call, &play.raw, &play.memory.peek, &none, &play.arena, &play.event);
    ck_assert_uint_eq(play.event.args[1].value->bytes.len, 0);
    ck_assert_uint_eq(play.event.args[1].value->bytes.full, 5);
    arena_release(&play.arena);
}
END_TEST

/* A path that fills the whole of sun_path has no NUL; what stands behind it is not of the path. */
START_TEST(long_path_ends)
{
    uint8_t un[128] = {AF_UNIX};
    struct arena arena = {0};
    const struct value *value;

    memset(un + 2, 'x', sizeof(un) - 2);
    for (size_t len = 3; len <= sizeof(un); len++) {
        value = value_field(decode_sockaddr(&arena, &opts, un, len), "sun_path");
        ck_assert_uint_eq(value->bytes.len, len - 2 < 108 ? len - 2 : 108);
    }
    ck_assert_int_eq(decode_sockaddr(&arena, &opts, un, 1)->kind, VALUE_BYTES);
    ck_assert_int_eq(decode_sockaddr(&arena, &opts, un, 0)->kind, VALUE_BYTES);
    arena_release(&arena);
}
END_TEST

START_TEST(netlink_address)
{
    struct arena arena = {0};
    const uint8_t bytes[12] = {AF_NETLINK, 0, 0, 0, 0x9c, 1, 0, 0, 0x10};
    const struct value *value = decode_sockaddr(&arena, &opts, bytes, sizeof(bytes));

    ck_assert_str_eq(value->st.type, "sockaddr_nl");
    ck_assert_uint_eq(value_field(value, "nl_pid")->n, 412);
    ck_assert_uint_eq(value_field(value, "nl_groups")->n, 0x10);
    ck_assert_str_eq(decode_sockaddr(&arena, &opts, bytes, 11)->st.type, "sockaddr");
    arena_release(&arena);
}
END_TEST

static void add(Suite *suite)
{
    rows_add(suite);
    suite_add(suite, "snaplen", snaplen_cuts);
    suite_add(suite, "long path", long_path_ends);
    suite_add(suite, "netlink", netlink_address);
}

SUITE_MAIN("decode", add)
