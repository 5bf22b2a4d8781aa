/* run/director.c: decides from what the stage has counted, and from the time, alone. */
#include "run/director.h"

#include "base/alloc.h"
#include "base/clock.h"

#include <errno.h>
#include <string.h>

/* How far one `pause` line has come. */
struct pausing {
    enum { PAUSE_AHEAD, PAUSE_HOLDS, PAUSE_OVER } state;
    uint64_t until_ns; /* PAUSE_HOLDS: no longer than that */
};

/* One `inject` line. */
struct injecting {
    uint32_t seen; /* calls that it names */
    uint32_t done; /* of these, calls that the fault was put into */
};

struct director_role {
    const struct role *role;
    struct pausing *pauses;
    struct injecting *injections;
    size_t next;  /* the pause that is ahead, or holds */
    bool gave_up; /* it is to be ended */
};

/* A task in front of a call. It goes on when both the pause and the time are over. */
struct director_hold {
    int tid;
    size_t role, pause; /* NO_PAUSE: none */
    uint64_t until_ns;  /* of a delay; 0: none */
};

struct director_asked {
    int tid;
    uint64_t start_ns; /* of the call: with the tid it names it */
    size_t role, injection;
};

enum { NO_PAUSE = SIZE_MAX, NO_INJECTION = SIZE_MAX };

/* ---- watching ---- */

static size_t role_index(const struct director *director, const char *name)
{
    size_t i = 0;

    while (i < director->stage->nroles && strcmp(director->roles[i].role->name, name) != 0)
        i++;
    return i;
}

static struct director_role *role_of(const struct director *director, const char *name)
{
    size_t i = role_index(director, name);

    return i < director->stage->nroles ? &director->roles[i] : NULL;
}

/* The fault that was ordered for this call: was it put in? */
static void settle(struct director *director, const struct event *event)
{
    for (size_t i = director->asked.len; i-- > 0;) {
        const struct director_asked *asked = &director->asked.items[i];

        if (asked->tid != event->tid || asked->start_ns != event->start_ns)
            continue;
        if (event->injected.kind != INJECT_NONE)
            director->roles[asked->role].injections[asked->injection].done++;
        vec_remove(&director->asked, i);
        return;
    }
}

/* A task that ended in front of its call. */
static void forget(struct director *director, int tid)
{
    for (size_t i = director->holds.len; i-- > 0;)
        if (director->holds.items[i].tid == tid)
            vec_remove(&director->holds, i);
}

static void director_event(struct sink *sink, const struct event *event)
{
    struct director *director = (struct director *)sink;

    if (event->kind == EVENT_EXIT)
        forget(director, event->tid);
    else if (event->kind == EVENT_CALL)
        settle(director, event);
}

void director_init(struct director *director, const struct stage *stage, uint32_t limit_ms,
                   struct arena *arena)
{
    static const struct sink_ops ops = {.event = director_event};

    *director = (struct director){.sink = {&ops}, .stage = stage, .arena = arena};
    director->roles = ARENA_ARRAY(arena, struct director_role, stage->nroles);
    director->limit_ms = limit_ms;
    for (size_t i = 0; i < stage->nroles; i++) {
        const struct role *role = stage->roles[i].role;

        director->roles[i] = (struct director_role){
            .role = role,
            .pauses = ARENA_ARRAY(arena, struct pausing, role->npauses),
            .injections = ARENA_ARRAY(arena, struct injecting, role->ninjections),
        };
    }
}

void director_release(struct director *director)
{
    vec_release(&director->holds);
    vec_release(&director->asked);
}

bool director_is_needed(const struct director *director)
{
    if (director->shift.seed)
        return true;
    for (size_t i = 0; i < director->stage->nroles; i++)
        if (director->roles[i].role->npauses || director->roles[i].role->ninjections)
            return true;
    return false;
}

/* ---- in words ---- */

static const char *pause_text(const struct director *director, const struct pause *pause)
{
    const struct awaited *until = &pause->until;
    const char *times = until->times > 1 ? arena_printf(director->arena, " x%d", until->times) : "";

    return arena_printf(director->arena, "before %s until %s %s%s", canon_name(pause->before), until->role,
                        canon_name(until->canon), times);
}

