/* compare/compare.c: from two traces to what differs. */
#include "compare/compare.h"

#include "compare/bytes.h"
#include "compare/lcs.h"
#include "compare/order.h"
#include "compare/pair.h"
#include "compare/twins.h"
#include "event/brief.h"

#include <stdlib.h>
#include <string.h>

const char *change_name(enum change_kind kind)
{
    static const char *const names[] = {
        [CHANGE_GONE] = "missing", [CHANGE_NEW] = "new",    [CHANGE_ARGS] = "changed",
        [CHANGE_ORDER] = "order",  [CHANGE_BYTES] = "data", [CHANGE_FLAGS] = "flags",
    };

    return names[kind];
}

/* ---- arguments ---- */

struct args {
    struct change_arg list[EVENT_MAX_ARGS + 1];
    size_t len;
};

static void add_arg(struct args *args, const char *what, const char *old, const char *now)
{
    if (strcmp(old, now) != 0)
        args->list[args->len++] = (struct change_arg){what, old, now};
}

/* Flags that change nothing on the wire count where it is the same system call: write(2) has none. */
static void compare_args(struct args *args, const struct item *old, const struct item *now)
{
    bool is_whole = !strcmp(old->event->name, now->event->name);

    args->len = 0;
    for (size_t i = 0; old->kind == now->kind && (i < old->nargs || i < now->nargs); i++) {
        const struct item_arg *a = i < old->nargs ? &old->args[i] : NULL,
                              *b = i < now->nargs ? &now->args[i] : NULL;

        add_arg(args, a ? a->name : b->name,
                !a         ? ""
                : is_whole ? a->text
                           : a->plain,
                !b         ? ""
                : is_whole ? b->text
                           : b->plain);
    }
    add_arg(args, "result", old->result, now->result);
}

static void add_change(struct strand_diff *diff, const struct item *old, const struct item *now,
                       struct arena *arena)
{
    struct change change = {.kind = !now   ? CHANGE_GONE
                                    : !old ? CHANGE_NEW
                                           : CHANGE_ARGS,
                            .old = old,
                            .now = now};
    struct args args = {.len = 0};

    if (old && now) {
        compare_args(&args, old, now);
        if (!args.len)
            return;
        change.args =
            (const struct change_arg *)arena_memdup(arena, args.list, args.len * sizeof(*args.list));
        change.nargs = args.len;
    }
    vec_push(&diff->changes, change);
}

static void compare_items(struct comparison *comparison, struct strand_diff *diff)
{
    const struct strand *old = diff->old, *now = diff->now;
    struct arena *arena = &comparison->arena;
    size_t last = 0;

    vec_each (const struct item, item, &old->items) {
        const struct item *twin = item->twin != LCS_NONE ? &now->items.items[item->twin] : NULL;
        const char *text;

        if (item->kind == ITEM_CHANCE)
            continue;
        add_change(diff, item, twin, arena);
        if (!twin || item->is_loose)
            continue;
        text = item->twin < last ? order_of_item(comparison, old, item, arena) : NULL;
        last = item->twin < last ? last : item->twin;
        if (text)
            vec_push(&diff->changes,
                     ((struct change){.kind = CHANGE_ORDER, .old = item, .now = twin, .text = text}));
    }
    vec_each (const struct item, item, &now->items)
        if (item->twin == LCS_NONE && item->kind != ITEM_CHANCE)
            add_change(diff, NULL, item, arena);
}

/* ---- bytes ---- */

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

