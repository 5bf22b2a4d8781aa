/* expect/unify.h: does a value fit a pattern, given what the names stand for? */
#ifndef EXPECT_UNIFY_H
#define EXPECT_UNIFY_H

#include "expect/ast.h"

enum bound_kind { BOUND_NOT, BOUND_SOCK, BOUND_INT, BOUND_VALUE };

/* What a $name stands for. */
struct bound {
    enum bound_kind kind;
    uint64_t n;                /* the socket's identity, or the number */
    const struct value *value; /* bytes, an address, … */
};

/* The names of a moment. A name that is not bound yet takes the value that it meets; values are copied to
 * `arena`. */
struct names {
    struct bound *slots;
    size_t len;
    struct arena *arena;
    bool fixed;  /* nothing is bound: a name that is not bound fits anything */
    bool strict; /* flags that change no meaning on the wire count as well */
};

/* Copies the names into `arena`, the values that they stand for included. */
struct names names_copy(struct arena *arena, const struct names *names);
bool bound_equal(const struct bound *a, const struct bound *b);

/* NULL is a value that is not there: only `_` fits it. Where the answer is false names may have been bound.
 */
bool unify(struct names *names, const struct pat *pat, const struct value *value);

#endif
