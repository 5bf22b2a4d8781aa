/* rules/spot_send.c: mistakes with what is sent. */
#include "rules/rule.h"

#include <ctype.h>
#include <string.h>
#include <sys/socket.h>

/* ---- a send that took less than it was given ---- */

/* Both the due bytes and the new ones are known, as far as they are compared. */
static bool follows_short(const struct spot *spot, struct head *now)
{
    const struct sock_facts *sock = spot->sock;

    if (!sock || !sock->short_send.seq || facts_number(spot->event, "flags", 0) & MSG_OOB)
        return false;
    *now = facts_data(spot->event, 0);
    return now->len && sock->short_send.rest.len && !facts_same_start(now, &sock->short_send.rest);
}

bool spot_resent(struct spot *spot)
{
    struct head now;

    if (!follows_short(spot, &now) || !facts_same_start(&now, &spot->sock->short_send.head))
        return false;
    spot->other = spot->sock->short_send.seq;
    spot->n = (int64_t)spot->sock->short_send.done;
    return true;
}

static void point_at_short(struct spot *spot)
{
    spot->at = spot->sock->short_send.seq;
    spot->n = (int64_t)spot->sock->short_send.done;
    spot->m = (int64_t)spot->sock->short_send.asked;
}

bool spot_rest_lost(struct spot *spot)
{
    struct head now;

    if (!follows_short(spot, &now) || facts_same_start(&now, &spot->sock->short_send.head))
        return false;
    point_at_short(spot);
    return true;
}

/* The sender closes, shuts down its half, or waits to receive, though nothing kept it from sending on. */
static bool ends_short(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;

    if (!sock || !sock->short_send.seq || sock->eof ||
        (spot->is_killed && (sock->asked < sock->short_send.seq || sock->asked_tid != sock->short_send.tid)))
        return false;
    if (spot->event && spot->event->kind == EVENT_CALL && spot->event->canon == CANON_SHUTDOWN &&
        facts_number(spot->event, "how", SHUT_RD) == SHUT_RD)
        return false;
    point_at_short(spot);
    return true;
}

bool spot_rest_never_sent(struct spot *spot)
{
    return ends_short(spot) && !spot->sock->is_nonblocking;
}

/* A program that does not block may give up a slow receiver on purpose. */
bool spot_rest_maybe_sent(struct spot *spot)
{
    return ends_short(spot) && spot->sock->is_nonblocking;
}

/* ---- numbers in the order of the machine ---- */

/* The number in the first `size` bytes, if it reads as a length the wrong way round only: at least 2. */
static bool little_endian(const struct head *head, size_t size, uint64_t *n)
{
    if (head->len < size)
        return false;
    *n = 0;
    for (size_t i = size; i-- > 0;)
        *n = *n << 8 | head->bytes[i];
    return *n > 1 && head->bytes[size - 1] == 0;
}

bool spot_length_host_order(struct spot *spot)
{
    static const size_t sizes[] = {4, 2};
    struct head now = facts_data(spot->event, 0);
    uint64_t n;

    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
        if (little_endian(&now, sizes[i], &n) && n == now.full - sizes[i]) {
            spot->n = (int64_t)sizes[i];
            spot->m = (int64_t)n;
            return true;
        }
    return false;
}

/* The length goes ahead in a send of its own. */
bool spot_number_host_order(struct spot *spot)
{
    const struct sent *before = spot->sock ? &spot->sock->last_send : NULL;
    struct head now = facts_data(spot->event, 0);
    uint64_t n;

    if (!before || !before->seq || (before->asked != 4 && before->asked != 2) ||
        !little_endian(&before->head, (size_t)before->asked, &n) || n != now.full)
        return false;
    spot->at = before->seq;
    spot->other = spot->event->seq;
    spot->n = (int64_t)before->asked;
    spot->m = (int64_t)n;
    return true;
}

/* ---- a wrong length ---- */

enum { POINTER = 8 };

