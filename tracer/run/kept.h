/* run/kept.h: a connection that was closed, and that another descriptor keeps open. */
#ifndef RUN_KEPT_H
#define RUN_KEPT_H

#include "event/trace.h"
#include "model/model.h"

/*
 * `waiting`: a receive on a stream that never returned. The last close at its other end, where that left
 * another descriptor of the connection open: so there is no end of the stream. Else NULL.
 */
const struct event *kept_by(const struct trace *trace, const struct model *model,
                            const struct event *waiting);

#endif
