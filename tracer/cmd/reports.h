/* cmd/reports.h: --report KIND[:FILE]: which reports are wanted, and where each goes. */
#ifndef CMD_REPORTS_H
#define CMD_REPORTS_H

#include "base/arena.h"
#include "base/vec.h"
#include "report/outcome.h"
#include "report/report.h"

struct reports_item {
    const struct report *report;
    const char *path; /* NULL: stdout */
};

/* Zeroed: none is wanted. */
struct reports {
    VEC(struct reports_item) items;
};

/* For an option's `set`: NULL, or what is wrong with the value, which lives in `arena`; so do the paths. */
const char *reports_add(struct reports *reports, const char *value, struct arena *arena);

/* Before anything is run: could they be written? false: that is a wrong usage. */
bool reports_check(const struct reports *reports, struct err *err);

/* Does the text for people stay away from stdout, because a report goes there? */
bool reports_take_stdout(const struct reports *reports);

/*
 * Write all of them. A file is there whole, or as it was before. false with the first that could not be
 * written; the others are written all the same. Where a report is the text, to stdout, nothing is written:
 * the caller has printed it as the scenarios came to their ends.
 */
bool reports_write(const struct reports *reports, const struct outcome *const *outcomes, size_t len,
                   struct err *err);

void reports_release(struct reports *reports);

#endif
