/* format/log_node.h: what strace writes for the arguments of a call, as a tree that knows no types yet. */
#ifndef FORMAT_LOG_NODE_H
#define FORMAT_LOG_NODE_H

#include "base/arena.h"
#include "format/log_line.h"

enum log_node_kind {
    LOG_NODE_NUMBER, /* `-1`, `0x7f`, `010`; with what decorates it passed over */
    LOG_NODE_WORD,   /* `AF_INET`, `NULL` */
    LOG_NODE_STRING, /* `"ping\n"`, `"pi"...`, `@"abstract"` */
    LOG_NODE_STRUCT, /* `{a=1, b=2}` */
    LOG_NODE_ARRAY,  /* `[1, 2]`, `[3 5]`, `~[INT TERM]` */
    LOG_NODE_MACRO,  /* `htons(80)`, `inet_addr("127.0.0.1")` */
    LOG_NODE_SUM,    /* `A|B|0x10`, `A+3` */
    LOG_NODE_CHANGE, /* `16 => 4` */
};

struct log_node {
    enum log_node_kind kind;
    const struct log_node *next; /* the next in the list that it stands in */
    const char *field;           /* of a struct: its name; "" where it has none */
    const char *text;            /* WORD, MACRO: the name; SUM: the sign */
    uint64_t n;                  /* NUMBER */
    bool is_negative;
    unsigned base;        /* NUMBER: 8, 10, 16 */
    const uint8_t *bytes; /* STRING */
    size_t len;           /* of bytes; of items */
    const struct log_node *first;
    bool is_cut;      /* STRING, STRUCT, ARRAY: `...` says that there is more */
    bool is_abstract; /* STRING: `@` in front */
    bool is_not;      /* ARRAY: `~` in front */
};

/*
 * A list of values with `, ` between them, as it stands between the brackets of a call. false where the text
 * is no such list: *why says what is wrong with it.
 */
bool log_nodes_parse(struct log_text text, struct arena *arena, const struct log_node **first, size_t *len,
                     const char **why);

/* For each item of a node's list. */
#define log_node_each(it, of) for (const struct log_node *it = (of)->first; it; it = it->next)

/* The field of a struct, or NULL. */
const struct log_node *log_node_field(const struct log_node *node, const char *name);

/* What holds at the end: the right side of a change. */
const struct log_node *log_node_final(const struct log_node *node);

bool log_node_is_null(const struct log_node *node);
bool log_node_is_macro(const struct log_node *node, const char *name);

/* The i-th of its list, or NULL. */
const struct log_node *log_node_item(const struct log_node *node, size_t i);

#endif
