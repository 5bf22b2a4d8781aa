/* engine/filter.h: which system calls stop a task: a seccomp filter built from the tables. */
#ifndef ENGINE_FILTER_H
#define ENGINE_FILTER_H

#include "base/err.h"
#include "base/intmap.h"
#include "decode/call.h"

#include <linux/filter.h>
#include <stdint.h>

/* A call that the engine itself must see, whatever is traced (engine/watch.h has the table). */
struct watch;

/* What a system call number of this architecture means to us. Either may be NULL. */
struct filter_row {
    const struct call *call;
    const struct watch *watch;
};

struct filter {
    struct sock_fprog program; /* for the child to load */
    struct intmap rows;        /* number + 1 → struct filter_row */
    uint32_t arch;             /* AUDIT_ARCH_* that the rows are for */
};

/* Builds rows and program. false with a message where libseccomp can't. */
bool filter_init(struct filter *filter, struct err *err);
void filter_release(struct filter *filter);

/* What to do about a call, by its number on the filter's architecture; NULL: nothing. */
const struct filter_row *filter_row(const struct filter *filter, uint64_t nr);

#endif
