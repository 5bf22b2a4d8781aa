/* compare/pair.c: twins, and the names that they share. */
#include "compare/pair.h"

#include "base/quote.h"
#include "compare/lcs.h"
#include "compare/plain.h"

#include <stdlib.h>
#include <string.h>

enum { LIKENESS_MOST = 128 }; /* of so many strands each is compared with each */

struct group {
    VEC(struct strand *) list;
};

struct strand *pair_strand(const struct script *script, uint64_t sock)
{
    const struct sock_life *life = model_sock(script->model, sock);

    vec_each (struct actor *const, actor, &script->actors)
        if (life && strcmp((*actor)->role, life->role) == 0)
            return intmap_get(&(*actor)->by_sock, sock);
    return NULL;
}

static void join_strands(struct strand *old, struct strand *now)
{
    old->twin = now;
    now->twin = old;
}

/* ---- those that say the same ---- */

static uint64_t *prints_of(const struct group *group)
{
    uint64_t *prints = alloc_zeroed(group->list.len * sizeof(*prints));

    for (size_t i = 0; i < group->list.len; i++)
        prints[i] = group->list.items[i]->print;
    return prints;
}

/* In order first, so that of many that are the same the first is the first. */
static void pair_equals(const struct group *old, const struct group *now)
{
    uint64_t *a = prints_of(old), *b = prints_of(now);
    size_t *twins = alloc_zeroed((old->list.len + 1) * sizeof(*twins));

    lcs(a, old->list.len, b, now->list.len, twins);
    for (size_t i = 0; i < old->list.len; i++)
        if (twins[i] != LCS_NONE)
            join_strands(old->list.items[i], now->list.items[twins[i]]);
    free(twins);
    free(a);
    free(b);
}

static int by_print(const void *a, const void *b)
{
    const struct strand *x = *(struct strand *const *)a, *y = *(struct strand *const *)b;

    if (x->print != y->print)
        return x->print < y->print ? -1 : 1;
    return x->born_seq < y->born_seq ? -1 : x->born_seq > y->born_seq;
}

static int by_birth(const void *a, const void *b)
{
    const struct strand *x = *(struct strand *const *)a, *y = *(struct strand *const *)b;

    return x->born_seq < y->born_seq ? -1 : x->born_seq > y->born_seq;
}

static void drop_paired(struct group *group)
{
    size_t n = 0;

    for (size_t i = 0; i < group->list.len; i++)
        if (!group->list.items[i]->twin)
            group->list.items[n++] = group->list.items[i];
    group->list.len = n;
}

static void sort(struct group *group, int (*compare)(const void *a, const void *b))
{
    if (group->list.len)
        qsort(group->list.items, group->list.len, sizeof(*group->list.items), compare);
}

/* In whichever order they came. */
static void pair_equals_anywhere(struct group *old, struct group *now)
{
    size_t i = 0, k = 0;

    sort(old, by_print);
    sort(now, by_print);
    while (i < old->list.len && k < now->list.len) {
        struct strand *a = old->list.items[i], *b = now->list.items[k];

        if (a->print == b->print)
            join_strands(a, b);
        i += a->print <= b->print;
        k += b->print <= a->print;
    }
    drop_paired(old);
    drop_paired(now);
    sort(old, by_birth);
    sort(now, by_birth);
}

/* ---- those that are alike ---- */

/* What clients bring: which of several listeners on one address gets a connection is chance. */
static bool is_brought(const struct item *item)
{
    return item->event->canon == CANON_ACCEPT;
}

static size_t common_items(const struct strand *a, const struct strand *b)
{
    size_t kinds[2][CANON_COUNT] = {{0}}, n = 0;
    struct intmap keys = {0};

    vec_each (const struct item, item, &a->items) {
        if (is_brought(item))
            continue;
        kinds[0][item->event->canon]++;
        intmap_set(&keys, item->key, &keys);
    }
    vec_each (const struct item, item, &b->items) {
        if (is_brought(item))
            continue;
        kinds[1][item->event->canon]++;
        n += intmap_del(&keys, item->key) ? 4 : 0;
    }
    intmap_release(&keys);
    for (size_t i = 0; i < CANON_COUNT; i++)
        n += kinds[0][i] < kinds[1][i] ? kinds[0][i] : kinds[1][i];
    return n;
}

static bool same_bytes(const struct stream *a, const struct stream *b)
{
    return a->cells.len && a->cells.len == b->cells.len &&
           memcmp(a->cells.items, b->cells.items, a->cells.len * sizeof(*a->cells.items)) == 0;
}

