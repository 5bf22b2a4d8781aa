/* run/golden.h: a scenario is run again and again until a pattern is found that its runs hold to. */
#ifndef RUN_GOLDEN_H
#define RUN_GOLDEN_H

#include "bless/bless.h"
#include "run/job.h"

struct golden {
    const char *path;            /* of the expectation that is run */
    const struct run_opts *opts; /* `shift` is not looked at */
    size_t nruns;                /* from which a pattern is made, at least 2 */
    size_t nproofs;              /* further runs in a row that it has to hold for */
    bool may_differ;             /* calls may differ from those of the expectation: it is to be replaced */
    void (*recording)(void *arg, pid_t recorder, bool begins); /* as in struct batch */
    bool (*goes_on)(void *arg);
    void (*progress)(void *arg, size_t nruns); /* so many runs are over */
    void *arg;

    /* What came of it. */
    struct buf text; /* the pattern */
    enum bless_level level;
    size_t nseen; /* runs in all */
    VEC(struct job *) jobs;
    const struct job *refused; /* the run that is none to go by, and how it is told; or NULL */
    struct arena arena;
};

/*
 * true: golden->text holds on every run that was made, each judged with it. false: `err` says why there is
 * none; *code is the exit code.
 */
bool golden_make(struct golden *golden, int *code, struct err *err);
void golden_release(struct golden *golden);

#endif
