/* rules/rule.h: one row of the table of rules, and the question that its predicate answers. */
#ifndef RULES_RULE_H
#define RULES_RULE_H

#include "rules/facts.h"
#include "rules/proof.h"

/* At which moment a row is looked at. */
enum rule_moment {
    MOMENT_EVENT,    /* at an event of the row's kind */
    MOMENT_SOCK_END, /* with the last reference to a socket; where there is no such, at the end of the trace
                      */
    MOMENT_RESET, /* that, of a socket which a reset ended; and once more at the end of the trace, when what
                     the other end did is told, too: either of two closes may be told first */
    MOMENT_TRACE_END, /* for nth = 0, 1, … until the answer is no */
};

/* In place of an errno. */
enum { ERR_ANY = -1, ERR_UNFINISHED = -2, ERR_EITHER = -3 }; /* any; never returned; one or the other */

/* One question to a trace that goes by. */
struct spot {
    const struct facts *facts;
    const struct event *event;     /* NULL at the end of the trace */
    const struct sock_facts *sock; /* or NULL; so the others */
    const struct task_facts *task;
    const struct proc_facts *proc;
    size_t nth;
    bool is_killed; /* MOMENT_SOCK_END, MOMENT_RESET: the process was, or the trace ended before it did */
    /* The answer. */
    uint64_t at, other; /* events to point at and to name: by default at = event->seq, other = 0 */
    int64_t n, m;
};

/*
 * A mistake. It is found from the trace as a whole (`holds`), or while it goes by (`spots`); then `what` is
 * what happened, with the slots {event}, {other}, {n} and {m}.
 */
struct rule {
    const char *code;
    enum confidence confidence;
    enum event_kind kind;
    uint64_t calls;                              /* of EVENT_CALL: bits by canonical call */
    int err;                                     /* an errno, 0: success, ERR_… */
    bool (*may_hold)(const struct event *event); /* for the watch, of `holds`: by the event alone; NULL: by
                                                    kind, call and errno */
    bool (*holds)(struct proof *proof);
    bool (*spots)(struct spot *spot);
    const char *what;
    enum rule_moment moment;
    bool by_absence; /* rests on what was not seen: not to be told of a trace with losses */
    bool is_effect;  /* as likely what another mistake came to: not to be told behind one */
};

/* The rows: those of one code stand together. */
extern const struct rule rules[];
extern const size_t nrules;

/* Is the event of a kind, call and errno that the row looks at? */
bool rule_applies(const struct rule *rule, const struct event *event);

/* spot_send.c */
bool spot_resent(struct spot *spot);
bool spot_rest_lost(struct spot *spot);
bool spot_rest_never_sent(struct spot *spot);
bool spot_rest_maybe_sent(struct spot *spot);
bool spot_length_host_order(struct spot *spot);
bool spot_number_host_order(struct spot *spot);
bool spot_pointer_size(struct spot *spot);
bool spot_pointer_size_answer(struct spot *spot);
bool spot_buffer_answered(struct spot *spot);
bool spot_buffer_sent(struct spot *spot);
bool spot_stale_bytes(struct spot *spot);
bool spot_minus_one(struct spot *spot);
bool spot_tiny_writes(struct spot *spot);

/* spot_recv.c */
bool spot_end_ignored(struct spot *spot);
bool spot_left_part(struct spot *spot);
bool spot_left_unread(struct spot *spot);
bool spot_edge_not_drained(struct spot *spot);
bool spot_datagram_cut(struct spot *spot);
bool spot_datagram_was_cut(struct spot *spot);
bool spot_datagram_dropped(struct spot *spot);
bool spot_datagram_awaited(struct spot *spot);
bool spot_datagram_early(struct spot *spot);

/* spot_addr.c */
bool spot_bind_unchecked(struct spot *spot);
bool spot_unbound_receiver(struct spot *spot);
bool spot_host_none(struct spot *spot);
bool spot_host_none_broadcast(struct spot *spot);
bool spot_family_unset(struct spot *spot);
bool spot_family_other(struct spot *spot);
bool spot_family_unset_bind(struct spot *spot);
bool spot_pointer_length(struct spot *spot);
bool spot_addrlen_negative(struct spot *spot);
bool spot_addrlen_absurd(struct spot *spot);
bool spot_addrlen_not_reset(struct spot *spot);
bool spot_no_reuseaddr(struct spot *spot);
bool spot_reuseaddr_late(struct spot *spot);
bool spot_port_fixed(struct spot *spot);
bool spot_families_collide(struct spot *spot);
bool spot_connected_again(struct spot *spot);
bool spot_connect_unfinished(struct spot *spot);

/* spot_life.c */
bool spot_parent_keeps(struct spot *spot);
bool spot_child_keeps(struct spot *spot);
bool spot_leak_by_accept(struct spot *spot);
bool spot_leak_by_wait(struct spot *spot);
bool spot_busy(struct spot *spot);
bool spot_nfds(struct spot *spot);
bool spot_set_reused(struct spot *spot);
bool spot_interrupted(struct spot *spot);
bool spot_accept_gave_up(struct spot *spot);

#endif
