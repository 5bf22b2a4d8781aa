/* bless/gather.c: which lines a block gets: calls that all runs have, and the streams, cut where all runs cut
 * them. */
#include "bless/item.h"

#include "expect/line.h"

#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

static size_t place_of(const struct draft *block, size_t instance, const struct sample_sock *sock)
{
    for (size_t i = 0; sock && i < block->nplaces; i++)
        if (block->places[instance][i] == sock)
            return i;
    return NOWHERE;
}

/* The place of what the event is about: the socket that it makes, else that it is on. */
static size_t place_of_event(const struct draft *block, size_t instance, const struct event *event)
{
    const struct sample *sample = block->instances[instance].sample;
    size_t made = event->canon == CANON_SOCKET || event->canon == CANON_ACCEPT
                      ? place_of(block, instance, sample_sock(sample, event->made[0]))
                      : NOWHERE;

    return made != NOWHERE ? made : place_of(block, instance, sample_sock(sample, event->sock));
}

static struct item *add_item(struct draft *block, struct item item)
{
    item.lo = ARENA_ARRAY(block->story->arena, size_t, block->ninstances);
    item.hi = ARENA_ARRAY(block->story->arena, size_t, block->ninstances);
    for (size_t i = 0; i < block->ninstances; i++)
        item.lo[i] = item.hi[i] = NOWHERE;
    vec_push(&block->items, item);
    return &block->items.items[block->items.len - 1];
}

static void add_occurrence(struct item *item, struct occurrence seen)
{
    if (item->lo[seen.instance] == NOWHERE)
        item->lo[seen.instance] = seen.at;
    item->hi[seen.instance] = seen.at;
    vec_push(&item->list, seen);
}

/* ---- calls ---- */

/* What tells this call from others on the socket: options and commands are calls of their own. */
static const char *base_of(const struct draft *block, size_t place, const struct event *event)
{
    struct arena *arena = block->story->arena;
    int64_t a = 0, b = 0;

    switch (event->canon) {
    case CANON_SETSOCKOPT:
    case CANON_GETSOCKOPT:
        value_number(event->cargs[1], &a);
        value_number(event->cargs[2], &b);
        break;
    case CANON_FCNTL:
    case CANON_IOCTL: value_number(event->cargs[1], &a); break;
    default: break;
    }
    return arena_printf(arena, "%zu %d %" PRId64 " %" PRId64, place, (int)event->canon, a, b);
}

static struct item *call_item(struct draft *block, const char *base, size_t ordinal, size_t place)
{
    vec_each (struct item, item, &block->items)
        if (item->kind == ITEM_CALL && item->ordinal == ordinal && !strcmp(item->base, base))
            return item;
    return add_item(block,
                    (struct item){.kind = ITEM_CALL, .base = base, .ordinal = ordinal, .place = place});
}

static size_t count_in(const struct draft *block, const char *base, size_t instance)
{
    size_t n = 0;

    vec_each (struct item, item, &block->items)
        n += item->kind == ITEM_CALL && !strcmp(item->base, base) && item->lo[instance] != NOWHERE;
    return n;
}

static void take_call(struct draft *block, struct occurrence seen)
{
    size_t place = place_of_event(block, seen.instance, seen.event);
    const char *base = base_of(block, place, seen.event);

    add_occurrence(call_item(block, base, count_in(block, base, seen.instance), place), seen);
}

/* Calls of which there are not as many in each run become one that repeats. */
static void join_varying(struct draft *block)
{
    for (size_t i = 0; i < block->items.len; i++) {
        struct item *first = &block->items.items[i];
        size_t n;
        bool varies = false;

        if (first->kind != ITEM_CALL || first->ordinal)
            continue;
        n = count_in(block, first->base, 0);
        for (size_t k = 1; k < block->ninstances; k++)
            varies = varies || count_in(block, first->base, k) != n;
        for (size_t j = i + 1; varies && j < block->items.len;) {
            struct item *other = &block->items.items[j];

            if (other->kind != ITEM_CALL || strcmp(other->base, first->base) != 0) {
                j++;
                continue;
            }
            vec_each (struct occurrence, seen, &other->list)
                add_occurrence(first, *seen);
            vec_release(&other->list);
            vec_remove(&block->items, j);
        }
        first->repeats = varies;
    }
}

