/* engine/symbols.h: what stands at an address: function, file and line, calls that were inlined. Each address
 * of each object is looked up once, whichever process stands there. */
#ifndef ENGINE_SYMBOLS_H
#define ENGINE_SYMBOLS_H

#include "engine/image.h"
#include "event/event.h"

struct symbols;

/* The frames of one address: the calls inlined there, innermost first, then the function itself. */
struct place {
    const struct frame *frames;
    size_t len;
};

struct symbols *symbols_new(void);
void symbols_free(struct symbols *symbols);

/*
 * `is_return`: the address follows a call, which may be the last instruction of its function or line. What is
 * returned, strings included, lives as long as `symbols`; it has at least one frame, however little is known.
 */
const struct place *symbols_find(struct symbols *symbols, const struct image *image, uint64_t pc,
                                 bool is_return);

#endif
