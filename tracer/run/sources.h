/* run/sources.h: the lines of source that a verdict points at. */
#ifndef RUN_SOURCES_H
#define RUN_SOURCES_H

#include "run/run.h"

/*
 * Fill in run->verdict.snippets: around each place in the source that a cause or a finding comes from. `note`
 * is called with what is to be said of programs: that one has no debug information, or is older than its
 * source. Text lives in run->arena.
 */
void sources_collect(struct run *run, void (*note)(void *arg, const char *text), void *arg);

#endif
