/* expect/program.h: a role's steps as an automaton: one block of instructions per block of the pattern. */
#ifndef EXPECT_PROGRAM_H
#define EXPECT_PROGRAM_H

#include "expect/ast.h"

enum insn_op {
    INSN_CALL,  /* an event that fits `step`, or the bytes of its data line; then x */
    INSN_ANY,   /* any event; then x */
    INSN_SPLIT, /* x or y, without an event */
    INSN_JUMP,  /* x */
    INSN_ZERO,  /* `counter` is 0; then x */
    INSN_LOOP,  /* x (the body, counted) while `counter` is below `max`; y once it has reached `min` */
    INSN_FRESH, /* the slots named are unbound again; then x */
    INSN_FORK,  /* `strands` begin, side by side; all that lies before x, the INSN_JOIN, is theirs */
    INSN_JOIN,  /* once the `nstrands` that began at y are all here: x */
    INSN_END,   /* the block is complete */
};

struct insn {
    enum insn_op op;
    uint32_t x, y;
    const struct step *step;  /* INSN_CALL, INSN_ANY */
    const struct block *life; /* INSN_CALL: the block of the socket that the call makes, or NULL */
    bool alone;          /* INSN_CALL with a life: only where all earlier lives of this line are complete */
    uint32_t counter;    /* INSN_ZERO, INSN_LOOP */
    int32_t min, max;    /* INSN_LOOP */
    const size_t *slots; /* INSN_FRESH */
    size_t nslots;
    const uint32_t *strands; /* INSN_FORK */
    size_t nstrands;         /* INSN_FORK, INSN_JOIN */
};

struct block {
    const struct insn *insns; /* entered at 0 */
    size_t len;
    const struct step *const *nevers; /* lines that no event of the block may fit */
    size_t nnevers;
    uint32_t ncounters;
    const struct step *opener;           /* the line whose life it is; NULL: the role's block */
    bool strict;                         /* itself, or a block around it */
    const struct ignore *const *ignores; /* its own, and those of the blocks around it */
    size_t nignores;
    const struct step *totals[2]; /* see struct scope */
};

struct program {
    const struct block *role;
    size_t nslots;
    bool names_einprogress; /* a line that is not strict names EINPROGRESS: a non-blocking connect is told as
                               it happened */
    bool has_strict;        /* a block is strict */
    bool names_socketpair;  /* a line that is not strict names socketpair: what is done on such sockets is the
                               pattern's matter */
};

/* Lives in `arena`, borrows the tree. Slots first used inside a repetition are fresh in each of its passes.
 */
const struct program *program_make(struct arena *arena, const struct expect *expect, const struct role *role);

/* `ignore`: the block does not look at this call. */
bool block_ignores(const struct block *block, const struct event *event);

#endif
