/* engine/kernel.h: what the kernel itself says of a tracee's socket, asked through a borrowed descriptor. */
#ifndef ENGINE_KERNEL_H
#define ENGINE_KERNEL_H

#include "engine/task.h"
#include "event/event.h"
#include "model/model.h"

/* What to ask for. */
enum kernel_ask {
    KERNEL_ADDRS = 1 << 0,  /* local and peer address */
    KERNEL_QUEUES = 1 << 1, /* bytes unread and unsent */
    KERNEL_TCP = 1 << 2,    /* state, and queue of a listener; a socket that is not TCP has none */
    KERNEL_INODE = 1 << 3,  /* of a socket whose inode is not known yet */
};

/* The kernel's answer as it gave it: asked while the task is stopped, made into values after it runs on. */
struct kernel_answer {
    bool known, tcp;
    uint8_t tcp_state;
    uint32_t queue, queue_max;
    int64_t unread, unsent;
    uint8_t local[128], peer[128];
    uint32_t local_len, peer_len; /* 0: not asked, or none */
    uint64_t inodes[2];           /* of the socket; of both ends of a pair; 0: not asked */
};

/* A descriptor of our own for what is behind one of the process; -1: refused. Close it before the process
 * runs on. */
int kernel_borrow(struct proc *proc, int fd);

/*
 * pidfd_getfd(2) (Linux 5.6; needs no more than ptrace does), a few getsockopt(2), close: about 2 µs. The
 * borrowed reference is gone again before the task runs. `answer->known` is false where any of it was
 * refused.
 */
void kernel_query(struct proc *proc, int fd, unsigned ask, struct kernel_answer *answer);

/* KERNEL_TCP where the socket can be one, by its family and type; KERNEL_INODE where its inode is not known;
 * KERNEL_ADDRS where any call may bind it. NULL: nothing is known of it. */
unsigned kernel_ask_of(const struct sock_life *life);

/* Only the inodes of two sockets that a call made. */
void kernel_query_pair(struct proc *proc, const int fds[2], struct kernel_answer *answer);

/* Family and type (without flags) of a socket; false where they can't be had. */
bool kernel_kind(struct proc *proc, int fd, int *domain, int *type);

/* The process behind a pidfd of the task's, as proc(5) shows it in fdinfo; 0: none, gone, or not to be seen
 * from here. */
pid_t kernel_pidfd_target(const struct task *task, int fd);

/* Values live in `arena`. Addresses not asked for stay as `state` has them. */
void kernel_state_fill(const struct kernel_answer *answer, const struct decode_opts *opts,
                       struct arena *arena, struct kernel_state *state);

#endif