/* `0`, `MSG_MORE, 0`: the sets in order of their numbers. */
static const char *flags_words(const int64_t *flags, size_t len, struct arena *arena)
{
    int64_t *sorted = (int64_t *)arena_memdup(arena, flags, len * sizeof(*flags));
    struct buf text = {0};
    const char *copy;

    if (len)
        qsort(sorted, len, sizeof(*sorted), by_value);
    for (size_t i = 0; i < len; i++) {
        struct value value = {.kind = VALUE_FLAGS, .sym = {(uint64_t)sorted[i], &nametab_msg}};

        buf_adds(&text, i ? ", " : "");
        value_brief(&text, &value, BRIEF_STRLEN);
    }
    copy = arena_strdup(arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

static void compare_flags(struct strand_diff *diff, int direction, struct arena *arena)
{
    const struct stream *old = &diff->old->streams[direction], *now = &diff->now->streams[direction];
    bool is_whole = !old->has_plain && !now->has_plain;
    struct args args = {.len = 0};

    if (!old->flags.len || !now->flags.len)
        return;
    if (is_whole)
        add_arg(&args, "flags", flags_words(old->whole.items, old->whole.len, arena),
                flags_words(now->whole.items, now->whole.len, arena));
    else
        add_arg(&args, "flags", flags_words(old->flags.items, old->flags.len, arena),
                flags_words(now->flags.items, now->flags.len, arena));
    if (args.len)
        vec_push(&diff->changes, ((struct change){.kind = CHANGE_FLAGS,
                                                  .direction = direction,
                                                  .args = (const struct change_arg *)arena_memdup(
                                                      arena, args.list, sizeof(*args.list)),
                                                  .nargs = 1}));
}

static void compare_bytes(const struct comparison *comparison, struct strand_diff *diff, struct arena *arena)
{
    const struct choice *const choices[2] = {&comparison->old.choice, &comparison->now.choice};

    for (int k = 0; k < 2; k++) {
        struct change change = {.kind = CHANGE_BYTES, .direction = k};

        change.nhunks =
            bytes_diff(&diff->old->streams[k], &diff->now->streams[k], choices, arena, &change.hunks);
        if (change.nhunks)
            vec_push(&diff->changes, change);
        compare_flags(diff, k, arena);
    }
}

/* ---- the story of both ---- */

/* What stands in a story: an item, or the bytes of a direction at their first. */
struct entry {
    const struct item *item; /* NULL: bytes */
    int direction;
};

struct entries {
    VEC(struct entry) list;
};

static struct entries entries_of(const struct strand *strand)
{
    struct entries entries = {0};
    bool told[2] = {false, false};

    vec_each (const struct beat, beat, &strand->beats) {
        if (!beat->is_bytes)
            vec_push(&entries.list, ((struct entry){&strand->items.items[beat->n], -1}));
        else if (!told[beat->direction])
            vec_push(&entries.list, ((struct entry){NULL, beat->direction}));
        if (beat->is_bytes)
            told[beat->direction] = true;
    }
    return entries;
}

/* The places of the items with a change; `at` of bytes is behind all items. */
static bool *places_of_changes(const struct strand_diff *diff)
{
    size_t len = diff->old->items.len;
    bool *places = alloc_zeroed(len + 2);

    vec_each (const struct change, change, &diff->changes) {
        if (change->kind == CHANGE_BYTES || change->kind == CHANGE_FLAGS)
            places[len + (size_t)change->direction] = true;
        else if (change->old)
            places[change->old - diff->old->items.items] = true;
    }
    return places;
}

struct teller {
    struct strand_diff *diff;
    struct entries old, now;
    const bool *differs;
};

static void tell_line(struct teller *teller, const struct item *old, const struct item *now, int direction)
{
    const struct strand_diff *diff = teller->diff;
    bool differs = direction < 0 ? !old || !now || teller->differs[old - diff->old->items.items]
                                 : teller->differs[diff->old->items.len + (size_t)direction];

    if (direction >= 0 || (old ? old : now)->kind != ITEM_CHANCE)
        vec_push(&teller->diff->lines, ((struct line){old, now, direction, differs}));
}

/* Those from the old entry at `i` on that have no place of their own in the new story. */
static void tell_gone(struct teller *teller, size_t i)
{
    for (; i < teller->old.list.len; i++) {
        const struct entry *entry = &teller->old.list.items[i];
        bool is_there = entry->item ? entry->item->twin != LCS_NONE && entry->item->kind != ITEM_CHANCE
                                    : teller->diff->now->streams[entry->direction].segments.len != 0;

        if (is_there)
            return;
        tell_line(teller, entry->item, NULL, entry->item ? -1 : entry->direction);
    }
}

/* Where the twin of each item, and the bytes of each direction, stand among the old entries. */
static size_t *places_of_entries(const struct teller *teller)
{
    size_t len = teller->diff->old->items.len;
    size_t *places = alloc_zeroed((len + 2) * sizeof(*places));

    places[len] = places[len + 1] = LCS_NONE;
    for (size_t i = 0; i < teller->old.list.len; i++) {
        const struct entry *entry = &teller->old.list.items[i];

        places[entry->item ? (size_t)(entry->item - teller->diff->old->items.items)
                           : len + (size_t)entry->direction] = i;
    }
    return places;
}

/* In the order of the new trace; what is gone stands behind what it stood behind. */
static void tell(struct strand_diff *diff)
{
    bool *differs = places_of_changes(diff);
    struct teller teller = {diff, entries_of(diff->old), entries_of(diff->now), differs};
    size_t *places = places_of_entries(&teller), len = diff->old->items.len;

    tell_gone(&teller, 0);
    vec_each (const struct entry, entry, &teller.now.list) {
        const struct item *item = entry->item;
        size_t at = !item ? len + (size_t)entry->direction : item->twin;

        if (item && item->kind == ITEM_CHANCE)
            continue;
        tell_line(&teller, item && at != LCS_NONE ? &diff->old->items.items[at] : NULL, item,
                  entry->direction);
        if (at != LCS_NONE && places[at] != LCS_NONE)
            tell_gone(&teller, places[at] + 1);
    }
    vec_release(&teller.old.list);
    vec_release(&teller.now.list);
    free(places);
    free(differs);
}

/* ---- the whole ---- */

static struct strand_diff *diff_new(struct comparison *comparison, struct actor_diff *actor,
                                    const struct strand *old, const struct strand *now)
{
    struct strand_diff *diff = ARENA_NEW(&comparison->arena, struct strand_diff);

    diff->old = old;
    diff->now = now;
    vec_push(&actor->strands, diff);
    return diff;
}

static void compare_strands(struct comparison *comparison, struct actor_diff *actor, struct strand *old)
{
    struct strand_diff *diff = diff_new(comparison, actor, old, old->twin);

    twins_find(old);
    compare_items(comparison, diff);
    compare_bytes(comparison, diff, &comparison->arena);
    order_of_bytes(old, diff, &comparison->arena);
    if (diff->changes.len)
        tell(diff);
    else
        actor->strands.len--;
    comparison->ndiffs += diff->changes.len;
}

static bool is_told(const struct strand *strand)
{
    return !strand->twin && !strand->is_foreign && strand->sock;
}

static void compare_actors(struct comparison *comparison, struct actor *old, struct actor *now)
{
    struct actor_diff *actor = ARENA_NEW(&comparison->arena, struct actor_diff);

    actor->old = old;
    actor->now = now;
    vec_push(&comparison->actors, actor);
    if (!old || !now) {
        comparison->ndiffs++;
        return;
    }
    vec_each (struct strand *const, it, &old->strands) {
        if ((*it)->twin) {
            compare_strands(comparison, actor, *it);
        } else if (is_told(*it)) {
            diff_new(comparison, actor, *it, NULL);
            comparison->ndiffs++;
        }
    }
    vec_each (struct strand *const, it, &now->strands)
        if (is_told(*it)) {
            diff_new(comparison, actor, NULL, *it);
            comparison->ndiffs++;
        }
    order_of_threads(actor, &comparison->arena);
    actor->ends_otherwise = strcmp(old->end, now->end) != 0;
    comparison->ndiffs += actor->order.len + actor->ends_otherwise;
}

void compare(struct comparison *comparison, const struct trace *old, const struct trace *now)
{
    *comparison = (struct comparison){.ndiffs = 0};
    script_init(&comparison->old, old, now);
    script_init(&comparison->now, now, old);
    pair_scripts(&comparison->old, &comparison->now);
    vec_each (struct actor *const, it, &comparison->old.actors)
        compare_actors(comparison, *it, (*it)->twin);
    vec_each (struct actor *const, it, &comparison->now.actors)
        if (!(*it)->twin)
            compare_actors(comparison, NULL, *it);
}

void comparison_release(struct comparison *comparison)
{
    vec_each (struct actor_diff *const, actor, &comparison->actors) {
        vec_each (struct strand_diff *const, strand, &(*actor)->strands) {
            vec_release(&(*strand)->changes);
            vec_release(&(*strand)->lines);
        }
        vec_release(&(*actor)->strands);
        vec_release(&(*actor)->order);
    }
    vec_release(&comparison->actors);
    script_release(&comparison->old);
    script_release(&comparison->now);
    arena_release(&comparison->arena);
}

const char *compare_obstacle(const struct trace *trace, struct arena *arena)
{
    bool has_calls = false;

    if (trace->cut)
        return "it is cut: its end is missing";
    vec_each (struct event *const, it, &trace->events) {
        const char *what = (*it)->kind == EVENT_ROLE ? event_text(*it, "what", arena) : "";

        has_calls = has_calls || (*it)->kind == EVENT_CALL;
        if ((*it)->kind == EVENT_LOST)
            return event_text(*it, "why", arena);
        if (!strcmp(what, "failed") || !strcmp(what, "missing"))
            return arena_printf(arena, "%s: %s", (*it)->role, event_text(*it, "text", arena));
    }
    return has_calls ? NULL : "it has no calls";
}