/* 0: nothing in common. */
static size_t likeness(const struct script *old, const struct script *now, const struct strand *a,
                       const struct strand *b)
{
    size_t n = common_items(a, b);
    const struct strand *parents[2] = {pair_strand(old, a->parent), pair_strand(now, b->parent)};
    const struct strand *peers[2] = {pair_strand(old, a->peer), pair_strand(now, b->peer)};

    for (int k = 0; k < 2; k++) {
        n += same_bytes(&a->streams[k], &b->streams[k]) ? 8 : 0;
        n += a->streams[k].cells.len && b->streams[k].cells.len ? 2 : 0;
    }
    n += parents[0] && parents[0]->twin == parents[1] ? 4 : 0;
    n += peers[0] && peers[1] && peers[0]->actor->twin == peers[1]->actor ? 16 : 0;
    return n;
}

static void pair_alike(const struct script *old, const struct script *now, struct group *a, struct group *b)
{
    while (a->list.len && b->list.len) {
        struct strand *best[2] = {NULL, NULL};
        size_t most = 0;

        for (size_t i = 0; i < a->list.len && i < LIKENESS_MOST; i++)
            for (size_t k = 0; k < b->list.len && k < LIKENESS_MOST; k++) {
                size_t n = likeness(old, now, a->list.items[i], b->list.items[k]);

                if (n <= most)
                    continue;
                most = n;
                best[0] = a->list.items[i];
                best[1] = b->list.items[k];
            }
        if (!most)
            return;
        join_strands(best[0], best[1]);
        drop_paired(a);
        drop_paired(b);
    }
}

/* ---- a role's sockets ---- */

static struct group group_of(const struct actor *actor, enum strand_how how)
{
    struct group group = {0};

    vec_each (struct strand *const, it, &actor->strands)
        if ((*it)->how == how && !(*it)->twin && !(*it)->is_foreign)
            vec_push(&group.list, *it);
    return group;
}

static void pair_same(const struct actor *actor, enum strand_how how)
{
    struct group a = group_of(actor, how), b = group_of(actor->twin, how);

    pair_equals(&a, &b);
    drop_paired(&a);
    drop_paired(&b);
    pair_equals_anywhere(&a, &b);
    vec_release(&a.list);
    vec_release(&b.list);
}

static void pair_rest(const struct script *old, const struct script *now, const struct actor *actor,
                      enum strand_how how)
{
    struct group a = group_of(actor, how), b = group_of(actor->twin, how);

    pair_alike(old, now, &a, &b);
    vec_release(&a.list);
    vec_release(&b.list);
}

/* Whose other ends are twins. Which ends are each other's may have been guessed: those that do the same come
 * first. */
static void pair_by_peer(const struct script *old, const struct script *now, const struct actor *actor,
                         bool only_same)
{
    struct group group = group_of(actor, STRAND_ACCEPTED);

    vec_each (struct strand *const, it, &group.list) {
        const struct strand *peer = pair_strand(old, (*it)->peer), *twin = peer ? peer->twin : NULL;
        struct strand *here = twin && twin->peer && model_sock(now->model, twin->peer)
                                  ? intmap_get(&actor->twin->by_sock, twin->peer)
                                  : NULL;

        if (here && !here->twin && here->how == STRAND_ACCEPTED &&
            (!only_same || here->print == (*it)->print))
            join_strands(*it, here);
    }
    vec_release(&group.list);
}

/* Connections from different roles are never the same. */
static void print_peers(const struct script *script, const struct actor *actor, bool is_new)
{
    struct group group = group_of(actor, STRAND_ACCEPTED);

    vec_each (struct strand *const, it, &group.list) {
        const struct strand *peer = pair_strand(script, (*it)->peer);
        const struct actor *other = !peer                         ? NULL
                                    : is_new && peer->actor->twin ? peer->actor->twin
                                                                  : peer->actor;

        if (other)
            (*it)->print = (*it)->print * 31 + plain_hash(other->role, strlen(other->role));
    }
    vec_release(&group.list);
}

/* ---- roles ---- */

static void join_actors(struct actor *old, struct actor *now)
{
    old->twin = now;
    now->twin = old;
}

/* Copies of one role are called NAME#1, NAME#2, …: which of them is which is chance. */
static bool same_role(const char *a, const char *b)
{
    size_t len = strcspn(a, "#");

    return len == strcspn(b, "#") && memcmp(a, b, len) == 0;
}

static void pair_actors_if(const struct script *old, const struct script *now,
                           bool (*fits)(const struct actor *a, const struct actor *b))
{
    vec_each (struct actor *const, a, &old->actors)
        vec_each (struct actor *const, b, &now->actors)
            if (!(*a)->twin && !(*b)->twin && fits(*a, *b))
                join_actors(*a, *b);
}

static bool is_same_copy(const struct actor *a, const struct actor *b)
{
    return same_role(a->role, b->role) && a->print == b->print;
}

static bool is_same_role(const struct actor *a, const struct actor *b)
{
    return same_role(a->role, b->role);
}

