/* event/trace.c: a sink that keeps copies of everything. */
#include "event/trace.h"

#include <string.h>

static void trace_begin(struct sink *sink, const struct trace_head *head)
{
    struct trace *trace = (struct trace *)sink;
    struct field *params = ARENA_ARRAY(&trace->arena, struct field, head->nparams);

    for (size_t i = 0; i < head->nparams; i++) {
        params[i].name = arena_strdup(&trace->arena, head->params[i].name);
        params[i].value = value_copy(&trace->arena, head->params[i].value);
    }
    trace->head = *head;
    trace->head.version = arena_strdup(&trace->arena, head->version);
    trace->head.kernel = arena_strdup(&trace->arena, head->kernel);
    trace->head.arch = arena_strdup(&trace->arena, head->arch);
    trace->head.isolation = arena_strdup(&trace->arena, head->isolation);
    trace->head.params = params;
}

static void trace_event(struct sink *sink, const struct event *event)
{
    struct trace *trace = (struct trace *)sink;

    vec_push(&trace->events, event_copy(&trace->arena, event));
}

void trace_init(struct trace *trace)
{
    static const struct sink_ops ops = {.begin = trace_begin, .event = trace_event};

    *trace = (struct trace){
        .sink = {.ops = &ops},
        .head = {.schema = TRACE_SCHEMA, .version = "", .kernel = "", .arch = "", .isolation = ""},
    };
}

void trace_release(struct trace *trace)
{
    if (!trace)
        return;
    vec_release(&trace->events);
    arena_release(&trace->arena);
    trace->head = (struct trace_head){0};
}

const char *trace_param(const struct trace *trace, const char *name)
{
    for (size_t i = 0; i < trace->head.nparams; i++) {
        const struct field *param = &trace->head.params[i];

        /* A value_copy of bytes has a NUL behind it. */
        if (strcmp(param->name, name) == 0 && param->value && param->value->kind == VALUE_BYTES)
            return (const char *)param->value->bytes.ptr;
    }
    return NULL;
}

bool trace_is_lossy(const struct trace *trace)
{
    for (size_t i = 0; i < trace->events.len; i++)
        if (trace->events.items[i]->kind == EVENT_LOST)
            return true;
    return false;
}
