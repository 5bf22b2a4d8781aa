/* run/causes.h: why a verdict fails, the first cause first. */
#ifndef RUN_CAUSES_H
#define RUN_CAUSES_H

#include "run/run.h"

/* Fill in run->verdict.causes from its roles, and from the findings where no role fails. */
void causes_collect(struct run *run);

#endif
