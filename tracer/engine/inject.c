/* engine/inject.c: each fault is done by the kernel's own means: it is asked for less, for nothing, or to
 * abort. */
#include "engine/inject.h"

#include "base/alloc.h"
#include "engine/kernel.h"
#include "engine/memory.h"
#include "engine/regs.h"

#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Where a program of either kind keeps what is cut: offsets and sizes in bytes. */
static const struct {
    uint8_t word;              /* a pointer, a size_t */
    uint8_t iov, iovlen, size; /* of struct msghdr */
} layouts[ABI_COUNT] = {
    [ABI_NATIVE] = {8, 16, 24, 56},
    [ABI_32] = {4, 8, 12, 28},
};

/* The scattered buffers of a call. */
struct vector {
    uint64_t addr, len; /* of the array, and how many there are */
    uint64_t total;     /* bytes in all of them */
    uint64_t sizes[IOV_MAX];
};

/* The position of an argument with one of these names; -1: the call has none. */
static int arg_named(const struct call *call, const char *const *names, size_t n)
{
    for (unsigned i = 0; i < call->nargs; i++)
        for (size_t k = 0; k < n; k++)
            if (strcmp(call->args[i].name, names[k]) == 0)
                return (int)i;
    return -1;
}

static int length_arg(const struct call *call)
{
    static const char *const names[] = {"len", "count"};

    return arg_named(call, names, ARRAY_LEN(names));
}

static int vector_arg(const struct call *call)
{
    static const char *const names[] = {"iov"};

    return arg_named(call, names, ARRAY_LEN(names));
}

static int message_arg(const struct call *call)
{
    static const char *const names[] = {"msg"};

    return arg_named(call, names, ARRAY_LEN(names));
}

/* ---- changes that are taken back ---- */

/* A word of the program's memory. */
static bool change_word(struct task *task, struct pending *pending, uint64_t addr, uint64_t value)
{
    struct change *change = &pending->changes[pending->nchanges];
    uint8_t width = layouts[pending->raw.abi].word;

    *change = (struct change){.addr = addr, .width = width};
    if (!memory_read(task->tid, addr, &change->was, width) || !memory_write(task->tid, addr, &value, width))
        return false;
    pending->nchanges++;
    return true;
}

/* An argument of the call: in a register, or among those of the call that carries it. */
static bool change_arg(struct task *task, struct pending *pending, unsigned i, uint64_t value)
{
    if (pending->carried_at)
        return change_word(task, pending, pending->carried_at + i * layouts[ABI_32].word, value);
    regs_set_arg(task->tid, pending->raw.abi, i, value);
    pending->changes[pending->nchanges++] = (struct change){.arg = i, .was = pending->raw.args[i]};
    return true;
}

/* The last change first: two of them may be of the same word. */
static void undo_changes(struct task *task, struct pending *pending)
{
    while (pending->nchanges) {
        const struct change *change = &pending->changes[--pending->nchanges];

        if (change->width)
            memory_write(task->tid, change->addr, &change->was, change->width);
        else
            regs_restore_arg(task->tid, pending->raw.abi, change->arg, change->was);
    }
}

/* ---- lengths ---- */

static bool read_vector(const struct task *task, enum abi abi, struct vector *vector)
{
    uint8_t bytes[IOV_MAX * 16];
    size_t word = layouts[abi].word;

    if (!vector->len || vector->len > IOV_MAX ||
        !memory_read(task->tid, vector->addr, bytes, vector->len * 2 * word))
        return false;
    vector->total = 0;
    for (size_t i = 0; i < vector->len; i++) {
        vector->sizes[i] = 0;
        memcpy(&vector->sizes[i], bytes + (2 * i + 1) * word, word);
        vector->total += vector->sizes[i];
    }
    return true;
}

/* Where the message's iovecs are. *len_at: the word that counts them. */
static bool find_message(const struct task *task, const struct pending *pending, unsigned arg,
                         struct vector *vector, uint64_t *len_at)
{
    uint64_t addr = pending->raw.args[arg];
    enum abi abi = pending->raw.abi;
    uint8_t bytes[64];

    if (!memory_read(task->tid, addr, bytes, layouts[abi].size))
        return false;
    *vector = (struct vector){0};
    memcpy(&vector->addr, bytes + layouts[abi].iov, layouts[abi].word);
    memcpy(&vector->len, bytes + layouts[abi].iovlen, layouts[abi].word);
    *len_at = addr + layouts[abi].iovlen;
    return read_vector(task, abi, vector);
}

/* Lower the iovec in which byte `n` lies. The one that counts them is left to the caller: so many are left;
 * 0: there is nothing to cut, or it can't be. */
static uint64_t cut_vector(struct task *task, struct pending *pending, const struct vector *vector,
                           uint64_t n)
{
    uint8_t word = layouts[pending->raw.abi].word;
    size_t i = 0;

    if (vector->total <= n)
        return 0;
    while (vector->sizes[i] < n)
        n -= vector->sizes[i++];
    return change_word(task, pending, vector->addr + (2 * i + 1) * word, n) ? i + 1 : 0;
}

