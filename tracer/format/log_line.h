/* format/log_line.h: a line of a log that strace wrote, taken apart. */
#ifndef FORMAT_LOG_LINE_H
#define FORMAT_LOG_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A part of a line; it ends with no NUL. */
struct log_text {
    const char *at;
    size_t len;
};

enum log_kind {
    LOG_NOTHING,    /* what strace says of itself, a frame of a stack, an empty line */
    LOG_CALL,       /* `name(args) = result` */
    LOG_UNFINISHED, /* `name(args <unfinished ...>` */
    LOG_RESUMED,    /* `<... name resumed>args) = result`: the rest of what was not finished */
    LOG_DETACHED,   /* `name(args <detached ...>` */
    LOG_SIGNAL,     /* `--- name {args} ---` */
    LOG_EXITED,     /* `+++ exited with n +++` */
    LOG_KILLED,     /* `+++ killed by name (core dumped) +++` */
    LOG_SUPERSEDED, /* `+++ superseded by execve in pid n +++` */
};

/* What is written in front of a line. */
enum log_clock {
    CLOCK_NONE,
    CLOCK_SINCE, /* -r: since the line before */
    CLOCK_DAY,   /* -t, -tt: since midnight */
    CLOCK_UNIX,  /* -ttt */
};

struct log_line {
    enum log_kind kind;
    int pid; /* 0: the line does not say */
    enum log_clock clock;
    bool in_seconds; /* the time has no digits behind the point */
    uint64_t time_ns;
    bool has_took; /* -T */
    uint64_t took_ns;
    struct log_text name, args, result;
    int64_t n;
    bool core;
};

/* Without the newline. NULL; or what is wrong with the line. What is in `line` points into the text. */
const char *log_line_split(const char *text, size_t len, struct log_line *line);

/* Could a file that begins so be a log? `len` may end in the middle of its first line. */
bool log_line_sniff(const char *head, size_t len);

/*
 * Behind the decoration of a descriptor whose `<` stands at text.at[at]: `3</etc/passwd>`,
 * `3<TCP:[127.0.0.1:1->127.0.0.1:2]>`; the length of the text where it has no end.
 */
size_t log_skip_tag(struct log_text text, size_t at);

/* Behind the string whose quote stands at text.at[at], and behind the comment that begins there; likewise. */
size_t log_skip_string(struct log_text text, size_t at);
size_t log_skip_comment(struct log_text text, size_t at);

bool log_text_is(struct log_text text, const char *other);

#endif
