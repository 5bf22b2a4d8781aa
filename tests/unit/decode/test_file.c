/* unit/decode/test_file.c: calls on any descriptor: splice, positions, fcntl and ioctl. */
#include "rows.h"

#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/route.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <time.h>

#define LO      .ifr_name = "lo"
#define LO_LINE "{ifr_name=\"lo\""
#define IN_127                                                                                               \
    {                                                                                                        \
        AF_INET, "\0\0\x7f\0\0\1"                                                                            \
    }
#define LINE_127 "{sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr(\"127.0.0.1\")}"
#define NO_ADDR  "{sa_family=AF_UNSPEC, sa_data=\"\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}"
#define LOCK     "l_type=F_WRLCK, l_whence=SEEK_CUR, l_start=-1, l_len=2"

static const int64_t position = -3;
static const struct iovec one[1] = {{PTR(B), 4}}, two[2] = {{PTR(B), 2}, {PTR(B + 2), 9}};
static const struct flock lock = {.l_type = F_WRLCK,
                                  .l_whence = SEEK_CUR,
                                  .l_start = -1,
                                  .l_len = 2,
                                  .l_pid = 9},
                          free_lock = {.l_type = F_UNLCK, .l_pid = 7},
                          strange = {.l_type = -1, .l_whence = 7};
static const struct f_owner_ex group = {F_OWNER_PGRP, 12};
static const uint64_t hint = RWH_WRITE_LIFE_LONG, no_hint = 0x100000000;
static const uint32_t uids[2] = {1000, 0};
static const int32_t minus = -1, five = 5;
static const struct timeval stamp = {7, 5};
static const struct timespec nanostamp = {7, 5};

static const struct ifreq lo = {LO}, up = {LO, .ifr_flags = IFF_UP | IFF_RUNNING}, odd = {LO, .ifr_flags = 0},
                          lo_addr = {LO, .ifr_addr = IN_127}, lo_mtu = {LO, .ifr_mtu = -3},
                          lo_index = {LO, .ifr_ifindex = 1}, lo_slave = {LO, .ifr_slave = "eth1"},
                          lo_name = {LO, .ifr_newname = "sixteen letters!"},
                          lo_map = {LO, .ifr_map = {1, 0x20, 300, 20, 30, 40}},
                          lo_ether = {LO, .ifr_hwaddr = {ARPHRD_ETHER, "\1\2\3\4\5\6\7"}},
                          lo_tunnel = {LO, .ifr_hwaddr = {ARPHRD_IPGRE, "\1\2\3\4\5"}},
                          lo_band = {LO, .ifr_hwaddr = {ARPHRD_INFINIBAND, "\1\2\3\4\5"}},
                          sixteen = {.ifr_name = "sixteen letters!"}, port_1 = {.ifr_ifindex = 1},
                          number_1 = {.ifr_ifindex = 1}, named_1 = {LO, .ifr_ifindex = 1};
static const struct ifreq two_addrs[2] = {{LO, .ifr_addr = IN_127}, {.ifr_name = "e", .ifr_addr = IN_127}};
static const struct ifconf room = {.ifc_len = 100, .ifc_buf = PTR(B)},
                           full = {.ifc_len = 80, .ifc_buf = PTR(B)},
                           none = {.ifc_len = 0, .ifc_buf = PTR(B)}, asked = {.ifc_len = 5},
                           told = {.ifc_len = 40}, negative = {.ifc_len = -16, .ifc_buf = PTR(BAD)},
                           wild = {.ifc_len = 80, .ifc_buf = PTR(BAD)};
static const struct arpreq neighbour = {.arp_pa = IN_127,
                                        .arp_ha = {ARPHRD_ETHER, "\1\2\3\4\5\6"},
                                        .arp_flags = ATF_COM | ATF_PERM,
                                        .arp_dev = "eth0"};
static const struct rtentry route = {.rt_dst = IN_127,
                                     .rt_flags = RTF_UP | RTF_HOST,
                                     .rt_metric = 2,
                                     .rt_dev = PTR(C),
                                     .rt_mtu = 1500,
                                     .rt_window = 3,
                                     .rt_irtt = 4};

