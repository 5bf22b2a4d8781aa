/* engine/waits.c: what each task waits for, from /proc and the calls that it was seen to begin; and the
 * sockets of all. */
#include "engine/nettab.h"
#include "engine/state.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <inttypes.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FDS_MOST = 1024 };

/* ---- sockets ---- */

static size_t sock_by_inode(const struct waits *waits, uint64_t inode)
{
    for (size_t i = 0; inode && i < waits->socks.len; i++)
        if (waits->socks.items[i].inode == inode)
            return i;
    return WAITS_NONE;
}

static uint64_t inode_of(pid_t pid, int fd)
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
    const char *text =
        addr && value_addr_short(addr, &out) && strcmp(buf_str(&out), "unix:\"\"") ? buf_str(&out) : NULL;

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
    size_t at = sock_by_inode(waits, inode);
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
        uint64_t inode = entry->d_name[0] == '.' ? 0 : inode_of(task->tid, fd);

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

/* ---- calls ---- */

static bool want(struct waits *waits, struct wait_task *task, uint64_t inode, int fd, short events,
                 bool is_edge)
{
    size_t at = sock_by_inode(waits, inode);

    if (at == WAITS_NONE)
        return false;
    task->wants = alloc_resize(task->wants, task->nwants + 1, sizeof(*task->wants));
    task->wants[task->nwants++] = (struct wait_want){at, fd, events, is_edge};
    return true;
}

/* SO_RCVTIMEO and SO_SNDTIMEO. */
static bool has_time_limit(struct proc *proc, int fd, int option)
{
    struct timeval limit = {1, 0};
    socklen_t len = sizeof(limit);
    int own = kernel_borrow(proc, fd);
    bool known = own >= 0 && getsockopt(own, SOL_SOCKET, option, &limit, &len) == 0;

    if (own >= 0)
        close(own);
    return !known || limit.tv_sec || limit.tv_usec;
}

static bool wants_one(struct waits *waits, struct wait_task *told, const struct task *task, short events)
{
    int fd = (int)task->current->raw.args[0];

    return !has_time_limit(task->proc, fd, events == POLLIN ? SO_RCVTIMEO : SO_SNDTIMEO) &&
           want(waits, told, inode_of(task->tid, fd), fd, events, false);
}

static bool wants_poll(struct waits *waits, struct wait_task *told, const struct task *task)
{
    const uint64_t *args = task->current->raw.args;
    struct pollfd fds[FDS_MOST];
    size_t n = (size_t)args[1];

    if (n > FDS_MOST || !memory_read(task->tid, args[0], fds, n * sizeof(*fds)))
        return false;
    for (size_t i = 0; i < n; i++)
        if (fds[i].fd >= 0 &&
            !want(waits, told, inode_of(task->tid, fds[i].fd), fds[i].fd, fds[i].events, false))
            return false;
    return true;
}

static bool wants_select(struct waits *waits, struct wait_task *told, const struct task *task)
{
    static const short events[] = {POLLIN, POLLOUT, POLLPRI};
    const uint64_t *args = task->current->raw.args;
    size_t n = (size_t)args[0];

    if (n > FD_SETSIZE)
        return false;
    for (size_t k = 0; k < 3; k++) {
        uint8_t bits[FD_SETSIZE / 8];

        if (!args[k + 1])
            continue;
        if (!memory_read(task->tid, args[k + 1], bits, (n + 7) / 8))
            return false;
        for (size_t fd = 0; fd < n; fd++)
            if ((bits[fd / 8] >> fd % 8 & 1) &&
                !want(waits, told, inode_of(task->tid, (int)fd), (int)fd, events[k], false))
                return false;
    }
    return true;
}

/* Its members by inode: the number may mean something else by now. */
static bool wants_epoll(struct waits *waits, struct wait_task *told, const struct task *task)
{
    char path[64], line[256];
    FILE *file;
    bool all = true;

    snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", task->tid, (int)task->current->raw.args[0]);
    file = fopen(path, "re");
    if (!file)
        return false;
    while (fgets(line, sizeof(line), file)) {
        const char *ino = strstr(line, " ino:");
        unsigned events;
        uint64_t inode;
        int fd;

        if (sscanf(line, "tfd: %d events: %x", &fd, &events) != 2)
            continue;
        all = all && ino && sscanf(ino, " ino:%" SCNx64, &inode) == 1 &&
              want(waits, told, inode, fd, (short)(events & (POLLIN | POLLOUT | POLLPRI)), events & EPOLLET);
    }
    fclose(file);
    return all;
}

