/* compare/bytes.c: hunks of a byte diff. */
#include "compare/bytes.h"

#include "compare/lcs.h"

#include <stdlib.h>
#include <string.h>

/* Differences that are nearer to each other are one: a byte that is the same by chance is no news. */
enum { HUNK_APART = 4 };

struct hunks {
    VEC(struct hunk) list;
};

static uint64_t *elements_of(const struct stream *stream)
{
    uint64_t *elements = alloc_zeroed((stream->cells.len + 1) * sizeof(*elements));

    for (size_t i = 0; i < stream->cells.len; i++)
        elements[i] = stream->cells.items[i] == CELL_UNKNOWN ? LCS_ANY : stream->cells.items[i];
    return elements;
}

static void add(struct hunks *hunks, struct hunk hunk)
{
    struct hunk *last = hunks->list.len ? &hunks->list.items[hunks->list.len - 1] : NULL;

    if (!last || hunk.at[0] - (last->at[0] + last->len[0]) >= HUNK_APART) {
        vec_push(&hunks->list, hunk);
        return;
    }
    for (int side = 0; side < 2; side++)
        last->len[side] = hunk.at[side] + hunk.len[side] - last->at[side];
}

static void collect(const size_t *twins, size_t nold, size_t nnow, struct hunks *hunks)
{
    size_t k = 0;

    for (size_t i = 0; i <= nold; i++) {
        size_t from = i, until;

        while (i < nold && twins[i] == LCS_NONE)
            i++;
        until = i < nold ? twins[i] : nnow;
        if (i > from || until > k)
            add(hunks, (struct hunk){{from, k}, {i - from, until - k}});
        k = until + 1;
    }
}

size_t bytes_diff(const struct stream *old, const struct stream *now, struct arena *arena,
                  const struct hunk **hunks)
{
    size_t nold = old->cells.len, nnow = now->cells.len;
    struct hunks found = {0};
    uint64_t *a, *b;
    size_t *twins, n;

    *hunks = NULL;
    if (nold == nnow &&
        (!nold || !memcmp(old->cells.items, now->cells.items, nold * sizeof(*old->cells.items))))
        return 0;
    a = elements_of(old);
    b = elements_of(now);
    twins = alloc_zeroed((nold + 1) * sizeof(*twins));
    lcs(a, nold, b, nnow, twins);
    collect(twins, nold, nnow, &found);
    n = found.list.len;
    *hunks = (const struct hunk *)arena_memdup(arena, found.list.items, n * sizeof(struct hunk));
    vec_release(&found.list);
    free(twins);
    free(a);
    free(b);
    return n;
}
