/* unit/base/test_memory.c: arenas, buffers and vectors. */
#include "../suite.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

#include <stdint.h>
#include <string.h>

START_TEST(arena_gives_zeroed_aligned_memory)
{
    struct arena arena = {0};

    for (size_t size = 1; size < 40000; size = size * 3 + 1) {
        unsigned char *p = arena_alloc(&arena, size);

        ck_assert_uint_eq((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            ck_assert_uint_eq(p[i], 0);
        memset(p, 0xff, size);
    }
    arena_reset(&arena);
    ck_assert_int_eq(*(char *)arena_alloc(&arena, 1), 0);
    arena_release(&arena);
    arena_release(&arena);
}
END_TEST

START_TEST(arena_formats_and_copies)
{
    struct arena arena = {0};

    ck_assert_str_eq(arena_printf(&arena, "%s:%d", "a", 7), "a:7");
    ck_assert_mem_eq(arena_memdup(&arena, "a\0b", 3), "a\0b\0", 4);
    ck_assert_str_eq(arena_memdup(&arena, NULL, 0), "");
    arena_release(&arena);
}
END_TEST

START_TEST(buf_grows_pads_and_shifts)
{
    struct buf buf = {0};

    ck_assert_str_eq(buf_str(&buf), "");
    for (int i = 0; i < 1000; i++)
        buf_addf(&buf, "%d,", i);
    ck_assert_uint_eq(buf.len, 3890);
    buf_shift(&buf, 3886);
    ck_assert_str_eq(buf_str(&buf), "999,");
    buf_pad(&buf, 0, 6);
    ck_assert_str_eq(buf_str(&buf), "999,  ");
    buf_pad(&buf, 0, 2);
    ck_assert_str_eq(buf_str(&buf), "999,   ");
    buf_cut(&buf, 8);
    buf_cut(&buf, 7);
    ck_assert_str_eq(buf_str(&buf), "999,   ");
    buf_cut(&buf, 3);
    ck_assert_str_eq(buf_str(&buf), "999");
    buf_shift(&buf, 100);
    ck_assert_str_eq(buf_str(&buf), "");
    buf_cut(&buf, 0);
    ck_assert_str_eq(buf_str(&buf), "");
    buf_release(&buf);
}
END_TEST

START_TEST(vec_pushes_and_removes)
{
    VEC(int) numbers = {0};
    int sum = 0;

    for (int i = 0; i < 100; i++)
        vec_push(&numbers, i);
    vec_remove(&numbers, 0);
    vec_remove(&numbers, 98);
    vec_each (int, n, &numbers)
        sum += *n;
    ck_assert_int_eq(sum, 4950 - 99);
    vec_release(&numbers);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "arena memory", arena_gives_zeroed_aligned_memory);
    suite_add(suite, "arena text", arena_formats_and_copies);
    suite_add(suite, "buf", buf_grows_pads_and_shifts);
    suite_add(suite, "vec", vec_pushes_and_removes);
}

SUITE_MAIN("memory", add)
