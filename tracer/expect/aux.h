/* expect/aux.h: which events a pattern need not mention. */
#ifndef EXPECT_AUX_H
#define EXPECT_AUX_H

#include "event/event.h"

/*
 * Asking and setting, waiting, calls that will be tried again, looking at bytes that stay (MSG_PEEK), closing
 * a reference that is not the last one, or -1, waiting for clients when the trace ended: may be passed over
 * anywhere.
 */
bool aux_is(const struct event *event);

/*
 * The sockets that libc opens for itself, told by what is done with them: netlink; name servers (a datagram
 * socket connected to port 53); nscd; the datagram sockets with which getaddrinfo sorts addresses (connected,
 * never used); and the candidates of getaddrinfo that could not be bound or connected before one could
 * (closed after that failure). The kind is known some events after the socket was made, so it is followed as
 * a small automaton of its own.
 */
enum libc_sock {
    LIBC_NOT,     /* the program's own */
    LIBC_DGRAM,   /* nothing decisive was seen yet: an internet datagram socket, */
    LIBC_STREAM,  /* an internet stream socket, */
    LIBC_UNIX,    /* a Unix socket */
    LIBC_SORTING, /* connected; must do nothing more before it is closed */
    LIBC_FAILED,  /* could not be bound or connected; must be closed now */
    LIBC_OWN, /* libc's, whatever comes; what is not known for libc's when the trace ends is the program's */
};

/* The state after the event that makes the socket, and after each further event on it. */
enum libc_sock aux_libc_begin(const struct event *made);
enum libc_sock aux_libc_next(enum libc_sock state, const struct event *event);

#endif
