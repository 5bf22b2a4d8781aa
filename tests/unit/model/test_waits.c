/* unit/model/test_waits.c: when nothing can move any more, and when something still can. */
#include "../suite.h"

#include "model/waits.h"

#include <netinet/tcp.h>
#include <string.h>

/* A client and a server, each in a recv on its end of one connection: what hangs. */
struct moment {
    struct waits waits;
    struct wait_sock *client, *server;
};

enum { CLIENT, SERVER };

static struct wait_want *want_of(size_t sock, short events)
{
    struct wait_want *want = alloc_zeroed(sizeof(*want));

    *want = (struct wait_want){.sock = sock, .fd = 3, .events = events};
    return want;
}

static void add_end(struct waits *waits, const char *role, int pid, size_t at, size_t peer)
{
    struct wait_sock sock = {.family = WAITS_TCP,
                             .inode = 100 + at,
                             .tcp_state = TCP_ESTABLISHED,
                             .window = -1,
                             .peer = peer,
                             .listener = WAITS_NONE};

    vec_push(&sock.holders, (struct wait_holder){role, pid, 3});
    vec_push(&waits->socks, sock);
    vec_push(&waits->tasks, (struct wait_task){.role = role,
                                               .pid = pid,
                                               .tid = pid,
                                               .kind = WAIT_SOCKETS,
                                               .canon = CANON_RECV,
                                               .call = "recv",
                                               .wants = want_of(at, POLLIN),
                                               .nwants = 1});
}

static void moment_init(struct moment *moment)
{
    *moment = (struct moment){.waits = {.is_private = true}};
    add_end(&moment->waits, "client", 10, CLIENT, SERVER);
    add_end(&moment->waits, "server", 20, SERVER, CLIENT);
    moment->client = &moment->waits.socks.items[CLIENT];
    moment->server = &moment->waits.socks.items[SERVER];
}

static void nothing(struct moment *moment)
{
    (void)moment;
}
static void runs(struct moment *moment)
{
    moment->waits.tasks.items[SERVER].kind = WAIT_ELSE;
}
static void is_held(struct moment *moment)
{
    moment->waits.tasks.items[SERVER].kind = WAIT_HELD;
}
static void for_child(struct moment *moment)
{
    moment->waits.tasks.items[SERVER].kind = WAIT_TASKS;
}

static void all_for_children(struct moment *moment)
{
    for_child(moment);
    moment->waits.tasks.items[CLIENT].kind = WAIT_TASKS;
}

static void wants_nothing(struct moment *moment)
{
    moment->waits.tasks.items[CLIENT].nwants = 0;
}
static void bytes_on_their_way(struct moment *moment)
{
    moment->server->unsent = 5;
}
static void sent_again(struct moment *moment)
{
    moment->server->timer = TIMER_RETRANSMIT;
}
static void keeps_alive(struct moment *moment)
{
    moment->server->timer = TIMER_KEEPALIVE;
}
static void connects(struct moment *moment)
{
    moment->client->tcp_state = TCP_SYN_SENT;
}
static void stranger(struct moment *moment)
{
    moment->client->peer = WAITS_NONE;
}
static void left(struct moment *moment)
{
    moment->server->holders.len = 0;
}

static void in_queue(struct moment *moment)
{
    moment->server->holders.len = 0;
    moment->server->inode = 0;
    moment->server->is_queued = true;
    moment->waits.tasks.items[SERVER].kind = WAIT_TASKS;
}

/* The client sends, and the server does not read. */
static void window_closed(struct moment *moment)
{
    moment->waits.tasks.items[CLIENT].wants->events = POLLOUT;
    moment->client->timer = TIMER_PROBE;
    moment->client->unsent = 1000;
    moment->client->window = 0;
    moment->server->unread = 1000;
    moment->waits.tasks.items[SERVER].kind = WAIT_TASKS;
}

static void window_open(struct moment *moment)
{
    window_closed(moment);
    moment->client->window = 1;
}

static void window_unknown(struct moment *moment)
{
    window_closed(moment);
    moment->client->window = -1;
}

