/* engine/filter.h: which system calls stop a task: a seccomp filter built from the tables. */
#ifndef ENGINE_FILTER_H
#define ENGINE_FILTER_H

#include "base/err.h"
#include "base/intmap.h"
#include "decode/abi.h"
#include "decode/call.h"

#include <linux/filter.h>
#include <stdint.h>

/* A call that the engine itself must see, whatever is traced (engine/watch.h has the table). */
struct watch;

/* What a system call number means to us. Either may be NULL. */
struct filter_row {
    const struct call *call;
    const struct watch *watch;
};

struct filter {
    struct sock_fprog program; /* for the child to load */
    struct intmap rows;        /* of an ABI and a number → struct filter_row */
    uint32_t archs[ABI_COUNT]; /* AUDIT_ARCH_* of each ABI */
};

/* Builds rows and program; `with_stacks`: what stacks need to know of is watched too. false with a message
 * where libseccomp can't. */
bool filter_init(struct filter *filter, bool with_stacks, struct err *err);
void filter_release(struct filter *filter);

/* Whose numbers a call on architecture `arch` (AUDIT_ARCH_*) has; false: of a kind that is not decoded (x32).
 */
bool filter_abi(const struct filter *filter, uint32_t arch, uint64_t nr, enum abi *abi);

/* What to do about a call; NULL: nothing. */
const struct filter_row *filter_row(const struct filter *filter, enum abi abi, uint64_t nr);

#endif
