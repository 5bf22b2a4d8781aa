/* library/test_greeter.c: Check tests of a server, by way of libsockdrill. */
#include <check.h>
#include <sockdrill.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct sockdrill_verdict *verdict;

static void teardown(void)
{
    sockdrill_free(verdict);
    verdict = NULL;
}

START_TEST(greets)
{
    verdict = sockdrill_run("greeter.expect", NULL);
    ck_assert_msg(sockdrill_result(verdict) == SOCKDRILL_HOLDS, "%s", sockdrill_message(verdict));
}
END_TEST

/* What a pattern leaves open, or what is easier to say in C. */
START_TEST(greets_in_one_piece)
{
    struct sockdrill_event event;
    int greetings = 0;

    verdict = sockdrill_run("greeter.expect", NULL);
    for (size_t i = 0; sockdrill_event(verdict, i, &event); i++) {
        if (strcmp(event.role, "server") != 0 || !event.call || strcmp(event.call, "send") != 0)
            continue;
        ck_assert_str_eq(sockdrill_argument(verdict, i, "flags"), "MSG_NOSIGNAL");
        ck_assert_uint_eq(event.length, 6);
        ck_assert_mem_eq(event.data, "hello\n", 6);
        greetings++;
    }
    ck_assert_int_eq(greetings, 1);
}
END_TEST

/* That the test would find a mistake: the cause, the line, and the rule. */
START_TEST(tells_what_was_forgotten)
{
    const struct sockdrill_pair roles[] = {{"server", "./greeter-forgetful ${PORT}"}, {NULL, NULL}};
    const struct sockdrill_options options = {.roles = roles};
    struct sockdrill_cause cause;
    struct sockdrill_finding finding;

    verdict = sockdrill_run("greeter.expect", &options);
    ck_assert_msg(sockdrill_result(verdict) == SOCKDRILL_FAILS, "%s", sockdrill_message(verdict));
    ck_assert(sockdrill_cause(verdict, 0, &cause));
    ck_assert_str_eq(cause.role, "server");
    ck_assert_str_eq(strrchr(cause.at.file, '/'), "/greeter.c");
    ck_assert(sockdrill_finding(verdict, 0, &finding));
    ck_assert_str_eq(finding.title, "accept without listen");
    printf("%s:%d: %s. %s\n", strrchr(cause.at.file, '/') + 1, cause.at.line, cause.what, cause.cure);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("greeter");
    TCase *conversation = tcase_create("conversation");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(conversation, NULL, teardown);
    tcase_set_timeout(conversation, 60);
    tcase_add_test(conversation, greets);
    tcase_add_test(conversation, greets_in_one_piece);
    tcase_add_test(conversation, tells_what_was_forgotten);
    suite_add_tcase(suite, conversation);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