static void nothing_unread(struct moment *moment)
{
    window_closed(moment);
    moment->server->unread = 0;
}

static void limited(struct moment *moment)
{
    window_closed(moment);
    moment->client->is_limited = true;
}

static void accepts(struct moment *moment)
{
    moment->server->is_listener = true;
    moment->server->tcp_state = TCP_LISTEN;
    moment->client->family = WAITS_UDP;
}

static void defers(struct moment *moment)
{
    accepts(moment);
    moment->server->is_limited = true;
}

static void datagrams(struct moment *moment)
{
    moment->client->family = moment->server->family = WAITS_UDP;
    moment->client->peer = moment->server->peer = WAITS_NONE;
}

static void datagrams_of_anybody(struct moment *moment)
{
    datagrams(moment);
    moment->waits.is_private = false;
}

static void unix_ends(struct moment *moment)
{
    moment->client->family = moment->server->family = WAITS_UNIX_STREAM;
    moment->waits.is_private = false;
}

static void unix_stranger(struct moment *moment)
{
    unix_ends(moment);
    moment->client->peer = WAITS_NONE;
}

static void no_socket(struct moment *moment)
{
    moment->client->family = WAITS_OTHER;
}

static const struct {
    void (*change)(struct moment *moment);
    bool stuck;
} rows[] = {
    {nothing, true},
    {runs, false},
    {is_held, true},
    {for_child, true},
    {all_for_children, false},
    {wants_nothing, false},
    {bytes_on_their_way, false},
    {sent_again, false},
    {keeps_alive, true},
    {connects, false},
    {stranger, false},
    {left, false},
    {in_queue, true},
    {window_closed, true},
    {window_open, false},
    {window_unknown, false},
    {nothing_unread, false},
    {limited, false},
    {accepts, true},
    {defers, false},
    {datagrams, true},
    {datagrams_of_anybody, false},
    {unix_ends, true},
    {unix_stranger, false},
    {no_socket, false},
};

START_TEST(stuck_only_where_that_follows)
{
    struct moment moment;

    moment_init(&moment);
    rows[_i].change(&moment);
    ck_assert_int_eq(waits_are_stuck(&moment.waits), rows[_i].stuck);
    waits_release(&moment.waits);
}
END_TEST

static const struct {
    void (*change)(struct moment *moment);
    const char *text, *cure;
} words[] = {
    {nothing, "recv(3): 0 bytes to read; the other end (0 bytes to read, 0 bytes unsent) is fd 3 of server",
     "a send on fd 3 of server, or its end: shutdown(SHUT_WR) there or close"},
    {window_closed,
     "recv(3): 1000 bytes unsent, no room at the other end; the other end (1000 bytes to read, 0 bytes "
     "unsent) "
     "is fd 3 of server",
     "a recv on fd 3 of server"},
};

START_TEST(so_it_is_told)
{
    struct moment moment;
    struct arena arena = {0};

    moment_init(&moment);
    words[_i].change(&moment);
    ck_assert_str_eq(waits_text(&moment.waits, &moment.waits.tasks.items[CLIENT], &arena), words[_i].text);
    ck_assert_str_eq(waits_free_text(&moment.waits, &moment.waits.tasks.items[CLIENT], &arena),
                     words[_i].cure);
    arena_release(&arena);
    waits_release(&moment.waits);
}
END_TEST

START_TEST(a_task_that_ran_makes_another_moment)
{
    struct moment moment;
    struct buf before = {0}, after = {0};

    moment_init(&moment);
    waits_print(&moment.waits, &before);
    moment.waits.tasks.items[SERVER].switches++;
    waits_print(&moment.waits, &after);
    ck_assert_str_ne(buf_str(&before), buf_str(&after));
    buf_release(&before);
    buf_release(&after);
    waits_release(&moment.waits);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "rows", stuck_only_where_that_follows, (int)ARRAY_LEN(rows));
    suite_add_loop(suite, "words", so_it_is_told, (int)ARRAY_LEN(words));
    suite_add(suite, "moments", a_task_that_ran_makes_another_moment);
}
SUITE_MAIN("waits", add)
