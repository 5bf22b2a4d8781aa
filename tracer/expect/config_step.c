/* expect/config_step.c: where an event takes a configuration: as a call, as bytes of a stream, or past it. */
#include "expect/aux.h"
#include "expect/config.h"
#include "expect/line.h"
#include "expect/tape.h"
#include "expect/view.h"

#include <string.h>

/* An event being taken. */
struct stepping {
    const struct machine *machine;
    const struct event *event;
    bool is_stream, is_send;
    const uint8_t *bytes; /* of a stream event: the first `len` of `full` */
    size_t len;
    uint64_t full;
    struct moves *out;
};

/* A configuration in the middle of a stream event: the bytes from `offset` on are still to be taken. */
struct halfway {
    struct config config;
    uint64_t offset;
    const struct lines *lines;
};

struct halfways {
    VEC(struct halfway) list;
};

static const struct insn *insn_of(const struct stepping *s, const struct config *config)
{
    return &s->machine->block->insns[config->pc];
}

static struct names shallow(const struct stepping *s, const struct names *names)
{
    struct names copy = *names;

    copy.arena = s->machine->arena;
    copy.slots = (struct bound *)arena_memdup(copy.arena, names->slots, names->len * sizeof(*names->slots));
    return copy;
}

/* What waits on the event's stream belongs to another data line, or came by another call than it may. */
static bool is_apart(const struct stepping *s, const struct config *config, const struct pending *pending)
{
    return pending && ((pending->state && pending->line != config->pc) ||
                       (pending->call && strcmp(pending->call, s->event->name) != 0));
}

static void push(const struct stepping *s, const struct config *config, enum took took,
                 const struct lines *lines, bool rest)
{
    struct config *kept = ARENA_NEW(s->machine->arena, struct config);

    *kept = *config;
    vec_push(&s->out->list, ((struct move){.config = kept, .took = took, .lines = lines, .rest = rest}));
}

static const struct lines *completed(const struct stepping *s, const struct step *step,
                                     const struct lines *before)
{
    struct lines *lines = ARENA_NEW(s->machine->arena, struct lines);

    lines->step = step;
    lines->before = before;
    return lines;
}

/* The stream of the event with what waits on it in this configuration, from `offset` of the event on. */
static struct tape tape_of(const struct stepping *s, const struct pending *pending, uint64_t offset)
{
    return (struct tape){
        .head = pending ? pending->cells : NULL,
        .nhead = pending ? pending->len : 0,
        .bytes = s->bytes + (offset < s->len ? offset : s->len),
        .len = offset < s->len ? s->len - (size_t)offset : 0,
        .full = s->full - offset,
    };
}

static struct config keep_waiting(const struct stepping *s, const struct config *config,
                                  const struct tape *tape, size_t state, uint64_t keep)
{
    struct pending pending = {.sock = s->event->sock,
                              .is_send = s->is_send,
                              .state = state,
                              .line = state ? config->pc : 0,
                              .call = s->machine->block->strict ? s->event->name : NULL};
    uint16_t *cells;

    pending.len = (size_t)(tape_len(tape) - keep);
    cells = ARENA_ARRAY(s->machine->arena, uint16_t, pending.len + 1);
    for (size_t i = 0; i < pending.len; i++)
        cells[i] = tape_at(tape, keep + i);
    pending.cells = cells;
    return config_with_pending(s->machine, config, s->event->sock, s->is_send, &pending);
}

/* Does the line at pc take bytes of this stream? */
static bool is_at_line(const struct stepping *s, const struct config *config)
{
    const struct insn *insn = insn_of(s, config);

    return insn->op == INSN_CALL && line_is_on(&config->names, insn->step, s->event);
}

/* A line on exactly this socket and direction, whatever its form. */
static bool is_same_stream(const struct stepping *s, const struct names *names, const struct step *step)
{
    const struct pat *sock = step->nargs ? step->args[0] : NULL;
    bool is_data = s->is_send ? canon_is_send(step->canon) : canon_is_recv(step->canon);

    return is_data && sock && sock->kind == PAT_NAME && names->slots[sock->slot].kind == BOUND_SOCK &&
           names->slots[sock->slot].n == s->event->sock;
}

/* Flags and addresses are those of each call that brings bytes, whenever it does. */
static bool is_such_call(const struct stepping *s, const struct names *names, const struct step *step)
{
    struct names look = *names;

    look.fixed = true;
    for (size_t part = 0; part < LINE_PARTS; part++)
        if (part != LINE_DATA && !line_part(&look, step, s->event, part))
            return false;
    return true;
}

static bool is_open(const struct stepping *s, const struct names *names, const struct step *step,
                    const struct tape *tape)
{
    const struct pat_piece *pieces;
    struct pat_piece own;
    struct tape_fit fit;
    size_t npieces;

    if (!line_is_on(names, step, s->event) || !is_such_call(s, names, step) ||
        !line_pieces(names, step, &own, &pieces, &npieces))
        return false;
    tape_match(tape, pieces, npieces, 0, &fit);
    return fit.open;
}

