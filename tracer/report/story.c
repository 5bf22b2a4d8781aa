/* report/story.c: a trace as a picture tells it. */
#include "report/story.h"

#include "base/clock.h"
#include "event/addr.h"
#include "event/message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* What one socket did that others may take, as indexes of events. */
struct ends {
    int lane;
    long connect, fin, close; /* STORY_NONE: did not */
    bool fin_taken;
    VEC(size_t) sends;
    size_t next_send; /* those before it were taken whole */
};

struct link {
    enum arrow_kind kind;
    long from, to; /* events */
    int from_lane, to_lane;
    uint64_t bytes;
    long next; /* the next link to the same event */
};

/* A datagram: a message of a call on several, or all of another call. */
struct datagram {
    size_t event, nth;
};

struct builder {
    const struct trace *trace;
    const struct model *model;
    struct story *story;
    struct intmap ends;
    VEC(struct link) links;
    VEC(struct datagram) datagrams; /* sent, and not taken yet by anybody */
    struct arena messages;          /* while two datagrams are compared */
    int *lane;                      /* of each event; STORY_NONE: no row */
    long *links_to;                 /* the first link to each event */
    bool *is_source;                /* a link starts at the event */
    bool *placed;                   /* it has its row, or never gets one */
    long *row;
};

static const struct event *event_at(const struct builder *b, size_t i)
{
    return b->trace->events.items[i];
}

static size_t count_datagrams(const struct event *event)
{
    return message_is_in(event) ? message_count(event) : 1;
}

static struct event datagram_at(struct builder *b, struct datagram at)
{
    const struct event *event = event_at(b, at.event);

    return message_is_in(event) ? message_at(event, at.nth, &b->messages) : *event;
}

/* The result of a call on several messages counts these. */
static uint64_t bytes_moved(const struct event *event)
{
    const uint8_t *bytes;
    uint64_t full = 0;
    size_t len;

    return event_data(event, &bytes, &len, &full) ? full : 0;
}

static bool succeeded(const struct event *event)
{
    return event->kind == EVENT_CALL && !event->unfinished && !event->err;
}

/* What the runner did to a role; its other notes (it is ready, it printed) are no part of the story. */
static const struct {
    const char *what;
    bool ends;
} deeds[] = {{"unready", 0}, {"held", 0},    {"released", 0}, {"failed", 1},
             {"timeout", 1}, {"stopped", 1}, {"hung", 1}};

static bool is_deed(const struct event *event, bool *ends)
{
    const struct value *what = event->kind == EVENT_ROLE ? event_arg(event, "what") : NULL;

    for (size_t i = 0; what && what->kind == VALUE_BYTES && i < ARRAY_LEN(deeds); i++)
        if (what->bytes.len == strlen(deeds[i].what) &&
            !memcmp(what->bytes.ptr, deeds[i].what, what->bytes.len)) {
            *ends = deeds[i].ends;
            return true;
        }
    return false;
}

static bool is_row(const struct event *event)
{
    int64_t last;
    bool ends;

    switch (event->kind) {
    case EVENT_CALL:
    case EVENT_SIGNAL:
    case EVENT_FORK:
    case EVENT_LOST: return true;
    case EVENT_CLOSED: return event->last_ref;
    case EVENT_EXIT: return value_number(event_arg(event, "last"), &last) && last;
    case EVENT_ROLE: return is_deed(event, &ends);
    case EVENT_START:
    case EVENT_EXEC: break;
    }
    return false;
}

/* Once the runner has ended a role, only its calls are still its own. */
static int enter_lane(struct story *story, size_t i, const struct event *event)
{
    struct story_lane *lane = &story->lanes.items[i];

    if (lane->is_ended && event->kind != EVENT_CALL && event->kind != EVENT_LOST)
        return STORY_NONE;
    is_deed(event, &lane->is_ended);
    lane->is_forked |= event->pid && lane->pid && lane->pid != event->pid;
    lane->pid = lane->pid ? lane->pid : event->pid;
    lane->rows++;
    return (int)i;
}

static int lane_of(struct story *story, const struct event *event)
{
    for (size_t i = 0; i < story->lanes.len; i++) {
        const struct story_lane *lane = &story->lanes.items[i];

        if (strcmp(lane->role, event->role) == 0 && (event->role[0] || lane->pid == event->pid))
            return enter_lane(story, i, event);
    }
    /* Shells and their like fork and wait all day: without roles only who makes a call has a part in the
     * story. */
    if (!event->role[0] && event->kind != EVENT_CALL)
        return STORY_NONE;
    if (story->lanes.len == STORY_MAX_LANES) {
        story->hidden++;
        return STORY_NONE;
    }
    vec_push(&story->lanes, (struct story_lane){.role = event->role, .pid = event->pid});
    return enter_lane(story, story->lanes.len - 1, event);
}

