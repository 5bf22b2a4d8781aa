/* event/addr.h: socket addresses as values: their ports and hosts, and who reaches whom. */
#ifndef EVENT_ADDR_H
#define EVENT_ADDR_H

#include "event/event.h"

/* The port of a sockaddr_in or sockaddr_in6 in host order. false: another value. */
bool addr_port(const struct value *addr, int64_t *port);

/* The VALUE_IP of a sockaddr_in or sockaddr_in6, or NULL. */
const struct value *addr_host(const struct value *addr);

/* Would what is sent to `to` reach a socket that is bound to `at`? 0.0.0.0 takes every host of its family, ::
 * every one. */
bool addr_reaches(const struct value *to, const struct value *at);

/* The address among a call's canonical arguments (bind, connect, accept, sendto, recvfrom), or NULL. */
const struct value *event_addr(const struct event *event);

#endif
