/* compare/script.h: a trace as what each role does with each socket, whatever the run's own numbers and
 * segments. */
#ifndef COMPARE_SCRIPT_H
#define COMPARE_SCRIPT_H

#include "base/vec.h"
#include "compare/choice.h"
#include "event/trace.h"
#include "model/model.h"

/* An argument in words; `plain` is without flags that change nothing on the wire. */
struct item_arg {
    const char *name; /* "backlog" */
    const char *text, *plain;
};

enum item_kind {
    ITEM_CALL,
    ITEM_END_OF_STREAM, /* a recv that found it */
    ITEM_CONTROL,       /* the control messages beside bytes of a stream */
    ITEM_CLOSE,         /* by close(2), or otherwise */
    ITEM_CHANCE,        /* not to be looked at */
};

/* Something that a role did with a socket, beside moving bytes of a stream. */
struct item {
    enum item_kind kind;
    const struct event *event, *origin; /* as patterns see it, and of the trace */
    const char *name;                   /* "listen" */
    struct item_arg args[EVENT_MAX_ARGS];
    size_t nargs;
    const char *result;
    bool is_loose;     /* how often and when it happens is chance: once is as good as often */
    uint64_t key;      /* the same for items that say the same */
    uint64_t far;      /* of a datagram: a number for who is at the other end */
    uint64_t moved[2]; /* bytes of each direction that were moved before it */
    size_t twin;       /* compare.h: the item of the other trace, LCS_NONE */
};

/* What follows what on a socket: an item, or bytes of a stream. */
struct beat {
    int tid;
    bool is_bytes;
    int direction; /* is_bytes */
    uint64_t n;    /* bytes, or the index of the item */
    const struct event *event;
};

/* A call that moved bytes, in the order of the stream. */
struct segment {
    uint64_t from;
    const struct event *event;
};

enum { CELL_UNKNOWN = 256 }; /* a byte that the trace has not kept */

/* A direction of a stream. */
struct stream {
    VEC(struct segment) segments;
    VEC(uint16_t) cells; /* bytes */
    VEC(int64_t)
    flags; /* of its calls, and of those that found nothing to do; each once; without quiet ones */
    VEC(int64_t) whole; /* the same with them, of calls that have flags */
    bool has_plain;     /* there are calls without flags */
};

enum strand_how {
    STRAND_NO_SOCKET, /* calls on none */
    STRAND_MADE,      /* socket */
    STRAND_PAIR,      /* socketpair */
    STRAND_ACCEPTED,
    STRAND_GOT, /* from elsewhere: in a message, inherited */
};

/* A socket in the hands of a role. */
struct strand {
    const struct actor *actor;
    enum strand_how how;
    uint64_t sock, parent, peer;
    const struct sock_life *life; /* NULL: none */
    int pid, tid;                 /* who did the first thing */
    uint64_t born_seq;
    bool is_shared;  /* several processes have it */
    bool is_retried; /* a call found nothing to do (EAGAIN): what is done when is chance */
    bool is_foreign; /* libc made it for itself, or it was there before and nothing is done with it */
    VEC(struct item) items;
    VEC(struct beat) beats;
    struct stream streams[2]; /* MODEL_SEND, MODEL_RECV */
    uint64_t print;           /* the same for strands that say the same */
    struct strand *twin;      /* pair.h */
    const char *name;         /* "connection 1"; the same for twins */
};

struct actor {
    const char *role;
    VEC(struct strand *) strands; /* in order of birth; the first is that of calls on no socket */
    struct intmap by_sock;
    struct intmap choosy; /* tids that wait for several things at once: what they do first is chance */
    const char *end;      /* "exits 0", "killed by SIGSEGV", "is ended by the runner", "goes on" */
    const struct event *ended;
    size_t ncalls;
    uint64_t print;
    struct actor *twin;
};

struct script {
    const struct trace *trace;
    struct model *model;
    struct choice choice;
    struct intmap names; /* of sockets: struct plain_name (plain.h); pair.h fills them in */
    VEC(struct actor *) actors;
    struct arena arena;
};

/* The events of `trace` are folded here; it and `other`, which it is to be compared with, are borrowed. */
void script_init(struct script *script, const struct trace *trace, const struct trace *other);
void script_release(struct script *script);

/* Put all items into words, with the names that sockets have by now. */
void script_words(struct script *script);

/* How many of its arguments a line shows: not those at the end that say nothing. */
size_t item_shown(const struct item *item);

/* The item as a line: `listen(16) = 0`. */
void item_line(struct buf *out, const struct item *item);

/* How many calls the roles made. */
size_t script_calls(const struct script *script);

/* Is a before b in each run that the trace stands for, and not the other way round as well? */
bool script_before(const struct script *script, const struct event *a, const struct event *b);

#endif