static struct ends *ends_of(struct builder *b, uint64_t sock)
{
    struct ends *ends = sock ? intmap_get(&b->ends, sock) : NULL;

    if (sock && !ends) {
        ends = ALLOC_NEW(struct ends);
        ends->lane = ends->connect = ends->fin = ends->close = STORY_NONE;
        intmap_set(&b->ends, sock, ends);
    }
    return ends;
}

/* The other end of a socket, or NULL. */
static struct ends *peer_ends(struct builder *b, uint64_t sock)
{
    const struct sock_life *life = model_sock(b->model, sock);

    return life && life->peer ? ends_of(b, life->peer) : NULL;
}

static bool is_fin(const struct event *event)
{
    int64_t how;

    if (event->canon == CANON_SHUTDOWN)
        return succeeded(event) && event->ncargs > 1 && value_number(event->cargs[1], &how) && how != SHUT_RD;
    return event->last_ref &&
           (event->kind == EVENT_CLOSED || (event->canon == CANON_CLOSE && succeeded(event)));
}

/* First pass: lanes, and what every socket sent. */
static void note(struct builder *b, size_t i)
{
    const struct event *event = event_at(b, i);
    struct ends *ends = ends_of(b, event->sock);

    b->links_to[i] = b->row[i] = STORY_NONE;
    b->lane[i] = is_row(event) ? lane_of(b->story, event) : STORY_NONE;
    b->placed[i] = b->lane[i] == STORY_NONE;
    for (size_t k = 0; k < ARRAY_LEN(event->made); k++)
        if (event->made[k])
            ends_of(b, event->made[k])->lane = b->lane[i];
    if (!ends)
        return;
    if (ends->lane == STORY_NONE)
        ends->lane = b->lane[i];
    if (event->canon == CANON_CONNECT && (succeeded(event) || event->err == EINPROGRESS) && ends->connect < 0)
        ends->connect = (long)i;
    if (canon_is_send(event->canon) && succeeded(event) && event->result > 0) {
        if (event->is_stream)
            vec_push(&ends->sends, i);
        for (size_t nth = 0; !event->is_stream && nth < count_datagrams(event); nth++)
            vec_push(&b->datagrams, ((struct datagram){i, nth}));
    }
    if (is_fin(event)) {
        if (ends->fin < 0)
            ends->fin = (long)i;
        if (event->canon != CANON_SHUTDOWN)
            ends->close = (long)i;
    }
}

static void add_link(struct builder *b, enum arrow_kind kind, long from, long to, const struct ends *sender,
                     uint64_t bytes)
{
    struct link link = {.kind = kind, .from = from, .to = to, .bytes = bytes, .next = b->links_to[to]};

    link.to_lane = b->lane[to];
    link.from_lane = from >= 0 ? b->lane[from] : sender ? sender->lane : STORY_NONE;
    if (from >= 0)
        b->is_source[from] = true;
    b->links_to[to] = (long)b->links.len;
    vec_push(&b->links, link);
}

static void link_stream(struct builder *b, size_t i)
{
    const struct event *event = event_at(b, i);
    struct ends *sender = peer_ends(b, event->sock);
    struct byte_range took = event->range;
    bool seen = false;

    for (size_t k = sender ? sender->next_send : 0; sender && k < sender->sends.len; k++) {
        const struct event *send = event_at(b, sender->sends.items[k]);
        uint64_t from = send->range.from > took.from ? send->range.from : took.from;
        uint64_t to = send->range.to < took.to ? send->range.to : took.to;

        if (send->range.from >= took.to)
            break;
        if (send->range.to <= took.from)
            sender->next_send = k + 1;
        if (from >= to)
            continue;
        add_link(b, ARROW_DATA, (long)sender->sends.items[k], (long)i, sender, to - from);
        seen = true;
    }
    if (!seen)
        add_link(b, ARROW_DATA, STORY_NONE, (long)i, sender, bytes_moved(event));
}

static bool same_port(const struct value *a, const struct value *b)
{
    int64_t m, n;

    return addr_port(a, &m) && addr_port(b, &n) && m == n;
}

/* Is this the datagram that was received? By content, and by whichever address is known. */
static bool is_datagram(const struct builder *b, const struct event *send, const struct event *recv)
{
    const struct sock_life *sender = model_sock(b->model, send->sock),
                           *taker = model_sock(b->model, recv->sock);
    const struct value *to = event_addr(send), *from = event_addr(recv);
    const uint8_t *sent, *got;
    size_t sent_len, got_len;
    uint64_t sent_full, got_full;

    if (send->sock == recv->sock || !event_data(send, &sent, &sent_len, &sent_full) ||
        !event_data(recv, &got, &got_len, &got_full) || got_full > sent_full || got_len > sent_len ||
        (got_len && memcmp(sent, got, got_len) != 0))
        return false;
    if (!to && sender)
        to = sender->remote;
    if (to && taker && taker->local)
        return addr_reaches(to, taker->local);
    if (from && sender && sender->local)
        return same_port(from, sender->local);
    return b->story->lanes.len == 2;
}

