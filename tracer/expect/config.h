/* expect/config.h: one way in which a block's pattern may stand, and where an event takes it. */
#ifndef EXPECT_CONFIG_H
#define EXPECT_CONFIG_H

#include "base/intmap.h"
#include "expect/program.h"
#include "expect/total.h"
#include "expect/unify.h"

/* Bytes of a socket's stream in one direction that no line has taken yet. */
struct pending {
    uint64_t sock;
    bool is_send;
    size_t state;          /* of the line at `line` (tape_match); 0: all its bytes are here, for any line */
    uint32_t line;         /* pc of the line that has taken what came before; 0 where state is */
    const char *call;      /* in a strict block: the system call by which all of it came; else NULL */
    const uint16_t *cells; /* tape cells */
    size_t len;
};

/*
 * Immutable once made. A block is at one place of its program, or, under `in any order`, at several at a
 * time: pc is the one that the next event may move on from, always at an INSN_CALL, INSN_ANY or INSN_END. The
 * others rest where their last event left them: what can be reached from there without an event is looked for
 * only when their turn comes, as a configuration of its own.
 */
struct config {
    uint32_t pc;
    const uint32_t *others; /* ascending */
    size_t nothers;
    const int32_t *counts; /* by counter of the block */
    struct names names;
    const struct pending *pendings; /* by sock, is_send */
    size_t npendings;
    const uint64_t
        *claims; /* the lives that it opened and that are not over, by whatever numbers the user gives them */
    size_t nclaims;
};

/* Where configurations of one block are made. */
struct machine {
    const struct program *program;
    const struct block *block;
    struct arena *arena;
};

/* How a step takes an event. */
enum took {
    TOOK_CALL,   /* as one call */
    TOOK_BYTES,  /* as bytes of the stream, for as many lines as they completed, none included */
    TOOK_ANY,    /* under `...` */
    TOOK_PASSED, /* as auxiliary, or as one that the block does not look at, or that it counts */
    TOOK_LIBC,   /* as the birth of a socket that libc opens for itself; it must turn out so */
};

/* Lines that one event completed, the last one first. */
struct lines {
    const struct step *step;
    const struct lines *before;
};

/* One outcome of an event. */
struct move {
    const struct config *config;
    enum took took;
    const struct lines *lines;
    bool rest;               /* TOOK_BYTES: bytes of the event wait for a later line, or for the rest of it */
    const struct insn *life; /* the line opens a life: of event->made[0], … */
    struct names life_names; /* …with these names */
};

struct moves {
    VEC(struct move) list;
};

struct configs {
    VEC(const struct config *) list;
};

/* Each once. A zeroed one is empty. */
struct config_set {
    struct configs all;
    struct intmap by_hash; /* where they are many */
};

void config_set_add(struct config_set *set, const struct machine *machine, const struct config *config);
void config_set_release(struct config_set *set);

/* Where the block begins, given the names of its surroundings (copied). */
void config_begin(const struct machine *machine, const struct names *names, struct configs *out);

/* All ways in which the configuration can take the event; none: it can't. `seen`: enum seen. */
void config_step(const struct machine *machine, const struct config *config, const struct event *event,
                 unsigned seen, struct moves *out);

/* A `never` of the block forbids the event. */
bool config_forbids(const struct machine *machine, const struct config *config, const struct event *event);

/* Everything that the block asks for was seen. (Whether its lives are complete is for the caller to know.) */
bool config_is_complete(const struct machine *machine, const struct config *config);

/* Deep copies into the machine's arena, with other claims. */
const struct config *config_copy(const struct machine *machine, const struct config *config,
                                 const uint64_t *claims, size_t nclaims);

bool config_equal(const struct machine *machine, const struct config *a, const struct config *b);
uint64_t config_hash(const struct machine *machine, const struct config *config);

/* The names that a life begins with: those of the line that opens it, and its socket. */
struct names config_life_names(const struct machine *machine, const struct insn *insn,
                               const struct names *names, uint64_t sock);

/*
 * For alignments: go on behind the line at pc with other names and without the bytes that wait for it on that
 * stream (sock 0: none are dropped).
 */
void config_skip(const struct machine *machine, const struct config *config, const struct names *names,
                 uint64_t sock, bool is_send, struct configs *out);

/* The bytes waiting on that stream, or NULL. */
const struct pending *config_pending(const struct config *config, uint64_t sock, bool is_send);

/*
 * For config_step.c. The same configuration with other bytes waiting on that stream (NULL: none), not closed;
 * and all that can be reached from one, and from its other places, without an event.
 */
struct config config_with_pending(const struct machine *machine, const struct config *config, uint64_t sock,
                                  bool is_send, const struct pending *pending);
void config_close(const struct machine *machine, const struct config *config, struct configs *out);

#endif