/* Programs that a log knows by name only: the one that is left is the other's. */
static void pair_last_actors(const struct script *old, const struct script *now)
{
    struct actor *left[2] = {NULL, NULL};
    size_t n[2] = {0, 0};

    vec_each (struct actor *const, it, &old->actors)
        if (!(*it)->twin && ++n[0])
            left[0] = *it;
    vec_each (struct actor *const, it, &now->actors)
        if (!(*it)->twin && ++n[1])
            left[1] = *it;
    if (n[0] == 1 && n[1] == 1)
        join_actors(left[0], left[1]);
}

/* ---- names ---- */

static const char *label_of(const struct strand *strand)
{
    const struct strand *twin = strand->twin ? strand->twin : strand;

    switch (strand->how) {
    case STRAND_NO_SOCKET: return "no socket";
    case STRAND_ACCEPTED: return "connection";
    case STRAND_PAIR: return "socketpair end";
    case STRAND_MADE:
    case STRAND_GOT: break;
    }
    if ((strand->life && strand->life->listening) || (twin->life && twin->life->listening))
        return "listener";
    return strand->how == STRAND_MADE ? "socket" : "given socket";
}

static void name_strand(struct script *script, struct strand *strand, const char *role)
{
    struct plain_name *name;
    struct buf owner = {0};

    if (pair_strand(script, strand->sock) != strand)
        return;
    name = ARENA_NEW(&script->arena, struct plain_name);
    *name = (struct plain_name){strand->actor, strand->name, strand->name};
    if (*role) {
        quote_c(&owner, (const uint8_t *)role, strlen(role));
        name->full = arena_printf(&script->arena, "%s's %s", buf_str(&owner), strand->name);
    }
    buf_release(&owner);
    intmap_set(&script->names, strand->sock, name);
}

struct counter {
    const char *label;
    size_t n;
};

static const char *next_name(struct script *script, struct counter *counters, const char *label)
{
    if (!strcmp(label, "no socket"))
        return label;
    while (counters->label && strcmp(counters->label, label) != 0)
        counters++;
    counters->label = label;
    return arena_printf(&script->arena, "%s %zu", label, ++counters->n);
}

/* Numbers in the order of the older trace; what is new comes behind. */
static void name_actors(struct script *old, struct script *now, const struct actor *a, const struct actor *b)
{
    struct counter counters[8] = {{NULL, 0}};
    const char *role = a ? a->role : b->role;

    for (size_t i = 0; a && i < a->strands.len; i++) {
        struct strand *strand = a->strands.items[i];

        if (strand->is_foreign)
            continue;
        strand->name = next_name(old, counters, label_of(strand));
        name_strand(old, strand, role);
        if (strand->twin) {
            strand->twin->name = strand->name;
            name_strand(now, strand->twin, role);
        }
    }
    for (size_t i = 0; b && i < b->strands.len; i++) {
        struct strand *strand = b->strands.items[i];

        if (strand->is_foreign || strand->twin)
            continue;
        strand->name = next_name(now, counters, label_of(strand));
        name_strand(now, strand, role);
    }
}

static void name_all(struct script *old, struct script *now)
{
    vec_each (struct actor *const, it, &old->actors)
        name_actors(old, now, *it, (*it)->twin);
    vec_each (struct actor *const, it, &now->actors)
        if (!(*it)->twin)
            name_actors(old, now, NULL, *it);
}

static void pair_accepted(const struct script *old, const struct script *now, const struct actor *actor)
{
    print_peers(old, actor, false);
    print_peers(now, actor->twin, true);
    pair_by_peer(old, now, actor, true);
    pair_same(actor, STRAND_ACCEPTED);
    pair_by_peer(old, now, actor, false);
    pair_rest(old, now, actor, STRAND_ACCEPTED);
    pair_same(actor, STRAND_GOT);
    pair_rest(old, now, actor, STRAND_GOT);
}

void pair_scripts(struct script *old, struct script *now)
{
    static const enum strand_how hows[] = {STRAND_MADE, STRAND_PAIR};

    script_words(old);
    script_words(now);
    pair_actors_if(old, now, is_same_copy);
    pair_actors_if(old, now, is_same_role);
    pair_last_actors(old, now);
    vec_each (struct actor *const, it, &old->actors) {
        if (!(*it)->twin)
            continue;
        join_strands((*it)->strands.items[0], (*it)->twin->strands.items[0]);
        for (size_t i = 0; i < ARRAY_LEN(hows); i++) {
            pair_same(*it, hows[i]);
            pair_rest(old, now, *it, hows[i]);
        }
    }
    vec_each (struct actor *const, it, &old->actors)
        if ((*it)->twin)
            pair_accepted(old, now, *it);
    name_all(old, now);
    script_words(old);
    script_words(now);
}
