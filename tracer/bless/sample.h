/* bless/sample.h: what one role did in one run, as patterns see it: its events, its sockets. */
#ifndef BLESS_SAMPLE_H
#define BLESS_SAMPLE_H

#include "bless/bless.h"
#include "expect/past.h"

/* A block of the pattern; what a name of an outer block means stands in the inner ones too. */
struct bless_scope {
    const struct bless_scope *up;
};

struct sample_sock {
    uint64_t id;
    struct sample_sock *listener; /* it was accepted from, by this role; NULL: it has no life of its own */
    const struct event *made;     /* the call that made it, or NULL */
    bool is_libc;
    bool is_passed; /* it stands in a message */
    bool listens;
    bool is_long;  /* it moved more than a line should say */
    bool is_apart; /* made by socket(2), and gets a block */
    uint64_t moved[2];
    const char *name;                /* once it has one */
    const struct bless_scope *scope; /* in which the name stands */
};

struct sample {
    const struct bless_run *run;
    struct past past;
    VEC(struct sample_sock *) socks; /* in the order in which they first appear */
    struct intmap by_id;
    bool waits; /* for several sockets at once, or asks in vain: who comes first is the others' doing */
};

enum { SAMPLE_LINE_MOST = 4096 }; /* bytes of a direction that lines say; of more there is a total */

void sample_init(struct sample *sample, const struct bless_run *run, const char *role, struct arena *arena);
void sample_release(struct sample *sample);

/* NULL for 0 and for what the role has nothing to do with. */
struct sample_sock *sample_sock(const struct sample *sample, uint64_t id);

/* Does the event get a line? `all`: also where it could be passed over. */
bool sample_tells(const struct sample *sample, const struct past_event *seen, bool all);

/* Descriptors that travel with the message of this call: an array of VALUE_FD, or NULL. */
const struct value *sample_passed(const struct event *event);

/*
 * What made it possible that the bytes from `offset` on came in on `event` (a recv of a stream), or that it
 * returned a connection (an accept): the other side's call. NULL: not known.
 */
const struct event *sample_cause(const struct sample *sample, const struct event *event, uint64_t offset);

#endif
