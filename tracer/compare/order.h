/* compare/order.h: what stands in another order, where the order is the program's. */
#ifndef COMPARE_ORDER_H
#define COMPARE_ORDER_H

#include "compare/compare.h"

/* Neither of the twins changes with the schedule what it does first. */
bool order_is_fixed(const struct strand *strand);

/*
 * Was the item before one of its socket's others in each run that the old trace stands for, and is it behind
 * it in each that the new one stands for, or the other way round? NULL: no. Else in words, in `arena`. Items
 * have their twins.
 */
const char *order_of_item(const struct comparison *comparison, const struct strand *old,
                          const struct item *item, struct arena *arena);

/*
 * Against the bytes of the socket's streams, which are as long in both traces. What was received earlier only
 * because the network brought more at once is no difference. The changes are added.
 */
void order_of_bytes(const struct strand *old, struct strand_diff *diff, struct arena *arena);

/* Between the sockets of one thread that does one thing after the other. */
void order_of_threads(struct actor_diff *diff, struct arena *arena);

#endif
