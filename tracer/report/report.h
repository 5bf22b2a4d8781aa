/* report/report.h: the registry of verdict writers and of trace views, one file each. */
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
    const char *below; /* a directory: paths in it are shown from there on; NULL: none is */
};

/* Writes the verdicts of one command, one after the other. The same verdicts give the same bytes. */
struct report {
    const char *name; /* "text" */
    const char *what; /* one line for --help */
    /* verdicts[i]; those before it have been written. */
    void (*add)(struct buf *out, const struct verdict *const *verdicts, size_t i,
                const struct report_opts *opts);
    /* What follows the last one. */
    void (*finish)(struct buf *out, const struct verdict *const *verdicts, size_t len,
                   const struct report_opts *opts);
};

const struct report *report_at(size_t i);
const struct report *report_by_name(const char *name);

/* All of it. */
void report_write(const struct report *report, struct buf *out, const struct verdict *const *verdicts,
                  size_t len, const struct report_opts *opts);

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
