/* grade/steady.h: what is told of a run, without what the next run has another of. */
#ifndef GRADE_STEADY_H
#define GRADE_STEADY_H

#include "base/buf.h"
#include "event/trace.h"

/*
 * In a text of JSON: paths below `dir` begin there, ${TMP} is called so, and a port that the kernel chose is
 * `…`; with a network that others use too so is ${PORT}. `trace` may be NULL: there was no run.
 */
void steady_make(struct buf *text, const char *dir, const struct trace *trace);

#endif
