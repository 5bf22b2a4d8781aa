/* engine/watch.h: calls that the engine must see for its own sake, to stay on the track of every task. */
#ifndef ENGINE_WATCH_H
#define ENGINE_WATCH_H

#include "engine/task.h"

/* One row. `enter` runs in the entry stop, `leave` in the exit stop; a row without `leave` needs none. */
struct watch {
    const char *name;
    bool only_arg0; /* stop only where the first argument is `arg0` */
    uint64_t arg0;
    bool maps_code;   /* only where stacks are asked for: stop only where the third argument has PROT_EXEC */
    bool is_deniable; /* engine_opts.deny_io_uring makes it fail */
    void (*enter)(struct task *task);
    void (*leave)(struct task *task, int64_t result);
};

/* Walk over the table: NULL ends it. */
const struct watch *watch_at(size_t i);

#endif
