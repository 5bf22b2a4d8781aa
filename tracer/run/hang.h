/* run/hang.h: notices when nothing in a run can move any more. */
#ifndef RUN_HANG_H
#define RUN_HANG_H

#include "engine/engine.h"
#include "model/waits.h"

/* Zeroed: nothing was seen. */
struct hang {
    struct buf seen;              /* the moment that all since `since_ns` were like */
    uint64_t since_ns, looked_ns; /* clock_mono_ns */
};

void hang_release(struct hang *hang);

enum { HANG_QUIET_MS = 80, HANG_LOOK_MS = 40, HANG_SURE_MS = 150 };

/*
 * Can nothing move any more? Looks from HANG_QUIET_MS after the last event on, `worked_ns`, every
 * HANG_LOOK_MS, and is sure when all moments of HANG_SURE_MS were alike. true: `waits` (zeroed) has the
 * picture; the caller releases it in either case. `is_private`: the run has a network of its own.
 */
bool hang_is_there(struct hang *hang, struct engine *engine, bool is_private, uint64_t worked_ns,
                   uint64_t now_ns, struct waits *waits);

#endif
