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
    /* The answer, set where the predicate holds. */
    const char *what;          /* what happened, one sentence from the events */
    const struct event *point; /* the event to point at, where it is another one; or NULL */
};

enum outcome { EITHER, SUCCEEDED, FAILED };

/* What is looked for in the rest of the trace; zeros are not compared. */
struct look {
    enum canon canon;
    enum outcome outcome;
    uint64_t sock;
    int pid;
};

/* The nearest event before the one in question that fits, or NULL. */
const struct event *proof_before(const struct proof *proof, struct look look);

const char *proof_call_text(const struct proof *proof, const struct event *event);

/* Of the event's socket, or NULL. */
const struct sock_life *proof_life(const struct proof *proof);

/* What the trace does not show may have happened unseen: before an attach, in a parent, in a lost stretch. */
bool proof_saw_whole_life(const struct proof *proof, const struct sock_life *sock);

bool proof_fd_of(const struct event *event, int64_t *fd);

/* Roles tell programs apart; where there are none, processes do. */
bool proof_same_program(const struct event *a, const struct event *b);

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
bool proof_closed_twice_at_end(struct proof *proof);
bool proof_not_for_datagrams(struct proof *proof);
bool proof_listener_closed(struct proof *proof);
bool proof_loopback_only(struct proof *proof);
bool proof_server_gone(struct proof *proof);
bool proof_first_address_only(struct proof *proof);
bool proof_both_wait(struct proof *proof);

#endif
