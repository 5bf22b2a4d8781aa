/* names/rows.h: how the files of tables write rows. */
#ifndef NAMES_ROWS_H
#define NAMES_ROWS_H

#include "base/alloc.h"
#include "names/nametab.h"

/*
 * A name and its value from the headers; 32 bits, so that constants which the headers make negative stay what
 * the kernel sees. Where the headers of Debian 12 lack a name, its number stands here.
 */
/* clang-format off */
#define N(constant) {(uint32_t)(constant), #constant}
/* clang-format on */

#define ROWS(array) .rows = (array), .len = ARRAY_LEN(array)

#endif
