/* unit/decode/test_file32.c: what fcntl, ioctl and positions are in 32-bit programs. */
#define ROWS_ABI ABI_32

#include "rows.h"

#include <fcntl.h>
#include <linux/route.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define WORD(n)  (char)(n), (char)((n) >> 8), (char)((n) >> 16), (char)((n) >> 24)
#define HALF(n)  (char)(n), (char)((n) >> 8)
#define IN_127   HALF(AF_INET), 0, 0, 127, 0, 0, 1, WORD(0), WORD(0)
#define LO       'l', 'o', 0, 0, WORD(0), WORD(0), WORD(0)
#define LINE_127 "{sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr(\"127.0.0.1\")}"
#define NO_ADDR  "{sa_family=AF_UNSPEC, sa_data=\"\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}"
#define LOCK     "{l_type=F_WRLCK, l_whence=SEEK_CUR, l_start=-1, l_len=2"

/* l_type, l_whence, l_start, l_len, l_pid */
static const char lock[] = {HALF(F_WRLCK), HALF(SEEK_CUR), WORD(-1), WORD(2), WORD(9)};
static const char lock64[] = {HALF(F_WRLCK), HALF(SEEK_CUR), WORD(-1), WORD(-1), WORD(2), WORD(0), WORD(9)};
static const char lo[] = {LO, WORD(0), WORD(0), WORD(0), WORD(0)};
static const char lo_addr[] = {LO, IN_127};
static const char lo_mtu[] = {LO, WORD(1500), WORD(0), WORD(0), WORD(0)};
static const char lo_map[] = {LO, WORD(1), WORD(0x20), HALF(300), 20, 30, 40, 0, 0, 0};
static const char two_addrs[] = {LO, IN_127, LO, IN_127};
static const char room[] = {WORD(70), WORD(B)}, full[] = {WORD(64), WORD(B)}, asked[] = {WORD(32), WORD(0)};
static const char route[] = {WORD(0), IN_127,  WORD(0), WORD(0),      WORD(0), WORD(0), WORD(0),
                             WORD(0), WORD(0), WORD(0), HALF(RTF_UP), HALF(0), WORD(0), WORD(0),
                             HALF(2), HALF(0), WORD(C), WORD(1500),   WORD(3), HALF(4), HALF(0)};
static const char time32[] = {WORD(7), WORD(5)}, time64[] = {WORD(7), WORD(0), WORD(5), WORD(0)};
static const char iov[] = {WORD(B), WORD(4)};

