/* tests/live/probe_ioctl.c: ioctl on sockets: bytes that wait, owners, interfaces, and what is none of
 * theirs. */
#include "probe.h"

#include <linux/sockios.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <sys/ioctl.h>

#define NAMED  "{ifr_name=\"nosuch\""
#define IN_127 "{sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr(\"127.0.0.1\")}"

static struct ifreq named(const char *name)
{
    struct ifreq ifr = {.ifr_metric = 0};

    snprintf(ifr.ifr_name, sizeof ifr.ifr_name, "%s", name);
    return ifr;
}

static const char *flags_text(unsigned flags)
{
    static const char *const names[] = {"UP",         "BROADCAST", "DEBUG",    "LOOPBACK", "POINTOPOINT",
                                        "NOTRAILERS", "RUNNING",   "NOARP",    "PROMISC",  "ALLMULTI",
                                        "MASTER",     "SLAVE",     "MULTICAST"};
    const char *text = "";

    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (flags >> i & 1)
            text = probe_text("%s%sIFF_%s", text, *text ? "|" : "", names[i]);
    return *text ? text : "0";
}

/* Questions about the loopback interface: a name at entry, an answer at exit. */
static void asked(int fd)
{
    struct ifreq ifr = named("lo");

    CALL(ioctl(fd, SIOCGIFFLAGS, &ifr), "ioctl(%d, SIOCGIFFLAGS, {ifr_name=\"lo\", ifr_flags=%s})", fd,
         flags_text((unsigned short)ifr.ifr_flags));
    CALL(ioctl(fd, SIOCGIFADDR, &ifr), "ioctl(%d, SIOCGIFADDR, {ifr_name=\"lo\", ifr_addr=" IN_127 "})", fd);
    CALL(ioctl(fd, SIOCGIFDSTADDR, &ifr),
         "ioctl(%d, SIOCGIFDSTADDR, {ifr_name=\"lo\", ifr_dstaddr=" IN_127 "})", fd);
    CALL(ioctl(fd, SIOCGIFBRDADDR, &ifr), "ioctl(%d, SIOCGIFBRDADDR, {ifr_name=\"lo\", ifr_broadaddr=%s})",
         fd, probe_in_text((struct sockaddr_in *)&ifr.ifr_broadaddr));
    CALL(ioctl(fd, SIOCGIFNETMASK, &ifr), "ioctl(%d, SIOCGIFNETMASK, {ifr_name=\"lo\", ifr_netmask=%s})", fd,
         probe_in_text((struct sockaddr_in *)&ifr.ifr_netmask));
    CALL(ioctl(fd, SIOCGIFMETRIC, &ifr), "ioctl(%d, SIOCGIFMETRIC, {ifr_name=\"lo\", ifr_metric=%d})", fd,
         ifr.ifr_metric);
    CALL(ioctl(fd, SIOCGIFMTU, &ifr), "ioctl(%d, SIOCGIFMTU, {ifr_name=\"lo\", ifr_mtu=%d})", fd,
         ifr.ifr_mtu);
    CALL(ioctl(fd, SIOCGIFTXQLEN, &ifr), "ioctl(%d, SIOCGIFTXQLEN, {ifr_name=\"lo\", ifr_qlen=%d})", fd,
         ifr.ifr_qlen);
    CALL(ioctl(fd, SIOCGIFHWADDR, &ifr),
         "ioctl(%d, SIOCGIFHWADDR, {ifr_name=\"lo\", ifr_hwaddr={sa_family=ARPHRD_LOOPBACK, "
         "sa_data=00:00:00:00:00:00}})",
         fd);
    CALL(
        ioctl(fd, SIOCGIFMAP, &ifr),
        "ioctl(%d, SIOCGIFMAP, {ifr_name=\"lo\", ifr_map={mem_start=0, mem_end=0, base_addr=0, irq=0, dma=0, "
        "port=0}})",
        fd);
    CALL(ioctl(fd, SIOCGIFINDEX, &ifr), "ioctl(%d, SIOCGIFINDEX, {ifr_name=\"lo\", ifr_ifindex=%d})", fd,
         ifr.ifr_ifindex);
    CALL(ioctl(fd, SIOCGIFNAME, &ifr), "ioctl(%d, SIOCGIFNAME, {ifr_ifindex=%d, ifr_name=\"lo\"})", fd,
         ifr.ifr_ifindex);
    ifr.ifr_ifindex = -3;
    CALL(ioctl(fd, SIOCGIFNAME, &ifr), "ioctl(%d, SIOCGIFNAME, {ifr_ifindex=-3})", fd);
    ifr = named("nosuch");
    CALL(ioctl(fd, SIOCGIFFLAGS, &ifr), "ioctl(%d, SIOCGIFFLAGS, " NAMED "})", fd);
    CALL(ioctl(fd, SIOCGIFSLAVE, &ifr), "ioctl(%d, SIOCGIFSLAVE, " NAMED "})", fd);
    CALL(ioctl(-1, SIOCGIFMTU, &ifr), "ioctl(-1, SIOCGIFMTU, " NAMED "})");
}

