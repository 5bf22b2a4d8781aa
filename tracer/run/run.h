/* run/run.h: what a scenario is run with, and what comes of it; a trace judged. Running: run/job.h. */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include "base/err.h"
#include "expect/parse.h"
#include "verdict/verdict.h"

#include <sys/types.h>

/* A command line that stands in for a role's own. */
struct role_command {
    const char *role, *command;
};

struct run_opts {
    const struct role_command *commands;
    size_t ncommands;
    const struct param *params; /* --set NAME=VALUE */
    size_t nparams;
    uint32_t timeout_ms; /* of each role that gives none; 0: RUN_TIMEOUT_MS */
    bool no_namespace;
    bool no_kernel;
    bool no_source;     /* do not find the places in the source that calls come from */
    bool deny_io_uring; /* io_uring_setup(2) fails with ENOSYS, so that programs fall back */
    uint32_t shift;     /* not 0: calls are held back a little, otherwise for each number */
    size_t long_trace;  /* check: of traces with more events run->trace gets an excerpt; 0: RUN_LONG_TRACE */
    bool keep_trace;    /* check: run->trace is to be the whole trace, for those who show it */
    size_t snaplen;
    uint64_t file_limit; /* bytes that a program may write into one file; 0: as many as it likes */
    enum confidence failing_confidence; /* findings from this confidence on fail the verdict */
    const char *trace_path;             /* -o: where the trace is written too, or NULL */
    void (*in_recorder)(void); /* called in each process that records, before it does anything; or NULL */
};

enum {
    RUN_TIMEOUT_MS = 10000,
    RUN_LONG_TRACE = 10000,
    RUN_PRIVATE_PORT = 7000, /* ${PORT} in a network of its own, where every port is free */
};

/* What was found of a role's calls while its trace went by (run/digest.h). */
struct heard {
    bool holds;
    size_t ncalls;
    uint64_t last_seq;   /* of its last call, or 0 */
    uint64_t failed_seq; /* the event after which the pattern could no longer hold, or 0 */
};

/* A judged run and everything that it points into. */
struct run {
    struct verdict verdict;
    struct trace
        trace; /* of a recorded trace that holds only some events: verdict.roles has what was counted */
    const char *why_cut;       /* why the trace is cut; NULL: nothing is known of it */
    const struct heard *heard; /* by role of the expectation; NULL: all that there is stands in `trace` */
    uint64_t ended_ns;         /* with it: the end of the last event */
    const struct rules_watch *watch; /* with it: of the whole trace; only while it is judged */
    struct arena arena;
    struct source source;
    struct model *model;
    struct findings findings;
    enum confidence failing_confidence; /* findings from this confidence on fail the verdict */
};

enum run_result {
    RUN_JUDGED,     /* `verdict` says what it came to, "could not test" included */
    RUN_WRONG_FILE, /* the expectation has errors: `diagnostics` has the text for the user; exit code 2 */
    RUN_WRONG_USE,  /* `err` says what; exit code 2 */
    RUN_FAULT,      /* our own: `err` says what; exit code 4 */
};

/* Find an expectation: a path as it is, a name in ./expected, then among those that come along. malloc'd, or
 * NULL. */
char *run_find_expect(const char *name, struct err *err);

/*
 * The judgement of a run on a trace recorded earlier, in files as format_open takes them. A role command of
 * opts names the role of the trace, or the program of strace's log, that plays that role here.
 */
enum run_result run_check(const char *path, const char *const *traces, size_t ntraces,
                          const struct run_opts *opts, struct run *run, struct buf *diagnostics,
                          struct err *err);

/* For run/job.c: read the expectation; and judge run->trace with run->verdict.expect. */
bool run_begin(struct run *run, const char *path, const struct run_opts *opts, struct err *err);
void run_judge(struct run *run);

void run_release(struct run *run);

#endif
