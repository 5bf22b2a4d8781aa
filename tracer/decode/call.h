/* decode/call.h: the table of system calls: which there are, what their arguments are, and when each means
 * something. */
#ifndef DECODE_CALL_H
#define DECODE_CALL_H

#include "decode/peek.h"
#include "event/event.h"

#include <stdbool.h>

struct argctx;

/* When an argument is read. AT_BOTH gives a VALUE_CHANGED made of the two. */
enum arg_when { AT_ENTRY, AT_EXIT, AT_BOTH };

/* One kind of argument: how its value is made. `depth` is how many reads of memory follow from one another.
 */
struct argkind {
    const struct value *(*decode)(const struct argctx *ctx);
    uint8_t
        depth; /* 0: from the register alone; 1: what it points to; 3: msghdr, its iovecs, their buffers */
};

struct argspec {
    const char *name; /* as strace(1) and the manual page name it: "sockfd", "buf", "addrlen" */
    const struct argkind *kind;
    enum arg_when when;
    const struct nametab *tab; /* of symbols and flags */
    uint8_t other;             /* the register that gives a length or a level, where the kind needs one */
};

enum call_flags {
    CALL_NETWORK = 1 << 0, /* of strace's %network */
    CALL_DESC = 1 << 1,    /* of strace's %desc */
    CALL_IF_SOCK = 1 << 2, /* read, write, close, …: an event only when one of its descriptors is (or was) a
                              socket; filtered to calls of which one is >= 3 */
    CALL_BLOCKS = 1 << 3,  /* may wait for a peer: its entry is announced to sinks */
    CALL_PIDFD = 1 << 4,   /* the first argument is a pidfd, the second a descriptor of that process */
};

/* What the result of a success is. */
enum call_ret { RET_INT, RET_FD, RET_FCNTL };

struct call {
    const char *name; /* as the kernel and libseccomp call it */
    enum canon canon; /* before arguments are looked at */
    unsigned flags;
    enum call_ret ret;
    uint8_t nargs;
    struct argspec args[6];
};

/* Walk over the table: NULL ends it. */
const struct call *call_at(size_t i);
const struct call *call_by_name(const char *name);

/* Which of its arguments are descriptors of the task that makes the call: bit i for argument i. */
unsigned call_fds(const struct call *call);

/* The deepest of its arguments: how often an engine may have to read memory before everything is there. */
unsigned call_depth(const struct call *call, bool at_exit);

#endif
