/* bless/bless.h: from several recorded runs of a scenario to an expectation that holds for all of them. Pure.
 */
#ifndef BLESS_BLESS_H
#define BLESS_BLESS_H

#include "base/err.h"
#include "event/trace.h"
#include "expect/ast.h"
#include "model/model.h"

/* A run that holds by all means but its calls; folded. */
struct bless_run {
    const struct trace *trace;
    const struct model *model;
};

/* How a role's program ended, the same in each run. */
struct bless_end {
    const char *role;    /* as it stands in the file */
    const char *command; /* that took the place of the role's own, or NULL */
    bool exited, killed; /* both false: it was stopped when all others had ended */
    int status;          /* exit status or signal number */
};

/* From the sharpest on; what does not hold for all runs is tried again with less. */
enum bless_level {
    BLESS_ALL,   /* lines for what may be passed over as well */
    BLESS_PLAIN, /* only for what has to have a line */
    BLESS_APART, /* and each socket for itself, in a block of its own */
    BLESS_LEVELS,
};

struct bless_input {
    const struct expect *expect; /* whose directives stay */
    const struct bless_run *runs;
    size_t nruns;
    const struct bless_end *ends; /* one a role of the file (copies are one) */
    size_t nends;
    enum bless_level level;
};

/* Append the text of the expectation. false: the runs have too little in common, `err` says what. */
bool bless_write(struct buf *out, const struct bless_input *input, struct err *err);

#endif
