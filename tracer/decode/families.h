/* decode/families.h: what stands in a socket address, by its family. */
#ifndef DECODE_FAMILIES_H
#define DECODE_FAMILIES_H

#include "decode/shape.h"

#include <sys/socket.h>

enum { FAMILY_SIZE = sizeof(sa_family_t) };

/* Every address begins with its family, whatever its header calls it. */
#define FAMILY MEMBER_AT("sa_family", 0, FAMILY_SIZE, SHAPE_SYM, &nametab_af)

struct family {
    sa_family_t family;
    struct shape shape;
};

/* Those of families_rare.c. */
extern const struct family families_rare[];
extern const size_t families_rare_len;

/* For those that have such an address inside (families.c). */
extern const struct layout layout_in;
const struct value *families_in6(const struct argctx *ctx, const uint8_t *bytes, size_t len);

/*
 * The struct in `len` bytes. Of a family without a row, or where the bytes are too few for it: `sockaddr`
 * {sa_family, sa_data}; bytes where there is not even a family.
 */
const struct value *families_sockaddr(const struct argctx *ctx, const uint8_t *bytes, size_t len);

#endif
