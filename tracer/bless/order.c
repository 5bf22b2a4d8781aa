/* bless/order.c: what is before what in every run, and not by chance; and lines that say just that. */
#include "bless/item.h"

#include <string.h>

/* ---- what is always before what ---- */

static bool is_input(const struct item *item)
{
    switch (item->kind) {
    case ITEM_DATA: return !item->is_send;
    case ITEM_CALL: return canon_is_recv(item->list.items[0].event->canon);
    case ITEM_LIFE:
    case ITEM_EACH: return item->list.items[0].event->canon == CANON_ACCEPT;
    }
    return false;
}

static bool was_before(const struct draft *block, const struct item *a, const struct item *b)
{
    bool both = false;

    for (size_t i = 0; i < block->ninstances; i++) {
        bool same_call =
            a->kind == ITEM_DATA && b->kind == ITEM_DATA && a->place == b->place && a->is_send == b->is_send;

        if (a->hi[i] == NOWHERE || b->lo[i] == NOWHERE)
            continue;
        both = true;
        if (same_call ? a->to > b->from : a->hi[i] >= b->lo[i])
            return false;
    }
    return both;
}

/* The number of the program's own arguments for the bytes that it wants. */
static bool is_filled(const struct event *event)
{
    static const char *const names[] = {"size", "len", "count"};
    int64_t wanted;

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (value_number(event_arg(event, names[i]), &wanted))
            return event->result >= wanted;
    return false;
}

/* In every run the recv that ends here got all that it had asked for: what came next could not come with it.
 */
static bool is_exact(const struct draft *block, const struct item *item)
{
    vec_each (struct occurrence, seen, &item->list)
        if (seen->at == item->hi[seen->instance] && !is_filled(seen->event))
            return false;
    (void)block;
    return true;
}

static const struct event *event_at(const struct draft *block, size_t instance, size_t at)
{
    return block->instances[instance].sample->past.events.items[at].origin;
}

/* Did the others do what `input` shows because of `a`, in every run? */
static bool is_caused(const struct draft *block, const struct item *a, const struct item *input)
{
    if (input->kind == ITEM_EACH || input->kind == ITEM_CALL || input->is_whole)
        return false;
    for (size_t i = 0; i < block->ninstances; i++) {
        const struct sample *sample = block->instances[i].sample;
        const struct event *cause;

        if (a->hi[i] == NOWHERE || input->hi[i] == NOWHERE)
            continue;
        cause = sample_cause(sample, event_at(block, i, input->hi[i]), input->from);
        if (!cause || !model_before(sample->run->model, event_at(block, i, a->hi[i])->seq, cause->seq))
            return false;
    }
    return true;
}

/* Connections queue up in the order in which they are made. */
static bool queue_alike(const struct draft *block, const struct item *a, const struct item *b)
{
    if (block->story->is_directed)
        return true;
    for (size_t i = 0; i < block->ninstances; i++) {
        const struct sample *sample = block->instances[i].sample;
        const struct event *first = sample_cause(sample, event_at(block, i, a->hi[i]), 0),
                           *second = sample_cause(sample, event_at(block, i, b->hi[i]), 0);

        if (!first || !second || first->tid != second->tid ||
            !model_before(sample->run->model, first->seq, second->seq))
            return false;
    }
    return true;
}

static const struct item *item_before(const struct draft *block, const struct item *data)
{
    vec_each (struct item, item, &block->items)
        if (item->kind == ITEM_DATA && item->place == data->place && item->is_send == data->is_send &&
            item->to == data->from && item != data)
            return item;
    return NULL;
}

static bool is_set_up(const struct draft *block, const struct item *a)
{
    vec_each (struct item, item, &block->items)
        for (size_t i = 0; i < block->ninstances; i++)
            if (is_input(item) && item->lo[i] != NOWHERE && (a->hi[i] == NOWHERE || a->hi[i] > item->lo[i]))
                return false;
    return true;
}

/* The last that came in on the socket up to `b`, which `b` may be the answer to. */
static const struct item *trigger_of(const struct draft *block, const struct item *b)
{
    const struct item *last = NULL;

    vec_each (struct item, item, &block->items)
        if (item->place == b->place && is_input(item) && item->lo[0] != NOWHERE && b->hi[0] != NOWHERE &&
            item->lo[0] <= b->hi[0] && (!last || item->lo[0] > last->lo[0]))
            last = item;
    return last;
}

/*
 * `a` was before `b` in all runs. Is that no chance? What comes in may come together with what came before
 * it, unless it was made because of what lies between; and a program that waits for several sockets takes
 * them as they come.
 */
static bool is_no_chance(const struct draft *block, const struct item *a, const struct item *b)
{
    const struct item *last;

    if (a->place == b->place) {
        if (a->kind >= ITEM_LIFE && b->kind >= ITEM_LIFE && a->place != NOWHERE)
            return queue_alike(block, a, b);
        if (b->kind != ITEM_DATA || b->is_send || (a->kind == ITEM_DATA && !a->is_send))
            return true;
        last = item_before(block, b);
        if (!last)
            return true;
        if (!was_before(block, last, a))
            return is_no_chance(block, a, last);
        return is_exact(block, last) || is_caused(block, a, b);
    }
    if (!block->story->waits || is_set_up(block, a))
        return true;
    last = trigger_of(block, b);
    return !last || is_caused(block, a, last);
}

static bool *cell(const struct draft *block, size_t a, size_t b)
{
    return &block->before[a * block->items.len + b];
}