/* A call on many descriptors: where its time limit stands, and how the descriptors are read. */
static const struct {
    const char *name;
    unsigned limit;
    bool is_number; /* of milliseconds; else it is a pointer */
    bool (*wants)(struct waits *waits, struct wait_task *told, const struct task *task);
} many[] = {
    {"poll", 2, true, wants_poll},
    {"ppoll", 2, false, wants_poll},
    {"ppoll_time64", 2, false, wants_poll},
    {"select", 4, false, wants_select},
    {"_newselect", 4, false, wants_select},
    {"pselect6", 4, false, wants_select},
    {"pselect6_time64", 4, false, wants_select},
    {"epoll_wait", 3, true, wants_epoll},
    {"epoll_pwait", 3, true, wants_epoll},
    {"epoll_pwait2", 3, false, wants_epoll},
};

static bool wants_many(struct waits *waits, struct wait_task *told, const struct task *task)
{
    const struct pending *pending = task->current;

    for (size_t i = 0; i < ARRAY_LEN(many); i++) {
        uint64_t limit = pending->raw.args[many[i].limit];

        if (!strcmp(many[i].name, pending->call->name))
            return (many[i].is_number ? (int)limit < 0 : !limit) && many[i].wants(waits, told, task);
    }
    return false;
}

/* Calls on one socket, of which the first argument is that. Others count as something else. */
static bool is_plain_receive(const char *name)
{
    static const char *const names[] = {"recv", "recvfrom", "recvmsg", "read", "readv"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (!strcmp(name, names[i]))
            return true;
    return false;
}

static bool is_plain_send(const char *name)
{
    static const char *const names[] = {"send", "sendto", "sendmsg", "write", "writev"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (!strcmp(name, names[i]))
            return true;
    return false;
}

static bool wants_sockets(struct waits *waits, struct wait_task *told, const struct task *task)
{
    const struct pending *pending = task->current;
    const char *name = pending->call->name;

    if (pending->is_skipped)
        return false;
    if (pending->call->canon == CANON_WAIT)
        return wants_many(waits, told, task);
    if (pending->call->canon == CANON_ACCEPT || is_plain_receive(name)) {
        bool has_flags = !strcmp(name, "recv") || !strcmp(name, "recvfrom");

        told->takes_all = has_flags && (pending->raw.args[3] & MSG_WAITALL);
        told->asked = pending->raw.args[2];
        return wants_one(waits, told, task, POLLIN);
    }
    return is_plain_send(name) && wants_one(waits, told, task, POLLOUT);
}

/* Memory that no other program shares. */
static bool is_own_memory(pid_t tid, uint64_t addr)
{
    char path[64], line[512];
    bool own = false;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/maps", tid);
    file = fopen(path, "re");
    while (file && fgets(line, sizeof(line), file)) {
        uint64_t from, to;
        char perms[8];

        if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s", &from, &to, perms) == 3 && from <= addr && addr < to)
            own = perms[3] == 'p';
    }
    if (file)
        fclose(file);
    return own;
}

/* In a call that is not of the table: one that another task ends. */
static const char *waits_for_task(const struct task *task, const uint64_t args[4], uint64_t nr)
{
    switch (nr) {
    case SYS_wait4: return "wait4";
    case SYS_waitid: return "waitid";
    case SYS_futex: break;
    default: return NULL;
    }
    switch (args[1] & (uint64_t)FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
    case FUTEX_LOCK_PI: return !args[3] && is_own_memory(task->tid, args[0]) ? "futex" : NULL;
    default: return NULL;
    }
}

static bool read_switches(pid_t tid, uint64_t *switches)
{
    char path[64], line[256];
    unsigned found = 0;
    uint64_t n;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/status", tid);
    file = fopen(path, "re");
    *switches = 0;
    while (file && fgets(line, sizeof(line), file))
        if (sscanf(line, "voluntary_ctxt_switches: %" SCNu64, &n) == 1 ||
            sscanf(line, "nonvoluntary_ctxt_switches: %" SCNu64, &n) == 1) {
            *switches += n;
            found++;
        }
    if (file)
        fclose(file);
    return found == 2;
}

/* The number and arguments of the call that it sleeps in; false: it does not, or that is not told here. */
static bool read_call(pid_t tid, uint64_t *nr, uint64_t args[4], uint64_t *sp)
{
    char path[64], line[256];
    FILE *file;
    bool ok;

    snprintf(path, sizeof(path), "/proc/%d/syscall", tid);
    file = fopen(path, "re");
    if (!file)
        return false;
    ok = fgets(line, sizeof(line), file) &&
         sscanf(line, "%" SCNu64 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %*x %*x %" SCNx64, nr,
                &args[0], &args[1], &args[2], &args[3], sp) == 6;
    fclose(file);
    return ok;
}

static void name_call(struct wait_task *told, const struct call *call)
{
    told->canon = call->canon;
    told->call = call->canon == CANON_WAIT ? call->name : canon_name(call->canon);
}

static void look_at_task(struct waits *waits, const struct task *task)
{
    struct wait_task told = {.role = task->proc->role, .pid = task->proc->pid, .tid = task->tid, .call = ""};
    uint64_t args[4], sp;
    const char *other;

    if (task->held) {
        told.kind = WAIT_HELD;
    } else if (task_state(task) == 'S' && task->proc->timer_ns <= clock_mono_ns() && !task->told_dying &&
               read_switches(task->tid, &told.switches) && read_call(task->tid, &told.nr, args, &sp)) {
        memcpy(told.args, args, sizeof(told.args));
        other = task->current || sp >> 32 == 0 ? NULL : waits_for_task(task, args, told.nr);
        if (other) {
            told.kind = WAIT_TASKS;
            told.call = other;
        } else if (task->current) {
            name_call(&told, task->current->call);
            told.kind = wants_sockets(waits, &told, task) ? WAIT_SOCKETS : WAIT_ELSE;
        }
    }
    vec_push(&waits->tasks, told);
}

/* ---- all together ---- */

static bool is_gone(const struct task *task)
{
    return task->told_dying && task_state(task) == 'Z';
}

/* Cheap, and true of nearly every moment that is not stuck. */
static bool any_runs(const struct engine *engine)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        const struct task *task = slot->value;

        if (!task->proc || task->proc->attached || (!task->held && !is_gone(task) && task_state(task) != 'S'))
            return true;
    }
    return false;
}

