/* unit/decode/test_opt.c: values of options of sockets, IP and TCP, of every shape, set and read. */
#include "opt_rows.h"

#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/mptcp.h>
#include <linux/net_tstamp.h>
#include <linux/tcp.h>
#include <netinet/icmp6.h>

static const struct sockaddr_in seven = {.sin_family = AF_INET, .sin_port = 0x0700, .sin_addr = {0x0100007f}};

/* What is behind a pointer of a sock_fprog. */
static const struct sock_filter program[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(SKF_AD_OFF + SKF_AD_PKTTYPE)),
    BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 12),
    BPF_JUMP(BPF_JMP | BPF_K | BPF_JEQ, 0x800, 0, 1),
    BPF_STMT(BPF_ALU | BPF_X | BPF_ADD, 0),
    BPF_STMT(BPF_RET | BPF_K, 0x40000),
    BPF_STMT(0xff, 1),
};

#define PROGRAM_HEAD                                                                                         \
    "[BPF_STMT(BPF_LD|BPF_W|BPF_ABS, SKF_AD_OFF+SKF_AD_PKTTYPE), BPF_STMT(BPF_LD|BPF_H|BPF_ABS, 0xc), "      \
    "BPF_JUMP(BPF_JMP|BPF_K|BPF_JEQ, 0x800, 0, 0x1)"
#define PROGRAM                                                                                              \
    PROGRAM_HEAD                                                                                             \
    ", BPF_STMT(BPF_ALU|BPF_X|BPF_ADD, 0), BPF_STMT(BPF_RET|BPF_K, 0x40000), BPF_STMT(0xff /* BPF_??? */, "  \
    "0x1)]"

struct fprog {
    uint16_t len;
    uint64_t filter;
};

/* As long as the kernel's is today; what follows the header's is written by number. */
static const struct {
    struct tcp_info head;
    uint32_t rcv_wnd, rehash;
    uint16_t total_rto, total_rto_recoveries;
    uint32_t total_rto_time, ecn[7];
    uint16_t accecn[2];
} info = {
    {1,  0,  1,  2,  3,  TCPI_OPT_ECN, 4,  5,  0,  1,  10, 11, 12, 13, 14, 15, 16, 17, 18,
     19, 20, 21, 22, 23, 24,           25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37,
     38, 39, 40, 41, 42, 43,           44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55},
    100,
    101,
    102,
    103,
    104,
    {105, 106, 107, 108, 109, 110, 111},
    {112, 113},
};

#define INFO_LINE                                                                                            \
    "getsockopt(3, SOL_TCP, TCP_INFO, "                                                                      \
    "{tcpi_state=TCP_ESTABLISHED, tcpi_ca_state=TCP_CA_Open, tcpi_retransmits=1, tcpi_probes=2, "            \
    "tcpi_backoff=3, tcpi_options=TCPI_OPT_ECN, tcpi_snd_wscale=4, tcpi_rcv_wscale=5, "                      \
    "tcpi_delivery_rate_app_limited=0, tcpi_fastopen_client_fail=1, tcpi_rto=10, tcpi_ato=11, "              \
    "tcpi_snd_mss=12, tcpi_rcv_mss=13, tcpi_unacked=14, tcpi_sacked=15, tcpi_lost=16, tcpi_retrans=17, "     \
    "tcpi_fackets=18, tcpi_last_data_sent=19, tcpi_last_ack_sent=20, tcpi_last_data_recv=21, "               \
    "tcpi_last_ack_recv=22, tcpi_pmtu=23, tcpi_rcv_ssthresh=24, tcpi_rtt=25, tcpi_rttvar=26, "               \
    "tcpi_snd_ssthresh=27, tcpi_snd_cwnd=28, tcpi_advmss=29, tcpi_reordering=30, tcpi_rcv_rtt=31, "          \
    "tcpi_rcv_space=32, tcpi_total_retrans=33, tcpi_pacing_rate=34, tcpi_max_pacing_rate=35, "               \
    "tcpi_bytes_acked=36, tcpi_bytes_received=37, tcpi_segs_out=38, tcpi_segs_in=39, "                       \
    "tcpi_notsent_bytes=40, tcpi_min_rtt=41, tcpi_data_segs_in=42, tcpi_data_segs_out=43, "                  \
    "tcpi_delivery_rate=44, tcpi_busy_time=45, tcpi_rwnd_limited=46, tcpi_sndbuf_limited=47, "               \
    "tcpi_delivered=48, tcpi_delivered_ce=49, tcpi_bytes_sent=50, tcpi_bytes_retrans=51, "                   \
    "tcpi_dsack_dups=52, tcpi_reord_seen=53, tcpi_rcv_ooopack=54, tcpi_snd_wnd=55, tcpi_rcv_wnd=100, "       \
    "tcpi_rehash=101, tcpi_total_rto=102, tcpi_total_rto_recoveries=103, tcpi_total_rto_time=104, "          \
    "tcpi_received_ce=105, tcpi_delivered_e1_bytes=106, tcpi_delivered_e0_bytes=107, "                       \
    "tcpi_delivered_ce_bytes=108, tcpi_received_e1_bytes=109, tcpi_received_e0_bytes=110, "                  \
    "tcpi_received_ce_bytes=111, tcpi_accecn_fail_mode=112, tcpi_accecn_opt_seen=113}"                       \
    ", [280]) = 0"

