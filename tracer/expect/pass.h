/* expect/pass.h: for search.c and pass.c: one pass over a block's events. */
#ifndef EXPECT_PASS_H
#define EXPECT_PASS_H

#include "expect/search.h"

struct layer {
    VEC(struct node *) list;
    struct intmap by_hash;
};

/* One pass over a search's layers: the nodes of layer i have the first i events behind them. */
struct pass {
    const struct search *search;
    struct layer *layers;
    size_t from, to; /* the layers to look at, both included */
    bool open_end;   /* more events follow: what is missing at the end may yet come */
    unsigned limit;
};

/*
 * Add a node to the layer node.at, unless one that is no dearer stands there, or the limit forbids it.
 * `node.cost` comes without the cost of its edge.
 */
void pass_add(struct pass *pass, struct node node);

/* Add all nodes that one edge leads to. */
void pass_follow(struct pass *pass, const struct node *node);

/* Do the first `nevents` events of the life complete its block without a difference? */
bool search_fits(const struct search *search, size_t nevents);

#endif
