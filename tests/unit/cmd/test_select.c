/* unit/cmd/test_select.c: what -e, -z, -Z and -P let through, and what is said of values that they do not
 * take. */
#include "../suite.h"
#include "base/alloc.h"
#include "cmd/select.h"
#include "event/canon.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

typedef bool (*parse_fn)(struct select *select, const char *text, struct buf *wrong);

/* Calls and signals that a set lets through, of a handful. */
static const char *const calls[] = {"socket", "accept4", "sendto", "sendfile", "close", "epoll_wait"};
static const int signals[] = {2, 10, 12, 17};

static const struct {
    const char *text, *passes;
} sets[] = {
    {"socket", "socket"},
    {"socket,close", "socket close"},
    {"!socket,close", "accept4 sendto sendfile epoll_wait"},
    {"%network", "socket accept4 sendto sendfile"},
    {"%net", "socket accept4 sendto sendfile"},
    {"network", "socket accept4 sendto sendfile"},
    {"%desc", "sendfile close epoll_wait"},
    {"!%desc", "socket accept4 sendto"},
    {"%desc,socket", "socket sendfile close epoll_wait"},
    {"all", "socket accept4 sendto sendfile close epoll_wait"},
    {"none", ""},
    {"!none", "socket accept4 sendto sendfile close epoll_wait"},
    {"!all", ""},
    {"/^send", "sendto sendfile"},
    {"/^(so|cl)", "socket close"},
    {"!/o", "accept4 sendfile"},
    {"?nosuch,socket", "socket"},
    {"?nosuch", ""},
    {"?/nosuch", ""},
    {"?close", "close"},
};

/* Counts what comes through. */
struct end {
    struct sink sink;
    struct buf seen;
};

static void see(struct sink *sink, const struct event *event)
{
    struct end *end = (struct end *)sink;
    int64_t signo;

    buf_adds(&end->seen, end->seen.len ? " " : "");
    if (value_number(event_arg(event, "signo"), &signo))
        buf_addf(&end->seen, "%d", (int)signo);
    else
        buf_adds(&end->seen, event->name);
}

static const struct sink_ops end_ops = {.event = see};

static struct event call_of(const char *name)
{
    return (struct event){.kind = EVENT_CALL, .name = name, .role = "", .canon = canon_of_syscall(name)};
}

START_TEST(sets_of_calls)
{
    struct end end = {.sink = {&end_ops}};
    struct select select = {0};
    struct buf wrong = {0};

    ck_assert_msg(select_calls(&select, sets[_i].text, &wrong), "%s", buf_str(&wrong));
    ck_assert(select_is_needed(&select));
    select_init(&select, &end.sink, NULL);
    for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
        struct event event = call_of(calls[i]);

        sink_event(&select.sink, &event);
    }
    ck_assert_str_eq(buf_str(&end.seen), sets[_i].passes);
    buf_release(&end.seen);
    select_release(&select);
}
END_TEST

START_TEST(the_last_set_of_calls_counts)
{
    struct end end = {.sink = {&end_ops}};
    struct select select = {0};
    struct buf wrong = {0};
    struct event close = call_of("close"), bind = call_of("bind");

    ck_assert(select_calls(&select, "!close", &wrong) && select_calls(&select, "bind", &wrong));
    select_init(&select, &end.sink, NULL);
    sink_event(&select.sink, &close);
    sink_event(&select.sink, &bind);
    ck_assert_str_eq(buf_str(&end.seen), "bind");
    buf_release(&end.seen);
    select_release(&select);
}
END_TEST

static const struct {
    const char *text, *passes;
} signal_sets[] = {
    {"SIGUSR1", "10"}, {"usr1,sigint", "2 10"}, {"!USR1", "2 12 17"},    {"none", ""}, {"all", "2 10 12 17"},
    {"!all", ""},      {"10,12", "10 12"},      {"!17,CHLD", "2 10 12"},
};

START_TEST(sets_of_signals)
{
    struct end end = {.sink = {&end_ops}};
    struct arena arena = {0};
    struct select select = {0};
    struct buf wrong = {0};

    ck_assert_msg(select_signals(&select, signal_sets[_i].text, &wrong), "%s", buf_str(&wrong));
    select_init(&select, &end.sink, NULL);
    for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
        struct event event = {.kind = EVENT_SIGNAL, .name = "", .role = ""};

        event_add(&event, "signo", value_sym(&arena, &nametab_signal, (uint64_t)signals[i]));
        sink_event(&select.sink, &event);
    }
    ck_assert_str_eq(buf_str(&end.seen), signal_sets[_i].passes);
    buf_release(&end.seen);
    arena_release(&arena);
    select_release(&select);
}
END_TEST

