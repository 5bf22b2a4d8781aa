/* base/intmap.c: open addressing with linear probing; deletion moves later entries back, so no tombstones. */
#include "base/intmap.h"

#include "base/alloc.h"

#include <stdlib.h>

static size_t slot_of(const struct intmap *map, uint64_t key)
{
    return (size_t)((key * 0x9e3779b97f4a7c15ull) >> 17) & (map->cap - 1);
}

static struct intmap_slot *find(const struct intmap *map, uint64_t key)
{
    size_t i;

    for (i = slot_of(map, key); map->slots[i].value; i = (i + 1) & (map->cap - 1))
        if (map->slots[i].key == key)
            break;
    return &map->slots[i];
}

void *intmap_get(const struct intmap *map, uint64_t key)
{
    return map->cap ? find(map, key)->value : NULL;
}

static void grow(struct intmap *map)
{
    struct intmap bigger = {.cap = map->cap ? map->cap * 2 : 16, .len = map->len};

    bigger.slots = alloc_zeroed(bigger.cap * sizeof(*bigger.slots));
    for (size_t i = 0; i < map->cap; i++)
        if (map->slots[i].value)
            *find(&bigger, map->slots[i].key) = map->slots[i];
    free(map->slots);
    *map = bigger;
}

void intmap_set(struct intmap *map, uint64_t key, void *value)
{
    struct intmap_slot *slot;

    if ((map->len + 1) * 4 > map->cap * 3)
        grow(map);
    slot = find(map, key);
    if (!slot->value)
        map->len++;
    *slot = (struct intmap_slot){.key = key, .value = value};
}

void *intmap_del(struct intmap *map, uint64_t key)
{
    struct intmap_slot *slot;
    size_t hole, i;
    void *old;

    if (!map->cap)
        return NULL;
    slot = find(map, key);
    old = slot->value;
    if (!old)
        return NULL;
    hole = (size_t)(slot - map->slots);
    for (i = (hole + 1) & (map->cap - 1); map->slots[i].value; i = (i + 1) & (map->cap - 1)) {
        size_t home = slot_of(map, map->slots[i].key);

        /* Entry i may move to the hole unless its home lies between the hole and itself. */
        if (((i - home) & (map->cap - 1)) < ((i - hole) & (map->cap - 1)))
            continue;
        map->slots[hole] = map->slots[i];
        hole = i;
    }
    map->slots[hole].value = NULL;
    map->len--;
    return old;
}

const struct intmap_slot *intmap_next(const struct intmap *map, size_t *pos)
{
    while (*pos < map->cap) {
        const struct intmap_slot *slot = &map->slots[(*pos)++];

        if (slot->value)
            return slot;
    }
    return NULL;
}

void intmap_release(struct intmap *map)
{
    free(map->slots);
    *map = (struct intmap){0};
}
