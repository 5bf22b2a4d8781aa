/* unit/format/test_sock_info.c: what is behind an fd, as text and as strace -y and -yy have it. */
#include "../suite.h"
#include "base/alloc.h"
#include "format/sock_info.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* Addresses by a short name: a digit is the last of 127.0.0.N (6: of ::N) and the port 700N; a path; an
 * nl_pid. */
struct row {
    int domain, type, protocol;
    uint64_t inode, peer_inode;
    const char *local, *peer; /* NULL: none */
    const char *text, *path, *socket;
};

static const struct row rows[] = {
    {AF_INET, SOCK_STREAM, 0, 77, 0, NULL, NULL, "<sock 5 TCP>", "<socket:[77]>", "<TCP:[77]>"},
    {AF_INET, SOCK_STREAM, IPPROTO_TCP, 77, 0, "1", NULL, "<sock 5 TCP 127.0.0.1:7001>", "<socket:[77]>",
     "<TCP:[127.0.0.1:7001]>"},
    {AF_INET, SOCK_STREAM, 0, 77, 0, "1", "2", "<sock 5 TCP 127.0.0.1:7001->127.0.0.2:7002>", "<socket:[77]>",
     "<TCP:[127.0.0.1:7001->127.0.0.2:7002]>"},
    {AF_INET6, SOCK_STREAM, -1, 0, 0, "1", NULL, "<sock 5 TCPv6 [::1]:7001>", "<socket:[sock 5]>",
     "<TCPv6:[[::1]:7001]>"},
    {AF_INET, SOCK_DGRAM, IPPROTO_UDP, 0, 0, NULL, NULL, "<sock 5 UDP>", "<socket:[sock 5]>",
     "<UDP:[sock 5]>"},
    {AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE, 9, 0, NULL, NULL, "<sock 5 UDPLITEv6>", "<socket:[9]>",
     "<UDPLITEv6:[9]>"},
    {AF_INET, SOCK_DGRAM, IPPROTO_ICMP, 9, 0, NULL, NULL, "<sock 5 PING>", "<socket:[9]>", "<PING:[9]>"},
    {AF_INET, SOCK_RAW, IPPROTO_ICMP, 9, 0, NULL, NULL, "<sock 5 RAW>", "<socket:[9]>", "<RAW:[9]>"},
    {AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP, 9, 0, NULL, NULL, "<sock 5 SCTP>", "<socket:[9]>", "<SCTP:[9]>"},
    {AF_UNIX, SOCK_STREAM, 0, 9, 0, NULL, NULL, "<sock 5 UNIX-STREAM>", "<socket:[9]>", "<UNIX-STREAM:[9]>"},
    {AF_UNIX, SOCK_STREAM, 0, 9, 8, "/a\"b", NULL, "<sock 5 UNIX-STREAM unix:\"/a\\\"b\">", "<socket:[9]>",
     "<UNIX-STREAM:[9->8,\"/a\\\"b\"]>"},
    {AF_UNIX, SOCK_DGRAM, 0, 9, 8, "@a", "", "<sock 5 UNIX unix:\"@a\"->unix:\"\">", "<socket:[9]>",
     "<UNIX:[9->8,@\"a\"]>"},
    {AF_UNIX, SOCK_SEQPACKET, 0, 0, 0, "", "", "<sock 5 UNIX>", "<socket:[sock 5]>", "<UNIX:[sock 5]>"},
    {AF_NETLINK, SOCK_RAW, 0, 9, 0, NULL, NULL, "<sock 5 NETLINK>", "<socket:[9]>", "<NETLINK:[9]>"},
    {AF_NETLINK, SOCK_RAW, 0, 9, 0, "412", NULL, "<sock 5 NETLINK netlink:412>", "<socket:[9]>",
     "<NETLINK:[ROUTE:412]>"},
    {AF_NETLINK, SOCK_RAW, 0, 9, 0, "0", NULL, "<sock 5 NETLINK netlink:0>", "<socket:[9]>", "<NETLINK:[9]>"},
    {AF_PACKET, SOCK_RAW, 0, 9, 0, NULL, NULL, "<sock 5>", "<socket:[9]>", "<socket:[9]>"},
    {-1, -1, -1, 9, 0, NULL, NULL, "<sock 5>", "<socket:[9]>", "<socket:[9]>"},
};

