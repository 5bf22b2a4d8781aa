/* run/hang.c: one moment proves nothing where a machine is busy; so it takes two that are alike. */
#include "run/hang.h"

#include "base/clock.h"

#include <string.h>

static bool is_past(uint64_t now_ns, uint64_t since_ns, uint64_t ms)
{
    return now_ns >= since_ns + ms * CLOCK_NS_PER_MS;
}

static bool is_as_before(const struct hang *hang, const struct buf *now)
{
    return hang->seen.len == now->len && !memcmp(buf_str(&hang->seen), buf_str(now), now->len);
}

void hang_release(struct hang *hang)
{
    buf_release(&hang->seen);
}

bool hang_is_there(struct hang *hang, struct engine *engine, bool is_private, uint64_t worked_ns,
                   uint64_t now_ns, struct waits *waits)
{
    struct buf now = {0};

    if (!is_past(now_ns, worked_ns, HANG_QUIET_MS) || !is_past(now_ns, hang->looked_ns, HANG_LOOK_MS))
        return false;
    hang->looked_ns = now_ns;
    waits->is_private = is_private;
    if (!engine_waits(engine, waits) || !waits_are_stuck(waits)) {
        buf_reset(&hang->seen);
        return false;
    }
    waits_print(waits, &now);
    if (!is_as_before(hang, &now)) {
        buf_release(&hang->seen);
        hang->seen = now;
        hang->since_ns = now_ns;
        return false;
    }
    buf_release(&now);
    return is_past(now_ns, hang->since_ns, HANG_SURE_MS);
}
