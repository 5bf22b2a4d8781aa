/* grade/worker.h: one submission, copied, built and run through all scenarios of an assignment. */
#ifndef GRADE_WORKER_H
#define GRADE_WORKER_H

#include "grade/assignment.h"
#include "grade/submission.h"
#include "grade/warden.h"

struct worker {
    const struct assignment *assignment;
    const struct submission *submission;
    const char *dir;      /* is made: the private copy; absolute, and no link */
    enum isolate_way way; /* the warden's */
    const char *keep[2];  /* folders, absolute, that a submission is not to write in but in its copy */
};

/*
 * For warden_start; `arg` is a struct worker. Writes one JSON object a line: first {"build": …, "notes":
 * […]}, then the outcome of each scenario, in their order. What is missing at the end did not come to an end.
 */
void worker_run(void *arg, int fd, struct ward *ward);

/* No worker that is well takes longer than this. */
uint64_t worker_most_ms(const struct assignment *assignment);

#endif
