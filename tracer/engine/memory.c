/* engine/memory.c: process_vm_readv(2), many ranges at a time; ptrace(2) word by word where that is refused.
 */
#include "engine/memory.h"

#include "base/buf.h"

#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

enum { MOST_BYTES = 16 * 1024 * 1024 };

static const uint8_t *snapshot_read(struct peek *peek, uint64_t addr, size_t len)
{
    struct memory *memory = (struct memory *)peek;

    vec_each (struct memory_range, range, &memory->ranges) {
        if (addr < range->addr || len > range->len || addr - range->addr > range->len - len)
            continue;
        if (range->bytes)
            return range->bytes + (addr - range->addr);
        if (range->addr == addr && range->len == len)
            return NULL; /* failed, or already on the list */
    }
    if (len && len <= MOST_BYTES)
        vec_push(&memory->ranges, (struct memory_range){.addr = addr, .len = len});
    return NULL;
}

void memory_begin(struct memory *memory, struct arena *arena)
{
    memory->peek.read = snapshot_read;
    memory->arena = arena;
    memory->ranges.len = 0;
    memory->fetched = 0;
}

void memory_release(struct memory *memory)
{
    vec_release(&memory->ranges);
}

static bool peek_words(pid_t tid, uint64_t addr, uint8_t *bytes, size_t len)
{
    while (len) {
        uint64_t at = addr & ~(uint64_t)(sizeof(long) - 1);
        size_t skip = (size_t)(addr - at), n = sizeof(long) - skip;
        long word;

        errno = 0;
        word = ptrace(PTRACE_PEEKDATA, tid, (void *)(uintptr_t)at, 0);
        if (errno)
            return false;
        if (n > len)
            n = len;
        memcpy(bytes, (uint8_t *)&word + skip, n);
        addr += n;
        bytes += n;
        len -= n;
    }
    return true;
}

bool memory_read(pid_t tid, uint64_t addr, void *bytes, size_t len)
{
    struct iovec local = {bytes, len}, remote = {(void *)(uintptr_t)addr, len};
    ssize_t got = process_vm_readv(tid, &local, 1, &remote, 1, 0);

    if (got < 0 && (errno == ENOSYS || errno == EPERM))
        return peek_words(tid, addr, bytes, len);
    return got == (ssize_t)len;
}

/* Where one of them can't be read the rest is read one by one. */
void memory_read_ranges(pid_t tid, struct memory_range *ranges, size_t n)
{
    struct iovec local[MEMORY_MOST_RANGES], remote[MEMORY_MOST_RANGES];
    ssize_t total = 0, got;

    if (!n)
        return;
    for (size_t i = 0; i < n; i++) {
        local[i] = (struct iovec){ranges[i].bytes, ranges[i].len};
        remote[i] = (struct iovec){(void *)(uintptr_t)ranges[i].addr, ranges[i].len};
        total += (ssize_t)ranges[i].len;
    }
    got = process_vm_readv(tid, local, n, remote, n, 0);
    if (got == total)
        return;
    for (size_t i = 0; i < n; i++) {
        if (got >= (ssize_t)ranges[i].len) {
            got -= (ssize_t)ranges[i].len;
            continue;
        }
        got = 0;
        if (!memory_read(tid, ranges[i].addr, ranges[i].bytes, ranges[i].len)) {
            ranges[i].failed = true;
            ranges[i].bytes = NULL;
        }
    }
}

bool memory_fetch(struct memory *memory, pid_t tid)
{
    size_t from = memory->fetched, to = memory->ranges.len;

    if (from == to)
        return false;
    for (size_t i = from; i < to; i++)
        memory->ranges.items[i].bytes = arena_alloc(memory->arena, memory->ranges.items[i].len);
    for (size_t i = from; i < to; i += MEMORY_MOST_RANGES)
        memory_read_ranges(tid, memory->ranges.items + i,
                           to - i < MEMORY_MOST_RANGES ? to - i : MEMORY_MOST_RANGES);
    if (memory->fail_read > from && memory->fail_read <= to)
        memory->ranges.items[memory->fail_read - 1].bytes = NULL;
    memory->fetched = to;
    return true;
}

/* POKEDATA writes read-only pages too (ptrace(2)). What stands beside the bytes in a word stays. */
static bool poke_words(pid_t tid, uint64_t addr, const uint8_t *bytes, size_t len)
{
    while (len) {
        uint64_t at = addr & ~(uint64_t)(sizeof(long) - 1);
        size_t skip = (size_t)(addr - at), n = sizeof(long) - skip;
        long word;

        if (!peek_words(tid, at, (uint8_t *)&word, sizeof(word)))
            return false;
        if (n > len)
            n = len;
        memcpy((uint8_t *)&word + skip, bytes, n);
        if (ptrace(PTRACE_POKEDATA, tid, (void *)(uintptr_t)at, (void *)word) < 0)
            return false;
        addr += n;
        bytes += n;
        len -= n;
    }
    return true;
}

bool memory_write(pid_t tid, uint64_t addr, const void *bytes, size_t len)
{
    struct iovec local = {(void *)bytes, len}, remote = {(void *)(uintptr_t)addr, len};

    return process_vm_writev(tid, &local, 1, &remote, 1, 0) == (ssize_t)len ||
           poke_words(tid, addr, bytes, len);
}
