/* run/judge.h: from a trace and an expectation to a verdict. Pure: starts nothing, reads no clock. */
#ifndef RUN_JUDGE_H
#define RUN_JUDGE_H

#include "run/run.h"

/*
 * Fold run->trace, match it with run->verdict.expect, look for mistakes, and fill in the rest of
 * run->verdict. Everything lives in `run`. Roles of which run->heard says that they hold are not matched
 * again; what was judged before with another trace is forgotten.
 */
void judge(struct run *run);

#endif
