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

/*
 * Record the roles of `expect` in a network namespace of their own; or, where
 * `refusal` says why that is not to be, in the machine's network. What the recorder says comes as JSON Lines
 * over a pipe into run->trace and, where `copy` is not NULL, into that file too.
 */
enum apart_result apart_record(struct run *run, const struct expect *expect, const struct run_opts *opts,
                               const char *refusal, FILE *copy, struct err *err);

#endif
