/* expect/pass.c: the edges of a search: what an event, or a line without one, may be taken for. */
#include "expect/pass.h"

#include "base/bug.h"
#include "expect/aux.h"
#include "expect/line.h"
#include "expect/view.h"

#include <errno.h>
#include <string.h>

static const struct past_event *event_of(const struct search *search, size_t at)
{
    return &search->all->past->events.items[search->events[at]];
}

static const struct config *with_claims(const struct search *search, const struct config *config,
                                        size_t without, size_t with)
{
    struct config *copy = ARENA_NEW(search->machine.arena, struct config);
    uint64_t *all = ARENA_ARRAY(search->machine.arena, uint64_t, config->nclaims + 1);

    *copy = *config;
    copy->claims = all;
    copy->nclaims = 0;
    for (size_t i = 0; i < config->nclaims; i++)
        if (config->claims[i] != without)
            all[copy->nclaims++] = config->claims[i];
    if (with)
        all[copy->nclaims++] = with;
    return copy;
}

static struct child *child_find(const struct search *search, const struct insn *opener, uint64_t sock,
                                const struct names *names)
{
    struct searches *all = search->all;
    struct child *first = intmap_get(&all->by_sock, sock);
    struct child *child;

    for (child = first; child; child = child->same_sock) {
        bool same = child->opener == opener;

        for (size_t i = 0; same && opener && i < names->len; i++)
            same = bound_equal(&child->search.names.slots[i], &names->slots[i]);
        if (same)
            return child;
    }
    child = ARENA_NEW(all->arena, struct child);
    vec_push(&all->children, child);
    intmap_set(&all->by_sock, sock, child);
    child->same_sock = first;
    child->id = all->children.len;
    child->opener = opener;
    child->sock = sock;
    child->search = (struct search){.all = all, .names = *names, .machine = search->machine};
    child->search.machine.block = opener ? opener->life : NULL;
    child->search.sock = sock;
    child->search.events = past_of(all->past, sock, all->arena, &child->search.nevents);
    return child;
}

static bool libc_fits(const struct child *child, const struct event *made)
{
    enum libc_sock state = aux_libc_begin(made);

    for (size_t i = 0; i < child->search.nevents; i++)
        state = aux_libc_next(state, event_of(&child->search, i)->event);
    return state == LIBC_OWN;
}

static bool child_fits(struct child *child, const struct event *made)
{
    if (child->state == CHILD_UNTRIED) {
        bool fits =
            child->opener ? search_fits(&child->search, child->search.nevents) : libc_fits(child, made);

        child->state = fits ? CHILD_FITS : CHILD_DIFFERS;
    }
    return child->state == CHILD_FITS;
}

/* A life of the same line that would fit as a whole is cut short by one that begins after `before` events of
 * the role. */
static bool overlaps(const struct search *search, const struct config *config, const struct insn *opener,
                     size_t before)
{
    for (size_t i = 0; i < config->nclaims; i++) {
        const struct child *child = search->all->children.items[config->claims[i] - 1];
        size_t nevents = 0;

        while (nevents < child->search.nevents && child->search.events[nevents] < before)
            nevents++;
        if (child->opener == opener && child->state == CHILD_FITS && !search_fits(&child->search, nevents))
            return true;
    }
    return false;
}

/* What follows a first difference inside a life is often its consequence, and no reason to place the life
 * elsewhere; however much it is, a way that pays for it at once must not fall behind those that pay later. */
static unsigned dampened(unsigned cost)
{
    enum { DAMPING = 4, MOST = 2 * COST_EXTRA_SOCK };
    unsigned less = cost <= COST_MISSING ? cost : COST_MISSING + (cost - COST_MISSING) / DAMPING;

    return less < MOST ? less : MOST;
}

/* Go on from `node` with a life: what it costs counts here, its events are passed over from now on. */
static void add_life(struct pass *pass, const struct node *node, struct node next, const struct insn *opener,
                     const struct names *names, const struct event *made)
{
    const struct search *search = pass->search;
    struct child *child = child_find(search, opener, made->made[0], names);

    if (!child_fits(child, made)) {
        if (!opener || pass->limit == 0)
            return;
        next.cost += dampened(search_child(child)->cost);
    }
    next.overlap =
        opener && opener->alone && overlaps(search, node->config, opener, search->events[node->at]);
    next.child = child;
    next.config = with_claims(search, next.config, 0, child->search.nevents ? child->id : 0);
    pass_add(pass, next);
}

/* May a path take the event like this, after the lines that it left out? */
static bool may_take(enum leaving leaving, enum took took)
{
    switch (leaving) {
    case LEAVING_NONE: return true;
    case LEAVING_STRAND: return took != TOOK_PASSED && took != TOOK_LIBC;
    case LEAVING_ALL:
    case LEAVING_BYTES: return took == TOOK_BYTES;
    }
    BUG("leaving %d", (int)leaving);
}

