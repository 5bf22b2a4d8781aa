/* event/sink.c: calling a sink, and one sink for two. */
#include "event/sink.h"

void sink_begin(struct sink *sink, const struct trace_head *head)
{
    if (sink->ops->begin)
        sink->ops->begin(sink, head);
}

void sink_enter(struct sink *sink, const struct event *event)
{
    if (sink->ops->enter)
        sink->ops->enter(sink, event);
}

void sink_event(struct sink *sink, const struct event *event)
{
    if (sink->ops->event)
        sink->ops->event(sink, event);
}

void sink_end(struct sink *sink)
{
    if (sink->ops->end)
        sink->ops->end(sink);
}

static void tee_begin(struct sink *sink, const struct trace_head *head)
{
    struct tee *tee = (struct tee *)sink;

    sink_begin(tee->first, head);
    sink_begin(tee->second, head);
}

static void tee_enter(struct sink *sink, const struct event *event)
{
    struct tee *tee = (struct tee *)sink;

    sink_enter(tee->first, event);
    sink_enter(tee->second, event);
}

static void tee_event(struct sink *sink, const struct event *event)
{
    struct tee *tee = (struct tee *)sink;

    sink_event(tee->first, event);
    sink_event(tee->second, event);
}

static void tee_end(struct sink *sink)
{
    struct tee *tee = (struct tee *)sink;

    sink_end(tee->first);
    sink_end(tee->second);
}

void tee_init(struct tee *tee, struct sink *first, struct sink *second)
{
    static const struct sink_ops ops = {
        .begin = tee_begin, .enter = tee_enter, .event = tee_event, .end = tee_end};

    tee->sink.ops = &ops;
    tee->first = first;
    tee->second = second;
}
