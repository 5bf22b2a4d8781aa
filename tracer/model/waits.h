/* model/waits.h: a moment of a run: what each task waits for and what lies in the sockets; and whether any of
 * it can go on. */
#ifndef MODEL_WAITS_H
#define MODEL_WAITS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "event/event.h"

#include <poll.h>
#include <stdint.h>

enum { WAITS_NONE = SIZE_MAX }; /* no socket */

enum wait_kind {
    WAIT_ELSE,    /* it runs, or waits for something else or not for ever: it may go on by itself */
    WAIT_HELD,    /* kept from its call by the runner */
    WAIT_TASKS,   /* for ever, unless another task does something: waitpid(2), a lock, pthread_join(3) */
    WAIT_SOCKETS, /* for ever, unless one of `wants` changes */
};

/* A socket that a call waits for. */
struct wait_want {
    size_t sock;
    int fd;
    short events; /* POLLIN, POLLOUT, POLLPRI */
    bool is_edge; /* EPOLLET: what was there before does not count */
};

struct wait_task {
    const char *role;
    int pid, tid;
    enum wait_kind kind;
    enum canon canon;     /* of the call that it is in; CANON_NONE: none of the network */
    const char *call;     /* its name: "recv", "epoll_wait", "wait4"; "" where it is not known */
    uint64_t nr, args[3]; /* as /proc/TID/syscall has them */
    uint64_t switches;    /* context switches so far: the same later says that it has not run meanwhile */
    struct wait_want *wants;
    size_t nwants;
    bool takes_all; /* a receive with MSG_WAITALL of `asked` bytes */
    uint64_t asked;
};

/* A descriptor of a socket. */
struct wait_holder {
    const char *role;
    int pid, fd;
};

enum wait_family { WAITS_OTHER, WAITS_TCP, WAITS_UDP, WAITS_UNIX_STREAM, WAITS_UNIX_DGRAM };

/* What the kernel has yet to do for a TCP socket, in the numbers of /proc/net/tcp. */
enum wait_timer { TIMER_NONE, TIMER_RETRANSMIT, TIMER_KEEPALIVE, TIMER_TIME_WAIT, TIMER_PROBE };

struct wait_sock {
    enum wait_family family;
    uint64_t inode;    /* 0: no descriptor is of it: it waits to be accepted, or was closed */
    uint64_t sock;     /* of the model; 0: not known */
    uint8_t tcp_state; /* TCP_ESTABLISHED, … */
    enum wait_timer timer;
    int64_t unread, unsent; /* bytes; of a listener connections that wait to be accepted; -1: not known */
    int64_t window;         /* bytes that the other end would still take; -1: not known */
    bool is_limited;        /* SO_DEFER_ACCEPT or TCP_USER_TIMEOUT: the kernel ends a wait on its own */
    bool is_listener, is_queued; /* is_queued: the other end connected, and nobody has accepted it yet */
    bool has_sent;               /* a datagram */
    size_t peer;                 /* the other end, or WAITS_NONE */
    size_t listener;             /* of is_queued: where it waits */
    const char *local_text, *remote_text; /* as people write them, or NULL */
    VEC(struct wait_holder) holders;
};

struct waits {
    struct arena arena;
    VEC(struct wait_task) tasks;
    VEC(struct wait_sock) socks;
    bool is_private; /* nobody but these tasks can reach sockets of this network */
};

void waits_release(struct waits *waits);

/*
 * Can nothing move any more? True only where that follows from what is seen: every task waits for ever, at
 * least one of them for sockets, and none of the sockets can change without one of the tasks: no timer of the
 * kernel will send anything, and whoever could reach them is one of the tasks. A task that the runner holds
 * counts as one that waits for the others.
 */
bool waits_are_stuck(const struct waits *waits);

bool waits_any_held(const struct waits *waits);

/* In bytes that differ where anything has happened between two moments. */
void waits_print(const struct waits *waits, struct buf *out);

/* Does the task wait for what may come from anybody: a connection, or a datagram on a socket with a name? */
bool waits_for_client(const struct waits *waits, const struct wait_task *task);

/* The task that is in a call of the process, the one that waits for sockets first; NULL: none is known. */
const struct wait_task *waits_task_of(const struct waits *waits, int pid);

/* What the task waits for, in words: "recv(4) on 127.0.0.1:7000, connected to …: 0 bytes to read". In
 * `arena`. */
const char *waits_text(const struct waits *waits, const struct wait_task *task, struct arena *arena);

/* Which call of whom would set it free, in words; "" where there is nothing to be said. In `arena`. */
const char *waits_free_text(const struct waits *waits, const struct wait_task *task, struct arena *arena);

#endif