/*
 * Bytes may come before their line's turn, as long as they don't complete it. Is there a line ahead that
 * could still be completed with them? Errs only towards yes.
 */
static bool is_early(const struct stepping *s, const struct config *config, const struct tape *tape)
{
    const struct block *block = s->machine->block;
    struct names names = shallow(s, &config->names);
    bool *seen = ARENA_ARRAY(s->machine->arena, bool, block->len);
    VEC(uint32_t) work = {0};
    bool found = false;

    vec_push(&work, config->pc);
    for (size_t i = 0; i < config->nothers; i++)
        vec_push(&work, config->others[i]);
    while (work.len && !found) {
        uint32_t pc = work.items[--work.len];
        const struct insn *insn = &block->insns[pc];

        if (seen[pc] || insn->op == INSN_END)
            continue;
        seen[pc] = true;
        for (size_t i = 0; i < insn->nslots; i++)
            names.slots[insn->slots[i]].kind = BOUND_NOT;
        if (insn->op == INSN_CALL && is_open(s, &names, insn->step, tape))
            found = true;
        if (insn->op == INSN_CALL && is_same_stream(s, &names, insn->step))
            continue;
        for (size_t i = 0; insn->op == INSN_FORK && i < insn->nstrands; i++)
            vec_push(&work, insn->strands[i]);
        vec_push(&work, insn->x);
        if (insn->op == INSN_SPLIT || insn->op == INSN_LOOP)
            vec_push(&work, insn->y);
    }
    vec_release(&work);
    return found;
}

static void step_early(const struct stepping *s, const struct config *config, uint64_t offset,
                       const struct lines *lines)
{
    const struct pending *pending = config_pending(config, s->event->sock, s->is_send);
    struct tape tape = tape_of(s, pending, offset);
    struct config next;

    if ((pending && pending->state) || is_apart(s, config, pending) || !is_early(s, config, &tape))
        return;
    next = keep_waiting(s, config, &tape, 0, 0);
    push(s, &next, TOOK_BYTES, lines, true);
}

static void close_as(const struct stepping *s, const struct config *next, enum took took,
                     const struct lines *lines, bool rest)
{
    struct configs reached = {0};

    config_close(s->machine, next, &reached);
    vec_each (const struct config *, it, &reached.list)
        push(s, *it, took, lines, rest);
    vec_release(&reached.list);
}

/* The bytes of the event before `offset` are taken: what may become of the rest, in each place that is
 * reached now. */
static void go_on(const struct stepping *s, struct halfways *work, const struct config *config,
                  uint64_t offset, const struct lines *lines)
{
    struct configs reached = {0};

    config_close(s->machine, config, &reached);
    vec_each (const struct config *, it, &reached.list) {
        const struct config *next = *it;
        struct config after = *next;

        after.pc = insn_of(s, next)->x;
        if (offset == s->full) {
            push(s, next, TOOK_BYTES, lines, false);
        } else if (is_at_line(s, next)) {
            vec_push(&work->list, ((struct halfway){.config = *next, .offset = offset, .lines = lines}));
        } else {
            if (insn_of(s, next)->op == INSN_ANY)
                close_as(s, &after, TOOK_BYTES, lines, false);
            step_early(s, next, offset, lines);
        }
    }
    vec_release(&reached.list);
}

/* The line at pc takes what it can of the bytes from `offset` on. */
static void take_bytes(const struct stepping *s, struct halfways *work, const struct halfway *at)
{
    const struct step *step = insn_of(s, &at->config)->step;
    const struct pending *pending = config_pending(&at->config, s->event->sock, s->is_send);
    struct tape tape = tape_of(s, pending, at->offset);
    struct config config = config_with_pending(s->machine, &at->config, s->event->sock, s->is_send, NULL);
    const struct lines *lines = completed(s, step, at->lines);
    const struct pat_piece *pieces;
    struct pat_piece own;
    struct tape_fit fit;
    size_t npieces;

    if (is_apart(s, &at->config, pending))
        return;
    config.names = shallow(s, &at->config.names);
    for (size_t part = 0; part < LINE_PARTS; part++)
        if (part != LINE_DATA && !line_part(&config.names, step, s->event, part))
            return;
    if (!line_pieces(&config.names, step, &own, &pieces, &npieces)) {
        config.pc = insn_of(s, &at->config)->x;
        if (at->offset == 0 && !pending && line_part(&config.names, step, s->event, LINE_DATA))
            go_on(s, work, &config, s->full, lines);
        return;
    }
    tape_match(&tape, pieces, npieces, pending ? pending->state : 0, &fit);
    if (fit.open) {
        struct config wait = keep_waiting(s, &config, &tape, fit.state, fit.keep);

        close_as(s, &wait, TOOK_BYTES, at->lines, true);
    }
    config.pc = insn_of(s, &at->config)->x;
    for (size_t i = 0; i < fit.nends; i++)
        go_on(s, work, &config, at->offset + fit.ends[i] - tape.nhead, lines);
}

