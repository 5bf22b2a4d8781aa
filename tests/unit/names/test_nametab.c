/* unit/names/test_nametab.c: constants and names, both ways; flag sets taken apart as strace prints them. */
#include "../suite.h"
#include "base/alloc.h"
#include "names/nametab.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* Names as `strace 6.1` prints them; found_only: an alias, which only reading knows. */
static const struct {
    const struct nametab *tab;
    uint64_t n;
    const char *name;
    bool found_only;
} rows[] = {
    {&nametab_af, AF_UNIX, "AF_UNIX", false},
    {&nametab_af, AF_UNIX, "AF_LOCAL", true},
    {&nametab_af, 99, NULL, false},
    {&nametab_sol, SOL_SOCKET, "SOL_SOCKET", false},
    {&nametab_sol, 0, "SOL_IP", false},
    {&nametab_sol, 6, "SOL_TCP", false},
    {&nametab_sol, 6, "IPPROTO_TCP", true},
    {&nametab_sol, 41, "SOL_IPV6", false},
    {&nametab_sol, 41, "IPPROTO_IPV6", true},
    {&nametab_ipproto, 6, "IPPROTO_TCP", false},
    {&nametab_netlink, 0, "NETLINK_ROUTE", false},
    {&nametab_so, SO_REUSEADDR, "SO_REUSEADDR", false},
    {&nametab_so, SO_RCVTIMEO, "SO_RCVTIMEO_OLD", false},
    {&nametab_so, SO_RCVTIMEO, "SO_RCVTIMEO", true},
    {&nametab_ip, 2, "IP_TTL", false},
    {&nametab_ipv6, 26, "IPV6_V6ONLY", false},
    {&nametab_tcp, 1, "TCP_NODELAY", false},
    {&nametab_udp, 103, "UDP_SEGMENT", false},
    {&nametab_sol_netlink, 1, "NETLINK_ADD_MEMBERSHIP", false},
    {&nametab_packet, 18, "PACKET_FANOUT", false},
    {&nametab_raw, 1, "ICMP_FILTER", false},
    {&nametab_scm, 1, "SCM_RIGHTS", false},
    {&nametab_shut, 2, "SHUT_RDWR", false},
    {&nametab_errno, EAGAIN, "EAGAIN", false},
    {&nametab_errno, EAGAIN, "EWOULDBLOCK", true},
    {&nametab_errno, EOPNOTSUPP, "EOPNOTSUPP", false},
    {&nametab_errno, EOPNOTSUPP, "ENOTSUP", true},
    {&nametab_errno, EDEADLK, "EDEADLK", false},
    {&nametab_errno, 512, "ERESTARTSYS", false},
    {&nametab_signal, SIGCHLD, "SIGCHLD", false},
    {&nametab_signal, SIGIO, "SIGIO", false},
    {&nametab_signal, 32, "SIGRTMIN", false},
    {&nametab_signal, 34, "SIGRT_2", false},
    {&nametab_signal, 64, "SIGRT_32", false},
    {&nametab_fcntl, F_GETFL, "F_GETFL", false},
    {&nametab_fcntl, F_DUPFD_CLOEXEC, "F_DUPFD_CLOEXEC", false},
    {&nametab_ioctl, FIONREAD, "FIONREAD", false},
    {&nametab_ioctl, FIONREAD, "SIOCINQ", true},
    {&nametab_ioctl, 0x8905, "SIOCATMARK", false},
    {&nametab_epoll_op, EPOLL_CTL_MOD, "EPOLL_CTL_MOD", false},
    {&nametab_eth_p, 0x0800, "ETH_P_IP", false},
    {&nametab_arphrd, 772, "ARPHRD_LOOPBACK", false},
    {&nametab_packet_type, 4, "PACKET_OUTGOING", false},
    {&nametab_vm_cid, UINT32_MAX, "VMADDR_CID_ANY", false},
    {&nametab_crypto_alg, 0x1000, "CRYPTO_ALG_KERN_DRIVER_ONLY", false},
    {&nametab_btproto, 3, "BTPROTO_RFCOMM", false},
    {&nametab_tipc_addr, 2, "TIPC_SERVICE_ADDR", false},
    {&nametab_tipc_addr, 2, "TIPC_ADDR_NAME", true},
    {&nametab_qrtr_port, 0xfffffffe, "QRTR_PORT_CTRL", false},
    {&nametab_rxrpc_service, 2503, "YFS_VL_SERVICE", false},
    {&nametab_smcproto, 1, "SMCPROTO_SMC6", false},
    {&nametab_tcp_state, 1, "ESTABLISHED", false},
    {&nametab_tcp_state, 10, "LISTEN", false},
};

START_TEST(names_a_constant)
{
    const char *name = nametab_name(rows[_i].tab, rows[_i].n);
    uint64_t n;

    if (!rows[_i].name) {
        ck_assert_ptr_null(name);
        return;
    }
    ck_assert(nametab_find(rows[_i].tab, rows[_i].name, &n));
    ck_assert_uint_eq(n, rows[_i].n);
    ck_assert_int_eq(strcmp(name, rows[_i].name) != 0, rows[_i].found_only);
}
END_TEST

