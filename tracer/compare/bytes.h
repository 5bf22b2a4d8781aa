/* compare/bytes.h: where two byte strings differ. */
#ifndef COMPARE_BYTES_H
#define COMPARE_BYTES_H

#include "compare/compare.h"

/* The places, ascending, in `arena`; 0 where they are equal. Bytes that were not kept equal any. */
size_t bytes_diff(const struct stream *old, const struct stream *now, struct arena *arena,
                  const struct hunk **hunks);

#endif
