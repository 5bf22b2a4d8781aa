/* format/format.h: the registry of trace writers and readers, one file each. */
#ifndef FORMAT_FORMAT_H
#define FORMAT_FORMAT_H

#include "base/err.h"
#include "event/trace.h"

#include <stdio.h>

/* Options of the letters that strace has for them; each writer heeds what makes sense for it. */
struct format_opts {
    size_t strlen_max; /* -s: bytes of a string to print */
    unsigned column;   /* -a: column of the result */
    bool abs_time;     /* -t: time of day in front (twice: with microseconds) */
    bool abs_time_us;  /* -tt */
    bool rel_time;     /* -r: seconds since the event before */
    bool duration;     /* -T: time spent in the call behind it */
    bool show_sockets; /* -y: which socket is behind each fd */
    bool quiet;        /* -q: no process starts and exits */
    bool pids; /* the pid in front of each line (-f's way: always in strace, where it helps in text) */
    bool bracket_pids; /* strace: `[pid 1234] ` while there are several processes, as on its stderr, not `1234
                          ` */
    bool kernel;       /* text: kernel state beside the result */
    bool color;        /* text: for a terminal */
    int width;         /* text: columns of the terminal, 0: unlimited */
};

#define FORMAT_OPTS_DEFAULT                                                                                  \
    ((struct format_opts){.strlen_max = 32, .column = 40, .pids = true, .kernel = true})

struct format {
    const char *name; /* "text", "strace", "jsonl" */
    const char *what; /* one line for --help */
    /* A sink that writes to `out` (borrowed) as events come. sink_end flushes and frees it. */
    struct sink *(*writer)(FILE *out, const struct format_opts *opts);
    /*
     * NULL: can't be read. Reads all of `in`, emitting begin, events and end to `sink`. *cut is set where the
     * file ends in the middle of a record. false with a message that names `name` and the line: not a trace,
     * an unknown schema, a wrong record.
     */
    bool (*read)(FILE *in, const char *name, struct sink *sink, bool *cut, struct err *err);
};

/* Walk over the registry: NULL ends it. */
const struct format *format_at(size_t i);
const struct format *format_by_name(const char *name);

/* Which reader a file's first bytes call for; NULL where none knows them. */
const struct format *format_sniff(const char *head, size_t len);

/*
 * Opens and reads a trace file ("-": standard input) in whichever format it is into `trace`, which is
 * initialised. false with a message; what was read until then is in the trace.
 */
bool format_load(const char *path, struct trace *trace, struct err *err);

/* One event as the text format writes it, without role, pid and newline: for reports. */
void format_event_line(struct buf *out, const struct event *event, const struct format_opts *opts);

/* A value as the text format writes it. */
void format_value(struct buf *out, const struct value *value, const struct format_opts *opts);

#endif
