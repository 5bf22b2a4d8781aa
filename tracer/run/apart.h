/* run/apart.h: the recording of a run, in a process of its own that can move into namespaces and dies whole.
 */
#ifndef RUN_APART_H
#define RUN_APART_H

#include "run/file.h"

#include <stdio.h>

enum apart_result {
    APART_RECORDED,
    APART_NO_NAMESPACE, /* refused by this machine, `err` says how; nothing was started */
    APART_FAILED,       /* a fault of ours, or the end of the recorder: `err` says what */
};

/* A recorder at work. */
struct apart {
    pid_t pid;
    int trace_fd;       /* what it says, as JSON Lines: a memory file, so that it never waits for a reader */
    struct err *shared; /* with the recorder */
};

/*
 * Begin to record the roles of `expect` in a network namespace of their own; or, where `refusal` says why
 * that is not to be, in the machine's network. false: no recorder is there, `err` says why.
 */
bool apart_start(struct apart *apart, struct run *run, const struct expect *expect,
                 const struct run_opts *opts, const char *refusal, struct err *err);

/*
 * The recorder has been waited for, with this status: what it said goes into run->trace and, where `copy` is
 * not NULL, into that file too. Releases `apart`.
 */
enum apart_result apart_finish(struct apart *apart, struct run *run, int status, FILE *copy, struct err *err);

#endif
