/* decode/peek.h: how decoders read a tracee's memory: through a callback, so that tests pass byte arrays. */
#ifndef DECODE_PEEK_H
#define DECODE_PEEK_H

#include <stddef.h>
#include <stdint.h>

struct peek {
    /*
     * `len` bytes (at least 1) at address `addr` of the tracee, or NULL where not all of them can be read.
     * The bytes are valid until the decoding of the event is over. An engine may also answer NULL because it
     * has not read them *yet*: it notes the wish, reads, and runs the decoder again (decode/decode.h).
     */
    const uint8_t *(*read)(struct peek *peek, uint64_t addr, size_t len);
};

#endif