static const struct value *inet(struct arena *arena, int domain, int n)
{
    bool is_v4 = domain == AF_INET;
    uint8_t bytes[16] = {0};
    struct field fields[2];

    memcpy(bytes, "\x7f", is_v4);
    bytes[is_v4 ? 3 : 15] = (uint8_t)n;
    fields[0] = (struct field){is_v4 ? "sin_port" : "sin6_port", value_int(arena, 7000 + n)};
    fields[1] = (struct field){is_v4 ? "sin_addr" : "sin6_addr", value_ip(arena, bytes, is_v4 ? 4 : 16)};
    return value_struct(arena, is_v4 ? "sockaddr_in" : "sockaddr_in6", fields, 2);
}

static const struct value *addr(struct arena *arena, int domain, const char *word)
{
    struct field field = {"nl_pid", NULL};
    size_t len = word ? strlen(word) : 0;

    if (!word)
        return NULL;
    if (domain == AF_INET || domain == AF_INET6)
        return inet(arena, domain, atoi(word));
    if (domain == AF_NETLINK) {
        field.value = value_int(arena, atoi(word));
        return value_struct(arena, "sockaddr_nl", &field, 1);
    }
    field = (struct field){"sun_path", value_bytes(arena, *word == '@' ? "\0a" : word, len, len)};
    return value_struct(arena, "sockaddr_un", &field, len > 0);
}

static bool info_of(void *arg, uint64_t sock, bool made, struct sock_info *info)
{
    ck_assert_uint_eq(sock, 5);
    ck_assert(!made);
    *info = *(struct sock_info *)arg;
    return true;
}

START_TEST(each_is_told)
{
    const struct row *row = &rows[_i];
    struct arena arena = {0};
    struct sock_info info = {row->domain, row->type, row->protocol, row->inode, row->peer_inode, NULL, NULL};
    struct sock_source source = {info_of, &info};
    struct format_opts opts = {.fds = FD_INFO_PATH | FD_INFO_SOCKET, .socks = &source};
    struct buf out = {0};

    info.local = addr(&arena, row->domain, row->local);
    info.peer = addr(&arena, row->domain, row->peer);
    sock_info_tag(&out, 5, NULL, &opts);
    ck_assert_str_eq(buf_str(&out), row->text);
    buf_reset(&out);
    sock_info_tag_strace(&out, 5, NULL, &opts);
    ck_assert_str_eq(buf_str(&out), row->socket);
    buf_reset(&out);
    opts.fds = FD_INFO_PATH;
    sock_info_tag_strace(&out, 5, NULL, &opts);
    ck_assert_str_eq(buf_str(&out), row->path);
    buf_release(&out);
    arena_release(&arena);
}
END_TEST

START_TEST(without_a_source_the_number_is_all)
{
    struct format_opts opts = {.fds = FD_INFO_PATH};
    struct buf out = {0};

    sock_info_tag(&out, 5, NULL, &opts);
    sock_info_tag_strace(&out, 6, NULL, &opts);
    opts.fds = FD_INFO_SOCKET; /* and of no protocol there is nothing to tell */
    sock_info_tag_strace(&out, 7, NULL, &opts);
    ck_assert_str_eq(buf_str(&out), "<sock 5><socket:[sock 6]>");
    buf_release(&out);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "each", each_is_told, ARRAY_LEN(rows));
    suite_add(suite, "no source", without_a_source_the_number_is_all);
}
SUITE_MAIN("sock_info", add)
