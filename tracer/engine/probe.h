/* engine/probe.h: what this machine lets a tracer do, asked by doing it. */
#ifndef ENGINE_PROBE_H
#define ENGINE_PROBE_H

#include <stdbool.h>
#include <stddef.h>

struct probe_result {
    const char *name; /* "ptrace", "seccomp filter", "network namespace", … */
    bool ok;
    bool needed;      /* without it nothing works; else something is slower or less isolated */
    char detail[256]; /* what was seen */
    char remedy[384]; /* what to do where it is not ok */
};

/* Runs the i-th probe; false: there is none. */
bool probe_run(size_t i, struct probe_result *result);

#endif