/* The place that is least far in the event goes first, so that all ways to a place are there when its turn
 * comes. */
static struct halfway next_halfway(struct halfways *work)
{
    size_t least = 0;
    struct halfway at;

    for (size_t i = 1; i < work->list.len; i++)
        if (work->list.items[i].offset < work->list.items[least].offset)
            least = i;
    at = work->list.items[least];
    vec_remove(&work->list, least);
    return at;
}

static bool is_waiting(const struct stepping *s, const struct halfways *work, const struct halfway *at)
{
    vec_each (const struct halfway, other, &work->list)
        if (other->offset == at->offset && config_equal(s->machine, &other->config, &at->config))
            return true;
    return false;
}

static void step_bytes(const struct stepping *s, const struct config *config)
{
    struct halfways work = {0};

    vec_push(&work.list, ((struct halfway){.config = *config}));
    while (work.list.len) {
        struct halfway at = next_halfway(&work);

        if (!is_waiting(s, &work, &at))
            take_bytes(s, &work, &at);
    }
    vec_release(&work.list);
}

/* A call of its own stands between the lines of a stream, not within one. */
static bool is_within_line(const struct stepping *s, const struct config *config)
{
    bool is_data = canon_is_send(s->event->canon) || canon_is_recv(s->event->canon);

    return is_data && config_pending(config, s->event->sock, s->is_send);
}

static void step_call(const struct stepping *s, const struct config *config)
{
    const struct insn *insn = insn_of(s, config);
    struct config next = *config;
    size_t first = s->out->list.len;

    next.names = shallow(s, &config->names);
    next.pc = insn->x;
    if (is_within_line(s, config) || !line_fits(&next.names, insn->step, s->event))
        return;
    close_as(s, &next, TOOK_CALL, completed(s, insn->step, NULL), false);
    if (!insn->life)
        return;
    for (size_t i = first; i < s->out->list.len; i++) {
        s->out->list.items[i].life = insn;
        s->out->list.items[i].life_names =
            config_life_names(s->machine, insn, &next.names, s->event->made[0]);
    }
}

struct names config_life_names(const struct machine *machine, const struct insn *insn,
                               const struct names *names, uint64_t sock)
{
    struct names life = *names;

    life.arena = machine->arena;
    life.slots = (struct bound *)arena_memdup(life.arena, names->slots, names->len * sizeof(*names->slots));
    life.slots[insn->step->result->slot] = (struct bound){.kind = BOUND_SOCK, .n = sock};
    return life;
}

bool config_forbids(const struct machine *machine, const struct config *config, const struct event *event)
{
    for (size_t i = 0; i < machine->block->nnevers; i++)
        if (line_forbids(&config->names, machine->block->nevers[i], event))
            return true;
    return false;
}

/* `sends`, `receives`: what the block's socket moved is counted, and needs no line. */
static bool is_counted(const struct stepping *s, const struct config *config)
{
    const struct block *block = s->machine->block;

    return total_of(block, s->event) && !is_within_line(s, config) &&
           config->names.slots[block->opener->result->slot].n == s->event->sock;
}

void config_step(const struct machine *machine, const struct config *config, const struct event *event,
                 unsigned seen, struct moves *out)
{
    struct stepping s = {
        .machine = machine, .event = event, .is_send = canon_is_send(event->canon), .out = out};
    const struct insn *insn = insn_of(&s, config);
    bool strict = machine->block->strict;
    bool looks = seen_by(seen, strict) && !block_ignores(machine->block, event);

    if (looks && config_forbids(machine, config, event))
        return;
    if (!looks || seen_is_aux(seen, strict) || is_counted(&s, config))
        push(&s, config, TOOK_PASSED, NULL, false);
    if (!strict && aux_libc_begin(event) != LIBC_NOT)
        push(&s, config, TOOK_LIBC, NULL, false);
    if (!looks)
        return;
    s.is_stream = line_is_stream(event) && event_data(event, &s.bytes, &s.len, &s.full);
    if (insn->op == INSN_ANY && !is_within_line(&s, config)) {
        struct config next = *config;

        next.pc = insn->x;
        close_as(&s, &next, TOOK_ANY, NULL, false);
    }
    if (s.is_stream && is_at_line(&s, config)) {
        step_bytes(&s, config);
    } else {
        if (insn->op == INSN_CALL)
            step_call(&s, config);
        if (s.is_stream)
            step_early(&s, config, 0, NULL);
    }
}
