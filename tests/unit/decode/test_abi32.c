/* unit/decode/test_abi32.c: what 32-bit programs have in other places, and calls that only they have. */
#define ROWS_ABI ABI_32

#include "rows.h"

#include <fcntl.h>
#include <sys/socket.h>

#define WORD(n) (char)(n), (char)((n) >> 8), (char)((n) >> 16), (char)((n) >> 24)

/* msg_name, msg_namelen, msg_iov, msg_iovlen, msg_control, msg_controllen, msg_flags; and msg_len */
static const char msg[] = {WORD(0), WORD(0), WORD(B), WORD(1), WORD(0), WORD(0), WORD(0)};
static const char rights_msg[] = {WORD(0), WORD(0), WORD(B), WORD(1), WORD(D), WORD(16), WORD(0)};
static const char mmsgs[] = {WORD(0), WORD(0), WORD(B), WORD(1), WORD(0), WORD(0), WORD(0), WORD(5),
                             WORD(0), WORD(0), WORD(B), WORD(1), WORD(0), WORD(0), WORD(0), WORD(0)};
static const char iov[] = {WORD(C), WORD(5)};
static const char rights[] = {WORD(16), WORD(SOL_SOCKET), WORD(SCM_RIGHTS), WORD(7)};
static const char time32[] = {WORD(3), WORD(9)};
static const char time64[] = {WORD(3), WORD(0), WORD(9), WORD(0)};
static const char set_pair[] = {WORD(C), WORD(8)};

#define IOV_1 "msg_iov=[{iov_base=\"ping\\n\", iov_len=5}], msg_iovlen=1"

/* sockaddr_nfc_llcp, whose last member is a size_t */
static const char nfc_llcp[88] = {AF_NFC, 0, 0, 0, WORD(1), WORD(2), WORD(1), 4, 5, 'a', 'b', [84] = 2};

