/* expect/parse.h: from the text of an expectation to its tree. */
#ifndef EXPECT_PARSE_H
#define EXPECT_PARSE_H

#include "base/diag.h"
#include "expect/ast.h"

/*
 * Parse and resolve `diags->source` whole; the tree lives in `arena` and borrows the source. NULL where there
 * was an error; every error of the file stands in `diags` then. With params NULL, unset
 * ${NAME}s are no errors (each stands for any value): enough to read title, about and roles.
 */
struct expect *expect_parse(struct arena *arena, const struct param *params, size_t nparams,
                            struct diags *diags);

/* The role with this name, or NULL. */
const struct role *expect_role(const struct expect *expect, const char *name);

/* Is it meant by this name: by its own, or by what it is a copy of? */
bool role_is_named(const struct role *role, const char *name);

/* The names that stand in the file: "server, client". Appended. */
void expect_role_names(const struct expect *expect, struct buf *out);

/* The blocks of lines inside a step, one after the other: its life, its body, its alternatives. NULL ends the
 * walk. */
const struct steps *expect_block(const struct step *step, size_t i);

/* A step's line as source text: cut from the source, parameters as written, blanks between words as one. In
 * `arena`. */
const char *expect_step_text(const struct expect *expect, const struct step *step, struct arena *arena);

#endif
