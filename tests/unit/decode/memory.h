/* unit/decode/memory.h: a tracee's memory made of a few blocks, and ways in which reading it fails. */
#ifndef UNIT_DECODE_MEMORY_H
#define UNIT_DECODE_MEMORY_H

#include "decode/peek.h"

#include <stdbool.h>
#include <string.h>

/* Bytes at an address. No read reaches from one block into the next. */
struct block {
    uint64_t addr;
    const void *bytes;
    size_t len;
};

enum { BLOCKS_MAX = 8, WISHES_MAX = 256 };

struct memory {
    struct peek peek;
    const struct block *blocks; /* BLOCKS_MAX; bytes NULL: unused */
    unsigned reads;             /* so far */
    unsigned fail_at;           /* which of them fails, counted from 1; 0: none */
    /* As an engine does it: what is asked for is read after the run, and there at the next. */
    bool is_lazy;
    struct {
        uint64_t addr;
        size_t len;
    } wishes[WISHES_MAX];
    size_t n_wishes, n_granted;
};

static inline bool memory_granted(struct memory *memory, uint64_t addr, size_t len)
{
    for (size_t i = 0; i < memory->n_wishes; i++)
        if (memory->wishes[i].addr == addr && memory->wishes[i].len == len)
            return i < memory->n_granted;
    if (memory->n_wishes < WISHES_MAX) {
        memory->wishes[memory->n_wishes].addr = addr;
        memory->wishes[memory->n_wishes++].len = len;
    }
    return false;
}

static inline const uint8_t *memory_read(struct peek *peek, uint64_t addr, size_t len)
{
    struct memory *memory = (struct memory *)peek;

    memory->reads++;
    if (memory->reads == memory->fail_at || !len || (memory->is_lazy && !memory_granted(memory, addr, len)))
        return NULL;
    for (size_t i = 0; i < BLOCKS_MAX; i++) {
        const struct block *block = &memory->blocks[i];

        if (block->bytes && addr >= block->addr && addr - block->addr <= block->len &&
            len <= block->len - (addr - block->addr))
            return (const uint8_t *)block->bytes + (addr - block->addr);
    }
    return NULL;
}

#endif