static bool cut_length(struct task *task, struct pending *pending, unsigned arg, uint64_t n)
{
    uint64_t len = pending->raw.args[arg];

    /* What no buffer can be long is a mistake of the program, which the kernel is to see. */
    return len > n && len <= INT32_MAX && change_arg(task, pending, arg, n);
}

static bool cut(struct task *task, struct pending *pending, uint64_t n)
{
    int length = length_arg(pending->call), iov = vector_arg(pending->call), msg = message_arg(pending->call);
    struct vector vector = {0};
    uint64_t left, len_at;

    if (iov >= 0) {
        vector.addr = pending->raw.args[iov];
        vector.len = pending->raw.args[iov + 1];
        left = read_vector(task, pending->raw.abi, &vector) ? cut_vector(task, pending, &vector, n) : 0;
        return left && change_arg(task, pending, (unsigned)iov + 1, left);
    }
    if (msg >= 0) {
        left = find_message(task, pending, (unsigned)msg, &vector, &len_at)
                   ? cut_vector(task, pending, &vector, n)
                   : 0;
        return left && change_word(task, pending, len_at, left);
    }
    return length >= 0 && cut_length(task, pending, (unsigned)length, n);
}

/* How long the datagram is; false: it is more than one, or can't be read. */
static bool datagram_length(struct task *task, const struct pending *pending, int64_t *len)
{
    int length = length_arg(pending->call), iov = vector_arg(pending->call), msg = message_arg(pending->call);
    struct vector vector = {0};
    uint64_t len_at;

    if (iov >= 0) {
        vector.addr = pending->raw.args[iov];
        vector.len = pending->raw.args[iov + 1];
        if (!read_vector(task, pending->raw.abi, &vector))
            return false;
        *len = (int64_t)vector.total;
    } else if (msg >= 0) {
        if (!find_message(task, pending, (unsigned)msg, &vector, &len_at))
            return false;
        *len = (int64_t)vector.total;
    } else {
        *len = length < 0 ? -1 : (int64_t)pending->raw.args[length];
    }
    return *len >= 0 && *len <= INT32_MAX;
}

/* ---- what the kernel knows of the socket ---- */

/* Our own descriptor of the socket that the call is on; -1: none. */
static int borrow(const struct task *task, const struct event *event)
{
    int at = event_fd_arg(event);

    return at < 0 ? -1 : kernel_borrow(task->proc, event->args[at].value->fd.n);
}

static bool is_of_type(const struct task *task, const struct event *event, int wanted)
{
    int fd = borrow(task, event), type = -1;
    socklen_t len = sizeof(type);

    if (fd < 0)
        return false;
    getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len);
    close(fd);
    return type == wanted;
}

/* These send a RST when they are aborted (tcp(7) names the states; RFC 9293, "ABORT Call"). */
static bool is_connected(int fd)
{
    struct tcp_info info;
    socklen_t len = sizeof(info);

    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) < 0)
        return false;
    return info.tcpi_state == TCP_ESTABLISHED || info.tcpi_state == TCP_CLOSE_WAIT ||
           info.tcpi_state == TCP_FIN_WAIT1 || info.tcpi_state == TCP_FIN_WAIT2;
}

/*
 * connect(2) to AF_UNSPEC aborts the connection: a RST goes out, and ECONNRESET waits here. shutdown(2) says
 * ENOTCONN then, but marks both directions as ended, as a RST that came in would.
 */
static bool reset(const struct task *task, const struct event *event)
{
    const struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    int fd = borrow(task, event);
    bool done;

    if (fd < 0)
        return false;
    done = is_connected(fd) && connect(fd, &nobody, sizeof(nobody)) == 0;
    if (done)
        shutdown(fd, SHUT_RDWR);
    close(fd);
    return done;
}

/* ---- the call ---- */

static void skip(struct task *task, struct pending *pending, int64_t result)
{
    regs_skip_call(task->tid, pending->raw.abi);
    pending->is_skipped = true;
    pending->result = result;
}

static bool put_in(struct task *task, struct pending *pending)
{
    const struct inject *inject = &pending->inject;
    struct event *event = &pending->event;
    int64_t len;

    switch (inject->kind) {
    case INJECT_SHORT:
        if (is_of_type(task, event, SOCK_STREAM) && cut(task, pending, (uint64_t)inject->n))
            return true;
        undo_changes(task, pending);
        return false;
    case INJECT_DROP:
        if (!is_of_type(task, event, SOCK_DGRAM) || !datagram_length(task, pending, &len))
            return false;
        skip(task, pending, len);
        return true;
    case INJECT_ERROR: skip(task, pending, -inject->n); return true;
    case INJECT_RESET: return event->injected.kind == INJECT_RESET || reset(task, event);
    case INJECT_DELAY: return true;
    case INJECT_NONE:
    case INJECT_COUNT: break;
    }
    return false;
}

void inject_enter(struct task *task, struct pending *pending)
{
    if (pending->inject.kind != INJECT_NONE && put_in(task, pending))
        pending->event.injected = pending->inject;
}

void inject_leave(struct task *task, struct pending *pending, int64_t *result)
{
    undo_changes(task, pending);
    if (!pending->is_skipped)
        return;
    pending->is_skipped = false;
    *result = pending->result;
    regs_set_result(task->tid, pending->raw.abi, pending->result);
}
