/* run/record.h: starts the roles of a scenario in order, traces them, ends them, and emits all that happened.
 */
#ifndef RUN_RECORD_H
#define RUN_RECORD_H

#include "run/run.h"

/*
 * Runs in a process of its own (run/run.c forks it): the process may have moved into namespaces, and owns
 * SIGALRM. Emits begin, events and end to `sink`; EVENT_ROLE records tell what the runner did and what
 * programs printed. false only for a fault of our own; a role that can't be started is an EVENT_ROLE
 * "failed". Where something that the scenario requires is missing nobody is started: an EVENT_ROLE of no role
 * is "missing". `refusal` says why the run has no network namespace of its own; NULL: it has.
 */
bool record_scenario(const struct expect *expect, const char *beside, const struct run_opts *opts,
                     const char *refusal, const struct trace_head *head, struct sink *sink, struct err *err);

#endif
