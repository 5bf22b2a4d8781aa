/* tests/live/probe_cmsg.c: control messages that the kernel really delivers, and such as it refuses. */
#include "probe.h"

#include <linux/errqueue.h>
#include <sys/time.h>
#include <time.h>

static union {
    char bytes[512];
    struct cmsghdr align;
} control;

static char byte[8];
static struct iovec iov = {byte, sizeof byte};

/* A message with room for what comes with it. */
static struct msghdr room(size_t controllen)
{
    memset(&control, 0, sizeof control);
    iov.iov_len = sizeof byte;
    return (struct msghdr){.msg_iov = &iov,
                           .msg_iovlen = 1,
                           .msg_control = controllen ? control.bytes : NULL,
                           .msg_controllen = controllen};
}

/* The text of a message that was received into `room`, and of its control data. */
static const char *received(const struct msghdr *msg, size_t len, const char *name, const char *messages)
{
    const char *flags = msg->msg_flags == (MSG_CTRUNC | MSG_TRUNC) ? "MSG_CTRUNC|MSG_TRUNC"
                        : msg->msg_flags & MSG_CTRUNC              ? "MSG_CTRUNC"
                        : msg->msg_flags & MSG_TRUNC               ? "MSG_TRUNC"
                        : msg->msg_flags & MSG_ERRQUEUE            ? "MSG_ERRQUEUE"
                                                                   : "0";

    return probe_text(
        "{%s, msg_iov=[{iov_base=%s, iov_len=%zu}], msg_iovlen=1, %s%s%smsg_controllen=%zu, msg_flags=%s}",
        name, probe_quote(byte, len), iov.iov_len, msg->msg_controllen ? "msg_control=[" : "", messages,
        msg->msg_controllen ? "], " : "", (size_t)msg->msg_controllen, flags);
}

static const char *cmsg(const char *level, const char *type, size_t size, const char *data)
{
    return probe_text("{cmsg_len=%zu, cmsg_level=%s, cmsg_type=%s, cmsg_data=%s}", (size_t)CMSG_LEN(size),
                      level, type, data);
}

/* Texts that are used again: those of probe_text take turns. */
static const char *kept(char into[static 256], const char *text)
{
    snprintf(into, 256, "%s", text);
    return into;
}

static const void *data_of(int level, int type)
{
    struct msghdr msg = {.msg_control = control.bytes, .msg_controllen = sizeof control.bytes};

    for (struct cmsghdr *at = CMSG_FIRSTHDR(&msg); at && at->cmsg_len; at = CMSG_NXTHDR(&msg, at))
        if (at->cmsg_level == level && at->cmsg_type == type)
            return CMSG_DATA(at);
    printf("no control message %d of level %d came\n", type, level);
    exit(1);
}

static void set_on(int fd, int level, int name, const char *text)
{
    int on = 1;

    CALL(setsockopt(fd, level, name, &on, sizeof on), "setsockopt(%d, %s, [1], 4)", fd, text);
}

