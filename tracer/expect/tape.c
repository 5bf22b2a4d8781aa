/* expect/tape.c: string patterns on streams: earliest match of each piece, so that what is held back stays
 * small. */
#include "expect/tape.h"

uint64_t tape_len(const struct tape *tape)
{
    return tape->nhead + tape->full;
}

uint16_t tape_at(const struct tape *tape, uint64_t at)
{
    if (at < tape->nhead)
        return tape->head[at];
    at -= tape->nhead;
    return at < tape->len ? tape->bytes[at] : TAPE_UNKNOWN;
}

/* How many bytes of the piece stand at `at`, up to its end or the tape's; `len + 1` where they differ. */
static size_t piece_at(const struct tape *tape, const struct pat_piece *piece, uint64_t at)
{
    uint64_t room = tape_len(tape) - at;

    for (size_t i = 0; i < piece->len; i++) {
        uint16_t cell;

        if (i == room)
            return i;
        cell = tape_at(tape, at + i);
        if (cell != TAPE_UNKNOWN && cell != (uint8_t)piece->bytes[i])
            return piece->len + 1;
    }
    return piece->len;
}

/* The first place from `at` on where the whole piece stands; the tape's length where there is none. */
static uint64_t piece_find(const struct tape *tape, const struct pat_piece *piece, uint64_t at)
{
    for (; at + piece->len <= tape_len(tape); at++)
        if (piece_at(tape, piece, at) == piece->len)
            return at;
    return tape_len(tape);
}

/* Only an end in the present call counts: one that lies before was there to be taken earlier. */
static void add_end(const struct tape *tape, struct tape_fit *fit, uint64_t end)
{
    if (end <= tape->nhead)
        return;
    if (fit->nends == TAPE_MAX_ENDS)
        fit->nends--;
    fit->ends[fit->nends++] = end;
}

/* The last piece after a `...`: it may stand anywhere from `at` on. */
static void match_last(const struct tape *tape, const struct pat_piece *piece, uint64_t at,
                       struct tape_fit *fit)
{
    while ((at = piece_find(tape, piece, at)) < tape_len(tape)) {
        add_end(tape, fit, at + piece->len);
        at++;
    }
}

static void leave_open(const struct tape *tape, size_t i, size_t need, uint64_t at, struct tape_fit *fit)
{
    uint64_t len = tape_len(tape);

    fit->open = true;
    fit->state = i + 1;
    fit->keep = len - at < need ? at : len - need;
}

void tape_match(const struct tape *tape, const struct pat_piece *pieces, size_t npieces, size_t state,
                struct tape_fit *fit)
{
    uint64_t len = tape_len(tape), at = 0;
    size_t i = state ? state - 1 : 0;

    fit->nends = 0;
    fit->open = false;
    for (; i < npieces && !pieces[i].any; i++) {
        size_t n = piece_at(tape, &pieces[i], at);

        if (n < pieces[i].len) {
            fit->open = true;
            fit->state = 0;
            fit->keep = 0;
        }
        if (n != pieces[i].len)
            return;
        at += n;
    }
    /* From here on pieces[i] is `...`; the parser puts no two of a kind side by side. */
    while (i < npieces) {
        if (i + 1 == npieces) {
            leave_open(tape, i, 0, at, fit);
            add_end(tape, fit, len);
            return;
        }
        if (i + 2 == npieces) {
            leave_open(tape, i, pieces[i + 1].len - 1, at, fit);
            match_last(tape, &pieces[i + 1], at, fit);
            return;
        }
        uint64_t found = piece_find(tape, &pieces[i + 1], at);
        if (found == len) {
            leave_open(tape, i, pieces[i + 1].len - 1, at, fit);
            return;
        }
        at = found + pieces[i + 1].len;
        i += 2;
    }
    add_end(tape, fit, at);
}

bool tape_fits(const struct pat_piece *pieces, size_t npieces, const uint8_t *bytes, size_t len,
               uint64_t full)
{
    struct tape tape = {.bytes = bytes, .len = len, .full = full};
    struct tape_fit fit;

    if (full == 0) {
        for (size_t i = 0; i < npieces; i++)
            if (!pieces[i].any && pieces[i].len)
                return false;
        return true;
    }
    tape_match(&tape, pieces, npieces, 0, &fit);
    return fit.nends && fit.ends[fit.nends - 1] == full;
}
