/* compare/bytes.c: hunks of a byte diff. */
#include "compare/bytes.h"

#include "compare/lcs.h"
#include "event/moment.h"

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

/* ---- numbers of the run's own ---- */

enum { DIGITS_MAX = 10, WORD_MAX = 64 };

static bool is_digit(const struct stream *stream, size_t at)
{
    return at < stream->cells.len && stream->cells.items[at] >= '0' && stream->cells.items[at] <= '9';
}

/* The digits around a place, up to the end of a hunk there at least. false: other bytes are among them, or
 * too many. */
static bool digits_around(const struct stream *stream, size_t from, size_t len, uint64_t *n)
{
    size_t to = from + len;

    while (from && is_digit(stream, from - 1))
        from--;
    while (is_digit(stream, to))
        to++;
    if (to == from || to - from > DIGITS_MAX)
        return false;
    for (*n = 0; from < to; from++) {
        if (!is_digit(stream, from))
            return false;
        *n = *n * 10 + (uint64_t)(stream->cells.items[from] - '0');
    }
    return true;
}

static bool is_decimal(const struct stream *const streams[2], const struct choice *const choices[2],
                       const struct hunk *hunk)
{
    for (int side = 0; side < 2; side++) {
        uint64_t n;

        if (!digits_around(streams[side], hunk->at[side], hunk->len[side], &n) ||
            !choice_is_number(choices[side], n))
            return false;
    }
    return true;
}

static bool is_int_at(const struct stream *stream, const struct choice *choice, size_t at)
{
    uint8_t bytes[sizeof(int32_t)];
    int32_t n;

    if (at + sizeof(bytes) > stream->cells.len)
        return false;
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)stream->cells.items[at + i];
    memcpy(&n, bytes, sizeof(n));
    return choice_is_pid(choice, n);
}

static bool is_int(const struct stream *const streams[2], const struct choice *const choices[2],
                   const struct hunk *hunk)
{
    if (hunk->len[0] != hunk->len[1] || hunk->len[0] > sizeof(int32_t))
        return false;
    for (size_t back = 0; back + hunk->len[0] <= sizeof(int32_t); back++)
        if (hunk->at[0] >= back && hunk->at[1] >= back &&
            is_int_at(streams[0], choices[0], hunk->at[0] - back) &&
            is_int_at(streams[1], choices[1], hunk->at[1] - back))
            return true;
    return false;
}

/* The text of at most WORD_MAX bytes from `from` on; its length, 0 where it is longer. */
static size_t word_of(const struct stream *stream, size_t from, size_t to, char *word)
{
    if (to - from > WORD_MAX)
        return 0;
    for (size_t i = from; i < to; i++)
        word[i - from] = (char)stream->cells.items[i];
    return to - from;
}

/* The values of a parameter stand here, with as many bytes that both have before and behind as it takes. */
static bool is_param(const struct stream *const streams[2], const struct choice *const choices[2],
                     const struct hunk *hunk)
{
    for (size_t before = 0; before < WORD_MAX && before <= hunk->at[0] && before <= hunk->at[1]; before++)
        for (size_t behind = 0; behind < WORD_MAX; behind++) {
            char words[2][WORD_MAX];
            const char *names[2] = {NULL, NULL};

            for (int side = 0; side < 2; side++) {
                size_t to = hunk->at[side] + hunk->len[side] + behind;
                size_t len = to > streams[side]->cells.len
                                 ? 0
                                 : word_of(streams[side], hunk->at[side] - before, to, words[side]);

                names[side] = len ? choice_param(choices[side], words[side], len) : NULL;
            }
            if (names[0] && names[1] && !strcmp(names[0], names[1]))
                return true;
        }
    return false;
}

/* Is the place within a moment of this run, as it is written there? */
static bool is_in_moment(const struct stream *stream, const struct choice *choice, size_t from, size_t to)
{
    struct moments moments = moments_of(choice->trace);
    size_t first = from > MOMENT_LONGEST ? from - MOMENT_LONGEST : 0;

    for (size_t at = first; at <= from && at < stream->cells.len; at++) {
        uint8_t bytes[MOMENT_LONGEST];
        size_t len = 0;

        for (; len < sizeof(bytes) && at + len < stream->cells.len; len++)
            bytes[len] = (uint8_t)stream->cells.items[at + len];
        if (at + moment_len(&moments, bytes, len) >= to)
            return true;
    }
    return false;
}

static bool is_moment(const struct stream *const streams[2], const struct choice *const choices[2],
                      const struct hunk *hunk)
{
    for (int side = 0; side < 2; side++)
        if (!is_in_moment(streams[side], choices[side], hunk->at[side], hunk->at[side] + hunk->len[side]))
            return false;
    return true;
}

static void drop_chosen(const struct stream *const streams[2], const struct choice *const choices[2],
                        struct hunks *hunks)
{
    size_t n = 0;

    for (size_t i = 0; i < hunks->list.len; i++) {
        const struct hunk *hunk = &hunks->list.items[i];

        if (!is_decimal(streams, choices, hunk) && !is_int(streams, choices, hunk) &&
            !is_param(streams, choices, hunk) && !is_moment(streams, choices, hunk))
            hunks->list.items[n++] = *hunk;
    }
    hunks->list.len = n;
}

size_t bytes_diff(const struct stream *old, const struct stream *now, const struct choice *const choices[2],
                  struct arena *arena, const struct hunk **hunks)
{
    const struct stream *const streams[2] = {old, now};
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
    drop_chosen(streams, choices, &found);
    n = found.list.len;
    *hunks = (const struct hunk *)arena_memdup(arena, found.list.items, n * sizeof(struct hunk));
    vec_release(&found.list);
    free(twins);
    free(a);
    free(b);
    return n;
}
