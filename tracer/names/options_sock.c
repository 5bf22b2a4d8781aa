/* names/options_sock.c: options of SOL_SOCKET, and what stands in their values. */
#include "names/nametab.h"
#include "names/rows.h"

#include <linux/net_tstamp.h>
#include <linux/socket.h>
#include <sys/socket.h>
#include <time.h>

/* The kernel has two numbers for options that hold times, and the headers choose between them by the size of
 * time_t. */
static const struct name so_rows[] = {
    N(SO_DEBUG),
    N(SO_REUSEADDR),
    N(SO_TYPE),
    N(SO_ERROR),
    N(SO_DONTROUTE),
    N(SO_BROADCAST),
    N(SO_SNDBUF),
    N(SO_RCVBUF),
    N(SO_KEEPALIVE),
    N(SO_OOBINLINE),
    N(SO_NO_CHECK),
    N(SO_PRIORITY),
    N(SO_LINGER),
    N(SO_BSDCOMPAT),
    N(SO_REUSEPORT),
    N(SO_PASSCRED),
    N(SO_PEERCRED),
    N(SO_RCVLOWAT),
    N(SO_SNDLOWAT),
    N(SO_RCVTIMEO_OLD),
    N(SO_SNDTIMEO_OLD),
    N(SO_SECURITY_AUTHENTICATION),
    N(SO_SECURITY_ENCRYPTION_TRANSPORT),
    N(SO_SECURITY_ENCRYPTION_NETWORK),
    N(SO_BINDTODEVICE),
    N(SO_ATTACH_FILTER),
    N(SO_DETACH_FILTER),
    N(SO_PEERNAME),
    N(SO_TIMESTAMP_OLD),
    N(SO_ACCEPTCONN),
    N(SO_PEERSEC),
    N(SO_SNDBUFFORCE),
    N(SO_RCVBUFFORCE),
    N(SO_PASSSEC),
    N(SO_TIMESTAMPNS_OLD),
    N(SO_MARK),
    N(SO_TIMESTAMPING_OLD),
    N(SO_PROTOCOL),
    N(SO_DOMAIN),
    N(SO_RXQ_OVFL),
    N(SO_WIFI_STATUS),
    N(SO_PEEK_OFF),
    N(SO_NOFCS),
    N(SO_LOCK_FILTER),
    N(SO_SELECT_ERR_QUEUE),
    N(SO_BUSY_POLL),
    N(SO_MAX_PACING_RATE),
    N(SO_BPF_EXTENSIONS),
    N(SO_INCOMING_CPU),
    N(SO_ATTACH_BPF),
    N(SO_ATTACH_REUSEPORT_CBPF),
    N(SO_ATTACH_REUSEPORT_EBPF),
    N(SO_CNX_ADVICE),
    N(SO_MEMINFO),
    N(SO_INCOMING_NAPI_ID),
    N(SO_COOKIE),
    N(SO_PEERGROUPS),
    N(SO_ZEROCOPY),
    N(SO_TXTIME),
    N(SO_BINDTOIFINDEX),
    N(SO_TIMESTAMP_NEW),
    N(SO_TIMESTAMPNS_NEW),
    N(SO_TIMESTAMPING_NEW),
    N(SO_RCVTIMEO_NEW),
    N(SO_SNDTIMEO_NEW),
    N(SO_DETACH_REUSEPORT_BPF),
    N(SO_PREFER_BUSY_POLL),
    N(SO_BUSY_POLL_BUDGET),
    N(SO_NETNS_COOKIE),
    N(SO_BUF_LOCK),
    N(SO_RESERVE_MEM),
    N(SO_TXREHASH),
    N(SO_RCVMARK),
    {76, "SO_PASSPIDFD"},
    {77, "SO_PEERPIDFD"},
    {78, "SO_DEVMEM_LINEAR"},
    {79, "SO_DEVMEM_DMABUF"},
    {80, "SO_DEVMEM_DONTNEED"},
    {82, "SO_RCVPRIORITY"},
    {83, "SO_PASSRIGHTS"},
    {84, "SO_INQ"},
    N(SO_DETACH_BPF),
    {SO_RCVTIMEO_OLD, "SO_RCVTIMEO"},
    {SO_SNDTIMEO_OLD, "SO_SNDTIMEO"},
    {SO_TIMESTAMP_OLD, "SO_TIMESTAMP"},
    {SO_TIMESTAMPNS_OLD, "SO_TIMESTAMPNS"},
    {SO_TIMESTAMPING_OLD, "SO_TIMESTAMPING"},
};