static const struct {
    const char *text, *passes;
} status_sets[] = {
    {"successful", "good"},
    {"failed", "bad"},
    {"unfinished", "left"},
    {"detached", "let-go"},
    {"unavailable", ""},
    {"successful,failed", "good bad"},
    {"!failed", "good left let-go"},
    {"all", "good bad left let-go"},
    {"none", ""},
};

START_TEST(sets_of_statuses)
{
    const struct event events[] = {
        {.name = "good"},
        {.name = "bad", .err = EINVAL},
        {.name = "left", .unfinished = true},
        {.name = "let-go", .unfinished = true, .detached = true},
    };
    struct end end = {.sink = {&end_ops}};
    struct select select = {0};
    struct buf wrong = {0};

    ck_assert_msg(select_statuses(&select, status_sets[_i].text, &wrong), "%s", buf_str(&wrong));
    select_init(&select, &end.sink, NULL);
    for (size_t i = 0; i < ARRAY_LEN(events); i++)
        sink_event(&select.sink, &events[i]);
    ck_assert_str_eq(buf_str(&end.seen), status_sets[_i].passes);
    buf_release(&end.seen);
}
END_TEST

/* ---- places ---- */

static const struct value *addr_of(struct arena *arena, const char *word)
{
    struct field fields[2] = {{"sun_path", NULL}};
    struct in_addr host = {.s_addr = htonl(INADDR_LOOPBACK)};
    bool is_any = *word == '*';

    if (*word == '/' || *word == '@') {
        fields[0].value = value_bytes(arena, *word == '@' ? "\0x" : word, strlen(word), strlen(word));
        return value_struct(arena, "sockaddr_un", fields, 1);
    }
    host.s_addr = is_any ? htonl(INADDR_ANY) : host.s_addr;
    fields[0] = (struct field){"sin_port", value_int(arena, atoi(word + is_any))};
    fields[1] = (struct field){"sin_addr", value_ip(arena, &host, sizeof(host))};
    return value_struct(arena, "sockaddr_in", fields, 2);
}

/*
 * A server at `where` on socket 1 and what it accepted on 2, another socket 3 that is bound elsewhere, and a
 * signal: which of them a place lets through. The calls before an address is known are on no place.
 */
static const struct {
    const char *where, *place, *passes;
} places[] = {
    {"7000", ":7000", "bind listen accept recvfrom poll closed 10"},
    {"7000", "127.0.0.1:7000", "bind listen accept recvfrom poll closed 10"},
    {"*7000", "127.0.0.1:7000", "bind listen accept recvfrom poll closed 10"},
    {"*7000", "[::1]:7000", "bind listen accept recvfrom poll closed 10"},
    {"7000", "127.0.0.2:7000", "10"},
    {"7000", ":7001", "10"},
    {"/run/x", "/run/x", "bind listen accept recvfrom poll closed 10"},
    {"/run/x", "/run/xy", "10"},
    {"@x", "@x", "bind listen accept recvfrom poll closed 10"},
    {"7000", ":9", "bind 10"}, /* of the other */
};

static void tell(struct sink *sink, struct event event, uint64_t *seq)
{
    event.seq = ++*seq;
    event.role = "";
    sink_event(sink, &event);
}

static void tell_server(struct sink *sink, struct arena *arena, const char *where)
{
    const struct value *addr = addr_of(arena, where), *other = addr_of(arena, "9");
    struct value fd = {.kind = VALUE_FD, .fd = {3, 1}};
    struct event poll = call_of("poll"), bind = call_of("bind"), signal = {.kind = EVENT_SIGNAL, .name = ""};
    const struct value *items[1] = {&fd};
    uint64_t seq = 0;

    tell(sink, (struct event){.name = "socket", .canon = CANON_SOCKET, .made = {1}}, &seq);
    tell(sink, (struct event){.name = "setsockopt", .canon = CANON_SETSOCKOPT, .sock = 1}, &seq);
    bind.sock = 1;
    bind.ncargs = 2;
    bind.cargs[0] = &fd;
    bind.cargs[1] = addr;
    tell(sink, bind, &seq);
    tell(sink, (struct event){.name = "listen", .canon = CANON_LISTEN, .sock = 1}, &seq);
    tell(sink, (struct event){.name = "accept", .canon = CANON_ACCEPT, .sock = 1, .made = {2}}, &seq);
    tell(sink, (struct event){.name = "recvfrom", .canon = CANON_RECV, .sock = 2}, &seq);
    event_add(&poll, "fds", value_array(arena, items, 1, 1));
    tell(sink, poll, &seq);
    bind.sock = 3;
    bind.cargs[1] = other;
    tell(sink, bind, &seq);
    tell(sink, (struct event){.kind = EVENT_CLOSED, .name = "closed", .sock = 2}, &seq);
    event_add(&signal, "signo", value_sym(arena, &nametab_signal, 10));
    tell(sink, signal, &seq);
}