/* `text`: names joined by |, then =rest in hexadecimal where there is one. */
static const struct {
    const struct nametab *tab;
    uint64_t n;
    const char *text;
} splits[] = {
    {&nametab_sock, SOCK_STREAM, "SOCK_STREAM"},
    {&nametab_sock, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, "SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK"},
    {&nametab_sock, 0, ""},
    {&nametab_sock, 7, "=7"},
    {&nametab_sock, 15 | SOCK_CLOEXEC | 0x10, "SOCK_CLOEXEC=1f"},
    {&nametab_msg, 0, ""},
    {&nametab_msg, MSG_NOSIGNAL | MSG_DONTWAIT, "MSG_DONTWAIT|MSG_NOSIGNAL"},
    {&nametab_msg, 0x80100001, "MSG_OOB|MSG_CMSG_COMPAT=100000"},
    {&nametab_open, 0, "O_RDONLY"},
    {&nametab_open, O_RDWR | O_NONBLOCK, "O_RDWR|O_NONBLOCK"},
    {&nametab_open, O_SYNC, "O_RDONLY|O_SYNC"},
    {&nametab_open, O_DSYNC, "O_RDONLY|O_DSYNC"},
    {&nametab_open, O_TMPFILE, "O_RDONLY|O_TMPFILE"},
    {&nametab_dup, O_CLOEXEC, "O_CLOEXEC"},
    {&nametab_dup, 0, ""},
    {&nametab_epoll_event, EPOLLIN | EPOLLET, "EPOLLIN|EPOLLET"},
    {&nametab_fd_flags, 3, "FD_CLOEXEC=2"},
};

START_TEST(splits_flags)
{
    const char *names[64];
    struct buf text = {0};
    uint64_t rest;
    size_t count = nametab_split(splits[_i].tab, splits[_i].n, names, ARRAY_LEN(names), &rest);

    for (size_t i = 0; i < count; i++)
        buf_addf(&text, "%s%s", i ? "|" : "", names[i]);
    if (rest)
        buf_addf(&text, "=%llx", (unsigned long long)rest);
    ck_assert_str_eq(buf_str(&text), splits[_i].text);
    buf_release(&text);
}
END_TEST

/* What finds no room stays in the rest: nothing is lost. */
START_TEST(splits_into_little_room)
{
    const char *names[2];
    uint64_t rest;

    ck_assert_uint_eq(nametab_split(&nametab_msg, 7, names, 2, &rest), 2);
    ck_assert_uint_eq(rest, 4);
    ck_assert_uint_eq(nametab_split(&nametab_msg, 7, names, 0, &rest), 0);
    ck_assert_uint_eq(rest, 7);
    ck_assert_uint_eq(nametab_split(&nametab_sock, SOCK_STREAM, names, 0, &rest), 0);
    ck_assert_uint_eq(rest, SOCK_STREAM);
}
END_TEST

START_TEST(tables_are_sound)
{
    const struct nametab *tab;

    for (size_t i = 0; (tab = nametab_at(i)); i++) {
        ck_assert_ptr_eq(nametab_by_id(tab->id), tab);
        ck_assert(!tab->unknown || *tab->unknown);
        ck_assert(!tab->count_from || nametab_name(tab, tab->count_from));
        for (size_t k = 0; k < tab->len; k++) {
            uint64_t n;

            ck_assert_msg(nametab_find(tab, tab->rows[k].name, &n) && n == tab->rows[k].n, "%s twice in %s",
                          tab->rows[k].name, tab->id);
            ck_assert_msg(!tab->enum_mask || !(tab->rows[k].n & tab->enum_mask) ||
                              !(tab->rows[k].n & ~tab->enum_mask) || tab->rows[k].n == O_TMPFILE,
                          "%s of %s is number and flag at once", tab->rows[k].name, tab->id);
        }
    }
    ck_assert_ptr_nonnull(nametab_at(20));
    ck_assert_ptr_null(nametab_by_id("no such table"));
    ck_assert(!nametab_find(&nametab_af, "AF_", &(uint64_t){0}));
}
END_TEST

/* Every errno that libc has a name for is in the table, by the same name or an alias of the same number. */
START_TEST(has_every_errno)
{
    for (int n = 1; n < 134; n++) {
        const char *name = strerrorname_np(n);
        uint64_t found;

        if (!name)
            continue;
        ck_assert_msg(nametab_find(&nametab_errno, name, &found) && found == (uint64_t)n, "%s", name);
        ck_assert_ptr_nonnull(nametab_name(&nametab_errno, (uint64_t)n));
    }
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "rows", names_a_constant, ARRAY_LEN(rows));
    suite_add_loop(suite, "split", splits_flags, ARRAY_LEN(splits));
    suite_add(suite, "little room", splits_into_little_room);
    suite_add(suite, "sound", tables_are_sound);
    suite_add(suite, "errno", has_every_errno);
}

SUITE_MAIN("nametab", add)
