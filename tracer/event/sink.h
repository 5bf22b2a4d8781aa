/* event/sink.h: whoever takes events: a file writer, a collector, the model, a chain of them. */
#ifndef EVENT_SINK_H
#define EVENT_SINK_H

#include "event/event.h"

/* What the first record of a trace says. Borrowed like an event. */
struct trace_head {
    int schema;                 /* TRACE_SCHEMA */
    const char *version;        /* of sockdrill */
    const char *kernel, *arch;  /* uname -r, -m */
    uint64_t began_ns;          /* CLOCK_REALTIME */
    const char *isolation;      /* "namespace", "host" (shared ports), or "" where no run was asked for */
    bool no_new_privs;          /* loading the filter changed how setuid programs run */
    const struct field *params; /* ${PORT}, … as VALUE_BYTES */
    size_t nparams;
};

enum {
    TRACE_SCHEMA = 1,
    TRACE_SNAPLEN =
        64 * 1024, /* bytes of a buffer that recorded traces keep, where nothing else is asked for */
};

struct sink;

/* begin, then any number of enter and event, then end; each may be NULL. What is passed is borrowed until the
 * return. */
struct sink_ops {
    void (*begin)(struct sink *sink, const struct trace_head *head);
    /* A call has begun (inputs only are decoded; seq is 0). Live traces only; the same call's event follows
     * later. */
    void (*enter)(struct sink *sink, const struct event *event);
    void (*event)(struct sink *sink, const struct event *event);
    void (*end)(struct sink *sink);
};

/* Embedded as first member in what implements it. */
struct sink {
    const struct sink_ops *ops;
};

void sink_begin(struct sink *sink, const struct trace_head *head);
void sink_enter(struct sink *sink, const struct event *event);
void sink_event(struct sink *sink, const struct event *event);
void sink_end(struct sink *sink);

/* Passes everything to two others. */
struct tee {
    struct sink sink;
    struct sink *first, *second;
};

void tee_init(struct tee *tee, struct sink *first, struct sink *second);

#endif
