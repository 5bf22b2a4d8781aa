/* expect/match.c: the streaming matcher: sets of configurations, and the lives that they opened. */
#include "expect/match.h"

#include "expect/aux.h"
#include "expect/config.h"
#include "expect/view.h"

/*
 * A block at work on the events of one life (or of the role). The lives that its configurations open are
 * objects of their own, each fed once whoever shares it: `shared` lives are those that all configurations
 * agree on; the others are named in the claims of the configurations that opened them.
 */
struct life {
    uint64_t id, sock;         /* 0: the role */
    const struct insn *opener; /* NULL: the role, or libc's socket */
    bool is_libc;
    enum libc_sock libc;
    struct machine machine;
    struct sums sums;
    struct arena arenas[2]; /* of the configurations now, and of those that the next event makes */
    unsigned now;
    struct configs configs;
    VEC(struct life *) shared;
    VEC(struct life *) disputed;
    struct intmap owners; /* which of its lives a socket belongs to: struct owners */
    VEC(uint64_t) socks;  /* those of its own that are open */
    bool is_shared;
    bool is_over; /* complete, and nothing more can come */
    bool is_dead;
};

struct owners {
    VEC(struct life *) list;
};

struct match {
    struct arena arena;
    const struct program *program;
    struct view *view;
    struct life *root;
    struct arena scratch;
    uint64_t last_id;
    bool holds;
};

static void life_free(struct life *life)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    vec_each (struct life *, child, &life->shared)
        life_free(*child);
    vec_each (struct life *, child, &life->disputed)
        life_free(*child);
    while ((slot = intmap_next(&life->owners, &pos))) {
        struct owners *owners = slot->value;

        vec_release(&owners->list);
        free(owners);
    }
    intmap_release(&life->owners);
    vec_release(&life->shared);
    vec_release(&life->disputed);
    vec_release(&life->configs.list);
    vec_release(&life->socks);
    sums_release(&life->sums);
    arena_release(&life->arenas[0]);
    arena_release(&life->arenas[1]);
    free(life);
}

/* `block` is NULL for a socket of libc's. */
static struct life *life_new(struct match *match, const struct block *block, const struct insn *opener)
{
    struct life *life = ALLOC_NEW(struct life);

    life->id = ++match->last_id;
    life->opener = opener;
    life->is_libc = !block;
    life->machine = (struct machine){.program = match->program, .block = block};
    return life;
}

/* Replace the configurations by deep copies of these, and forget everything that only the old ones used. */
static void life_settle(struct life *life, const struct configs *next)
{
    life->now = !life->now;
    life->machine.arena = &life->arenas[life->now];
    life->configs.list.len = 0;
    vec_each (const struct config *, it, &next->list)
        vec_push(&life->configs.list, config_copy(&life->machine, *it, (*it)->claims, (*it)->nclaims));
    arena_reset(&life->arenas[!life->now]);
}

static void life_begin(struct match *match, struct life *life, const struct names *names)
{
    struct configs first = {0};

    life->machine.arena = &match->scratch;
    config_begin(&life->machine, names, &first);
    life_settle(life, &first);
    vec_release(&first.list);
}

static bool claims(const struct config *config, const struct life *child)
{
    for (size_t i = 0; i < config->nclaims; i++)
        if (config->claims[i] == child->id)
            return true;
    return false;
}

static bool life_is_complete(const struct life *life)
{
    if (life->is_libc)
        return life->libc == LIBC_OWN;
    if (sums_wrong(&life->sums, life->machine.block, false) ||
        sums_wrong(&life->sums, life->machine.block, true))
        return false;
    vec_each (struct life *, child, &life->shared)
        if (!life_is_complete(*child))
            return false;
    vec_each (const struct config *, it, &life->configs.list) {
        bool complete = config_is_complete(&life->machine, *it);

        vec_each (struct life *, child, &life->disputed)
            complete = complete && (!claims(*it, *child) || life_is_complete(*child));
        if (complete)
            return true;
    }
    return false;
}

/* A life that this event opens. */
struct born {
    struct life *life;
    const struct insn *opener; /* NULL: libc's socket */
    struct names names;
};

/* One event at work on one life. */
struct turn {
    struct match *match;
    struct life *life;
    const struct event *event;
    unsigned seen;
    const struct owners *owners; /* of the event's socket, or NULL */
    VEC(struct born) born;
    struct config_set next;
};

static bool life_event(struct match *match, struct life *life, const struct event *event, unsigned seen);

static void remove_life(struct owners *owners, const struct life *child)
{
    for (size_t i = 0; i < owners->list.len; i++)
        if (owners->list.items[i] == child) {
            vec_remove(&owners->list, i);
            return;
        }
}

static void drop_owners(struct life *life, uint64_t sock)
{
    struct owners *owners = intmap_del(&life->owners, sock);

    if (!owners)
        return;
    vec_release(&owners->list);
    free(owners);
}

