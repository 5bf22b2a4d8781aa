/* expect/config.c: making and comparing configurations, and following what needs no event. */
#include "expect/config.h"

#include "base/bug.h"

#include <string.h>

static bool counts_equal(const struct machine *machine, const int32_t *a, const int32_t *b)
{
    return a == b || memcmp(a, b, machine->block->ncounters * sizeof(*a)) == 0;
}

static bool names_equal(const struct names *a, const struct names *b)
{
    if (a->slots == b->slots)
        return true;
    for (size_t i = 0; i < a->len; i++)
        if (!bound_equal(&a->slots[i], &b->slots[i]))
            return false;
    return true;
}

static bool pending_equal(const struct pending *a, const struct pending *b)
{
    return a->sock == b->sock && a->is_send == b->is_send && a->state == b->state && a->line == b->line &&
           a->len == b->len && (a->call == b->call || strcmp(a->call, b->call) == 0) &&
           (a->len == 0 || memcmp(a->cells, b->cells, a->len * sizeof(*a->cells)) == 0);
}

bool config_equal(const struct machine *machine, const struct config *a, const struct config *b)
{
    if (a->pc != b->pc || a->npendings != b->npendings || a->nclaims != b->nclaims ||
        a->nothers != b->nothers ||
        (a->nothers && memcmp(a->others, b->others, a->nothers * sizeof(*a->others)) != 0) ||
        !counts_equal(machine, a->counts, b->counts) || !names_equal(&a->names, &b->names))
        return false;
    for (size_t i = 0; i < a->npendings; i++)
        if (!pending_equal(&a->pendings[i], &b->pendings[i]))
            return false;
    return a->nclaims == 0 || memcmp(a->claims, b->claims, a->nclaims * sizeof(*a->claims)) == 0;
}

static uint64_t mix(uint64_t hash, uint64_t n)
{
    return (hash ^ n) * UINT64_C(0x100000001b3);
}

uint64_t config_hash(const struct machine *machine, const struct config *config)
{
    uint64_t hash = mix(UINT64_C(0xcbf29ce484222325), config->pc);

    for (size_t i = 0; i < config->nothers; i++)
        hash = mix(hash, config->others[i]);
    for (size_t i = 0; i < machine->block->ncounters; i++)
        hash = mix(hash, (uint64_t)config->counts[i]);
    for (size_t i = 0; i < config->names.len; i++)
        hash = mix(mix(hash, config->names.slots[i].kind), config->names.slots[i].n);
    for (size_t i = 0; i < config->npendings; i++)
        hash = mix(mix(hash, config->pendings[i].sock), config->pendings[i].len);
    for (size_t i = 0; i < config->nclaims; i++)
        hash = mix(hash, config->claims[i]);
    return hash;
}

/* false: an equal one is there already. */
static bool set_index(struct config_set *set, const struct machine *machine, const struct config *config)
{
    uint64_t hash = config_hash(machine, config);
    const struct config *other;

    for (; (other = intmap_get(&set->by_hash, hash)); hash++)
        if (config_equal(machine, other, config))
            return false;
    intmap_set(&set->by_hash, hash, (void *)config);
    return true;
}

/* Mostly there are few; identical lines of an `in any order` make many. */
void config_set_add(struct config_set *set, const struct machine *machine, const struct config *config)
{
    enum { FEW = 16 };

    if (set->all.list.len < FEW) {
        vec_each (const struct config *, other, &set->all.list)
            if (config_equal(machine, *other, config))
                return;
    } else {
        bool is_indexed = set->by_hash.len > 0;

        for (size_t i = 0; !is_indexed && i < FEW; i++)
            set_index(set, machine, set->all.list.items[i]);
        if (!set_index(set, machine, config))
            return;
    }
    vec_push(&set->all.list, config);
}

void config_set_release(struct config_set *set)
{
    vec_release(&set->all.list);
    intmap_release(&set->by_hash);
}

enum { NOWHERE = UINT32_MAX };

/* A place on the way. */
struct stand {
    struct config config;
    uint32_t from;    /* where the strand at pc rested */
    uint32_t joining; /* it only matters whether this INSN_JOIN can be reached; NOWHERE: any call does */
};

/* Follows splits, jumps and loops; that no place is reached twice keeps a loop around nothing from going on
 * for ever. */
struct closing {
    const struct machine *machine;
    VEC(struct stand) work; /* all that was reached; doubles as what is still to do */
    struct configs *out;
};

