/* compare/twins.h: which item of a socket's story is which in the other trace. */
#ifndef COMPARE_TWINS_H
#define COMPARE_TWINS_H

#include "compare/script.h"

/*
 * Sets `twin` of the items of a strand and of its twin: of those that say the same, in order first, then
 * wherever they stand; then of those that are the same call in the same place with other arguments. What is
 * loose is one item however often it happened: the others become ITEM_CHANCE.
 */
void twins_find(struct strand *old);

/* Of two items of the same call: is it another option or command, not this one with something changed? */
bool twins_differ_in_kind(const struct item *old, const struct item *now);

#endif