static void own(struct life *life, struct life *child, uint64_t sock)
{
    struct owners *owners = intmap_get(&life->owners, sock);

    if (!owners) {
        owners = ALLOC_NEW(struct owners);
        intmap_set(&life->owners, sock, owners);
    }
    vec_each (struct life *, other, &owners->list)
        if (*other == child)
            return;
    vec_push(&owners->list, child);
    vec_push(&child->socks, sock);
}

static void lose_sock(struct life *child, uint64_t sock)
{
    for (size_t i = 0; i < child->socks.len; i++)
        if (child->socks.items[i] == sock) {
            vec_remove(&child->socks, i);
            break;
        }
}

/* The lives that the event's socket belongs to take it. false: one that all configurations agree on can't. */
static bool feed_owners(struct turn *turn)
{
    const struct event *event = turn->event;
    bool is_end = view_is_end(event);

    for (size_t i = 0; i < turn->owners->list.len; i++) {
        struct life *child = turn->owners->list.items[i];

        child->is_dead = !life_event(turn->match, child, event, turn->seen);
        if (is_end)
            lose_sock(child, event->sock);
        if (is_end && child->socks.len == 0) {
            child->is_over = life_is_complete(child);
            child->is_dead = child->is_dead || !child->is_over;
        }
        if (child->is_dead && child->is_shared)
            return false;
    }
    return true;
}

/* The life that this opener makes of the event's new socket: one for all configurations that name the same
 * things. */
static struct life *bear(struct turn *turn, const struct insn *opener, const struct names *names)
{
    struct life *child;

    vec_each (struct born, born, &turn->born) {
        bool same = born->opener == opener;

        for (size_t i = 0; same && opener && i < names->len; i++)
            same = bound_equal(&born->names.slots[i], &names->slots[i]);
        if (same)
            return born->life;
    }
    child = life_new(turn->match, opener ? opener->life : NULL, opener);
    child->sock = turn->event->made[0];
    if (opener)
        life_begin(turn->match, child, names);
    else
        child->libc = aux_libc_begin(turn->event);
    vec_push(&turn->life->disputed, child);
    vec_push(&turn->born, ((struct born){.life = child, .opener = opener, .names = *names}));
    return child;
}

/* `repeat LINE = $s {…}`: are the earlier lives of this line complete? */
static bool is_alone(const struct life *life, const struct config *config, const struct insn *opener)
{
    vec_each (struct life *, child, &life->shared)
        if ((*child)->opener == opener && !life_is_complete(*child))
            return false;
    vec_each (struct life *, child, &life->disputed)
        if ((*child)->opener == opener && claims(config, *child) && !life_is_complete(*child))
            return false;
    return true;
}

static void push_claiming(struct turn *turn, const struct config *config, const struct life *child)
{
    struct config *with = ARENA_NEW(&turn->match->scratch, struct config);
    uint64_t *all = ARENA_ARRAY(&turn->match->scratch, uint64_t, config->nclaims + 1);

    for (size_t i = 0; i < config->nclaims; i++)
        all[i] = config->claims[i];
    all[config->nclaims] = child->id;
    *with = *config;
    with->claims = all;
    with->nclaims++;
    config_set_add(&turn->next, &turn->life->machine, with);
}

static void step_config(struct turn *turn, const struct config *config)
{
    struct machine machine = turn->life->machine;
    struct moves moves = {0};

    machine.arena = &turn->match->scratch;
    config_step(&machine, config, turn->event, turn->seen, &moves);
    vec_each (const struct move, move, &moves.list) {
        if (move->took == TOOK_LIBC)
            push_claiming(turn, move->config, bear(turn, NULL, &move->config->names));
        else if (!move->life)
            config_set_add(&turn->next, &turn->life->machine, move->config);
        else if (!move->life->alone || is_alone(turn->life, config, move->life))
            push_claiming(turn, move->config, bear(turn, move->life, &move->life_names));
    }
    vec_release(&moves.list);
}

/* A configuration that knows whose event it is leaves it to that life; another takes it itself. */
static void take(struct turn *turn, const struct config *config)
{
    for (size_t i = 0; turn->owners && i < turn->owners->list.len; i++) {
        const struct life *owner = turn->owners->list.items[i];

        if (owner->is_shared || claims(config, owner)) {
            if (!owner->is_dead)
                config_set_add(&turn->next, &turn->life->machine, config);
            return;
        }
    }
    if (turn->event->kind == EVENT_CALL)
        step_config(turn, config);
    else
        config_set_add(&turn->next, &turn->life->machine, config);
}

/* Sockets that the event made belong where the event belonged, or to the lives that it opened. */
static void settle_socks(struct turn *turn)
{
    struct life *life = turn->life;
    size_t nowners = turn->owners ? turn->owners->list.len : 0;

    for (size_t k = 0; k < ARRAY_LEN(turn->event->made); k++)
        for (size_t i = 0; turn->event->made[k] && i < nowners; i++)
            own(life, turn->owners->list.items[i], turn->event->made[k]);
    vec_each (struct born, born, &turn->born)
        own(life, born->life, turn->event->made[0]);
    if (view_is_end(turn->event))
        drop_owners(life, turn->event->sock);
}

