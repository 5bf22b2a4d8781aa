/* unit/run/test_needs.c: versions of the kernel; a namespace that was refused. */
#include "../suite.h"

#include "run/needs.h"

#include <string.h>

static const struct {
    const char *release;
    unsigned major, minor;
    bool is_met;
} versions[] = {
    {"6.1.0-18-amd64", 6, 1, true}, {"6.1.0-18-amd64", 5, 19, true}, {"6.1.0-18-amd64", 6, 2, false},
    {"5.19.0", 6, 0, false},        {"5.4.0-generic", 5, 6, false},  {"10.0", 9, 9, true},
    {"5.10.1", 5, 9, true},         {"unknown", 5, 6, false},
};

START_TEST(version_is_compared)
{
    struct need need = {.kind = NEED_LINUX, .major = versions[_i].major, .minor = versions[_i].minor};
    struct needs_place place = {.release = versions[_i].release};
    struct arena arena = {0};
    const char *why = needs_missing(&need, &place, &arena);

    ck_assert_int_eq(!why, versions[_i].is_met);
    if (why) {
        ck_assert_ptr_nonnull(strstr(why, "it requires linux "));
        ck_assert_ptr_nonnull(strstr(why, versions[_i].release));
    }
    arena_release(&arena);
}
END_TEST

START_TEST(namespace_is_there_or_refused)
{
    struct need need = {.kind = NEED_NAMESPACE};
    struct needs_place place = {.refusal = "it was refused", .release = "6.1"};
    struct arena arena = {0};

    ck_assert_str_eq(needs_missing(&need, &place, &arena), "it requires namespace: it was refused");
    place.refusal = NULL;
    ck_assert_ptr_null(needs_missing(&need, &place, &arena));
    arena_release(&arena);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "versions", version_is_compared, ARRAY_LEN(versions));
    suite_add(suite, "namespace", namespace_is_there_or_refused);
}

SUITE_MAIN("needs", add)
