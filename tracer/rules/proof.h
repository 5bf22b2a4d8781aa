/* rules/proof.h: the predicates behind the rules: does the trace prove this mistake at this event? */
#ifndef RULES_PROOF_H
#define RULES_PROOF_H

#include "rules/rules.h"

/* Program starts of a trace, gathered once. */
struct starts {
    VEC(const struct event *) list;
};

/* One question. The event has the kind, calls and errno of its rule's row. */
struct proof {
    const struct rules_input *in;
    const struct starts *starts;
    const struct event *event;
    size_t at; /* its index in the trace */
    struct arena *arena;
    const char *what; /* answer: what happened, one sentence from the events; set where the predicate holds */
};

/* The next run of digits in a VALUE_BYTES from *at on, which is moved behind it; false: there is none. */
bool proof_next_number(const struct value *text, size_t *at, int64_t *number);

/* Does the event name a port that is as likely another one with its two bytes swapped? */
bool proof_swaps_port(const struct event *event, int64_t *swapped);

/* Could the event alone draw a rule? *port: a rule looks at the port that it names. */
bool proof_may_hold(const struct event *event, bool *port);

bool proof_result_unchecked(struct proof *proof);
bool proof_data_after_failed_connect(struct proof *proof);
bool proof_precedence(struct proof *proof);
bool proof_port_swapped(struct proof *proof);
bool proof_data_on_listener(struct proof *proof);
bool proof_bind_after_listen(struct proof *proof);
bool proof_accept_without_listen(struct proof *proof);
bool proof_listen_without_bind(struct proof *proof);
bool proof_connect_before_listen(struct proof *proof);
bool proof_killed_by_sigpipe(struct proof *proof);
bool proof_closed_twice(struct proof *proof);
bool proof_not_for_datagrams(struct proof *proof);

#endif
