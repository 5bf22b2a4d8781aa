/* unit/suite.h: the main of a libcheck test program, so that a test file is its tests and one list of them.
 */
#ifndef UNIT_SUITE_H
#define UNIT_SUITE_H

#include <check.h>
#include <stdlib.h>

/*
 * A test file tests/unit/<folder>/test_<module>.c reads
 *
 *     #include "../suite.h"
 *     #include "base/buf.h"
 *
 *     START_TEST(appends_text) { ck_assert_…(…); }
 *     END_TEST
 *
 *     static void add(Suite *suite)
 *     {
 *         suite_add(suite, "text", appends_text);
 *         suite_add_loop(suite, "rows", each_row_decodes, N_ROWS);
 *     }
 *     SUITE_MAIN("buf", add)
 *
 * SUITE_MAIN(name, add) defines main: it makes the suite, lets `void add(Suite *)` fill it, runs it and
 * returns 0 when every check holds, 1 otherwise. `add` may as well call libcheck's own tcase_create and
 * suite_add_tcase.
 */
#define SUITE_MAIN(name, add)                                                                                \
    int main(void)                                                                                           \
    {                                                                                                        \
        Suite *suite_ = suite_create(name);                                                                  \
        add(suite_);                                                                                         \
        SRunner *runner_ = srunner_create(suite_);                                                           \
        srunner_run_all(runner_, CK_NORMAL);                                                                 \
        int failed_ = srunner_ntests_failed(runner_);                                                        \
        srunner_free(runner_);                                                                               \
        return failed_ == 0 ? EXIT_SUCCESS : EXIT_FAILURE;                                                   \
    }

/* Adds one test as a test case of its own: suite_add(suite, "text", appends_text); */
#define suite_add(suite, title, test) suite_add_loop(suite, title, test, 1)

/* The same for a test that has more to do the more traces there are: it may take so many seconds. */
#define suite_add_slow(suite, title, test, seconds)                                                          \
    do {                                                                                                     \
        TCase *tcase_ = tcase_create(title);                                                                 \
        tcase_set_timeout(tcase_, (seconds));                                                                \
        tcase_add_test(tcase_, test);                                                                        \
        suite_add_tcase(suite, tcase_);                                                                      \
    } while (0)

/* The same for a test that runs for _i in 0 … count-1. */
#define suite_add_loop(suite, title, test, count)                                                            \
    do {                                                                                                     \
        TCase *tcase_ = tcase_create(title);                                                                 \
        tcase_add_loop_test(tcase_, test, 0, count);                                                         \
        suite_add_tcase(suite, tcase_);                                                                      \
    } while (0)

#endif