static void follow_moves(struct pass *pass, const struct node *node, const struct past_event *seen)
{
    struct moves moves = {0};

    config_step(&pass->search->machine, node->config, seen->event, seen->seen, &moves);
    vec_each (const struct move, move, &moves.list) {
        struct node next = {.config = move->config,
                            .at = node->at + 1,
                            .cost = node->cost,
                            .before = node,
                            .edge = EDGE_MOVE,
                            .move = *move};

        if (!may_take(node->leaving, move->took))
            continue;
        if (move->life)
            add_life(pass, node, next, move->life, &move->life_names, seen->event);
        else if (move->took == TOOK_LIBC)
            add_life(pass, node, next, NULL, &move->config->names, seen->event);
        else
            pass_add(pass, next);
    }
    vec_release(&moves.list);
}

static unsigned change_cost(unsigned differences, const struct step *step, const struct event *event)
{
    const struct pat *sock = step->nargs ? step->args[0] : NULL;
    bool in_progress = event->err == EINPROGRESS && (differences & 1u << LINE_RESULT);
    unsigned n = 0;

    for (unsigned set = differences; set; set &= set - 1)
        n++;
    return COST_CHANGED + (n > 1 ? (n - 1) * COST_DIFFERENCE : 0) +
           (sock && sock->kind == PAT_NAME && (differences & 1) ? COST_OTHER_SOCK : 0) +
           (in_progress ? COST_IN_PROGRESS : 0);
}

/* A call that will be tried again is no attempt at what the line asks for. */
static bool can_change(const struct block *block, const struct step *step, const struct past_event *seen)
{
    const struct event *event = seen->event;

    if (!seen_by(seen->seen, block->strict) || block_ignores(block, event) ||
        (seen_is_aux(seen->seen, block->strict) && (event->err || event->canon == CANON_CLOSE)))
        return false;
    return step->canon == event->canon || line_is_call(step, event);
}

/* Another option or command is another call, not this one gone wrong. */
static bool is_other_option(const struct event *event, unsigned differences)
{
    switch (event->canon) {
    case CANON_SETSOCKOPT:
    case CANON_GETSOCKOPT: return differences & 1u << 2;
    case CANON_FCNTL:
    case CANON_IOCTL: return differences & 1u << 1;
    default: return false;
    }
}

static void follow_change(struct pass *pass, const struct node *node, const struct past_event *seen)
{
    const struct search *search = pass->search;
    const struct insn *insn = &search->machine.block->insns[node->config->pc];
    const struct event *event = seen->event;
    struct names names = node->config->names;
    struct configs reached = {0};
    unsigned differences, cost;

    if (insn->op != INSN_CALL || !can_change(search->machine.block, insn->step, seen))
        return;
    names.arena = search->machine.arena;
    differences = line_differences(&names, insn->step, event);
    if (is_other_option(event, differences))
        return;
    cost = change_cost(differences, insn->step, event);
    config_skip(&search->machine, node->config, &names, line_is_stream(event) ? event->sock : 0,
                canon_is_send(event->canon), &reached);
    vec_each (const struct config *, it, &reached.list) {
        struct node next = {.config = *it,
                            .at = node->at + 1,
                            .cost = node->cost,
                            .own_cost = cost,
                            .before = node,
                            .edge = EDGE_CHANGED,
                            .step = insn->step};

        if (insn->life && !event->err && event->made[0]) {
            struct names life = config_life_names(&search->machine, insn, &names, event->made[0]);

            add_life(pass, node, next, insn, &life, event);
        } else {
            pass_add(pass, next);
        }
    }
    vec_release(&reached.list);
}

const struct pending *search_waiting(const struct config *config, const struct step *step)
{
    const struct pat *sock = step->is_data && step->nargs ? step->args[0] : NULL;

    for (size_t i = 0; sock && i < config->npendings; i++) {
        const struct pending *pending = &config->pendings[i];
        struct value fd = {.kind = VALUE_FD, .fd = {.sock = pending->sock}};
        struct names look = config->names;

        look.fixed = true;
        if (pending->is_send == canon_is_send(step->canon) && unify(&look, sock, &fd))
            return pending;
    }
    return NULL;
}

/* At the end of the block with bytes that no line has taken: the end without them. */
static void follow_left(struct pass *pass, const struct node *node)
{
    struct config *config = ARENA_NEW(pass->search->machine.arena, struct config);

    *config = *node->config;
    config->npendings = 0;
    pass_add(pass, (struct node){.config = config,
                                 .at = node->at,
                                 .before = node,
                                 .cost = node->cost,
                                 .own_cost = (unsigned)node->config->npendings * COST_EXTRA,
                                 .edge = EDGE_LEFT});
}

