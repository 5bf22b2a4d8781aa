/* expect/linear.h: does another order of a role's events fit its pattern, one that could have been seen as
 * well?
 */
#ifndef EXPECT_LINEAR_H
#define EXPECT_LINEAR_H

#include "event/trace.h"
#include "expect/ast.h"
#include "model/model.h"

/*
 * For a role whose events don't fit in the order seen (match_end was false): is there an order in which they
 * fit, and in which no two of them change places that model_before, or the life of a socket, holds in their
 * order? `model` has folded the whole trace, and kept its order. The search is bounded: false may mean that
 * it gave up. A role with one task is not searched.
 */
bool linear_holds(const struct expect *expect, const struct role *role, const struct trace *trace,
                  const struct model *model);

#endif
