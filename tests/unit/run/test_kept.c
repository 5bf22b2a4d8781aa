/* unit/run/test_kept.c: who keeps a connection open that was closed. */
#include "../suite.h"
#include "run/kept.h"

#include <errno.h>
#include <sys/socket.h>

enum { OURS = 1, THEIRS = 2 };

/* A pair of sockets: the second one is closed, but not for good; then comes this; and a receive on the first
 * never returns. */
struct row {
    enum canon canon;
    bool last_ref, is_datagram;
    int err;
    size_t kept; /* which event is found, counted back from the last one; 0: none */
};

static const struct row rows[] = {
    {CANON_CLOSE, false, false, 0, 1},     {CANON_CLOSE, true, false, 0, 0},
    {CANON_CLOSE, false, false, EBADF, 2}, {CANON_CLOSE, false, true, 0, 0},
    {CANON_SHUTDOWN, false, false, 0, 0},  {CANON_SEND, false, false, 0, 2},
};

START_TEST(the_close_that_was_not_the_last)
{
    const struct row *row = &rows[_i];
    struct event events[] = {
        {.canon = CANON_SOCKETPAIR, .made = {OURS, THEIRS}},
        {.canon = CANON_CLOSE, .sock = THEIRS},
        {.canon = row->canon, .sock = THEIRS, .last_ref = row->last_ref, .err = row->err},
        {.canon = CANON_RECV, .sock = OURS, .unfinished = true},
    };
    enum { LAST = ARRAY_LEN(events) - 1 };
    struct trace trace = {0};
    struct model *model = model_new();

    for (size_t i = 0; i <= LAST; i++) {
        events[i].kind = EVENT_CALL;
        events[i].name = events[i].role = "";
        events[i].pid = events[i].tid = 1;
        events[i].seq = i + 1;
        vec_push(&trace.events, &events[i]);
        model_fold(model, &events[i]);
    }
    for (size_t i = 0; i <= LAST; i++)
        events[i].is_stream = !row->is_datagram;
    ck_assert_ptr_eq(kept_by(&trace, model, &events[LAST]), row->kept ? &events[LAST - row->kept] : NULL);
    model_free(model);
    vec_release(&trace.events);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "rows", the_close_that_was_not_the_last, (int)ARRAY_LEN(rows));
}
SUITE_MAIN("kept", add)
