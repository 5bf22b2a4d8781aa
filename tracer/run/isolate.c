/* run/isolate.c: unshare(2), id maps, and loopback up. */
#include "run/isolate.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static bool write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

    if (fd >= 0)
        close(fd);
    return ok;
}

/* user_namespaces(7): an unprivileged process may map its own ids, once it has given up setgroups(2). */
static bool map_ids(uid_t uid, gid_t gid)
{
    char map[64];

    if (!write_file("/proc/self/setgroups", "deny") && errno != ENOENT)
        return false;
    snprintf(map, sizeof(map), "%u %u 1", gid, gid);
    if (!write_file("/proc/self/gid_map", map))
        return false;
    snprintf(map, sizeof(map), "%u %u 1", uid, uid);
    return write_file("/proc/self/uid_map", map);
}

static bool loopback_up(void)
{
    struct ifreq request = {0};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool ok;

    if (fd < 0)
        return false;
    strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    ok = ioctl(fd, SIOCSIFFLAGS, &request) == 0;
    close(fd);
    return ok;
}

bool isolate_network(struct err *err)
{
    uid_t uid = geteuid();
    gid_t gid = getegid();

    if (unshare(CLONE_NEWNET) < 0) {
        if (unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
            return err_sys(err, errno, "no network namespace");
        if (!map_ids(uid, gid))
            return err_sys(err, errno, "no network namespace: cannot map user %u", uid);
    }
    if (!loopback_up())
        return err_sys(err, errno, "no network namespace: cannot bring up loopback");
    return true;
}

/* The first process of its namespace: the /proc that it inherited shows another. */
static bool settle(enum isolate_way way, uid_t uid, gid_t gid)
{
    if (way == ISOLATE_AS_USER && !map_ids(uid, gid))
        return false;
    return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0;
}

/* `settled`: what to do in the child where it can't be as it should. */
static pid_t fork_apart(enum isolate_way way, bool *settled)
{
    unsigned long flags = CLONE_NEWPID | CLONE_NEWNS | (way == ISOLATE_AS_USER ? CLONE_NEWUSER : 0);
    uid_t uid = geteuid();
    gid_t gid = getegid();
    pid_t pid =
        way == ISOLATE_NOT ? fork() : (pid_t)syscall(SYS_clone, flags | SIGCHLD, NULL, NULL, NULL, NULL);

    if (pid == 0)
        *settled = way == ISOLATE_NOT || settle(way, uid, gid);
    return pid;
}

enum isolate_way isolate_way_here(void)
{
    static const enum isolate_way ways[] = {ISOLATE_PLAINLY, ISOLATE_AS_USER};

    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        bool settled = false;
        int status = -1;
        pid_t pid = fork_apart(ways[i], &settled);

        if (pid == 0)
            _exit(settled ? 0 : 1);
        if (pid > 0)
            while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
                ;
        if (pid > 0 && status == 0)
            return ways[i];
    }
    return ISOLATE_NOT;
}

pid_t isolate_fork(enum isolate_way way)
{
    bool settled = false;
    pid_t pid = fork_apart(way, &settled);

    if (pid == 0 && !settled)
        _exit(1);
    return pid;
}

/* What a mount has from outside of its namespace of users it has to keep: mount_namespaces(7). */
static unsigned long flags_to_keep(const char *dir)
{
    static const struct {
        unsigned long has, keep;
    } flags[] = {{ST_NOSUID, MS_NOSUID},   {ST_NODEV, MS_NODEV},           {ST_NOEXEC, MS_NOEXEC},
                 {ST_NOATIME, MS_NOATIME}, {ST_NODIRATIME, MS_NODIRATIME}, {ST_RELATIME, MS_RELATIME}};
    unsigned long kept = 0;
    struct statvfs vfs;

    if (statvfs(dir, &vfs) == 0)
        for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
            kept |= vfs.f_flag & flags[i].has ? flags[i].keep : 0;
    return kept;
}

bool isolate_mount(enum isolate_way way, const char *dir, bool is_readonly)
{
    if (way == ISOLATE_NOT || mount(dir, dir, NULL, MS_BIND | MS_REC, NULL) < 0)
        return false;
    return !is_readonly ||
           mount(NULL, dir, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | flags_to_keep(dir), NULL) == 0;
}

static bool is_free(uint16_t port)
{
    struct sockaddr_in addr = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
    int tcp = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool ok = bind(tcp, (struct sockaddr *)&addr, sizeof(addr)) == 0 &&
              bind(udp, (struct sockaddr *)&addr, sizeof(addr)) == 0;

    close(tcp);
    close(udp);
    return ok;
}

uint16_t ports_take(struct ports *ports)
{
    /* Below what ip(7) gives to clients. Another sockdrill at the same time begins elsewhere. */
    enum { FIRST = 10240, END = 32768, APART = 61 };

    if (!ports->next)
        ports->next = (uint16_t)(FIRST + (unsigned)getpid() * APART % (END - FIRST));
    for (int tries = 0; tries < END - FIRST; tries++) {
        uint16_t port = ports->next++;

        if (ports->next == END)
            ports->next = FIRST;
        if (is_free(port))
            return port;
    }
    return 0;
}