/* No interface has this name, and no descriptor this number: nothing is changed. */
static void told(int fd)
{
    struct ifreq ifr = named("nosuch");
    struct sockaddr_in *in = (struct sockaddr_in *)&ifr.ifr_addr;

    *in = probe_in("127.0.0.1", 0);
    CALL(ioctl(fd, SIOCSIFADDR, &ifr), "ioctl(%d, SIOCSIFADDR, " NAMED ", ifr_addr=" IN_127 "})", fd);
    CALL(ioctl(fd, SIOCSIFNETMASK, &ifr), "ioctl(%d, SIOCSIFNETMASK, " NAMED ", ifr_netmask=" IN_127 "})",
         fd);
    ifr.ifr_flags = IFF_UP | IFF_MULTICAST;
    CALL(ioctl(fd, SIOCSIFFLAGS, &ifr), "ioctl(%d, SIOCSIFFLAGS, " NAMED ", ifr_flags=IFF_UP|IFF_MULTICAST})",
         fd);
    ifr.ifr_mtu = -3;
    CALL(ioctl(-1, SIOCSIFMTU, &ifr), "ioctl(-1, SIOCSIFMTU, " NAMED ", ifr_mtu=-3})");
    memset(&ifr.ifr_newname, 'y', sizeof ifr.ifr_newname);
    CALL(ioctl(-1, SIOCSIFNAME, &ifr),
         "ioctl(-1, SIOCSIFNAME, " NAMED ", ifr_newname=\"yyyyyyyyyyyyyyy\"...})");
    memset(&ifr.ifr_hwaddr, 1, sizeof ifr.ifr_hwaddr);
    ifr.ifr_hwaddr.sa_family = ARPHRD_ETHER;
    CALL(ioctl(-1, SIOCSIFHWADDR, &ifr),
         "ioctl(-1, SIOCSIFHWADDR, " NAMED
         ", ifr_hwaddr={sa_family=ARPHRD_ETHER, sa_data=01:01:01:01:01:01}})");
    ifr.ifr_hwaddr.sa_family = 9;
    CALL(ioctl(-1, SIOCADDMULTI, &ifr),
         "ioctl(-1, SIOCADDMULTI, " NAMED ", ifr_hwaddr={sa_family=0x9 /* ARPHRD_??? */, "
         "sa_data=01:01:01:01:01:01:01:01:01:01:01:01:01:01}})");
    ifr.ifr_map = (struct ifmap){1, 0x20, 300, 20, 30, 40};
    CALL(ioctl(-1, SIOCSIFMAP, &ifr),
         "ioctl(-1, SIOCSIFMAP, " NAMED ", ifr_map={mem_start=0x1, mem_end=0x20, base_addr=0x12c, irq=0x14, "
         "dma=0x1e, port=0x28}})");
    ifr.ifr_ifindex = 999;
    CALL(ioctl(-1, SIOCBRADDIF, &ifr), "ioctl(-1, SIOCBRADDIF, {ifr_ifindex=999})");
    CALL(ioctl(-1, SIOCBRDELBR, ifr.ifr_name), "ioctl(-1, SIOCBRDELBR, \"nosuch\")");
    CALL(ioctl(-1, SIOCBRADDBR, "eighteen characters"), "ioctl(-1, SIOCBRADDBR, \"eighteen charact\"...)");
}

static const char *conf_text(const struct ifreq *ifr, int bytes)
{
    const char *text = "";

    for (int i = 0; i < bytes / (int)sizeof *ifr; i++)
        text = probe_text("%s%s{ifr_name=\"%s\", ifr_addr=%s}", text, *text ? ", " : "", ifr[i].ifr_name,
                          probe_in_text((const struct sockaddr_in *)&ifr[i].ifr_addr));
    return probe_text("[%s]", text);
}

