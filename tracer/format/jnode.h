/* format/jnode.h: a JSON text as a tree in an arena. */
#ifndef FORMAT_JNODE_H
#define FORMAT_JNODE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum jnode_kind {
    JNODE_NULL,
    JNODE_TRUE,
    JNODE_FALSE,
    JNODE_INT,
    JNODE_REAL, /* its value is not kept: no record has one */
    JNODE_STRING,
    JNODE_ARRAY,
    JNODE_OBJECT,
};

struct jnode {
    enum jnode_kind kind;
    const char *key; /* of a member: with a NUL behind it; keys hold none */
    size_t key_len;
    const struct jnode *next; /* the next item or member of what this one stands in, or NULL */
    union {
        int64_t n; /* JNODE_INT */
        struct {
            const char *bytes; /* with a NUL behind them */
            size_t len;
        } text; /* JNODE_STRING */
        struct {
            const struct jnode *first;
            size_t len;
        } items; /* JNODE_ARRAY; JNODE_OBJECT: no two with the same key */
    };
};

enum { JNODE_ERROR_SIZE = 160 };

/*
 * The value that the text is, in `arena`; NULL with the reason in `error` where it is no JSON. jansson says
 * what is JSON and what it means: it reads whatever jnode_scan leaves to it.
 */
const struct jnode *jnode_parse(const char *text, size_t len, struct arena *arena,
                                char error[JNODE_ERROR_SIZE]);

/*
 * The quick way for the text of our own writers: plain ASCII, integers, nothing nested deeply. NULL: that is
 * for jansson to say. What is returned is what jansson would have made of it.
 */
const struct jnode *jnode_scan(const char *text, size_t len, struct arena *arena);

/* The same through jansson alone. */
const struct jnode *jnode_load(const char *text, size_t len, struct arena *arena,
                               char error[JNODE_ERROR_SIZE]);

/* The member of an object; NULL where there is none, and where `node` is NULL or no object. */
const struct jnode *jnode_get(const struct jnode *node, const char *key);

static inline bool jnode_is(const struct jnode *node, enum jnode_kind kind)
{
    return node && node->kind == kind;
}

/* The text of a string; NULL where `node` is NULL or none. */
static inline const char *jnode_text(const struct jnode *node)
{
    return jnode_is(node, JNODE_STRING) ? node->text.bytes : NULL;
}

/* For each item of an array, each member of an object. */
#define jnode_each(item, of) for (const struct jnode *item = (of)->items.first; item; item = item->next)

#endif
