/* event/canon.h: the canonical form of a call, so that one pattern serves write and send users, glibc and
 * musl. */
#ifndef EVENT_CANON_H
#define EVENT_CANON_H

#include "event/event.h"

/*
 * Fill canon, cargs and ncargs of an EVENT_CALL from its name and raw arguments (design: "Canonical calls"):
 *
 *     send(sock, data, flags)   recv(sock, data, flags)   sendto/recvfrom(sock, data, flags, addr)
 *     accept(sock, addr, flags) wait(fds…)                dup(fd, …)      others: the raw arguments
 *
 * `is_stream` (set by the model before) decides whether an address makes a sendto. Values are shared with the
 * raw arguments; data scattered over an iovec is put together in `arena`. Pure: the same event gives the same
 * form.
 */
void canon_fill(struct event *event, struct arena *arena);

/* The canonical call that a system call belongs to, before the arguments are looked at (sendto: CANON_SEND).
 */
enum canon canon_of_syscall(const char *name);

/* The kernel's names that canon_of_syscall knows: NULL ends the walk. */
const char *canon_syscall_at(size_t i);

#endif
