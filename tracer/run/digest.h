/* run/digest.h: a trace of any length, matched while it goes by; of the trace itself only what a judge looks
 * at besides. */
#ifndef RUN_DIGEST_H
#define RUN_DIGEST_H

#include "run/run.h"

struct digest;

/*
 * A sink for the trace that run->verdict.expect is to be held against: its events are folded and matched, and
 * forgotten. run->trace gets the first event of each role, starts, the exits of what was started, calls cut
 * off at the end, LOST and ROLE records. It takes memory for what is open at a time, not for what came
 * before. The head is the caller's matter.
 */
struct digest *digest_new(struct run *run);
void digest_free(struct digest *digest);
void digest_event(struct digest *digest, struct event *event);

/*
 * The trace is over. true: every role's calls hold, and run->trace has all that rules point at: judge(run)
 * comes to the same verdict as with the whole trace. Otherwise it has to be read again. run->heard is set in
 * either case.
 */
bool digest_end(struct digest *digest);

/*
 * The second reading, in the same order: does it take this event to tell why the verdict is as it is? What is
 * left out are lives of sockets as a whole, long before or behind the place where a role fails, and what no
 * rule looks at. That the rest fails at the same place is for the caller to see.
 */
bool digest_wants(struct digest *digest, const struct event *event);

/* How many events there were. */
size_t digest_length(const struct digest *digest);

#endif
