/* model/grams.h: datagrams that were sent and received, and which was which. */
#ifndef MODEL_GRAMS_H
#define MODEL_GRAMS_H

#include "base/vec.h"
#include "model/endpoint.h"
#include "model/order.h"

enum { GRAM_HEAD = 32 };

struct gram {
    size_t node;
    int tid;
    uint64_t sock;       /* that it was sent from or received on */
    struct endpoint far; /* where it went, where it came from */
    uint64_t full;       /* bytes sent, or handed over */
    uint8_t head[GRAM_HEAD];
    uint8_t head_len;
    bool peeked;
};

struct grams {
    VEC(struct gram) sent, received; /* in the order in which the calls were complete */
};

struct lives;

void grams_release(struct grams *grams);

/*
 * An edge from each datagram's sending to its receipt, where there is one candidate only: address, content
 * and the order of its sender's datagrams to that address agree. Datagrams may be lost; equal ones of one
 * task stand for each other, the first for a later one, which is true of their order.
 */
void grams_link(const struct grams *grams, const struct lives *lives, struct order *order);

#endif
