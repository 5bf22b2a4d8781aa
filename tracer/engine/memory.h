/* engine/memory.h: what a stopped task's memory held: read in few system calls, kept after it runs on. */
#ifndef ENGINE_MEMORY_H
#define ENGINE_MEMORY_H

#include "base/arena.h"
#include "base/vec.h"
#include "decode/peek.h"

#include <stdbool.h>
#include <sys/types.h>

/* A range that a decoder asked for. */
struct memory_range {
    uint64_t addr;
    size_t len;
    uint8_t *bytes; /* NULL: not read yet, or `failed` */
    bool failed;
};

/*
 * A decoder runs over a snapshot and finds some ranges missing; memory_fetch reads all of these at once
 * (process_vm_readv(2)); the decoder runs again, deeper. Once the task runs on, what is not there is
 * unreadable.
 */
struct memory {
    struct peek peek;
    struct arena *arena; /* holds the bytes */
    VEC(struct memory_range) ranges;
    size_t fetched;     /* ranges before this index have been tried */
    unsigned fail_read; /* that range counts as unreadable, counted from 1; 0: none */
};

/* Empty it for the next event; keeps its storage. */
void memory_begin(struct memory *memory, struct arena *arena);

/* Read what was asked for since the last fetch. Returns false where nothing was asked for. */
bool memory_fetch(struct memory *memory, pid_t tid);

void memory_release(struct memory *memory);

/* Up to MEMORY_MOST_RANGES ranges in one call, into the `bytes` that they have. Those that can't be read are
 * `failed`, and their `bytes` NULL. */
enum { MEMORY_MOST_RANGES = 256 };
void memory_read_ranges(pid_t tid, struct memory_range *ranges, size_t n);

/* `len` bytes at once, for the engine's own needs. */
bool memory_read(pid_t tid, uint64_t addr, void *bytes, size_t len);

/* Into a stopped task, also where its own pages are read-only to it. */
bool memory_write(pid_t tid, uint64_t addr, const void *bytes, size_t len);

#endif
