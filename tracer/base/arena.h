/* base/arena.h: many small allocations, released together. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/* A zeroed struct is an empty arena. */
struct arena {
    struct arena_block *head;
};

/* Zeroed memory, aligned for any type, alive until reset or release. Never NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of `len` bytes with a NUL behind it (which is not counted). */
char *arena_memdup(struct arena *arena, const void *bytes, size_t len);
char *arena_strdup(struct arena *arena, const char *s);
char *arena_printf(struct arena *arena, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Forget everything but keep one block for the next round: a loop over events allocates nothing in the long
 * run. */
void arena_reset(struct arena *arena);
void arena_release(struct arena *arena);

#define ARENA_NEW(arena, type)      ((type *)arena_alloc(arena, sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc(arena, (n) * sizeof(type)))

#endif
