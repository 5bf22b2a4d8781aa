/* expect/total.c: counts, and matches byte by byte: what a socket moved may be long, and is not kept. */
#include "expect/total.h"

#include "expect/unify.h"

#include <string.h>
#include <sys/socket.h>

/*
 * A text with `...` is matched at all its places at a time. Its places are numbered through its pieces: each
 * byte of a literal piece is one, and so is each `...`; the last number stands behind them all.
 */
static size_t piece_places(const struct pat_piece *piece)
{
    return piece->any ? 1 : piece->len;
}

static size_t all_places(const struct pat *text)
{
    size_t n = 0;

    for (size_t i = 0; i < text->str.len; i++)
        n += piece_places(&text->str.pieces[i]);
    return n;
}

static bool needs_bytes(const struct pat *text)
{
    for (size_t i = 0; i < text->str.len; i++)
        if (!text->str.pieces[i].any)
            return true;
    return false;
}

static const struct pat_piece *piece_at(const struct pat *text, size_t place, size_t *offset)
{
    for (size_t i = 0; i < text->str.len; i++) {
        if (place < piece_places(&text->str.pieces[i])) {
            *offset = place;
            return &text->str.pieces[i];
        }
        place -= piece_places(&text->str.pieces[i]);
    }
    return NULL;
}

const struct step *total_of(const struct block *block, const struct event *event)
{
    const struct step *step = block->totals[canon_is_send(event->canon)];
    const struct value *flags = event->ncargs > 2 ? value_final(event->cargs[2]) : NULL;
    const uint8_t *bytes;
    uint64_t full;
    size_t len;
    int64_t n;

    if (!step || event->kind != EVENT_CALL || event->unfinished || block_ignores(block, event) ||
        !event_data(event, &bytes, &len, &full))
        return NULL;
    return value_number(flags, &n) && (n & (MSG_PEEK | MSG_OOB)) ? NULL : step;
}

static bool is_plain(const struct pat *text)
{
    return text->str.len == 0 || (text->str.len == 1 && !text->str.pieces[0].any);
}

/* Bytes behind the first `len` were not recorded, and may be any. */
static void add_plain(struct sum *sum, const struct total *total, const uint8_t *bytes, size_t len,
                      uint64_t full)
{
    const struct pat_piece *piece = total->text->str.pieces;
    size_t period = total->text->str.len ? piece->len : 0;

    if (full > period * (uint64_t)total->times - sum->len)
        sum->fails = true;
    for (size_t i = 0; i < len && !sum->fails; i++)
        sum->fails = (uint8_t)piece->bytes[(sum->len + i) % period] != bytes[i];
}

/* `...` needs no byte: what lies behind it is reached with it. Into `spare`, which stays ascending. */
static void add_place(struct sum *sum, const struct pat *text, size_t place)
{
    const struct pat_piece *piece;
    size_t offset;

    do {
        if (sum->spare.len == 0 || sum->spare.items[sum->spare.len - 1] < place)
            vec_push(&sum->spare, place);
        piece = piece_at(text, place++, &offset);
    } while (piece && piece->any);
}

/* What was gathered in `spare` are the places now. false: they are the same as before. */
static bool turn_places(struct sum *sum)
{
    size_t *items = sum->spare.items, len = sum->spare.len, cap = sum->spare.cap;
    bool same = len == sum->places.len && memcmp(items, sum->places.items, len * sizeof(*items)) == 0;

    sum->spare.items = sum->places.items;
    sum->spare.cap = sum->places.cap;
    sum->spare.len = 0;
    sum->places.items = items;
    sum->places.len = len;
    sum->places.cap = cap;
    return !same;
}

/* NULL: a byte that was not recorded. false: the places stay the same. */
static bool add_globbed(struct sum *sum, const struct pat *text, const uint8_t *byte)
{
    vec_each (size_t, place, &sum->places) {
        size_t offset;
        const struct pat_piece *piece = piece_at(text, *place, &offset);

        if (!piece)
            continue;
        if (piece->any)
            add_place(sum, text, *place);
        else if (!byte || (uint8_t)piece->bytes[offset] == *byte)
            add_place(sum, text, *place + 1);
    }
    sum->fails = sum->spare.len == 0;
    return turn_places(sum);
}

static void begin_globbed(struct sum *sum, const struct pat *text)
{
    if (sum->places.len || sum->fails)
        return;
    add_place(sum, text, 0);
    turn_places(sum);
}

static void sum_add(struct sum *sum, const struct total *total, const struct event *event)
{
    const uint8_t *bytes;
    uint64_t full;
    size_t len;

    if (sum->fails || !event_data(event, &bytes, &len, &full))
        return;
    if (total->text && is_plain(total->text)) {
        add_plain(sum, total, bytes, len, full);
    } else if (total->text) {
        begin_globbed(sum, total->text);
        for (uint64_t i = 0; i < full && !sum->fails; i++)
            if (!add_globbed(sum, total->text, i < len ? &bytes[i] : NULL) && i >= len)
                break;
    }
    sum->len += full;
}

static bool fits_count(const struct pat *count, uint64_t n)
{
    struct arena arena = {0};
    struct names names = {.fixed = true, .arena = &arena};
    bool fits = unify(&names, count, value_uint(&arena, n, INT_DEC));

    arena_release(&arena);
    return fits;
}

static bool sum_fits(const struct sum *sum, const struct total *total)
{
    if (sum->fails)
        return false;
    if (!total->text)
        return fits_count(total->count, sum->len);
    if (is_plain(total->text))
        return sum->len == all_places(total->text) * (uint64_t)total->times;
    if (sum->len == 0)
        return !needs_bytes(total->text);
    return sum->places.items[sum->places.len - 1] == all_places(total->text);
}

bool sums_add(struct sums *sums, const struct block *block, const struct event *event)
{
    const struct step *step = total_of(block, event);
    struct sum *sum = &sums->of[canon_is_send(event->canon)];

    if (step)
        sum_add(sum, &step->total, event);
    return !sum->fails;
}

const struct step *sums_wrong(const struct sums *sums, const struct block *block, bool is_send)
{
    const struct step *step = block->totals[is_send];

    return step && !sum_fits(&sums->of[is_send], &step->total) ? step : NULL;
}

void sums_release(struct sums *sums)
{
    for (size_t i = 0; i < ARRAY_LEN(sums->of); i++) {
        vec_release(&sums->of[i].places);
        vec_release(&sums->of[i].spare);
    }
}
