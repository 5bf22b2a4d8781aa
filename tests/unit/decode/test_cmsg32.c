/* unit/decode/test_cmsg32.c: control messages of 32-bit programs: headers of 12 bytes that are aligned to 4,
 * and times in words of 32 bits. */
#define ROWS_ABI ABI_32

#include "rows.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <linux/rxrpc.h>

#define WORD(n)   (char)(n), (char)((n) >> 8), (char)((n) >> 16), (char)((n) >> 24)
#define WORD64(n) WORD(n), WORD(0)

/* struct msghdr with `len` bytes of control data at B. */
#define MSG(len)                OBJ(A, (const char[]){WORD(0), WORD(0), WORD(0), WORD(0), WORD(B), WORD(len), WORD(0)})
#define CMSG(size, level, type) WORD(12 + (size)), WORD(level), WORD(type)

#define ROW(len, messages, ...)                                                                              \
    {                                                                                                        \
        "sendmsg", {3, A, 0}, 0, {MSG(len), OBJ(B, (const char[]){__VA_ARGS__})}, {{0}},                     \
            "sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, msg_iovlen=0, msg_control=" messages    \
            ", msg_controllen=" #len ", msg_flags=0}, 0) = 0"                                                \
    }

/* clang-format off */
const struct row rows[] = {
    ROW(20, "[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[4, 5]}]",
        CMSG(8, SOL_SOCKET, SCM_RIGHTS), WORD(4), WORD(5)),
    ROW(24, "[{cmsg_len=24, cmsg_level=SOL_SOCKET, cmsg_type=SCM_CREDENTIALS, cmsg_data={pid=7, uid=1, gid=2}}]",
        CMSG(12, SOL_SOCKET, SCM_CREDENTIALS), WORD(7), WORD(1), WORD(2)),
    ROW(20, "[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMP_OLD, cmsg_data={tv_sec=1, tv_usec=2}}]",
        CMSG(8, SOL_SOCKET, SO_TIMESTAMP_OLD), WORD(1), WORD(2)),
    ROW(20, "[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMPNS_OLD, cmsg_data={tv_sec=-1, tv_nsec=2}}]",
        CMSG(8, SOL_SOCKET, SO_TIMESTAMPNS_OLD), WORD(-1), WORD(2)),
    ROW(36, "[{cmsg_len=36, cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMPING_OLD, "
        "cmsg_data=[{tv_sec=1, tv_nsec=2}, {tv_sec=0, tv_nsec=0}, {tv_sec=3, tv_nsec=4}]}]",
        CMSG(24, SOL_SOCKET, SO_TIMESTAMPING_OLD), WORD(1), WORD(2), WORD(0), WORD(0), WORD(3), WORD(4)),
    /* The new ones have 64 bits everywhere. */
    ROW(28, "[{cmsg_len=28, cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMP_NEW, cmsg_data={tv_sec=1, tv_usec=2}}]",
        CMSG(16, SOL_SOCKET, SO_TIMESTAMP_NEW), WORD64(1), WORD64(2)),
    ROW(28, "[{cmsg_len=28, cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMPNS_NEW, cmsg_data={tv_sec=1, tv_nsec=2}}]",
        CMSG(16, SOL_SOCKET, SO_TIMESTAMPNS_NEW), WORD64(1), WORD64(2)),
    ROW(60, "[{cmsg_len=60, cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMPING_NEW, "
        "cmsg_data=[{tv_sec=1, tv_nsec=2}, {tv_sec=0, tv_nsec=0}, {tv_sec=3, tv_nsec=4}]}]",
        CMSG(48, SOL_SOCKET, SO_TIMESTAMPING_NEW), WORD64(1), WORD64(2), WORD64(0), WORD64(0), WORD64(3), WORD64(4)),
    ROW(20, "[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMP_NEW}]",
        CMSG(8, SOL_SOCKET, SO_TIMESTAMP_NEW), WORD(1), WORD(2)),
    ROW(16, "[{cmsg_len=16, cmsg_level=SOL_RXRPC, cmsg_type=RXRPC_USER_CALL_ID, cmsg_data=[0x5]}]",
        CMSG(4, SOL_RXRPC, RXRPC_USER_CALL_ID), WORD(5)),

    /* The next one stands at a multiple of 4. */
    ROW(32, "[{cmsg_len=13, cmsg_level=SOL_IP, cmsg_type=IP_TOS, cmsg_data=[0x10]}, "
        "{cmsg_len=16, cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=[64]}]",
        CMSG(1, SOL_IP, IP_TOS), WORD(16), CMSG(4, SOL_IP, IP_TTL), WORD(64)),
    ROW(24, "[{cmsg_len=16, cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=[64]}, ... /* 0x20010 */]",
        CMSG(4, SOL_IP, IP_TTL), WORD(64), WORD(16), WORD(0)),
    ROW(16, "[{cmsg_len=4294967295, cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=[64]}]",
        WORD(-1), WORD(SOL_IP), WORD(IP_TTL), WORD(64)),
    ROW(16, "[{cmsg_len=11, cmsg_level=SOL_IP, cmsg_type=IP_TTL}, ... /* 0x2000c */]",
        WORD(11), WORD(SOL_IP), WORD(IP_TTL), WORD(64)),
    ROW(11, "0x20000", CMSG(0, SOL_IP, IP_TTL)),

    /* What was received: name and control data have other lengths than the room. */
    {"recvmsg", {3, A, 0}, 5,
     {OBJ(A, (const char[]){WORD(C), WORD(128), WORD(D), WORD(1), WORD(B), WORD(99), WORD(0)}),
      OBJ(D, (const char[]){WORD(C + 32), WORD(9)})},
     {OBJ(A, (const char[]){WORD(C), WORD(2), WORD(D), WORD(1), WORD(B), WORD(16), WORD(MSG_TRUNC)}),
      OBJ(B, (const char[]){CMSG(4, SOL_IP, IP_TTL), WORD(64)}), OBJ(D, (const char[]){WORD(C + 32), WORD(9)}),
      TEXT(C, "\1\0"), TEXT(C + 32, "ping\n")},
     "recvmsg(3, {msg_name={sa_family=AF_UNIX}, msg_namelen=128 => 2, msg_iov=[{iov_base=\"ping\\n\", iov_len=9}], "
     "msg_iovlen=1, msg_control=[{cmsg_len=16, cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=[64]}], "
     "msg_controllen=16, msg_flags=MSG_TRUNC}, 0) = 5"},
    {"recvmmsg", {3, A, 2, 0, 0}, 1,
     {OBJ(A, (const char[]){WORD(0), WORD(0), WORD(D), WORD(1), WORD(0), WORD(0), WORD(0), WORD(0),
                            WORD(0), WORD(0), WORD(D), WORD(1), WORD(0), WORD(0), WORD(0), WORD(0)})},
     {OBJ(A, (const char[]){WORD(0), WORD(0), WORD(D), WORD(1), WORD(0), WORD(0), WORD(0), WORD(3)}),
      OBJ(D, (const char[]){WORD(C), WORD(9)}), TEXT(C, "abc")},
     "recvmmsg(3, [{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"abc\", iov_len=9}], msg_iovlen=1, "
     "msg_controllen=0, msg_flags=0}, msg_len=3}], 2, 0, NULL) = 1"},
};
/* clang-format on */

const size_t rows_len = ARRAY_LEN(rows);

ROWS_MAIN("cmsg32")
