/* tests/live/probe_sendmsg.c: sendmsg and recvmsg: vectors, addresses, descriptors passed, and messages that
 * can't be read. */
#include "probe.h"

#include <sys/uio.h>

static struct msghdr header(struct iovec *iov, size_t len)
{
    struct msghdr msg = {.msg_iov = iov, .msg_iovlen = len};

    return msg;
}

static void vectors(int from, int to)
{
    char one[4], two[8], three[8];
    struct iovec out[] = {{(char *)"head", 4}, {(char *)"", 0}, {(char *)"tail\n", 5}},
                 in[] = {{one, 4}, {two, 8}, {three, 8}};
    struct msghdr sent = header(out, 3), got = header(in, 3);
    const char *line =
        "msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"head\", iov_len=4}, {iov_base=\"\", iov_len=0}, "
        "{iov_base=\"tail\\n\", iov_len=5}], msg_iovlen=3, msg_controllen=0, msg_flags=";

    CALL(sendmsg(from, &sent, 0), "sendmsg(%d, {%s0}, 0)", from, line);
    CALL(recvmsg(to, &got, 0),
         "recvmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"head\", iov_len=4}, "
         "{iov_base=\"tail\\n\", "
         "iov_len=8}, {iov_base=\"\", iov_len=8}], msg_iovlen=3, msg_controllen=0, msg_flags=0}, 0)",
         to);
    sent.msg_flags = MSG_OOB; /* what the kernel passes over */
    CALL(sendmsg(from, &sent, MSG_NOSIGNAL), "sendmsg(%d, {%sMSG_OOB}, MSG_NOSIGNAL)", from, line);
    in[0].iov_len = 2;
    got = header(in, 1);
    CALL(recvmsg(to, &got, MSG_PEEK),
         "recvmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"he\", iov_len=2}], msg_iovlen=1, "
         "msg_controllen=0, msg_flags=%s}, MSG_PEEK)",
         to, got.msg_flags & MSG_TRUNC ? "MSG_TRUNC" : "0");
    in[0].iov_len = 4;
    got = header(in, 3);
    CALL(recvmsg(to, &got, 0),
         "recvmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"head\", iov_len=4}, "
         "{iov_base=\"tail\\n\", "
         "iov_len=8}, {iov_base=\"\", iov_len=8}], msg_iovlen=3, msg_controllen=0, msg_flags=0}, 0)",
         to);
    got = header(in, 3);
    CALL(recvmsg(to, &got, MSG_DONTWAIT), "recvmsg(%d, {msg_namelen=0}, MSG_DONTWAIT)", to);
}

static void bad(int from, int to)
{
    struct iovec *nowhere_iov = probe_nowhere(), *edge_iov = (struct iovec *)probe_edge(sizeof *edge_iov);
    struct msghdr *nowhere = probe_nowhere(), *edge = (struct msghdr *)probe_edge(16);
    struct iovec unreadable = {nowhere, 4};
    struct msghdr msg = {0};

    memset(edge, 0, 16);
    *edge_iov = (struct iovec){(char *)"once", 4};
    CALL(sendmsg(from, NULL, 0), "sendmsg(%d, NULL, 0)", from);
    CALL(sendmsg(from, nowhere, 0), "sendmsg(%d, %p, 0)", from, (void *)nowhere);
    CALL(sendmsg(from, edge, 0), "sendmsg(%d, %p, 0)", from, (void *)edge);
    CALL(recvmsg(to, NULL, 0), "recvmsg(%d, NULL, 0)", to);
    CALL(recvmsg(to, nowhere, 0), "recvmsg(%d, %p, 0)", to, (void *)nowhere);
    msg = header(nowhere_iov, 2);
    CALL(sendmsg(from, &msg, 0),
         "sendmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=%p, msg_iovlen=2, msg_controllen=0, "
         "msg_flags=0}, 0)",
         from, (void *)nowhere_iov);
    msg = header(edge_iov, 2);
    CALL(sendmsg(from, &msg, 0),
         "sendmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"once\", iov_len=4}, ... /* %p */], "
         "msg_iovlen=2, "
         "msg_controllen=0, msg_flags=0}, 0)",
         from, (void *)(edge_iov + 1));
    msg = header(&unreadable, 1);
    CALL(sendmsg(from, &msg, 0),
         "sendmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=%p, iov_len=4}], msg_iovlen=1, "
         "msg_controllen=0, "
         "msg_flags=0}, 0)",
         from, (void *)nowhere);
    msg = header(edge_iov, SIZE_MAX);
    CALL(sendmsg(from, &msg, 0),
         "sendmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=%s, msg_iovlen=%zu, msg_controllen=0, "
         "msg_flags=0}, 0)",
         from, probe_endless("{iov_base=\"once\", iov_len=4}", edge_iov, sizeof *edge_iov), SIZE_MAX);
    CALL(sendmsg(99, &(struct msghdr){0}, 0), "sendmsg(99, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, "
                                              "msg_iovlen=0, msg_controllen=0, msg_flags=0}, 0)");
    CALL(recvmsg(99, &(struct msghdr){0}, 0), "recvmsg(99, {msg_namelen=0}, 0)");
}