static size_t count_claims(const struct turn *turn, const struct life *child)
{
    size_t n = 0;

    vec_each (const struct config *, it, &turn->next.all.list)
        n += claims(*it, child);
    return n;
}

static void bury(struct life *life, struct life *child)
{
    vec_each (uint64_t, sock, &child->socks) {
        struct owners *owners = intmap_get(&life->owners, *sock);

        remove_life(owners, child);
        if (owners->list.len == 0)
            drop_owners(life, *sock);
    }
    life_free(child);
}

/* Lives that nobody claims any more go; those that all claim are shared from now on. */
static void settle_lives(struct turn *turn)
{
    struct life *life = turn->life;
    size_t kept = 0;

    for (size_t i = 0; i < life->disputed.len; i++) {
        struct life *child = life->disputed.items[i];
        size_t n = count_claims(turn, child);

        if (child->is_over || child->is_dead || n == 0) {
            bury(life, child);
        } else if (n == turn->next.all.list.len) {
            child->is_shared = true;
            vec_push(&life->shared, child);
        } else {
            life->disputed.items[kept++] = child;
        }
    }
    life->disputed.len = kept;
    kept = 0;
    for (size_t i = 0; i < life->shared.len; i++) {
        struct life *child = life->shared.items[i];

        if (child->is_over)
            bury(life, child);
        else
            life->shared.items[kept++] = child;
    }
    life->shared.len = kept;
}

/* Claims name lives that are disputed, and only those. */
static void settle_configs(struct turn *turn)
{
    struct life *life = turn->life;
    struct configs next = {0};

    for (size_t i = 0; i < turn->next.all.list.len; i++) {
        struct config *config = ARENA_NEW(&turn->match->scratch, struct config);
        const struct config *old = turn->next.all.list.items[i];
        uint64_t *all = ARENA_ARRAY(&turn->match->scratch, uint64_t, old->nclaims + 1);

        *config = *old;
        config->nclaims = 0;
        config->claims = all;
        vec_each (struct life *, child, &life->disputed)
            if (claims(old, *child))
                all[config->nclaims++] = (*child)->id;
        vec_push(&next.list, config);
    }
    config_set_release(&turn->next);
    vec_each (const struct config *, it, &next.list)
        config_set_add(&turn->next, &turn->life->machine, *it);
    vec_release(&next.list);
    life_settle(life, &turn->next.all);
}

/* false: the block can't hold any more. */
static bool life_event(struct match *match, struct life *life, const struct event *event, unsigned seen)
{
    struct turn turn = {.match = match, .life = life, .event = event, .seen = seen};
    bool is_quiet = !event->made[0] && !event->made[1] && !view_is_end(event);
    bool alive;

    if (life->is_libc) {
        life->libc = aux_libc_next(life->libc, event);
        return life->libc != LIBC_NOT;
    }
    if (event->sock == life->sock && !sums_add(&life->sums, life->machine.block, event))
        return false;
    turn.owners = event->sock ? intmap_get(&life->owners, event->sock) : NULL;
    if (!turn.owners && event->kind != EVENT_CALL)
        return true;
    if (turn.owners && !feed_owners(&turn))
        return false;
    if (turn.owners && turn.owners->list.items[0]->is_shared && is_quiet)
        return true;
    vec_each (const struct config *, it, &life->configs.list)
        take(&turn, *it);
    settle_socks(&turn);
    settle_lives(&turn);
    alive = turn.next.all.list.len > 0;
    settle_configs(&turn);
    vec_release(&turn.born);
    config_set_release(&turn.next);
    return alive;
}

struct match *match_new(const struct expect *expect, const struct role *role)
{
    struct match *match = ALLOC_NEW(struct match);
    struct names names = {.len = expect->nslots};

    match->program = program_make(&match->arena, expect, role);
    match->view = view_new(match->program);
    match->root = life_new(match, match->program->role, NULL);
    names.slots = ARENA_ARRAY(&match->arena, struct bound, expect->nslots + 1);
    life_begin(match, match->root, &names);
    match->holds = true;
    return match;
}

void match_free(struct match *match)
{
    if (!match)
        return;
    life_free(match->root);
    view_free(match->view);
    arena_release(&match->scratch);
    arena_release(&match->arena);
    free(match);
}

static void take_seen(void *arg, const struct event *event, unsigned seen, const struct event *origin)
{
    struct match *match = arg;

    (void)origin;
    if (!match->holds)
        return;
    arena_reset(&match->scratch);
    match->holds = life_event(match, match->root, event, seen);
}

bool match_event(struct match *match, const struct event *event)
{
    if (match->holds)
        view_take(match->view, event, take_seen, match);
    return match->holds;
}

bool match_end(struct match *match)
{
    return match->holds && life_is_complete(match->root);
}

bool match_bytes(const struct pat *pat, const char *bytes, size_t len)
{
    const struct value value = {.kind = VALUE_BYTES, .bytes = {(const uint8_t *)bytes, len, len}};
    struct names names = {.fixed = true};

    return unify(&names, pat, &value);
}
