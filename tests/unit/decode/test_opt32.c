/* unit/decode/test_opt32.c: options whose structs are others in a 32-bit program. */
#define ROWS_ABI ABI_32
#include "opt_rows.h"

#include <linux/can/j1939.h>
#include <linux/filter.h>
#include <linux/net_tstamp.h>
#include <linux/vm_sockets.h>

#include <linux/can.h>

/* As i386 lays them out: words of 4 bytes, and nothing aligned to more. */
struct __attribute__((packed)) group_req32 {
    uint32_t interface;
    struct sockaddr_storage group;
};

struct __attribute__((packed)) source_req32 {
    uint32_t interface;
    struct sockaddr_storage group, source;
};

struct __attribute__((packed)) filter32 {
    uint32_t interface;
    struct sockaddr_storage group;
    uint32_t mode, len;
    struct sockaddr_storage list[2];
};

struct __attribute__((packed)) j1939_filter32 {
    uint64_t name, name_mask;
    uint32_t pgn, pgn_mask;
    uint8_t addr, addr_mask, pad[2];
};

struct fprog32 {
    uint16_t len;
    uint32_t filter;
};

#define GROUP                                                                                                \
    {                                                                                                        \
        AF_INET, {0, 7, (char)224, 0, 0, 5}, 0                                                               \
    }
#define SOURCE                                                                                               \
    {                                                                                                        \
        AF_INET, {0, 7, 10, 0, 0, 9}, 0                                                                      \
    }

static const struct sock_filter program[] = {
    BPF_JUMP(BPF_JMP | BPF_K | BPF_JEQ, 0x800, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, 0),
};

#define PROGRAM "[BPF_JUMP(BPF_JMP|BPF_K|BPF_JEQ, 0x800, 0, 0x1), BPF_STMT(BPF_RET|BPF_K, 0)]"

/* clang-format off */
const struct row rows[] = {
    SET(SOL_SOCKET, SO_RCVTIMEO_OLD, 8, "SOL_SOCKET, SO_RCVTIMEO_OLD, {tv_sec=-3, tv_usec=7}, 8", (int32_t[2]){-3, 7}),
    SET(SOL_SOCKET, SO_RCVTIMEO_OLD, 7, "SOL_SOCKET, SO_RCVTIMEO_OLD, \"\\3\\0\\0\\0\\7\\0\\0\", 7", (int32_t[2]){3, 7}),
    SET(SOL_SOCKET, SO_RCVTIMEO_OLD, 9, "SOL_SOCKET, SO_RCVTIMEO_OLD, {tv_sec=3, tv_usec=7}, 9", (int32_t[3]){3, 7, 0}),
    SET_BAD(SOL_SOCKET, SO_RCVTIMEO_OLD, 8, "SOL_SOCKET, SO_RCVTIMEO_OLD, 0x66000, 8"),
    GET(SOL_SOCKET, SO_SNDTIMEO_OLD, 8, "SOL_SOCKET, SO_SNDTIMEO_OLD, {tv_sec=3, tv_usec=7}, [8]", (int32_t[2]){3, 7}),
    GET(SOL_SOCKET, SO_SNDTIMEO_OLD, 6, "SOL_SOCKET, SO_SNDTIMEO_OLD, {tv_sec=3, tv_usec=\"\\x07\\x00\"}, [6]", (int32_t[2]){3, 7}),
    SET(SOL_SOCKET, SO_RCVTIMEO_NEW, 16, "SOL_SOCKET, SO_RCVTIMEO_NEW, {tv_sec=-3, tv_usec=7}, 16", (int64_t[2]){-3, 7}),
    SET(SOL_SOCKET, SO_RCVTIMEO_NEW, 8, "SOL_SOCKET, SO_RCVTIMEO_NEW, \"\\3\\0\\0\\0\\0\\0\\0\\0\", 8", (int64_t[2]){3, 7}),
    SET(SOL_SOCKET, SO_LINGER, 8, "SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, 8", (struct linger){1, 5}),
    SET(SOL_SOCKET, SO_TXTIME, 8, "SOL_SOCKET, SO_TXTIME, {clockid=CLOCK_TAI, flags=0}, 8", (struct sock_txtime){11, 0}),
    {"setsockopt", {3, SOL_SOCKET, SO_ATTACH_FILTER, A, 8}, 0, {OBJ(A, (struct fprog32){2, C}), OBJ(C, program)}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, {len=2, filter=" PROGRAM "}, 8) = 0"},
    {"setsockopt", {3, SOL_SOCKET, SO_ATTACH_FILTER, A, 16}, -EINVAL, {OBJ(A, (struct fprog32[2]){{2, C}, {0, 0}}), OBJ(C, program)}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, 0x10000, 16) = -1 EINVAL"},
    {"setsockopt", {3, SOL_SOCKET, SO_ATTACH_FILTER, A, 7}, -EINVAL, {OBJ(A, (struct fprog32){2, C}), OBJ(C, program)}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, 0x10000, 7) = -1 EINVAL"},
    SET(IPPROTO_IP, MCAST_JOIN_GROUP, 132, "SOL_IP, MCAST_JOIN_GROUP, {gr_interface=if_nametoindex(\"lo\"), gr_group=" IN_TEXT("224.0.0.5") "}, 132", (struct group_req32){1, GROUP}),
    SET(IPPROTO_IPV6, MCAST_LEAVE_GROUP, 131, "SOL_IPV6, MCAST_LEAVE_GROUP, 0x10000, 131", (struct group_req32){1, GROUP}),
    SET(IPPROTO_IP, MCAST_BLOCK_SOURCE, 260, "SOL_IP, MCAST_BLOCK_SOURCE, {gsr_interface=2, gsr_group=" IN_TEXT("224.0.0.5") ", gsr_source=" IN_TEXT("10.0.0.9") "}, 260", (struct source_req32){2, GROUP, SOURCE}),
    SET(IPPROTO_IP, MCAST_MSFILTER, 396, "SOL_IP, MCAST_MSFILTER, {gf_interface=2, gf_group=" IN_TEXT("224.0.0.5") ", gf_fmode=MCAST_INCLUDE, gf_numsrc=2, gf_slist=[" IN_TEXT("10.0.0.9") ", " IN_TEXT("224.0.0.5") "]}, 396", (struct filter32){2, GROUP, MCAST_INCLUDE, 2, {SOURCE, GROUP}}),
    GET(IPPROTO_IP, IP_PKTOPTIONS, 16, "SOL_IP, IP_PKTOPTIONS, [{cmsg_len=16, cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=[64]}], [16]", (int32_t[4]){16, IPPROTO_IP, IP_TTL, 64}),
    SET(SOL_CAN_BASE + CAN_J1939, SO_J1939_FILTER, 28, "SOL_CAN_J1939, SO_J1939_FILTER, [{name=0x1, name_mask=0x2, pgn=0x3, pgn_mask=0x4, addr=0x5, addr_mask=0x6}], 28", (struct j1939_filter32){1, 2, 3, 4, 5, 6, {0}}),
    SET(AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD, 8, "AF_VSOCK, SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD, {tv_sec=2, tv_usec=5}, 8", (int32_t[2]){2, 5}),
    SET(AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, 8, "AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, [262144], 8", (uint64_t){262144}),
};
/* clang-format on */

const size_t rows_len = ARRAY_LEN(rows);

ROWS_MAIN("opt32")
