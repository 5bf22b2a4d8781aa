/* rules/rules.h: mistakes that a trace proves or makes likely; and words for failed steps. */
#ifndef RULES_RULES_H
#define RULES_RULES_H

#include "base/intmap.h"
#include "base/vec.h"
#include "event/trace.h"
#include "expect/match.h"

/* FINDING_NONE: for limits; no finding is that sure. */
enum confidence { FINDING_STYLE, FINDING_LIKELY, FINDING_PROVED, FINDING_NONE };

/* What is said of a rule whatever the trace; one sentence each. */
struct rule_text {
    const char *code;          /* "SD021" */
    const char *title;         /* "accept without listen" */
    const char *nudge;         /* a question that leads to it: the first of three hints */
    const char *why, *cure;    /* the cause: why the kernel answers so; what to change */
    const char *man, *section; /* "accept(2)", "ERRORS" */
};

struct finding {
    const char *code, *title;
    enum confidence confidence;
    const struct event *event;      /* the one to point at, of the trace given */
    const char *what;               /* what happened, one sentence, from the events */
    const char *nudge, *why, *cure; /* three hints, each giving away more: see struct rule_text */
    const char *man, *section;
    bool is_effect; /* may have come of what another finding tells */
};

/* What a predicate works on: a trace folded by the model, both whole. */
struct rules_input {
    const struct trace *trace;
    const struct model *model;
    const struct rules_watch
        *watch; /* that has seen the whole trace, where `trace` is an excerpt of it; or NULL */
};

struct findings {
    VEC(struct finding) list;
};

/* Run every rule. Findings are in the order of their events; texts live in `arena`. */
void rules_run(const struct rules_input *in, struct arena *arena, struct findings *out);

/*
 * For traces that are too long to be kept: is there anything in one that a rule could find, and which events
 * does it take to tell? Feed the head's parameters and every event. A zeroed struct has seen nothing.
 */
struct rules_watch {
    struct stream *stream;              /* what rules find while the trace goes by */
    bool suspects, refused;             /* an event that could draw a rule; a connect was refused */
    struct intmap socks, pids;          /* of such events */
    struct intmap listeners;            /* sockets */
    uint64_t swapped[1024], told[1024]; /* bits by port: those of calls, with their bytes swapped; those that
                                           programs and runs were told */
};

void rules_watch_head(struct rules_watch *watch, const struct trace_head *head);
void rules_watch_event(struct rules_watch *watch, const struct event *event);
void rules_watch_end(struct rules_watch *watch); /* all was seen */
void rules_watch_release(struct rules_watch *watch);

/* When all was seen. false: rules_run finds in the trace what it finds in the events that rules_watch_points
 * was true for, right after they were seen. */
bool rules_watch_suspects(const struct rules_watch *watch);

/* Does a finding point at this event, or name it? As far as was seen. */
bool rules_watch_points(const struct rules_watch *watch, uint64_t seq);

/* When all was seen: of events other than START, EXIT of what was started, and LOST, those for which this is
 * false change nothing of what rules_run finds. */
bool rules_watch_wants(const struct rules_watch *watch, const struct event *event);

/* By code; and in the order of codes, for lists. NULL: there is none. */
const struct rule_text *rules_text(const char *code);
const struct rule_text *rules_text_at(size_t i);

/* The i-th way in which the rule shows: how sure it is then, and what is said of it, with the slots {event},
 * {other}, {n} and {m}, or NULL where that is made from the trace. false: there are no more. */
bool rules_sign_at(const char *code, size_t i, enum confidence *confidence, const char **what);

/*
 * One sentence of cause and one of cure for the row of an alignment where things first went wrong; generic,
 * from a table by canonical call, what became of the step, errno and option. Texts live in `arena` or are
 * static.
 */
struct advice {
    const char *cause, *cure;
};

struct advice advice_for(const struct align_row *row, const struct alignment *alignment, struct arena *arena);

#endif