static bool is_first_of_process(const struct engine *engine, const struct task *task)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        const struct task *other = slot->value;

        if (other->proc == task->proc && other->tid < task->tid && !is_gone(other))
            return false;
    }
    return true;
}

bool engine_all_stopped(const struct engine *engine)
{
    const struct intmap_slot *slot, *other;
    size_t pos = 0;

    while ((slot = intmap_next(&engine->tasks.by_tid, &pos))) {
        bool stopped = false;
        size_t at = 0;

        while (!stopped && (other = intmap_next(&engine->tasks.by_tid, &at))) {
            const struct task *task = other->value;

            stopped =
                task->proc == ((const struct task *)slot->value)->proc && strchr("tZ", task_state(task));
        }
        if (!stopped)
            return false;
    }
    return true;
}

static bool look_at_sockets(struct engine *engine, struct waits *waits)
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

        if (!is_gone(task) && is_first_of_process(engine, task))
            ok = add_sockets(engine, waits, task);
    }
    pair_unix(engine, waits);
    return ok;
}

static int by_tid(const void *a, const void *b)
{
    const struct wait_task *one = a, *other = b;

    return (one->tid > other->tid) - (one->tid < other->tid);
}

bool engine_waits(struct engine *engine, struct waits *waits)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    if (engine->opts.no_kernel || any_runs(engine) || !look_at_sockets(engine, waits))
        return false;
    while ((slot = intmap_next(&engine->tasks.by_tid, &pos)))
        if (!is_gone(slot->value))
            look_at_task(waits, slot->value);
    qsort(waits->tasks.items, waits->tasks.len, sizeof(*waits->tasks.items), by_tid);
    return waits->tasks.len > 0;
}
