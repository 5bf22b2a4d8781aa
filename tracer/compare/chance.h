/* compare/chance.h: calls that another run makes more or less often, or in another order. */
#ifndef COMPARE_CHANCE_H
#define COMPARE_CHANCE_H

#include "event/event.h"

/* A wait for more than one thing: which comes first is not the program's choice. */
bool chance_is_choice(const struct event *event);

/* It asks, and changes nothing: once is as good as often. */
bool chance_is_question(const struct event *event);

/* A recv that left the bytes where they are. */
bool chance_is_peek(const struct event *event);

/* No story tells of it. `seen` is expect/view's; `has_socket`: it was on one. */
bool chance_is_passed_over(const struct event *event, bool has_socket, unsigned seen);

#endif
