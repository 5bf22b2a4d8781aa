/* verdict/verdict.h: what a run came to: data only, made by run/, written by report/. */
#ifndef VERDICT_VERDICT_H
#define VERDICT_VERDICT_H

#include "expect/ast.h"
#include "expect/match.h"
#include "rules/rules.h"

/* The numbers are the exit codes of the interfaces page; 2 and 4 are never a verdict. */
enum verdict_result { VERDICT_HOLDS = 0, VERDICT_FAILS = 1, VERDICT_UNTESTED = 3 };

/* Why a role fails, beside its calls. */
struct role_verdict {
    const struct role *role;
    bool started;
    uint64_t start_seq; /* of its EVENT_START */
    size_t ncalls;
    bool calls_hold;
    uint64_t failed_seq; /* where it is false: the event after which they could hold no more; 0: at the end */
    const struct alignment *alignment; /* where calls_hold is false, else NULL */
    /* How its first process ended; both false: it was still there when the trace stopped. */
    bool exited, killed;
    int status;                     /* exit status or signal number */
    bool timed_out;                 /* the runner ended it at its time limit; or, where it is */
    bool hung;                      /* … hung, because nothing could move any more */
    bool stopped;                   /* the runner ended it because all others had ended */
    const struct event *blocked_in; /* the call it was in when the runner ended it, or NULL */
    bool exit_fails;                /* `exit N` or `killed by` does not hold */
    bool stdout_fails;
    const char *stdout_text,
        *stderr_text; /* what it printed, "" where nothing or not captured; not escaped */
    size_t stdout_len, stderr_len;
};

/* One thing to tell, in order of importance: the first cause first. */
struct cause {
    const struct role_verdict *role; /* where it shows; NULL: in no role */
    const struct align_row *row;     /* of the role's alignment, or NULL */
    struct span span;                /* in the expectation; empty: none */
    const struct event *event;       /* or NULL */
    const struct event *at;          /* whose place in the source is the cause's, or NULL: `event`, … */
    bool is_behind;                  /* … or what the role did right before */
    const char *what;                /* "listen is missing", one line, no full stop */
    const char *hint;                /* the expectation's own, or NULL */
    const struct finding *finding;   /* the rule that tells of the same mistake, or NULL */
    bool is_finding;                 /* and there is nothing else to it */
    const char *nudge;               /* of a finding: the first of its three hints; or NULL */
    const char *why, *cure;          /* one sentence each; "" where there is nothing to say */
};

/* A place in the source of a program, with the lines around it. */
struct snippet {
    const char *file; /* as frames name it */
    int line;
    int from; /* the number of lines[0] */
    const char *const *lines;
    size_t nlines; /* 0: they can't be read, or are not what ran */
};

/* What a task waited for when nothing could move any more, in words; and which call would have set it free.
 */
struct waiting {
    const char *role; /* "server"; where it has several tasks, which: "server 412" */
    const char *text, *free;
};

/* What a block of the expectation is worth, and whether it was earned. */
struct score {
    const struct role_verdict *role; /* of copies: the first */
    const struct points *points;
    bool is_earned;
};

struct verdict {
    enum verdict_result result;
    const char *name; /* of the scenario or file */
    const struct expect *expect;
    const struct trace *trace; /* folded; whole, or of a long one what the verdict points at */
    const struct model *model;
    const struct role_verdict *roles;
    size_t nroles;
    const struct cause *causes; /* [0] is the first cause; empty where it holds */
    size_t ncauses;
    const struct score *scores; /* in the order of the file; they say nothing in VERDICT_UNTESTED */
    size_t nscores;
    const struct waiting *waiting; /* who waits for whom, where nothing could move any more */
    size_t nwaiting;
    const struct findings *findings;
    const struct snippet *snippets; /* of the causes and the findings, where these have a source */
    size_t nsnippets;
    const char *const
        *notes; /* sentences: how it was isolated, what was lost, what could not be tested and why */
    size_t nnotes;
    uint64_t took_ns;
};

#endif