const struct nametab nametab_so = {.id = "SO", .unknown = "SO_???", ROWS(so_rows)};

/* What getsockopt(2) calls otherwise than setsockopt(2). */
static const struct name so_read_rows[] = {
    N(SO_GET_FILTER),
};

const struct nametab nametab_so_read = {.id = "SO_GET", .unknown = "SO_???", ROWS(so_read_rows)};

static const struct name txrehash_rows[] = {
    N(SOCK_TXREHASH_DISABLED),
    N(SOCK_TXREHASH_ENABLED),
    N(SOCK_TXREHASH_DEFAULT),
};

const struct nametab nametab_txrehash = {
    .id = "SOCK_TXREHASH", .unknown = "SOCK_TXREHASH_???", ROWS(txrehash_rows)};

static const struct name timestamping_rows[] = {
    N(SOF_TIMESTAMPING_TX_HARDWARE),
    N(SOF_TIMESTAMPING_TX_SOFTWARE),
    N(SOF_TIMESTAMPING_RX_HARDWARE),
    N(SOF_TIMESTAMPING_RX_SOFTWARE),
    N(SOF_TIMESTAMPING_SOFTWARE),
    N(SOF_TIMESTAMPING_SYS_HARDWARE),
    N(SOF_TIMESTAMPING_RAW_HARDWARE),
    N(SOF_TIMESTAMPING_OPT_ID),
    N(SOF_TIMESTAMPING_TX_SCHED),
    N(SOF_TIMESTAMPING_TX_ACK),
    N(SOF_TIMESTAMPING_OPT_CMSG),
    N(SOF_TIMESTAMPING_OPT_TSONLY),
    N(SOF_TIMESTAMPING_OPT_STATS),
    N(SOF_TIMESTAMPING_OPT_PKTINFO),
    N(SOF_TIMESTAMPING_OPT_TX_SWHW),
    N(SOF_TIMESTAMPING_BIND_PHC),
    {1 << 16, "SOF_TIMESTAMPING_OPT_ID_TCP"},
    {1 << 17, "SOF_TIMESTAMPING_OPT_RX_FILTER"},
    {1 << 18, "SOF_TIMESTAMPING_TX_COMPLETION"},
};

const struct nametab nametab_timestamping = {
    .id = "SOF_TIMESTAMPING", .unknown = "SOF_TIMESTAMPING_???", .is_flags = true, ROWS(timestamping_rows)};

static const struct name txtime_rows[] = {
    N(SOF_TXTIME_DEADLINE_MODE),
    N(SOF_TXTIME_REPORT_ERRORS),
};

const struct nametab nametab_txtime = {
    .id = "SOF_TXTIME", .unknown = "SOF_TXTIME_???", .is_flags = true, ROWS(txtime_rows)};

static const struct name clock_rows[] = {
    N(CLOCK_REALTIME),          N(CLOCK_MONOTONIC),      N(CLOCK_PROCESS_CPUTIME_ID),
    N(CLOCK_THREAD_CPUTIME_ID), N(CLOCK_MONOTONIC_RAW),  N(CLOCK_REALTIME_COARSE),
    N(CLOCK_MONOTONIC_COARSE),  N(CLOCK_BOOTTIME),       N(CLOCK_REALTIME_ALARM),
    N(CLOCK_BOOTTIME_ALARM),    {10, "CLOCK_SGI_CYCLE"}, N(CLOCK_TAI),
};

const struct nametab nametab_clock = {.id = "CLOCK", .unknown = "CLOCK_???", ROWS(clock_rows)};