static void passes_descriptors(int from, int to)
{
    union {
        char bytes[CMSG_SPACE(2 * sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    char byte = 'f';
    struct iovec iov = {&byte, 1};
    struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control.bytes};
    struct cmsghdr *cmsg = &control.align;
    int fds[2] = {from, to}, got[2];

    msg.msg_controllen = sizeof control.bytes;
    *cmsg =
        (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof fds), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(cmsg), fds, sizeof fds);
    CALL(sendmsg(from, &msg, 0),
         "sendmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"f\", iov_len=1}], msg_iovlen=1, "
         "msg_control=[{cmsg_len=%zu, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[%d, %d]}], "
         "msg_controllen=%zu, "
         "msg_flags=0}, 0)",
         from, CMSG_LEN(sizeof fds), from, to, CMSG_SPACE(sizeof fds));
    memset(control.bytes, 0, sizeof control.bytes);
    CALL(recvmsg(to, &msg, MSG_CMSG_CLOEXEC),
         "recvmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"f\", iov_len=1}], msg_iovlen=1, "
         "msg_control=[{cmsg_len=%zu, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[%d, %d]}], "
         "msg_controllen=%zu, "
         "msg_flags=MSG_CMSG_CLOEXEC}, MSG_CMSG_CLOEXEC)",
         to, CMSG_LEN(sizeof fds), to + 1, to + 2, CMSG_SPACE(sizeof fds));
    memcpy(got, CMSG_DATA(cmsg), sizeof got);
    probe_close(got[0]);
    probe_close(got[1]);
    CALL(send(from, "not from here", 13, 0), "sendto(%d, \"not from here\", 13, 0, NULL, 0)", from);
    msg.msg_controllen = sizeof control.bytes;
    CALL(recvmsg(to, &msg, 0),
         "recvmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"n\", iov_len=1}], msg_iovlen=1, "
         "msg_controllen=0, msg_flags=%s}, 0)",
         to, msg.msg_flags & MSG_TRUNC ? "MSG_TRUNC" : "0");
}

static void named(void)
{
    int from = -1, to = -1;
    struct sockaddr_in here = probe_in("127.0.0.1", 0), seen = {0};
    char into[4];
    struct iovec out = {(char *)"datagram", 8}, in = {into, 4};
    struct msghdr msg = {.msg_name = &here, .msg_namelen = 16, .msg_iov = &out, .msg_iovlen = 1};

    CALL(to = socket(AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    CALL(from = socket(AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    CALL(bind(to, (struct sockaddr *)&here, 16), "bind(%d, %s, 16)", to, probe_in_text(&here));
    here = probe_bound(to);
    CALL(sendmsg(from, &msg, 0),
         "sendmsg(%d, {msg_name=%s, msg_namelen=16, msg_iov=[{iov_base=\"datagram\", iov_len=8}], "
         "msg_iovlen=1, "
         "msg_controllen=0, msg_flags=0}, 0)",
         from, probe_in_text(&here));
    msg = (struct msghdr){.msg_name = &seen, .msg_namelen = 64, .msg_iov = &in, .msg_iovlen = 1};
    CALL(recvmsg(to, &msg, 0),
         "recvmsg(%d, {msg_name=%s, msg_namelen=64 => 16, msg_iov=[{iov_base=\"data\", iov_len=4}], "
         "msg_iovlen=1, "
         "msg_controllen=0, msg_flags=MSG_TRUNC}, 0)",
         to, probe_in_text(&seen));
    CALL(recvmsg(to, &msg, MSG_DONTWAIT), "recvmsg(%d, {msg_namelen=16}, MSG_DONTWAIT)", to);
    probe_close(from);
    probe_close(to);
}

int main(void)
{
    static const struct {
        int type;
        const char *text;
    } types[] = {{SOCK_STREAM, "SOCK_STREAM"}, {SOCK_DGRAM, "SOCK_DGRAM"}};

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        int pair[2];

        probe_pair(types[i].type, types[i].text, pair);
        vectors(pair[0], pair[1]);
        bad(pair[0], pair[1]);
        passes_descriptors(pair[0], pair[1]);
        probe_close(pair[0]);
        probe_close(pair[1]);
    }
    named();
    return 0;
}