/* ---- streams ---- */

static void take_bytes(struct draft *block, struct occurrence seen)
{
    const struct sample *sample = block->instances[seen.instance].sample;
    size_t place = place_of(block, seen.instance, sample_sock(sample, seen.event->sock));
    struct stream *stream = block_stream(block, seen.instance, place, canon_is_send(seen.event->canon));
    const uint8_t *bytes;
    uint64_t full, from = stream->pieces.len ? stream->pieces.items[stream->pieces.len - 1].to : 0;
    size_t len;

    event_data(seen.event, &bytes, &len, &full);
    if (stream->bytes.len == from)
        buf_add(&stream->bytes, bytes, len);
    vec_push(&stream->pieces, ((struct piece){seen.at, seen.event, from, from + full}));
}

static uint64_t length_of(const struct stream *stream)
{
    return stream->pieces.len ? stream->pieces.items[stream->pieces.len - 1].to : 0;
}

static bool ends_at(const struct stream *stream, uint64_t to)
{
    vec_each (struct piece, piece, &stream->pieces)
        if (piece->to == to)
            return true;
    return false;
}

static bool all_end_at(const struct draft *block, size_t place, bool is_send, uint64_t to)
{
    for (size_t i = 0; i < block->ninstances; i++)
        if (!ends_at(block_stream(block, i, place, is_send), to))
            return false;
    return true;
}

/* A line is done with its last byte: that is its place in the order. */
static void add_data(struct draft *block, struct item item)
{
    struct item *added = add_item(block, item);

    for (size_t i = 0; i < block->ninstances; i++)
        vec_each (struct piece, piece, &block_stream(block, i, item.place, item.is_send)->pieces)
            if (item.is_whole || (piece->from < item.to && piece->to > item.from)) {
                add_occurrence(added, (struct occurrence){i, piece->at, piece->event});
                added->lo[i] = added->hi[i];
            }
}

static void cut_stream(struct draft *block, size_t place, bool is_send)
{
    const struct stream *first = block_stream(block, 0, place, is_send);
    struct item item = {.kind = ITEM_DATA, .place = place, .is_send = is_send};
    bool any = false;

    for (size_t i = 0; i < block->ninstances; i++) {
        uint64_t len = length_of(block_stream(block, i, place, is_send));

        any = any || len;
        item.is_whole = item.is_whole || len != length_of(first);
    }
    if (any && item.is_whole)
        add_data(block, item);
    for (size_t i = 0; !item.is_whole && i < first->pieces.len; i++) {
        item.to = first->pieces.items[i].to;
        if (!all_end_at(block, place, is_send, item.to))
            continue;
        add_data(block, item);
        item.from = item.to;
    }
}

/* So much that it is told in total. */
static bool is_total(const struct draft *block, size_t place, bool is_send)
{
    for (size_t i = 0; i < block->ninstances; i++) {
        const struct stream *stream = block_stream(block, i, place, is_send);

        if (length_of(stream) > SAMPLE_LINE_MOST || stream->bytes.len < length_of(stream))
            return true;
    }
    return false;
}

/* ---- lives ---- */

struct birth {
    struct occurrence seen;
    struct sample_sock *sock;
    struct buf tale; /* what happened in the life, to tell whether two are alike */
};

struct births {
    VEC(struct birth) list;
    size_t place; /* of the listener; NOWHERE: the socket is not accepted, but made */
    size_t ordinal;
};