/* clang-format off */
const struct row rows[] = {
    {"bind", {3, A, 88}, 0, {OBJ(A, nfc_llcp)}, {{0}},
     "bind(3, {sa_family=AF_NFC, dev_idx=1, target_idx=0x2, nfc_protocol=NFC_PROTO_JEWEL, "
     "dsap=0x4 /* LLCP_SAP_SNEP */, ssap=0x5, service_name=\"ab\", service_name_len=2}, 88) = 0"},
    {"sendmsg", {3, A, 0}, 5, {OBJ(A, msg), OBJ(B, iov), TEXT(C, "ping\n")}, {{0}},
     "sendmsg(3, {msg_name=NULL, msg_namelen=0, " IOV_1 ", msg_controllen=0, msg_flags=0}, 0) = 5"},
    {"sendmsg", {3, A, 0}, 5, {OBJ(A, rights_msg), OBJ(B, iov), TEXT(C, "ping\n"), OBJ(D, rights)}, {{0}},
     "sendmsg(3, {msg_name=NULL, msg_namelen=0, " IOV_1 ", msg_control=[{cmsg_len=16, cmsg_level=SOL_SOCKET, "
     "cmsg_type=SCM_RIGHTS, cmsg_data=[7]}], msg_controllen=16, msg_flags=0}, 0) = 5"},
    {"sendmmsg", {3, A, 2, 0}, 1, {OBJ(A, mmsgs), OBJ(B, iov), TEXT(C, "ping\n")}, {{0}},
     "sendmmsg(3, [{msg_hdr={msg_name=NULL, msg_namelen=0, " IOV_1 ", msg_controllen=0, msg_flags=0}, msg_len=5}, "
     "{msg_hdr={msg_name=NULL, msg_namelen=0, " IOV_1 ", msg_controllen=0, msg_flags=0}}], 2, 0) = 1"},
    {"writev", {3, B, 1}, 5, {OBJ(B, iov), TEXT(C, "ping\n")}, {{0}},
     "writev(3, [{iov_base=\"ping\\n\", iov_len=5}], 1) = 5"},
    {"send", {3, C, 5, MSG_NOSIGNAL}, 5, {TEXT(C, "ping\n")}, {{0}},
     "send(3, \"ping\\n\", 5, MSG_NOSIGNAL) = 5"},
    {"send", {3, C, UINT32_MAX, 0}, -EFAULT, {{0}}, {{0}},
     "send(3, 0x30000, 4294967295, 0) = -1 EFAULT"},
    {"recv", {3, C, 9, 0}, 5, {{0}}, {TEXT(C, "ping\n")},
     "recv(3, \"ping\\n\", 9, 0) = 5"},
    {"_newselect", {5, A, 0, 0, B}, 1, {TEXT(A, "\x18\0\0\0"), OBJ(B, time32)}, {TEXT(A, "\x08\0\0\0"), OBJ(B, time32)},
     "_newselect(5, [3 4], NULL, NULL, {tv_sec=3, tv_usec=9}) = 1 (in [3]) (left {tv_sec=3, tv_usec=9})"},
    {"pselect6", {0, 0, 0, 0, B, A}, 0, {OBJ(A, set_pair), OBJ(B, time32), TEXT(C, "\2\0\0\0\0\0\0\0")}, {{0}},
     "pselect6(0, NULL, NULL, NULL, {tv_sec=3, tv_nsec=9}, {sigmask=[INT], sigsetsize=8}) = 0"},
    {"pselect6_time64", {0, 0, 0, 0, B, 0}, 0, {OBJ(B, time64)}, {{0}},
     "pselect6_time64(0, NULL, NULL, NULL, {tv_sec=3, tv_nsec=9}, NULL) = 0"},
    {"ppoll_time64", {0, 0, B, 0, 8}, 0, {OBJ(B, time64)}, {{0}},
     "ppoll_time64(NULL, 0, {tv_sec=3, tv_nsec=9}, NULL, 8) = 0"},
    {"ppoll", {0, 0, B, 0, 8}, 0, {OBJ(B, time32)}, {{0}},
     "ppoll(NULL, 0, {tv_sec=3, tv_nsec=9}, NULL, 8) = 0"},
    {"epoll_pwait2", {3, A, 4, B, 0, 8}, 0, {OBJ(B, time64)}, {{0}},
     "epoll_pwait2(3, [], 4, {tv_sec=3, tv_nsec=9}, NULL, 8) = 0"},
    {"recvmmsg_time64", {3, A, 1, 0, B}, -EAGAIN, {OBJ(A, mmsgs), OBJ(B, time64)}, {{0}},
     "recvmmsg_time64(3, 0x10000, 1, 0, {tv_sec=3, tv_nsec=9}) = -1 EAGAIN"},
    {"sendfile", {3, 4, A, 9}, 9, {TEXT(A, "\1\0\0\0")}, {TEXT(A, "\xa\0\0\0")},
     "sendfile(3, 4, [1] => [10], 9) = 9"},
    {"sendfile64", {3, 4, A, 9}, 9, {TEXT(A, "\1\0\0\0\1\0\0\0")}, {TEXT(A, "\xa\0\0\0\1\0\0\0")},
     "sendfile64(3, 4, [4294967297] => [4294967306], 9) = 9"},
    {"setsockopt", {3, SOL_SOCKET, SO_RCVTIMEO, A, 8}, 0, {OBJ(A, time32)}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_RCVTIMEO_OLD, {tv_sec=3, tv_usec=9}, 8) = 0"},
    {"fcntl64", {3, F_SETFL, O_RDWR | O_NONBLOCK}, 0, {{0}}, {{0}},
     "fcntl64(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0"},
    {"socketcall", {1, 0}, -EFAULT, {{0}}, {{0}},
     "socketcall(SYS_SOCKET, NULL) = -1 EFAULT"},
    {"socketcall", {33, A}, -EINVAL, {{0}}, {{0}},
     "socketcall(33, 0x10000) = -1 EINVAL"},
};
/* clang-format on */

const size_t rows_len = ARRAY_LEN(rows);

ROWS_MAIN("abi32")
