/* report/points.h: points as teachers give them: 10, 2.5; kept in hundredths, so that sums are exact. */
#ifndef REPORT_POINTS_H
#define REPORT_POINTS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { POINTS_ONE = 100, POINTS_MOST = 1000000 };

/* "10", "2.5", "0.25": at most two digits behind the point, at most POINTS_MOST. `len` bytes. */
bool points_parse(const char *text, size_t len, int64_t *hundredths);

/* Appended, as short as it goes: "10", "2.5". */
void points_write(struct buf *out, int64_t hundredths);

/* The same as a member of a JSON object: a number. */
void points_member(struct buf *out, const char *key, int64_t hundredths);

/* `part` of `of` (not 0) equal shares of `worth`, to the nearest hundredth. */
int64_t points_share(int64_t worth, int64_t part, int64_t of);

#endif
