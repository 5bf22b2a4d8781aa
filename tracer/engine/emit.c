/* engine/emit.c: events get their sockets, their canonical form and their number, and leave the engine. */
#include "engine/state.h"

#include "base/clock.h"
#include "event/canon.h"

#include <string.h>

uint64_t emit_now(const struct engine *engine)
{
    return clock_mono_ns() - engine->began_ns;
}

static void hand_over(struct engine *engine, struct event *event)
{
    event->seq = ++engine->seq;
    model_fold(engine->model, event);
    sink_event(engine->sink, event);
}

/* A socket that an exit, an exec or a dup2 closed; its last words were asked for in the stop before. */
static void emit_closed(struct engine *engine, struct event *event)
{
    engine->decoded = event->tid;
    vec_each (struct last_words, words, &engine->last_words)
        if (words->sock == event->sock)
            kernel_state_fill(&words->answer, &engine->decode, &engine->scratch, &event->kernel);
    if (!event->role)
        event->role = "";
    event->start_ns = event->end_ns = emit_now(engine);
    hand_over(engine, event);
}

struct event *emit_new(struct engine *engine, const struct task *task, enum event_kind kind)
{
    struct event *event = ARENA_NEW(&engine->scratch, struct event);

    event->kind = kind;
    event->name = "";
    event->role = task->proc ? task->proc->role : "";
    event->pid = task->proc ? task->proc->pid : task->tid;
    event->tid = task->tid;
    event->start_ns = event->end_ns = emit_now(engine);
    return event;
}

/* An event on its way out; those that follow from it go behind it. */
struct departure {
    struct engine *engine;
    struct event *event; /* NULL: gone */
    struct arena *arena;
};

static void depart(struct departure *departure)
{
    struct event *event = departure->event;

    if (!event)
        return;
    departure->event = NULL;
    if (event->kind == EVENT_CALL)
        canon_fill(event, departure->arena);
    hand_over(departure->engine, event);
}

static void emit_follower(void *arg, struct event *event)
{
    struct departure *departure = arg;

    depart(departure);
    emit_closed(departure->engine, event);
}

static void resolve_and_hand_over(struct engine *engine, struct event *event, struct arena *arena)
{
    struct departure departure = {engine, event, arena};

    resolve_exit(engine->resolve, event, arena, emit_follower, &departure);
    depart(&departure);
    engine->last_words.len = 0;
    arena_reset(&engine->scratch);
}

void emit_fact(struct engine *engine, struct event *event)
{
    resolve_and_hand_over(engine, event, &engine->scratch);
}

void emit_call(struct engine *engine, struct pending *pending)
{
    pending->event.end_ns = emit_now(engine);
    resolve_and_hand_over(engine, &pending->event, &pending->arena);
}

static void emit_alone(void *arg, struct event *event)
{
    emit_closed(arg, event);
}

void emit_nothing(struct engine *engine, struct pending *pending)
{
    resolve_exit(engine->resolve, &pending->event, &pending->arena, emit_alone, engine);
    arena_reset(&engine->scratch);
}

void emit_lost(struct engine *engine, const struct task *task, const char *why)
{
    struct event *event = emit_new(engine, task, EVENT_LOST);

    event_add(event, "why", value_bytes(&engine->scratch, why, strlen(why), strlen(why)));
    emit_fact(engine, event);
}
