/* expect/tape.h: bytes of a stream as they come in, piece by piece, against a string pattern. */
#ifndef EXPECT_TAPE_H
#define EXPECT_TAPE_H

#include "expect/ast.h"

enum { TAPE_UNKNOWN = 256 }; /* a cell: a byte, or one that the snap length cut off */

/* Bytes held back from earlier calls, and those of the present one: the first `len` of `full`. */
struct tape {
    const uint16_t *head;
    size_t nhead;
    const uint8_t *bytes;
    size_t len;
    uint64_t full;
};

uint64_t tape_len(const struct tape *tape);
uint16_t tape_at(const struct tape *tape, uint64_t at);

/* Both ends of how a pattern may be complete: so many are told apart; the last one always is among them. */
enum { TAPE_MAX_ENDS = 32 };

struct tape_fit {
    uint64_t ends[TAPE_MAX_ENDS]; /* ascending: the pattern is exactly the first so many bytes, the last of
                                     them new */
    size_t nends;
    bool open;     /* more bytes may still complete it… */
    size_t state;  /* …from this state, */
    uint64_t keep; /* of the bytes from here on */
};

/*
 * Match from `state` (0: the beginning) the pieces of a string pattern against the tape. Unknown cells equal
 * any byte. A
 * `...` at the end is complete at the end of the tape.
 */
void tape_match(const struct tape *tape, const struct pat_piece *pieces, size_t npieces, size_t state,
                struct tape_fit *fit);

/* Does the pattern fit the bytes as a whole? */
bool tape_fits(const struct pat_piece *pieces, size_t npieces, const uint8_t *bytes, size_t len,
               uint64_t full);

#endif
