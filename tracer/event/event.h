/* event/event.h: what a trace is made of: calls, and what happened to processes around them. */
#ifndef EVENT_EVENT_H
#define EVENT_EVENT_H

#include "event/inject.h"
#include "event/value.h"

#include <stdbool.h>
#include <stdint.h>

enum event_kind {
    EVENT_CALL,  /* a system call of the table */
    EVENT_START, /* a traced program begins: `argv` (array of bytes), `attached` (0/1), `sockets` ([{fd,
                    inode, domain, type}, …], the last two where they are known) */
    EVENT_FORK, /* pid/tid made a task: `child` (tid), `flags` (nametab_clone; CLONE_THREAD tells a thread) */
    EVENT_EXEC, /* the program was replaced: `path` (bytes), `former` (the tid that called execve) */
    EVENT_EXIT, /* a task ended: `status` (int) or `signal` (sym), `core` (0/1); `last` is 1 for the last task
                   of a process */
    EVENT_SIGNAL, /* a signal was delivered: `signo` (sym), `code` (int), and what siginfo says: `pid`, `uid`,
                     `status` */
    EVENT_CLOSED, /* a socket reference was closed without close(2): `fd`, `why` ("exit", "exec", "dup2",
                     "close_range", "unseen", "in flight": see resolve.h) */
    EVENT_LOST,   /* something could not be seen: `why` (bytes), complete as a sentence */
    EVENT_ROLE,   /* of a run: `what` (bytes: "ready", "unready", "held", "released", "unmet", "timeout",
                     "hung", "waits", "stopped", "failed", "missing", "stdout", "stderr") and `text` (bytes:
                     what was printed, or why); of "waits", a task of a run in which nothing can move any
                     more, `free`: which call would set it free */
};

/* The canonical calls of the trace model; the name in the table is what people write. */
enum canon {
    CANON_NONE, /* not a call */
    CANON_SOCKET,
    CANON_SOCKETPAIR,
    CANON_BIND,
    CANON_LISTEN,
    CANON_ACCEPT,
    CANON_CONNECT,
    CANON_SEND,
    CANON_RECV,
    CANON_SENDTO,
    CANON_RECVFROM,
    CANON_SHUTDOWN,
    CANON_CLOSE,
    CANON_GETSOCKNAME,
    CANON_GETPEERNAME,
    CANON_SETSOCKOPT,
    CANON_GETSOCKOPT,
    CANON_FCNTL,
    CANON_IOCTL,
    CANON_DUP,
    CANON_WAIT,
    CANON_EPOLL_CREATE,
    CANON_EPOLL_CTL,
    CANON_OTHER, /* seen for the model's sake only, never matched: close_range */
    CANON_COUNT,
};

enum { EVENT_MAX_ARGS = 8 };

/*
 * What the kernel said of the socket after the call (for a close: before it). TCP_INFO, SIOCINQ/SIOCOUTQ,
 * getsockname. After an accept: state and addresses of the new connection, beside the queue of the listener.
 */
struct kernel_state {
    bool known;
    uint8_t tcp_state; /* nametab_tcp_state; 0: not TCP */
    uint32_t queue,
        queue_max; /* TCP_LISTEN: connections waiting to be accepted, and the limit (ss -l: Recv-Q, Send-Q) */
    int64_t unread, unsent;           /* bytes in the receive and the send queue; -1: not known */
    const struct value *local, *peer; /* sockaddr structs; NULL: not known */
    uint64_t inodes[2]; /* of the sockets that the call made, else [0]: of the socket; asked for once; 0: not
                           asked */
};

/* Bytes [from, to) of a direction of a connection, counted from 0. Empty: from == to. */
struct byte_range {
    uint64_t from, to;
};

/* A function on the stack of a task. */
struct frame {
    const char *function; /* NULL: not known */
    uint64_t offset;      /* in bytes, of the address from the beginning of the function */
    const char *object;   /* the path of the program or library, or "[vdso]"; NULL: code that is in no file */
    uint64_t address;     /* where it is, or where it goes on after its call: in the file, else in memory */
    const char *file;     /* the source; NULL: there is no debug information */
    int line;
    bool inlined; /* into the function of the frame behind it: offset and address are that one's */
};

