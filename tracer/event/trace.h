/* event/trace.h: a whole trace in memory. */
#ifndef EVENT_TRACE_H
#define EVENT_TRACE_H

#include "base/vec.h"
#include "event/sink.h"

struct trace {
    struct sink sink; /* collects: &trace->sink can be given to whoever emits events */
    struct arena arena;
    struct trace_head head;
    VEC(struct event *) events;
    bool cut; /* the file ended in the middle of a record; what is here is whole */
};

void trace_init(struct trace *trace);
void trace_release(struct trace *trace);

/* A parameter of the head, or NULL. */
const char *trace_param(const struct trace *trace, const char *name);

/* true where an EVENT_LOST stands in it. */
bool trace_is_lossy(const struct trace *trace);

#endif
