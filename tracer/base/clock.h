/* base/clock.h: the time, in nanoseconds. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

enum {
    CLOCK_NS_PER_US = 1000,
    CLOCK_NS_PER_MS = 1000 * 1000,
    CLOCK_NS_PER_S = 1000 * 1000 * 1000,
};

/* CLOCK_MONOTONIC: for durations. */
uint64_t clock_mono_ns(void);

/* CLOCK_REALTIME: nanoseconds since 1970-01-01 UTC. */
uint64_t clock_real_ns(void);

#endif
