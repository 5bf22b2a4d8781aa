/* engine/wait_socks.c: the kernel's tables, and the descriptors of every process, put together. */
#include "engine/wait_socks.h"

#include "engine/nettab.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

size_t wait_socks_find(const struct waits *waits, uint64_t inode)
{
    for (size_t i = 0; inode && i < waits->socks.len; i++)
        if (waits->socks.items[i].inode == inode)
            return i;
    return WAITS_NONE;
}

uint64_t wait_socks_inode(pid_t pid, int fd)
{
    char link[64], text[64];
    ssize_t len;
    uint64_t inode;

    snprintf(link, sizeof(link), "/proc/%d/fd/%d", pid, fd);
    len = readlink(link, text, sizeof(text) - 1);
    if (len <= 0)
        return 0;
    text[len] = '\0';
    return sscanf(text, "socket:[%" SCNu64 "]", &inode) == 1 ? inode : 0;
}

static const char *address_text(struct arena *arena, const uint8_t address[18])
{
    char text[INET6_ADDRSTRLEN];
    uint16_t port;
    bool is_v4 = IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)(const void *)address);

    memcpy(&port, address + 16, 2);
    if (!inet_ntop(is_v4 ? AF_INET : AF_INET6, is_v4 ? address + 12 : address, text, sizeof(text)))
        return NULL;
    return arena_printf(arena, is_v4 ? "%s:%u" : "[%s]:%u", text, ntohs(port));
}

static void add_row(struct waits *waits, const struct nettab_row *row)
{
    struct wait_sock sock = {
        .family = row->is_tcp ? WAITS_TCP : WAITS_UDP,
        .inode = row->inode,
        .tcp_state = row->is_tcp ? row->state : 0,
        .timer = row->timer,
        .unread = row->unread,
        .unsent = row->unsent,
        .window = -1,
        .is_listener = row->is_tcp && row->state == TCP_LISTEN,
        .peer = WAITS_NONE,
        .listener = WAITS_NONE,
    };

    sock.local_text = address_text(&waits->arena, row->local);
    if (row->remote[16] || row->remote[17])
        sock.remote_text = address_text(&waits->arena, row->remote);
    vec_push(&waits->socks, sock);
}

/* Rows and sockets have the same indices. Who connected, and whom nobody has accepted yet, has no descriptor:
 * it waits with the listener at its port. */
static void pair_rows(struct waits *waits, const struct nettab *tab)
{
    for (size_t i = 0; i < tab->rows.len; i++) {
        const struct nettab_row *row = &tab->rows.items[i];
        struct wait_sock *sock = &waits->socks.items[i];

        for (size_t j = 0; j < tab->rows.len; j++) {
            const struct nettab_row *other = &tab->rows.items[j];

            if (row->is_tcp != other->is_tcp)
                continue;
            if (!memcmp(row->local, other->remote, 18) && !memcmp(row->remote, other->local, 18))
                sock->peer = j;
            if (row->is_tcp && !row->inode && other->state == TCP_LISTEN && other->unread &&
                (row->state == TCP_ESTABLISHED || row->state == TCP_CLOSE_WAIT) &&
                !memcmp(row->local + 16, other->local + 16, 2)) {
                sock->is_queued = true;
                sock->listener = j;
            }
        }
    }
}

/* What the kernel tells of a TCP socket, or what it has been told, that is in none of its tables. */
static void ask_tcp(int fd, struct wait_sock *sock)
{
    struct {
        struct tcp_info info;
        uint32_t more[64];
    } answer = {0};
    enum { WINDOW_AT = 228 }; /* tcpi_snd_wnd (Linux 5.4), which older headers lack */
    socklen_t len = sizeof(answer);
    int value = 0;

    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &answer, &len) == 0 && len >= WINDOW_AT + sizeof(uint32_t) &&
        !sock->is_listener) {
        uint32_t window;

        memcpy(&window, (const uint8_t *)&answer + WINDOW_AT, sizeof(window));
        sock->window = window;
    }
    len = sizeof(value);
    if (getsockopt(fd, IPPROTO_TCP, sock->is_listener ? TCP_DEFER_ACCEPT : TCP_USER_TIMEOUT, &value, &len) !=
            0 ||
        value)
        sock->is_limited = true;
}

static enum wait_family unix_family(int type)
{
    return type == SOCK_DGRAM ? WAITS_UNIX_DGRAM : WAITS_UNIX_STREAM;
}

static const char *short_address(struct arena *arena, const struct value *addr)
{
    struct buf out = {0};
    const char *text = addr && value_addr_short(addr, &out) && strcmp(buf_str(&out), "unix:\"\"") != 0
                           ? buf_str(&out)
                           : NULL;

    text = text ? arena_strdup(arena, text) : NULL;
    buf_release(&out);
    return text;
}

