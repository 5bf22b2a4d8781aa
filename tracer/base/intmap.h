/* base/intmap.h: a hash map from 64-bit integers to pointers. */
#ifndef BASE_INTMAP_H
#define BASE_INTMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct intmap_slot {
    uint64_t key;
    void *value; /* NULL: the slot is free */
};

/* A zeroed struct is an empty map. The map owns neither keys nor values. */
struct intmap {
    struct intmap_slot *slots;
    size_t len, cap;
};

/* NULL where the key is absent. */
void *intmap_get(const struct intmap *map, uint64_t key);

/* Replaces what was there; `value` is not NULL. */
void intmap_set(struct intmap *map, uint64_t key, void *value);

/* Returns what was there, or NULL. */
void *intmap_del(struct intmap *map, uint64_t key);

/* Walk: start with *pos = 0; returns each entry once, in no particular order, NULL at the end. No change
 * meanwhile. */
const struct intmap_slot *intmap_next(const struct intmap *map, size_t *pos);

void intmap_release(struct intmap *map);

#endif
