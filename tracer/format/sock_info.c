/* format/sock_info.c: a socket's protocol, addresses and inode, for people and as strace has them. */
#include "format/sock_info.h"

#include "base/alloc.h"
#include "base/quote.h"

#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* Of a family, type and protocol (DEFAULT: the one that comes with the type) as the kernel names them
 * (system.sockprotoname of xattr(7)). */
enum { ANY = -1, DEFAULT = 0 };

static const struct {
    int domain, type, protocol;
    const char *name;
} protocols[] = {
    {AF_INET, SOCK_STREAM, DEFAULT, "TCP"},
    {AF_INET, SOCK_STREAM, IPPROTO_TCP, "TCP"},
    {AF_INET, SOCK_STREAM, IPPROTO_MPTCP, "MPTCP"},
    {AF_INET, ANY, IPPROTO_SCTP, "SCTP"},
    {AF_INET, ANY, IPPROTO_DCCP, "DCCP"},
    {AF_INET, SOCK_DGRAM, DEFAULT, "UDP"},
    {AF_INET, SOCK_DGRAM, IPPROTO_UDP, "UDP"},
    {AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, "UDPLITE"},
    {AF_INET, SOCK_DGRAM, IPPROTO_ICMP, "PING"},
    {AF_INET, SOCK_DGRAM, IPPROTO_ICMPV6, "PING"},
    {AF_INET, SOCK_RAW, ANY, "RAW"},
    {AF_UNIX, SOCK_STREAM, ANY, "UNIX-STREAM"},
    {AF_UNIX, ANY, ANY, "UNIX"},
    {AF_NETLINK, ANY, ANY, "NETLINK"},
};

static bool is(int pattern, int n)
{
    return pattern == ANY || pattern == n;
}

static void add_protocol(struct buf *out, const struct sock_info *info)
{
    int domain = info->domain == AF_INET6 ? AF_INET : info->domain;
    int protocol = info->protocol < 0 ? DEFAULT : info->protocol;

    for (size_t i = 0; i < ARRAY_LEN(protocols); i++) {
        if (protocols[i].domain != domain || !is(protocols[i].type, info->type) ||
            !is(protocols[i].protocol, protocol))
            continue;
        buf_adds(out, protocols[i].name);
        if (info->domain == AF_INET6)
            buf_adds(out, "v6");
        return;
    }
}

static bool find(uint64_t sock, const struct event *event, const struct format_opts *opts,
                 struct sock_info *info)
{
    bool made = event && (sock == event->made[0] || sock == event->made[1]);

    return opts->socks && opts->socks->info(opts->socks->arg, sock, made, info);
}

/* `127.0.0.1:7000->127.0.0.1:40312`; false where nothing is known, and nothing is written. */
static bool add_addrs(struct buf *out, const struct sock_info *info)
{
    if (!value_addr_short(info->local, out))
        return false;
    if (!info->peer)
        return true;
    buf_adds(out, "->");
    value_addr_short(info->peer, out);
    return true;
}

/* Unix-domain sockets need no name; one that no end has is not worth a word. */
static bool is_named(const struct value *addr)
{
    return addr && (strcmp(addr->st.type, "sockaddr_un") != 0 || value_field(addr, "sun_path"));
}

void sock_info_add(struct buf *out, const struct sock_info *info, bool with_protocol)
{
    size_t from = out->len;

    buf_addc(out, ' ');
    if (with_protocol)
        add_protocol(out, info);
    if (out->len > from + 1)
        buf_addc(out, ' ');
    if (is_named(info->local) || is_named(info->peer))
        add_addrs(out, info);
    if (out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
}

void sock_info_tag(struct buf *out, uint64_t sock, const struct event *event, const struct format_opts *opts)
{
    struct sock_info info;

    buf_addf(out, "<sock %" PRIu64, sock);
    if (find(sock, event, opts, &info))
        sock_info_add(out, &info, opts->fds & FD_INFO_SOCKET);
    buf_addc(out, '>');
}

/* ---- as strace has it ---- */

static void add_inode(struct buf *out, uint64_t inode, uint64_t sock)
{
    buf_addf(out, inode ? "%" PRIu64 : "sock %" PRIu64, inode ? inode : sock);
}

static bool add_inet(struct buf *out, uint64_t sock, const struct sock_info *info)
{
    (void)sock;
    return add_addrs(out, info);
}

/* Its own inode, that of its other end, and where it is bound. */
static bool add_unix(struct buf *out, uint64_t sock, const struct sock_info *info)
{
    const struct value *path = value_field(info->local, "sun_path");

    add_inode(out, info->inode, sock);
    if (info->peer_inode)
        buf_addf(out, "->%" PRIu64, info->peer_inode);
    if (path && path->kind == VALUE_BYTES && path->bytes.len) {
        bool is_abstract = path->bytes.ptr[0] == '\0';

        buf_adds(out, is_abstract ? ",@\"" : ",\"");
        quote_c(out, path->bytes.ptr + is_abstract, path->bytes.len - is_abstract);
        buf_addc(out, '"');
    }
    return true;
}

static bool add_netlink(struct buf *out, uint64_t sock, const struct sock_info *info)
{
    const char *name = nametab_name(&nametab_netlink, (uint64_t)info->protocol);
    int64_t pid = 0;

    (void)sock;
    if (!value_number(value_field(info->local, "nl_pid"), &pid) || !pid || !name)
        return false;
    if (strncmp(name, "NETLINK_", strlen("NETLINK_")) == 0)
        name += strlen("NETLINK_");
    buf_addf(out, "%s:%" PRId64, name, pid);
    return true;
}

/* What stands in the square brackets, where more than the inode is known. */
static const struct {
    int domain;
    bool (*add)(struct buf *out, uint64_t sock, const struct sock_info *info);
} details[] = {{AF_INET, add_inet}, {AF_INET6, add_inet}, {AF_UNIX, add_unix}, {AF_NETLINK, add_netlink}};

static bool add_details(struct buf *out, uint64_t sock, const struct sock_info *info)
{
    for (size_t i = 0; i < ARRAY_LEN(details); i++)
        if (details[i].domain == info->domain && details[i].add(out, sock, info))
            return true;
    return false;
}

void sock_info_tag_strace(struct buf *out, uint64_t sock, const struct event *event,
                          const struct format_opts *opts)
{
    struct sock_info info = {.domain = -1, .type = -1, .protocol = -1};
    size_t from = out->len;

    /* The number was this socket's before. */
    if (event && event->err == EBADF && event->sock == sock)
        return;
    find(sock, event, opts, &info);
    buf_addc(out, '<');
    if (opts->fds & FD_INFO_SOCKET) {
        add_protocol(out, &info);
        if (out->len > from + 1) {
            buf_adds(out, ":[");
            if (!add_details(out, sock, &info))
                add_inode(out, info.inode, sock);
            buf_adds(out, "]>");
            return;
        }
    }
    out->data[out->len = from] = '\0';
    if (!(opts->fds & FD_INFO_PATH))
        return;
    buf_adds(out, "<socket:[");
    add_inode(out, info.inode, sock);
    buf_adds(out, "]>");
}
