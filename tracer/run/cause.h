/* run/cause.h: one cause of a verdict that fails, and how early it is. */
#ifndef RUN_CAUSE_H
#define RUN_CAUSE_H

#include "run/run.h"

/*
 * How early a cause is: what a role did wrong itself comes before what it got, or did not get, from another,
 * before what kept it waiting, before how it ended; then by time.
 */
struct rank {
    enum { RANK_OWN_DOING, RANK_RECEIVING, RANK_LEFT_WAITING, RANK_ENDED } class;
    uint64_t seq;
};

struct ranked {
    struct rank rank;
    struct cause cause;
};

/* The row that says best what the role did first; NULL: its calls hold. */
const struct align_row *cause_first_row(const struct run *run, const struct role_verdict *role);

/* Is this where the role came to, in a call that never returned? */
bool cause_is_waiting(const struct role_verdict *role, const struct align_row *row);

struct rank cause_rank_of_row(const struct run *run, const struct role_verdict *role,
                              const struct align_row *row);
struct ranked cause_of_row(struct run *run, const struct role_verdict *role, const struct align_row *row);

/* What the row that never returned waits for: the end of a connection that was closed, but not everywhere. It
 * shows where the row is. */
struct ranked cause_of_keeping(struct run *run, struct ranked waiting, const struct event *closed);

/* How the role ended; its time was up; what it printed. `is_all`: nothing else of it is told, so that its
 * last call, where that failed, is. */
struct ranked cause_of_ending(struct run *run, const struct role_verdict *role, bool is_all);
struct ranked cause_of_timeout(struct run *run, const struct role_verdict *role);
struct ranked cause_of_stdout(struct run *run, const struct role_verdict *role);

/* Nothing in the run could move any more: told once, with the first role that hung. */
bool cause_is_of_hang(const struct run *run, const struct role_verdict *role);
struct ranked cause_of_hang(struct run *run, const struct role_verdict *first);

/*
 * Did the role come to its end, or stay busy with something else, before what is missing from `row` on? One
 * that ended and said that all went well left it out.
 */
bool cause_broke_off(const struct role_verdict *role, const struct align_row *row);
struct ranked cause_of_breaking_off(struct run *run, const struct role_verdict *role,
                                    const struct align_row *row);

/* The step as a cause names it. */
const char *cause_step_name(const struct run *run, const struct step *step, struct arena *arena);

/* "accept failed with EMFILE" */
const char *cause_failed_text(const struct event *event, struct arena *arena);

/* What the role did right before the row, or NULL; and did it end by itself, and not well? */
const struct event *cause_event_before(const struct role_verdict *role, const struct align_row *row);
bool cause_ended_badly(const struct role_verdict *role);

#endif