static const char *injection_text(const struct director *director, const struct injection *injection)
{
    struct buf out = {0};
    const char *text;

    buf_addf(&out, "inject %s ", canon_name(injection->canon));
    inject_text(&out, injection->inject);
    if (injection->nth == INJECT_EVERY)
        buf_adds(&out, " every");
    else if (injection->nth > 1)
        buf_addf(&out, " when %d", injection->nth);
    text = arena_strdup(director->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

/* How often the awaited call was made. */
static uint32_t count_of(const struct director *director, const struct awaited *awaited)
{
    return stage_count(director->stage, awaited->role, awaited->canon);
}

/* "had called connect 1 of 2 times" */
static const char *count_text(const struct director *director, const struct awaited *awaited)
{
    const char *call = canon_name(awaited->canon);
    uint32_t n = count_of(director, awaited);

    if (!n)
        return arena_printf(director->arena, "had not called %s", call);
    return arena_printf(director->arena, "had called %s %u of %d times", call, n, awaited->times);
}

/* ---- deciding ---- */

/* sendto holds for send on a connected datagram socket, as it does in a pattern. */
static bool is_call(enum canon canon, const struct event *event)
{
    if (canon == event->canon)
        return true;
    return !event->is_stream && ((canon == CANON_SENDTO && event->canon == CANON_SEND) ||
                                 (canon == CANON_RECVFROM && event->canon == CANON_RECV));
}

static bool is_met(const struct director *director, const struct awaited *awaited)
{
    return count_of(director, awaited) >= (uint32_t)awaited->times;
}

/* The pause that is to keep the role's task from this call, or NO_PAUSE. One whose end has come before is
 * over. */
static size_t take_pause(const struct director *director, struct director_role *role,
                         const struct event *event, uint64_t now_ns)
{
    const struct role *wanted = role->role;
    uint64_t limit_ms = wanted->timeout_ms ? wanted->timeout_ms : director->limit_ms;

    struct pausing *pausing = &role->pauses[role->next];

    if (role->gave_up || role->next == wanted->npauses || !is_call(wanted->pauses[role->next].before, event))
        return NO_PAUSE;
    if (pausing->state == PAUSE_AHEAD && is_met(director, &wanted->pauses[role->next].until)) {
        pausing->state = PAUSE_OVER;
        role->next++;
        return NO_PAUSE;
    }
    if (pausing->state == PAUSE_AHEAD)
        pausing->until_ns = now_ns + limit_ms * CLOCK_NS_PER_MS / 2;
    pausing->state = PAUSE_HOLDS;
    return role->next;
}

/* A line that names this very call comes before one that names every. */
static size_t take_injection(struct director_role *role, const struct event *event)
{
    size_t found = NO_INJECTION;

    for (size_t i = 0; i < role->role->ninjections; i++) {
        const struct injection *injection = &role->role->injections[i];

        if (!is_call(injection->canon, event))
            continue;
        role->injections[i].seen++;
        if (injection->nth == INJECT_EVERY ? found == NO_INJECTION
                                           : injection->nth == (int32_t)role->injections[i].seen)
            found = i;
    }
    return found;
}

/* splitmix64: a number that looks like chance, and is the same for the same seed and call. */
static uint64_t scatter(uint32_t seed, uint32_t at)
{
    uint64_t z = ((uint64_t)seed << 32 | at) + 0x9e3779b97f4a7c15U;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}

/* Whoever reads or waits late finds more; whoever sends late is looked for in vain; the rest is chance. */
static uint64_t shift_ns(struct shift *shift, const struct event *event)
{
    enum { BUDGET_MS = 400, ALWAYS_US = 2000, CHANCE_US = 3000 };
    enum { LATE_READERS = 1, LATE_SENDERS = 2, WAYS = 4 };
    uint64_t chance = scatter(shift->seed, shift->at++), us;
    bool reads = canon_is_recv(event->canon) || event->canon == CANON_WAIT || event->canon == CANON_ACCEPT;

    switch (shift->seed % WAYS) {
    case LATE_READERS: us = reads ? ALWAYS_US : 0; break;
    case LATE_SENDERS:
        us = canon_is_send(event->canon) || event->canon == CANON_CONNECT ? ALWAYS_US : 0;
        break;
    default: us = chance % 3 == 0 ? (chance >> 8) % CHANCE_US : 0;
    }
    if (shift->spent_ns > BUDGET_MS * (uint64_t)CLOCK_NS_PER_MS)
        return 0;
    shift->spent_ns += us * 1000;
    return us * 1000;
}

struct director_order director_call(struct director *director, const struct event *event, uint64_t now_ns)
{
    size_t at = role_index(director, event->role), injection;
    struct director_hold hold = {.tid = event->tid, .role = at};
    struct director_order order = {0};
    struct director_role *role;

    if (at == director->stage->nroles)
        return order;
    role = &director->roles[at];
    injection = take_injection(role, event);
    if (injection != NO_INJECTION) {
        order.inject = role->role->injections[injection].inject;
        vec_push(&director->asked, (struct director_asked){event->tid, event->start_ns, at, injection});
    }
    if (order.inject.kind == INJECT_DELAY)
        hold.until_ns = now_ns + (uint64_t)order.inject.n;
    else if (director->shift.seed)
        hold.until_ns = now_ns + shift_ns(&director->shift, event);
    if (hold.until_ns == now_ns)
        hold.until_ns = 0;
    hold.pause = take_pause(director, role, event, now_ns);
    if (hold.pause != NO_PAUSE)
        order.held = pause_text(director, &role->role->pauses[hold.pause]);
    order.hold = !role->gave_up && (hold.pause != NO_PAUSE || hold.until_ns);
    if (order.hold)
        vec_push(&director->holds, hold);
    return order;
}

/* ---- letting go ---- */

/* Why the pause that holds ends now; false: it does not. */
static bool pause_ends(const struct director *director, const struct director_role *role, size_t pause,
                       bool stuck, uint64_t now_ns, struct director_end *end)
{
    const struct pause *line = &role->role->pauses[pause];
    const struct awaited *until = &line->until;
    const char *why;

    *end = (struct director_end){.role = role->role->name};
    if (is_met(director, until)) {
        end->met = pause_text(director, line);
        return true;
    }
    if (stage_has_ended(director->stage, until->role))
        why = "and has ended";
    else if (stuck)
        why = "and could not get there: every program waited for another";
    else if (now_ns >= role->pauses[pause].until_ns)
        why = "and half of the time limit was gone";
    else
        return false;
    end->unmet = arena_printf(director->arena, "'pause %s' was given up: %s %s, %s",
                              pause_text(director, line), until->role, count_text(director, until), why);
    return true;
}

bool director_pause_ends(struct director *director, bool stuck, uint64_t now_ns, struct director_end *end)
{
    vec_each (struct director_hold, hold, &director->holds) {
        struct director_role *role = &director->roles[hold->role];

        if (hold->pause == NO_PAUSE || role->pauses[hold->pause].state != PAUSE_HOLDS ||
            !pause_ends(director, role, hold->pause, stuck, now_ns, end))
            continue;
        role->pauses[hold->pause].state = PAUSE_OVER;
        role->next++;
        return true;
    }
    return false;
}

static bool still_holds(const struct director *director, const struct director_hold *hold, uint64_t now_ns)
{
    const struct director_role *role = &director->roles[hold->role];

    if (role->gave_up)
        return false;
    return now_ns < hold->until_ns ||
           (hold->pause != NO_PAUSE && role->pauses[hold->pause].state == PAUSE_HOLDS);
}

int director_next(struct director *director, uint64_t now_ns)
{
    for (size_t i = 0; i < director->holds.len; i++) {
        int tid = director->holds.items[i].tid;

        if (still_holds(director, &director->holds.items[i], now_ns))
            continue;
        vec_remove(&director->holds, i);
        return tid;
    }
    return 0;
}

uint64_t director_due_ns(const struct director *director, uint64_t now_ns)
{
    uint64_t due_ns = 0;

    vec_each (struct director_hold, hold, &director->holds)
        if (hold->until_ns > now_ns && (!due_ns || hold->until_ns < due_ns))
            due_ns = hold->until_ns;
    return due_ns;
}

size_t director_held(const struct director *director, const char *role, bool by_pause)
{
    size_t n = 0;

    vec_each (struct director_hold, hold, &director->holds) {
        const struct director_role *of = &director->roles[hold->role];

        n += strcmp(of->role->name, role) == 0 && (!by_pause || hold->pause != NO_PAUSE);
    }
    return n;
}

void director_give_up(struct director *director, const char *role)
{
    struct director_role *of = role_of(director, role);

    if (of)
        of->gave_up = true;
}

/* ---- what did not take place ---- */

/* Why a fault could not be put into the calls that it was meant for. */
static const char *const no_occasions[INJECT_COUNT] = {
    [INJECT_SHORT] = "none of these calls had more bytes to move, on a stream",
    [INJECT_ERROR] = "none of these calls came to its end",
    [INJECT_DELAY] = "none of these calls came to its end",
    [INJECT_DROP] = "none of these calls sent one datagram",
    [INJECT_RESET] = "none of these calls had a TCP connection",
};

static const char *injection_unmet(const struct director *director, const struct injection *injection,
                                   const struct injecting *injecting)
{
    const char *text = injection_text(director, injection), *call = canon_name(injection->canon);

    if (!injecting->seen)
        return arena_printf(director->arena, "'%s' did not take place: it never called %s", text, call);
    if (injection->nth > (int32_t)injecting->seen)
        return arena_printf(director->arena, "'%s' did not take place: it called %s only %u time%s", text,
                            call, injecting->seen, injecting->seen == 1 ? "" : "s");
    return arena_printf(director->arena, "'%s' did not take place: %s", text,
                        no_occasions[injection->inject.kind]);
}

static const char *pause_unmet(const struct director *director, const struct pause *pause,
                               const struct pausing *pausing)
{
    const char *text = pause_text(director, pause);

    if (pausing->state == PAUSE_AHEAD)
        return arena_printf(director->arena, "'pause %s' did not take place: it never came to that %s", text,
                            canon_name(pause->before));
    return arena_printf(director->arena, "'pause %s' was still on when its program was ended: %s %s", text,
                        pause->until.role, count_text(director, &pause->until));
}

void director_each_unmet(const struct director *director,
                         void (*fn)(void *arg, const char *role, const char *sentence), void *arg)
{
    for (size_t i = 0; i < director->stage->nroles; i++) {
        const struct director_role *role = &director->roles[i];

        if (director->stage->roles[i].pid <= 0)
            continue;
        for (size_t k = 0; k < role->role->npauses; k++)
            if (role->pauses[k].state != PAUSE_OVER)
                fn(arg, role->role->name, pause_unmet(director, &role->role->pauses[k], &role->pauses[k]));
        for (size_t k = 0; k < role->role->ninjections; k++)
            if (!role->injections[k].done)
                fn(arg, role->role->name,
                   injection_unmet(director, &role->role->injections[k], &role->injections[k]));
    }
}
