/* cmd/options.h: option tables: parsing, errors with a hint, and help come from the same rows. */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * `set` is called for each occurrence, with the value; it returns NULL, or what is wrong with the value ("is
 * no number"). Where no value was given it is NULL for the letter, "" for the name. Where `set` is NULL the
 * bool at offset `flag` of the argument becomes true. The table ends with a row without names.
 */
struct option_row {
    char letter;       /* 0: none */
    const char *name;  /* without --; NULL: none */
    const char *value; /* what help calls its value ("FILE"); "[=SET]": only the name takes one, and need not;
                          NULL: takes none */
    const char *help;  /* one line, or more with newlines between */
    const char *(*set)(void *arg, const char *value);
    size_t flag;
};

/* The last two members of a row. */
#define OPTION_SET(function)     function, 0
#define OPTION_FLAG(type, field) NULL, offsetof(type, field)

enum options_order {
    OPTIONS_ANYWHERE,     /* options may stand behind operands */
    OPTIONS_BEFORE_FIRST, /* all from the first operand on belongs to the traced command */
};

/* Rows that several commands share. */
struct option_group {
    const char *heading; /* "Selection" */
    const struct option_row *rows;
};

struct options {
    const struct option_row *rows;
    enum options_order order;
    const struct option_group *shared; /* NULL: none; ends with a group without rows */
    size_t shared_at;                  /* their argument, as an offset of that of `rows` */
};

/*
 * Parse argv[1..]. Operands are moved to argv[*first..argc). false: a message for the user (one line and a
 * hint, without "sockdrill:") is in `message`. A lone "--" ends the options.
 */
bool options_parse(const struct options *options, void *arg, int argc, char **argv, int *first,
                   struct buf *message);

/* The lines of `rows` for --help; those of the groups, each under its heading. */
void options_help(const struct options *options, struct buf *out);
void options_help_shared(const struct options *options, struct buf *out);

/* Each row, those of the groups behind the others. `heading` is the group's, or NULL. */
void options_each(const struct options *options,
                  void (*each)(void *arg, const struct option_row *row, const char *heading), void *arg);

/* For `set` functions: a number from 0 to `most`. */
bool options_number(const char *text, unsigned long most, unsigned long *n);

/* The same: a time in seconds, at most a day. */
bool options_seconds(const char *text, uint32_t *ms);

#endif
