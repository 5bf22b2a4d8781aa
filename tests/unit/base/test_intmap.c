/* unit/base/test_intmap.c: the hash map agrees with a plain array under random changes. */
#include "../suite.h"
#include "base/intmap.h"

enum { KEYS = 400, STEPS = 20000 };

START_TEST(agrees_with_an_array)
{
    struct intmap map = {0};
    int *model[KEYS] = {0}, values[KEYS];
    unsigned seed = (unsigned)_i * 7919 + 1;
    size_t alive = 0;

    for (int step = 0; step < STEPS; step++) {
        unsigned key;

        seed = seed * 1103515245 + 12345;
        key = (seed >> 8) % KEYS;
        if ((seed >> 28) < 9) {
            alive += model[key] == NULL;
            model[key] = &values[key];
            intmap_set(&map, (uint64_t)key << 40, model[key]);
        } else {
            ck_assert_ptr_eq(intmap_del(&map, (uint64_t)key << 40), model[key]);
            alive -= model[key] != NULL;
            model[key] = NULL;
        }
        ck_assert_uint_eq(map.len, alive);
    }
    for (unsigned key = 0; key < KEYS; key++)
        ck_assert_ptr_eq(intmap_get(&map, (uint64_t)key << 40), model[key]);
    intmap_release(&map);
}
END_TEST

START_TEST(walks_each_entry_once)
{
    struct intmap map = {0};
    const struct intmap_slot *slot;
    int marks[100] = {0};
    size_t pos = 0;

    for (uint64_t i = 0; i < 100; i++)
        intmap_set(&map, i, &marks[i]);
    while ((slot = intmap_next(&map, &pos)))
        ++*(int *)slot->value;
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(marks[i], 1);
    intmap_release(&map);
}
END_TEST

START_TEST(is_empty_when_zeroed)
{
    struct intmap map = {0};
    size_t pos = 0;

    ck_assert_ptr_null(intmap_get(&map, 1));
    ck_assert_ptr_null(intmap_del(&map, 1));
    ck_assert_ptr_null(intmap_next(&map, &pos));
    intmap_release(&map);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "random", agrees_with_an_array, 8);
    suite_add(suite, "walk", walks_each_entry_once);
    suite_add(suite, "empty", is_empty_when_zeroed);
}

SUITE_MAIN("intmap", add)
