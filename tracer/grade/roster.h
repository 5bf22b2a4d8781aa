/* grade/roster.h: what a class came to: for spreadsheets, for programs, for people. */
#ifndef GRADE_ROSTER_H
#define GRADE_ROSTER_H

#include "grade/mark.h"

/* A mistake, and how many submissions have it. */
struct roster_cause {
    const char *rule; /* "SD021", "sockdrill/missing-call" */
    const char *what; /* the rule's title; or what was told */
    size_t students;
};

/*
 * Nothing in it depends on when, where or in which order submissions were graded: the same marks give the
 * same bytes.
 */
struct roster {
    const struct mark *const *marks; /* by name */
    size_t len;
    bool is_complete; /* the whole class is there */
    size_t counts[OUTCOME_FAULT + 1];
    VEC(struct roster_cause)
    causes; /* findings, and first causes that no rule tells of; most frequent first */
    struct arena arena;
};

void roster_make(struct roster *roster, const struct mark *const *marks, size_t len, bool is_complete);
void roster_release(struct roster *roster);

/* The result that the exit code is taken from. */
enum outcome_result roster_result(const struct roster *roster);

/* RFC 4180, a line a submission. What a spreadsheet would take for a formula has an apostrophe in front. */
void roster_write_csv(struct buf *out, const struct roster *roster);

/* All of it, for programs. */
void roster_write_json(struct buf *out, const struct roster *roster);

/* For people; no terminal is disturbed by it. `color`: for a terminal that shows it. */
void roster_write_text(struct buf *out, const struct roster *roster, bool color);

/* ---- of one submission ---- */

bool mark_builds(const struct mark *mark);

/* Did a program of it wait for what could not come, or not end in time? */
bool mark_hangs(const struct mark *mark);

/* The first scenario that does not hold; NULL: all do. */
const struct mark_part *mark_first(const struct mark *mark);

#endif
