/* base/alloc.c: malloc and friends, checked. */
#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void out_of_memory(void)
{
    fputs("sockdrill: out of memory\n", stderr);
    exit(4);
}

void *alloc_zeroed(size_t size)
{
    void *p = calloc(1, size ? size : 1);

    if (!p)
        out_of_memory();
    return p;
}

void *alloc_resize(void *old, size_t count, size_t size)
{
    size_t total;
    void *p;

    if (__builtin_mul_overflow(count, size, &total))
        out_of_memory();
    p = realloc(old, total ? total : 1);
    if (!p)
        out_of_memory();
    return p;
}

char *alloc_strdup(const char *s)
{
    char *p = strdup(s);

    if (!p)
        out_of_memory();
    return p;
}
