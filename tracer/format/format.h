/* format/format.h: the registry of trace writers and readers, one file each. */
#ifndef FORMAT_FORMAT_H
#define FORMAT_FORMAT_H

#include "base/err.h"
#include "event/trace.h"

#include <stdio.h>

/* -X: how constants are written. */
enum const_style { CONST_ABBREV, CONST_RAW, CONST_VERBOSE };

/* -x: which strings, or bytes of strings, are written in hexadecimal. */
enum hex_style { HEX_NONE, HEX_CHARS, HEX_NON_ASCII, HEX_ALL };

/* -t, -r, -T: a time with so many digits behind the point. */
enum time_style { TIME_NONE, TIME_OF_DAY, TIME_UNIX, TIME_SPAN };
struct time_form {
    enum time_style style;
    unsigned digits; /* 0, 3, 6, 9 */
};

/* -y: what is told of the socket behind an fd. */
enum fd_info {
    FD_INFO_PATH = 1 << 0,   /* which one it is */
    FD_INFO_SOCKET = 1 << 1, /* protocol and addresses */
};

/* -q: what is not told. */
enum quiet {
    QUIET_ATTACH = 1 << 0, /* that processes begin or are attached */
    QUIET_EXIT = 1 << 1,   /* that they end */
    QUIET_EXECVE = 1 << 2, /* that a thread replaced the program of its process */
    QUIET_ALL = QUIET_ATTACH | QUIET_EXIT | QUIET_EXECVE,
};

/* What is known of a socket when a line about it is written. Borrowed until the next event. */
struct sock_info {
    int domain, type, protocol; /* AF_*, SOCK_* without flags, as socket(2) was given it; -1: not known */
    uint64_t inode, peer_inode; /* 0: not known */
    const struct value *local, *peer; /* its address; that of a connected one's other end; NULL: none known */
};

/* Who knows of sockets. `made`: the call that the line is about made it; all others are told of as they were
 * at the entry. false: nothing is known. */
struct sock_source {
    bool (*info)(void *arg, uint64_t sock, bool made, struct sock_info *info);
    void *arg;
};

/* Options of the letters that strace has for them; each writer heeds what makes sense for it. */
struct format_opts {
    size_t strlen_max;               /* -s: bytes of a string to print */
    unsigned column;                 /* -a: column of the result */
    struct time_form abs_time;       /* -t: when, in front */
    struct time_form rel_time;       /* -r: time since the event before */
    struct time_form duration;       /* -T: time spent in the call, behind it */
    unsigned fds;                    /* -y: enum fd_info */
    const struct sock_source *socks; /* for it; NULL: only the number of a socket is known */
    unsigned quiet;                  /* -q: enum quiet */
    bool whole;                      /* -v: arrays are not cut */
    enum const_style consts;         /* -X */
    enum hex_style hex;              /* -x */
    bool pids; /* the pid in front of each line (-f's way: always in strace, where it helps in text) */
    bool bracket_pids; /* strace: `[pid 1234] ` while there are several processes, as on its stderr, not `1234
                          ` */
    bool kernel;       /* text: kernel state beside the result */
    bool color;        /* text: for a terminal */
    int width;         /* text: columns of the terminal, 0: unlimited */
};

#define FORMAT_OPTS_DEFAULT                                                                                  \
    ((struct format_opts){.strlen_max = 32, .column = 40, .pids = true, .kernel = true})

/* A file that is read: from where it stands. */
struct format_input {
    FILE *in;
    const char *name; /* for messages */
    const char *role; /* whose trace it is; "": it says so itself */
};

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
    /* The same of several files that are one trace together, or of one whose role is given; NULL: there is
     * no such thing. */
    bool (*read_all)(const struct format_input *inputs, size_t len, struct sink *sink, bool *cut,
                     struct err *err);
    bool by_program; /* what is read has no roles: each event has the name of its program in that place */
};

/* Walk over the registry: NULL ends it. */
const struct format *format_at(size_t i);
const struct format *format_by_name(const char *name);

/* Which reader a file's first bytes call for; NULL where none knows them. */
const struct format *format_sniff(const char *head, size_t len);

/* Trace files that are one trace, and can be read again and again. */
struct format_file {
    struct format_input *inputs;
    long *from;
    size_t len;
    struct arena arena;
    const char *name; /* for messages, of the first; borrowed */
    const struct format *format;
};

/*
 * Each path is that of a file, "-" (standard input), or `ROLE=PATH` of a log of strace that is about this
 * role alone, where no file has that whole name. false with a message; nothing is to be closed then.
 */
bool format_open(struct format_file *file, const char *const *paths, size_t len, struct err *err);
void format_close(struct format_file *file);

/* From the beginning; see struct format. */
bool format_read(struct format_file *file, struct sink *sink, bool *cut, struct err *err);

/*
 * Opens and reads trace files in whichever format they are into `trace`, which is initialised. false with a
 * message; what was read until then is in the trace.
 */
bool format_load(const char *const *paths, size_t len, struct trace *trace, struct err *err);

/* One event as the text format writes it, without role, pid and newline: for reports. */
void format_event_line(struct buf *out, const struct event *event, const struct format_opts *opts);

/* A value as the text format writes it. */
void format_value(struct buf *out, const struct value *value, const struct format_opts *opts);

#endif
