/* lib/sockdrill.h: libsockdrill: run an expectation, get the verdict, walk the events. `pkg-config
 * sockdrill`. */
#ifndef SOCKDRILL_H
#define SOCKDRILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A semantic version (semver.org): what is written against one MAJOR is built with all later ones of it;
 * while MAJOR is 0, of one MINOR. The library's own is sockdrill_version(): "0.1.0".
 */
#define SOCKDRILL_MAJOR 0
#define SOCKDRILL_MINOR 1
#define SOCKDRILL_PATCH 0
const char *sockdrill_version(void);

/* The numbers are the exit codes of `sockdrill run`. */
enum sockdrill_result {
    SOCKDRILL_HOLDS = 0,    /* each role did what its pattern says, and no finding fails it */
    SOCKDRILL_FAILS = 1,    /* it does not hold: sockdrill_cause(…, 0, …) is the first cause */
    SOCKDRILL_WRONG = 2,    /* the expectation, the trace or an option is wrong or not there */
    SOCKDRILL_UNTESTED = 3, /* tracing is refused, or a program can't be started: neither right nor wrong */
    SOCKDRILL_FAULT = 4,    /* a fault of sockdrill itself */
};

/* How sure a rule is of a mistake that it found. */
enum sockdrill_sureness { SOCKDRILL_PROVED = 0, SOCKDRILL_LIKELY, SOCKDRILL_STYLE, SOCKDRILL_NONE };

struct sockdrill_pair {
    const char *name, *value;
};

/* All of it may be zero; NULL in place of a struct is the same. The library keeps copies. */
struct sockdrill_options {
    /* Programs in place of the expectation's own: {{"server", "./my-server ${PORT}"}, {NULL, NULL}}. Of
     * sockdrill_check: which role of the trace plays that role. */
    const struct sockdrill_pair *roles;
    const struct sockdrill_pair *params; /* values for ${NAME}; ends with {NULL, NULL} */
    enum sockdrill_sureness failing;     /* findings that are so sure fail it; SOCKDRILL_NONE: none does */
    unsigned timeout_ms;                 /* of each role that gives none; 0: ten seconds */
    const char *trace_path;              /* where the trace is written too, as JSON Lines; or NULL */
    bool no_namespace;                   /* run in the machine's own network, on a free port */
    bool no_source;                      /* do not look for the source lines of calls */
    bool deny_io_uring;                  /* io_uring_setup(2) fails: programs fall back */
};

/* What came of a run, and everything that is told of it. */
struct sockdrill_verdict;

/*
 * Run the scenario and compare. `expectation` is the path of an .expect file, or the name of a scenario (in
 * ./expected, or one that comes along). Programs without a slash are looked for beside the file, then in
 * PATH. Never NULL: what could not be done is a verdict, too. Free it with sockdrill_free.
 *
 * It forks one child and waits for it, and for no other child of the process: SIGCHLD must not be ignored.
 * Programs that it started are gone when it returns. It prints nothing. Several threads may each call it.
 * Where there is no memory left, the process ends with a message.
 */
struct sockdrill_verdict *sockdrill_run(const char *expectation, const struct sockdrill_options *options);

/* The same verdict on `n` trace files: one in JSON Lines, or logs of strace -f (`ROLE=PATH` each). */
struct sockdrill_verdict *sockdrill_check(const char *expectation, const char *const *traces, size_t n,
                                          const struct sockdrill_options *options);

/* With all texts that were handed out for it; NULL is nothing. */
void sockdrill_free(struct sockdrill_verdict *verdict);

/* ---- What it came to. Texts below live until sockdrill_free; programs' own bytes in them are escaped. ----
 */

enum sockdrill_result sockdrill_result(const struct sockdrill_verdict *verdict);

/* What is to be told first: "server: listen is missing"; the errors of the file, with lines; why it could not
 * be tested. "" where it holds. */
const char *sockdrill_message(const struct sockdrill_verdict *verdict);

/* A place in the source of the traced program, as its debug information has it. */
struct sockdrill_place {
    const char *file; /* NULL: not known */
    int line;
};

/* Why it does not hold. */
struct sockdrill_cause {
    const char *role;       /* "server"; "" where it shows in none */
    const char *what;       /* "listen is missing" */
    const char *why, *cure; /* a sentence each, or "" */
    const char *code;       /* of the rule that tells of the same mistake: "SD021"; or NULL */
    int expected_line;      /* of the expectation; 0: none */
    uint64_t event;         /* the number of an event; 0: none */
    struct sockdrill_place at;
};

/* A mistake that a rule found, whatever the expectation. */
struct sockdrill_finding {
    const char *role;
    const char *code, *title; /* "SD021", "accept without listen" */
    enum sockdrill_sureness sureness;
    const char *what;       /* what happened, one sentence */
    const char *why, *cure; /* a sentence each */
    const char *man;        /* where to read on: "accept(2)" */
    uint64_t event;
    struct sockdrill_place at;
};

/* Something that happened: a call, or what became of a process. */
struct sockdrill_event {
    uint64_t number;           /* from 1 */
    uint64_t start_ns, end_ns; /* since the run began */
    const char *kind;          /* "call", "start", "exit", "signal", …: as trace files have it */
    const char *role;
    int pid, tid;
    const char *text; /* all of it, as a line: "accept(3) = 4" */

    /* Of calls; of others NULL and 0. */
    const char *call;        /* what it comes to: "accept", "send" */
    const char *system_call; /* what it was: "accept4", "write" */
    bool returned;           /* false: it was still under way when the trace ended; there is no result */
    int64_t result;
    int error;        /* errno, or 0 */
    const void *data; /* that it sent or received; NULL: none, or it failed */
    size_t length;    /* of what is kept of `data`: 64 KiB at most */
    uint64_t length_in_all;
    uint64_t socket; /* which: the same number in all programs of the run; 0: none */
    struct sockdrill_place at;
};

/*
 * Fill in the i-th, from 0; false where there are no more:
 *
 *     for (size_t i = 0; sockdrill_cause(verdict, i, &cause); i++)
 *
 * Causes come in the order of importance, findings and events in that of the trace. A verdict that is WRONG
 * or a FAULT has none.
 */
bool sockdrill_cause(struct sockdrill_verdict *verdict, size_t i, struct sockdrill_cause *cause);
bool sockdrill_finding(struct sockdrill_verdict *verdict, size_t i, struct sockdrill_finding *finding);
bool sockdrill_event(struct sockdrill_verdict *verdict, size_t i, struct sockdrill_event *event);

/* An argument of the i-th event by its name in the manual page, as text: "backlog" is "16". NULL: it has
 * none. */
const char *sockdrill_argument(struct sockdrill_verdict *verdict, size_t i, const char *name);

/* ---- All of it as text ---- */

/* As `sockdrill run` reports it: "text", or another kind that it knows. To be freed with free(3). NULL: there
 * is no such kind, or no verdict to report (WRONG, FAULT). */
char *sockdrill_report(const struct sockdrill_verdict *verdict, const char *kind);

/* The trace as JSON Lines: see sockdrill-trace(5). false where it could not be written, or there is none. */
bool sockdrill_write_trace(const struct sockdrill_verdict *verdict, FILE *out);

#ifdef __cplusplus
}
#endif

#endif
