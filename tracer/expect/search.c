/* expect/search.c: best first, event by event; within a window around the first difference. */
#include "expect/search.h"

#include "base/bug.h"
#include "expect/pass.h"

#include <limits.h>

/*
 * First everything that costs nothing, as far as it goes. Where it fails, the search starts again BACK events
 * earlier and looks AHEAD events further, with rising limits: what costs little is found without looking at
 * what costs much. From each event only nodes within SLACK of the cheapest are followed, and only WIDTH of
 * them (for each place at which they are at a time; where there are few events, as many in all as for a whole
 * window), but always those that cost nothing. Behind the last event only lines can be missing, and the end
 * is looked for further.
 */
enum { BACK = 256, AHEAD = 512, SLACK = 48, WIDTH = 200, LAST_WIDTH = 4000 };

static const unsigned limits[] = {8, 20, 44, UINT_MAX};

void pass_add(struct pass *pass, struct node node)
{
    struct layer *layer = &pass->layers[node.at];
    const struct machine *machine = &pass->search->machine;
    uint64_t hash = config_hash(machine, node.config);
    struct node *first = intmap_get(&layer->by_hash, hash);
    struct node *kept;

    node.own_cost += node.overlap ? COST_OVERLAP : 0;
    node.cost += node.own_cost;
    if (node.cost > pass->limit)
        return;
    node.same_hash = first;
    for (struct node *other = first; other; other = other->same_hash) {
        bool same = other->leaving == node.leaving;

        if ((!same && other->leaving) || !config_equal(machine, other->config, node.config) ||
            (!same && node.cost < other->cost))
            continue;
        if (node.cost < other->cost) {
            node.same_hash = other->same_hash;
            *other = node;
        }
        return;
    }
    kept = ARENA_NEW(machine->arena, struct node);
    *kept = node;
    vec_push(&layer->list, kept);
    intmap_set(&layer->by_hash, hash, kept);
}

static void layer_release(struct layer *layer)
{
    vec_release(&layer->list);
    intmap_release(&layer->by_hash);
    *layer = (struct layer){0};
}

static void layers_free(struct layer *layers, size_t len)
{
    for (size_t i = 0; i < len; i++)
        layer_release(&layers[i]);
    free(layers);
}

static unsigned cheapest(const struct layer *layer)
{
    unsigned least = UINT_MAX;

    vec_each (struct node *const, it, &layer->list)
        if (!(*it)->done && (*it)->cost < least)
            least = (*it)->cost;
    return least;
}

/* How many nodes of the layer may be followed until one is that is at so many places. */
static size_t width_at(const struct pass *pass, size_t at, size_t places)
{
    size_t share = (size_t)WIDTH * (BACK + AHEAD) / (pass->to - pass->from + 1);
    size_t least = (at < pass->to ? WIDTH : LAST_WIDTH) * places;

    return share > least ? share : least;
}

/* Follow the nodes of a layer, the cheapest first; an edge within it costs something, so that none comes too
 * late. */
static const struct node *pass_layer(struct pass *pass, size_t at)
{
    struct layer *layer = &pass->layers[at];
    unsigned cost = cheapest(layer);
    unsigned most = at == pass->to || cost > UINT_MAX - SLACK ? UINT_MAX - 1 : cost + SLACK;
    size_t followed = 0;

    for (; cost <= most; cost = cheapest(layer))
        for (size_t i = 0; i < layer->list.len; i++) {
            struct node *node = layer->list.items[i];

            if (node->done || node->cost != cost)
                continue;
            if (cost && followed >= width_at(pass, at, 1 + node->config->nothers))
                return NULL;
            node->done = true;
            followed++;
            if (at == pass->to &&
                (pass->open_end || config_is_complete(&pass->search->machine, node->config)))
                return node;
            pass_follow(pass, node);
        }
    return NULL;
}

static const struct node *pass_run(struct pass *pass)
{
    for (size_t at = pass->from; at <= pass->to; at++) {
        const struct node *end = pass_layer(pass, at);

        if (end)
            return end;
    }
    return NULL;
}

static const struct node *search_exact(const struct search *search, size_t nevents, struct layer *layers,
                                       size_t *reached)
{
    struct pass pass = {.search = search, .layers = layers, .to = nevents};
    struct configs first = {0};
    const struct node *end;

    config_begin(&search->machine, &search->names, &first);
    vec_each (const struct config *, it, &first.list)
        pass_add(&pass, (struct node){.config = *it, .edge = EDGE_BEGIN});
    vec_release(&first.list);
    end = pass_run(&pass);
    *reached = 0;
    for (size_t i = 0; i <= nevents; i++)
        if (layers[i].list.len)
            *reached = i;
    return end;
}

const struct event *search_counted(const struct search *search, const struct step *step, size_t at)
{
    const struct event *event = search->all->past->events.items[search->events[at]].event;

    return event->sock == search->sock && total_of(search->machine.block, event) == step ? event : NULL;
}

