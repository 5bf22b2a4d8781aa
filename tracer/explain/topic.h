/* explain/topic.h: what calls, states, options, flags, ideas and the words of reports mean. */
#ifndef EXPLAIN_TOPIC_H
#define EXPLAIN_TOPIC_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* One for each file of explain/topics/. */
enum topic_kind {
    TOPIC_CALLS,
    TOPIC_STATES,
    TOPIC_OPTIONS,
    TOPIC_FLAGS,
    TOPIC_IDEAS,
    TOPIC_REPORT,
    TOPIC_KINDS,
};

/* Lists are "" where there is nothing. */
struct topic {
    enum topic_kind kind;
    const char *names;          /* "accept, accept4": the first is the one to list; NULL ends the table */
    const char *text;           /* paragraphs with a newline between them, links marked: see topic_link */
    const char *line;           /* how an expectation of `course` writes it */
    const char *course, *rules; /* names of scenarios, codes of rules, a blank between them */
    const char *man;            /* "accept(2), socket(7)" */
};

/* Made from explain/topics/ *.txt; those of a kind stand together. */
extern const struct topic topics[];

/* By any of its names; where none is the very word, letters may be of the other case, and `-`, `_` and blanks
 * are alike. NULL: there is none. */
const struct topic *topic_find(const char *word);

/* Name number i, in `name`; false: there is none. */
bool topic_name(const struct topic *topic, size_t i, struct buf *name);

/*
 * Step through a text, from *text on: what stands before the next link is appended to `plain`, as the words
 * of the link, and what it leads to is the content of `target`. A link is `[backlog]` or `[words|backlog]`.
 * false: there was none any more, and the rest was appended. Either buffer may be NULL.
 */
bool topic_link(const char **text, struct buf *plain, struct buf *target);

#endif
