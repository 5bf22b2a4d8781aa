/* model/fdtab.h: one table of file descriptors: which of its numbers are sockets. */
#ifndef MODEL_FDTAB_H
#define MODEL_FDTAB_H

#include "base/vec.h"
#include "model/resolve.h"

#include <stdint.h>

/* A number that is more than FD_OTHER. Numbers without an entry are FD_OTHER. */
struct fdent {
    int fd;
    enum fd_kind kind;
    bool cloexec;
    bool going;    /* a close_range that has not returned closes it; a descriptor put here since then stays */
    uint64_t sock; /* FD_SOCKET: the identity; FD_WAS_SOCKET: the one that the number had last; else 0 */
};

/* Shared by `users` tasks (CLONE_FILES). Entries ascend by fd. */
struct fdtab {
    size_t users;
    VEC(struct fdent) ents;
};

/* An empty table, or a copy of one, with one user. */
struct fdtab *fdtab_new(void);
struct fdtab *fdtab_copy(const struct fdtab *tab);
void fdtab_free(struct fdtab *tab);

/* NULL where the number has no entry. Valid until the next change of the table. */
struct fdent *fdtab_find(const struct fdtab *tab, int fd);

/* The index of the first entry with this fd or a higher one; ents.len where there is none. */
size_t fdtab_lower(const struct fdtab *tab, int fd);

/* Replaces what the number had; an entry of kind FD_OTHER removes it. Counts no references: that is refs.h.
 */
void fdtab_put(struct fdtab *tab, struct fdent ent);

#endif
