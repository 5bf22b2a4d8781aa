/* report/report.h: the registry of reports and of trace views, one file each. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/buf.h"
#include "event/trace.h"
#include "model/model.h"
#include "verdict/verdict.h"

struct report_opts {
    bool color;
    int width;         /* columns; 0: 80 */
    bool verbose;      /* also what holds: the passed rows, what programs printed */
    unsigned withheld; /* of the three hints, the last: 1 the cure, 2 the cause too, 3 all */
    bool no_chance;    /* nothing that is otherwise each time: durations, numbers of events and of calls */
    const char *below; /* a directory: paths in it are shown from there on; NULL: none is */
};

struct outcome;
struct outcome_sum;

/* What reports on the same outcomes have in common. */
struct report_set {
    const char *title;                /* "sockdrill" */
    const char *version;              /* of sockdrill */
    bool no_times;                    /* durations and times are left out */
    const struct outcome_sum *points; /* hundredths for each outcome; NULL: what its expectation gives */
};

/* A kind of report on what scenarios came to. The same outcomes give the same bytes. */
struct report {
    const char *name;   /* "junit" */
    const char *suffix; /* of a file of it: "junit.xml" */
    const char *what;   /* one line for --help */
    void (*write)(struct buf *out, const struct outcome *const *outcomes, size_t len,
                  const struct report_set *set);
    /* What is to be appended to the file that this variable of the environment names, where it does; both
     * NULL: nothing is. */
    const char *aside_in;
    void (*write_aside)(struct buf *out, const struct outcome *const *outcomes, size_t len,
                        const struct report_set *set);
};

/* In the order in which help lists them; NULL ends it. */
const struct report *report_at(size_t i);
const struct report *report_by_name(const char *name);

/* A way to look at a folded trace. */
struct view {
    const char *name; /* "text", "sequence", "sockets" */
    const char *what;
    void (*write)(struct buf *out, const struct trace *trace, const struct model *model,
                  const struct report_opts *opts);
};

const struct view *view_at(size_t i);
const struct view *view_by_name(const char *name);

#endif
