/* compare/bytes.h: where two byte strings differ. */
#ifndef COMPARE_BYTES_H
#define COMPARE_BYTES_H

#include "compare/compare.h"

/*
 * The places, ascending, in `arena`; 0 where they are equal. Bytes that were not kept equal any. A number of
 * each run's own (a pid, a port that the kernel chose), in decimal digits or as an int of the machine's, and
 * the value of a parameter, and the time of day, equal the other's; `choices` are those of both.
 */
size_t bytes_diff(const struct stream *old, const struct stream *now, const struct choice *const choices[2],
                  struct arena *arena, const struct hunk **hunks);

#endif
