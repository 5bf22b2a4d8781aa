/* unit/event/test_message.c: calls on several messages, taken apart. */
#include "../suite.h"
#include "base/alloc.h"
#include "event/canon.h"
#include "event/message.h"

#include <errno.h>
#include <string.h>

static const struct value *message(struct arena *arena, const char *text, int port, int64_t len)
{
    const uint8_t ip[4] = {127, 0, 0, 1};
    struct field addr[2] = {{"sin_port", value_uint(arena, (uint64_t)port, INT_HTONS)},
                            {"sin_addr", value_ip(arena, ip, 4)}};
    struct field iov[1] = {{"iov_base", value_bytes(arena, text, strlen(text), strlen(text))}};
    const struct value *iovec = value_struct(arena, "iovec", iov, 1);
    struct field hdr[2] = {{"msg_name", value_struct(arena, "sockaddr_in", addr, 2)},
                           {"msg_iov", value_array(arena, &iovec, 1, 1)}};
    struct field fields[2] = {{"msg_hdr", value_struct(arena, "msghdr", hdr, 2)},
                              {"msg_len", value_int(arena, len)}};

    return value_struct(arena, "mmsghdr", fields, len < 0 ? 1 : 2);
}

static struct event call(struct arena *arena, const struct value *const *items, size_t n, int64_t result)
{
    struct event event = {.kind = EVENT_CALL, .role = "", .name = "sendmmsg", .seq = 7, .sock = 3};

    event_add(&event, "sockfd", value_fd(arena, 3));
    event_add(&event, "msgvec", value_array(arena, items, n, n));
    event_add(&event, "flags", value_flags(arena, &nametab_msg, 0));
    event.result = result;
    event.range = (struct byte_range){100, 112};
    event.kernel = (struct kernel_state){.known = true, .unsent = 12};
    canon_fill(&event, arena);
    return event;
}

static void ck_data(const struct event *event, const char *text)
{
    const uint8_t *bytes;
    uint64_t full;
    size_t len;

    ck_assert(event_data(event, &bytes, &len, &full));
    ck_assert_uint_eq(full, strlen(text));
    ck_assert_uint_eq(len, strlen(text));
    ck_assert_mem_eq(bytes, text, len);
}

static void ck_port(const struct event *event, int64_t port)
{
    int64_t n;

    ck_assert_uint_eq(event->ncargs, 4);
    ck_assert(value_number(value_field(event->cargs[3], "sin_port"), &n));
    ck_assert_int_eq(n, port);
}

START_TEST(each_is_a_call)
{
    struct arena arena = {0};
    const struct value *items[3] = {message(&arena, "ping\n", 7000, 5), message(&arena, "pong pong", 7001, 7),
                                    message(&arena, "never", 7002, -1)};
    struct event event = call(&arena, items, 3, 2), one;

    ck_assert(message_is_in(&event));
    ck_assert_uint_eq(message_count(&event), 2);
    one = message_at(&event, 0, &arena);
    ck_assert_int_eq(one.canon, CANON_SENDTO);
    ck_assert_int_eq(one.result, 5);
    ck_assert_uint_eq(one.seq, 7);
    ck_assert_uint_eq(one.message, 1);
    ck_assert_uint_eq(one.messages, 2);
    ck_assert_uint_eq(one.range.from, 100);
    ck_assert_uint_eq(one.range.to, 105);
    ck_assert(!one.kernel.known);
    ck_data(&one, "ping\n");
    ck_port(&one, 7000);

    one = message_at(&event, 1, &arena);
    ck_assert_int_eq(one.result, 7);
    ck_assert_uint_eq(one.message, 2);
    ck_assert_uint_eq(one.range.from, 105);
    ck_assert_uint_eq(one.range.to, 112);
    ck_assert(one.kernel.known);
    ck_data(&one, "pong po");
    ck_port(&one, 7001);
    arena_release(&arena);
}
END_TEST

START_TEST(a_failure_is_of_the_first)
{
    struct arena arena = {0};
    const struct value *items[2] = {message(&arena, "ping\n", 7000, -1), message(&arena, "pong", 7001, -1)};
    struct event event = call(&arena, items, 2, -1), one;

    event.err = EPERM;
    ck_assert_uint_eq(message_count(&event), 1);
    one = message_at(&event, 0, &arena);
    ck_assert_int_eq(one.err, EPERM);
    ck_assert_int_eq(one.result, -1);
    ck_assert_int_eq(one.cargs[1]->kind, VALUE_BYTES);
    ck_assert_uint_eq(one.cargs[1]->bytes.len, 5);
    ck_port(&one, 7000);

    event.err = 0;
    event.unfinished = true;
    ck_assert_uint_eq(message_count(&event), 1);
    arena_release(&arena);
}
END_TEST

START_TEST(none)
{
    struct arena arena = {0};
    struct event event = call(&arena, NULL, 0, 0);
    struct event unread = {.kind = EVENT_CALL, .role = "", .name = "recvmmsg", .result = -1, .err = EAGAIN};
    struct event other = {.kind = EVENT_CALL, .role = "", .name = "sendmsg", .result = 1};

    ck_assert(message_is_in(&event));
    ck_assert_uint_eq(message_count(&event), 0);
    event_add(&unread, "msgvec", value_addr(&arena, 0x1000));
    ck_assert(!message_is_in(&unread));
    event_add(&other, "msg", value_addr(&arena, 0x1000));
    ck_assert(!message_is_in(&other));
    arena_release(&arena);
}
END_TEST

/* A trace from elsewhere may claim more messages than it shows. */
START_TEST(more_than_there_are)
{
    struct arena arena = {0};
    const struct value *items[1] = {message(&arena, "ping\n", 7000, 5)};
    struct event event = call(&arena, items, 1, INT64_MAX);

    ck_assert_uint_eq(message_count(&event), 1);
    arena_release(&arena);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "each", each_is_a_call);
    suite_add(suite, "failure", a_failure_is_of_the_first);
    suite_add(suite, "none", none);
    suite_add(suite, "more", more_than_there_are);
}

SUITE_MAIN("message", add)
