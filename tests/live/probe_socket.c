/* tests/live/probe_socket.c: socket and socketpair, good and bad. */
#include "probe.h"

#include <linux/netlink.h>

/* Every call uses the lowest free descriptor, so what it made is closed again, on the record. */
static void try_socket(int domain, int type, int protocol, const char *text)
{
    int fd = -1;

    CALL(fd = socket(domain, type, protocol), "socket(%s)", text);
    if (fd >= 0)
        probe_close(fd);
}

#define TRY(domain, type, protocol) try_socket(domain, type, protocol, #domain ", " #type ", " #protocol)

int main(void)
{
    int pair[2];
    int *nowhere = probe_nowhere();
    int *edge = (int *)probe_edge(4);

    TRY(AF_INET, SOCK_STREAM, IPPROTO_IP);
    TRY(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    try_socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0, "AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP");
    try_socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0,
               "AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP");
    TRY(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    TRY(AF_INET, SOCK_STREAM, IPPROTO_UDP);
    TRY(AF_INET, SOCK_SEQPACKET, IPPROTO_IP);
    TRY(AF_INET6, SOCK_STREAM, IPPROTO_IP);
    TRY(AF_INET6, SOCK_DGRAM, IPPROTO_IP);
    TRY(AF_UNIX, SOCK_STREAM, 0);
    TRY(AF_UNIX, SOCK_DGRAM, 0);
    TRY(AF_UNIX, SOCK_SEQPACKET, 0);
    TRY(AF_UNIX, SOCK_STREAM, 6);
    TRY(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    try_socket(AF_INET, 0, 0, "AF_INET, 0, IPPROTO_IP");
    try_socket(AF_INET, 99, 0, "AF_INET, SOCK_RAW|0x60 /* SOCK_??? */, IPPROTO_IP");
    try_socket(AF_INET, SOCK_STREAM, 999, "AF_INET, SOCK_STREAM, 0x3e7 /* IPPROTO_??? */");
    try_socket(99, SOCK_STREAM, 0, "0x63 /* AF_??? */, SOCK_STREAM, 0");
    try_socket(-1, SOCK_STREAM, 0, "0xffffffff /* AF_??? */, SOCK_STREAM, 0");
    TRY(AF_UNSPEC, SOCK_STREAM, 0);

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    probe_pair(SOCK_DGRAM, "SOCK_DGRAM", pair);
    probe_pair(SOCK_SEQPACKET, "SOCK_SEQPACKET", pair);
    probe_pair(SOCK_STREAM | SOCK_CLOEXEC, "SOCK_STREAM|SOCK_CLOEXEC", pair);
    CALL(socketpair(AF_UNIX, SOCK_STREAM, 0, NULL), "socketpair(AF_UNIX, SOCK_STREAM, 0, NULL)");
    CALL(socketpair(AF_UNIX, SOCK_STREAM, 0, nowhere), "socketpair(AF_UNIX, SOCK_STREAM, 0, %p)",
         (void *)nowhere);
    CALL(socketpair(AF_UNIX, SOCK_STREAM, 0, edge), "socketpair(AF_UNIX, SOCK_STREAM, 0, %p)", (void *)edge);
    CALL(socketpair(AF_INET, SOCK_STREAM, 0, pair), "socketpair(AF_INET, SOCK_STREAM, 0, %p)", (void *)pair);
    return 0;
}