struct event {
    enum event_kind kind;
    uint64_t seq;              /* from 1, in the order in which the events were complete */
    uint64_t start_ns, end_ns; /* since the beginning of the trace */
    const char *role;          /* "server"; never NULL ("" where there are no roles) */
    int pid, tid;              /* of the tracer's namespace */

    /* EVENT_CALL: as the kernel saw it. Other kinds: `args` are the named facts listed at enum event_kind. */
    const char *name; /* "recvfrom", "accept4"; other kinds: "" */
    struct field args[EVENT_MAX_ARGS];
    size_t nargs;
    bool unfinished; /* the call had not returned when the process ended or the trace stopped: no result */
    bool detached;   /* with it: the trace let go of the process, which goes on in the call */
    struct inject injected; /* by the director of the run; the arguments are as the program made them */
    int64_t result;         /* what the call returned; -1 where err is set */
    int err;                /* errno, or 0 */
    const struct value
        *ret; /* the result as a value where it is more than a number (a VALUE_FD, flags, NULL), or NULL */

    /* EVENT_CALL, EVENT_SIGNAL, where asked for: who called whom, the innermost first. */
    const struct frame *stack;
    size_t nstack;
    /* Where only that was asked for: the place in the program's own source (see event_source), and who called
     * it there; without source, what is known of the first function outside of the C library. */
    const struct frame *src;
    size_t nsrc;

    /* EVENT_CALL: in canonical form (event/canon.h), with positional arguments as patterns write them. */
    enum canon canon;
    const struct value *cargs[EVENT_MAX_ARGS];
    size_t ncargs;
    /* Made by message_at (event/message.h): which message of how many of its call this is; 0: a whole call.
     */
    size_t message, messages;

    /* What the model found (model/): socket identities are numbers from 1, in order of birth; 0 is none. */
    uint64_t sock;    /* the socket that the call was made on */
    uint64_t made[2]; /* sockets that the call made: accept, socket, socketpair */
    bool last_ref;    /* close, EVENT_CLOSED: this was the last reference to `sock` in the traced programs */
    bool is_stream;   /* `sock` is a stream (or seqpacket) socket; data calls only */
    struct byte_range range; /* data calls: which bytes of the direction's stream */
    struct kernel_state kernel;
};

/* The name of a canonical call ("recv"), and back (CANON_NONE where there is none). */
const char *canon_name(enum canon canon);
enum canon canon_find(const char *name);

/* The name of an event kind as trace files write it ("call", "start", …), and back; false where there is
 * none. */
const char *event_kind_name(enum event_kind kind);
bool event_kind_find(const char *name, enum event_kind *kind);

/* The argument or fact with this name, or NULL. */
const struct value *event_arg(const struct event *event, const char *name);

/*
 * Which argument is the descriptor that the call worked on: the one with `sock` behind it; where there is no
 * such socket the first, if that is a descriptor. -1: none of them.
 */
int event_fd_arg(const struct event *event);

/* Append a named argument or fact. There is room for EVENT_MAX_ARGS. */
void event_add(struct event *event, const char *name, const struct value *value);

/* The text of a fact that is VALUE_BYTES, as a C string in `arena`; "" where there is none. */
const char *event_text(const struct event *event, const char *name, struct arena *arena);

/*
 * The place in the source that the event came from: the first frame that has a source file and is not of the
 * C library or the loader; where none has, the first outside of these. NULL where there is no stack, or only
 * the C library.
 */
const struct frame *event_source(const struct event *event);

/* Is that file, a frame's object, one of the C library, or does it stand between this and a program? NULL is
 * none. */
bool event_is_libc(const char *object);

/* A deep copy, all strings included, into `arena`. */
struct event *event_copy(struct arena *arena, const struct event *event);

/*
 * The bytes that a successful data call moved: the canonical data argument, cut to the result. *full is how
 * many there were (more than *len where the snap length cut them). Of a call on several messages *full counts
 * all, and the bytes are those of the first; message_at gives them one by one. false: no data call, or it
 * failed.
 */
bool event_data(const struct event *event, const uint8_t **bytes, size_t *len, uint64_t *full);

/* true where the kernel never got to see the call: its result was put there in its place. */
bool event_is_skipped(const struct event *event);

/* send and sendto; recv and recvfrom. */
bool canon_is_send(enum canon canon);
bool canon_is_recv(enum canon canon);

#endif