/* What the socket of the life moved. */
static struct sums count_bytes(const struct search *search, size_t nevents)
{
    struct sums sums = {0};

    for (size_t i = 0; i < nevents; i++) {
        const struct event *event = search->all->past->events.items[search->events[i]].event;

        if (event->sock == search->sock)
            sums_add(&sums, search->machine.block, event);
    }
    return sums;
}

static bool totals_fit(const struct search *search, size_t nevents)
{
    struct sums sums = count_bytes(search, nevents);
    bool fits =
        !sums_wrong(&sums, search->machine.block, false) && !sums_wrong(&sums, search->machine.block, true);

    sums_release(&sums);
    return fits;
}

/* Behind the end come the totals, which cost the same for every path. */
static const struct node *add_totals(const struct search *search, const struct node *end)
{
    struct sums sums = count_bytes(search, search->nevents);

    for (int is_send = 0; is_send < 2; is_send++) {
        const struct block *block = search->machine.block;
        unsigned cost = sums_wrong(&sums, block, is_send) ? COST_CHANGED : 0;
        struct node *node;

        if (!block->totals[is_send])
            continue;
        node = ARENA_NEW(search->machine.arena, struct node);
        *node = (struct node){.config = end->config,
                              .at = end->at,
                              .cost = end->cost + cost,
                              .own_cost = cost,
                              .before = end,
                              .edge = EDGE_TOTAL,
                              .step = block->totals[is_send]};
        end = node;
    }
    sums_release(&sums);
    return end;
}

bool search_fits(const struct search *search, size_t nevents)
{
    struct layer *layers = alloc_zeroed((nevents + 1) * sizeof(*layers));
    size_t reached;
    bool fits = totals_fit(search, nevents) && search_exact(search, nevents, layers, &reached) != NULL;

    layers_free(layers, nevents + 1);
    return fits;
}

/* Back to what costs nothing in the first layer of the window, and to nothing in the others. */
static void pass_clear(struct pass *pass)
{
    struct layer first = pass->layers[pass->from];

    pass->layers[pass->from] = (struct layer){0};
    vec_each (struct node *, it, &first.list) {
        if ((*it)->cost == 0) {
            (*it)->done = false;
            pass_add(pass, **it);
        }
    }
    layer_release(&first);
    for (size_t at = pass->from + 1; at <= pass->to; at++)
        layer_release(&pass->layers[at]);
}

/* So much is missing that the end was out of reach: as much as was seen, and the next line missing. */
static const struct node *pass_give_up(struct pass *pass)
{
    struct node *best = NULL, *end = ARENA_NEW(pass->search->machine.arena, struct node);

    vec_each (struct node *, it, &pass->layers[pass->to].list) {
        bool is_line = pass->search->machine.block->insns[(*it)->config->pc].op == INSN_CALL;

        if (is_line && (!best || (*it)->cost < best->cost))
            best = *it;
    }
    if (!best)
        BUG("an alignment without an end");
    *end = *best;
    end->before = best;
    end->edge = EDGE_MISSING;
    end->step = pass->search->machine.block->insns[best->config->pc].step;
    end->own_cost = COST_MISSING;
    end->cost += COST_MISSING;
    end->child = NULL;
    return end;
}

static const struct node *search_run(const struct search *search)
{
    struct layer *layers = alloc_zeroed((search->nevents + 1) * sizeof(*layers));
    struct pass pass = {.search = search, .layers = layers};
    size_t reached;
    const struct node *end = search_exact(search, search->nevents, layers, &reached);

    pass.from = reached > BACK ? reached - BACK : 0;
    pass.to = search->nevents - reached > AHEAD ? reached + AHEAD : search->nevents;
    pass.open_end = pass.to < search->nevents;
    for (size_t i = 0; !end && i < ARRAY_LEN(limits); i++) {
        pass.limit = limits[i];
        pass_clear(&pass);
        end = pass_run(&pass);
    }
    if (!end)
        end = pass_give_up(&pass);
    layers_free(layers, search->nevents + 1);
    return add_totals(search, end);
}

const struct node *search_child(struct child *child)
{
    if (!child->end)
        child->end = search_run(&child->search);
    return child->end;
}

void searches_init(struct searches *all, const struct program *program, const struct past *past,
                   struct arena *arena)
{
    *all = (struct searches){.program = program, .past = past, .arena = arena};
}

void searches_release(struct searches *all)
{
    vec_release(&all->children);
    intmap_release(&all->by_sock);
}

const struct node *search_role(struct searches *all)
{
    size_t nevents = all->past->events.len;
    size_t *events = ARENA_ARRAY(all->arena, size_t, nevents + 1);

    for (size_t i = 0; i < nevents; i++)
        events[i] = i;
    all->role = (struct search){
        .all = all,
        .machine = {.program = all->program, .block = all->program->role, .arena = all->arena},
        .names = {.slots = ARENA_ARRAY(all->arena, struct bound, all->program->nslots + 1),
                  .len = all->program->nslots},
        .events = events,
        .nevents = nevents,
    };
    return search_run(&all->role);
}
