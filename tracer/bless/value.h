/* bless/value.h: the same argument as several runs had it, as the narrowest pattern for all. */
#ifndef BLESS_VALUE_H
#define BLESS_VALUE_H

#include "bless/sample.h"

/* A value of one run. */
struct seen_value {
    const struct sample *sample;
    const struct value *value;
};

/* Ports that are the kernel's choice and stand in several lines of a block, by what they were in each run. */
struct port_name {
    const uint64_t *ports; /* one an instance of the block */
    size_t times;          /* how many lines have it */
    const char *name;      /* once it was written */
};

struct value_writer {
    const struct bless_scope *scope; /* the block that the line stands in */
    struct arena *arena;
    struct buf *out;
    bool is_printed;  /* by a program, for people: what libc says of errors is left open */
    struct buf *note; /* what differed, for a comment; or NULL */
    /* To name ports; NULL: none. `counts`: this walk only counts them, `out` is not looked at. */
    struct ports *ports;
};

struct ports {
    VEC(struct port_name) list;
    bool counts;
    const char *(*fresh)(void *arg, const char *stem); /* a name that no other thing has */
    void *arg;
};

/* Write the pattern. NULL values are arguments that are not there. */
void values_write(const struct value_writer *w, const struct seen_value *values, size_t len);

/* Bytes as the inside of a string: parameters by their names, `...` for what differs. */
struct seen_bytes {
    const struct sample *sample;
    const uint8_t *bytes;
    size_t len;
};
void bytes_write(const struct value_writer *w, const struct seen_bytes *all, size_t len);

enum { DIFFERENT_MOST = 3 }; /* alternatives that a line, or its comment, lists */

/* Add what was seen to the comment, each text once. */
void value_note(const struct value_writer *w, const char *const *texts, size_t len);

/* Numbers: `5`, or `> 0` where they differ, or `_`. */
void numbers_write(const struct value_writer *w, const int64_t *all, size_t len);

#endif
