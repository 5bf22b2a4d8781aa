/* run/job.h: a scenario while it is run; several can be under way side by side. */
#ifndef RUN_JOB_H
#define RUN_JOB_H

#include "run/apart.h"
#include "run/isolate.h"

/* Private but for what stands first. */
struct job {
    pid_t recorder;         /* the child that is to be waited for; 0: it is over, and this came of it: */
    enum run_result result; /* RUN_JUDGED: `run` is judged */
    struct err err;
    struct buf diagnostics;
    struct run run;

    const struct run_opts *opts;
    struct ports *ports;
    const char *refusal; /* why it has no namespace of its own; or NULL */
    const char *tmp;     /* ${TMP}, or NULL */
    FILE *copy;          /* -o, or NULL */
    struct apart apart;
};

/* Begin. Jobs that are under way at the same time share `ports`. */
void job_start(struct job *job, const char *path, const struct run_opts *opts, struct ports *ports);

/* Its recorder was waited for. It may go on with another recorder, outside of a namespace. */
void job_reaped(struct job *job, int status);

/* Not while a recorder is at work. */
void job_release(struct job *job);

#endif