static bool same_others(const struct config *a, const struct config *b)
{
    return a->nothers == b->nothers &&
           (!a->nothers || memcmp(a->others, b->others, a->nothers * sizeof(*a->others)) == 0);
}

/* Is one of the other strands at work, while the one that left a line out rests at `rests`? */
static bool is_other_strand(const struct config *before, const struct config *config, uint32_t rests)
{
    size_t gone = 0;
    bool has_rests = false;

    for (size_t i = 0, k = 0; i < config->nothers; i++) {
        if (config->others[i] == rests && !has_rests) {
            has_rests = true;
            continue;
        }
        while (k < before->nothers && before->others[k] < config->others[i]) {
            gone++;
            k++;
        }
        if (k == before->nothers || before->others[k++] != config->others[i])
            return false;
    }
    return has_rests && config->nothers == before->nothers && gone <= 1;
}

static bool bytes_are_next(const struct pass *pass, size_t at)
{
    return at < pass->to && line_is_stream(event_of(pass->search, at)->event);
}

/* What may follow where `config` is reached by leaving out the line of `node`. false: nothing new. */
static bool leave(const struct pass *pass, const struct node *node, const struct config *config,
                  uint32_t rests, enum leaving *leaving)
{
    const struct config *before = node->config;

    *leaving = LEAVING_NONE;
    if (!before->nothers)
        return true;
    if (same_others(before, config)) {
        *leaving = node->leaving == LEAVING_ALL ? LEAVING_ALL : LEAVING_STRAND;
        return true;
    }
    if (!is_other_strand(before, config, rests))
        return true;
    *leaving = config->pc > before->pc ? LEAVING_ALL : LEAVING_BYTES;
    return *leaving == LEAVING_ALL || bytes_are_next(pass, node->at);
}

/* Go on behind the line at pc without an event. A line that has bytes waiting may be left out at any moment:
 * they stand in the way of what comes next. */
static void follow_missing(struct pass *pass, const struct node *node)
{
    const struct insn *insn = &pass->search->machine.block->insns[node->config->pc];
    const struct pending *pending;
    struct configs reached = {0};

    if (insn->op == INSN_END && node->at == pass->to && node->config->npendings)
        follow_left(pass, node);
    if (insn->op != INSN_CALL)
        return;
    pending = search_waiting(node->config, insn->step);
    config_skip(&pass->search->machine, node->config, &node->config->names, pending ? pending->sock : 0,
                pending && pending->is_send, &reached);
    vec_each (const struct config *, it, &reached.list) {
        struct node next = {.config = *it,
                            .at = node->at,
                            .before = node,
                            .step = insn->step,
                            .cost = node->cost,
                            .own_cost = pending ? COST_CHANGED : COST_MISSING,
                            .edge = pending ? EDGE_CUT : EDGE_MISSING};

        if (pending || leave(pass, node, *it, insn->x, &next.leaving))
            pass_add(pass, next);
    }
    vec_release(&reached.list);
}

static bool can_be_extra(const struct search *search, const struct node *node, const struct past_event *seen)
{
    const struct block *block = search->machine.block;

    return seen_by(seen->seen, block->strict) && !block_ignores(block, seen->event) &&
           (!seen_is_aux(seen->seen, block->strict) ||
            config_forbids(&search->machine, node->config, seen->event));
}

void pass_follow(struct pass *pass, const struct node *node)
{
    const struct search *search = pass->search;
    struct node next = {.config = node->config, .at = node->at + 1, .cost = node->cost, .before = node};
    const struct past_event *seen;

    if (pass->limit && node->leaving != LEAVING_BYTES)
        follow_missing(pass, node);
    if (node->at == pass->to || (node->leaving == LEAVING_ALL && !bytes_are_next(pass, node->at)))
        return;
    seen = event_of(search, node->at);
    next.edge = EDGE_FOREIGN;
    for (size_t i = 0; i < node->config->nclaims; i++) {
        const struct child *child = search->all->children.items[node->config->claims[i] - 1];
        bool is_last = child->search.events[child->search.nevents - 1] == search->events[node->at];

        if (!past_is_of(seen, child->sock))
            continue;
        if (node->leaving)
            return;
        if (is_last)
            next.config = with_claims(search, node->config, child->id, 0);
        pass_add(pass, next);
        return;
    }
    if (seen->event->kind != EVENT_CALL) {
        if (!node->leaving)
            pass_add(pass, next);
        return;
    }
    follow_moves(pass, node, seen);
    if (!pass->limit || node->leaving > LEAVING_STRAND)
        return;
    follow_change(pass, node, seen);
    if (node->leaving)
        return;
    next.edge = EDGE_EXTRA;
    next.own_cost = seen->event->made[0] ? COST_EXTRA_SOCK : COST_EXTRA;
    if (can_be_extra(search, node, seen))
        pass_add(pass, next);
}
