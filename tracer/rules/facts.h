/* rules/facts.h: what rules remember of a trace that goes by: of sockets, tasks and processes, while they
 * last. */
#ifndef RULES_FACTS_H
#define RULES_FACTS_H

#include "base/intmap.h"
#include "base/vec.h"
#include "event/trace.h"

enum {
    FACTS_HEAD = 48,   /* bytes of a send that are kept, to know it again */
    FACTS_BUF = 256,   /* of a buffer that was received into */
    FACTS_SETS = 1024, /* FD_SETSIZE */
    FACTS_RING = 16,
};

/* The beginning of some bytes. */
struct head {
    size_t len;    /* that are here */
    uint64_t full; /* that there were */
    uint8_t bytes[FACTS_HEAD];
};

/* A send on a stream. Events are named by their sequence numbers; 0: there was none. */
struct sent {
    uint64_t seq;
    int tid;
    uint64_t asked, done;
    struct head head, rest; /* from its first byte, and from the first that was not taken */
};

struct sock_facts {
    uint64_t id, parent; /* the listener that it was accepted from, or 0 */
    int domain, type;    /* -1: not known */
    int pid, tid, fd;    /* that made it, and as which number; its birth was not seen: 0, 0, -1 */
    const char *role;
    uint64_t born;
    bool is_nonblocking, is_edge_triggered, has_timeout, has_reuse, has_nodelay, has_v6only, has_broadcast;
    bool is_shared;   /* a dup, or a message, made further descriptors of it */
    VEC(int) holders; /* processes that have it open */
    uint64_t bound, bind_failed, listened, closed, shut; /* shut: SHUT_WR or SHUT_RDWR */
    int64_t port, far_port;                              /* local and remote, where they are known, else 0 */

    uint64_t connected; /* a connect that began or succeeded */
    uint64_t connect_failed;
    bool is_connecting; /* EINPROGRESS, and nothing since then that tells what became of it */

    struct sent short_send; /* the latest that took less than it was given, while the rest is due */
    struct sent last_send;
    unsigned small_sends;       /* in a row, without a receive between them */
    unsigned stalls;            /* so often a receive followed two or more of them */
    uint64_t sends[FACTS_RING]; /* of a stream: where the latest sends end, by number of the send */
    size_t nsends;
    uint64_t ended[2]; /* bytes sent, received */

    uint64_t received; /* the latest that brought something */
    uint64_t asked;    /* the latest receive, whatever came of it */
    int asked_tid;
    int received_tid;
    int64_t unread; /* behind it, -1: not known */
    uint64_t reset; /* the first data call that failed with ECONNRESET */
    uint64_t eof;   /* the first receive that returned 0 */
    int eof_tid;
    unsigned eofs;     /* in a row */
    bool is_abandoned; /* the thread that saw it ended, and left the socket open */
    uint64_t used;     /* the latest event on it */
    uint64_t dropped;  /* a datagram that the run did not let out */

    int forked_pid;                 /* a process that has it since a fork, other than its maker */
    uint64_t forked, forked_closed; /* the fork, and where that process let go of it */
    bool is_used_by_maker;          /* since the fork */
};

/* A call that failed, after which a server should go on. */
struct stumble {
    uint64_t seq, sock;
    enum canon canon;
    int err;
};

struct task_facts {
    int tid, pid;
    uint64_t accepted, waited; /* the latest call to accept, to wait, by its seq */
    struct {
        uint64_t seq, start_ns, sock;
        enum canon canon;
        unsigned count;
    } again; /* EAGAIN in a row: from the first on */
    struct {
        uint64_t seq;
        int64_t out; /* -1: none */
    } addrlen;       /* what the latest call to fill in an address left there */
    struct {
        uint64_t seq, sock, asked, full;
        size_t len, used; /* of the latest message; of all that were there */
        uint8_t bytes[FACTS_BUF];
    } buf; /* as if each receive went to the beginning of one buffer */
    struct {
        uint64_t seq;
        uint8_t before[FACTS_SETS / 8], after[FACTS_SETS / 8];
    } set; /* of the latest select: what it was to read, and what was ready */
};

struct proc_facts {
    int pid, parent;
    struct stumble stumble;
    uint64_t serves,
        served; /* the listener of the connections that it moved bytes on, and the first such call */
    uint64_t accepted, waited; /* the latest calls */
    bool is_told_to_stop;      /* by a signal other than those that come of themselves */
};

/* A word of a command line. */
struct told {
    const char *role;
    int pid;
    char *word;
};

/* A port that a role used first, though it had been given another one. */
struct stray {
    const char *role;
    uint64_t seq;
    int64_t port;
    bool is_right; /* it used that one as well */
};

/* A datagram on its way. */
struct gram_facts {
    uint64_t seq, end_ns;
    const char *role;
    int pid;
    int64_t port;
    struct head head;
    bool is_lost;   /* nobody had the port when it was sent */
    uint64_t bound; /* who came then */
};

/* A receive of a datagram that filled its buffer. */
struct full_facts {
    uint64_t seq, end_ns;
    struct head head;
};

/* A close that left bytes unread. */
struct left {
    uint64_t seq;
    int64_t unread, port, far_port;
};

struct facts {
    struct intmap socks, tasks, procs;
    VEC(struct told) told;
    VEC(struct stray) strays;
    VEC(const char *) roles; /* each once: other facts point here */
    struct gram_facts grams[FACTS_RING];
    struct full_facts fulls[FACTS_RING];
    struct left left[FACTS_RING];
    struct sock_facts *resets[FACTS_RING]; /* sockets that are over, and that a reset ended */
    size_t ngrams, nfulls, nleft, nresets;
    uint8_t bound[(1 << 16) / 8]; /* bits by port: datagram sockets had it */
    int64_t given;                /* ${PORT}, or 0 */
    /* The process that ended last: its sockets are closed behind its end. */
    struct {
        struct proc_facts *proc;
        struct task_facts *task;
        bool is_killed;
    } last_exit;
};

void facts_head(struct facts *facts, const struct trace_head *head);
void facts_release(struct facts *facts);

/* Is the port among the numbers that a role was given on its command line? */
bool facts_was_told(const struct facts *facts, const char *role, int64_t port);

/* NULL where nothing is known. A process that has ended, and its last task, are known until another one ends.
 */
struct sock_facts *facts_sock(const struct facts *facts, uint64_t sock);
struct task_facts *facts_task(const struct facts *facts, int tid);
struct proc_facts *facts_proc(const struct facts *facts, int pid);

/* Take the event in. What it ends is still there: facts_forget. */
void facts_event(struct facts *facts, const struct event *event);

/* Is the socket over with this event? */
bool facts_ends(const struct event *event);

/* Drop what ended with the event, but for the latest resets. */
void facts_forget(struct facts *facts, const struct event *event);

/* Helpers that rules share. */
int64_t facts_number(const struct event *event, const char *arg, int64_t absent);
struct head facts_data(const struct event *event, uint64_t from); /* of a data call: from this byte on */
bool facts_same_start(const struct head *a,
                      const struct head *b); /* at least a byte, as far as both are there */

/* Did the call receive a datagram of just the length that it had room for, or a longer one? */
bool facts_fills_buffer(const struct event *event);
bool facts_holds(const struct sock_facts *sock, int pid);

/* The bits of a set of descriptors (select), before or behind the call; false: it is none. */
bool facts_set(const struct value *set, bool after, uint8_t bits[FACTS_SETS / 8]);

#endif
