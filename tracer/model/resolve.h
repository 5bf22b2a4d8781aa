/* model/resolve.h: which socket is behind each fd of each process; writes identities into events as they
 * happen. */
#ifndef MODEL_RESOLVE_H
#define MODEL_RESOLVE_H

#include "event/event.h"

struct resolve;

/*
 * Called for events that follow from one that has been resolved (sockets that an exit closes), after it is
 * complete in all that resolve_exit sets; seq is not set.
 */
typedef void (*resolve_emit)(void *arg, struct event *event);

struct resolve *resolve_new(void);
void resolve_free(struct resolve *resolve);

/*
 * event->canon of a call is that of its system call (canon_of_syscall). A live engine tells the entry of each
 * call, then its completion; a reader of foreign logs only the completion. At entry of a close the reference
 * goes at once, because the kernel may give the number away before the return is seen. resolve_enter sets
 * event->sock and is_stream; `event` is the same object until resolve_exit.
 *
 * resolve_exit sets sock, made, last_ref and is_stream, and the `sock` of every VALUE_FD in args and ret
 * (values are replaced in `arena` where that changes them), and follows START (inherited sockets), FORK, EXEC
 * and EXIT. What is behind the call's own fd is what was there at its entry. A call that failed with EBADF on
 * a number that was a socket has that socket in event->sock: it names the one that was closed before; nothing
 * was done to it.
 *
 * References that go without a close(2) are emitted as EVENT_CLOSED, made in `arena`: by an EXEC (CLOEXEC),
 * the EXIT of a table's last task, a dup2 or dup3 over them, close_range; "unseen" where a number was given
 * away that by all we saw was still open; "in flight" (without fd) where a socket was last referred to by a
 * message that nobody can receive any more.
 *
 * Of a pidfd_getfd the caller sets event->sock before resolve_enter, and leaves it: the socket that
 * resolve_fd_sock knows in the other process, or 0. event->kernel, where it has a local address, shows that
 * what came from a process that is not traced is a socket too.
 *
 * A socket-only call that succeeds on an unknown fd shows an inherited socket: it gets an identity that is in
 * no `made`.
 */
void resolve_enter(struct resolve *resolve, struct event *event, struct arena *arena);
void resolve_exit(struct resolve *resolve, struct event *event, struct arena *arena, resolve_emit emit,
                  void *emit_arg);

/* Only sets event->sock and is_stream, of a call that has not begun. */
void resolve_look(struct resolve *resolve, struct event *event, struct arena *arena);

/* What an fd of a task is, for an engine that must decide whether a call is worth a second stop. */
enum fd_kind {
    FD_OTHER,      /* no socket, never was one here */
    FD_WAS_SOCKET, /* the number was a socket's in this process before */
    FD_SOCKET,
    FD_EPOLL,
};

enum fd_kind resolve_fd_kind(const struct resolve *resolve, int tid, int fd);

/* The identity behind an fd, or 0. */
uint64_t resolve_fd_sock(const struct resolve *resolve, int tid, int fd);

/* true where fd 0, 1 or 2 of the task's table is a socket: calls on it need every stop. */
bool resolve_has_low_socket(const struct resolve *resolve, int tid);

/* Sockets that the task has, for the state of its last call: calls fn(arg, fd, sock) for each, ascending by
 * fd. */
void resolve_each_socket(const struct resolve *resolve, int tid, void (*fn)(void *arg, int fd, uint64_t sock),
                         void *arg);

#endif