static void link_datagram(struct builder *b, struct datagram taken)
{
    struct event recv = datagram_at(b, taken);
    long from = STORY_NONE;

    for (size_t k = 0; from == STORY_NONE && k < b->datagrams.len; k++) {
        struct event send = datagram_at(b, b->datagrams.items[k]);

        if (!is_datagram(b, &send, &recv))
            continue;
        from = (long)b->datagrams.items[k].event;
        vec_remove(&b->datagrams, k);
    }
    add_link(b, ARROW_DATA, from, (long)taken.event, NULL, (uint64_t)recv.result);
    arena_reset(&b->messages);
}

/* Second pass: what each event took, and from whom. */
static void link_event(struct builder *b, size_t i)
{
    const struct event *event = event_at(b, i);
    struct ends *sender;

    if (event->kind != EVENT_CALL || b->lane[i] == STORY_NONE)
        return;
    if (event->canon == CANON_ACCEPT && event->made[0]) {
        sender = peer_ends(b, event->made[0]);
        add_link(b, ARROW_CONNECTION, sender ? sender->connect : STORY_NONE, (long)i, sender, 0);
        return;
    }
    if (!canon_is_recv(event->canon) || event->unfinished)
        return;
    sender = peer_ends(b, event->sock);
    if (event->err == ECONNRESET && sender && sender->close >= 0) {
        add_link(b, ARROW_RESET, sender->close, (long)i, sender, 0);
    } else if (!event->err && event->result > 0) {
        if (event->is_stream)
            link_stream(b, i);
        for (size_t nth = 0; !event->is_stream && nth < count_datagrams(event); nth++)
            link_datagram(b, (struct datagram){i, nth});
    } else if (!event->err && event->is_stream && !(sender && sender->fin_taken)) {
        add_link(b, ARROW_FIN, sender ? sender->fin : STORY_NONE, (long)i, sender, 0);
        if (sender)
            sender->fin_taken = true;
    }
}

/* The lane of the socket that would get what is sent to `addr`: of several the oldest. */
static int lane_at(struct builder *b, const struct value *addr)
{
    const struct intmap_slot *slot;
    uint64_t oldest = UINT64_MAX;
    int lane = STORY_NONE;

    for (size_t pos = 0; (slot = intmap_next(&b->ends, &pos));) {
        const struct sock_life *life = model_sock(b->model, slot->key);

        if (!life || slot->key >= oldest || (!life->listening && life->type != SOCK_DGRAM) ||
            !addr_reaches(addr, life->local))
            continue;
        oldest = slot->key;
        lane = ((const struct ends *)slot->value)->lane;
    }
    return lane;
}

static void add_untaken(struct builder *b, enum arrow_kind kind, size_t i, int to_lane)
{
    const struct event *event = event_at(b, i);

    vec_push(&b->links, (struct link){.kind = kind,
                                      .from = (long)i,
                                      .to = STORY_NONE,
                                      .from_lane = b->lane[i],
                                      .to_lane = to_lane,
                                      .bytes = kind == ARROW_DATA ? bytes_moved(event) : 0});
}

/* Third pass: what was sent and never taken. */
static void link_untaken(struct builder *b, size_t i)
{
    const struct event *event = event_at(b, i);
    const struct sock_life *life = model_sock(b->model, event->sock);
    struct ends *ends = ends_of(b, event->sock), *peer = peer_ends(b, event->sock);
    int lane = peer ? peer->lane : STORY_NONE;

    if (!ends || b->is_source[i] || b->lane[i] == STORY_NONE)
        return;
    if (ends->connect == (long)i && life && life->type != SOCK_DGRAM)
        add_untaken(b, ARROW_CONNECTION, i, peer ? lane : lane_at(b, event_addr(event)));
    else if (canon_is_send(event->canon) && succeeded(event) && event->result > 0)
        add_untaken(b, ARROW_DATA, i, event->is_stream || peer ? lane : lane_at(b, event_addr(event)));
    else if (ends->fin == (long)i && life && life->connected &&
             !(peer && peer->close >= 0 && peer->close < (long)i))
        add_untaken(b, ARROW_FIN, i, lane);
}

static void place(struct builder *b, size_t i, unsigned depth)
{
    enum { MAX_DEPTH = 64 };

    if (b->placed[i])
        return;
    b->placed[i] = true;
    for (long k = b->links_to[i]; k >= 0 && depth < MAX_DEPTH; k = b->links.items[k].next) {
        long from = b->links.items[k].from;

        /* Two processes may be seen to finish in the other order than they worked. */
        for (long j = (long)i + 1; j <= from; j++)
            if (b->lane[j] == b->lane[from])
                place(b, (size_t)j, depth + 1);
    }
    b->row[i] = (long)b->story->rows.len;
    vec_push(&b->story->rows, (struct story_row){.event = event_at(b, i), .lane = b->lane[i]});
}

