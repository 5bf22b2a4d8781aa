/* run/excerpt.c: the sockets around the place where a role fails, and a few from before. */
#include "run/excerpt.h"

#include "base/alloc.h"
#include "expect/aux.h"
#include "expect/view.h"

#include <errno.h>

void excerpt_release(struct excerpt *excerpt)
{
    intmap_release(&excerpt->open);
    intmap_release(&excerpt->makers);
    intmap_release(&excerpt->kept);
}

static bool is_in(const struct intmap *set, uint64_t sock)
{
    return sock && intmap_get(set, sock);
}

static void put(struct intmap *set, uint64_t sock, struct excerpt *excerpt)
{
    if (sock)
        intmap_set(set, sock, excerpt);
}

void excerpt_keep_open(struct excerpt *excerpt)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&excerpt->open, &pos)))
        put(&excerpt->kept, slot->key, excerpt);
}

static void keep_all(struct excerpt *excerpt)
{
    excerpt_keep_open(excerpt);
    for (size_t i = 0; i < EXCERPT_LAST; i++)
        put(&excerpt->kept, excerpt->last[i], excerpt);
}

/* Those on which others were made stay: what is left of the others was made on them. */
static void sock_ends(struct excerpt *excerpt, uint64_t sock)
{
    if (!intmap_del(&excerpt->open, sock))
        return;
    if (is_in(&excerpt->makers, sock) || excerpt->nended < EXCERPT_FIRST)
        put(&excerpt->kept, sock, excerpt);
    else
        excerpt->last[excerpt->nended % EXCERPT_LAST] = sock;
    excerpt->nended++;
}

void excerpt_event(struct excerpt *excerpt, const struct event *event, bool failed)
{
    excerpt->nevents++;
    if (excerpt->failed_at) {
        bool is_soon = excerpt->nevents <= excerpt->failed_at + EXCERPT_BEHIND;

        for (size_t k = 0; is_soon && k < ARRAY_LEN(event->made); k++)
            put(&excerpt->kept, event->made[k], excerpt);
        /* One that was inherited and left alone is seen only as it goes. */
        if (is_soon && event->kind == EVENT_CLOSED)
            put(&excerpt->kept, event->sock, excerpt);
        return;
    }
    /* EBADF: on what the number was before. */
    if (event->err != EBADF)
        put(&excerpt->open, event->sock, excerpt);
    for (size_t k = 0; k < ARRAY_LEN(event->made); k++)
        put(&excerpt->open, event->made[k], excerpt);
    if (event->made[0])
        put(&excerpt->makers, event->sock, excerpt);
    if (view_is_end(event))
        sock_ends(excerpt, event->sock);
    if (!failed)
        return;
    excerpt->failed_at = excerpt->nevents;
    keep_all(excerpt);
}

void excerpt_end(struct excerpt *excerpt)
{
    if (excerpt->failed_at)
        return;
    excerpt->failed_at = excerpt->nevents;
    keep_all(excerpt);
}

static bool is_near(const struct excerpt *excerpt)
{
    bool is_late = excerpt->at + EXCERPT_BEFORE > excerpt->nevents;

    return is_late || (excerpt->at + EXCERPT_BEFORE > excerpt->failed_at &&
                       excerpt->at <= excerpt->failed_at + EXCERPT_BEHIND);
}

bool excerpt_wants(struct excerpt *excerpt, const struct event *event)
{
    bool may_pass = event->kind == EVENT_CALL && (aux_is(event) || !event->err);

    excerpt->at++;
    if (event->kind == EVENT_EXIT || event->unfinished)
        return true;
    if (event->kind != EVENT_CALL && event->kind != EVENT_CLOSED)
        return is_near(excerpt);
    if (event->made[0])
        return is_in(&excerpt->kept, event->made[0]) || is_in(&excerpt->kept, event->made[1]);
    if (!event->sock)
        return is_near(excerpt) || !may_pass;
    if (!is_in(&excerpt->kept, event->sock))
        return false;
    return !is_in(&excerpt->makers, event->sock) || !aux_is(event) || is_near(excerpt);
}
