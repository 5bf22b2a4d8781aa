/* compare/lcs.h: what two sequences have in common, in order. */
#ifndef COMPARE_LCS_H
#define COMPARE_LCS_H

#include <stddef.h>
#include <stdint.h>

/* An element that equals every other, and the twin of what has none. */
#define LCS_ANY  UINT64_MAX
#define LCS_NONE SIZE_MAX

/*
 * A longest common subsequence: twins[i] is the index in `b` of the element that a[i] was taken for, or
 * LCS_NONE; twins ascend. Time and memory are bounded: of sequences that differ very much only what they
 * begin and end with is found.
 */
void lcs(const uint64_t *a, size_t na, const uint64_t *b, size_t nb, size_t *twins);

#endif
