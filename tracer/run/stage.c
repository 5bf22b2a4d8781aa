/* run/stage.c: readiness is observed in the calls of a role, never guessed from time alone. */
#include "run/stage.h"

#include "base/arena.h"
#include "base/clock.h"
#include "expect/parse.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* A call that is awaited, from its beginning to its end. */
struct stage_call {
    struct stage_role *role;
    pid_t tid;
    enum canon canon;
    uint64_t begun_ns;
    bool counted; /* it was seen to wait */
};

/* From its making until it listens, or connects, or is closed: a door at which clients are refused. */
struct stage_socket {
    struct stage_role *role; /* whose unopened it counts among; NULL: it is not bound */
    uint64_t sock;
};

struct stage_role *stage_role(struct stage *stage, const char *name)
{
    for (size_t i = 0; i < stage->nroles; i++)
        if (!strcmp(stage->roles[i].role->name, name))
            return &stage->roles[i];
    return NULL;
}

/* accept; a wait while it has a listener or a bound socket; receiving on a datagram socket that it has bound.
 */
static bool is_wait_for_client(const struct stage_role *role, const struct event *event)
{
    switch (event->canon) {
    case CANON_ACCEPT: return true;
    case CANON_WAIT: return role->listens || role->binds;
    case CANON_RECV:
    case CANON_RECVFROM: return role->binds && !role->listens && !event->is_stream;
    default: return false;
    }
}

static bool is_open(const struct stage_role *role)
{
    return role->is_reachable && !role->unopened;
}

static bool counts_at_entry(enum canon canon)
{
    return canon == CANON_ACCEPT || canon == CANON_WAIT || canon_is_recv(canon);
}

static void stage_enter(struct sink *sink, const struct event *event)
{
    struct stage *stage = (struct stage *)sink;
    struct stage_role *role = stage_role(stage, event->role);

    if (!role)
        return;
    if (counts_at_entry(event->canon))
        role->counts[event->canon]++;
    else if (stage->awaited >> event->canon & 1)
        vec_push(&stage->begun,
                 (struct stage_call){
                     .role = role, .tid = event->tid, .canon = event->canon, .begun_ns = clock_mono_ns()});
    if (is_wait_for_client(role, event)) {
        role->waited = role->waited || event->canon == CANON_ACCEPT || is_open(role);
        role->waiting++;
    } else {
        role->last_ns = clock_mono_ns();
    }
}

/* Nobody was there: a server that polls does this for ever. */
static bool is_in_vain(const struct stage_role *role, const struct event *event)
{
    if (event->kind != EVENT_CALL || !is_wait_for_client(role, event))
        return false;
    return event->err == EAGAIN || event->err == EINTR || (event->canon == CANON_WAIT && event->result == 0);
}

/* libc binds sockets too, to talk with the kernel: nobody becomes a client of theirs. */
static bool is_for_clients(const struct event *event)
{
    const struct value *addr = event->ncargs > 1 ? value_final(event->cargs[1]) : NULL;
    int64_t family;

    return !value_number(value_field(addr, "sa_family"), &family) || family != AF_NETLINK;
}

static bool is_made(const struct event *event)
{
    return !event->unfinished && event->err != EAGAIN && event->err != EINTR;
}

/* The call is over. Was it counted before? The latest first: a handler may make a call inside another. */
static bool forget_call(struct stage *stage, const struct event *event)
{
    for (size_t i = stage->begun.len; i-- > 0;) {
        struct stage_call call = stage->begun.items[i];

        if (call.tid != event->tid || call.canon != event->canon)
            continue;
        vec_remove(&stage->begun, i);
        return call.counted;
    }
    return false;
}

static void count_call(struct stage *stage, struct stage_role *role, const struct event *event)
{
    if (!forget_call(stage, event) && !counts_at_entry(event->canon) && is_made(event))
        role->counts[event->canon]++;
}

static bool makes_stream(const struct event *event)
{
    int64_t type;

    if (event->canon != CANON_SOCKET || event->ncargs < 2 || !value_number(event->cargs[1], &type))
        return false;
    type &= ~(SOCK_CLOEXEC | SOCK_NONBLOCK);
    return type == SOCK_STREAM || type == SOCK_SEQPACKET;
}

static size_t closed_door(const struct stage *stage, uint64_t sock)
{
    size_t i = stage->closed_doors.len;

    while (i > 0 && stage->closed_doors.items[i - 1].sock != sock)
        i--;
    return i;
}

static void forget_door(struct stage *stage, uint64_t sock)
{
    size_t nth = closed_door(stage, sock);

    if (!nth)
        return;
    if (stage->closed_doors.items[nth - 1].role)
        stage->closed_doors.items[nth - 1].role->unopened--;
    vec_remove(&stage->closed_doors, nth - 1);
}

static void bind_door(struct stage *stage, struct stage_role *role, uint64_t sock)
{
    size_t nth = closed_door(stage, sock);

    role->binds = true;
    if (!nth) {
        role->is_reachable = true;
    } else if (!stage->closed_doors.items[nth - 1].role) {
        stage->closed_doors.items[nth - 1].role = role;
        role->unopened++;
    }
}