static void tell_life(struct birth *birth, const struct sample *sample)
{
    struct buf bytes[2] = {{0}};
    const struct kin *kin = intmap_get(&sample->past.kins, birth->sock->id);

    for (size_t i = 0; kin && i < kin->events.len; i++) {
        const struct past_event *seen = &sample->past.events.items[kin->events.items[i]];
        const struct event *event = seen->event;
        const uint8_t *data;
        uint64_t full;
        size_t len;

        if (!sample_tells(sample, seen, false))
            continue;
        if (line_is_stream(event) && event_data(event, &data, &len, &full))
            buf_add(&bytes[canon_is_send(event->canon)], data, len);
        else
            buf_addf(&birth->tale, "%d/%d ", (int)event->canon, event->err);
    }
    for (size_t k = 0; k < 2; k++) {
        buf_addf(&birth->tale, "%zu:", bytes[k].len);
        buf_add(&birth->tale, buf_str(&bytes[k]), bytes[k].len);
        buf_release(&bytes[k]);
    }
}

static bool same_tale(const struct birth *a, const struct birth *b)
{
    return a->tale.len == b->tale.len && !memcmp(buf_str(&a->tale), buf_str(&b->tale), a->tale.len);
}

static void add_birth(struct draft *block, struct item *item, const struct birth *birth)
{
    add_occurrence(item, birth->seen);
    vec_push(&item->lives, ((struct instance){block->instances[birth->seen.instance].sample, birth->sock}));
}

static size_t nth_of(const struct births *births, size_t instance, size_t nth)
{
    for (size_t i = 0; i < births->list.len; i++)
        if (births->list.items[i].seen.instance == instance && nth-- == 0)
            return i;
    return NOWHERE;
}

static size_t births_in(const struct births *births, size_t instance)
{
    size_t n = 0;

    while (nth_of(births, instance, n) != NOWHERE)
        n++;
    return n;
}

/* For each life of the first run the like one of every other; false: some have none. */
static bool match_tales(const struct draft *block, const struct births *births, size_t count, size_t *matched)
{
    for (size_t i = 0; i < block->ninstances; i++) {
        bool *taken = ARENA_ARRAY(block->story->arena, bool, count);

        for (size_t k = 0; k < count; k++) {
            const struct birth *like = &births->list.items[nth_of(births, 0, k)];
            size_t j = 0;

            while (j < count && (taken[j] || !same_tale(like, &births->list.items[nth_of(births, i, j)])))
                j++;
            if (j == count)
                return false;
            taken[j] = true;
            matched[i * count + k] = nth_of(births, i, j);
        }
    }
    return true;
}

static void add_lives(struct draft *block, const struct births *births)
{
    size_t least = SIZE_MAX, most = 0, *matched;
    struct item item = {.place = births->place, .kind = ITEM_EACH};
    bool alike = true, each;

    for (size_t i = 0; i < block->ninstances; i++) {
        size_t n = births_in(births, i);

        least = n < least ? n : least;
        most = n > most ? n : most;
    }
    vec_each (struct birth, birth, &births->list)
        alike = alike && same_tale(birth, &births->list.items[0]);
    matched = ARENA_ARRAY(block->story->arena, size_t, block->ninstances * most);
    each = least != most || (most > 1 && alike);
    if (!each && most > 1 && !match_tales(block, births, most, matched)) {
        each = !block->story->is_directed;
        for (size_t i = 0; i < block->ninstances; i++)
            for (size_t k = 0; k < most; k++)
                matched[i * most + k] = nth_of(births, i, k);
    } else if (!each && most == 1) {
        for (size_t i = 0; i < block->ninstances; i++)
            matched[i] = nth_of(births, i, 0);
    }
    if (each) {
        struct item *added;

        item.least = least;
        item.most = most;
        added = add_item(block, item);
        vec_each (struct birth, birth, &births->list)
            add_birth(block, added, birth);
        return;
    }
    item.kind = ITEM_LIFE;
    for (size_t k = 0; k < most; k++) {
        struct item *added = add_item(block, item);

        for (size_t i = 0; i < block->ninstances; i++)
            add_birth(block, added, &births->list.items[matched[i * most + k]]);
    }
}

/* ---- a block ---- */

