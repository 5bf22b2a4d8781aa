/* run/stage.h: who is ready, who waits, who has ended: what the runner must know of its roles while they run.
 */
#ifndef RUN_STAGE_H
#define RUN_STAGE_H

#include "base/vec.h"
#include "event/sink.h"
#include "expect/ast.h"

/* Where a role stands. */
struct stage_role {
    const struct role *role;
    pid_t pid;                    /* of its first process; 0: not started, -1: could not be */
    uint64_t started_ns;          /* clock_mono_ns */
    bool ended;                   /* no task of it is left */
    bool listens, binds;          /* has listened; has bound something */
    bool is_reachable;            /* has listened, or bound what needs no listen */
    int unopened;                 /* stream sockets that it has bound, and that do not listen yet */
    uint64_t bound_ns;            /* when it listened or bound last */
    bool waited;                  /* was seen to wait for a client */
    bool held;                    /* a pause keeps it from a call: it does nothing more for now */
    uint64_t last_ns;             /* when it last did something other than asking in vain for a client */
    uint64_t asked_ns;            /* when it last asked in vain (accept = EAGAIN, a wait that timed out) */
    uint32_t counts[CANON_COUNT]; /* calls made, as stage_look says */
    int waiting;                  /* tasks in a call that waits for a client */
    bool timed_out, stopped;
    uint64_t kill_at_ns; /* SIGKILL is due; 0: not */
};

struct stage_call;
struct stage_socket;

/* A sink that watches; pass it every event. */
struct stage {
    struct sink sink;
    struct stage_role *roles;
    size_t nroles;
    uint64_t awaited;                      /* 1 << canon: calls that a role's start or a pause waits for */
    VEC(struct stage_call) begun;          /* of these, by tasks that have not come back from them */
    VEC(struct stage_socket) closed_doors; /* stream sockets that may be to listen, but do not yet */
};

void stage_init(struct stage *stage, const struct expect *expect, struct arena *arena);
void stage_release(struct stage *stage);

/* NULL where there is no such role. */
struct stage_role *stage_role(struct stage *stage, const char *name);

/*
 * When is a call made? accept, recv and waits when they begin, because their end is another's doing. Others
 * when they have returned, whatever came of it; but what is to be tried again (EAGAIN, EINTR) was not made.
 * And also when they turn out to wait for somebody, too: a connect in SYN_SENT, a send without room. That is
 * what is looked for here, among calls that began STAGE_BLOCKED_MS ago: `sleeps(arg, tid)` says whether that
 * task sleeps in the kernel.
 */
void stage_look(struct stage *stage, uint64_t now_ns, bool (*sleeps)(void *arg, pid_t tid), void *arg);

/* How often the role has made the call; of a role with copies, all of them together. */
uint32_t stage_count(const struct stage *stage, const char *role, enum canon canon);

/* No process of the role is left; of a role with copies, of all of them. */
bool stage_has_ended(const struct stage *stage, const char *role);

/*
 * Ready for clients: calls accept; or can be reached and waits, or STAGE_SETTLE_MS went by since; or is held;
 * or has ended. Who has bound a stream socket refuses its clients until it listens, whatever it waits for
 * meanwhile: Python's http.server asks for the name of the machine there.
 */
bool stage_is_ready(const struct stage_role *role, uint64_t now_ns);

/*
 * May role i start now? *unready: NULL, or the name of an earlier role that it may start without, because
 * what it waits for has not come in STAGE_PATIENCE_MS.
 */
bool stage_may_start(const struct stage *stage, size_t i, uint64_t now_ns, const char **unready);

/* What there is to be told of role i where it starts without that one. */
const char *stage_excuse(const struct stage *stage, size_t i, const char *unready, struct arena *arena);

enum { STAGE_BLOCKED_MS = 40, STAGE_SETTLE_MS = 200, STAGE_PATIENCE_MS = 2000 };

#endif
