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

/* Does the runner say here that a role's time was up, or that it hung: that it ends it, out of turn? */
bool judge_is_timeout(const struct event *event, struct arena *scratch);

/*
 * Had the call not returned when time was up for the first role (UINT64_MAX: it never was), or did it only
 * because of what the runner did then? `timed_out`: its own role's time was up before.
 */
bool judge_is_cut_off(const struct event *event, bool timed_out, uint64_t up_ns);

#endif