static void reach(struct closing *closing, struct stand at, uint32_t pc)
{
    at.config.pc = pc;
    vec_each (const struct stand, other, &closing->work)
        if (other->joining == at.joining && config_equal(closing->machine, &other->config, &at.config))
            return;
    vec_push(&closing->work, at);
}

static void set_count(struct closing *closing, struct stand at, uint32_t pc, uint32_t counter, int32_t count)
{
    size_t size = closing->machine->block->ncounters * sizeof(*at.config.counts);
    int32_t *counts = (int32_t *)arena_memdup(closing->machine->arena, at.config.counts, size);

    counts[counter] = count;
    at.config.counts = counts;
    reach(closing, at, pc);
}

/* Passes beyond the minimum need no counting where there is no maximum; a loop that was left counts nothing.
 */
static void loop(struct closing *closing, struct stand at, const struct insn *insn)
{
    int32_t count = at.config.counts[insn->counter];
    int32_t cap = insn->max == STEP_NO_LIMIT ? insn->min : insn->max;

    if (insn->max == STEP_NO_LIMIT || count < insn->max)
        set_count(closing, at, insn->x, insn->counter, count < cap ? count + 1 : cap);
    if (count >= insn->min)
        set_count(closing, at, insn->y, insn->counter, 0);
}

static void unbind(struct closing *closing, struct stand at, const struct insn *insn)
{
    struct names *names = &at.config.names;

    names->slots = (struct bound *)arena_memdup(closing->machine->arena, names->slots,
                                                names->len * sizeof(*names->slots));
    for (size_t i = 0; i < insn->nslots; i++)
        names->slots[insn->slots[i]] = (struct bound){.kind = BOUND_NOT};
    reach(closing, at, insn->x);
}

/* Without the first `out`, and with the places of `in`. */
static void set_others(const struct machine *machine, struct config *config, uint32_t out, const uint32_t *in,
                       size_t nin)
{
    uint32_t *others = ARENA_ARRAY(machine->arena, uint32_t, config->nothers + nin + 1);
    bool is_out = false;
    size_t n = 0;

    for (size_t i = 0; i < config->nothers; i++) {
        if (config->others[i] == out && !is_out)
            is_out = true;
        else
            others[n++] = config->others[i];
    }
    for (size_t k = 0; k < nin; k++) {
        size_t i = n++;

        for (; i > 0 && others[i - 1] > in[k]; i--)
            others[i] = others[i - 1];
        others[i] = in[k];
    }
    config->others = others;
    config->nothers = n;
}

/* Go on from another of the configuration's places, where pc rests. */
static void turn_to(struct closing *closing, struct stand at, uint32_t other)
{
    uint32_t rests = at.config.pc;

    set_others(closing->machine, &at.config, other, &rests, 1);
    at.from = other;
    reach(closing, at, other);
}

static void begin_strands(struct closing *closing, struct stand at, const struct insn *fork)
{
    struct config before = at.config;

    for (size_t i = 0; i < fork->nstrands; i++) {
        at.config = before;
        set_others(closing->machine, &at.config, NOWHERE, fork->strands, i);
        set_others(closing->machine, &at.config, NOWHERE, fork->strands + i + 1, fork->nstrands - i - 1);
        at.from = fork->strands[i];
        reach(closing, at, fork->strands[i]);
    }
}

/*
 * One strand has come to its end. Those that are not there yet are led there one after the other, the lowest
 * first; to do so once is enough, and it is done for the lowest of them all.
 */
static void join(struct closing *closing, struct stand at, const struct insn *insn)
{
    const struct config *config = &at.config;
    uint32_t end = config->pc, waiting = NOWHERE;
    size_t ended = 1;

    for (size_t i = 0; i < config->nothers; i++) {
        if (config->others[i] == end)
            ended++;
        else if (config->others[i] > insn->y && config->others[i] < end && waiting == NOWHERE)
            waiting = config->others[i];
    }
    if (waiting != NOWHERE) {
        if (at.joining == NOWHERE && waiting < at.from)
            return;
        at.joining = at.joining == NOWHERE ? end : at.joining;
        turn_to(closing, at, waiting);
    } else if (ended == insn->nstrands) {
        for (size_t i = 1; i < ended; i++)
            set_others(closing->machine, &at.config, end, NULL, 0);
        at.joining = at.joining == end ? NOWHERE : at.joining;
        reach(closing, at, insn->x);
    }
}

