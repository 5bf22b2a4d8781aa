/* bless/item.h: what will be a line, or a line with a block, with all its occurrences. */
#ifndef BLESS_ITEM_H
#define BLESS_ITEM_H

#include "bless/block.h"
#include "bless/value.h"

enum { NOWHERE = SIZE_MAX };

struct occurrence {
    size_t instance;
    size_t at; /* index into the sample's past */
    const struct event *event;
};

struct item {
    enum { ITEM_CALL, ITEM_DATA, ITEM_LIFE, ITEM_EACH } kind;
    const char *base;  /* ITEM_CALL: what it has in common with others of its kind */
    size_t ordinal;    /* ITEM_CALL: the how manieth of these */
    size_t place;      /* of its socket among those of the block, or NOWHERE */
    bool is_send;      /* ITEM_DATA: direction, */
    uint64_t from, to; /* and place in the stream; the same in all runs, unless */
    bool is_whole;     /* it is all that was moved, and that differs */
    bool repeats;      /* ITEM_CALL: not the same number in all runs */
    size_t *lo, *hi;   /* by instance: first and last index into the past; NOWHERE: it is not in this run */
    VEC(struct occurrence) list;
    VEC(struct instance) lives; /* ITEM_LIFE, ITEM_EACH */
    size_t least, most;         /* ITEM_EACH: lives in a run */
    const char *text;           /* in the end */
};

/* A direction of a socket in one run. */
struct piece {
    size_t at;
    const struct event *event;
    uint64_t from, to;
};

struct stream {
    VEC(struct piece) pieces;
    struct buf bytes;
};

/* A block of the pattern in the making. */
struct draft {
    struct role_story *story;
    struct bless_scope scope;
    const struct instance *instances;
    size_t ninstances;
    unsigned depth;
    size_t nplaces;
    struct sample_sock ***places; /* by instance, then by place */
    struct stream *streams;       /* by instance, place, direction */
    VEC(struct item) items;
    struct ports ports;
    bool *before; /* items x items: this one is always before that one */
};

static inline struct stream *block_stream(const struct draft *block, size_t instance, size_t place,
                                          bool is_send)
{
    return &block->streams[(instance * block->nplaces + place) * 2 + is_send];
}

/* bless/gather.c: fill in block->items. */
bool block_gather(struct draft *block);

/* bless/order.c: fill in block->before; write the items, whose text is known, in an order that all runs have.
 */
void block_order(struct draft *block);
void block_print(struct draft *block, struct buf *out);

#endif
