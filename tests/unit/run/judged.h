/* unit/run/judged.h: a pattern, a script and an end of the role's process, judged as a run. */
#ifndef UNIT_RUN_JUDGED_H
#define UNIT_RUN_JUDGED_H

#include "../expect/fit.h"
#include "run/judge.h"

/* How the role's process ends, behind its events. */
enum end { END_STOPPED, END_EXIT_0, END_EXIT_3, END_SIGSEGV, END_TIMEOUT, END_WOKEN };

struct judged {
    struct run run;
    struct fit fit;
};

static inline struct event *add_event(struct run *run, enum event_kind kind)
{
    struct event *event = ARENA_NEW(&run->arena, struct event);

    *event = (struct event){
        .kind = kind, .role = "server", .name = "", .pid = 1, .tid = 1, .seq = run->trace.events.len + 1};
    vec_push(&run->trace.events, event);
    return event;
}

static inline void add_note(struct run *run, const char *what)
{
    struct event *event = add_event(run, EVENT_ROLE);

    event->args[0] = (struct field){"what", value_bytes(&run->arena, what, strlen(what), strlen(what))};
    event->nargs = 1;
}

static inline void add_exit(struct run *run, const char *how, int64_t n)
{
    struct event *event = add_event(run, EVENT_EXIT);

    event->args[0] = (struct field){how, value_int(&run->arena, n)};
    event->args[1] = (struct field){"last", value_int(&run->arena, 1)};
    event->nargs = 2;
}

/* The last event began before the time was up, and was over behind that. */
static inline void add_woken(struct run *run)
{
    struct event *last = run->trace.events.items[run->trace.events.len - 1];

    last->start_ns = 1;
    last->end_ns = 3;
    add_note(run, "timeout");
    run->trace.events.items[run->trace.events.len - 1]->start_ns = 2;
}

static inline void add_end(struct run *run, enum end end)
{
    switch (end) {
    case END_WOKEN: add_woken(run); break;
    case END_STOPPED: add_note(run, "stopped"); break;
    case END_TIMEOUT: add_note(run, "timeout"); break;
    case END_EXIT_0: add_exit(run, "status", 0); return;
    case END_EXIT_3: add_exit(run, "status", 3); return;
    case END_SIGSEGV: add_exit(run, "signal", 11); return;
    }
    add_exit(run, "signal", 15);
}

static inline void judged_init(struct judged *judged, const char *body, const char *events, enum end end)
{
    struct run *run = &judged->run;

    *judged = (struct judged){.run = {.failing_confidence = FINDING_PROVED}};
    fit_init(&judged->fit, body, events);
    run->trace.head.isolation = "";
    run->verdict.expect = judged->fit.expect;
    add_event(run, EVENT_START);
    vec_each (struct event *, it, &judged->fit.script.trace.events) {
        (*it)->seq = run->trace.events.len + 1;
        vec_push(&run->trace.events, *it);
    }
    add_end(run, end);
    judge(run);
}

static inline void judged_release(struct judged *judged)
{
    model_free(judged->run.model);
    vec_release(&judged->run.trace.events);
    vec_release(&judged->run.findings.list);
    arena_release(&judged->run.arena);
    fit_release(&judged->fit);
}

#endif
