/* report/outcome.h: what is to be told of one scenario, as texts and numbers only: it outlives the run, and
 * goes through JSON without loss. Machine reports are written from nothing else. */
#ifndef REPORT_OUTCOME_H
#define REPORT_OUTCOME_H

#include "base/arena.h"
#include "base/err.h"
#include "format/jnode.h"
#include "report/report.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Every text is valid UTF-8 without control characters: what was none is an escape as in C. Newlines and tabs
 * stand only where a member is said to have lines. outcome_make, outcome_failed and outcome_read see to it,
 * so that no writer has to fear what a program printed.
 */

enum outcome_result {
    OUTCOME_HOLDS,
    OUTCOME_FAILS,
    OUTCOME_UNTESTED,   /* could not be tested, or was not run: neither passed nor failed */
    OUTCOME_WRONG_FILE, /* the expectation, or what was asked for, is wrong */
    OUTCOME_FAULT,      /* of our own */
};

struct outcome_place {
    const char *file; /* below report_opts.below from there on; NULL: none */
    int line;
};

/* One thing to tell. */
struct outcome_cause {
    bool fails;       /* the scenario, or comes of what does; false: a finding that does not */
    const char *kind; /* "finding", "missing-call", "extra-call", "moved-call", "changed-call", "behaviour" */
    const char *role; /* NULL: none */
    const char *code; /* "SD021": the rule that tells of it; NULL: none does */
    const char *title;              /* of the rule, or NULL */
    const char *confidence;         /* "proved", "likely", "style": of the rule, or NULL */
    const char *what;               /* one line */
    const char *hint;               /* of the expectation's author, or NULL */
    const char *nudge, *why, *cure; /* NULL: there is nothing to say, or it is withheld */
    const char *expected, *actual;  /* a line of the expectation, and a call, or what was printed; or NULL */
    struct outcome_place source;    /* in the program */
    struct outcome_place expectation;
};

struct outcome_score {
    const char *role;
    struct outcome_place at; /* in the expectation */
    int points;
    bool is_earned; /* never where the scenario is OUTCOME_UNTESTED */
};

enum outcome_end {
    OUTCOME_NOT_STARTED,
    OUTCOME_EXITED, /* `status` is its exit status */
    OUTCOME_KILLED, /* `status` is the signal's number */
    OUTCOME_TIMED_OUT,
    OUTCOME_HUNG,    /* ended by the runner, because nothing could move any more */
    OUTCOME_STOPPED, /* ended by the runner, because all others had ended */
    OUTCOME_ALIVE,   /* still there when the trace stopped */
};

/* What a program printed: its first bytes, with lines. */
struct outcome_stream {
    const char *text;
    uint64_t left_out; /* bytes that were printed and are not in `text` */
};

struct outcome_role {
    const char *name;
    uint64_t ncalls;
    enum outcome_end end;
    int status;
    struct outcome_stream out, err;
};

struct outcome {
    const char *name;        /* of the scenario or file */
    const char *title;       /* "TCP echo"; "" */
    const char *expectation; /* its file; "" */
    enum outcome_result result;
    const char *headline; /* why it does not hold, in one line; "" where it does */
    const struct outcome_cause
        *causes; /* what fails it, the first cause first; then other findings, the surest first */
    size_t ncauses;
    const struct outcome_score *scores;
    size_t nscores;
    const struct outcome_role *roles;
    size_t nroles;
    const char *const *notes; /* with lines */
    size_t nnotes;
    const char *text; /* the report in words, without colour; lines */
    uint64_t took_ns; /* 0: not known, or not to be told; the same holds for */
    uint64_t began_s; /* seconds since 1970 */
};

/* What a run came to. Colour and width of `opts` have no effect. Everything lives in `arena`. */
const struct outcome *outcome_make(const struct verdict *verdict, const struct report_opts *opts,
                                   struct arena *arena);

enum outcome_result outcome_result_of(const struct verdict *verdict);

/* Where there is no verdict: what came of it, and why. `name` is the scenario's, or the path of its file;
 * `message` may have lines, and any bytes. */
const struct outcome *outcome_failed(const char *name, enum outcome_result result, const char *message,
                                     struct arena *arena);

/* "holds", "fails", "untested", "wrong-file", "fault" */
const char *outcome_word(enum outcome_result result);

/* How much a cause matters. */
enum outcome_level { OUTCOME_NOTE, OUTCOME_WARNING, OUTCOME_ERROR };

/* The first cause of a failure is an error, what follows from it a note; a finding is as sure as its rule. */
enum outcome_level outcome_level(const struct outcome *outcome, size_t cause);

/* "SD021"; where no rule tells of it "sockdrill/missing-call". Appended. */
void outcome_add_rule(struct buf *out, const struct outcome_cause *cause);

/* Where to look: in the program, where that is known, else in the expectation; a file of NULL: neither is. */
struct outcome_place outcome_place(const struct outcome_cause *cause);

/* "exited with 0", "killed by SIGPIPE", "timed out" */
void outcome_add_end(struct buf *out, const struct outcome_role *role);

struct outcome_sum {
    long earned, possible;
};

/* The points of the expectation; possible is 0 where it gives none. */
struct outcome_sum outcome_sum(const struct outcome *outcome);

/* One JSON object on one line, without a newline; members without a value are left out. The same outcome
 * gives the same bytes. */
void outcome_write(struct buf *out, const struct outcome *outcome);

/* The inverse, from a text, or from a part of one that was parsed. NULL with a message where it is none. It
 * lives in `arena`, and `node` has to live as long. Members that it does not know are passed over. */
const struct outcome *outcome_read(const char *text, size_t len, struct arena *arena, struct err *err);
const struct outcome *outcome_of(const struct jnode *node, struct arena *arena, struct err *err);

#endif