static void follow(struct closing *closing, struct stand at)
{
    const struct insn *insn = &closing->machine->block->insns[at.config.pc];
    struct config *kept;

    switch (insn->op) {
    case INSN_CALL:
    case INSN_ANY:
    case INSN_END:
        if (at.joining != NOWHERE)
            return;
        kept = ARENA_NEW(closing->machine->arena, struct config);
        *kept = at.config;
        vec_push(&closing->out->list, kept);
        return;
    case INSN_SPLIT:
        reach(closing, at, insn->x);
        reach(closing, at, insn->y);
        return;
    case INSN_JUMP: reach(closing, at, insn->x); return;
    case INSN_ZERO: set_count(closing, at, insn->x, insn->counter, 0); return;
    case INSN_LOOP: loop(closing, at, insn); return;
    case INSN_FRESH: unbind(closing, at, insn); return;
    case INSN_FORK: begin_strands(closing, at, insn); return;
    case INSN_JOIN: join(closing, at, insn); return;
    }
    BUG("instruction %d", (int)insn->op);
}

void config_close(const struct machine *machine, const struct config *config, struct configs *out)
{
    struct closing closing = {.machine = machine, .out = out};
    struct stand at = {.config = *config, .from = config->pc, .joining = NOWHERE};

    reach(&closing, at, config->pc);
    for (size_t i = 0; i < config->nothers; i++)
        turn_to(&closing, at, config->others[i]);
    for (size_t i = 0; i < closing.work.len; i++)
        follow(&closing, closing.work.items[i]);
    vec_release(&closing.work);
}

void config_begin(const struct machine *machine, const struct names *names, struct configs *out)
{
    struct config config = {
        .counts = ARENA_ARRAY(machine->arena, int32_t, machine->block->ncounters + 1),
        .names = names_copy(machine->arena, names),
    };

    config.names.strict = machine->block->strict;
    config_close(machine, &config, out);
}

bool config_is_complete(const struct machine *machine, const struct config *config)
{
    return machine->block->insns[config->pc].op == INSN_END && config->npendings == 0;
}

const struct config *config_copy(const struct machine *machine, const struct config *config,
                                 const uint64_t *claims, size_t nclaims)
{
    struct config *copy = ARENA_NEW(machine->arena, struct config);
    struct pending *pendings = NULL;

    *copy = *config;
    copy->counts = (const int32_t *)arena_memdup(machine->arena, config->counts,
                                                 machine->block->ncounters * sizeof(*config->counts));
    copy->others = (const uint32_t *)arena_memdup(machine->arena, config->others,
                                                  config->nothers * sizeof(*config->others));
    copy->names = names_copy(machine->arena, &config->names);
    pendings = (struct pending *)arena_memdup(machine->arena, config->pendings,
                                              config->npendings * sizeof(*config->pendings));
    for (size_t i = 0; i < copy->npendings; i++) {
        struct pending *pending = &pendings[i];

        pending->cells = (const uint16_t *)arena_memdup(machine->arena, pending->cells,
                                                        pending->len * sizeof(*pending->cells));
        pending->call = pending->call ? arena_strdup(machine->arena, pending->call) : NULL;
    }
    copy->pendings = pendings;
    copy->claims = (const uint64_t *)arena_memdup(machine->arena, claims, nclaims * sizeof(*claims));
    copy->nclaims = nclaims;
    return copy;
}

const struct pending *config_pending(const struct config *config, uint64_t sock, bool is_send)
{
    for (size_t i = 0; i < config->npendings; i++)
        if (config->pendings[i].sock == sock && config->pendings[i].is_send == is_send)
            return &config->pendings[i];
    return NULL;
}

struct config config_with_pending(const struct machine *machine, const struct config *config, uint64_t sock,
                                  bool is_send, const struct pending *pending)
{
    struct pending *pendings = ARENA_ARRAY(machine->arena, struct pending, config->npendings + 1);
    struct config with = *config;
    size_t n = 0, i = 0;

    while (i < config->npendings &&
           (config->pendings[i].sock < sock ||
            (config->pendings[i].sock == sock && config->pendings[i].is_send < is_send)))
        pendings[n++] = config->pendings[i++];
    if (i < config->npendings && config->pendings[i].sock == sock && config->pendings[i].is_send == is_send)
        i++;
    if (pending)
        pendings[n++] = *pending;
    while (i < config->npendings)
        pendings[n++] = config->pendings[i++];
    with.pendings = pendings;
    with.npendings = n;
    return with;
}

void config_skip(const struct machine *machine, const struct config *config, const struct names *names,
                 uint64_t sock, bool is_send, struct configs *out)
{
    struct config next = *config;

    if (sock)
        next = config_with_pending(machine, config, sock, is_send, NULL);
    next.pc = machine->block->insns[config->pc].x;
    next.names = *names;
    config_close(machine, &next, out);
}
