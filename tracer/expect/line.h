/* expect/line.h: does an event fit a call line? */
#ifndef EXPECT_LINE_H
#define EXPECT_LINE_H

#include "expect/unify.h"

enum {
    LINE_DATA = 1,                /* the argument of send and recv that is data */
    LINE_RESULT = EVENT_MAX_ARGS, /* the part behind the arguments */
    LINE_PARTS,
};

/* Is it the call that the line names? `send!` is that very system call; sendto is also a datagram socket's
 * send. */
bool line_is_call(const struct step *step, const struct event *event);

/*
 * A struct in the place of the data is the message itself, as sendmsg and recvmsg have it, with its control
 * messages: returns what it is compared with, or NULL where the pattern is of data or the call has no
 * message.
 */
const struct value *line_message(const struct pat *pat, const struct event *event);

/*
 * One part of a line against an event of that call: an argument, or LINE_RESULT. The data argument is what
 * the call moved, where it did. The result of a line that opens a life is a new socket, and binds nothing.
 * Names may have been bound where the answer is false.
 */
bool line_part(struct names *names, const struct step *step, const struct event *event, size_t part);

/* The whole line, as one call. Names may have been bound where the answer is false. */
bool line_fits(struct names *names, const struct step *step, const struct event *event);

/*
 * Which parts of the line don't fit an event of the same call, as a bit set; those that fit are bound in
 * `names`, whose slots are replaced.
 */
unsigned line_differences(struct names *names, const struct step *step, const struct event *event);

/* `never`: a name that is not bound yet is no socket; elsewhere it is anything. Binds nothing. */
bool line_forbids(const struct names *names, const struct step *step, const struct event *event);

/* Does the event carry a part of a byte stream? Looking ahead (MSG_PEEK) and urgent bytes (MSG_OOB) are none.
 */
bool line_is_stream(const struct event *event);

/* Is the event's stream, that of a socket in one direction, the one that this data line describes? Binds
 * nothing. */
bool line_is_on(const struct names *names, const struct step *step, const struct event *event);

/*
 * The bytes that a data line asks for, as pieces: of its string, or of the bytes that its name is bound to
 * (one piece, kept in *own). false: the name is not bound to bytes that are known whole.
 */
bool line_pieces(const struct names *names, const struct step *step, struct pat_piece *own,
                 const struct pat_piece **pieces, size_t *npieces);

#endif