static const char *size_text(int bytes)
{
    int rest = bytes % (int)sizeof(struct ifreq);

    return bytes > 0 && !rest
               ? probe_text("%d /* %d * sizeof(struct ifreq) */", bytes, bytes / (int)sizeof(struct ifreq))
               : probe_text("%d", bytes);
}

static void configured(int fd)
{
    struct ifreq ifr[4];
    int room = 3 * sizeof *ifr + 1;
    struct ifconf conf = {.ifc_len = room, .ifc_req = ifr};
    void *nowhere = probe_nowhere();

    CALL(ioctl(fd, SIOCGIFCONF, &conf), "ioctl(%d, SIOCGIFCONF, {ifc_len=%d => %s, ifc_buf=%s})", fd, room,
         size_text(conf.ifc_len), conf_text(ifr, conf.ifc_len));
    conf.ifc_len = 3;
    CALL(ioctl(fd, SIOCGIFCONF, &conf), "ioctl(%d, SIOCGIFCONF, {ifc_len=3 => 0, ifc_buf=[]})", fd);
    conf = (struct ifconf){.ifc_len = 3};
    CALL(ioctl(fd, SIOCGIFCONF, &conf), "ioctl(%d, SIOCGIFCONF, {ifc_len=%s, ifc_buf=NULL})", fd,
         size_text(conf.ifc_len));
    conf = (struct ifconf){.ifc_len = sizeof ifr, .ifc_buf = nowhere};
    CALL(ioctl(fd, SIOCGIFCONF, &conf), "ioctl(%d, SIOCGIFCONF, {ifc_len=%s, ifc_buf=%p})", fd,
         size_text(sizeof ifr), nowhere);
    conf.ifc_len = -16;
    CALL(ioctl(-1, SIOCGIFCONF, &conf), "ioctl(-1, SIOCGIFCONF, {ifc_len=-16, ifc_buf=%p})", nowhere);
    CALL(ioctl(fd, SIOCGIFCONF, NULL), "ioctl(%d, SIOCGIFCONF, NULL)", fd);
    CALL(ioctl(fd, SIOCGIFCONF, nowhere), "ioctl(%d, SIOCGIFCONF, %p)", fd, nowhere);
}

/* Memory that can't be read, or not to the end of what the request takes. */
static void unreadable(int fd)
{
    void *nowhere = probe_nowhere(), *half = probe_edge(20);
    char *name = probe_edge(3);

    CALL(ioctl(fd, SIOCGIFMTU, NULL), "ioctl(%d, SIOCGIFMTU, NULL)", fd);
    CALL(ioctl(fd, SIOCGIFMTU, nowhere), "ioctl(%d, SIOCGIFMTU, %p)", fd, nowhere);
    CALL(ioctl(fd, SIOCGIFMTU, half), "ioctl(%d, SIOCGIFMTU, %p)", fd, half);
    CALL(ioctl(fd, SIOCGIFNAME, half), "ioctl(%d, SIOCGIFNAME, %p)", fd, half);
    CALL(ioctl(-1, SIOCSIFADDR, nowhere), "ioctl(-1, SIOCSIFADDR, %p)", nowhere);
    memcpy(name, "br", 3);
    CALL(ioctl(-1, SIOCBRADDBR, name), "ioctl(-1, SIOCBRADDBR, \"br\")");
    memcpy(name, "br0", 3);
    CALL(ioctl(-1, SIOCBRADDBR, name), "ioctl(-1, SIOCBRADDBR, %p)", (void *)name);
}

