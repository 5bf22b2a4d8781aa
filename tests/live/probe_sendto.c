/* tests/live/probe_sendto.c: send, recv, sendto and recvfrom on pairs and datagram sockets. */
#include "probe.h"

/* strace's default: 32 bytes of a string are printed, then "...". */
static void lengths(int from, int to)
{
    static char bytes[100000], into[100000];

    memset(bytes, 'a', sizeof bytes);
    CALL(send(from, bytes, 0, 0), "sendto(%d, \"\", 0, 0, NULL, 0)", from);
    for (size_t len = 31; len <= 33; len++) {
        CALL(send(from, bytes, len, 0), "sendto(%d, \"%.*s\"%s, %zu, 0, NULL, 0)", from,
             len > 32 ? 32 : (int)len, bytes, len > 32 ? "..." : "", len);
        CALL(recv(to, into, sizeof into, 0), "recvfrom(%d, \"%.*s\"%s, 100000, 0, NULL, NULL)", to,
             len > 32 ? 32 : (int)len, bytes, len > 32 ? "..." : "");
    }
    CALL(send(from, bytes, sizeof bytes, MSG_DONTWAIT),
         "sendto(%d, \"%.32s\"..., 100000, MSG_DONTWAIT, NULL, 0)", from, bytes);
    CALL(recv(to, into, sizeof into, MSG_WAITALL),
         "recvfrom(%d, \"%.32s\"..., 100000, MSG_WAITALL, NULL, NULL)", to, bytes);
    memcpy(bytes, "\0\1\a\b\t\n\v\f\r\33\"\\?\177\200\377 8\0017\0x", 22);
    CALL(send(from, bytes, 22, 0), "sendto(%d, %s, 22, 0, NULL, 0)", from, probe_quote(bytes, 22));
    CALL(recv(to, into, 5, MSG_PEEK), "recvfrom(%d, %s, 5, MSG_PEEK, NULL, NULL)", to, probe_quote(bytes, 5));
    CALL(recv(to, into, 1, 0), "recvfrom(%d, \"\\0\", 1, 0, NULL, NULL)", to);
    CALL(recv(to, into, 0, 0), "recvfrom(%d, \"\", 0, 0, NULL, NULL)", to);
    CALL(recv(to, into, 100, MSG_DONTWAIT), "recvfrom(%d, %s, 100, MSG_DONTWAIT, NULL, NULL)", to,
         probe_quote(bytes + 1, 21));
}

static void bad(int from, int to)
{
    char *nowhere = probe_nowhere(), *edge = probe_edge(4), into[16];

    memcpy(edge, "edge", 4);
    CALL(recv(to, into, sizeof into, MSG_DONTWAIT), "recvfrom(%d, %p, 16, MSG_DONTWAIT, NULL, NULL)", to,
         (void *)into);
    CALL(send(from, NULL, 5, 0), "sendto(%d, NULL, 5, 0, NULL, 0)", from);
    CALL(send(from, nowhere, 5, 0), "sendto(%d, %p, 5, 0, NULL, 0)", from, (void *)nowhere);
    CALL(send(from, edge, 8, 0), "sendto(%d, %p, 8, 0, NULL, 0)", from, (void *)edge);
    CALL(send(from, edge, 4, 0), "sendto(%d, \"edge\", 4, 0, NULL, 0)", from);
    CALL(recv(to, NULL, 4, MSG_DONTWAIT), "recvfrom(%d, NULL, 4, MSG_DONTWAIT, NULL, NULL)", to);
    CALL(recv(to, nowhere, 4, MSG_DONTWAIT), "recvfrom(%d, %p, 4, MSG_DONTWAIT, NULL, NULL)", to,
         (void *)nowhere);
    CALL(send(-1, "x", 1, 0), "sendto(-1, \"x\", 1, 0, NULL, 0)");
    CALL(send(99, "x", 1, 0), "sendto(99, \"x\", 1, 0, NULL, 0)");
    CALL(send(0, "x", 1, 0), "sendto(0, \"x\", 1, 0, NULL, 0)");
    CALL(recv(-1, into, 1, 0), "recvfrom(-1, %p, 1, 0, NULL, NULL)", (void *)into);
    CALL(recv(99, into, 1, 0), "recvfrom(99, %p, 1, 0, NULL, NULL)", (void *)into);
    CALL(recv(0, into, 1, 0), "recvfrom(0, %p, 1, 0, NULL, NULL)", (void *)into);
}

