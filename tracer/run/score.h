/* run/score.h: the points of an expectation that a run has earned. */
#ifndef RUN_SCORE_H
#define RUN_SCORE_H

#include "run/run.h"

/*
 * Fill in run->verdict.scores from its roles. A block's `points` are earned where its own lines hold: those
 * of blocks inside it that have points of their own do not count. Those of a role's block also ask for how it
 * ends, what it prints, its time limit, and that no finding fails it. Where the role's pattern does not hold
 * as a whole, a block has also to have come to something. What several copies of a role do is earned where
 * all of them earn it.
 */
void score(struct run *run);

/* What all points of an expectation come to; 0: it has none. */
long score_possible(const struct expect *expect);

#endif
