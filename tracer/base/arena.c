/* base/arena.c: a list of blocks, bump allocation inside the first. */
#include "base/arena.h"

#include "base/alloc.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 16 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    size_t need = (size + align - 1) & ~(align - 1);
    struct arena_block *block = arena->head;
    void *p;

    if (!block || block->size - block->used < need) {
        size_t room = need > BLOCK_SIZE ? need : BLOCK_SIZE;

        block = alloc_resize(NULL, 1, sizeof(*block) + room);
        block->used = 0;
        block->size = room;
        block->next = arena->head;
        arena->head = block;
    }
    p = block->bytes + block->used;
    block->used += need;
    return memset(p, 0, need);
}

char *arena_memdup(struct arena *arena, const void *bytes, size_t len)
{
    char *p = arena_alloc(arena, len + 1);

    if (len)
        memcpy(p, bytes, len);
    return p;
}

char *arena_strdup(struct arena *arena, const char *s)
{
    return arena_memdup(arena, s, strlen(s));
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
    va_list ap, again;
    int len;
    char *p;

    va_start(ap, fmt);
    va_copy(again, ap);
    len = vsnprintf(NULL, 0, fmt, ap);
    p = arena_alloc(arena, (size_t)len + 1);
    vsnprintf(p, (size_t)len + 1, fmt, again);
    va_end(again);
    va_end(ap);
    return p;
}

static void free_after(struct arena_block *block)
{
    while (block) {
        struct arena_block *next = block->next;

        free(block);
        block = next;
    }
}

void arena_reset(struct arena *arena)
{
    if (!arena->head)
        return;
    free_after(arena->head->next);
    arena->head->next = NULL;
    arena->head->used = 0;
}

void arena_release(struct arena *arena)
{
    free_after(arena->head);
    arena->head = NULL;
}
