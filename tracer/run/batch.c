/* run/batch.c: one process waits for all recorders; nothing here takes long but the judging. */
#include "run/batch.h"

#include <errno.h>
#include <sys/wait.h>

/* true: it is under way. */
static bool note_recorder(struct batch *batch, size_t i)
{
    pid_t recorder = batch->jobs[i].recorder;

    if (recorder)
        batch->recording(batch->arg, recorder, true);
    return recorder != 0;
}

static struct job *job_of(const struct batch *batch, pid_t recorder)
{
    for (size_t i = 0; i < batch->started; i++)
        if (batch->jobs[i].recorder == recorder)
            return &batch->jobs[i];
    return NULL;
}

/* Returns how many have come to their end: one or none. */
static size_t wait_for_one(struct batch *batch)
{
    int status;
    pid_t pid = waitpid(-1, &status, 0);
    struct job *job = pid > 0 ? job_of(batch, pid) : NULL;
    size_t i;

    if (!job) /* a signal; or a child that was there before us */
        return 0;
    i = (size_t)(job - batch->jobs);
    batch->recording(batch->arg, pid, false);
    job_reaped(job, status);
    if (note_recorder(batch, i))
        return 0;
    batch->changed(batch->arg, i);
    return 1;
}

void batch_run(struct batch *batch)
{
    struct ports ports = {0};
    size_t under_way = 0;
    bool goes_on = true;

    while (under_way || goes_on) {
        goes_on = goes_on && batch->started < batch->len && batch->goes_on(batch->arg);
        if (goes_on && under_way < batch->at_once) {
            size_t i = batch->started++;

            job_start(&batch->jobs[i], batch->paths[i], batch->opts, &ports);
            under_way += note_recorder(batch, i);
            batch->changed(batch->arg, i);
        } else if (under_way) {
            under_way -= wait_for_one(batch);
        }
    }
}
