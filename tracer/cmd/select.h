/* cmd/select.h: -e trace=, -e status=, -e signal=, -P: which events of a trace are passed on. */
#ifndef CMD_SELECT_H
#define CMD_SELECT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "cmd/socks.h"
#include "event/sink.h"
#include "model/endpoint.h"

/* How a call ended: -e status=. */
enum select_status {
    SELECT_SUCCESSFUL = 1 << 0,
    SELECT_FAILED = 1 << 1,
    SELECT_UNFINISHED = 1 << 2,
    SELECT_DETACHED = 1 << 3,
};

/* A sink that passes on what was selected. A zeroed struct selects everything. */
struct select {
    struct sink sink;
    struct sink *next;
    bool has_calls, has_statuses, has_signals; /* what was asked for */
    bool is_inverted;                          /* trace=!SET */
    VEC(const char *) calls;                   /* of the table of calls */
    unsigned statuses;                         /* enum select_status */
    uint64_t signals;                          /* bit n - 1: signal n */
    VEC(struct endpoint) places;               /* -P; empty: everywhere */
    const struct socks *socks;                 /* for them */
};

/* true where events have to pass through it. */
bool select_is_needed(const struct select *select);

/* `socks`: stands before it in the chain; NULL where there are no places. */
void select_init(struct select *select, struct sink *next, const struct socks *socks);

/*
 * Values of options, as strace(1) has them; what is given later replaces what was given before, but for
 * places, which add up. false: `wrong` says what is wrong.
 *
 * Calls: "[!]WHAT,…": names, %network (or %net), %desc, /REGEX, ?NAME (may be unknown), all; or none.
 * Signals: names with or without SIG, numbers, all, none; "!" inverts.
 * A place: /PATH, @ABSTRACT, HOST:PORT, [HOST6]:PORT, :PORT.
 */
bool select_calls(struct select *select, const char *text, struct buf *wrong);
bool select_statuses(struct select *select, const char *text, struct buf *wrong);
bool select_signals(struct select *select, const char *text, struct buf *wrong);
bool select_place(struct select *select, const char *text, struct buf *wrong);

/* -z, -Z. */
void select_status(struct select *select, enum select_status status);

void select_release(struct select *select);

#endif
