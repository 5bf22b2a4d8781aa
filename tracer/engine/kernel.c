/* engine/kernel.c: pidfd_getfd(2), TCP_INFO, getsockname, SIOCINQ. */
#include "engine/kernel.h"

#include "event/addr.h"

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int kernel_borrow(struct proc *proc, int fd)
{
    if (proc->pidfd < 0)
        proc->pidfd = (int)syscall(SYS_pidfd_open, proc->pid, 0);
    if (proc->pidfd < 0)
        return -1;
    return (int)syscall(SYS_pidfd_getfd, proc->pidfd, fd, 0);
}

/* For a listener the kernel puts the queue's length and limit where unacked and sacked segments stand
 * otherwise. */
static void query_tcp(int fd, struct kernel_answer *answer)
{
    struct tcp_info info;
    socklen_t len = sizeof(info);

    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) < 0)
        return;
    answer->tcp = true;
    answer->tcp_state = info.tcpi_state;
    if (info.tcpi_state == TCP_LISTEN) {
        answer->queue = info.tcpi_unacked;
        answer->queue_max = info.tcpi_sacked;
    }
}

static void query_queues(int fd, struct kernel_answer *answer)
{
    int n;

    if (answer->tcp && answer->tcp_state == TCP_LISTEN)
        return;
    if (ioctl(fd, SIOCINQ, &n) == 0)
        answer->unread = n;
    if (ioctl(fd, SIOCOUTQ, &n) == 0)
        answer->unsent = n;
}

static uint32_t query_name(int fd, int (*get)(int, struct sockaddr *, socklen_t *), uint8_t *bytes,
                           size_t size)
{
    socklen_t len = (socklen_t)size;

    if (get(fd, (struct sockaddr *)(void *)bytes, &len) < 0)
        return 0;
    return len < size ? len : (uint32_t)size;
}

static int get_local(int fd, struct sockaddr *addr, socklen_t *len)
{
    return getsockname(fd, addr, len);
}

static int get_peer(int fd, struct sockaddr *addr, socklen_t *len)
{
    return getpeername(fd, addr, len);
}

static uint64_t query_inode(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 ? st.st_ino : 0;
}

void kernel_query(struct proc *proc, int fd, unsigned ask, struct kernel_answer *answer)
{
    int own = kernel_borrow(proc, fd);

    *answer = (struct kernel_answer){.unread = -1, .unsent = -1};
    if (own < 0)
        return;
    answer->known = true;
    if (ask & KERNEL_TCP)
        query_tcp(own, answer);
    if (ask & KERNEL_QUEUES)
        query_queues(own, answer);
    if (ask & KERNEL_ADDRS) {
        answer->local_len = query_name(own, get_local, answer->local, sizeof(answer->local));
        answer->peer_len = query_name(own, get_peer, answer->peer, sizeof(answer->peer));
    }
    if (ask & KERNEL_INODE)
        answer->inodes[0] = query_inode(own);
    close(own);
}

void kernel_query_pair(struct proc *proc, const int fds[2], struct kernel_answer *answer)
{
    struct kernel_answer other;

    kernel_query(proc, fds[0], KERNEL_INODE, answer);
    kernel_query(proc, fds[1], KERNEL_INODE, &other);
    answer->inodes[1] = other.inodes[0];
}

/* Its first datagram binds it. */
static bool is_unbound_dgram(const struct sock_life *life)
{
    int64_t port;

    return life && life->type == SOCK_DGRAM && (life->domain == AF_INET || life->domain == AF_INET6) &&
           (!addr_port(life->local, &port) || !port);
}

unsigned kernel_ask_of(const struct sock_life *life)
{
    bool inet = !life || life->domain < 0 || life->domain == AF_INET || life->domain == AF_INET6;
    bool stream = !life || life->type < 0 || life->type == SOCK_STREAM;

    return (inet && stream ? KERNEL_TCP : 0) | (life && life->inode ? 0 : KERNEL_INODE) |
           (is_unbound_dgram(life) ? KERNEL_ADDRS : 0);
}

bool kernel_kind(struct proc *proc, int fd, int *domain, int *type)
{
    int own = kernel_borrow(proc, fd);
    socklen_t len = sizeof(int);
    bool ok;

    if (own < 0)
        return false;
    ok = getsockopt(own, SOL_SOCKET, SO_DOMAIN, domain, &len) == 0 &&
         getsockopt(own, SOL_SOCKET, SO_TYPE, type, &len) == 0;
    close(own);
    return ok;
}

pid_t kernel_pidfd_target(const struct task *task, int fd)
{
    char path[64], line[128];
    int pid = 0;
    FILE *info;

    snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", task->tid, fd);
    info = fopen(path, "re");
    while (info && fgets(line, sizeof(line), info))
        if (sscanf(line, "Pid: %d", &pid) == 1)
            break;
    if (info)
        fclose(info);
    return pid > 0 ? pid : 0;
}

void kernel_state_fill(const struct kernel_answer *answer, const struct decode_opts *opts,
                       struct arena *arena, struct kernel_state *state)
{
    if (!answer->known)
        return;
    state->known = true;
    state->unread = answer->unread;
    state->unsent = answer->unsent;
    memcpy(state->inodes, answer->inodes, sizeof(state->inodes));
    if (answer->tcp) {
        state->tcp_state = answer->tcp_state;
        state->queue = answer->queue;
        state->queue_max = answer->queue_max;
    }
    if (answer->local_len)
        state->local = decode_sockaddr(arena, opts, answer->local, answer->local_len);
    if (answer->peer_len)
        state->peer = decode_sockaddr(arena, opts, answer->peer, answer->peer_len);
}