/* A UDP socket that hears itself. */
static int loop_socket(struct sockaddr_in *here)
{
    int fd;

    *here = probe_in("127.0.0.1", 0);
    CALL(fd = socket(AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    CALL(bind(fd, (struct sockaddr *)here, sizeof *here), "bind(%d, %s, 16)", fd, probe_in_text(here));
    *here = probe_bound(fd);
    CALL(connect(fd, (struct sockaddr *)here, sizeof *here), "connect(%d, %s, 16)", fd, probe_in_text(here));
    return fd;
}

static void says(int fd)
{
    CALL(sendto(fd, "say", 3, 0, NULL, 0), "sendto(%d, \"say\", 3, 0, NULL, 0)", fd);
}

#define NO_NAME "msg_name=NULL, msg_namelen=0"

static void ip(void)
{
    struct sockaddr_in here;
    int fd = loop_socket(&here);
    const char *info, *ttl, *tos;
    char keep[256];
    struct msghdr msg;

    set_on(fd, SOL_IP, IP_PKTINFO, "SOL_IP, IP_PKTINFO");
    set_on(fd, SOL_IP, IP_RECVTTL, "SOL_IP, IP_RECVTTL");
    set_on(fd, SOL_IP, IP_RECVTOS, "SOL_IP, IP_RECVTOS");
    set_on(fd, SOL_IP, IP_RECVORIGDSTADDR, "SOL_IP, IP_ORIGDSTADDR");
    says(fd);
    info = kept(keep, cmsg("SOL_IP", "IP_PKTINFO", sizeof(struct in_pktinfo),
                           "{ipi_ifindex=if_nametoindex(\"lo\"), ipi_spec_dst=inet_addr(\"127.0.0.1\"), "
                           "ipi_addr=inet_addr(\"127.0.0.1\")}"));
    ttl = cmsg("SOL_IP", "IP_TTL", sizeof(int), "[64]");
    tos = cmsg("SOL_IP", "IP_TOS", 1, "[0]");
    msg = room(sizeof control.bytes);
    CALL(recvmsg(fd, &msg, 0), "recvmsg(%d, %s, 0)", fd,
         received(&msg, 3, NO_NAME,
                  probe_text("%s, %s, %s, %s", info, ttl, tos,
                             cmsg("SOL_IP", "IP_ORIGDSTADDR", sizeof here, probe_in_text(&here)))));

    /* Too little room: the first still comes, the rest does not. */
    says(fd);
    msg = room(CMSG_SPACE(sizeof(struct in_pktinfo)));
    iov.iov_len = 2;
    CALL(recvmsg(fd, &msg, 0), "recvmsg(%d, %s, 0)", fd, received(&msg, 2, NO_NAME, info));
    says(fd);
    msg = room(0);
    CALL(recvmsg(fd, &msg, 0), "recvmsg(%d, %s, 0)", fd, received(&msg, 3, NO_NAME, ""));
    says(fd);
    CALL(recvfrom(fd, byte, 2, MSG_TRUNC, NULL, NULL), "recvfrom(%d, \"sa\", 2, MSG_TRUNC, NULL, NULL)", fd);
    probe_close(fd);
}

static void ip6(void)
{
    struct sockaddr_in6 here = probe_in6("::1", 0);
    socklen_t len = sizeof here;
    struct msghdr msg = room(sizeof control.bytes);
    int fd, bound;

    CALL(fd = socket(AF_INET6, SOCK_DGRAM, 0), "socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP)");
    if (fd == -1)
        return;
    set_on(fd, SOL_IPV6, IPV6_RECVPKTINFO, "SOL_IPV6, IPV6_RECVPKTINFO");
    CALL(bound = bind(fd, (struct sockaddr *)&here, sizeof here), "bind(%d, %s, 28)", fd,
         probe_in6_text(&here));
    if (bound == -1) {
        probe_close(fd);
        return;
    }
    CALL(getsockname(fd, (struct sockaddr *)&here, &len), "getsockname(%d, %s, [28])", fd,
         probe_in6_text(&here));
    CALL(connect(fd, (struct sockaddr *)&here, sizeof here), "connect(%d, %s, 28)", fd,
         probe_in6_text(&here));
    says(fd);
    CALL(recvmsg(fd, &msg, 0), "recvmsg(%d, %s, 0)", fd,
         received(&msg, 3, NO_NAME,
                  cmsg("SOL_IPV6", "IPV6_PKTINFO", sizeof(struct in6_pktinfo),
                       "{inet_pton(AF_INET6, \"::1\", &ipi6_addr), ipi6_ifindex=if_nametoindex(\"lo\")}")));
    probe_close(fd);
}

/* Nobody is there: the error comes with who said so. */
static void refused(void)
{
    struct sockaddr_in here, gone = probe_in("127.0.0.1", 0);
    struct msghdr msg;
    int fd = loop_socket(&here);

    CALL(close(fd), "close(%d)", fd);
    gone.sin_port = here.sin_port;
    CALL(fd = socket(AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    set_on(fd, SOL_IP, IP_RECVERR, "SOL_IP, IP_RECVERR");
    msg = room(sizeof control.bytes);
    CALL(recvmsg(fd, &msg, MSG_ERRQUEUE), "recvmsg(%d, {msg_namelen=0}, MSG_ERRQUEUE)", fd);
    CALL(sendto(fd, "say", 3, 0, (struct sockaddr *)&gone, sizeof gone), "sendto(%d, \"say\", 3, 0, %s, 16)",
         fd, probe_in_text(&gone));
    msg = room(sizeof control.bytes);
    here = (struct sockaddr_in){0};
    msg.msg_name = &here;
    msg.msg_namelen = sizeof here;
    CALL(
        recvmsg(fd, &msg, MSG_ERRQUEUE), "recvmsg(%d, %s, MSG_ERRQUEUE)", fd,
        received(&msg, 3, probe_text("msg_name=%s, msg_namelen=16", probe_in_text(&here)),
                 cmsg("SOL_IP", "IP_RECVERR", sizeof(struct sock_extended_err) + sizeof here,
                      "{ee_errno=ECONNREFUSED, ee_origin=SO_EE_ORIGIN_ICMP, ee_type=3, ee_code=3, ee_info=0, "
                      "ee_data=0, offender={sa_family=AF_INET, sin_port=htons(0), "
                      "sin_addr=inet_addr(\"127.0.0.1\")}}")));
    probe_close(fd);
}

/* The kernel's own numbers: the headers choose among them by the size of time_t. */
static void times(void)
{
    static const struct {
        int option;
        const char *name, *fraction;
        size_t size; /* 0: two longs */
    } kinds[] = {
        {29, "SO_TIMESTAMP_OLD", "usec", 0},
        {35, "SO_TIMESTAMPNS_OLD", "nsec", 0},
        {63, "SO_TIMESTAMP_NEW", "usec", 16},
        {64, "SO_TIMESTAMPNS_NEW", "nsec", 16},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct sockaddr_in here;
        int fd = loop_socket(&here);
        struct msghdr msg = room(sizeof control.bytes);
        size_t size = kinds[i].size ? kinds[i].size : 2 * sizeof(long);
        ssize_t got;
        int64_t when[2];
        long words[2];

        set_on(fd, SOL_SOCKET, kinds[i].option, probe_text("SOL_SOCKET, %s", kinds[i].name));
        says(fd);
        got = recvmsg(fd, &msg, 0);
        probe_need(got == 3, "recvmsg");
        if (kinds[i].size) {
            memcpy(when, data_of(SOL_SOCKET, kinds[i].option), sizeof when);
        } else {
            memcpy(words, data_of(SOL_SOCKET, kinds[i].option), sizeof words);
            when[0] = words[0];
            when[1] = words[1];
        }
        printf("recvmsg(%d, %s, 0) = 3\n", fd,
               received(&msg, 3, NO_NAME,
                        cmsg("SOL_SOCKET", kinds[i].name, size,
                             probe_text("{tv_sec=%lld, tv_%s=%lld}", (long long)when[0], kinds[i].fraction,
                                        (long long)when[1]))));
        probe_close(fd);
    }
}

static void credentials(void)
{
    int pair[2], fds[2];
    struct ucred own = {.pid = getpid(), .uid = getuid(), .gid = getgid()};
    char keep[256];
    const char *creds =
        kept(keep, cmsg("SOL_SOCKET", "SCM_CREDENTIALS", sizeof own,
                        probe_text("{pid=%d, uid=%d, gid=%d}", own.pid, (int)own.uid, (int)own.gid)));
    struct msghdr msg;
    int got;

    probe_pair(SOCK_DGRAM, "SOCK_DGRAM", pair);
    set_on(pair[1], SOL_SOCKET, SO_PASSCRED, "SOL_SOCKET, SO_PASSCRED");
    says(pair[0]);
    msg = room(sizeof control.bytes);
    CALL(recvmsg(pair[1], &msg, 0), "recvmsg(%d, %s, 0)", pair[1], received(&msg, 3, NO_NAME, creds));

    /* Room for one of two descriptors, behind the credentials. */
    fds[0] = pair[0];
    fds[1] = pair[1];
    msg = room(CMSG_SPACE(sizeof fds));
    memcpy(byte, "two", 4);
    iov.iov_len = 3;
    control.align =
        (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof fds), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(&control.align), fds, sizeof fds);
    CALL(sendmsg(pair[0], &msg, 0), "sendmsg(%d, %s, 0)", pair[0],
         received(&msg, 3, NO_NAME,
                  cmsg("SOL_SOCKET", "SCM_RIGHTS", sizeof fds, probe_text("[%d, %d]", fds[0], fds[1]))));
    msg = room(CMSG_SPACE(sizeof own) + CMSG_LEN(sizeof(int)));
    CALL(
        recvmsg(pair[1], &msg, 0), "recvmsg(%d, %s, 0)", pair[1],
        received(&msg, 3, NO_NAME,
                 probe_text("%s, %s", creds,
                            cmsg("SOL_SOCKET", "SCM_RIGHTS", sizeof(int), probe_text("[%d]", pair[1] + 1)))));
    memcpy(&got, data_of(SOL_SOCKET, SCM_RIGHTS), sizeof got);
    probe_close(got);
    probe_close(pair[0]);
    probe_close(pair[1]);
}

/* Lengths that the kernel refuses. (One near SIZE_MAX is not among them: strace 6.1 never comes to its end.)
 */
static void lies(void)
{
    static const struct {
        size_t cmsg_len, controllen;
    } lengths[] = {
        {0, sizeof(struct cmsghdr)}, {1, 64}, {CMSG_LEN(100), 64}, {CMSG_LEN(4), 8}, {CMSG_LEN(0), 64}};
    struct cmsghdr *edge = (struct cmsghdr *)probe_edge(sizeof *edge);
    struct msghdr msg = {.msg_control = probe_nowhere(), .msg_controllen = 64};

    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        size_t len = lengths[i].cmsg_len, rest = 64 - sizeof(struct cmsghdr);
        const char *head = probe_text("{cmsg_len=%zu, cmsg_level=SOL_IP, cmsg_type=IP_TTL", len), *text;

        msg = room(lengths[i].controllen);
        control.align = (struct cmsghdr){.cmsg_len = len, .cmsg_level = SOL_IP, .cmsg_type = IP_TTL};
        if (lengths[i].controllen < sizeof(struct cmsghdr))
            text = probe_text("%p", (void *)control.bytes);
        else if (len < sizeof(struct cmsghdr))
            text = lengths[i].controllen > sizeof(struct cmsghdr)
                       ? probe_text("[%s}, ... /* %p */]", head, (void *)(&control.align + 1))
                       : probe_text("[%s}]", head);
        else if (len == sizeof(struct cmsghdr))
            text =
                probe_text("[%s}, {cmsg_len=0, cmsg_level=SOL_IP, cmsg_type=0 /* IP_??? */}, ... /* %p */]",
                           head, (void *)(&control.align + 2));
        else
            text = probe_text("[%s, cmsg_data=[%s]}]", head,
                              rest == 48 ? "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0"
                                         : "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0");
        CALL(sendmsg(99, &msg, 0),
             "sendmsg(99, {" NO_NAME ", msg_iov=[{iov_base=%s, iov_len=8}], msg_iovlen=1, msg_control=%s, "
             "msg_controllen=%zu, msg_flags=0}, 0)",
             probe_quote(byte, sizeof byte), text, lengths[i].controllen);
    }
    *edge = (struct cmsghdr){.cmsg_len = sizeof *edge, .cmsg_level = SOL_IP, .cmsg_type = IP_TTL};
    msg = (struct msghdr){.msg_control = edge, .msg_controllen = sizeof *edge};
    CALL(sendmsg(99, &msg, 0),
         "sendmsg(99, {" NO_NAME
         ", msg_iov=NULL, msg_iovlen=0, msg_control=[{cmsg_len=%zu, cmsg_level=SOL_IP, "
         "cmsg_type=IP_TTL}], msg_controllen=%zu, msg_flags=0}, 0)",
         sizeof *edge, sizeof *edge);
    msg.msg_controllen++;
    CALL(sendmsg(99, &msg, 0),
         "sendmsg(99, {" NO_NAME
         ", msg_iov=NULL, msg_iovlen=0, msg_control=%p, msg_controllen=%zu, msg_flags=0}, 0)",
         (void *)edge, sizeof *edge + 1);
    msg.msg_controllen = SIZE_MAX;
    CALL(sendmsg(99, &msg, 0),
         "sendmsg(99, {" NO_NAME
         ", msg_iov=NULL, msg_iovlen=0, msg_control=%p, msg_controllen=%zu, msg_flags=0}, 0)",
         (void *)edge, SIZE_MAX);
    msg = (struct msghdr){.msg_controllen = 64};
    CALL(sendmsg(99, &msg, 0),
         "sendmsg(99, {" NO_NAME
         ", msg_iov=NULL, msg_iovlen=0, msg_control=NULL, msg_controllen=64, msg_flags=0}, 0)");
}

int main(void)
{
    ip();
    ip6();
    refused();
    times();
    credentials();
    lies();
    return 0;
}
