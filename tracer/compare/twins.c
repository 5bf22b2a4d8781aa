/* compare/twins.c: alignment of two stories of a socket. */
#include "compare/twins.h"

#include "compare/lcs.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_MOST = 1 << 16, COST_ALONE = 4 };

/* The items of a strand that take part, in order. */
struct row {
    VEC(struct item *) list;
};

static void join_items(struct strand *old, struct item *a, struct item *b)
{
    a->twin = (size_t)(b - old->twin->items.items);
    b->twin = (size_t)(a - old->items.items);
}

static struct row row_of(struct strand *strand, bool is_loose)
{
    struct row row = {0};

    vec_each (struct item, item, &strand->items)
        if (item->is_loose == is_loose && item->kind != ITEM_CHANCE)
            vec_push(&row.list, item);
    return row;
}

/* Once is as good as often. */
static void drop_repeated(struct strand *strand)
{
    struct intmap seen = {0};

    vec_each (struct item, item, &strand->items) {
        if (!item->is_loose || item->kind == ITEM_CHANCE)
            continue;
        if (intmap_get(&seen, item->key))
            item->kind = ITEM_CHANCE;
        else
            intmap_set(&seen, item->key, item);
    }
    intmap_release(&seen);
}

static uint64_t *keys_of(const struct row *row)
{
    uint64_t *keys = alloc_zeroed((row->list.len + 1) * sizeof(*keys));

    for (size_t i = 0; i < row->list.len; i++)
        keys[i] = row->list.items[i]->key;
    return keys;
}

static void join_in_order(struct strand *old, const struct row *a, const struct row *b)
{
    uint64_t *keys[2] = {keys_of(a), keys_of(b)};
    size_t *twins = alloc_zeroed((a->list.len + 1) * sizeof(*twins));

    lcs(keys[0], a->list.len, keys[1], b->list.len, twins);
    for (size_t i = 0; i < a->list.len; i++)
        if (twins[i] != LCS_NONE)
            join_items(old, a->list.items[i], b->list.items[twins[i]]);
    free(twins);
    free(keys[0]);
    free(keys[1]);
}

/* The next item with the same key, for each; NULL ends. */
struct queue {
    VEC(struct item *) list;
    size_t next;
};

static void join_anywhere(struct strand *old, const struct row *a, const struct row *b)
{
    struct intmap by_key = {0};
    const struct intmap_slot *slot;
    size_t pos = 0;

    vec_each (struct item *const, it, &b->list) {
        struct queue *queue = intmap_get(&by_key, (*it)->key);

        if ((*it)->twin != LCS_NONE)
            continue;
        if (!queue)
            intmap_set(&by_key, (*it)->key, queue = ALLOC_NEW(struct queue));
        vec_push(&queue->list, *it);
    }
    vec_each (struct item *const, it, &a->list) {
        struct queue *queue = (*it)->twin == LCS_NONE ? intmap_get(&by_key, (*it)->key) : NULL;

        if (queue && queue->next < queue->list.len)
            join_items(old, *it, queue->list.items[queue->next++]);
    }
    while ((slot = intmap_next(&by_key, &pos))) {
        struct queue *queue = slot->value;

        vec_release(&queue->list);
        free(queue);
    }
    intmap_release(&by_key);
}

/* ---- changed ---- */

bool twins_differ_in_kind(const struct item *old, const struct item *now)
{
    const struct event *a = old->event, *b = now->event;
    size_t option;

    if (a->canon != b->canon || (old->kind == ITEM_CONTROL) != (now->kind == ITEM_CONTROL))
        return true;
    /* Which connection is accepted is told by its own story. */
    if (a->canon == CANON_ACCEPT && a->made[0] && b->made[0] && strcmp(old->result, now->result) != 0)
        return true;
    if (a->canon == CANON_SETSOCKOPT || a->canon == CANON_GETSOCKOPT)
        option = 1;
    else if (a->canon == CANON_FCNTL || a->canon == CANON_IOCTL || a->canon == CANON_EPOLL_CTL)
        option = 0;
    else
        return false;
    return option >= old->nargs || option >= now->nargs ||
           strcmp(old->args[option].plain, now->args[option].plain) != 0;
}

static unsigned cost_of(const struct item *a, const struct item *b)
{
    unsigned cost = 1;

    if (twins_differ_in_kind(a, b))
        return 2 * COST_ALONE + 1;
    for (size_t i = 0; i < a->nargs && i < b->nargs; i++)
        cost += strcmp(a->args[i].plain, b->args[i].plain) != 0;
    cost += strcmp(a->result, b->result) != 0;
    return cost < 2 * COST_ALONE ? cost : 2 * COST_ALONE;
}

/* What was left over between two neighbours that have their twins. */
struct gap {
    VEC(struct item *) a, b;
};

static unsigned least(unsigned x, unsigned y)
{
    return x < y ? x : y;
}

static void join_alike(struct strand *old, const struct gap *gap)
{
    size_t na = gap->a.len, nb = gap->b.len, width = nb + 1, i = 0, k = 0;
    unsigned *cost;

    if (!na || !nb || na * nb > TABLE_MOST)
        return;
    cost = alloc_zeroed((na + 1) * width * sizeof(*cost));
    for (i = na + 1; i-- > 0;)
        for (k = nb + 1; k-- > 0;) {
            unsigned *at = &cost[i * width + k];

            if (i == na || k == nb) {
                *at = (unsigned)(na - i + nb - k) * COST_ALONE;
                continue;
            }
            *at = least(cost[(i + 1) * width + k], cost[i * width + k + 1]) + COST_ALONE;
            *at = least(*at, cost[(i + 1) * width + k + 1] + cost_of(gap->a.items[i], gap->b.items[k]));
        }
    for (i = k = 0; i < na && k < nb;) {
        unsigned now = cost[i * width + k];

        if (now == cost[(i + 1) * width + k + 1] + cost_of(gap->a.items[i], gap->b.items[k])) {
            if (!twins_differ_in_kind(gap->a.items[i], gap->b.items[k]))
                join_items(old, gap->a.items[i], gap->b.items[k]);
            i++;
            k++;
        } else if (now == cost[(i + 1) * width + k] + COST_ALONE) {
            i++;
        } else {
            k++;
        }
    }
    free(cost);
}

/* Items that have changed places are no borders. */
static void join_changed(struct strand *old, const struct row *a, const struct row *b)
{
    struct gap gap = {0};
    size_t k = 0, last = 0;

    for (size_t i = 0; i <= a->list.len; i++) {
        struct item *item = i < a->list.len ? a->list.items[i] : NULL;

        if (item && item->twin == LCS_NONE) {
            vec_push(&gap.a, item);
            continue;
        }
        if (item && item->twin < last)
            continue;
        last = item ? item->twin : SIZE_MAX;
        for (; k < b->list.len && (size_t)(b->list.items[k] - old->twin->items.items) < last; k++)
            if (b->list.items[k]->twin == LCS_NONE)
                vec_push(&gap.b, b->list.items[k]);
        join_alike(old, &gap);
        gap.a.len = gap.b.len = 0;
    }
    vec_release(&gap.a);
    vec_release(&gap.b);
}

void twins_find(struct strand *old)
{
    drop_repeated(old);
    drop_repeated(old->twin);
    for (int loose = 0; loose < 2; loose++) {
        struct row a = row_of(old, loose), b = row_of(old->twin, loose);

        join_in_order(old, &a, &b);
        join_anywhere(old, &a, &b);
        join_changed(old, &a, &b);
        vec_release(&a.list);
        vec_release(&b.list);
    }
}
