/* event/inject.c: names of faults, and how they are written. */
#include "event/inject.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "names/nametab.h"

#include <inttypes.h>
#include <string.h>

static const struct {
    const char *name;
    bool has_number;
} kinds[INJECT_COUNT] = {
    [INJECT_SHORT] = {"short", true}, [INJECT_ERROR] = {"error", true},  [INJECT_DELAY] = {"delay", true},
    [INJECT_DROP] = {"drop", false},  [INJECT_RESET] = {"reset", false},
};

const char *inject_name(enum inject_kind kind)
{
    return kinds[kind].name;
}

enum inject_kind inject_find(const char *name)
{
    for (int i = INJECT_NONE + 1; i < INJECT_COUNT; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return (enum inject_kind)i;
    return INJECT_NONE;
}

bool inject_has_number(enum inject_kind kind)
{
    return kinds[kind].has_number;
}

static void add_errno(struct buf *out, int64_t err)
{
    const char *name = nametab_name(&nametab_errno, (uint64_t)err);

    if (name)
        buf_addf(out, " %s", name);
    else
        buf_addf(out, " errno %" PRId64, err);
}

static void add_time(struct buf *out, int64_t ns)
{
    if (ns % CLOCK_NS_PER_S == 0)
        buf_addf(out, " %" PRId64 "s", ns / CLOCK_NS_PER_S);
    else
        buf_addf(out, " %" PRId64 "ms", ns / CLOCK_NS_PER_MS);
}

void inject_text(struct buf *out, struct inject inject)
{
    buf_adds(out, inject_name(inject.kind));
    switch (inject.kind) {
    case INJECT_SHORT: buf_addf(out, " %" PRId64, inject.n); break;
    case INJECT_ERROR: add_errno(out, inject.n); break;
    case INJECT_DELAY: add_time(out, inject.n); break;
    default: break;
    }
}
