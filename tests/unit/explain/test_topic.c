/* unit/explain/test_topic.c: finding topics, and the links in their texts. */
#include "../suite.h"
#include "base/vec.h"
#include "explain/topic.h"

#include <string.h>

static const struct {
    const char *word, *names; /* the beginning of the names of what is found; NULL: nothing is */
} asked[] = {
    {"accept", "accept, accept4"},
    {"accept4", "accept, accept4"},
    {"ACCEPT", "accept, accept4"},
    {"half-close", "half-close"},
    {"half close", "half-close"},
    {"Half_Close", "half-close"},
    {"end of stream", "end of stream"},
    /* The very word comes before one that differs in its letters' case. */
    {"LISTEN", "LISTEN, TCP_LISTEN"},
    {"listen", "listen"},
    {"CLOSE", "CLOSE, CLOSED"},
    {"close", "close, close_range"},
    {"half", NULL},
    {"accept,", NULL},
    {"accept, accept4", NULL},
    {"", NULL},
};

START_TEST(found_by_any_name)
{
    const struct topic *topic = topic_find(asked[_i].word);

    if (!asked[_i].names) {
        ck_assert_ptr_null(topic);
        return;
    }
    ck_assert_ptr_nonnull(topic);
    ck_assert_msg(strncmp(topic->names, asked[_i].names, strlen(asked[_i].names)) == 0, "%s", topic->names);
}
END_TEST

/* Of two topics with one name, one could not be asked for. */
START_TEST(names_lead_to_their_topic)
{
    struct buf name = {0};

    for (const struct topic *it = topics; it->names; it++) {
        for (size_t i = 0; topic_name(it, i, &name); i++)
            ck_assert_msg(topic_find(buf_str(&name)) == it, "%s", buf_str(&name));
        ck_assert(it->kind < TOPIC_KINDS);
    }
    buf_release(&name);
}
END_TEST

START_TEST(names_are_taken_apart)
{
    struct topic topic = {.names = "end of stream, EOF, FIN"};
    static const char *const names[] = {"end of stream", "EOF", "FIN"};
    struct buf name = {0};

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        ck_assert(topic_name(&topic, i, &name));
        ck_assert_str_eq(buf_str(&name), names[i]);
    }
    ck_assert(!topic_name(&topic, ARRAY_LEN(names), &name));
    buf_release(&name);
}
END_TEST

START_TEST(links_are_taken_apart)
{
    const char *text = "The [backlog] of a [listening socket|listener], \"10%\\\".";
    struct buf plain = {0}, target = {0};

    ck_assert(topic_link(&text, &plain, &target));
    ck_assert_str_eq(buf_str(&plain), "The backlog");
    ck_assert_str_eq(buf_str(&target), "backlog");
    ck_assert(topic_link(&text, &plain, &target));
    ck_assert_str_eq(buf_str(&target), "listener");
    ck_assert(!topic_link(&text, &plain, &target));
    ck_assert_str_eq(buf_str(&plain), "The backlog of a listening socket, \"10%\\\".");
    ck_assert(!topic_link(&text, &plain, NULL));
    buf_release(&plain);
    buf_release(&target);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "asked", found_by_any_name, (int)ARRAY_LEN(asked));
    suite_add(suite, "names", names_lead_to_their_topic);
    suite_add(suite, "apart", names_are_taken_apart);
    suite_add(suite, "links", links_are_taken_apart);
}

SUITE_MAIN("topic", add)
