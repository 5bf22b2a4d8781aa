/* unit/compare/test_lcs.c: against a table that knows the length of every longest common subsequence. */
#include "../suite.h"

#include "base/alloc.h"
#include "compare/lcs.h"

#include <stdbool.h>
#include <string.h>

enum { MOST = 24, ROUNDS = 20000 };

static unsigned drawn;

static unsigned draw(unsigned below)
{
    drawn = drawn * 1103515245u + 12345u;
    return (drawn >> 16) % below;
}

static size_t longest(const uint64_t *a, size_t na, const uint64_t *b, size_t nb)
{
    size_t table[MOST + 1][MOST + 1] = {{0}};

    for (size_t i = 1; i <= na; i++)
        for (size_t k = 1; k <= nb; k++) {
            size_t without = table[i - 1][k] > table[i][k - 1] ? table[i - 1][k] : table[i][k - 1];

            table[i][k] = a[i - 1] == b[k - 1] ? table[i - 1][k - 1] + 1 : without;
        }
    return table[na][nb];
}

/* Twins are equal and ascend; how many there are. */
static size_t count_twins(const uint64_t *a, size_t na, const uint64_t *b, size_t nb, const size_t *twins)
{
    size_t n = 0, next = 0;

    for (size_t i = 0; i < na; i++) {
        if (twins[i] == LCS_NONE)
            continue;
        ck_assert_uint_lt(twins[i], nb);
        ck_assert_uint_ge(twins[i], next);
        ck_assert(a[i] == b[twins[i]] || a[i] == LCS_ANY || b[twins[i]] == LCS_ANY);
        next = twins[i] + 1;
        n++;
    }
    return n;
}

START_TEST(finds_a_longest)
{
    uint64_t a[MOST], b[MOST];
    size_t twins[MOST];

    for (int round = 0; round < ROUNDS; round++) {
        size_t na = draw(MOST + 1), nb = draw(MOST + 1), letters = 1 + draw(4);

        for (size_t i = 0; i < na; i++)
            a[i] = draw((unsigned)letters);
        for (size_t i = 0; i < nb; i++)
            b[i] = draw((unsigned)letters);
        lcs(a, na, b, nb, twins);
        ck_assert_uint_eq(count_twins(a, na, b, nb, twins), longest(a, na, b, nb));
    }
}
END_TEST

START_TEST(an_unknown_element_equals_any)
{
    const uint64_t a[] = {1, LCS_ANY, 3, 4}, b[] = {1, 2, 3, LCS_ANY};
    size_t twins[4];

    lcs(a, 4, b, 4, twins);
    ck_assert_uint_eq(count_twins(a, 4, b, 4, twins), 4);
}
END_TEST

/* Two sequences of a quarter million elements that have hardly anything in common, but their ends. */
START_TEST(gives_up_in_time)
{
    enum { LONG = 250000, ALIKE = 10 };
    uint64_t *a = alloc_zeroed(LONG * sizeof(*a)), *b = alloc_zeroed(LONG * sizeof(*b));
    size_t *twins = alloc_zeroed(LONG * sizeof(*twins));

    for (size_t i = 0; i < LONG; i++) {
        bool is_end = i < ALIKE || i >= LONG - ALIKE;

        a[i] = is_end ? i : 2 * i + LONG;
        b[i] = is_end ? i : 2 * i + 1 + LONG;
    }
    lcs(a, LONG, b, LONG, twins);
    ck_assert_uint_eq(count_twins(a, LONG, b, LONG, twins), 2 * ALIKE);
    free(a);
    free(b);
    free(twins);
}
END_TEST

/* One element more in the middle of many. */
START_TEST(finds_one_among_many)
{
    enum { LONG = 250000 };
    uint64_t *a = alloc_zeroed(LONG * sizeof(*a)), *b = alloc_zeroed((LONG + 1) * sizeof(*b));
    size_t *twins = alloc_zeroed(LONG * sizeof(*twins));

    for (size_t i = 0; i < LONG; i++) {
        a[i] = i % 7;
        b[i < LONG / 2 ? i : i + 1] = i % 7;
    }
    b[LONG / 2] = 8;
    lcs(a, LONG, b, LONG + 1, twins);
    ck_assert_uint_eq(count_twins(a, LONG, b, LONG + 1, twins), LONG);
    free(a);
    free(b);
    free(twins);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "longest", finds_a_longest);
    suite_add(suite, "unknown", an_unknown_element_equals_any);
    suite_add(suite, "limit", gives_up_in_time);
    suite_add(suite, "many", finds_one_among_many);
}
SUITE_MAIN("lcs", add)
