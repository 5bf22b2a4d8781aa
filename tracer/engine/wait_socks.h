/* engine/wait_socks.h: the sockets of all tasks at one moment. Not for other folders: engine_waits is. */
#ifndef ENGINE_WAIT_SOCKS_H
#define ENGINE_WAIT_SOCKS_H

#include "engine/state.h"
#include "model/waits.h"

/* Fill in waits->socks; false: not all could be seen. Ends and holders are known then. */
bool wait_socks_read(struct engine *engine, struct waits *waits);

/* The index of the socket with this inode, or WAITS_NONE. */
size_t wait_socks_find(const struct waits *waits, uint64_t inode);

/* The inode behind a descriptor; 0: it is no socket. */
uint64_t wait_socks_inode(pid_t pid, int fd);

/* A thread that has ended, and that the kernel keeps because others of its process have not. */
bool wait_task_is_gone(const struct task *task);

#endif
