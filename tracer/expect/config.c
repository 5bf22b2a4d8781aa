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
    return a->sock == b->sock && a->is_send == b->is_send && a->state == b->state && a->len == b->len &&
           (a->len == 0 || memcmp(a->cells, b->cells, a->len * sizeof(*a->cells)) == 0);
}

bool config_equal(const struct machine *machine, const struct config *a, const struct config *b)
{
    if (a->pc != b->pc || a->npendings != b->npendings || a->nclaims != b->nclaims ||
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

/* Follows splits, jumps and loops; `seen` keeps a loop around nothing from going on for ever. */
struct closing {
    const struct machine *machine;
    struct configs work; /* all that was reached; doubles as what is still to do */
    struct configs *out;
};

static void reach(struct closing *closing, const struct config *from, uint32_t pc, const int32_t *counts,
                  const struct names *names)
{
    struct config *config = ARENA_NEW(closing->machine->arena, struct config);

    *config = *from;
    config->pc = pc;
    config->counts = counts;
    config->names = *names;
    vec_each (const struct config *, other, &closing->work.list)
        if (config_equal(closing->machine, *other, config))
            return;
    vec_push(&closing->work.list, config);
}

static void set_count(struct closing *closing, const struct config *config, uint32_t pc, uint32_t counter,
                      int32_t count)
{
    size_t size = closing->machine->block->ncounters * sizeof(*config->counts);
    int32_t *counts = (int32_t *)arena_memdup(closing->machine->arena, config->counts, size);

    counts[counter] = count;
    reach(closing, config, pc, counts, &config->names);
}

/* Passes beyond the minimum need no counting where there is no maximum; a loop that was left counts nothing.
 */
static void loop(struct closing *closing, const struct config *config, const struct insn *insn)
{
    int32_t count = config->counts[insn->counter];
    int32_t cap = insn->max == STEP_NO_LIMIT ? insn->min : insn->max;

    if (insn->max == STEP_NO_LIMIT || count < insn->max)
        set_count(closing, config, insn->x, insn->counter, count < cap ? count + 1 : cap);
    if (count >= insn->min)
        set_count(closing, config, insn->y, insn->counter, 0);
}

static void unbind(struct closing *closing, const struct config *config, const struct insn *insn)
{
    struct names names = config->names;

    names.slots =
        (struct bound *)arena_memdup(closing->machine->arena, names.slots, names.len * sizeof(*names.slots));
    for (size_t i = 0; i < insn->nslots; i++)
        names.slots[insn->slots[i]] = (struct bound){.kind = BOUND_NOT};
    reach(closing, config, insn->x, config->counts, &names);
}

static void follow(struct closing *closing, const struct config *config)
{
    const struct insn *insn = &closing->machine->block->insns[config->pc];

    switch (insn->op) {
    case INSN_CALL:
    case INSN_ANY:
    case INSN_END: vec_push(&closing->out->list, config); return;
    case INSN_SPLIT:
        reach(closing, config, insn->x, config->counts, &config->names);
        reach(closing, config, insn->y, config->counts, &config->names);
        return;
    case INSN_JUMP: reach(closing, config, insn->x, config->counts, &config->names); return;
    case INSN_ZERO: set_count(closing, config, insn->x, insn->counter, 0); return;
    case INSN_LOOP: loop(closing, config, insn); return;
    case INSN_FRESH: unbind(closing, config, insn); return;
    }
    BUG("instruction %d", (int)insn->op);
}

void config_close(const struct machine *machine, const struct config *config, struct configs *out)
{
    struct closing closing = {.machine = machine, .out = out};

    reach(&closing, config, config->pc, config->counts, &config->names);
    for (size_t i = 0; i < closing.work.list.len; i++)
        follow(&closing, closing.work.list.items[i]);
    vec_release(&closing.work.list);
}

void config_begin(const struct machine *machine, const struct names *names, struct configs *out)
{
    struct config config = {
        .counts = ARENA_ARRAY(machine->arena, int32_t, machine->block->ncounters + 1),
        .names = names_copy(machine->arena, names),
    };

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
    copy->names = names_copy(machine->arena, &config->names);
    pendings = (struct pending *)arena_memdup(machine->arena, config->pendings,
                                              config->npendings * sizeof(*config->pendings));
    for (size_t i = 0; i < copy->npendings; i++)
        pendings[i].cells = (const uint16_t *)arena_memdup(machine->arena, pendings[i].cells,
                                                           pendings[i].len * sizeof(*pendings[i].cells));
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
