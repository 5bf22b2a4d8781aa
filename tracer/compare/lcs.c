/* compare/lcs.c: Myers, "An O(ND) difference algorithm and its variations" (1986), with a limit. */
#include "compare/lcs.h"

#include "base/alloc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORK_MAX = 1 << 24, /* steps */
    EDITS_MIN = 64,
    EDITS_MAX = 2048, /* each edit more takes memory for all before it */
};

static bool same(uint64_t a, uint64_t b)
{
    return a == b || a == LCS_ANY || b == LCS_ANY;
}

/* The part between what both begin and end with. */
struct middle {
    const uint64_t *a, *b;
    long na, nb;
};

/* How far a path with d edits came on each diagonal: the snapshot of d is 2 * d + 1 numbers at d * d. */
static long *snapshot(long *all, long d)
{
    return all + d * d;
}

static long follow(const struct middle *middle, long x, long k)
{
    while (x < middle->na && x - k < middle->nb && same(middle->a[x], middle->b[x - k]))
        x++;
    return x;
}

/* Where the best path with d edits meets diagonal k: from the one above or the one on the left. */
static long begin_of(const long *before, long d, long k)
{
    const long *at = before + d - 1; /* diagonal 0 of the snapshot of d - 1 */

    if (k == -d)
        return at[k + 1];
    if (k == d)
        return at[k - 1] + 1;
    return at[k - 1] < at[k + 1] ? at[k + 1] : at[k - 1] + 1;
}

/* The number of edits, all snapshots behind it; -1: more than `limit`. */
static long search(const struct middle *middle, long limit, long **all)
{
    long cap = 64;

    *all = alloc_resize(NULL, (size_t)cap, sizeof(**all));
    for (long d = 0; d <= limit; d++) {
        long *now, need = (d + 1) * (d + 1);

        while (cap < need)
            cap *= 2;
        *all = alloc_resize(*all, (size_t)cap, sizeof(**all));
        now = snapshot(*all, d) + d;
        for (long k = -d; k <= d; k++) {
            now[k] = 0;
            if ((k + d) % 2)
                continue;
            now[k] = follow(middle, d ? begin_of(snapshot(*all, d - 1), d, k) : 0, k);
            if (now[k] >= middle->na && now[k] - k >= middle->nb)
                return d;
        }
    }
    return -1;
}

/* Back along the path: what lies on diagonals is common. */
static void trace_back(const struct middle *middle, long *all, long d, size_t *twins, size_t skipped)
{
    long x = middle->na, y = middle->nb;

    for (; d >= 0; d--) {
        const long *before = d ? snapshot(all, d - 1) : NULL;
        long k = x - y, begin = d ? begin_of(before, d, k) : 0;

        for (; x > begin; x--, y--)
            twins[x - 1] = (size_t)(y - 1) + skipped;
        /* One step along an edge leads to where the diagonal began. */
        if (d && k < d - 1 && before[d - 1 + k + 1] == begin)
            y--;
        else
            x--;
    }
}

void lcs(const uint64_t *a, size_t na, const uint64_t *b, size_t nb, size_t *twins)
{
    struct middle middle;
    size_t from = 0;
    long limit, d, *all;

    for (size_t i = 0; i < na; i++)
        twins[i] = LCS_NONE;
    for (; from < na && from < nb && same(a[from], b[from]); from++)
        twins[from] = from;
    for (; na > from && nb > from && same(a[na - 1], b[nb - 1]); na--, nb--)
        twins[na - 1] = nb - 1;
    if (from == na || from == nb)
        return;
    middle = (struct middle){a + from, b + from, (long)(na - from), (long)(nb - from)};
    limit = WORK_MAX / (middle.na + middle.nb);
    limit = limit < EDITS_MIN ? EDITS_MIN : limit > EDITS_MAX ? EDITS_MAX : limit;
    d = search(&middle, limit, &all);
    if (d >= 0)
        trace_back(&middle, all, d, twins + from, from);
    free(all);
}