void block_order(struct draft *block)
{
    size_t n = block->items.len;

    block->before = ARENA_ARRAY(block->story->arena, bool, n *n + 1);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            *cell(block, a, b) = a != b &&
                                 was_before(block, &block->items.items[a], &block->items.items[b]) &&
                                 is_no_chance(block, &block->items.items[a], &block->items.items[b]);
    for (size_t k = 0; k < n; k++)
        for (size_t a = 0; a < n; a++)
            for (size_t b = 0; *cell(block, a, k) && b < n; b++)
                *cell(block, a, b) = *cell(block, a, b) || *cell(block, k, b);
}

/* ---- lines ---- */

struct set {
    size_t *items;
    size_t len;
};

static void print_set(struct draft *block, struct set set, unsigned depth, struct buf *out);

static void indent(struct buf *out, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        buf_adds(out, "    ");
}

static void print_item(const struct item *item, unsigned depth, struct buf *out)
{
    for (const char *line = item->text; *line;) {
        size_t len = strcspn(line, "\n");

        indent(out, depth);
        buf_add(out, line, len);
        buf_addc(out, '\n');
        line += len + (line[len] == '\n');
    }
}

static bool related(const struct draft *block, size_t a, size_t b)
{
    return *cell(block, a, b) || *cell(block, b, a);
}

/* Split `set` into groups so that members of different ones are all related, or all not. Returns how many. */
static size_t split(const struct draft *block, struct set set, bool by_relation, struct set *groups)
{
    struct arena *arena = block->story->arena;
    bool *taken = ARENA_ARRAY(arena, bool, set.len);
    size_t n = 0;

    for (size_t i = 0; i < set.len; i++) {
        struct set group = {ARENA_ARRAY(arena, size_t, set.len), 0};

        if (taken[i])
            continue;
        taken[i] = true;
        group.items[group.len++] = set.items[i];
        for (size_t at = 0; at < group.len; at++)
            for (size_t k = 0; k < set.len; k++)
                if (!taken[k] && related(block, group.items[at], set.items[k]) == by_relation) {
                    taken[k] = true;
                    group.items[group.len++] = set.items[k];
                }
        groups[n++] = group;
    }
    return n;
}

/* What stands beside each other, always in the same order: socket by socket, then by its text. */
static int compare_items(const struct item *a, const struct item *b)
{
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return strcmp(a->text, b->text);
}

static void sort_groups(const struct draft *block, struct set *groups, size_t n, bool in_order)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0; k--) {
            bool swap = in_order ? *cell(block, groups[k].items[0], groups[k - 1].items[0])
                                 : compare_items(&block->items.items[groups[k].items[0]],
                                                 &block->items.items[groups[k - 1].items[0]]) < 0;
            struct set group = groups[k];

            if (!swap)
                break;
            groups[k] = groups[k - 1];
            groups[k - 1] = group;
        }
}

static void print_beside(struct draft *block, struct set *groups, size_t n, unsigned depth, struct buf *out)
{
    sort_groups(block, groups, n, false);
    indent(out, depth);
    buf_adds(out, "in any order {\n");
    for (size_t i = 0; i < n; i++) {
        bool one = groups[i].len == 1;

        if (!one) {
            indent(out, depth + 1);
            buf_adds(out, "{\n");
        }
        print_set(block, groups[i], depth + (one ? 1 : 2), out);
        if (!one) {
            indent(out, depth + 1);
            buf_adds(out, "}\n");
        }
    }
    indent(out, depth);
    buf_adds(out, "}\n");
}

/* What is neither one after the other nor one beside the other: socket by socket, else direction by
 * direction, else each line for itself; what order there is between these is not told. */
static size_t strand_of(const struct item *item, unsigned how)
{
    if (how == 0)
        return item->place;
    return item->kind != ITEM_DATA ? 2 : item->is_send;
}

static size_t split_by_strand(const struct draft *block, struct set set, unsigned how, struct set *groups)
{
    struct arena *arena = block->story->arena;
    size_t n = 0;

    for (size_t i = 0; i < set.len; i++) {
        size_t g = 0, strand = strand_of(&block->items.items[set.items[i]], how);

        while (g < n && (how == 2 || strand_of(&block->items.items[groups[g].items[0]], how) != strand))
            g++;
        if (g == n)
            groups[n++] = (struct set){ARENA_ARRAY(arena, size_t, set.len), 0};
        groups[g].items[groups[g].len++] = set.items[i];
    }
    return n;
}

static void print_set(struct draft *block, struct set set, unsigned depth, struct buf *out)
{
    struct set *groups = ARENA_ARRAY(block->story->arena, struct set, set.len + 1);
    size_t n = 0;

    if (set.len == 1) {
        print_item(&block->items.items[set.items[0]], depth, out);
        return;
    }
    n = split(block, set, false, groups);
    if (n > 1) {
        sort_groups(block, groups, n, true);
        for (size_t i = 0; i < n; i++)
            print_set(block, groups[i], depth, out);
        return;
    }
    n = split(block, set, true, groups);
    for (unsigned how = 0; n == 1 && how < 3; how++)
        n = split_by_strand(block, set, how, groups);
    print_beside(block, groups, n, depth, out);
}

void block_print(struct draft *block, struct buf *out)
{
    struct set all = {ARENA_ARRAY(block->story->arena, size_t, block->items.len + 1), block->items.len};

    for (size_t i = 0; i < all.len; i++)
        all.items[i] = i;
    if (all.len)
        print_set(block, all, block->depth, out);
}
