/* compare/order.c: orders that hold in every run of one trace, and are turned round in every run of the
 * other. */
#include "compare/order.h"

#include "compare/lcs.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { CHECKS_MAX = 512 }; /* for each item that moved */

bool order_is_fixed(const struct strand *strand)
{
    if (strand->is_retried || strand->is_shared)
        return false;
    vec_each (const struct beat, beat, &strand->beats)
        if (beat->tid != strand->beats.items[0].tid ||
            intmap_get(&strand->actor->choosy, (uint64_t)beat->tid))
            return false;
    return true;
}

static const char *line_of(const struct item *item, struct arena *arena)
{
    struct buf text = {0};
    const char *copy;

    item_line(&text, item);
    copy = arena_strdup(arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

/* What comes in comes when others send it, where the program takes whatever is there. */
static bool is_incoming(const struct item *item)
{
    return item->event->canon == CANON_ACCEPT || canon_is_recv(item->event->canon);
}

static bool is_chance(const struct strand *strand, const struct item *a, const struct item *b)
{
    if (a->is_loose || b->is_loose || a->kind == ITEM_CHANCE || b->kind == ITEM_CHANCE)
        return true;
    if (is_incoming(a) && is_incoming(b) && (a->event->canon == CANON_ACCEPT || a->far != b->far))
        return true;
    if (a->far && b->far && a->far != b->far)
        return true;
    return (is_incoming(a) || is_incoming(b)) && !order_is_fixed(strand);
}

const char *order_of_item(const struct comparison *comparison, const struct strand *old,
                          const struct item *item, struct arena *arena)
{
    const struct strand *now = old->twin;
    size_t at = (size_t)(item - old->items.items), checks = 0;

    for (size_t k = 0; k < old->items.len && checks < CHECKS_MAX; k++) {
        const struct item *other = &old->items.items[k], *first = k < at ? other : item,
                          *second = k < at ? item : other;
        const struct item *later, *earlier;

        if (k == at || other->twin == LCS_NONE || (k < at) == (other->twin < item->twin) ||
            is_chance(old, item, other))
            continue;
        earlier = &now->items.items[second->twin];
        later = &now->items.items[first->twin];
        if (is_chance(now, earlier, later))
            continue;
        checks++;
        if (script_before(&comparison->old, first->origin, second->origin) &&
            script_before(&comparison->now, earlier->origin, later->origin))
            return arena_printf(arena, "was %s %s, is %s it now", k < at ? "after" : "before",
                                line_of(other, arena), k < at ? "before" : "after");
    }
    return NULL;
}

/* ---- against bytes ---- */

/* One side: how much has been received before each byte that is sent, and where it was cut by something else.
 */
struct turns {
    VEC(uint64_t) sent, received; /* at each call that sends: before it */
    VEC(uint64_t) cuts;           /* received before anything that is no recv; ascending */
};

static void turns_make(struct turns *turns, const struct strand *strand)
{
    uint64_t moved[2] = {0, 0};

    vec_each (const struct beat, beat, &strand->beats) {
        bool is_recv = beat->is_bytes && beat->direction == MODEL_RECV;

        if (!is_recv)
            vec_push(&turns->cuts, moved[MODEL_RECV]);
        if (beat->is_bytes && !is_recv) {
            vec_push(&turns->sent, moved[MODEL_SEND]);
            vec_push(&turns->received, moved[MODEL_RECV]);
        }
        if (beat->is_bytes)
            moved[beat->direction] += beat->n;
    }
}

static void turns_release(struct turns *turns)
{
    vec_release(&turns->sent);
    vec_release(&turns->received);
    vec_release(&turns->cuts);
}

/*
 * Something came after `more` received bytes on this side, after `less` on the other. It is a matter of
 * segments where the others had begun to receive, and the rest came here without anything in between.
 */
static bool is_segments(const struct turns *turns, uint64_t more, uint64_t less)
{
    if (!less)
        return false;
    vec_each (const uint64_t, cut, &turns->cuts)
        if (*cut >= less && *cut < more)
            return false;
    return true;
}

static bool is_same_place(const struct turns *old, const struct turns *now, uint64_t before, uint64_t after)
{
    if (before == after)
        return true;
    return before > after ? is_segments(old, before, after) : is_segments(now, after, before);
}

static void add_order(struct strand_diff *diff, const struct item *old, const struct item *now,
                      const char *text)
{
    vec_push(&diff->changes, ((struct change){.kind = CHANGE_ORDER, .old = old, .now = now, .text = text}));
}

static void order_items(struct strand_diff *diff, const struct turns turns[2], struct arena *arena)
{
    static const char *const deeds[] = {[MODEL_SEND] = "sent", [MODEL_RECV] = "received"};

    vec_each (const struct item, item, &diff->old->items) {
        const struct item *twin;

        if (item->twin == LCS_NONE || item->is_loose || item->kind == ITEM_CHANCE)
            continue;
        twin = &diff->now->items.items[item->twin];
        for (int k = 0; k < 2; k++) {
            bool is_same = k == MODEL_SEND || item->kind == ITEM_END_OF_STREAM
                               ? item->moved[k] == twin->moved[k]
                               : is_same_place(&turns[0], &turns[1], item->moved[k], twin->moved[k]);

            if (is_same)
                continue;
            add_order(diff, item, twin,
                      arena_printf(arena, "was after %" PRIu64 " bytes %s, is after %" PRIu64 " now",
                                   item->moved[k], deeds[k], twin->moved[k]));
            break;
        }
    }
}

/* Each byte sent: how much had been received before it. */
static void order_sends(struct strand_diff *diff, const struct turns turns[2], struct arena *arena)
{
    const struct turns *old = &turns[0], *now = &turns[1];
    size_t i = 0, k = 0;

    while (i < old->sent.len && k < now->sent.len) {
        uint64_t before = old->received.items[i], after = now->received.items[k];
        uint64_t at = old->sent.items[i] > now->sent.items[k] ? old->sent.items[i] : now->sent.items[k];
        uint64_t next_old = i + 1 < old->sent.len ? old->sent.items[i + 1] : UINT64_MAX;
        uint64_t next_now = k + 1 < now->sent.len ? now->sent.items[k + 1] : UINT64_MAX;

        if (!is_same_place(old, now, before, after)) {
            add_order(diff, NULL, NULL,
                      arena_printf(arena,
                                   "byte %" PRIu64 " of what is sent went out after %" PRIu64
                                   " bytes received, goes out after %" PRIu64 " now",
                                   at, before, after));
            return;
        }
        i += next_old <= next_now;
        k += next_now <= next_old;
    }
}

void order_of_bytes(const struct strand *old, struct strand_diff *diff, struct arena *arena)
{
    struct turns turns[2] = {{{0}, {0}, {0}}, {{0}, {0}, {0}}};

    for (int k = 0; k < 2; k++)
        if (old->streams[k].cells.len != old->twin->streams[k].cells.len)
            return;
    if (!order_is_fixed(old) || !order_is_fixed(old->twin))
        return;
    turns_make(&turns[0], old);
    turns_make(&turns[1], old->twin);
    order_items(diff, turns, arena);
    order_sends(diff, turns, arena);
    turns_release(&turns[0]);
    turns_release(&turns[1]);
}

/* ---- between sockets ---- */

/* Something that both threads did, on a socket whose order is the program's. */
struct step {
    const struct strand *strand;
    const struct item *item;
    uint64_t seq[2];
};

struct steps {
    VEC(struct step) list;
};

/* The thread takes what clients bring: from then on their order is in what it does. */
static uint64_t clients_since(const struct actor *actor, int tid)
{
    uint64_t first = UINT64_MAX;
    size_t n = 0;

    vec_each (struct strand *const, it, &actor->strands) {
        if ((*it)->how != STRAND_ACCEPTED || (*it)->tid != tid)
            continue;
        n++;
        first = (*it)->born_seq < first ? (*it)->born_seq : first;
    }
    return n > 1 ? first : UINT64_MAX;
}

static bool is_own_order(const struct strand *strand)
{
    int tid = strand->tid;

    return order_is_fixed(strand) && strand->beats.len && strand->how != STRAND_GOT &&
           strand->born_seq < clients_since(strand->actor, tid);
}

static bool has_many_peers(const struct strand *strand)
{
    uint64_t far = 0;

    vec_each (const struct item, item, &strand->items) {
        if (far && item->far && item->far != far)
            return true;
        far = item->far ? item->far : far;
    }
    return false;
}

/* What an exit closes it closes at once. */
static bool is_step(const struct item *item, const struct item *twin)
{
    return !item->is_loose && item->kind != ITEM_CHANCE && item->event->canon != CANON_ACCEPT &&
           item->origin->kind == EVENT_CALL && twin->origin->kind == EVENT_CALL;
}

static void add_steps(struct steps *steps, const struct strand *strand)
{
    vec_each (const struct item, item, &strand->items) {
        const struct item *twin = item->twin == LCS_NONE ? NULL : &strand->twin->items.items[item->twin];

        if (twin && is_step(item, twin))
            vec_push(&steps->list, ((struct step){strand, item, {item->origin->seq, twin->origin->seq}}));
    }
}

static int by_old_seq(const void *a, const void *b)
{
    const struct step *x = a, *y = b;

    return x->seq[0] < y->seq[0] ? -1 : x->seq[0] > y->seq[0];
}

static void tell_step(struct actor_diff *diff, const struct step *first, const struct step *second,
                      struct arena *arena)
{
    vec_push(&diff->order,
             ((struct change){.kind = CHANGE_ORDER,
                              .old = second->item,
                              .now = &second->strand->twin->items.items[second->item->twin],
                              .text = arena_printf(arena, "%s: %s was after %s: %s, is before it now",
                                                   second->strand->name, line_of(second->item, arena),
                                                   first->strand->name, line_of(first->item, arena))}));
}

/* Where two that follow each other are on different sockets, and stand the other way round now. */
static void compare_steps(struct actor_diff *diff, struct steps *steps, struct arena *arena)
{
    if (!steps->list.len)
        return;
    qsort(steps->list.items, steps->list.len, sizeof(*steps->list.items), by_old_seq);
    for (size_t i = 0; i + 1 < steps->list.len; i++) {
        const struct step *first = &steps->list.items[i], *second = first + 1;

        if (first->strand != second->strand && first->seq[0] < second->seq[0] &&
            first->seq[1] > second->seq[1])
            tell_step(diff, first, second, arena);
    }
}

void order_of_threads(struct actor_diff *diff, struct arena *arena)
{
    struct intmap done = {0};

    vec_each (struct strand *const, it, &diff->old->strands) {
        int tid = (*it)->tid;
        struct steps steps = {0};

        if (!(*it)->sock || intmap_get(&done, (uint64_t)tid))
            continue;
        intmap_set(&done, (uint64_t)tid, diff);
        vec_each (struct strand *const, other, &diff->old->strands)
            if ((*other)->tid == tid && (*other)->twin && (*it)->twin &&
                (*other)->twin->tid == (*it)->twin->tid && is_own_order(*other) &&
                is_own_order((*other)->twin) && !has_many_peers(*other))
                add_steps(&steps, *other);
        compare_steps(diff, &steps, arena);
        vec_release(&steps.list);
    }
    intmap_release(&done);
}