static void stage_call(struct stage *stage, struct stage_role *role, const struct event *event)
{
    if (is_wait_for_client(role, event) && role->waiting > 0)
        role->waiting--;
    if (event->canon == CANON_CONNECT)
        forget_door(stage, event->sock);
    if (event->unfinished || event->err)
        return;
    if (makes_stream(event))
        vec_push(&stage->closed_doors, (struct stage_socket){NULL, event->made[0]});
    if (event->canon == CANON_LISTEN) {
        forget_door(stage, event->sock);
        role->listens = role->is_reachable = true;
    } else if (event->canon == CANON_BIND && is_for_clients(event)) {
        bind_door(stage, role, event->sock);
    } else {
        return;
    }
    role->bound_ns = clock_mono_ns();
}

static void stage_event(struct sink *sink, const struct event *event)
{
    struct stage *stage = (struct stage *)sink;
    struct stage_role *role = stage_role(stage, event->role);

    /* A timer's signal is no sign that a client is served. */
    if (!role || event->kind == EVENT_SIGNAL)
        return;
    *(is_in_vain(role, event) ? &role->asked_ns : &role->last_ns) = clock_mono_ns();
    if (event->last_ref)
        forget_door(stage, event->sock);
    if (event->kind != EVENT_CALL)
        return;
    count_call(stage, role, event);
    stage_call(stage, role, event);
}

static const struct sink_ops stage_ops = {.enter = stage_enter, .event = stage_event};

void stage_init(struct stage *stage, const struct expect *expect, struct arena *arena)
{
    *stage = (struct stage){.sink = {&stage_ops}, .nroles = expect->nroles};
    stage->roles = ARENA_ARRAY(arena, struct stage_role, expect->nroles);
    for (size_t i = 0; i < expect->nroles; i++) {
        const struct role *role = expect->roles[i];

        stage->roles[i].role = role;
        if (role->start.role)
            stage->awaited |= UINT64_C(1) << role->start.canon;
        for (size_t k = 0; k < role->npauses; k++)
            stage->awaited |= UINT64_C(1) << role->pauses[k].until.canon;
    }
}

void stage_release(struct stage *stage)
{
    vec_release(&stage->begun);
    vec_release(&stage->closed_doors);
}

static bool is_past(uint64_t now_ns, uint64_t since_ns, uint64_t ms)
{
    return now_ns >= since_ns + ms * CLOCK_NS_PER_MS;
}

void stage_look(struct stage *stage, uint64_t now_ns, bool (*sleeps)(void *arg, pid_t tid), void *arg)
{
    vec_each (struct stage_call, call, &stage->begun) {
        if (call->counted || !is_past(now_ns, call->begun_ns, STAGE_BLOCKED_MS) || !sleeps(arg, call->tid))
            continue;
        call->counted = true;
        call->role->counts[call->canon]++;
    }
}

bool stage_is_ready(const struct stage_role *role, uint64_t now_ns)
{
    if (role->ended || role->waited || role->held)
        return true;
    return is_open(role) && is_past(now_ns, role->bound_ns, STAGE_SETTLE_MS);
}

uint32_t stage_count(const struct stage *stage, const char *role, enum canon canon)
{
    uint32_t n = 0;

    for (size_t i = 0; i < stage->nroles; i++)
        if (role_is_named(stage->roles[i].role, role))
            n += stage->roles[i].counts[canon];
    return n;
}

bool stage_has_ended(const struct stage *stage, const char *role)
{
    for (size_t i = 0; i < stage->nroles; i++)
        if (role_is_named(stage->roles[i].role, role) && !stage->roles[i].ended)
            return false;
    return true;
}

/* Is it a role whose doings this one waits for? Copies begin together. */
static bool is_awaited(const struct stage *stage, size_t i, size_t other)
{
    const struct role *role = stage->roles[i].role, *before = stage->roles[other].role;

    if (role->start.role)
        return role_is_named(before, role->start.role);
    return other < i && strcmp(before->base, role->base) != 0;
}

bool stage_may_start(const struct stage *stage, size_t i, uint64_t now_ns, const char **unready)
{
    const struct awaited *start = &stage->roles[i].role->start;

    *unready = NULL;
    if (start->role && stage_count(stage, start->role, start->canon) >= (uint32_t)start->times)
        return true;
    for (size_t j = 0; j < stage->nroles; j++) {
        const struct stage_role *other = &stage->roles[j];

        if (!is_awaited(stage, i, j) || (!start->role && stage_is_ready(other, now_ns)))
            continue;
        if (!other->pid || (!other->ended && !is_past(now_ns, other->started_ns, STAGE_PATIENCE_MS)))
            return false;
        if (!*unready)
            *unready = other->role->base;
    }
    return true;
}

const char *stage_excuse(const struct stage *stage, size_t i, const char *unready, struct arena *arena)
{
    const struct awaited *start = &stage->roles[i].role->start;
    const char *due = "become ready";

    if (start->role)
        due = arena_printf(arena, "made %s x%d", canon_name(start->canon), (int)start->times);
    if (stage_has_ended(stage, unready))
        return arena_printf(arena, "was started although %s had ended and not %s", unready, due);
    return arena_printf(arena, "was started although %s had not %s in %d s", unready, due,
                        STAGE_PATIENCE_MS / 1000);
}
