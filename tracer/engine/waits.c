/* engine/waits.c: what each task waits for, from /proc and the calls that it was seen to begin. */
#include "engine/wait_socks.h"

#include "base/clock.h"

#include <inttypes.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FDS_MOST = 1024 };

/* ---- calls ---- */

static bool want(struct waits *waits, struct wait_task *task, uint64_t inode, int fd, short events,
                 bool is_edge)
{
    size_t at = wait_socks_find(waits, inode);

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
           want(waits, told, wait_socks_inode(task->tid, fd), fd, events, false);
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
            !want(waits, told, wait_socks_inode(task->tid, fds[i].fd), fds[i].fd, fds[i].events, false))
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
                !want(waits, told, wait_socks_inode(task->tid, (int)fd), (int)fd, events[k], false))
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

bool wait_task_is_gone(const struct task *task)
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

        if (!task->proc || task->proc->attached ||
            (!task->held && !wait_task_is_gone(task) && task_state(task) != 'S'))
            return true;
    }
    return false;
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

static int by_tid(const void *a, const void *b)
{
    const struct wait_task *one = a, *other = b;

    return (one->tid > other->tid) - (one->tid < other->tid);
}

bool engine_waits(struct engine *engine, struct waits *waits)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    if (engine->opts.no_kernel || any_runs(engine) || !wait_socks_read(engine, waits))
        return false;
    while ((slot = intmap_next(&engine->tasks.by_tid, &pos)))
        if (!wait_task_is_gone(slot->value))
            look_at_task(waits, slot->value);
    qsort(waits->tasks.items, waits->tasks.len, sizeof(*waits->tasks.items), by_tid);
    return waits->tasks.len > 0;
}