START_TEST(places_of_sockets)
{
    struct end end = {.sink = {&end_ops}};
    struct arena arena = {0};
    struct select select = {0};
    struct buf wrong = {0};
    struct socks socks;

    ck_assert_msg(select_place(&select, places[_i].place, &wrong), "%s", buf_str(&wrong));
    select_init(&select, &end.sink, &socks);
    socks_init(&socks, &select.sink);
    tell_server(&socks.sink, &arena, places[_i].where);
    ck_assert_str_eq(buf_str(&end.seen), places[_i].passes);
    socks_release(&socks);
    buf_release(&end.seen);
    arena_release(&arena);
    select_release(&select);
}
END_TEST

/* ---- what is wrong ---- */

static const struct {
    parse_fn parse;
    const char *text, *wrong;
} wrongs[] = {
    {select_calls, "lisen", "has 'lisen', which is no call that is traced here; did you mean 'listen'?"},
    {select_calls, "socket,openat", "has 'openat', which is no call that is traced here"},
    {select_calls, "%netwrk",
     "has '%netwrk', which is no call that is traced here; did you mean '%network'?"},
    {select_calls, "%%stat", "has %%stat, of which nothing is traced here: there are %network and %desc"},
    {select_calls, "%file", "has %file, of which nothing is traced here: there are %network and %desc"},
    {select_calls, "", "names no call: names, %network, %desc, /REGEX or all, with commas between; or none"},
    {select_calls, "!", "names no call: names, %network, %desc, /REGEX or all, with commas between; or none"},
    {select_calls, "bind,",
     "names no call: names, %network, %desc, /REGEX or all, with commas between; or none"},
    {select_calls, "bind,none", "has 'none', which is no call that is traced here"},
    {select_calls, "/nosuch", "has /nosuch, which no call that is traced matches"},
    {select_statuses, "good",
     "has 'good', which is no status: there are successful, failed, unfinished, unavailable, detached, all, "
     "none"},
    {select_signals, "SIGUSR3", "has 'SIGUSR3', which is no signal; did you mean 'SIGUSR1'?"},
    {select_signals, "65", "has '65', which is no signal"},
    {select_signals, "", "has '', which is no signal"},
    {select_place, "localhost:80",
     "is neither a path (/run/x.sock, ./x.sock, @abstract) nor an address in numbers (127.0.0.1:7000, "
     "[::1]:7000, :7000)"},
};

START_TEST(says_what_is_wrong)
{
    struct select select = {0};
    struct buf wrong = {0};

    ck_assert(!wrongs[_i].parse(&select, wrongs[_i].text, &wrong));
    ck_assert_str_eq(buf_str(&wrong), wrongs[_i].wrong);
    buf_release(&wrong);
    select_release(&select);
}
END_TEST

static const char *const no_places[] = {"",  ":", ":0",       ":65536", "7000",
                                        "x", "@", "1.2.3:80", "[::1]",  "127.0.0.1:"};

START_TEST(takes_no_place_that_is_none)
{
    struct select select = {0};
    struct buf wrong = {0};

    ck_assert(!select_place(&select, no_places[_i], &wrong));
    buf_release(&wrong);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "calls", sets_of_calls, ARRAY_LEN(sets));
    suite_add(suite, "last", the_last_set_of_calls_counts);
    suite_add_loop(suite, "signals", sets_of_signals, ARRAY_LEN(signal_sets));
    suite_add_loop(suite, "statuses", sets_of_statuses, ARRAY_LEN(status_sets));
    suite_add_loop(suite, "places", places_of_sockets, ARRAY_LEN(places));
    suite_add_loop(suite, "wrong", says_what_is_wrong, ARRAY_LEN(wrongs));
    suite_add_loop(suite, "no place", takes_no_place_that_is_none, ARRAY_LEN(no_places));
}

SUITE_MAIN("select", add)
