/* decode/unfold.h: calls of 32-bit programs that carry another call, or the call's arguments, in memory. */
#ifndef DECODE_UNFOLD_H
#define DECODE_UNFOLD_H

#include "decode/decode.h"

/*
 * socketcall(2) names one of twenty calls by number and points to their arguments; the old select(2) of i386
 * points to its own. Where `call` is one of these the call that it carries is returned and raw->args are
 * those of that call, which stand at *carried_at; a number that means nothing, and arguments that can't be
 * read, leave the call as it is. Any other call is returned unchanged. May be run again with a peek that can
 * read more.
 */
const struct call *unfold_call(const struct call *call, struct rawcall *raw, uint64_t *carried_at,
                               struct peek *peek);

#endif