/* One that is in no table of the network: of the Unix family, or something that we do not judge. */
static size_t add_other(struct engine *engine, struct waits *waits, uint64_t inode, uint64_t id)
{
    const struct sock_life *life = model_sock(engine->model, id);
    struct wait_sock sock = {.inode = inode,
                             .sock = id,
                             .unread = -1,
                             .unsent = -1,
                             .window = -1,
                             .peer = WAITS_NONE,
                             .listener = WAITS_NONE};

    if (life && life->domain == AF_UNIX) {
        sock.family = unix_family(life->type);
        sock.is_listener = life->listening;
        sock.local_text = short_address(&waits->arena, life->local);
        sock.remote_text = short_address(&waits->arena, life->remote);
    }
    /* Without a port it is in no table, and nobody can send to it: all that it sent was dropped by the
     * runner. */
    if (life && (life->domain == AF_INET || life->domain == AF_INET6) && life->type == SOCK_DGRAM &&
        (life->protocol == 0 || life->protocol == IPPROTO_UDP) && !life->bound) {
        sock.family = WAITS_UDP;
        sock.unread = sock.unsent = 0;
    }
    vec_push(&waits->socks, sock);
    return waits->socks.len - 1;
}

static void add_holder(struct engine *engine, struct waits *waits, const struct task *task, int fd,
                       uint64_t inode)
{
    uint64_t id = resolve_fd_sock(engine->resolve, task->tid, fd);
    const struct sock_life *life = model_sock(engine->model, id);
    size_t at = wait_socks_find(waits, inode);
    struct wait_sock *sock;
    int own;

    if (at == WAITS_NONE)
        at = add_other(engine, waits, inode, id);
    sock = &waits->socks.items[at];
    if (!sock->sock)
        sock->sock = id;
    sock->has_sent = sock->has_sent || !life || life->bytes[MODEL_SEND];
    vec_push(&sock->holders, (struct wait_holder){task->proc->role, task->proc->pid, fd});
    own = kernel_borrow(task->proc, fd);
    if (own < 0) {
        sock->family = WAITS_OTHER;
        return;
    }
    if (sock->family == WAITS_TCP)
        ask_tcp(own, sock);
    if (sock->family == WAITS_UNIX_STREAM || sock->family == WAITS_UNIX_DGRAM) {
        int n;

        sock->unread = !sock->is_listener && ioctl(own, FIONREAD, &n) == 0 ? n : -1;
        sock->unsent = ioctl(own, TIOCOUTQ, &n) == 0 ? n : -1;
    }
    close(own);
}

/* Every socket of the process, by whatever descriptor, seen to be made or not. */
static bool add_sockets(struct engine *engine, struct waits *waits, const struct task *task)
{
    char path[64];
    struct dirent *entry;
    DIR *dir;

    snprintf(path, sizeof(path), "/proc/%d/fd", task->tid);
    dir = opendir(path);
    if (!dir)
        return false;
    while ((entry = readdir(dir))) {
        int fd = atoi(entry->d_name);
        uint64_t inode = entry->d_name[0] == '.' ? 0 : wait_socks_inode(task->tid, fd);

        if (inode)
            add_holder(engine, waits, task, fd, inode);
    }
    closedir(dir);
    return true;
}

/* Unix sockets have no addresses that tell their ends: the model has followed them. */
static void pair_unix(struct engine *engine, struct waits *waits)
{
    for (size_t i = 0; i < waits->socks.len; i++) {
        struct wait_sock *sock = &waits->socks.items[i];
        const struct sock_life *life = model_sock(engine->model, sock->sock);

        if ((sock->family != WAITS_UNIX_STREAM && sock->family != WAITS_UNIX_DGRAM) || !life || !life->peer)
            continue;
        for (size_t j = 0; j < waits->socks.len; j++)
            if (waits->socks.items[j].sock == life->peer)
                sock->peer = j;
    }
}

static bool is_first_of_process(const struct engine *engine, const struct task *task)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        const struct task *other = slot->value;

        if (other->proc == task->proc && other->tid < task->tid && !wait_task_is_gone(other))
            return false;
    }
    return true;
}

bool wait_socks_read(struct engine *engine, struct waits *waits)
{
    const struct intmap_slot *slot;
    struct nettab tab = {0};
    size_t pos = 0;
    bool ok = nettab_read(&tab) && !nettab_any_under_way();

    vec_each (struct nettab_row, row, &tab.rows)
        add_row(waits, row);
    pair_rows(waits, &tab);
    nettab_release(&tab);
    while (ok && (slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        const struct task *task = slot->value;

        if (!wait_task_is_gone(task) && is_first_of_process(engine, task))
            ok = add_sockets(engine, waits, task);
    }
    pair_unix(engine, waits);
    return ok;
}