/* clang-format off */
const struct row rows[] = {
    {"pread64", {3, B, 4, UINT32_MAX, UINT32_MAX}, 4, {TEXT(B, "ping")}, {{0}},
     "pread64(3, \"ping\", 4, -1) = 4"},
    {"pwrite64", {3, B, 4, 5, 1}, -ESPIPE, {TEXT(B, "ping")}, {{0}},
     "pwrite64(3, \"ping\", 4, 4294967301) = -1 ESPIPE"},
    {"preadv2", {3, A, 1, UINT32_MAX, UINT32_MAX, 8}, 4, {OBJ(A, iov), TEXT(B, "ping")}, {{0}},
     "preadv2(3, [{iov_base=\"ping\", iov_len=4}], 1, -1, RWF_NOWAIT) = 4"},
    {"splice", {3, A, 4, 0, UINT32_MAX, 0}, 5, {OBJ(A, time64)}, {{0}},
     "splice(3, [7], 4, NULL, 4294967295, 0) = 5"},

    {"fcntl64", {3, 6, A}, 0, {OBJ(A, lock)}, {{0}}, "fcntl64(3, F_SETLK, " LOCK "}) = 0"},
    {"fcntl64", {3, 5, A}, 0, {OBJ(A, lock)}, {{0}}, "fcntl64(3, F_GETLK, " LOCK ", l_pid=9}) = 0"},
    {"fcntl", {3, 7, A}, 0, {OBJ(A, lock)}, {{0}}, "fcntl(3, F_SETLKW, " LOCK "}) = 0"},
    {"fcntl64", {3, 13, A}, 0, {OBJ(A, lock64)}, {{0}}, "fcntl64(3, F_SETLK64, " LOCK "}) = 0"},
    {"fcntl64", {3, 12, A}, 0, {OBJ(A, lock64)}, {{0}}, "fcntl64(3, F_GETLK64, " LOCK ", l_pid=9}) = 0"},
    {"fcntl64", {3, F_OFD_GETLK, A}, 0, {OBJ(A, lock64)}, {{0}}, "fcntl64(3, F_OFD_GETLK, " LOCK ", l_pid=9}) = 0"},
    {"fcntl64", {3, 13, A}, -EFAULT, {OBJ(A, lock)}, {{0}}, "fcntl64(3, F_SETLK64, 0x10000) = -1 EFAULT"},
    {"fcntl64", {3, F_DUPFD, UINT32_MAX}, -EINVAL, {{0}}, {{0}}, "fcntl64(3, F_DUPFD, 4294967295) = -1 EINVAL"},

    {"ioctl", {3, SIOCGIFADDR, A}, 0, {OBJ(A, lo)}, {OBJ(A, lo_addr)},
     "ioctl(3, SIOCGIFADDR, {ifr_name=\"lo\", ifr_addr=" LINE_127 "}) = 0"},
    {"ioctl", {3, SIOCSIFMTU, A}, -EPERM, {OBJ(A, lo_mtu)}, {{0}},
     "ioctl(3, SIOCSIFMTU, {ifr_name=\"lo\", ifr_mtu=1500}) = -1 EPERM"},
    {"ioctl", {3, SIOCSIFMAP, A}, -EPERM, {OBJ(A, lo_map)}, {{0}},
     "ioctl(3, SIOCSIFMAP, {ifr_name=\"lo\", ifr_map={mem_start=0x1, mem_end=0x20, base_addr=0x12c, irq=0x14, "
     "dma=0x1e, port=0x28}}) = -1 EPERM"},
    {"ioctl", {3, SIOCGIFCONF, A}, 0, {OBJ(A, room)}, {OBJ(A, full), OBJ(B, two_addrs)},
     "ioctl(3, SIOCGIFCONF, {ifc_len=70 => 64 /* 2 * sizeof(struct ifreq) */, ifc_buf=[{ifr_name=\"lo\", ifr_addr="
     LINE_127 "}, {ifr_name=\"lo\", ifr_addr=" LINE_127 "}]}) = 0"},
    {"ioctl", {3, SIOCGIFCONF, A}, 0, {OBJ(A, asked)}, {{0}},
     "ioctl(3, SIOCGIFCONF, {ifc_len=32 /* 1 * sizeof(struct ifreq) */, ifc_buf=NULL}) = 0"},
    {"ioctl", {3, SIOCADDRT, A}, -EPERM, {OBJ(A, route)}, {{0}},
     "ioctl(3, SIOCADDRT, {rt_dst=" LINE_127 ", rt_gateway=" NO_ADDR ", rt_genmask=" NO_ADDR
     ", rt_flags=RTF_UP, rt_metric=2, rt_dev=0x30000, rt_mtu=1500, rt_window=3, rt_irtt=4}) = -1 EPERM"},
    {"ioctl", {3, SIOCGSTAMP_OLD, A}, 0, {{0}}, {OBJ(A, time32)}, "ioctl(3, SIOCGSTAMP_OLD, {tv_sec=7, tv_usec=5}) = 0"},
    {"ioctl", {3, SIOCGSTAMPNS_OLD, A}, 0, {{0}}, {OBJ(A, time32)},
     "ioctl(3, SIOCGSTAMPNS_OLD, {tv_sec=7, tv_nsec=5}) = 0"},
    {"ioctl", {3, SIOCGSTAMP_NEW, A}, 0, {{0}}, {OBJ(A, time64)}, "ioctl(3, SIOCGSTAMP_NEW, {tv_sec=7, tv_usec=5}) = 0"},
    {"ioctl", {3, SIOCGSTAMPNS_NEW, A}, 0, {{0}}, {OBJ(A, time64)},
     "ioctl(3, SIOCGSTAMPNS_NEW, {tv_sec=7, tv_nsec=5}) = 0"},
};
/* clang-format on */

const size_t rows_len = ARRAY_LEN(rows);

ROWS_MAIN("file32")
