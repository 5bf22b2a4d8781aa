/* grade/family.h: a process with all that came of it, also what has left its session and lost its parents. */
#ifndef GRADE_FAMILY_H
#define GRADE_FAMILY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* What a family takes, the root and those kept left out. */
struct family_state {
    size_t tasks;        /* threads */
    uint64_t memory;     /* bytes that are in use */
    uint64_t of_keep[2]; /* the same of each one kept */
};

/*
 * `root` is what orphans are handed to: the first process of a namespace of processes, or one with
 * PR_SET_CHILD_SUBREAPER. `keep`: two of its descendants that are left out; 0: none.
 */
void family_look(pid_t root, const pid_t keep[2], struct family_state *state);

/*
 * Kill all descendants but those kept; theirs are killed, too. Goes on until none is left, or for `most_ms`.
 * Returns how many are left. The caller reaps what becomes its child.
 */
size_t family_end(pid_t root, const pid_t keep[2], unsigned most_ms);

#endif
