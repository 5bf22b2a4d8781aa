/* run/batch.h: many scenarios, side by side. */
#ifndef RUN_BATCH_H
#define RUN_BATCH_H

#include "run/job.h"

struct batch {
    const char *const *paths;
    struct job *jobs; /* one a path; zeroed */
    size_t len;
    size_t started;
    size_t at_once; /* no more than so many are under way */
    const struct run_opts *opts;
    /* Told of each recorder that begins, and that has been waited for. */
    void (*recording)(void *arg, pid_t recorder, bool begins);
    /* Job i has begun, or is over. */
    void (*changed)(void *arg, size_t i);
    /* Asked before a job begins; once it is false none begins any more, and those under way are waited for.
     */
    bool (*goes_on)(void *arg);
    void *arg;
};

/* Runs them in order; the caller releases those that were started. */
void batch_run(struct batch *batch);

#endif