/* clang-format off */
const struct row rows[] = {
    /* Bytes from one descriptor to another. */
    {"splice", {3, 0, 5, A, 65536, SPLICE_F_MOVE | SPLICE_F_MORE}, 7, {OBJ(A, position)}, {{0}},
     "splice(3, NULL, 5, [-3], 65536, SPLICE_F_MOVE|SPLICE_F_MORE) = 7"},
    {"splice", {3, BAD, UINT32_MAX, 0, 1, 0x30}, -EBADF, {{0}}, {{0}},
     "splice(3, 0x66000, -1, NULL, 1, 0x30 /* SPLICE_F_??? */) = -1 EBADF"},
    {"tee", {3, 5, UINT64_MAX, 0}, -EINVAL, {{0}}, {{0}},
     "tee(3, 5, 18446744073709551615, 0) = -1 EINVAL"},
    {"vmsplice", {3, A, 2, SPLICE_F_GIFT}, -EBADF, {OBJ(A, two), TEXT(B, "pingping!!!")}, {{0}},
     "vmsplice(3, [{iov_base=\"pi\", iov_len=2}, {iov_base=\"ngping!!!\", iov_len=9}], 2, SPLICE_F_GIFT) = -1 EBADF"},
    {"sendfile", {3, 4, A, 9}, -EINVAL, {OBJ(A, position)}, {{0}},
     "sendfile(3, 4, [18446744073709551613], 9) = -1 EINVAL"},
    {"pidfd_getfd", {3, UINT32_MAX, 0}, 7, {{0}}, {{0}},
     "pidfd_getfd(3, -1, 0) = 7"},
    {"pidfd_getfd", {UINT32_MAX, 4, 5}, -EBADF, {{0}}, {{0}},
     "pidfd_getfd(-1, 4, 0x5) = -1 EBADF"},

    /* Positions. */
    {"pread64", {3, B, 4, UINT64_MAX}, 4, {{0}}, {TEXT(B, "ping")},
     "pread64(3, \"ping\", 4, -1) = 4"},
    {"pread64", {3, B, 4, 7}, -ESPIPE, {{0}}, {TEXT(B, "ping")},
     "pread64(3, 0x20000, 4, 7) = -1 ESPIPE"},
    {"pwrite64", {3, B, 4, 1ULL << 40}, -ESPIPE, {TEXT(B, "ping")}, {{0}},
     "pwrite64(3, \"ping\", 4, 1099511627776) = -1 ESPIPE"},
    {"preadv", {3, A, 1, 5, 7}, -ESPIPE, {OBJ(A, one), TEXT(B, "ping")}, {{0}},
     "preadv(3, [{iov_base=0x20000, iov_len=4}], 1, 5) = -1 ESPIPE"},
    {"pwritev", {3, A, 1, 5, 7}, -ESPIPE, {OBJ(A, one), TEXT(B, "ping")}, {{0}},
     "pwritev(3, [{iov_base=\"ping\", iov_len=4}], 1, 5) = -1 ESPIPE"},
    {"preadv2", {3, A, 1, UINT64_MAX, UINT64_MAX, RWF_NOWAIT}, 4, {OBJ(A, one), TEXT(B, "ping")}, {{0}},
     "preadv2(3, [{iov_base=\"ping\", iov_len=4}], 1, -1, RWF_NOWAIT) = 4"},
    {"pwritev2", {3, BAD, 1, UINT64_MAX, 0, 0x1000}, -EFAULT, {{0}}, {{0}},
     "pwritev2(3, 0x66000, 1, -1, 0x1000 /* RWF_??? */) = -1 EFAULT"},

    /* fcntl: numbers, flags, constants, results. */
    {"fcntl", {3, F_DUPFD, UINT64_MAX}, -EINVAL, {{0}}, {{0}}, "fcntl(3, F_DUPFD, -1) = -1 EINVAL"},
    {"fcntl", {3, F_DUPFD_CLOEXEC, 5}, 7, {{0}}, {{0}}, "fcntl(3, F_DUPFD_CLOEXEC, 5) = 7"},
    {"fcntl", {3, 1027, 5}, 1, {{0}}, {{0}}, "fcntl(3, F_DUPFD_QUERY, 5) = 1"},
    {"fcntl", {3, 1028, 5}, 0, {{0}}, {{0}}, "fcntl(3, F_CREATED_QUERY) = 0"},
    {"fcntl", {3, F_GETFD, 5}, FD_CLOEXEC, {{0}}, {{0}}, "fcntl(3, F_GETFD) = FD_CLOEXEC"},
    {"fcntl", {3, F_SETFD, 5}, 0, {{0}}, {{0}}, "fcntl(3, F_SETFD, FD_CLOEXEC|0x4) = 0"},
    {"fcntl", {3, F_GETFL, 5}, O_RDWR, {{0}}, {{0}}, "fcntl(3, F_GETFL) = O_RDWR"},
    {"fcntl", {3, F_SETFL, O_NONBLOCK | 1ULL << 40}, 0, {{0}}, {{0}}, "fcntl(3, F_SETFL, O_RDONLY|O_NONBLOCK) = 0"},
    {"fcntl", {3, F_SETOWN, (uint32_t)-5}, 0, {{0}}, {{0}}, "fcntl(3, F_SETOWN, -5) = 0"},
    {"fcntl", {3, F_GETOWN, 5}, 412, {{0}}, {{0}}, "fcntl(3, F_GETOWN) = 412"},
    {"fcntl", {3, F_SETSIG, 29}, 0, {{0}}, {{0}}, "fcntl(3, F_SETSIG, SIGIO) = 0"},
    {"fcntl", {3, F_SETSIG, 0}, 0, {{0}}, {{0}}, "fcntl(3, F_SETSIG, 0) = 0"},
    {"fcntl", {3, F_SETSIG, UINT64_MAX}, -EINVAL, {{0}}, {{0}}, "fcntl(3, F_SETSIG, -1) = -1 EINVAL"},
    {"fcntl", {3, F_GETSIG, 5}, 34, {{0}}, {{0}}, "fcntl(3, F_GETSIG) = SIGRT_2"},
    {"fcntl", {3, F_GETSIG, 5}, 0, {{0}}, {{0}}, "fcntl(3, F_GETSIG) = 0"},
    {"fcntl", {3, F_SETLEASE, F_RDLCK}, -EINVAL, {{0}}, {{0}}, "fcntl(3, F_SETLEASE, F_RDLCK) = -1 EINVAL"},
    {"fcntl", {3, F_GETLEASE, 5}, F_UNLCK, {{0}}, {{0}}, "fcntl(3, F_GETLEASE) = F_UNLCK"},
    {"fcntl", {3, F_NOTIFY, DN_ACCESS | 1ULL << 32}, -ENOTDIR, {{0}}, {{0}},
     "fcntl(3, F_NOTIFY, DN_ACCESS|0x100000000) = -1 ENOTDIR"},
    {"fcntl", {3, F_SETPIPE_SZ, UINT64_MAX}, -EBADF, {{0}}, {{0}}, "fcntl(3, F_SETPIPE_SZ, -1) = -1 EBADF"},
    {"fcntl", {3, F_GETPIPE_SZ, 5}, 4096, {{0}}, {{0}}, "fcntl(3, F_GETPIPE_SZ) = 4096"},
    {"fcntl", {3, F_ADD_SEALS, F_SEAL_GROW}, 0, {{0}}, {{0}}, "fcntl(3, F_ADD_SEALS, F_SEAL_GROW) = 0"},
    {"fcntl", {3, F_GET_SEALS, 5}, F_SEAL_SEAL, {{0}}, {{0}}, "fcntl(3, F_GET_SEALS) = F_SEAL_SEAL"},
    {"fcntl", {3, 1029, 5}, -EINVAL, {{0}}, {{0}}, "fcntl(3, F_CANCELLK, 0x5) = -1 EINVAL"},
    {"fcntl", {3, UINT32_MAX, 0}, -EINVAL, {{0}}, {{0}}, "fcntl(3, 0xffffffff /* F_??? */, 0) = -1 EINVAL"},

    /* fcntl: memory. */
    {"fcntl", {3, 6, A}, 0, {OBJ(A, lock)}, {{0}}, "fcntl(3, F_SETLK, {" LOCK "}) = 0"},
    {"fcntl", {3, 7, A}, -EINVAL, {OBJ(A, strange)}, {{0}},
     "fcntl(3, F_SETLKW, {l_type=0xffff /* F_??? */, l_whence=0x7 /* SEEK_??? */, l_start=0, l_len=0}) = -1 EINVAL"},
    {"fcntl", {3, 5, A}, 0, {OBJ(A, lock)}, {OBJ(A, free_lock)},
     "fcntl(3, F_GETLK, {l_type=F_UNLCK, l_whence=SEEK_SET, l_start=0, l_len=0, l_pid=7}) = 0"},
    {"fcntl", {3, 5, A}, -EINVAL, {OBJ(A, lock)}, {{0}}, "fcntl(3, F_GETLK, 0x10000) = -1 EINVAL"},
    {"fcntl", {3, 6, 0}, -EFAULT, {{0}}, {{0}}, "fcntl(3, F_SETLK, NULL) = -1 EFAULT"},
    {"fcntl", {3, 6, A}, -EFAULT, {TEXT(A, "\1\0\0\0\0\0\0\0")}, {{0}}, "fcntl(3, F_SETLK, 0x10000) = -1 EFAULT"},
    {"fcntl", {3, 13, A}, -EINVAL, {OBJ(A, lock)}, {{0}}, "fcntl(3, F_SETLK64, 0x10000) = -1 EINVAL"},
    {"fcntl", {3, F_OFD_SETLK, A}, 0, {OBJ(A, lock)}, {{0}}, "fcntl(3, F_OFD_SETLK, {" LOCK "}) = 0"},
    {"fcntl", {3, F_OFD_GETLK, A}, 0, {OBJ(A, lock)}, {{0}}, "fcntl(3, F_OFD_GETLK, {" LOCK ", l_pid=9}) = 0"},
    {"fcntl", {3, F_SETOWN_EX, A}, 0, {OBJ(A, group)}, {{0}},
     "fcntl(3, F_SETOWN_EX, {type=F_OWNER_PGRP, pid=12}) = 0"},
    {"fcntl", {3, F_GETOWN_EX, A}, 0, {{0}}, {OBJ(A, group)},
     "fcntl(3, F_GETOWN_EX, {type=F_OWNER_PGRP, pid=12}) = 0"},
    {"fcntl", {3, F_GETOWN_EX, A}, -EFAULT, {{0}}, {{0}}, "fcntl(3, F_GETOWN_EX, 0x10000) = -1 EFAULT"},
    {"fcntl", {3, 17, A}, 0, {{0}}, {OBJ(A, uids)}, "fcntl(3, F_GETOWNER_UIDS, [1000, 0]) = 0"},
    {"fcntl", {3, F_GET_RW_HINT, A}, 0, {{0}}, {OBJ(A, hint)}, "fcntl(3, F_GET_RW_HINT, [RWH_WRITE_LIFE_LONG]) = 0"},
    {"fcntl", {3, F_SET_FILE_RW_HINT, A}, -EINVAL, {OBJ(A, no_hint)}, {{0}},
     "fcntl(3, F_SET_FILE_RW_HINT, [0x100000000 /* RWH_??? */]) = -1 EINVAL"},
    {"fcntl", {3, F_SET_RW_HINT, BAD}, -EFAULT, {{0}}, {{0}}, "fcntl(3, F_SET_RW_HINT, 0x66000) = -1 EFAULT"},

    /* ioctl: numbers. */
    {"ioctl", {3, FIONBIO, A}, 0, {OBJ(A, five)}, {{0}}, "ioctl(3, FIONBIO, [5]) = 0"},
    {"ioctl", {3, FIONREAD, A}, 0, {OBJ(A, five)}, {OBJ(A, minus)}, "ioctl(3, FIONREAD, [-1]) = 0"},
    {"ioctl", {3, SIOCOUTQNSD, A}, 0, {{0}}, {OBJ(A, five)}, "ioctl(3, SIOCOUTQNSD, [5]) = 0"},
    {"ioctl", {3, SIOCATMARK, A}, -ENOTTY, {OBJ(A, five)}, {{0}}, "ioctl(3, SIOCATMARK, 0x10000) = -1 ENOTTY"},
    {"ioctl", {3, SIOCATMARK, BAD}, 0, {{0}}, {{0}}, "ioctl(3, SIOCATMARK, 0x66000) = 0"},
    {"ioctl", {3, FIOCLEX, A}, 0, {{0}}, {{0}}, "ioctl(3, FIOCLEX) = 0"},
    {"ioctl", {3, TCSBRK, 1ULL << 32 | 5}, -ENOTTY, {{0}}, {{0}}, "ioctl(3, TCSBRK, 5) = -1 ENOTTY"},
    {"ioctl", {3, TCGETS, A}, -ENOTTY, {{0}}, {{0}}, "ioctl(3, TCGETS, 0x10000) = -1 ENOTTY"},
    {"ioctl", {3, TCSETS, 0}, -ENOTTY, {{0}}, {{0}}, "ioctl(3, SNDCTL_TMR_START or TCSETS, NULL) = -1 ENOTTY"},
    {"ioctl", {3, 0x8b01, 0}, -ENODEV, {{0}}, {{0}}, "ioctl(3, SIOCGIWNAME, 0) = -1 ENODEV"},
    {"ioctl", {3, 0x8b00, A}, -ENODEV, {{0}}, {{0}}, "ioctl(3, SIOCIWFIRST or SIOCSIWCOMMIT, 0x10000) = -1 ENODEV"},
    {"ioctl", {3, 0x400448c9, 5}, -ENODEV, {{0}}, {{0}}, "ioctl(3, HCIDEVUP, 0x5) = -1 ENODEV"},
    {"ioctl", {3, SIOCPROTOPRIVATE, 0}, -EFAULT, {{0}}, {{0}}, "ioctl(3, SIOCPROTOPRIVATE, 0) = -1 EFAULT"},
    {"ioctl", {3, 0x89e1, 5}, -ENOTTY, {{0}}, {{0}}, "ioctl(3, _IOC(_IOC_NONE, 0x89, 0xe1, 0), 0x5) = -1 ENOTTY"},
    {"ioctl", {3, UINT64_MAX, 0}, -ENOTTY, {{0}}, {{0}},
     "ioctl(3, _IOC(_IOC_READ|_IOC_WRITE, 0xff, 0xff, 0x3fff), 0) = -1 ENOTTY"},
    {"ioctl", {3, SIOCETHTOOL, A}, -EFAULT, {{0}}, {{0}}, "ioctl(3, SIOCETHTOOL, 0x10000) = -1 EFAULT"},
    {"ioctl", {3, SIOCGSKNS, 0}, 4, {{0}}, {{0}}, "ioctl(3, SIOCGSKNS, NULL) = 4"},

    /* ioctl: times. */
    {"ioctl", {3, SIOCGSTAMP_OLD, A}, 0, {{0}}, {OBJ(A, stamp)}, "ioctl(3, SIOCGSTAMP_OLD, {tv_sec=7, tv_usec=5}) = 0"},
    {"ioctl", {3, SIOCGSTAMP_NEW, A}, 0, {{0}}, {OBJ(A, stamp)}, "ioctl(3, SIOCGSTAMP_NEW, {tv_sec=7, tv_usec=5}) = 0"},
    {"ioctl", {3, SIOCGSTAMPNS_OLD, A}, 0, {{0}}, {OBJ(A, nanostamp)},
     "ioctl(3, SIOCGSTAMPNS_OLD, {tv_sec=7, tv_nsec=5}) = 0"},
    {"ioctl", {3, SIOCGSTAMPNS_NEW, A}, 0, {{0}}, {OBJ(A, nanostamp)},
     "ioctl(3, SIOCGSTAMPNS_NEW, {tv_sec=7, tv_nsec=5}) = 0"},
    {"ioctl", {3, SIOCGSTAMP_OLD, A}, -ENOENT, {OBJ(A, stamp)}, {{0}}, "ioctl(3, SIOCGSTAMP_OLD, 0x10000) = -1 ENOENT"},

    /* ioctl: interfaces. */
    {"ioctl", {3, SIOCGIFFLAGS, A}, 0, {OBJ(A, lo)}, {OBJ(A, up)},
     "ioctl(3, SIOCGIFFLAGS, " LO_LINE ", ifr_flags=IFF_UP|IFF_RUNNING}) = 0"},
    {"ioctl", {3, SIOCGIFFLAGS, A}, -ENODEV, {OBJ(A, up)}, {{0}}, "ioctl(3, SIOCGIFFLAGS, " LO_LINE "}) = -1 ENODEV"},
    {"ioctl", {3, SIOCGIFFLAGS, A}, -ENODEV, {OBJ(A, sixteen)}, {{0}},
     "ioctl(3, SIOCGIFFLAGS, {ifr_name=\"sixteen letters\"...}) = -1 ENODEV"},
    {"ioctl", {3, SIOCGIFFLAGS, A}, -EFAULT, {TEXT(A, "lo\0\0")}, {{0}}, "ioctl(3, SIOCGIFFLAGS, 0x10000) = -1 EFAULT"},
    {"ioctl", {3, SIOCSIFFLAGS, A}, -EPERM, {OBJ(A, odd)}, {{0}},
     "ioctl(3, SIOCSIFFLAGS, " LO_LINE ", ifr_flags=0}) = -1 EPERM"},
    {"ioctl", {3, SIOCGIFADDR, A}, 0, {OBJ(A, lo)}, {OBJ(A, lo_addr)},
     "ioctl(3, SIOCGIFADDR, " LO_LINE ", ifr_addr=" LINE_127 "}) = 0"},
    {"ioctl", {3, SIOCSIFBRDADDR, A}, -EPERM, {OBJ(A, lo_addr)}, {{0}},
     "ioctl(3, SIOCSIFBRDADDR, " LO_LINE ", ifr_broadaddr=" LINE_127 "}) = -1 EPERM"},
    {"ioctl", {3, SIOCSIFDSTADDR, A}, -EPERM, {OBJ(A, lo)}, {{0}},
     "ioctl(3, SIOCSIFDSTADDR, " LO_LINE ", ifr_dstaddr=" NO_ADDR "}) = -1 EPERM"},
    {"ioctl", {3, SIOCGIFNETMASK, A}, 0, {OBJ(A, lo)}, {OBJ(A, lo_addr)},
     "ioctl(3, SIOCGIFNETMASK, " LO_LINE ", ifr_netmask=" LINE_127 "}) = 0"},
    {"ioctl", {3, SIOCSIFMTU, A}, -EPERM, {OBJ(A, lo_mtu)}, {{0}}, "ioctl(3, SIOCSIFMTU, " LO_LINE ", ifr_mtu=-3}) = -1 EPERM"},
    {"ioctl", {3, SIOCGIFMETRIC, A}, 0, {OBJ(A, lo)}, {OBJ(A, lo_mtu)},
     "ioctl(3, SIOCGIFMETRIC, " LO_LINE ", ifr_metric=-3}) = 0"},
    {"ioctl", {3, SIOCGIFTXQLEN, A}, 0, {OBJ(A, lo)}, {OBJ(A, lo_mtu)}, "ioctl(3, SIOCGIFTXQLEN, " LO_LINE ", ifr_qlen=-3}) = 0"},
    {"ioctl", {3, SIOCGIFINDEX, A}, 0, {OBJ(A, lo)}, {OBJ(A, lo_index)}, "ioctl(3, SIOCGIFINDEX, " LO_LINE ", ifr_ifindex=1}) = 0"},
    {"ioctl", {3, SIOCGIFNAME, A}, 0, {OBJ(A, number_1)}, {OBJ(A, named_1)},
     "ioctl(3, SIOCGIFNAME, {ifr_ifindex=1, ifr_name=\"lo\"}) = 0"},
    {"ioctl", {3, SIOCGIFNAME, A}, -ENODEV, {OBJ(A, lo_mtu)}, {{0}}, "ioctl(3, SIOCGIFNAME, {ifr_ifindex=-3}) = -1 ENODEV"},
    {"ioctl", {3, SIOCSIFSLAVE, A}, -EPERM, {OBJ(A, lo_slave)}, {{0}},
     "ioctl(3, SIOCSIFSLAVE, " LO_LINE ", ifr_slave=\"eth1\"}) = -1 EPERM"},
    {"ioctl", {3, SIOCSIFNAME, A}, -EPERM, {OBJ(A, lo_name)}, {{0}},
     "ioctl(3, SIOCSIFNAME, " LO_LINE ", ifr_newname=\"sixteen letters\"...}) = -1 EPERM"},
    {"ioctl", {3, SIOCGIFMAP, A}, 0, {OBJ(A, lo)}, {OBJ(A, lo_map)},
     "ioctl(3, SIOCGIFMAP, " LO_LINE
     ", ifr_map={mem_start=0x1, mem_end=0x20, base_addr=0x12c, irq=0x14, dma=0x1e, port=0x28}}) = 0"},
    {"ioctl", {3, SIOCGIFHWADDR, A}, 0, {OBJ(A, lo)}, {OBJ(A, lo_ether)},
     "ioctl(3, SIOCGIFHWADDR, " LO_LINE ", ifr_hwaddr={sa_family=ARPHRD_ETHER, sa_data=01:02:03:04:05:06}}) = 0"},
    {"ioctl", {3, SIOCSIFHWADDR, A}, -EPERM, {OBJ(A, lo_tunnel)}, {{0}},
     "ioctl(3, SIOCSIFHWADDR, " LO_LINE ", ifr_hwaddr={sa_family=ARPHRD_IPGRE, sa_data=01:02:03:04}}) = -1 EPERM"},
    {"ioctl", {3, SIOCDELMULTI, A}, -EPERM, {OBJ(A, lo_band)}, {{0}},
     "ioctl(3, SIOCDELMULTI, " LO_LINE ", ifr_hwaddr={sa_family=ARPHRD_INFINIBAND, "
     "sa_data=01:02:03:04:05:00:00:00:00:00:00:00:00:00}}) = -1 EPERM"},
    {"ioctl", {3, SIOCBRADDIF, A}, -EPERM, {OBJ(A, port_1)}, {{0}},
     "ioctl(3, SIOCBRADDIF, {ifr_ifindex=if_nametoindex(\"lo\")}) = -1 EPERM"},
    {"ioctl", {3, SIOCBRADDBR, A}, -EPERM, {TEXT(A, "br0\0rest of the memory")}, {{0}},
     "ioctl(3, SIOCBRADDBR, \"br0\") = -1 EPERM"},
    {"ioctl", {3, SIOCBRDELBR, A}, -EPERM, {TEXT(A, "sixteen letters! and more")}, {{0}},
     "ioctl(3, SIOCBRDELBR, \"sixteen letters!\"...) = -1 EPERM"},
    {"ioctl", {3, SIOCBRDELBR, PAGE_END - 4}, -EPERM, {TEXT(PAGE_END - 4, "br0\0")}, {{0}},
     "ioctl(3, SIOCBRDELBR, \"br0\") = -1 EPERM"},
    {"ioctl", {3, SIOCBRDELBR, PAGE_END - 3}, -EFAULT, {TEXT(PAGE_END - 3, "br0")}, {{0}},
     "ioctl(3, SIOCBRDELBR, 0x50ffd) = -1 EFAULT"},

    /* ioctl: all interfaces. */
    {"ioctl", {3, SIOCGIFCONF, A}, 0, {OBJ(A, room)}, {OBJ(A, full), OBJ(B, two_addrs)},
     "ioctl(3, SIOCGIFCONF, {ifc_len=100 => 80 /* 2 * sizeof(struct ifreq) */, ifc_buf=[" LO_LINE ", ifr_addr=" LINE_127
     "}, {ifr_name=\"e\", ifr_addr=" LINE_127 "}]}) = 0"},
    {"ioctl", {3, SIOCGIFCONF, A}, 0, {OBJ(A, full)}, {OBJ(A, full), OBJ(B, lo_addr)},
     "ioctl(3, SIOCGIFCONF, {ifc_len=80 /* 2 * sizeof(struct ifreq) */, ifc_buf=0x20000}) = 0"},
    {"ioctl", {3, SIOCGIFCONF, A}, 0, {OBJ(A, room)}, {OBJ(A, none)},
     "ioctl(3, SIOCGIFCONF, {ifc_len=100 => 0, ifc_buf=[]}) = 0"},
    {"ioctl", {3, SIOCGIFCONF, A}, 0, {OBJ(A, asked)}, {OBJ(A, told)},
     "ioctl(3, SIOCGIFCONF, {ifc_len=40 /* 1 * sizeof(struct ifreq) */, ifc_buf=NULL}) = 0"},
    {"ioctl", {3, SIOCGIFCONF, A}, -EFAULT, {OBJ(A, wild)}, {{0}},
     "ioctl(3, SIOCGIFCONF, {ifc_len=80 /* 2 * sizeof(struct ifreq) */, ifc_buf=0x66000}) = -1 EFAULT"},
    {"ioctl", {3, SIOCGIFCONF, A}, 0, {OBJ(A, negative)}, {OBJ(A, negative)},
     "ioctl(3, SIOCGIFCONF, {ifc_len=-16, ifc_buf=[]}) = 0"},
    {"ioctl", {3, SIOCGIFCONF, BAD}, -EFAULT, {{0}}, {{0}}, "ioctl(3, SIOCGIFCONF, 0x66000) = -1 EFAULT"},

    /* ioctl: neighbours and routes. */
    {"ioctl", {3, SIOCSARP, A}, -EPERM, {OBJ(A, neighbour)}, {{0}},
     "ioctl(3, SIOCSARP, {arp_pa=" LINE_127 ", arp_ha={sa_family=ARPHRD_ETHER, sa_data=01:02:03:04:05:06}, "
     "arp_flags=ATF_COM|ATF_PERM, arp_netmask=" NO_ADDR ", arp_dev=\"eth0\"}) = -1 EPERM"},
    {"ioctl", {3, SIOCGARP, A}, -ENXIO, {OBJ(A, neighbour)}, {{0}},
     "ioctl(3, SIOCGARP, {arp_pa=" LINE_127 "}) = -1 ENXIO"},
    {"ioctl", {3, SIOCADDRT, A}, -EPERM, {OBJ(A, route)}, {{0}},
     "ioctl(3, SIOCADDRT, {rt_dst=" LINE_127 ", rt_gateway=" NO_ADDR ", rt_genmask=" NO_ADDR
     ", rt_flags=RTF_UP|RTF_HOST, rt_metric=2, rt_dev=0x30000, rt_mtu=1500, rt_window=3, rt_irtt=4}) = -1 EPERM"},
    {"ioctl", {3, SIOCDELRT, 0}, -EFAULT, {{0}}, {{0}}, "ioctl(3, SIOCDELRT, NULL) = -1 EFAULT"},

    /* What a failed wait was to wait for is not shown. */
    {"epoll_pwait", {3, A, 4, 0, B, 8}, -EINTR, {TEXT(B, "\2\0\0\0\0\0\0\0")}, {{0}},
     "epoll_pwait(3, 0x10000, 4, 0, 0x20000, 8) = -1 EINTR"},
    {"epoll_pwait2", {3, A, 4, C, B, 8}, 0, {TEXT(B, "\2\0\0\0\0\0\0\0"), OBJ(C, nanostamp)}, {{0}},
     "epoll_pwait2(3, [], 4, {tv_sec=7, tv_nsec=5}, [INT], 8) = 0"},
    {"epoll_pwait2", {3, A, 4, C, 0, 8}, -EINVAL, {OBJ(C, nanostamp)}, {{0}},
     "epoll_pwait2(3, 0x10000, 4, 0x30000, NULL, 8) = -1 EINVAL"},
};
/* clang-format on */

const size_t rows_len = ARRAY_LEN(rows);

ROWS_MAIN("file")