struct gathering {
    VEC(struct births) births;
};

/* Sockets made by socket(2) that get a block are told apart by their number. */
static void take_birth(struct draft *block, struct gathering *g, struct occurrence seen,
                       struct sample_sock *sock)
{
    struct birth birth = {.seen = seen, .sock = sock};
    const struct sample *sample = block->instances[seen.instance].sample;
    bool is_accept = seen.event->canon == CANON_ACCEPT;
    struct births key = {.place = is_accept ? place_of(block, seen.instance, sock->listener) : NOWHERE};

    vec_each (struct sample_sock *, other, &sample->socks) {
        if (*other == sock)
            break;
        key.ordinal += !is_accept && (*other)->is_apart && !(*other)->is_libc;
    }
    tell_life(&birth, sample);
    vec_each (struct births, births, &g->births)
        if (births->place == key.place && births->ordinal == key.ordinal) {
            vec_push(&births->list, birth);
            return;
        }
    vec_push(&key.list, birth);
    vec_push(&g->births, key);
}

static void take(struct draft *block, struct gathering *g, size_t instance, size_t at)
{
    const struct instance *of = &block->instances[instance];
    const struct past_event *seen = &of->sample->past.events.items[at];
    const struct event *event = seen->event;
    struct sample_sock *sock = sample_sock(of->sample, event->sock),
                       *made = sample_sock(of->sample, event->made[0]);
    struct occurrence occurrence = {instance, at, event};
    bool is_here = of->sock ? sock == of->sock : !sock || place_of(block, instance, sock) != NOWHERE;

    if (!is_here || !sample_tells(of->sample, seen, block->story->input->level == BLESS_ALL))
        return;
    if (made && ((event->canon == CANON_ACCEPT && made->listener) ||
                 (event->canon == CANON_SOCKET && made->is_apart)))
        take_birth(block, g, occurrence, made);
    else if (line_is_stream(event) && !sample_passed(event))
        take_bytes(block, occurrence);
    else
        take_call(block, occurrence);
}

static bool find_places(struct draft *block)
{
    struct role_story *story = block->story;

    block->places = ARENA_ARRAY(story->arena, struct sample_sock **, block->ninstances);
    for (size_t i = 0; i < block->ninstances; i++) {
        const struct instance *of = &block->instances[i];
        size_t n = 0;

        block->places[i] = ARENA_ARRAY(story->arena, struct sample_sock *, of->sample->socks.len + 1);
        if (of->sock)
            block->places[i][n++] = of->sock;
        for (size_t k = 0; !of->sock && k < of->sample->socks.len; k++) {
            struct sample_sock *sock = of->sample->socks.items[k];

            if (!sock->is_libc && !sock->listener && !sock->is_apart)
                block->places[i][n++] = sock;
        }
        if (i && n != block->nplaces) {
            err_set(story->err, "the runs do not have the same number of sockets: %zu in one, %zu in another",
                    block->nplaces, n);
            return err_hint(story->err, "a program that tries again with a new socket is not the same twice");
        }
        block->nplaces = n;
    }
    return true;
}

bool block_gather(struct draft *block)
{
    struct gathering g = {0};

    if (!find_places(block))
        return false;
    block->streams =
        ARENA_ARRAY(block->story->arena, struct stream, block->ninstances * block->nplaces * 2 + 1);
    for (size_t i = 0; i < block->ninstances; i++)
        for (size_t at = 0; at < block->instances[i].sample->past.events.len; at++)
            take(block, &g, i, at);
    join_varying(block);
    for (size_t place = 0; place < block->nplaces; place++)
        for (int is_send = 0; is_send < 2; is_send++)
            if (!is_total(block, place, is_send))
                cut_stream(block, place, is_send);
    vec_each (struct births, births, &g.births) {
        add_lives(block, births);
        vec_each (struct birth, birth, &births->list)
            buf_release(&birth->tale);
        vec_release(&births->list);
    }
    vec_release(&g.births);
    return true;
}