/* clang-format off */
const struct row rows[] = {
    /* int: more is passed over, less is no value */
    SET(SOL_SOCKET, SO_REUSEADDR, 4, "SOL_SOCKET, SO_REUSEADDR, [-1], 4", (int){-1}),
    SET(SOL_SOCKET, SO_REUSEADDR, 3, "SOL_SOCKET, SO_REUSEADDR, 0x10000, 3", (int){1}),
    SET(SOL_SOCKET, SO_REUSEADDR, 0, "SOL_SOCKET, SO_REUSEADDR, 0x10000, 0", (int){1}),
    SET(SOL_SOCKET, SO_REUSEADDR, 8, "SOL_SOCKET, SO_REUSEADDR, [1], 8", (int[2]){1, 2}),
    SET_BAD(SOL_SOCKET, SO_REUSEADDR, 4, "SOL_SOCKET, SO_REUSEADDR, 0x66000, 4"),
    GET(SOL_SOCKET, SO_REUSEADDR, 4, "SOL_SOCKET, SO_REUSEADDR, [1], [4]", (int){1}),
    GET(SOL_SOCKET, SO_REUSEADDR, 1, "SOL_SOCKET, SO_REUSEADDR, \"\\x01\", [1]", (int){1}),
    GET_FROM(SOL_SOCKET, SO_REUSEADDR, 8, 4, "SOL_SOCKET, SO_REUSEADDR, [1], [8 => 4]", (int){1}),
    GET_FROM(SOL_SOCKET, SO_REUSEADDR, 0, 4, "SOL_SOCKET, SO_REUSEADDR, 0x10000, [0 => 4]", (int){1}),
    GET_FROM(SOL_SOCKET, SO_REUSEADDR, 2, 4, "SOL_SOCKET, SO_REUSEADDR, \"\\x01\\x00\", [2 => 4]", (int){1}),

    /* an option of no table: four bytes are an int, others are bytes */
    SET(IPPROTO_TCP, TCP_NODELAY, 8, "SOL_TCP, TCP_NODELAY, \"\\1\\0\\0\\0\\2\\0\\0\\0\", 8", (int[2]){1, 2}),
    SET(IPPROTO_UDP, 103, 4, "SOL_UDP, UDP_SEGMENT, [1400], 4", (int){1400}),
    GET(IPPROTO_IP, IP_TTL, 1, "SOL_IP, IP_TTL, \"@\", [1]", (char){64}),

    /* constants */
    SET(SOL_SOCKET, SO_TXREHASH, 4, "SOL_SOCKET, SO_TXREHASH, [SOCK_TXREHASH_DEFAULT], 4", (int){255}),
    SET(SOL_SOCKET, SO_TXREHASH, 4, "SOL_SOCKET, SO_TXREHASH, [2], 4", (int){2}),
    GET(SOL_SOCKET, SO_ERROR, 4, "SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]", (int){ECONNREFUSED}),
    GET(SOL_SOCKET, SO_ERROR, 2, "SOL_SOCKET, SO_ERROR, \"\\x6f\\x00\", [2]", (int){ECONNREFUSED}),

    /* structs of SOL_SOCKET */
    SET(SOL_SOCKET, SO_LINGER, 8, "SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, 8", (struct linger){1, 5}),
    SET(SOL_SOCKET, SO_LINGER, 7, "SOL_SOCKET, SO_LINGER, 0x10000, 7", (struct linger){1, 5}),
    SET(SOL_SOCKET, SO_LINGER, 9, "SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, 9", (int[3]){1, 5, 9}),
    GET(SOL_SOCKET, SO_LINGER, 4, "SOL_SOCKET, SO_LINGER, {l_onoff=1}, [4]", (struct linger){1, 5}),
    GET(SOL_SOCKET, SO_LINGER, 6, "SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=\"\\x05\\x00\"}, [6]", (struct linger){1, 5}),
    GET(SOL_SOCKET, SO_PEERCRED, 12, "SOL_SOCKET, SO_PEERCRED, {pid=5, uid=-1, gid=0}, [12]", (struct ucred){5, (uid_t)-1, 0}),
    SET(SOL_SOCKET, SO_PEERCRED, 12, "SOL_SOCKET, SO_PEERCRED, \"\\5\\0\\0\\0\\6\\0\\0\\0\\7\\0\\0\\0\", 12", (struct ucred){5, 6, 7}),
    SET(SOL_SOCKET, SO_RCVTIMEO_OLD, 16, "SOL_SOCKET, SO_RCVTIMEO_OLD, {tv_sec=3, tv_usec=7}, 16", (struct timeval){3, 7}),
    SET(SOL_SOCKET, SO_RCVTIMEO_OLD, 8, "SOL_SOCKET, SO_RCVTIMEO_OLD, \"\\3\\0\\0\\0\\0\\0\\0\\0\", 8", (struct timeval){3, 7}),
    SET(SOL_SOCKET, SO_RCVTIMEO_OLD, 4, "SOL_SOCKET, SO_RCVTIMEO_OLD, [3], 4", (struct timeval){3, 7}),
    SET_BAD(SOL_SOCKET, SO_RCVTIMEO_OLD, 16, "SOL_SOCKET, SO_RCVTIMEO_OLD, 0x66000, 16"),
    GET(SOL_SOCKET, SO_SNDTIMEO_OLD, 8, "SOL_SOCKET, SO_SNDTIMEO_OLD, {tv_sec=3}, [8]", (struct timeval){3, 7}),
    SET(SOL_SOCKET, SO_SNDTIMEO_NEW, 16, "SOL_SOCKET, SO_SNDTIMEO_NEW, {tv_sec=-1, tv_usec=7}, 16", (struct timeval){-1, 7}),
    SET(SOL_SOCKET, SO_TIMESTAMPING_OLD, 4, "SOL_SOCKET, SO_TIMESTAMPING_OLD, [18], 4", (int){18}),
    SET(SOL_SOCKET, SO_TIMESTAMPING_OLD, 8, "SOL_SOCKET, SO_TIMESTAMPING_OLD, {flags=SOF_TIMESTAMPING_TX_SOFTWARE|SOF_TIMESTAMPING_SOFTWARE, bind_phc=3}, 8", (struct so_timestamping){18, 3}),
    SET(SOL_SOCKET, SO_TXTIME, 8, "SOL_SOCKET, SO_TXTIME, {clockid=CLOCK_TAI, flags=SOF_TXTIME_DEADLINE_MODE}, 8", (struct sock_txtime){11, 1}),
    SET(SOL_SOCKET, SO_TXTIME, 7, "SOL_SOCKET, SO_TXTIME, \"\\v\\0\\0\\0\\1\\0\\0\", 7", (struct sock_txtime){11, 1}),
    GET(SOL_SOCKET, SO_PEERNAME, 16, "SOL_SOCKET, SO_PEERNAME, " IN_TEXT("127.0.0.1") ", [16]", seven),

    /* numbers of 64 bits, arrays, text, descriptors */
    SET(SOL_SOCKET, SO_MAX_PACING_RATE, 8, "SOL_SOCKET, SO_MAX_PACING_RATE, [18446744073709551615], 8", (uint64_t){UINT64_MAX}),
    SET(SOL_SOCKET, SO_MAX_PACING_RATE, 4, "SOL_SOCKET, SO_MAX_PACING_RATE, [-1], 4", (uint64_t){UINT64_MAX}),
    GET(SOL_SOCKET, SO_COOKIE, 8, "SOL_SOCKET, SO_COOKIE, [4096], [8]", (uint64_t){4096}),
    GET(SOL_SOCKET, SO_COOKIE, 7, "SOL_SOCKET, SO_COOKIE, \"\\0\\20\\0\\0\\0\\0\\0\", [7]", (uint64_t){4096}),
    GET_FROM(SOL_SOCKET, SO_MEMINFO, 100, 12, "SOL_SOCKET, SO_MEMINFO, [0, 131072, 7], [100 => 12]", (uint32_t[3]){0, 131072, 7}),
    GET(SOL_SOCKET, SO_MEMINFO, 3, "SOL_SOCKET, SO_MEMINFO, [], [3]", (uint32_t){5}),
    GET(SOL_SOCKET, SO_PEERGROUPS, 8, "SOL_SOCKET, SO_PEERGROUPS, [0, 4294967295], [8]", (gid_t[2]){0, (gid_t)-1}),
    SET_BYTES(SOL_SOCKET, SO_BINDTODEVICE, "lo\0\0", "SOL_SOCKET, SO_BINDTODEVICE, \"lo\\0\\0\", 4"),
    GET_BYTES(SOL_SOCKET, SO_BINDTODEVICE, "eth\0", "SOL_SOCKET, SO_BINDTODEVICE, \"eth\\0\", [4]"),
    GET_BYTES(SOL_SOCKET, SO_PEERSEC, "unconfined\0", "SOL_SOCKET, SO_PEERSEC, \"unconfined\", [11]"),
    SET(SOL_SOCKET, SO_ATTACH_BPF, 4, "SOL_SOCKET, SO_ATTACH_BPF, [7], 4", (int){7}),
    GET(SOL_SOCKET, 77, 4, "SOL_SOCKET, SO_PEERPIDFD, [7], [4]", (int){7}),

    SET(SOL_SOCKET, 80, 16, "SOL_SOCKET, SO_DEVMEM_DONTNEED, [{token_start=1, token_count=2}, {token_start=7, token_count=1}], 16", (uint32_t[4]){1, 2, 7, 1}),
    SET(SOL_SOCKET, 80, 4, "SOL_SOCKET, SO_DEVMEM_DONTNEED, [1], 4", (uint32_t){1}),
    /* filters: the instructions are behind a pointer */
    {"setsockopt", {3, SOL_SOCKET, SO_ATTACH_FILTER, A, 16}, 0, {OBJ(A, (struct fprog){ARRAY_LEN(program), C}), OBJ(C, program)}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, {len=6, filter=" PROGRAM "}, 16) = 0"},
    {"setsockopt", {3, SOL_SOCKET, SO_ATTACH_FILTER, A, 15}, 0, {OBJ(A, (struct fprog){ARRAY_LEN(program), C}), OBJ(C, program)}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, 0x10000, 15) = 0"},
    {"setsockopt", {3, SOL_SOCKET, SO_ATTACH_FILTER, A, 17}, 0, {OBJ(A, (struct fprog){ARRAY_LEN(program), C}), OBJ(C, program)}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, 0x10000, 17) = 0"},
    {"setsockopt", {3, SOL_SOCKET, SO_ATTACH_FILTER, A, 16}, 0, {OBJ(A, (struct fprog){2, BAD})}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, {len=2, filter=0x66000}, 16) = 0"},
    {"setsockopt", {3, SOL_SOCKET, SO_ATTACH_FILTER, A, 16}, 0, {OBJ(A, (struct fprog){2, 0})}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, {len=2, filter=NULL}, 16) = 0"},
    {"setsockopt", {3, SOL_SOCKET, SO_ATTACH_FILTER, A, 16}, 0, {OBJ(A, (struct fprog){0, C})}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, {len=0, filter=[]}, 16) = 0"},
    {"setsockopt", {3, SOL_SOCKET, SO_ATTACH_FILTER, A, 16}, 0, {OBJ(A, (struct fprog){ARRAY_LEN(program), PAGE_END - 3 * sizeof(program[0])}), {PAGE_END - 3 * sizeof(program[0]), program, 3 * sizeof(program[0])}}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, {len=6, filter=" PROGRAM_HEAD ", ... /* 0x51000 */]}, 16) = 0"},
    {"setsockopt", {3, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, A, 16}, 0, {OBJ(A, (struct fprog){5000, PAGE_END - 3 * sizeof(program[0])}), {PAGE_END - 3 * sizeof(program[0]), program, 3 * sizeof(program[0])}}, {{0}},
     "setsockopt(3, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, {len=5000, filter=" PROGRAM_HEAD ", ... /* 0x51000 */]}, 16) = 0"},
    {"setsockopt", {3, SOL_PACKET, PACKET_FANOUT_DATA, A, 16}, 0, {OBJ(A, (struct fprog){1, C}), OBJ(C, program)}, {{0}},
     "setsockopt(3, SOL_PACKET, PACKET_FANOUT_DATA, {len=1, filter=[BPF_STMT(BPF_LD|BPF_W|BPF_ABS, SKF_AD_OFF+SKF_AD_PKTTYPE)]}, 16) = 0"},
    GET_FROM(SOL_SOCKET, SO_GET_FILTER, 100, 6, "SOL_SOCKET, SO_GET_FILTER, " PROGRAM ", [100 => 6]", program),
    GET_FROM(SOL_SOCKET, SO_GET_FILTER, 0, 6, "SOL_SOCKET, SO_GET_FILTER, 0x10000, [0 => 6]", program),
    SET(SOL_PACKET, PACKET_FANOUT_DATA, 4, "SOL_PACKET, PACKET_FANOUT_DATA, [7], 4", (int){7}),

    /* groups */
    SET(IPPROTO_IP, IP_ADD_MEMBERSHIP, 8, "SOL_IP, IP_ADD_MEMBERSHIP, {imr_multiaddr=inet_addr(\"224.0.0.5\"), imr_interface=inet_addr(\"127.0.0.1\")}, 8", (struct ip_mreq){IN(224, 0, 0, 5), IN(127, 0, 0, 1)}),
    SET(IPPROTO_IP, IP_ADD_MEMBERSHIP, 7, "SOL_IP, IP_ADD_MEMBERSHIP, 0x10000, 7", (struct ip_mreq){IN(224, 0, 0, 5), IN(127, 0, 0, 1)}),
    SET(IPPROTO_IP, IP_DROP_MEMBERSHIP, 12, "SOL_IP, IP_DROP_MEMBERSHIP, {imr_multiaddr=inet_addr(\"224.0.0.5\"), imr_address=inet_addr(\"127.0.0.1\"), imr_ifindex=if_nametoindex(\"lo\")}, 12", (struct ip_mreqn){IN(224, 0, 0, 5), IN(127, 0, 0, 1), 1}),
    SET(IPPROTO_IP, IP_DROP_MEMBERSHIP, 11, "SOL_IP, IP_DROP_MEMBERSHIP, {imr_multiaddr=inet_addr(\"224.0.0.5\"), imr_interface=inet_addr(\"127.0.0.1\")}, 11", (struct ip_mreqn){IN(224, 0, 0, 5), IN(127, 0, 0, 1), 1}),
    SET(IPPROTO_IP, IP_MULTICAST_IF, 4, "SOL_IP, IP_MULTICAST_IF, inet_addr(\"127.0.0.1\"), 4", (struct in_addr)IN(127, 0, 0, 1)),
    SET(IPPROTO_IP, IP_MULTICAST_IF, 12, "SOL_IP, IP_MULTICAST_IF, {imr_multiaddr=inet_addr(\"0.0.0.0\"), imr_address=inet_addr(\"127.0.0.1\"), imr_ifindex=2}, 12", (struct ip_mreqn){IN(0, 0, 0, 0), IN(127, 0, 0, 1), 2}),
    SET(IPPROTO_IP, IP_MULTICAST_IF, 5, "SOL_IP, IP_MULTICAST_IF, \"\\177\\0\\0\\1\\0\", 5", (struct ip_mreq){IN(127, 0, 0, 1), IN(0, 0, 0, 0)}),
    GET(IPPROTO_IP, IP_MULTICAST_IF, 4, "SOL_IP, IP_MULTICAST_IF, inet_addr(\"127.0.0.1\"), [4]", (struct in_addr)IN(127, 0, 0, 1)),
    SET(IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, 12, "SOL_IP, IP_ADD_SOURCE_MEMBERSHIP, {imr_multiaddr=inet_addr(\"224.0.0.5\"), imr_interface=inet_addr(\"127.0.0.1\"), imr_sourceaddr=inet_addr(\"10.0.0.9\")}, 12", (struct ip_mreq_source){IN(224, 0, 0, 5), IN(127, 0, 0, 1), IN(10, 0, 0, 9)}),
    SET(IPPROTO_IP, IP_BLOCK_SOURCE, 8, "SOL_IP, IP_BLOCK_SOURCE, \"\\340\\0\\0\\5\\177\\0\\0\\1\", 8", (struct ip_mreq_source){IN(224, 0, 0, 5), IN(127, 0, 0, 1), IN(10, 0, 0, 9)}),
    SET(IPPROTO_IP, IP_MSFILTER, 24, "SOL_IP, IP_MSFILTER, {imsf_multiaddr=inet_addr(\"224.0.0.5\"), imsf_interface=inet_addr(\"127.0.0.1\"), imsf_fmode=MCAST_INCLUDE, imsf_numsrc=2, imsf_slist=[inet_addr(\"10.0.0.9\"), inet_addr(\"10.0.0.8\")]}, 24", (uint32_t[6]){NET(0xe0000005), NET(0x7f000001), MCAST_INCLUDE, 2, NET(0x0a000009), NET(0x0a000008)}),
    SET(IPPROTO_IP, IP_MSFILTER, 16, "SOL_IP, IP_MSFILTER, {imsf_multiaddr=inet_addr(\"224.0.0.5\"), imsf_interface=inet_addr(\"127.0.0.1\"), imsf_fmode=MCAST_EXCLUDE, imsf_numsrc=0}, 16", (uint32_t[4]){NET(0xe0000005), NET(0x7f000001), MCAST_EXCLUDE, 0}),
    SET(IPPROTO_IPV6, IPV6_JOIN_GROUP, 20, "SOL_IPV6, IPV6_ADD_MEMBERSHIP, {inet_pton(AF_INET6, \"ff02::5\", &ipv6mr_multiaddr), ipv6mr_interface=if_nametoindex(\"lo\")}, 20", (struct ipv6_mreq){{{{0xff, 2, [15] = 5}}}, 1}),
    SET(IPPROTO_IPV6, IPV6_LEAVE_ANYCAST, 19, "SOL_IPV6, IPV6_LEAVE_ANYCAST, 0x10000, 19", (struct ipv6_mreq){{{{0xff, 2, [15] = 5}}}, 1}),
    SET(IPPROTO_IP, MCAST_JOIN_GROUP, 136, "SOL_IP, MCAST_JOIN_GROUP, {gr_interface=if_nametoindex(\"lo\"), gr_group=" IN_TEXT("224.0.0.5") "}, 136", (struct group_req){1, {AF_INET, {0, 7, (char)224, 0, 0, 5}, 0}}),
    SET(IPPROTO_IPV6, MCAST_LEAVE_GROUP, 135, "SOL_IPV6, MCAST_LEAVE_GROUP, 0x10000, 135", (struct group_req){1, {AF_INET, {0, 7, (char)224, 0, 0, 5}, 0}}),
    SET(IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP, 264, "SOL_IP, MCAST_JOIN_SOURCE_GROUP, {gsr_interface=2, gsr_group=" IN_TEXT("224.0.0.5") ", gsr_source=" IN_TEXT("10.0.0.9") "}, 264", (struct group_source_req){2, {AF_INET, {0, 7, (char)224, 0, 0, 5}, 0}, {AF_INET, {0, 7, 10, 0, 0, 9}, 0}}),
    SET(IPPROTO_IP, MCAST_MSFILTER, 272, "SOL_IP, MCAST_MSFILTER, {gf_interface=2, gf_group=" IN_TEXT("224.0.0.5") ", gf_fmode=MCAST_EXCLUDE, gf_numsrc=1, gf_slist=[" IN_TEXT("10.0.0.9") "]}, 272", (struct group_filter){.gf_interface = 2, .gf_group = {AF_INET, {0, 7, (char)224, 0, 0, 5}, 0}, .gf_fmode = MCAST_EXCLUDE, .gf_numsrc = 1, .gf_slist = {{AF_INET, {0, 7, 10, 0, 0, 9}, 0}}}),

    /* of packets and routes */
    SET(IPPROTO_IP, IP_UNICAST_IF, 4, "SOL_IP, IP_UNICAST_IF, [htonl(2)], 4", (uint32_t){NET(2)}),
    SET_BYTES(IPPROTO_IP, IP_OPTIONS, "\1\1\1\0", "SOL_IP, IP_OPTIONS, \"\\1\\1\\1\\0\", 4"),
    GET(IPPROTO_IP, IP_PKTOPTIONS, 24, "SOL_IP, IP_PKTOPTIONS, [{cmsg_len=20, cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=[64]}], [24]", (struct {size_t len; int level, type, ttl, pad;}){20, IPPROTO_IP, IP_TTL, 64, 0}),
    GET(IPPROTO_IP, 80, 16, "SOL_IP, SO_ORIGINAL_DST, " IN_TEXT("127.0.0.1") ", [16]", seven),
    SET(IPPROTO_IPV6, IPV6_PKTINFO, 20, "SOL_IPV6, IPV6_PKTINFO, {inet_pton(AF_INET6, \"::1\", &ipi6_addr), ipi6_ifindex=if_nametoindex(\"lo\")}, 20", (struct in6_pktinfo){{{{[15] = 1}}}, 1}),
    GET(IPPROTO_IPV6, IPV6_PATHMTU, 32, "SOL_IPV6, IPV6_PATHMTU, {ip6m_addr={sa_family=AF_INET6, sin6_port=htons(7), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, \"::1\", &sin6_addr), sin6_scope_id=0}, ip6m_mtu=1500}, [32]", (struct ip6_mtuinfo){{AF_INET6, 0x0700, 0, {{{[15] = 1}}}, 0}, 1500}),
    GET(IPPROTO_IPV6, IPV6_PATHMTU, 30, "SOL_IPV6, IPV6_PATHMTU, {ip6m_addr={sa_family=AF_INET6, sin6_port=htons(7), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, \"::1\", &sin6_addr), sin6_scope_id=0}, ip6m_mtu=\"\\xdc\\x05\"}, [30]", (struct ip6_mtuinfo){{AF_INET6, 0x0700, 0, {{{[15] = 1}}}, 0}, 1500}),
    SET_BYTES(IPPROTO_IPV6, 32, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\5\0\1\3\0\6\0\7\0\0\0\0\0", "SOL_IPV6, IPV6_FLOWLABEL_MGR, {inet_pton(AF_INET6, \"::1\", &flr_dst), flr_label=htonl(5), flr_action=IPV6_FL_A_GET, flr_share=IPV6_FL_S_EXCL, flr_flags=IPV6_FL_F_CREATE|IPV6_FL_F_EXCL, flr_expires=6, flr_linger=7}, 32"),

    /* filters of ICMP: by what is let through where that is less */
    SET(SOL_RAW, 1, 4, "SOL_RAW, ICMP_FILTER, [ICMP_ECHOREPLY 0x1 /* ICMP_??? */], 4", (uint32_t){3}),
    SET(SOL_RAW, 1, 4, "SOL_RAW, ICMP_FILTER, ~[ICMP_ECHOREPLY], 4", (uint32_t){~1u}),
    SET(SOL_RAW, 1, 4, "SOL_RAW, ICMP_FILTER, ~[], 4", (uint32_t){~0u}),
    SET(SOL_RAW, 1, 0, "SOL_RAW, ICMP_FILTER, 0x10000, 0", (uint32_t){~0u}),
    GET(SOL_RAW, 1, 4, "SOL_RAW, ICMP_FILTER, [], [4]", (uint32_t){0}),
    GET(SOL_RAW, 1, 3, "SOL_RAW, ICMP_FILTER, ~[ICMP_ECHO], [3]", (uint32_t){~0x100u}),
    SET_BAD(SOL_RAW, 1, 4, "SOL_RAW, ICMP_FILTER, 0x66000, 4"),
    SET(SOL_ICMPV6, ICMP6_FILTER, 32, "SOL_ICMPV6, ICMPV6_FILTER, ~[ICMP6_ECHO_REPLY ND_NEIGHBOR_ADVERT], 32", (struct icmp6_filter){{~0u, ~0u, ~0u, ~0u, ~(1u << 1 | 1u << 8), ~0u, ~0u, ~0u}}),
    SET(SOL_ICMPV6, ICMP6_FILTER, 4, "SOL_ICMPV6, ICMPV6_FILTER, [5], 4", (int){5}),

    /* TCP */
    GET(IPPROTO_TCP, TCP_INFO, 8, "SOL_TCP, TCP_INFO, {tcpi_state=TCP_CLOSE, tcpi_ca_state=TCP_CA_Disorder, tcpi_retransmits=2, tcpi_probes=3, tcpi_backoff=4, tcpi_options=TCPI_OPT_TIMESTAMPS|TCPI_OPT_SACK|TCPI_OPT_WSCALE, tcpi_snd_wscale=9, tcpi_rcv_wscale=10, tcpi_delivery_rate_app_limited=1, tcpi_fastopen_client_fail=2}, [8]", (uint8_t[8]){7, 1, 2, 3, 4, 7, 0xa9, 0x05}),
    GET(IPPROTO_TCP, TCP_INFO, 14, "SOL_TCP, TCP_INFO, {tcpi_state=TCP_CLOSE, tcpi_ca_state=TCP_CA_Disorder, tcpi_retransmits=2, tcpi_probes=3, tcpi_backoff=4, tcpi_options=TCPI_OPT_TIMESTAMPS|TCPI_OPT_SACK|TCPI_OPT_WSCALE, tcpi_snd_wscale=9, tcpi_rcv_wscale=10, tcpi_delivery_rate_app_limited=1, tcpi_fastopen_client_fail=2, tcpi_rto=1000000, tcpi_ato=\"\\x05\\x00\"}, [14]", (uint8_t[14]){7, 1, 2, 3, 4, 7, 0xa9, 0x05, 0x40, 0x42, 0x0f, 0, 5}),
    {"getsockopt", {3, IPPROTO_TCP, TCP_INFO, A, B}, 0, {OBJ(B, (int){sizeof(info)})}, {OBJ(A, info), OBJ(B, (int){sizeof(info)})},
     INFO_LINE},
    GET_BYTES(IPPROTO_TCP, TCP_CONGESTION, "cubic\0\0\0\0\0\0\0\0\0\0\0", "SOL_TCP, TCP_CONGESTION, \"cubic\", [16]"),
    GET_BYTES(IPPROTO_TCP, TCP_CONGESTION, "cub", "SOL_TCP, TCP_CONGESTION, \"cub\", [3]"),
    SET_BYTES(IPPROTO_TCP, TCP_CONGESTION, "bbr\0", "SOL_TCP, TCP_CONGESTION, \"bbr\\0\", 4"),
    SET_BYTES(IPPROTO_TCP, TCP_CONGESTION, "reno", "SOL_TCP, TCP_CONGESTION, \"reno\", 4"),
    SET_BAD(IPPROTO_TCP, TCP_CONGESTION, 4, "SOL_TCP, TCP_CONGESTION, 0x66000, 4"),
    SET_BYTES(IPPROTO_TCP, TCP_ULP, "tls\0", "SOL_TCP, TCP_ULP, \"tls\\0\", 4"),
    SET_BYTES(IPPROTO_TCP, TCP_FASTOPEN_KEY, "0123456789abcdef", "SOL_TCP, TCP_FASTOPEN_KEY, \"0123456789abcdef\", 16"),
    SET(IPPROTO_TCP, TCP_MD5SIG_EXT, sizeof(struct tcp_md5sig), "SOL_TCP, TCP_MD5SIG_EXT, {tcpm_addr=" IN_TEXT("127.0.0.1") ", tcpm_flags=TCP_MD5SIG_FLAG_PREFIX, tcpm_prefixlen=24, tcpm_keylen=3, tcpm_ifindex=if_nametoindex(\"lo\"), tcpm_key=\"key\"}, 216", (struct tcp_md5sig){.tcpm_addr = {{{AF_INET, {0, 7, 127, 0, 0, 1}}}}, .tcpm_flags = TCP_MD5SIG_FLAG_PREFIX, .tcpm_prefixlen = 24, .tcpm_keylen = 3, .tcpm_ifindex = 1, .tcpm_key = "key"}),
    SET(IPPROTO_TCP, TCP_REPAIR_OPTIONS, 16, "SOL_TCP, TCP_REPAIR_OPTIONS, [{opt_code=TCPOPT_MAXSEG, opt_val=1460}, {opt_code=TCPOPT_SACK_PERMITTED, opt_val=0}], 16", (struct tcp_repair_opt[2]){{2, 1460}, {4, 0}}),
    SET(IPPROTO_TCP, TCP_REPAIR_OPTIONS, 4, "SOL_TCP, TCP_REPAIR_OPTIONS, [2], 4", (struct tcp_repair_opt){2, 1460}),
    GET(IPPROTO_TCP, TCP_REPAIR_WINDOW, 20, "SOL_TCP, TCP_REPAIR_WINDOW, {snd_wl1=1, snd_wnd=2, max_window=3, rcv_wnd=4, rcv_wup=5}, [20]", (struct tcp_repair_window){1, 2, 3, 4, 5}),
    GET(IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, 64, "SOL_TCP, TCP_ZEROCOPY_RECEIVE, {address=0x7000, length=4096, recv_skip_hint=1, inq=2, err=-3, copybuf_address=NULL, copybuf_len=-4, flags=TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT, msg_control=NULL, msg_controllen=5, msg_flags=MSG_CTRUNC}, [64]", (struct tcp_zerocopy_receive){0x7000, 4096, 1, 2, -3, 0, -4, 1, 0, 5, MSG_CTRUNC, 0}),
    GET(IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, 16, "SOL_TCP, TCP_ZEROCOPY_RECEIVE, {address=0x7000, length=4096, recv_skip_hint=1}, [16]", (struct tcp_zerocopy_receive){0x7000, 4096, 1, 2, -3, 0, -4, 1, 0, 5, MSG_CTRUNC, 0}),
    GET(SOL_MPTCP, MPTCP_INFO, 16, "SOL_MPTCP, MPTCP_INFO, {mptcpi_subflows=1, mptcpi_add_addr_signal=2, mptcpi_add_addr_accepted=3, mptcpi_subflows_max=4, mptcpi_add_addr_signal_max=5, mptcpi_add_addr_accepted_max=6, mptcpi_flags=MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED, mptcpi_token=7}, [16]", (struct mptcp_info){1, 2, 3, 4, 5, 6, 2, 7, 0, 0, 0, 0, 0, 0}),
};
/* clang-format on */

const size_t rows_len = ARRAY_LEN(rows);

ROWS_MAIN("opt")
