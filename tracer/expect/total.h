/* expect/total.h: all bytes that a socket moved in one direction, against `sends` or `receives`. */
#ifndef EXPECT_TOTAL_H
#define EXPECT_TOTAL_H

#include "base/vec.h"
#include "expect/program.h"

/* How far the bytes of one direction have come; nothing of them is kept. */
struct sum {
    uint64_t len;
    VEC(size_t) places; /* in a text with `...`: those up to which it may have been matched, ascending */
    VEC(size_t) spare;
    bool fails; /* whatever comes, they fit no more */
};

/* A zeroed one has seen no bytes. */
struct sums {
    struct sum of[2]; /* [0] received, [1] sent */
};

/*
 * The block's `sends` or `receives` that counts this call where it is on the block's socket, or NULL.
 * Successful calls count; looking ahead and urgent bytes don't.
 */
const struct step *total_of(const struct block *block, const struct event *event);

/* Take a call on the block's socket. false: the bytes can't come to what the block asks for any more. */
bool sums_add(struct sums *sums, const struct block *block, const struct event *event);

/* The block's `sends` or `receives` where the bytes are others than it asks for; else NULL. */
const struct step *sums_wrong(const struct sums *sums, const struct block *block, bool is_send);

void sums_release(struct sums *sums);

#endif