bool spot_pointer_size(struct spot *spot)
{
    struct head now = facts_data(spot->event, 0);

    if (now.full != POINTER || now.len != POINTER)
        return false;
    vec_each (struct told, it, &spot->facts->told)
        if (strcmp(it->role, spot->event->role) == 0 && strlen(it->word) > POINTER &&
            memcmp(it->word, now.bytes, POINTER) == 0) {
            spot->n = (int64_t)strlen(it->word);
            return true;
        }
    return false;
}

/* The next receive shows that the rest of the answer does not follow. */
bool spot_pointer_size_answer(struct spot *spot)
{
    const struct sock_facts *sock = spot->sock;
    const struct task_facts *task = spot->task;

    if (!sock || !task || task->buf.sock != sock->id || task->buf.len <= POINTER || sock->small_sends != 1 ||
        sock->last_send.asked != POINTER || sock->last_send.head.len != POINTER ||
        memcmp(sock->last_send.head.bytes, task->buf.bytes, POINTER) != 0)
        return false;
    spot->at = sock->last_send.seq;
    spot->other = task->buf.seq;
    spot->n = (int64_t)task->buf.full;
    return true;
}

/*
 * An answer that begins with the message that came last, and goes on where that ended, though no more had
 * come on the socket than is sent back with it.
 */
static bool answers_too_much(struct spot *spot, const uint8_t **bytes, size_t *len, uint64_t *full)
{
    const struct sock_facts *sock = spot->sock;
    const struct task_facts *task = spot->task;

    if (!sock || !task || task->buf.sock != sock->id || !task->buf.len || task->buf.full != task->buf.len ||
        !event_data(spot->event, bytes, len, full) || *full <= task->buf.len || *len < task->buf.len ||
        sock->ended[0] + *full <= sock->ended[1] || memcmp(*bytes, task->buf.bytes, task->buf.len) != 0)
        return false;
    spot->other = task->buf.seq;
    spot->n = (int64_t)*full;
    spot->m = (int64_t)task->buf.len;
    return true;
}

bool spot_buffer_answered(struct spot *spot)
{
    const uint8_t *bytes;
    uint64_t full;
    size_t len;

    return answers_too_much(spot, &bytes, &len, &full) && full == spot->task->buf.asked;
}

bool spot_stale_bytes(struct spot *spot)
{
    const uint8_t *bytes;
    uint64_t full;
    size_t len;

    return answers_too_much(spot, &bytes, &len, &full) && full != spot->task->buf.asked && len == full &&
           len <= spot->task->buf.used && memcmp(bytes, spot->task->buf.bytes, len) == 0;
}

/* What came so goes on so. */
static bool is_passed_on(const struct spot *spot, const uint8_t *bytes, size_t len)
{
    const struct task_facts *task = spot->task;

    return task && task->buf.len >= len && memcmp(task->buf.bytes, bytes, len) == 0;
}

/* A line, and nothing but NULs behind it. */
bool spot_buffer_sent(struct spot *spot)
{
    enum { LEAST = 8 };
    const uint8_t *bytes, *end;
    uint64_t full;
    size_t len, text;

    if (!event_data(spot->event, &bytes, &len, &full) || len < full || !(end = memchr(bytes, 0, len)))
        return false;
    text = (size_t)(end - bytes);
    if (!text || bytes[text - 1] != '\n' || len - text < LEAST || is_passed_on(spot, bytes, text + 1))
        return false;
    for (size_t i = 0; i < len; i++)
        if (i < text ? !isprint(bytes[i]) && !isspace(bytes[i]) : bytes[i])
            return false;
    spot->n = (int64_t)full;
    spot->m = (int64_t)text;
    return true;
}

bool spot_minus_one(struct spot *spot)
{
    int64_t len = facts_number(spot->event, "len", facts_number(spot->event, "count", 0));

    return len == -1 || len == (int64_t)UINT32_MAX;
}

bool spot_tiny_writes(struct spot *spot)
{
    enum { STALLS = 3 };
    const struct sock_facts *sock = spot->sock;

    if (!sock || sock->stalls < STALLS || sock->has_nodelay || sock->type != SOCK_STREAM ||
        (sock->domain != AF_INET && sock->domain != AF_INET6))
        return false;
    spot->at = sock->last_send.seq;
    return true;
}