static void end_of_stream(int from, int to)
{
    char into[16];

    probe_close(to);
    CALL(send(from, "x", 1, MSG_NOSIGNAL), "sendto(%d, \"x\", 1, MSG_NOSIGNAL, NULL, 0)", from);
    CALL(recv(from, into, 16, 0), "recvfrom(%d, \"\", 16, 0, NULL, NULL)", from);
    probe_close(from);
}

static void addressed(void)
{
    int from = -1, to = -1;
    struct sockaddr_in here = probe_in("127.0.0.1", 0), source, seen = {0};
    struct sockaddr *sa = (struct sockaddr *)&here, *got = (struct sockaddr *)&seen,
                    *nowhere = probe_nowhere();
    socklen_t len = 128;
    char into[16], *readable = probe_edge(40);

    CALL(to = socket(AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    CALL(from = socket(AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    CALL(bind(to, sa, 16), "bind(%d, %s, 16)", to, probe_in_text(&here));
    here = probe_bound(to);
    CALL(send(from, "x", 1, 0), "sendto(%d, \"x\", 1, 0, NULL, 0)", from);
    CALL(sendto(from, "ping", 4, 0, sa, 16), "sendto(%d, \"ping\", 4, 0, %s, 16)", from,
         probe_in_text(&here));
    source = probe_bound(from);
    source.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CALL(recvfrom(to, into, 16, 0, got, &len), "recvfrom(%d, \"ping\", 16, 0, %s, [128 => 16])", to,
         probe_in_text(&source));
    CALL(sendto(to, "", 0, 0, got, len), "sendto(%d, \"\", 0, 0, %s, 16)", to, probe_in_text(&seen));
    CALL(recvfrom(from, into, 16, 0, got, &len), "recvfrom(%d, \"\", 16, 0, %s, [16])", from,
         probe_in_text(&seen));
    CALL(sendto(from, "long datagram", 13, 0, sa, 16), "sendto(%d, \"long datagram\", 13, 0, %s, 16)", from,
         probe_in_text(&here));
    CALL(recvfrom(to, into, 4, MSG_TRUNC, NULL, NULL), "recvfrom(%d, \"long\", 4, MSG_TRUNC, NULL, NULL)",
         to);
    CALL(recvfrom(to, into, 16, MSG_DONTWAIT, got, &len), "recvfrom(%d, %p, 16, MSG_DONTWAIT, %p, [16])", to,
         (void *)into, (void *)got);
    CALL(sendto(from, "x", 1, 0, sa, 8), "sendto(%d, \"x\", 1, 0, {sa_family=AF_INET, sa_data=%s}, 8)", from,
         probe_quote(&here.sin_port, 6));
    CALL(sendto(from, "x", 1, 0, nowhere, 16), "sendto(%d, \"x\", 1, 0, %p, 16)", from, (void *)nowhere);
    memset(readable, 'x', 40);
    CALL(sendto(from, readable, SIZE_MAX, 0, sa, 16), "sendto(%d, \"%.32s\"..., %zu, 0, %s, 16)", from,
         readable, SIZE_MAX, probe_in_text(&here));
    CALL(sendto(from, readable + 30, SIZE_MAX, 0, sa, 16), "sendto(%d, %p, %zu, 0, %s, 16)", from,
         (void *)(readable + 30), SIZE_MAX, probe_in_text(&here));
    probe_close(from);
    probe_close(to);
}

int main(void)
{
    int pair[2];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    lengths(pair[0], pair[1]);
    bad(pair[0], pair[1]);
    CALL(recv(pair[1], probe_edge(4), 8, 0), "recvfrom(%d, \"edge\", 8, 0, NULL, NULL)", pair[1]);
    end_of_stream(pair[0], pair[1]);
    probe_pair(SOCK_DGRAM, "SOCK_DGRAM", pair);
    bad(pair[0], pair[1]);
    addressed();
    return 0;
}