/* The owner of a socket, and requests that only some subsystem knows. */
static void others(int fd)
{
    int n = 0;
    char room[256] = "";

    CALL(ioctl(fd, SIOCSPGRP, &n), "ioctl(%d, SIOCSPGRP, [0])", fd);
    CALL(ioctl(fd, FIOSETOWN, &n), "ioctl(%d, FIOSETOWN, [0])", fd);
    CALL(ioctl(fd, SIOCGPGRP, &n), "ioctl(%d, SIOCGPGRP, [0])", fd);
    CALL(ioctl(fd, FIOGETOWN, &n), "ioctl(%d, FIOGETOWN, [0])", fd);
    CALL(ioctl(fd, FIOASYNC, &n), "ioctl(%d, FIOASYNC, [0])", fd);
    CALL(ioctl(fd, SIOCATMARK, &n), "ioctl(%d, SIOCATMARK, %p)", fd, (void *)&n);
    CALL(ioctl(fd, TIOCOUTQ, &n), "ioctl(%d, TIOCOUTQ, [0])", fd);
    CALL(ioctl(fd, SIOCGSTAMP_OLD, room), "ioctl(%d, SIOCGSTAMP_OLD, %p)", fd, (void *)room);
    CALL(ioctl(fd, SIOCGSTAMPNS_NEW, room), "ioctl(%d, SIOCGSTAMPNS_NEW, %p)", fd, (void *)room);
    CALL(ioctl(fd, SIOCETHTOOL, NULL), "ioctl(%d, SIOCETHTOOL, NULL)", fd);
    CALL(ioctl(-1, SIOCBONDENSLAVE, room), "ioctl(-1, SIOCBONDENSLAVE, %p)", (void *)room);
    CALL(ioctl(-1, 0x8b01, NULL), "ioctl(-1, SIOCGIWNAME, 0)");
    CALL(ioctl(-1, SIOCPROTOPRIVATE, NULL), "ioctl(-1, SIOCPROTOPRIVATE, 0)");
    CALL(ioctl(-1, SIOCPROTOPRIVATE + 1, NULL), "ioctl(-1, _IOC(_IOC_NONE, 0x89, 0xe1, 0), 0)");
    CALL(ioctl(fd, (unsigned long)_IOR('!', 7, int), 5), "ioctl(%d, _IOC(_IOC_READ, 0x21, 0x7, 0x4), 0x5)",
         fd);
    CALL(ioctl(fd, FIOCLEX), "ioctl(%d, FIOCLEX)", fd);
    CALL(ioctl(fd, FIONCLEX), "ioctl(%d, FIONCLEX)", fd);
    CALL(ioctl(fd, TCGETS, room), "ioctl(%d, TCGETS, %p)", fd, (void *)room);
    CALL(ioctl(fd, TIOCGWINSZ, room), "ioctl(%d, TIOCGWINSZ, %p)", fd, (void *)room);
    CALL(ioctl(fd, TIOCNOTTY), "ioctl(%d, TIOCNOTTY)", fd);
}

/* The namespace's descriptor has a number that was a socket's, and is none: what it is used for is not told.
 */
static void namespace_of(int fd)
{
    int former = -1;
    char byte;

    CALL(former = dup(fd), "dup(%d)", fd);
    probe_close(former);
    CALL(former = ioctl(fd, SIOCGSKNS, NULL), "ioctl(%d, SIOCGSKNS, NULL)", fd);
    if (former >= 0 && (read(former, &byte, 1) >= 0 || close(former) < 0))
        puts("a namespace can be read");
}

int main(void)
{
    int pair[2], udp, on = 1, off = 0, waiting = -1, *nowhere = probe_nowhere();
    char into[8];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    CALL(ioctl(pair[0], FIONBIO, &on), "ioctl(%d, FIONBIO, [1])", pair[0]);
    CALL(recv(pair[0], into, 8, 0), "recvfrom(%d, %p, 8, 0, NULL, NULL)", pair[0], (void *)into);
    CALL(ioctl(pair[0], FIONBIO, &off), "ioctl(%d, FIONBIO, [0])", pair[0]);
    CALL(ioctl(pair[0], FIONREAD, &waiting), "ioctl(%d, FIONREAD, [0])", pair[0]);
    CALL(send(pair[1], "ping\n", 5, 0), "sendto(%d, \"ping\\n\", 5, 0, NULL, 0)", pair[1]);
    CALL(ioctl(pair[0], FIONREAD, &waiting), "ioctl(%d, FIONREAD, [5])", pair[0]);
    CALL(ioctl(pair[0], FIONBIO, NULL), "ioctl(%d, FIONBIO, NULL)", pair[0]);
    CALL(ioctl(pair[0], FIONBIO, nowhere), "ioctl(%d, FIONBIO, %p)", pair[0], (void *)nowhere);
    CALL(ioctl(pair[0], FIONREAD, nowhere), "ioctl(%d, FIONREAD, %p)", pair[0], (void *)nowhere);
    CALL(ioctl(-1, FIONBIO, &on), "ioctl(-1, FIONBIO, [1])");
    CALL(ioctl(-1, FIONREAD, &waiting), "ioctl(-1, FIONREAD, %p)", (void *)&waiting);
    CALL(udp = socket(AF_INET, SOCK_DGRAM, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    asked(udp);
    told(udp);
    configured(udp);
    unreadable(udp);
    others(udp);
    namespace_of(udp);
    probe_close(udp);
    probe_close(pair[0]);
    probe_close(pair[1]);
    return 0;
}
