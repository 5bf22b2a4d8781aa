/* unit/run/pairs.h: expectations and traces, pair by pair, as many as there is time for. */
#ifndef UNIT_RUN_PAIRS_H
#define UNIT_RUN_PAIRS_H

#include "base/alloc.h"
#include "base/clock.h"

#include <check.h>
#include <glob.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    PAIRS_SECONDS = 5,  /* no pair is begun later */
    PAIRS_TIMEOUT = 120 /* of the test, for the pair that was begun then on a slow machine */
};

/* SEED of the environment, else another one each time. It is printed. */
static uint64_t pairs_seed(void)
{
    const char *given = getenv("SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : clock_mono_ns();

    printf("SEED=%" PRIu64 "\n", seed);
    fflush(stdout);
    return seed;
}

/* xorshift64; never 0 for a state that is not. */
static uint64_t pairs_draw(uint64_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random;
}

/*
 * Calls `judge` with every expectation and every trace whose names fit the patterns (glob(7)), in an order
 * drawn from the seed, until the time is over: there are more of both with each scenario.
 */
static void pairs_each(const char *expects, const char *traces, uint64_t seed,
                       void (*judge)(const char *expect, const char *trace, void *arg), void *arg)
{
    uint64_t random = seed | 1, end_ns = clock_mono_ns() + PAIRS_SECONDS * UINT64_C(1000000000);
    glob_t left = {0}, right = {0};
    size_t len, done = 0;
    size_t *order;

    ck_assert_int_eq(glob(expects, 0, NULL, &left), 0);
    if (glob(traces, 0, NULL, &right) != 0)
        right.gl_pathc = 0;
    len = left.gl_pathc * right.gl_pathc;
    order = calloc(len + 1, sizeof(*order));
    for (size_t i = 0; i < len; i++) {
        size_t k = pairs_draw(&random) % (i + 1);

        order[i] = order[k];
        order[k] = i;
    }
    for (; done < len && clock_mono_ns() < end_ns; done++)
        judge(left.gl_pathv[order[done] / right.gl_pathc], right.gl_pathv[order[done] % right.gl_pathc], arg);
    printf("%zu of %zu pairs of %s and %s\n", done, len, expects, traces);
    fflush(stdout);
    free(order);
    globfree(&left);
    globfree(&right);
}

#endif