static long arrow_key(const struct story_arrow *arrow)
{
    return arrow->from >= 0 ? arrow->from : arrow->to;
}

static int compare_arrows(const void *a, const void *b)
{
    const struct story_arrow *x = a, *y = b;
    long m = arrow_key(x), n = arrow_key(y);

    if (m == n) {
        m = x->to;
        n = y->to;
    }
    return (m > n) - (m < n);
}

static void make_arrows(struct builder *b)
{
    vec_each (struct link, link, &b->links) {
        struct story_arrow arrow = {.kind = link->kind,
                                    .from = link->from >= 0 ? b->row[link->from] : STORY_NONE,
                                    .to = link->to >= 0 ? b->row[link->to] : STORY_NONE,
                                    .from_lane = link->from_lane,
                                    .to_lane = link->to_lane,
                                    .bytes = link->bytes};

        if (arrow.from >= 0 && arrow.to >= 0 && arrow.from > arrow.to)
            arrow.to = STORY_NONE;
        if (arrow.from_lane != arrow.to_lane && arrow_key(&arrow) >= 0)
            vec_push(&b->story->arrows, arrow);
    }
    if (b->story->arrows.len)
        qsort(b->story->arrows.items, b->story->arrows.len, sizeof(*b->story->arrows.items), compare_arrows);
}

/*
 * Does the program stand still in this call until another one acts? A send or a connect that finds room takes
 * its time too, so it must have been a long one.
 */
static bool is_wait(const struct event *event)
{
    enum { LONG_NS = CLOCK_NS_PER_MS };

    if (event->canon == CANON_CONNECT || canon_is_send(event->canon))
        return event->unfinished || event->end_ns - event->start_ns >= LONG_NS;
    return event->canon == CANON_ACCEPT || event->canon == CANON_WAIT || canon_is_recv(event->canon);
}

static void find_waits(struct story *story)
{
    const struct event *next[STORY_MAX_LANES] = {0};

    for (size_t i = story->rows.len; i-- > 0;) {
        struct story_row *row = &story->rows.items[i];
        uint64_t now = row->event->unfinished ? row->event->start_ns : row->event->end_ns;

        for (int lane = 0; lane < (int)story->lanes.len; lane++)
            if (lane != row->lane && next[lane] && is_wait(next[lane]) && next[lane]->start_ns < now)
                row->waits |= UINT32_C(1) << lane;
        next[row->lane] = row->event;
    }
    for (size_t i = 0; i < story->rows.len; i++)
        story->rows.items[i].begins = story->rows.items[i].waits & ~(i ? story->rows.items[i - 1].waits : 0);
}

static void release(struct builder *b)
{
    const struct intmap_slot *slot;

    for (size_t pos = 0; (slot = intmap_next(&b->ends, &pos));) {
        struct ends *ends = slot->value;

        vec_release(&ends->sends);
        free(ends);
    }
    intmap_release(&b->ends);
    vec_release(&b->links);
    vec_release(&b->datagrams);
    arena_release(&b->messages);
    free(b->lane);
    free(b->links_to);
    free(b->is_source);
    free(b->placed);
    free(b->row);
}

void story_build(struct story *story, const struct trace *trace, const struct model *model)
{
    size_t n = trace->events.len;
    struct builder b = {.trace = trace,
                        .model = model,
                        .story = story,
                        .lane = alloc_zeroed(n * sizeof(*b.lane)),
                        .links_to = alloc_zeroed(n * sizeof(*b.links_to)),
                        .is_source = alloc_zeroed(n * sizeof(*b.is_source)),
                        .placed = alloc_zeroed(n * sizeof(*b.placed)),
                        .row = alloc_zeroed(n * sizeof(*b.row))};

    for (size_t i = 0; i < n; i++)
        note(&b, i);
    for (size_t i = 0; i < n; i++)
        link_event(&b, i);
    for (size_t i = 0; i < n; i++)
        link_untaken(&b, i);
    for (size_t i = 0; i < n; i++)
        place(&b, i, 0);
    make_arrows(&b);
    find_waits(story);
    release(&b);
}

void story_release(struct story *story)
{
    vec_release(&story->lanes);
    vec_release(&story->rows);
    vec_release(&story->arrows);
}

const struct story_row *story_next(const struct story *story, size_t row, int lane)
{
    while (row < story->rows.len && story->rows.items[row].lane != lane)
        row++;
    return row < story->rows.len ? &story->rows.items[row] : NULL;
}
